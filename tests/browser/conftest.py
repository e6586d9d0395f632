"""One browser a process; one JupyterLab, one sample workspace and what else is made of files a run."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest
from xdist.scheduler import LoadScopeScheduling

from tests.browser import chromium, lab, once, poison

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page
    from xdist.remote import Producer

    from tests.browser.lab import Lab
    from tests.browser.watch import Seen

LAB = ("test_dashboard.py", "test_planner", "test_lab_payloads.py", "test_late_widgets.py")
"""Files whose tests share a JupyterLab; those of all others share reports and a browser."""
OPEN = ExitStack()
"""Holds the browser and its pages: Playwright's loop must not outlive the tests of this folder."""


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> None:
    """Close the browser after the last test of this folder."""
    if nextitem is None or nextitem.path.parent != item.path.parent:
        OPEN.close()


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """Debian's Chromium; no test of this folder does without."""
    return chromium.need()


@pytest.fixture(scope="session")
def browser(chromium_path: str) -> Browser:
    """A headless browser."""
    return OPEN.enter_context(chromium.launched(chromium_path))


@pytest.fixture(scope="session")
def demo(chromium_path: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample workspace, as `smmetrics demo` makes it."""
    from smmetrics.workspace.demo import make_demo

    assert chromium_path
    return once.made(tmp_path_factory, "garden", make_demo)


@pytest.fixture(scope="session")
def poisoned(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample workspace with a payload wherever strangers can write."""
    return once.made(tmp_path_factory, "poisoned", lambda root: poison.workspace(demo, root))


@pytest.fixture(scope="session")
def beginning(chromium_path: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """The one JupyterLab of a run, which begins while all else is made."""
    assert chromium_path
    begun = lab.found()
    if begun:
        yield begun
        return
    with lab.beginning(tmp_path_factory.mktemp("lab")) as served:
        yield served


@pytest.fixture(scope="session")
def jupyter(beginning: Lab) -> Lab:
    """The same when it answers."""
    beginning.wait()
    return beginning


@pytest.fixture(scope="session")
def loading(browser: Browser, jupyter: Lab) -> tuple[Page, Seen]:
    """The one page with JupyterLab in it, which loads while the sample is made."""
    return OPEN.enter_context(lab.loading(browser, jupyter))


@pytest.fixture(scope="session")
def desk(loading: tuple[Page, Seen], demo: Path) -> tuple[Page, Seen]:
    """The same when it is there: notebooks are opened in it one after another."""
    assert demo
    lab.cleared(loading[0])
    return loading


@pytest.fixture(scope="session")
def strange(poisoned: Path) -> poison.Poisoned:
    """The poisoned workspace as panels see it, with a panel of payloads: its numbers are counted once."""
    import smmetrics as smm

    return poison.Poisoned(smm.open(poisoned).source())


def pytest_configure(config: pytest.Config) -> None:
    """Begin the JupyterLab of a run in several processes before they start."""
    if config.getoption("numprocesses", None) and not hasattr(config, "workerinput") and chromium.find():
        begun = ExitStack()
        begun.enter_context(lab.begun_for_others())
        config.add_cleanup(begun.close)


class _Halves(LoadScopeScheduling):
    """What shares a JupyterLab runs in one process, and all else in the other."""

    def _split_scope(self, nodeid: str) -> str:
        return "lab" if nodeid.rpartition("/")[2].startswith(LAB) else "files"


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> _Halves:
    """Where two processes run the tests of this folder, each has its half."""
    return _Halves(config, log)
