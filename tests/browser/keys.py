"""A page as somebody uses it who has no mouse: Tab until a thing has the focus, then a key."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

FOCUSED = """() => { const e = document.activeElement;
    return (e.labels?.[0]?.innerText || e.ariaLabel || e.innerText || '').trim(); }"""
MOST_TABS = 90


def reach(page: Page, name: str) -> None:
    """Press Tab until the field or button of this name has the focus."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUSED) == name:
            return
    pytest.fail(f"no Tab leads to {name!r}")


def press(page: Page, name: str, key: str = "Enter") -> None:
    """Reach something, and press a key on it."""
    reach(page, name)
    page.keyboard.press(key)
