"""Using a page as somebody does who is curious about everything in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.browser import looks

if TYPE_CHECKING:
    from playwright.sync_api import Page

POINT = """
() => {
  const all = [...document.querySelectorAll('svg .role-mark path, svg .role-mark text')];
  const marks = all.slice(0, 60).concat(all.slice(60).filter((mark) => mark.closest('.mark-text, .mark-rect')));
  const places = marks.map((mark) => mark.getBoundingClientRect());
  marks.forEach((mark, at) => {
    const { left, top, width, height } = places[at];
    const there = { clientX: left + width / 2, clientY: top + height / 2, bubbles: true, view: window };
    mark.dispatchEvent(new PointerEvent('pointermove', there));
    if (at % 60 === 0) mark.dispatchEvent(new MouseEvent('click', there));
  });
}
"""


def touch(page: Page) -> None:
    """Unfold everything, point at and click everything in a chart, hover over the page. (Few clicks: each has a dashboard count anew.)"""
    page.evaluate("document.querySelectorAll('details').forEach((folded) => { folded.open = true; })")
    looks.painted(page)
    page.evaluate(POINT)
    for at in range(100, 1000, 150):
        page.mouse.move(at, at)
    page.wait_for_timeout(300)
