"""The planner in JupyterLab: a whole plan by keyboard alone, saved and read back; by day and by night."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING

import pytest

import smmetrics as smm
from tests.browser import lab, looks
from tests.browser.keys import FOCUSED, press, reach
from tests.browser.plans import STEPS, go
from tests.browser.watch import NARROW, WIDE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.browser.lab import Lab, Theme
    from tests.browser.watch import Seen

LONG = "(all) => all.filter((e) => e.scrollHeight > e.clientHeight + 1).map((e) => e.value)"
"""Fields in which one has to scroll to read what one wrote."""
OUTPUT = ".jp-OutputArea-output:has(.smm-plan)"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace as `smmetrics init` leaves it."""
    return smm.init(tmp_path_factory.mktemp("plan") / "garden").root


@pytest.fixture(scope="module")
def opened_plan(desk: tuple[Page, Seen], jupyter: Lab, folder: Path) -> Iterator[tuple[Page, Seen]]:
    code = f"import smmetrics as smm\nplan = smm.open({str(folder)!r}).planner()\nplan"
    with lab.notebook(desk, jupyter.write("planner.ipynb", code)) as (page, seen):
        lab.run(page)
        page.wait_for_selector(".smm-plan-group")
        yield page, seen
        page.set_viewport_size({"width": WIDE, "height": 1000})


@pytest.fixture
def page(opened_plan: tuple[Page, Seen]) -> Page:
    return opened_plan[0]


def write(page: Page, name: str, words: str) -> None:
    """Fill in a field, its words at once, as dictation and other aids to writing bring them."""
    reach(page, name)
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(words)


def type_in(page: Page, name: str, words: str, *, pause: int = 0) -> None:
    """Fill in a field key by key; with a ``pause`` after each (milliseconds), in which the kernel answers."""
    reach(page, name)
    page.keyboard.press("Control+A")
    page.keyboard.type(words, delay=pause)


def on(page: Page, title: str) -> None:
    """Press Next, and be where it leads."""
    press(page, "Next")
    page.wait_for_function("(title) => document.activeElement.innerText === title", arg=title)


def until(page: Page, words: str | re.Pattern[str], *, where: str = ".smm-plan [role=status]") -> None:
    page.locator(where, has_text=words).wait_for()


def test_a_whole_plan_is_filled_in_saved_and_read_back_by_keyboard_alone(page: Page, folder: Path):
    page.locator(".smm-plan-step").first.focus()
    type_in(page, "Purpose", "Neighbours eat")
    until(page, re.compile(r"Purpose: 1 warning"))
    write(page, "Who wants this?", "the club")
    on(page, "Audiences")
    write(page, "Who are they?", "people with a first garden")
    write(page, "What do they share?", "tomatoes")
    on(page, "People")
    write(page, "What do they do?", "everything")
    write(page, "Hours a week", "6")
    type_in(page, "Trained for", "moles", pause=150)
    on(page, "Goals")
    write(page, "Why does it matter?", "who asks")
    write(page, "What do people get out of it?", "an honest answer")
    type_in(page, "What kind of goal is it?", "Start")
    press(page, "people: people with a first garden", "Space")
    press(page, "talk (communicating)", "Space")
    press(page, "me: everything", "Space")
    page.get_by_label("Hours a week of me").wait_for()
    assert page.evaluate(FOCUSED) == "me: everything"
    write(page, "Hours a week of me", "2")
    write(page, "Who was asked about it?", "a neighbour")
    on(page, "Questions and numbers")
    press(page, "Share of posts that promote (watched beside)", "Space")
    on(page, "Targets")
    type_in(page, "A target on", "Conversation")
    press(page, "Set target")
    page.wait_for_function(f"({FOCUSED})() === 'Number'")
    write(page, "Aim", ">= 2")
    write(page, "Where you start from", "1")
    on(page, "Channels")
    write(page, "A platform, or a place such as the mailbox", "Blogs")
    page.keyboard.press("Enter")
    page.wait_for_function(f"({FOCUSED})() === 'Platform'")
    write(page, "Why this place?", "long answers")
    press(page, "Save")
    until(page, "Saved in", where=".smm-plan-message")
    saved = tomllib.loads((folder / "strategy.toml").read_text(encoding="utf-8"))
    goal = saved["goals"]["first"]
    assert saved["purpose"] == "Neighbours eat"
    assert saved["backing"]["who"] == "the club"
    assert saved["audiences"]["people"]["shares"] == "tomatoes"
    assert saved["people"]["me"] == {
        "role": "everything", "hours_per_week": 6, "speaks_as": [], "trained_for": ["moles"],
    }  # fmt: skip
    assert (goal["type"], goal["audience"], goal["people"], goal["hours"]) == (
        "communicating.start_conversations", ["people"], ["me"], {"me": 2},
    )  # fmt: skip
    assert goal["drop"] == ["communicating.promo_share"]
    assert [(each["metric"], each["value"], each["baseline"]) for each in goal["targets"]] == [
        ("communicating.conversation_rate", ">= 2", "1")
    ]
    assert saved["channels"]["blogs"]["because"] == ["long answers"]


