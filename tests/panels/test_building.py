from __future__ import annotations

import pytest

from smmetrics.panels import ALL, build, run
from smmetrics.panels.guests import Guest
from smmetrics.panels.results import Card, PanelResult

SHARE = "garden.answered"
FULL = {"value": 0.92, "low": 0.88, "high": 0.95, "n": 230, "numerator": 212.0, "denominator": 230.0}


def good(_source, _view, goal):
    return PanelResult(panel="whatever", title="Weather", words=(f"Sun over {goal.name}.",))


def same(_source, _view, _goal):
    return PanelResult(panel="whatever", title="Weather", words=("Rain everywhere.",))


def bad(_source, _view, _goal):
    message = "the weather <b>broke</b>\n" + "x" * 500
    raise ZeroDivisionError(message)


def leaves(*_):
    raise SystemExit(3)


def test_goals_come_in_order_each_with_its_plugins_panels_behind_it(fake, goal, reading, october):
    goals = (goal("answer"), goal("second"))
    rows = [reading(**FULL), reading(**FULL, goal="second", reading_id="other")]
    results = build(fake(goals=goals, rows=rows, plugins=(("garden.weather", "garden", good),)), october)
    assert [(result.goal, result.panel) for result in results] == [
        ("answer", "headline"), ("answer", "cards"), ("answer", "garden.weather"),
        ("second", "headline"), ("second", "cards"), ("second", "garden.weather"),
    ]  # fmt: skip


def test_what_goals_show_alike_is_shown_once_after_them_and_says_whose_it_is(fake, goal, reading, october):
    goals = (goal("answer"), goal("second-one"))
    rows = [reading(**FULL), reading(**FULL, goal="second-one", reading_id="other")]
    results = build(fake(goals=goals, rows=rows, plugins=(("garden.weather", "garden", same),)), october)
    alike = [result for result in results if result.panel == "garden.weather"]
    assert alike == [results[-1]]
    assert (alike[0].goal, alike[0].notes[-1]) == ("", "The same for Answer and Second one.")
    assert sum(result.panel == "cards" for result in results) == 2, "a goal's own numbers stay with it"


def test_a_goals_own_panels_are_heard_of_before_the_next_goals_are_made(fake, goal, reading, october):
    told = []

    def weather(_source, _view, goal):
        told.append((goal.name, "made"))
        return PanelResult(panel="whatever", title="Weather", words=("Rain everywhere.",))

    goals = (goal("answer"), goal("second"))
    rows = [reading(**FULL), reading(**FULL, goal="second", reading_id="other")]
    source = fake(goals=goals, rows=rows, plugins=(("garden.weather", "garden", weather),))
    results = build(source, october, heard=lambda result: told.append((result.goal, result.panel)))
    assert told == [
        ("answer", "headline"), ("answer", "cards"), ("answer", "made"),
        ("second", "headline"), ("second", "cards"), ("second", "made"),
    ]  # fmt: skip
    assert results == build(source, october)


def test_a_view_of_one_goal_shows_that_goal_only(fake, goal, reading, october):
    goals = (goal("answer"), goal("second"))
    results = build(fake(goals=goals, rows=[reading(**FULL)]), october.with_(goals=("answer",)))
    assert {result.goal for result in results} == {"answer"}


@pytest.mark.parametrize("broken", [bad, leaves, ImportError("no module named weather"), lambda *_: "words"])
def test_a_failing_plugin_panel_is_a_card_with_its_name_and_harms_nothing(fake, goal, reading, october, broken):
    plugins = (("garden.weather", "garden", broken), ("garden.sun", "garden", good))
    results = build(fake(goals=(goal(),), rows=[reading(**FULL)], plugins=plugins), october)
    assert [result.panel for result in results] == ["headline", "cards", "garden.weather", "garden.sun"]
    (card,) = results[2].cards
    assert (card.kind, card.title) == ("error", "The panel garden.weather of the plugin garden failed")
    assert card.reason_text
    assert "\n" not in card.reason_text
    assert len(card.reason_text) < 320
    assert card.would_do == ("See what is wrong with it: smmetrics plugins doctor",)


def test_a_plugins_panel_is_shown_under_goals_that_ask_for_all_it_needs(fake, goal, reading, october):
    goals = (goal("answer"), goal("other", leads=("garden.other",)), goal("both", guards=("garden.other",)))
    rows = [reading(**FULL, goal=each.name, reading_id=each.name) for each in goals]
    for needs, shown in (((), ["answer", "other", "both"]), ((SHARE,), ["answer", "both"]),
                         ((SHARE, "garden.other"), ["both"]), (("garden.none",), [])):  # fmt: skip
        plugins = (("garden.weather", "garden", Guest(code=good, title="Weather", needs=needs)),)
        results = build(fake(goals=goals, rows=rows, plugins=plugins), october)
        assert [each.goal for each in results if each.panel == "garden.weather"] == shown


@pytest.mark.parametrize("broken", [bad, leaves, ImportError("no module named weather")])
def test_a_plugins_panel_that_fails_keeps_its_title(fake, goal, reading, october, broken):
    plugins = (("garden.weather", "garden", Guest(code=broken, title="Weather in the garden")),)
    results = build(fake(goals=(goal(),), rows=[reading(**FULL)], plugins=plugins), october)
    assert results[-1].title == "Weather in the garden"
    assert results[-1].cards[0].kind == "error"


def test_an_interrupt_by_the_user_is_no_panels_fault(fake, goal, reading, october):
    def interrupted(*_):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build(fake(goals=(goal(),), rows=[reading(**FULL)], plugins=(("a.b", "a", interrupted),)), october)


def test_a_failing_panel_of_our_own_is_a_card_too(fake, goal, october):
    (card,) = run("trend", bad, fake(), october, goal()).cards
    assert (card.kind, card.title) == ("error", "The panel trend failed")
    assert card.reason_text.startswith("ZeroDivisionError: the weather <b>broke</b> xxx")


def test_a_source_that_fails_is_told_on_a_card(fake, goal, october):
    class Broken(fake):
        def days(self):
            message = "the store is locked"
            raise OSError(message)

    (result,) = build(Broken(goals=(goal(),)), october)
    assert isinstance(result.cards[0], Card)
    assert "the store is locked" in result.cards[0].reason_text


def test_one_build_asks_for_each_set_of_readings_once(fake, goal, reading, october):
    source = fake(goals=(goal("answer"), goal("second")), rows=[reading(**FULL)])
    build(source, october)
    asked = [(view.since, by, grain) for view, by, grain in source.asked]
    assert len(asked) == len(set(asked))


def test_one_build_asks_for_each_metric_once_and_the_next_build_asks_anew(fake, goal, reading, october, monkeypatch):
    source = fake(goals=(goal("answer"), goal("second")), rows=[reading(**FULL)])
    words, told = source.metric, []
    monkeypatch.setattr(source, "metric", lambda id_: (told.append(id_), words(id_))[1])
    first = build(source, october)
    asked = list(told)
    assert asked
    assert len(asked) == len(set(asked))
    assert build(source, october) == first
    assert told == asked * 2


def test_panels_are_named_once():
    names = [name for name, _ in ALL]
    assert len(set(names)) == len(names)
    assert names[0] == "headline"
    assert names[-1] == "gaps"


def test_the_words_of_panels_cost_no_heavy_library():
    import subprocess
    import sys

    code = "import sys, smmetrics.panels.words; print([name for name in ('polars', 'altair', 'pydantic') if name in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
