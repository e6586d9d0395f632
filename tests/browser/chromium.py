"""Debian's Chromium, started so that it can reach nothing but this computer."""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
"""The first has no window around its pages, which takes a third of the time; it draws and runs them alike."""
FLAGS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
)
MISSING = "there is no Chromium on this machine (make env installs Debian's, where it may), so nothing is looked at"


def find() -> str:
    """Where Chromium stands, or an empty text."""
    return next((path for name in NAMES if (path := shutil.which(name))), "")


def need() -> str:
    """Where Chromium stands; without one the test is skipped, and fails where a machine checks changes (CI)."""
    path = find()
    if path:
        return path
    if os.environ.get("CI", "").lower() in {"1", "true", "yes"}:
        pytest.fail(MISSING)
    pytest.skip(MISSING)


@contextmanager
def launched(path: str) -> Iterator[Browser]:
    """A headless browser with an empty profile."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield browser
        browser.close()
