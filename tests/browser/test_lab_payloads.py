"""What strangers wrote stays text in a dashboard, in a planner and in the tables of a notebook (promise P11).

Of a dashboard only the widget is shown: its copy for readers without a kernel needs no JupyterLab, and is in
test_saved_notebooks.py.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import smmetrics as smm
from tests.browser import lab, poison
from tests.browser.payloads import PAYLOADS
from tests.browser.plans import STEPS, go
from tests.browser.touch import touch

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.browser.lab import Lab
    from tests.browser.watch import Seen

ALL = len(PAYLOADS)
CELLS = """\
import smmetrics as smm
from smmetrics.dashboard import Dashboard
from smmetrics.panels.source import View
from tests.browser.poison import Poisoned
workspace = smm.open({poisoned!r})
display(workspace.dashboard("start-talking")._repr_mimebundle_(), raw=True)
---
board = Dashboard(Poisoned(workspace.source()), View())
display(board._repr_mimebundle_(), raw=True)
---
workspace.table("posts")
---
workspace.export(grain="month").frame
---
smm.open({planned!r}).planner()
"""
MARKUP = ".smm-plan :is(script, iframe, img, svg, object, embed, style, link, meta, form, base, video, audio, a)"


@pytest.fixture(scope="module")
def notebook(
    desk: tuple[Page, Seen], jupyter: Lab, poisoned: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Page, Seen]]:
    planned = smm.init(tmp_path_factory.mktemp("hostile") / "work").root
    assert poison.strategy(planned) >= ALL
    cells = CELLS.format(poisoned=str(poisoned), planned=str(planned)).split("---\n")
    with lab.notebook(desk, jupyter.write("poisoned.ipynb", *cells)) as (page, seen):
        lab.run(page)
        page.wait_for_selector(".smm-plan-group")
        yield page, seen


def test_every_payload_in_a_dashboard_is_harmless(notebook: tuple[Page, Seen]):
    page, seen = notebook
    grid = page.locator(".smm-grid[data-ready=true]")
    for each in (0, 1):
        grid.nth(each).locator("button.smm-ask").first.click()
        grid.nth(each).locator(".smm-evidence").wait_for()
    grid.first.locator(".smm-evidence td").first.wait_for()
    assert poison.shown("\n".join(touch(page))) == ALL
    assert poison.shown("\n".join(grid.locator(".smm-card").all_text_contents())) == ALL
    assert poison.shown("\n".join(grid.all_text_contents())) == ALL
    assert poison.shown("\n".join(page.locator(".smm td").all_text_contents())) == ALL
    seen.nothing()


def test_hostile_words_in_every_field_of_a_plan_are_shown_as_words(notebook: tuple[Page, Seen]):
    page, seen = notebook
    page.eval_on_selector_all(
        ".jp-OutputArea:has(.smm-grid, table)", "(all) => all.forEach((each) => { each.remove(); })"
    )
    shown = []
    for step in STEPS:
        go(page, step)
        page.eval_on_selector_all(".smm-plan details", "(all) => all.forEach((each) => { each.open = true; })")
        shown += page.eval_on_selector_all(
            ".smm-plan :is(input[type=text], textarea)", "(all) => all.map((each) => each.value)"
        )
        shown.append(page.locator(".smm-plan").inner_text())
        assert page.locator(MARKUP).count() == 0
    assert sum("__pwned" in each for each in shown) > ALL / 2
    go(page, "audiences")
    page.get_by_label("A short name for them").fill("<img src=x onerror=window.__pwned=1>")
    page.get_by_role("button", name="Add audience").click()
    page.get_by_role("heading", name="img-src-x-onerror-window-__pwned-1").wait_for()
    seen.nothing()
