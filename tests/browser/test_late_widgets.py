"""A widget that a busy page began too late hears its kernel all the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser import lab

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

    from tests.browser.lab import Lab
    from tests.browser.watch import Seen

AT_ONCE = """() => {
  window.inTime = AbortSignal.timeout;
  window.late = 0;
  AbortSignal.timeout = () => {
    const ends = new AbortController();
    setTimeout(() => { window.late += 1; ends.abort(); });
    return ends.signal;
  };
}"""
"""As if the time that a widget has to begin were over for each before it began."""

MADE = """\
from smmetrics.dashboard.grid import ChartGrid
from smmetrics.dashboard.live import LiveRegion
def say(words):
    said.text = words
    grid.show([], sections=[{"key": "a", "charts": [], "label": words, "head": [], "top": [], "end": []}])
said, grid = LiveRegion(), ChartGrid()
say("before it began")
display(said, grid)
"""
SAYS = (".smm-status:text-is('{}')", ".smm-grid section[aria-label='{}']")


@pytest.fixture
def late(desk: tuple[Page, Seen]) -> Iterator[tuple[Page, Seen]]:
    page, _ = desk
    page.evaluate(AT_ONCE)
    yield desk
    page.evaluate("() => { AbortSignal.timeout = window.inTime; }")


def test_a_widget_that_began_late_shows_what_its_kernel_says(late: tuple[Page, Seen], jupyter: Lab):
    with lab.notebook(late, jupyter.write("late.ipynb", MADE)) as (page, seen):
        lab.run(page)
        for selector in SAYS:
            page.wait_for_selector(selector.format("before it began"), state="attached")
        lab.asked(page, "say('afterwards')")
        for selector in SAYS:
            page.wait_for_selector(selector.format("afterwards"), state="attached")
        assert page.evaluate("window.late") == len(SAYS)
        seen.nothing()
