"""One browser a file of tests (Playwright's loop must not outlive it), one sample workspace a run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser import chromium, lab

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

    from tests.browser.lab import Lab


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """Debian's Chromium; no test of this folder does without."""
    return chromium.need()


@pytest.fixture(scope="module")
def browser(chromium_path: str) -> Iterator[Browser]:
    """A headless browser for the tests of one file."""
    with chromium.launched(chromium_path) as started:
        yield started


@pytest.fixture(scope="session")
def demo(chromium_path: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample workspace, as `smmetrics demo` makes it."""
    from smmetrics.workspace.demo import make_demo

    assert chromium_path
    return make_demo(tmp_path_factory.mktemp("demo") / "garden").workspace.root


@pytest.fixture(scope="session")
def jupyter(chromium_path: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """The one JupyterLab of a run."""
    assert chromium_path
    with lab.serving(tmp_path_factory.mktemp("lab")) as served:
        yield served
