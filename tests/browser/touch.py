"""Using a page as somebody does who is curious about everything in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.browser import looks

if TYPE_CHECKING:
    from playwright.sync_api import Page

POINT = """
() => {
  const all = [...document.querySelectorAll('svg .role-mark path, svg .role-mark text')];
  const telling = all.filter((mark) => mark.__data__ && mark.__data__.tooltip !== undefined);
  const marks = [...new Set([...all.slice(0, 60), ...telling])];
  const places = marks.map((mark) => mark.getBoundingClientRect());
  const told = new Set();
  marks.forEach((mark, at) => {
    const { left, top, width, height } = places[at];
    const there = { clientX: left + width / 2, clientY: top + height / 2, bubbles: true, view: window };
    mark.dispatchEvent(new PointerEvent('pointermove', there));
    document.querySelectorAll('.vg-tooltip.visible').forEach((tip) => told.add(tip.textContent));
    if (at === 0 || at === marks.length - 1) mark.dispatchEvent(new MouseEvent('click', there));
  });
  return [...told];
}
"""


def touch(page: Page) -> list[str]:
    """Unfold everything, point at all that tells something and at some other marks, hover over the page; what was told.

    Two are clicked: each click has a dashboard count anew.
    """
    page.evaluate("document.querySelectorAll('details').forEach((folded) => { folded.open = true; })")
    looks.painted(page)
    told: list[str] = page.evaluate(POINT)
    for at in range(100, 1000, 150):
        page.mouse.move(at, at)
    page.wait_for_timeout(300)
    return told
