"""Report files as people open them: in light and dark, wide and on a telephone, with a keyboard, and on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser import looks
from tests.browser.watch import NARROW, WIDE, Scheme, opened

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

FILES = {"team": False, "team-static": True, "board": False, "public-static": True}
CHARTS = ".view svg.marks, svg.picture"
SEEN_AS = [
    *((name, WIDE, "light") for name in FILES),
    *((name, NARROW, "dark") for name in FILES),
    ("team", NARROW, "light"),
    ("team", WIDE, "dark"),
]


@pytest.fixture(scope="module")
def reports(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    import smmetrics as smm

    workspace, folder = smm.open(demo), tmp_path_factory.mktemp("reports")
    return {
        name: workspace.report(folder / f"{name}.html", edition=name.partition("-")[0], static=static)
        for name, static in FILES.items()
    }


def drawn(page: Page) -> None:
    """Wait until every place for a chart holds one."""
    page.wait_for_function("[...document.querySelectorAll('.view')].every((place) => place.querySelector('svg'))")


@pytest.mark.parametrize(("name", "width", "scheme"), SEEN_AS)
def test_a_report_reads_well(browser: Browser, reports: dict[str, Path], name: str, width: int, scheme: Scheme):
    with opened(browser, reports[name], width=width, scheme=scheme) as (page, seen):
        drawn(page)
        assert looks.overflow(page) == 0
        assert looks.clipped(page, "h1, h2, h3, .card, figure, .picture, .view svg, details") == []
        assert (looks.brightness(page) > 0.9) == (scheme == "light")
        assert looks.grave(page) == []
        seen.nothing()


@pytest.mark.parametrize("name", FILES)
def test_a_report_has_an_outline_and_landmarks(browser: Browser, reports: dict[str, Path], name: str):
    with opened(browser, reports[name]) as (page, _):
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


@pytest.mark.parametrize("name", FILES)
def test_every_chart_has_marks_and_says_in_words_what_it_shows(browser: Browser, reports: dict[str, Path], name: str):
    with opened(browser, reports[name]) as (page, _):
        drawn(page)
        assert page.locator(CHARTS).count() >= 3
        assert all(looks.marks(page, CHARTS))
        for picture in page.get_by_role("img").all():
            assert len(picture.get_attribute("aria-label") or picture.text_content() or "") > 10


def test_a_static_report_holds_no_script(browser: Browser, reports: dict[str, Path]):
    for name, static in FILES.items():
        with opened(browser, reports[name]) as (page, _):
            assert (page.locator("script").count() == 0) == static


def test_pointing_at_a_mark_tells_its_numbers(browser: Browser, reports: dict[str, Path]):
    with opened(browser, reports["team"]) as (page, seen):
        drawn(page)
        page.locator(".view .mark-symbol.role-mark path").last.hover(force=True)
        tip = page.locator("#vg-tooltip-element.visible")
        tip.wait_for()
        assert any(letter.isdigit() for letter in tip.inner_text())
        seen.nothing()


def test_a_keyboard_opens_what_stands_behind_a_number(browser: Browser, reports: dict[str, Path]):
    with opened(browser, reports["team"]) as (page, _):
        behind = page.locator("details.evidence").first
        behind.locator("summary").focus()
        page.keyboard.press("Enter")
        assert behind.get_attribute("open") is not None
        assert "formula" in behind.inner_text().lower()
        page.evaluate("document.querySelectorAll('summary, a').forEach((each, at) => { each.dataset.at = at; })")
        reached = set()
        for _ in range(6):
            page.keyboard.press("Tab")
            assert page.evaluate("document.activeElement.matches(':focus-visible')")
            reached.add(page.evaluate("document.activeElement.dataset.at"))
        assert len(reached - {None}) == 6


@pytest.mark.parametrize("name", ["team", "board"])
def test_a_report_prints_light_and_whole_even_at_night(browser: Browser, reports: dict[str, Path], name: str):
    with opened(browser, reports[name], width=760, scheme="dark") as (page, seen):
        drawn(page)
        page.emulate_media(media="print", color_scheme="dark")
        assert looks.brightness(page) > 0.9
        assert looks.overflow(page) == 0
        assert page.get_by_role("navigation").count() == 0
        assert all(looks.marks(page, CHARTS))
        pdf = page.pdf(prefer_css_page_size=True)
        assert pdf.startswith(b"%PDF")
        assert (pdf.count(b"/Type /Page\n") <= 2) == (name == "board")
        seen.nothing()
