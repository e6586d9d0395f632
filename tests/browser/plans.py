"""Going through the planner, as its tests do."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

STEPS = ("purpose", "audiences", "people", "goals", "questions", "targets", "channels")


def go(page: Page, step: str) -> None:
    """Open a step, and be there when it is drawn."""
    page.locator(f".smm-plan-step[data-step={step}]").click()
    page.wait_for_selector(f".smm-plan-step[data-step={step}][aria-current=step]")
