"""What strangers wrote stays text in every place that shows it: nothing runs, nobody is asked (promise P11)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser import lab, poison
from tests.browser.payloads import PAYLOADS
from tests.browser.watch import opened

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from tests.browser.lab import Lab

ALL = len(PAYLOADS)
POINT = """
() => {
  const all = [...document.querySelectorAll('svg .role-mark path, svg .role-mark text')];
  const marks = all.slice(0, 60).concat(all.slice(60).filter((mark) => mark.closest('.mark-text, .mark-rect')));
  const places = marks.map((mark) => mark.getBoundingClientRect());
  marks.forEach((mark, at) => {
    const { left, top, width, height } = places[at];
    const there = { clientX: left + width / 2, clientY: top + height / 2, bubbles: true, view: window };
    mark.dispatchEvent(new PointerEvent('pointermove', there));
    if (at % 20 === 0) mark.dispatchEvent(new MouseEvent('click', there));
  });
}
"""


@pytest.fixture(scope="module")
def poisoned(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("poisoned")
    poison.workspace(demo, root)
    return root


def touch(page: Page) -> None:
    """Unfold everything, point at and click everything in a chart, hover over the page. (Few clicks: each has a dashboard count anew.)"""
    page.evaluate("document.querySelectorAll('details').forEach((folded) => { folded.open = true; })")
    page.wait_for_timeout(300)
    page.evaluate(POINT)
    for at in range(100, 1000, 150):
        page.mouse.move(at, at)
    page.wait_for_timeout(300)


@pytest.mark.parametrize("kind", ["html", pytest.param("static", marks=pytest.mark.slow)])
def test_a_report_of_poisoned_files_is_harmless(browser: Browser, poisoned: Path, tmp_path: Path, kind: str):
    path = tmp_path / "report.html"
    poison.command(poisoned, "report", *(["start-talking", "--static"] if kind == "static" else []), "--out", path)
    with opened(browser, path, unguarded=True) as (page, seen):
        page.wait_for_function("[...document.querySelectorAll('.view')].every((place) => place.querySelector('svg'))")
        touch(page)
        assert poison.shown(page.locator("body").text_content() or "") > 60
        seen.nothing()


@pytest.mark.parametrize("static", [False, True], ids=["html", "static"])
def test_every_payload_in_every_part_of_a_report_is_harmless(
    browser: Browser, poisoned: Path, tmp_path: Path, static: bool
):
    import smmetrics as smm
    from smmetrics.panels.source import View
    from smmetrics.report import write

    path = write(poison.Poisoned(smm.open(poisoned).source()), View(), tmp_path / "report.html", static=static)
    with opened(browser, path, unguarded=True) as (page, seen):
        page.wait_for_function("[...document.querySelectorAll('.view')].every((place) => place.querySelector('svg'))")
        touch(page)
        for part in ("article.card", "td", "figure", "main"):
            texts = page.locator(part).all_text_contents()
            assert poison.shown("\n".join(texts)) == ALL, part
        assert page.locator("#vg-tooltip-element").count() == (0 if static else 1)
        seen.nothing()


CELLS = """\
import smmetrics as smm
from ipywidgets.embed import dependency_state
from smmetrics.dashboard import Dashboard
from smmetrics.panels.source import View
from tests.browser.poison import Poisoned
workspace = smm.open({root!r})
real = workspace.dashboard()
real
---
full = Dashboard(Poisoned(workspace.source()), View())
full
---
workspace.table("posts")
---
workspace.export(grain="month").frame
"""


def test_every_payload_in_a_dashboard_and_in_its_saved_notebook_is_harmless(
    browser: Browser, jupyter: Lab, poisoned: Path, tmp_path: Path
):
    path = jupyter.write("poisoned.ipynb", *CELLS.format(root=str(poisoned)).split("---\n"))
    with lab.notebook(browser, jupyter, path) as (page, seen):
        lab.run(page)
        page.wait_for_function("document.querySelectorAll('.smm-grid[data-ready=true]').length === 2")
        for grid in page.locator(".smm-grid").all():
            grid.locator("button.smm-ask").first.click()
            grid.locator(".smm-evidence").wait_for()
        page.locator(".smm-evidence td").first.wait_for()
        touch(page)
        assert poison.shown("\n".join(page.locator(".smm-card").all_text_contents())) == ALL
        assert poison.shown("\n".join(page.locator(".smm-grid").all_text_contents())) == ALL
        assert poison.shown("\n".join(page.locator(".smm td").all_text_contents())) == ALL
        lab.save(page)
        held = lab.asked(page, "dependency_state([real, full])")
        seen.nothing()
    bare = lab.as_html(path, tmp_path / "bare.html")
    with opened(browser, bare, unguarded=True) as (page, seen):
        touch(page)
        assert poison.shown(page.locator(".smm-static").last.text_content() or "") == ALL
        seen.nothing()
    with opened(browser, lab.as_html(path, tmp_path / "held.html", held=held), unguarded=True) as (page, seen):
        touch(page)
        assert page.locator("script[type='application/vnd.jupyter.widget-state+json']").count() == 1
        assert [url for url in seen.outside if "html-manager" not in url] == []  # the exporter asks for its own script
        assert seen.ran == []
