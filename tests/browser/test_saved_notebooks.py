"""A saved notebook as a reader sees it who has no kernel: whole, legible, and harmless (promise P11)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import smmetrics as smm
from tests.browser import lab, looks, poison, saved
from tests.browser.payloads import PAYLOADS
from tests.browser.plans import STEPS
from tests.browser.touch import touch
from tests.browser.watch import opened

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

    from tests.browser.poison import Poisoned


def test_a_reader_without_a_kernel_sees_cards_and_pictures(browser: Browser, demo: Path, tmp_path: Path):
    copy = lab.as_html(saved.notebook(tmp_path / "board.ipynb", smm.open(demo).dashboard()), tmp_path / "copy.html")
    with opened(browser, copy) as (page, seen):
        assert page.locator(".smm-static .smm-card").count() >= 10
        pictures = page.locator(".smm-static figure img")
        assert pictures.count() >= 10
        assert all(pictures.evaluate_all("(all) => all.map((each) => each.complete && each.naturalWidth > 100)"))
        assert looks.grave(page, ".smm-static") == []
        assert seen.ran == seen.outside == []


def test_every_payload_in_a_dashboard_and_in_what_widgets_hold_is_harmless(
    browser: Browser, strange: Poisoned, tmp_path: Path
):
    from ipywidgets.embed import dependency_state

    from smmetrics.dashboard import Dashboard
    from smmetrics.panels.source import View

    board = Dashboard(strange, View())
    kept = saved.notebook(tmp_path / "board.ipynb", board)
    with opened(browser, lab.as_html(kept, tmp_path / "held.html", held=dependency_state([board])), unguarded=True) as (
        page,
        seen,
    ):
        touch(page)
        assert poison.shown(page.locator(".smm-static").text_content() or "") == len(PAYLOADS)
        held = page.locator("script[type='application/vnd.jupyter.widget-state+json']").text_content() or ""
        assert PAYLOADS[30].text in str(json.loads(held))
        assert seen.ran == []
        for said in (*seen.outside, *seen.complaints):
            assert "html-manager" in said, "the exporter asks for its own script, and nothing else asks for anything"


def test_hostile_words_in_every_field_of_a_plan_are_harmless(browser: Browser, tmp_path: Path):
    root = smm.init(tmp_path / "work").root
    poison.strategy(root)
    copy = lab.as_html(saved.notebook(tmp_path / "plan.ipynb", smm.open(root).planner()), tmp_path / "copy.html")
    with opened(browser, copy) as (page, seen):
        assert page.locator(".smm-static h3").count() == len(STEPS)
        assert page.locator(".smm-static :is(script, iframe, img, svg, object, embed, link, meta, form)").count() == 0
        assert seen.ran == seen.outside == []