def test_what_was_saved_has_no_error_and_keeps_the_words_of_explanation(page: Page, folder: Path):
    text = (folder / "strategy.toml").read_text(encoding="utf-8")
    assert "# Your strategy, from top to bottom" in text
    assert "# Who above the team wants this?" in text
    assert [each for each in smm.open(folder).review() if each.level == "error"] == []
    assert "error" not in page.locator(".smm-plan [role=status]").inner_text()


def test_what_is_missing_stands_beside_its_field_and_goes_as_one_types(page: Page):
    go(page, "goals")
    field = page.get_by_label("What do people get out of it?")
    notes = page.locator(f"#{field.get_attribute('aria-describedby').split()[-1]}")
    assert not notes.is_visible()
    field.fill("")
    notes.get_by_text("warning").wait_for()
    assert "What do people get out of" in notes.inner_text()
    assert "1 warning" in page.locator(".smm-plan-step[data-step=goals]").inner_text()
    field.fill("an honest answer")
    notes.wait_for(state="hidden")


def test_what_cannot_be_read_is_marked_as_wrong(page: Page):
    go(page, "people")
    field = page.get_by_label("Hours a week", exact=True)
    field.fill("plenty")
    page.wait_for_selector(".smm-plan [aria-invalid=true]")
    assert field.get_attribute("aria-invalid") == "true"
    page.get_by_role("button", name="Save", exact=True).click()
    until(page, "people.me.hours_per_week", where=".smm-plan-message")
    field.fill("6")
    until(page, "All is saved.")


def test_the_field_one_writes_in_stays_through_every_answer(page: Page):
    go(page, "audiences")
    who = page.get_by_label("Who are they?").first
    before = who.input_value()
    page.evaluate("(field) => { window.written = field; field.focus(); field.select(); }", who.element_handle())
    draft = "list(plan.state.draft['audiences'].values())[0]['who']"
    said = ""
    for words in ("people ", "with a ", "garden"):
        page.keyboard.type(words)
        said += words
        lab.until(page, draft, said)
        assert page.evaluate("document.activeElement === window.written && window.written.isConnected")
    assert who.input_value() == "people with a garden"
    page.keyboard.press("Control+A")
    page.keyboard.type(before)
    lab.until(page, draft, before)
    until(page, "All is saved.")


def test_two_fields_filled_in_one_breath_both_arrive(page: Page):
    go(page, "purpose")
    page.get_by_label("Title of this plan").focus()
    page.keyboard.type("Garden")
    page.get_by_label("What do they give?").focus()
    page.keyboard.type("an evening a week")
    until(page, "2 changes are not saved.")
    lab.until(
        page, "[plan.state.draft['title'], plan.state.draft['backing']['gives']]", ["Garden", "an evening a week"]
    )
    for left in ("One change is not saved.", "All is saved."):
        page.get_by_role("button", name="Undo").click()
        until(page, left)


SLOWED = """
import time
slowed = lambda *_: time.sleep(0.15)
plan.on_msg(slowed)
"""


def test_nothing_typed_while_a_slow_kernel_answers_is_lost(page: Page):
    """A tick brings a field in above, while one goes on to write below it, in several fields and in one's midst."""
    go(page, "goals")
    page.evaluate(lab.ASK, SLOWED)
    lines = page.get_by_label("Who was asked about it?")
    before = lines.input_value()
    page.get_by_label("me: everything").uncheck()
    why = page.get_by_label("Why does it matter?")
    why.focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("to grow", delay=15)
    page.get_by_label("me: everything").check()
    lines.focus()
    page.keyboard.press("Control+Home")
    page.keyboard.type("mayor, ", delay=40)
    goal = "list(plan.state.draft['goals'].values())[0]"
    lab.until(page, f"{goal}['why']", "to grow")
    lab.until(page, f"{goal}['consulted'][0]", f"mayor, {before}")
    assert why.input_value() == "to grow"
    assert lines.input_value() == f"mayor, {before}"
    page.evaluate(lab.ASK, "plan.on_msg(slowed, remove=True)")
    page.get_by_label("Hours a week of me").fill("2")
    lines.fill(before)
    why.fill("who asks")
    until(page, "All is saved.")


