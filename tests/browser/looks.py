"""What a person sees of a page, as questions: does it clip, has it landmarks, are there marks in its charts."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from axe_playwright_python.base import AXE_SCRIPT

if TYPE_CHECKING:
    from playwright.sync_api import Page

GRAVE = frozenset({"serious", "critical"})
MARKS = ", ".join(
    f".role-mark.mark-{kind} path, .role-mark.mark-{kind} text, .role-mark.mark-{kind} line"
    for kind in ("symbol", "line", "rect", "area", "rule", "arc", "trail", "text")
)


def overflow(page: Page) -> int:
    """By how many pixels the page is wider than its window."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


def clipped(page: Page, selector: str, *, within: str = "html") -> list[str]:
    """Those of the elements that stick out of what they stand in on the right, as the first of their text."""
    return page.eval_on_selector_all(
        selector,
        """(found, within) => {
            const edge = document.querySelector(within).getBoundingClientRect().right + 1;
            return found.filter((e) => e.getBoundingClientRect().right > edge)
                .map((e) => `${e.tagName}: ${e.textContent.trim().slice(0, 60)}`);
        }""",
        within,
    )


def outline(page: Page) -> list[tuple[int, str]]:
    """The headings of a page: level and words."""
    found = page.eval_on_selector_all(
        "h1, h2, h3, h4, h5, h6", "(found) => found.map((e) => [Number(e.tagName[1]), e.textContent.trim()])"
    )
    return [(level, words) for level, words in found]


def steps_down(levels: list[int]) -> bool:
    """Whether no heading skips a level on the way down."""
    return all(later <= earlier + 1 for earlier, later in pairwise(levels))


def marks(page: Page, chart: str) -> list[int]:
    """How many marks each chart has."""
    return page.eval_on_selector_all(chart, f"(found) => found.map((e) => e.querySelectorAll({MARKS!r}).length)")


def brightness(page: Page, selector: str = "body") -> float:
    """How light the background is that an element stands on, 0 black to 1 white."""
    return page.eval_on_selector(
        selector,
        """(e) => {
            for (; e; e = e.parentElement) {
                const [r, g, b, a = 1] = getComputedStyle(e).backgroundColor.match(/[\\d.]+/g).map(Number);
                if (a > 0) return (0.2126 * r + 0.7152 * g + 0.0722 * b) / 255;
            }
            return 1;
        }""",
    )


CONTRAST = "color-contrast"
LOOKS = """
(within) => {
    const ground = (e) => {
        for (; e; e = e.parentElement) {
            const colour = getComputedStyle(e).backgroundColor;
            if (!/, 0\\)$/.test(colour)) return colour;
        }
        return "";
    };
    const seen = new Set();
    for (const e of document.querySelectorAll(`${within} :not(svg, svg *)`)) {
        delete e.dataset.look;
        if (![...e.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim())) continue;
        if (!e.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
        const { color, fontSize, fontWeight, opacity } = getComputedStyle(e);
        const look = [color, ground(e), fontSize, fontWeight, opacity].join();
        if (!seen.has(look)) e.dataset.look = String(seen.size);
        seen.add(look);
    }
    return seen.size;
}
"""


def painted(page: Page) -> None:
    """Wait until the browser has laid out and painted what was last changed."""
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done())))")


def grave(page: Page, within: str = "body", *, structure: bool = True) -> list[str]:
    """What axe-core finds serious or critical, with the first place of each.

    Contrast is looked at once for each look that a text has: axe needs longer for it than for all else together.
    Without ``structure`` it alone is: names, roles and landmarks are the same by day and by night.
    """
    rest = {"resultTypes": ["violations"], "rules": {CONTRAST: {"enabled": False}}}
    found: list[dict[str, Any]] = []
    if structure:
        found += _violations(page, within, rest)
    if page.evaluate(LOOKS, within):
        once = {"resultTypes": ["violations"], "runOnly": {"type": "rule", "values": [CONTRAST]}}
        found += _violations(page, {"include": [["[data-look]"]]}, once)
    return [
        f"{violation['id']} ×{len(violation['nodes'])}: {violation['help']}: {node['html'][:160]} — "
        f"{node.get('failureSummary', '')[:300]}"
        for violation in found
        if violation["impact"] in GRAVE
        for node in violation["nodes"][:2]
    ]


RUN = """
async ([context, options]) => {
    const drawn = [...document.querySelectorAll("svg")].map((picture) => {
        const inside = document.createDocumentFragment();
        inside.append(...[...picture.children].filter((e) => !["title", "desc"].includes(e.localName)));
        return [picture, inside];
    });
    try {
        return (await axe.run(context, options)).violations;
    } finally {
        for (const [picture, inside] of drawn) picture.append(inside);
    }
}
"""
"""What is drawn in a picture is nothing to a screen reader, which reads its title; axe would take it in all the same."""


def _violations(page: Page, context: object, options: dict[str, Any]) -> list[dict[str, Any]]:
    """What axe-core finds. It is half a megabyte: a page that holds it already is not given it again."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found: list[dict[str, Any]] = page.evaluate(RUN, [context, options])
    return found
