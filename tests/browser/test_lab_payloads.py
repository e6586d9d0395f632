"""What strangers wrote stays text in a dashboard, in its saved notebook, and in what widgets hold (promise P11)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.browser import lab, poison
from tests.browser.payloads import PAYLOADS
from tests.browser.touch import touch
from tests.browser.watch import opened

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from tests.browser.lab import Lab
    from tests.browser.watch import Seen

ALL = len(PAYLOADS)
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
    browser: Browser, desk: tuple[Page, Seen], jupyter: Lab, poisoned: Path, tmp_path: Path
):
    path = jupyter.write("poisoned.ipynb", *CELLS.format(root=str(poisoned)).split("---\n"))
    with lab.notebook(desk, path) as (page, seen):
        lab.run(page)
        page.wait_for_function("document.querySelectorAll('.smm-grid[data-ready=true]').length === 2")
        for grid in page.locator(".smm-grid").all():
            grid.locator("button.smm-ask").first.click()
            grid.locator(".smm-evidence").wait_for()
        page.locator(".smm-evidence td").first.wait_for()
        assert poison.shown("\n".join(touch(page))) == ALL
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