def test_a_file_changed_meanwhile_is_said_read_again_and_nothing_is_lost(page: Page, folder: Path):
    go(page, "purpose")
    file = folder / "strategy.toml"
    page.get_by_label("Purpose", exact=True).fill("Everybody eats")
    until(page, "One change is not saved.")
    file.write_text(file.read_text(encoding="utf-8").replace('"the club"', '"the mayor"'), encoding="utf-8")
    page.get_by_role("button", name="Save", exact=True).click()
    until(page, "changed by somebody else", where=".smm-plan-message")
    page.get_by_role("button", name="Read the file again").click()
    page.wait_for_function("[...document.querySelectorAll('.smm-plan input')].some((e) => e.value === 'the mayor')")
    assert page.get_by_label("Purpose", exact=True).input_value() == "Everybody eats"
    page.get_by_role("button", name="Save", exact=True).click()
    until(page, "Saved in", where=".smm-plan-message")
    saved = tomllib.loads(file.read_text(encoding="utf-8"))
    assert (saved["purpose"], saved["backing"]["who"]) == ("Everybody eats", "the mayor")


def test_a_promise_and_a_rule_are_added_by_keyboard_and_saved(page: Page, folder: Path):
    go(page, "audiences")
    page.locator(".smm-plan-step").first.focus()
    write(page, "What do you promise them?", "Ask, and a person answers")
    press(page, "Add promise")
    page.wait_for_function(f"({FOCUSED})() === 'What do you promise?'")
    type_in(page, "What would show that it is kept?", "Share of replies")
    write(page, "Kept when", ">= 30 %")
    go(page, "targets")
    page.locator(".smm-plan-step").first.focus()
    write(page, "What will you do if a number says so?", "answer first, then post")
    press(page, "Add rule")
    page.wait_for_function(f"({FOCUSED})() === 'When this comes true'")
    page.keyboard.insert_text("communicating.reply_share < 20 %")
    page.get_by_role("button", name="Save", exact=True).click()
    until(page, "Saved in", where=".smm-plan-message")
    saved = tomllib.loads((folder / "strategy.toml").read_text(encoding="utf-8"))
    (audience,) = saved["audiences"].values()
    promised = {"text": "Ask, and a person answers", "metric": "communicating.reply_share", "value": ">= 30 %"}
    assert audience["promises"] == [promised]
    (goal,) = saved["goals"].values()
    assert goal["decisions"] == [{"then": "answer first, then post", "when": "communicating.reply_share < 20 %"}]


def test_what_if_shows_what_would_be_lost_and_changes_nothing(page: Page, folder: Path):
    go(page, "channels")
    before = (folder / "strategy.toml").read_bytes()
    table = page.locator(".smm-plan-below table").first
    assert "●" in table.inner_text()
    page.get_by_label("blogs", exact=True).uncheck()
    page.get_by_text("No number any more:").wait_for()
    assert "Conversation rate" in page.locator(".smm-plan-changes").inner_text()
    page.get_by_label("one more: X").check()
    page.locator(".smm-plan-below table").first.get_by_role("columnheader", name="x", exact=True).wait_for()
    page.get_by_label("one more: X").uncheck()
    page.get_by_label("blogs", exact=True).check()
    page.locator(".smm-plan-changes").wait_for(state="detached")
    assert (folder / "strategy.toml").read_bytes() == before


@pytest.mark.parametrize(
    ("theme", "width", "step"),
    [
        ("JupyterLab Light", WIDE, "goals"),  # it holds nearly all kinds of parts
        *(("JupyterLab Dark", NARROW, step) for step in STEPS),
        *(pytest.param("JupyterLab Light", WIDE, step, marks=pytest.mark.slow) for step in STEPS if step != "goals"),
    ],
)
def test_every_step_reads_well(page: Page, step: str, theme: Theme, width: int):
    page.set_viewport_size({"width": width, "height": 1000})
    lab.theme(page, theme)
    go(page, step)
    looks.painted(page)
    assert (looks.brightness(page, OUTPUT) < 0.2) == (theme == "JupyterLab Dark")
    assert page.eval_on_selector(OUTPUT, "(output) => output.scrollWidth - output.clientWidth") <= 1
    parts = (
        f"{OUTPUT} .smm-plan :is(.smm-plan-group, h3, h4, h5, p, li, select, input, textarea, button, legend, label)"
    )
    assert looks.clipped(page, parts, within=OUTPUT) == []
    assert page.eval_on_selector_all(".smm-plan textarea", LONG) == []
    assert looks.grave(page, OUTPUT, structure=width == NARROW) == []


def test_nothing_was_asked_all_the_while(opened_plan: tuple[Page, Seen]):
    opened_plan[1].nothing()
