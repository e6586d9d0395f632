"""What strangers wrote stays text in every place that shows it: nothing runs, nobody is asked (promise P11)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser import poison
from tests.browser.payloads import PAYLOADS
from tests.browser.touch import touch
from tests.browser.watch import opened

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

    from tests.browser.poison import Poisoned

ALL = len(PAYLOADS)
UNFIT = """
() => [...document.querySelectorAll('.view')].filter(
  (place) => Math.abs(place.clientWidth - place.querySelector('svg').clientWidth) > 2).length
"""


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["html", "static"])
def test_a_report_of_poisoned_files_is_harmless(browser: Browser, poisoned: Path, tmp_path: Path, kind: str):
    path = tmp_path / "report.html"
    poison.command(poisoned, "report", *(["start-talking", "--static"] if kind == "static" else []), "--out", path)
    with opened(browser, path, unguarded=True) as (page, seen):
        page.wait_for_function("[...document.querySelectorAll('.view')].every((place) => place.querySelector('svg'))")
        touch(page)
        assert poison.shown(page.locator("body").text_content() or "") > 60
        seen.nothing()


@pytest.mark.parametrize("static", [False, pytest.param(True, marks=pytest.mark.slow)], ids=["html", "static"])
def test_every_payload_in_every_part_of_a_report_is_harmless(
    browser: Browser, strange: Poisoned, tmp_path: Path, static: bool
):
    from smmetrics.panels.source import View
    from smmetrics.report import write

    path = write(strange, View(), tmp_path / "report.html", static=static)
    with opened(browser, path, unguarded=True) as (page, seen):
        page.wait_for_function("[...document.querySelectorAll('.view')].every((place) => place.querySelector('svg'))")
        told = touch(page)
        for part in ("article.card", "td", "figure", "main"):
            texts = page.locator(part).all_text_contents()
            assert poison.shown("\n".join(texts)) == ALL, part
        assert page.locator("details figure .view, details figure svg").count() >= 1
        assert page.evaluate(UNFIT) == 0, "a chart that was folded has the width of its place when it is not"
        assert poison.shown("\n".join(told)) == (0 if static else ALL), "pointed at"
        seen.nothing()
