"""Report files as people open them: in light and dark, wide and on a telephone, with a keyboard, and on paper.

Each file is opened once by day and once by night; a window may change its size while it is open.
"""

from __future__ import annotations

from contextlib import ExitStack
from functools import cache
from typing import TYPE_CHECKING

import pytest

from tests.browser import looks
from tests.browser.watch import NARROW, WIDE, Scheme, opened

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from tests.browser.watch import Seen

    Open = Callable[..., tuple[Page, Seen]]

FILES = {"team": False, "team-static": True, "board": False, "public-static": True}
CHARTS = ".view svg.marks, svg.picture"
TIME = pytest.mark.slow
SEEN_AS = [
    ("team", WIDE, "light"),
    ("team", NARROW, "dark"),
    ("team-static", NARROW, "dark"),
    ("board", WIDE, "light"),
    pytest.param("team", WIDE, "dark", marks=TIME),
    pytest.param("team", NARROW, "light", marks=TIME),
    pytest.param("team-static", WIDE, "light", marks=TIME),
    pytest.param("board", NARROW, "dark", marks=TIME),
    pytest.param("public-static", NARROW, "dark", marks=TIME),
    pytest.param("public-static", WIDE, "light", marks=TIME),
]
"""Each file is looked at by day or by night, wide or narrow; in all ways where there is time."""
NAMES = ["team", "team-static", "board", pytest.param("public-static", marks=TIME)]
"""A public report has the parts of a team's, and fewer of them."""


@pytest.fixture(scope="module")
def reports(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The file of a report, which is written when it is asked for first."""
    import smmetrics as smm
    from smmetrics.panels.source import View
    from smmetrics.report import write

    source, folder = smm.open(demo).source(), tmp_path_factory.mktemp("reports")

    @cache
    def written(name: str) -> Path:
        return write(source, View(), folder / f"{name}.html", edition=name.partition("-")[0], static=FILES[name])

    return written


@pytest.fixture(scope="module")
def report(browser: Browser, reports: Callable[[str], Path]) -> Iterator[Open]:
    """Opens a file, or finds it open, at a width."""
    kept: dict[tuple[str, Scheme], tuple[Page, Seen]] = {}
    with ExitStack() as stack:

        def found(name: str, *, width: int = WIDE, scheme: Scheme = "light") -> tuple[Page, Seen]:
            if (name, scheme) not in kept:
                kept[name, scheme] = stack.enter_context(opened(browser, reports(name), width=width, scheme=scheme))
            page, seen = kept[name, scheme]
            page.set_viewport_size({"width": width, "height": 1000})
            drawn(page)
            return page, seen

        yield found


def drawn(page: Page) -> None:
    """Wait until every place for a chart holds one."""
    page.wait_for_function("[...document.querySelectorAll('.view')].every((place) => place.querySelector('svg'))")


@pytest.mark.parametrize(("name", "width", "scheme"), SEEN_AS)
def test_a_report_reads_well(report: Open, name: str, width: int, scheme: Scheme):
    page, seen = report(name, width=width, scheme=scheme)
    assert looks.overflow(page) == 0
    assert looks.clipped(page, "h1, h2, h3, .card, figure, .picture, .view svg, details") == []
    assert (looks.brightness(page) > 0.9) == (scheme == "light")
    assert looks.grave(page, structure=(width == WIDE) == (scheme == "light")) == []
    seen.nothing()


@pytest.mark.parametrize("name", NAMES)
def test_a_report_has_an_outline_and_landmarks(report: Open, name: str):
    page, _ = report(name)
    levels = [level for level, _ in looks.outline(page)]
    assert levels.count(1) == 1
    assert looks.steps_down(levels)
    for role in ("banner", "main", "contentinfo"):
        assert page.get_by_role(role).count() == 1
    goals = page.get_by_role("navigation", name="Goals").get_by_role("link")
    titles = [words for level, words in looks.outline(page) if level == 2]
    assert goals.all_inner_texts() == titles[: goals.count()]
    together = name.startswith("team")  # what goals have in common is shown once, after them
    assert goals.count() == 3 + together


@pytest.mark.parametrize("name", NAMES)
def test_every_chart_has_marks_and_says_in_words_what_it_shows(report: Open, name: str):
    page, _ = report(name)
    assert page.locator(CHARTS).count() >= 3
    assert all(looks.marks(page, CHARTS))
    told = page.get_by_role("img").evaluate_all("(all) => all.map((e) => e.ariaLabel || e.textContent)")
    assert min(map(len, told)) > 10


@pytest.mark.parametrize("name", NAMES)
def test_a_static_report_holds_no_script(report: Open, name: str):
    page, _ = report(name)
    assert (page.locator("script").count() == 0) == FILES[name]


def test_pointing_at_a_mark_tells_its_numbers(report: Open):
    page, seen = report("team")
    page.locator(".view .mark-symbol.role-mark path").last.hover(force=True)
    tip = page.locator("#vg-tooltip-element.visible")
    tip.wait_for()
    assert any(letter.isdigit() for letter in tip.inner_text())
    seen.nothing()


def test_a_keyboard_opens_what_stands_behind_a_number(report: Open):
    page, _ = report("team")
    page.evaluate("window.measured = 0; addEventListener('resize', () => { window.measured += 1; })")
    behind = page.locator("details.evidence").first
    behind.locator("summary").focus()
    page.keyboard.press("Enter")
    assert behind.get_attribute("open") is not None
    looks.painted(page)
    assert page.evaluate("window.measured") == 0, "no chart is drawn anew for what holds none"
    assert "formula" in behind.inner_text().lower()
    page.evaluate("document.querySelectorAll('summary, a').forEach((each, at) => { each.dataset.at = at; })")
    reached = set()
    for _ in range(6):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.matches(':focus-visible')")
        reached.add(page.evaluate("document.activeElement.dataset.at"))
    assert len(reached - {None}) == 6


@pytest.mark.parametrize(("name", "scheme"), [("team", "dark"), ("board", "light")])
def test_a_report_prints_light_and_whole_even_at_night(report: Open, name: str, scheme: Scheme):
    page, seen = report(name, width=760, scheme=scheme)
    page.emulate_media(media="print", color_scheme="dark")
    assert looks.brightness(page) > 0.9
    assert looks.overflow(page) == 0
    assert page.get_by_role("navigation").count() == 0
    assert all(looks.marks(page, CHARTS))
    pdf = page.pdf(prefer_css_page_size=True)
    assert pdf.startswith(b"%PDF")
    assert (pdf.count(b"/Type /Page\n") <= 2) == (name == "board")
    seen.nothing()
    page.emulate_media(media="screen", color_scheme=scheme)
