"""The dashboard in JupyterLab: read, changed by mouse and by keyboard, in light and dark, wide and on a telephone."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.browser import lab, looks
from tests.browser.keys import press, reach
from tests.browser.watch import NARROW, WIDE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.browser.lab import Lab, Theme
    from tests.browser.watch import Seen

OUTPUT = ".jp-OutputArea-output:has(.smm-grid)"
CHART = ".smm-grid figure.smm-chart"
READY = ".smm-grid[data-ready='true']"
LARGEST = 1_500_000  # bytes of a notebook that people still send by mail


@pytest.fixture(scope="module")
def opened_board(desk: tuple[Page, Seen], jupyter: Lab, demo: Path) -> Iterator[tuple[Page, Seen]]:
    """One notebook for all tests of this file: each leaves the view as it found it."""
    code = f"import smmetrics as smm\nboard = smm.open({str(demo)!r}).dashboard()\nboard"
    with lab.notebook(desk, jupyter.write("dashboard.ipynb", code)) as (page, seen):
        lab.run(page)
        page.wait_for_selector(READY)
        yield page, seen


@pytest.fixture
def page(opened_board: tuple[Page, Seen]) -> Page:
    return opened_board[0]


@pytest.fixture(scope="module")
def one_goal(opened_board: tuple[Page, Seen]) -> Page:
    """The dashboard of one goal, for what is the same with any: at each change all charts are drawn anew."""
    page = opened_board[0]
    charts = page.locator(CHART).count()
    page.get_by_label("Goal", exact=True).select_option("start-talking")
    page.wait_for_function(f"(most) => document.querySelectorAll('{CHART}').length < most", arg=charts)
    page.wait_for_selector(READY)
    return page


def status(page: Page) -> str:
    return page.locator(".smm-status").inner_text()


def until(page: Page, words: str) -> None:
    """Wait until the dashboard says these words."""
    page.locator(".smm-status", has_text=words).wait_for()


def test_cards_and_charts_appear_and_nobody_is_asked(opened_board: tuple[Page, Seen]):
    page, seen = opened_board
    assert page.locator(f"{OUTPUT} .smm-card").count() >= 10
    assert page.locator(CHART).count() >= 10
    assert all(looks.marks(page, f"{CHART} svg"))
    copy = page.locator(".smm-static")
    assert copy.count() == 1
    assert not copy.is_visible(), "the copy for readers without a kernel is not seen behind the dashboard"
    assert "numbers" in status(page)
    seen.nothing()


def test_the_dashboard_has_an_outline_and_names_its_charts(page: Page):
    levels = page.eval_on_selector_all(f"{OUTPUT} :is(h2, h3, h4, h5)", "(all) => all.map((e) => Number(e.tagName[1]))")
    assert levels[0] == 2
    assert looks.steps_down(levels)
    for plot in page.locator(f"{CHART} [role=img]").all():
        assert len(plot.get_attribute("aria-label") or "") > 10


def test_a_control_repaints_and_undo_takes_it_back_by_keyboard_alone(page: Page):
    before, charts = status(page), page.locator(CHART).count()
    goal = page.get_by_label("Goal", exact=True)
    goal.focus()
    page.keyboard.type("answer")
    assert goal.input_value() == "answer-gardeners"
    page.wait_for_function("(before) => document.querySelector('.smm-status').innerText !== before", arg=before)
    page.wait_for_function(f"(most) => document.querySelectorAll('{CHART}').length < most", arg=charts)
    assert page.locator(OUTPUT).get_by_role("heading", name="Start talking").count() == 0
    press(page, "Undo")
    until(page, before)
    page.wait_for_function(f"(all) => document.querySelectorAll('{CHART}').length === all", arg=charts)
    assert goal.input_value() != "answer-gardeners"


def test_each_chart_stands_under_the_heading_of_its_panel(page: Page):
    told = page.eval_on_selector_all(
        f"{CHART}",
        """(all) => all.map((e) => [e.dataset.chart.split('-')[0],
            e.closest('section').querySelector('h3, h4').textContent])""",
    )
    heads = {
        "trend": "Per month",
        "platforms": "By platform",
        "threads": "Conversations",
        "hours": "Hours against plan",
    }
    assert told
    assert dict(told) == heads
    goals = page.eval_on_selector_all(".smm-grid .smm-goal h3", "(all) => all.map((e) => e.textContent)")
    assert goals.count("Conversations") == 1, "what goals have in common is shown once"


@pytest.mark.parametrize(
    ("theme", "width"),
    [
        ("JupyterLab Light", WIDE),
        ("JupyterLab Dark", NARROW),
        pytest.param("JupyterLab Light", NARROW, marks=pytest.mark.slow),
        pytest.param("JupyterLab Dark", WIDE, marks=pytest.mark.slow),
    ],
)
def test_it_reads_well(page: Page, theme: Theme, width: int):
    page.set_viewport_size({"width": width, "height": 1000})
    lab.theme(page, theme)
    dark = str(theme == "JupyterLab Dark").lower()
    page.wait_for_selector(f".smm-grid[data-dark='{dark}']", state="attached")
    ink = {"true": "#b8b8b8", "false": "#5a5a5a"}[dark]
    page.wait_for_function(
        """(ink) => [...document.querySelectorAll('.smm-plot .role-axis-label text')].every(
            (label) => label.getAttribute('fill') === ink)""",
        arg=ink,
    )
    assert (looks.brightness(page, OUTPUT) < 0.2) == (dark == "true")
    assert page.eval_on_selector(OUTPUT, "(output) => output.scrollWidth - output.clientWidth") <= 1
    assert (
        looks.clipped(page, f"{OUTPUT} :is(.smm-card, figure, h3, h4, p, svg, select, input, button)", within=OUTPUT)
        == []
    )
    assert looks.grave(page, OUTPUT, structure=(width == WIDE) != (dark == "true")) == []
    page.set_viewport_size({"width": WIDE, "height": 1000})


def test_a_saved_notebook_holds_the_copy_for_readers_without_a_kernel_and_is_small(
    jupyter: Lab, opened_board: tuple[Page, Seen]
):
    lab.save(opened_board[0])
    text = (jupyter.folder / "dashboard.ipynb").read_text(encoding="utf-8")
    assert len(text.encode()) < LARGEST
    shown = [output["data"] for cell in json.loads(text)["cells"] for output in cell["outputs"]]
    (copy,) = ["".join(data["text/html"]) for data in shown if "text/html" in data]
    assert "smm-static" in copy
    assert copy.count("<img ") >= 10


def test_a_click_in_a_chart_filters_all_else_and_the_notebook_has_the_rows(one_goal: Page):
    page = one_goal
    before, charts = status(page), page.locator(CHART).count()
    page.locator(f"{CHART}:has(button[data-value=x]) .mark-symbol path").last.click(force=True)
    until(page, "Only platform: x")
    assert lab.asked(page, "sorted(set(board.selected_rows(columns=['platform'])['platform']))") == ["x"]
    group = page.locator(".smm-group:has(button[data-value=x])").first
    assert group.locator("figure").count() == 2, "the chart in which one was chosen still shows the other"
    assert group.locator("button[aria-pressed=true]").all_inner_texts() == ["Only X"]
    assert group.locator("figure[data-picked=no]").get_attribute("data-chart").endswith("-blogs")
    group.get_by_role("button", name="Show all again").click()
    until(page, before)
    page.wait_for_function(f"(all) => document.querySelectorAll('{CHART}').length === all", arg=charts)
    assert group.get_by_role("button", name="Show all again").count() == 0
    assert len(lab.asked(page, "sorted(set(board.selected_rows(columns=['platform'])['platform']))")) > 1


def test_a_keyboard_reaches_every_control_and_chooses_in_a_chart(one_goal: Page):
    page = one_goal
    before = status(page)
    page.get_by_label("Goal", exact=True).focus()
    reached: list[str] = []
    for _ in range(60):
        told = page.evaluate(
            """() => { const e = document.activeElement;
            return e.closest('.smm-values')
                ? 'value:' + e.dataset.value + (e.matches(':focus-visible') ? '' : ' unseen')
                : (e.labels?.[0]?.innerText || e.ariaLabel || e.innerText).trim(); }"""
        )
        reached.append(told)
        if told == "value:x":
            break
        page.keyboard.press("Tab")
    assert reached[-1] == "value:x"
    assert {"Goal", "Period", "One point a", "Compare with", "Save view", "Export CSV"} <= set(reached)
    assert all(reached)
    page.keyboard.press("Enter")
    until(page, "Only platform: x")
    page.get_by_role("button", name="Clear selection").focus()
    page.keyboard.press("Space")
    until(page, before)


def test_keys_in_a_list_or_on_a_button_are_no_orders_to_the_notebook(page: Page):
    cells = page.locator(".jp-Notebook .jp-Cell")
    before = cells.count()
    page.get_by_label("One point a", exact=True).focus()
    for key in "cv":  # copy and paste a cell
        page.keyboard.press(key)
    page.get_by_role("button", name="Export CSV").focus()
    page.keyboard.press("b")  # one more cell below
    looks.painted(page)
    assert lab.asked(page, "1") == 1, "what a key ordered is done before the kernel is asked"
    assert cells.count() == before


def test_a_number_opens_what_is_behind_it_beside_its_card_by_keyboard_alone(one_goal: Page):
    page = one_goal
    card = page.locator(".smm-card").nth(1)
    value = card.locator(".smm-value").inner_text()
    ask = card.get_by_role("button", name="Where this comes from")
    page.locator("button.smm-ask").first.focus()
    press(page, ask.get_attribute("aria-label") or "")
    behind = page.get_by_role("region", name="Evidence: ")
    behind.wait_for()
    assert value in behind.inner_text()
    assert behind.locator("code").count() >= 1
    assert behind.locator("table tbody tr").count() >= 5
    assert card.evaluate("(e) => e.nextElementSibling === document.activeElement"), "it has the focus"
    box = behind.bounding_box()
    assert 0 < box["y"] < 1000, "it is in sight"
    assert ask.get_attribute("aria-expanded") == "true"
    press(page, "Older rows")
    behind.get_by_text("Rows 21 to 40").wait_for()
    assert looks.grave(page, ".smm-evidence") == []
    reach(page, "Close")
    page.keyboard.press("Escape")
    behind.wait_for(state="detached")
    assert ask.evaluate("(e) => e === document.activeElement"), "the focus goes back to where it was asked"


def test_a_saved_view_comes_back(one_goal: Page):
    page = one_goal
    before = status(page)
    page.get_by_label("Name of this view").fill("all of it")
    page.get_by_role("button", name="Save view").click()
    until(page, "Saved as all of it.")
    page.get_by_label("One point a").select_option("Quarter")
    until(page, "Shown")
    page.get_by_role("button", name="Open view").click()
    until(page, "Opened all of it.")
    assert page.get_by_label("One point a").input_value() == "Month"
    page.get_by_role("button", name="Undo").click()
    page.get_by_role("button", name="Undo").click()
    until(page, before)


def test_nothing_was_asked_all_the_while(opened_board: tuple[Page, Seen]):
    opened_board[1].nothing()
