"""All panels of the sample workspace, made by the real engine from real export formats."""

from __future__ import annotations

from datetime import date

import pytest

from smmetrics.panels import ALL, build, run
from smmetrics.panels.source import View
from smmetrics.workspace import init
from smmetrics.workspace.demo import make_demo
from smmetrics.workspace.seeing import Seeing


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    return Seeing(make_demo(tmp_path_factory.mktemp("demo")).workspace)


@pytest.fixture(scope="module")
def shown(source):
    return build(source, View())


def cards_of(results):
    return [(result, card) for result in results for card in result.cards]


def test_no_panel_of_the_sample_fails(shown):
    assert [card.reason_text for _, card in cards_of(shown) if card.kind == "error"] == []


def test_every_goal_has_a_headline_numbers_and_none_is_lost(source, shown):
    for goal in source.goals:
        own = [result for result in shown if result.goal == goal.name]
        assert own[0].panel == "headline"
        assert own[0].words
        told = {card.metric for _, card in cards_of(own)}
        asked = {metric for _, leads, guards in goal.questions for metric in (*leads, *guards)}
        assert told == asked


def test_every_number_on_a_card_is_a_reading(source, shown):
    readings = {row["reading_id"]: row for row in source.readings(View()).iter_rows(named=True)}
    numbers = [card for _, card in cards_of(shown) if card.kind == "kpi"]
    assert numbers
    for card in numbers:
        row = readings[card.reading_id]
        assert (card.metric, card.value) == (row["metric"], row["value"])
        assert card.value_text


def test_the_sample_shows_a_guard_a_gap_conversations_posts_and_hours(shown):
    assert {"headline", "cards", "trend", "conversations", "posts", "hours", "gaps"} <= {
        result.panel for result in shown
    }
    assert any(card.role == "guard" for _, card in cards_of(shown))
    gaps = [card for _, card in cards_of(shown) if card.kind == "gap"]
    assert gaps
    assert all(card.reason_text for card in gaps)


def test_charts_have_names_of_their_own_and_describe_themselves(shown):
    charts = [chart for result in shown for chart in result.charts]
    assert len({chart.name for chart in charts}) == len(charts)
    assert all(chart.description and chart.rows and len(chart.rows) <= 5_000 for chart in charts)


def test_no_stranger_is_named(source, shown):
    people = source.table("people", View(), columns=("person", "ours"), limit=10_000)
    strangers = [row["person"] for row in people.iter_rows(named=True) if not row["ours"]]
    assert strangers
    text = repr(shown)
    assert not [person for person in strangers if person in text]


def test_followers_stand_in_no_card_and_no_headline(shown):
    words = [text for result in shown if result.panel != "audience" for text in (result.title, *result.words)]
    words += [text for _, card in cards_of(shown) for text in (card.title, card.value_text)]
    assert not [text for text in words if "follower" in text.lower()]


def test_a_month_and_a_filter_break_no_panel(source):
    covered = source.days()
    month = View(since=date(covered[1].year, covered[1].month - 1, 1), until=covered[1])
    for view in (
        month,
        View(platforms=(next(iter(source.platforms)),)),
        View(grain="week"),
        View(grain="total"),
        View(comparison="last_year"),
        View(since=date(2050, 1, 1)),
    ):
        assert [card.reason_text for _, card in cards_of(build(source, view)) if card.kind == "error"] == []


def test_each_panel_alone_is_the_same_as_in_the_whole(source, shown):
    goal = source.goals[0]
    for id_, function in ALL:
        alone = run(id_, function, source, View(), goal)
        if not alone.empty:
            assert alone in shown or any(_same(alone, one) for one in shown if not one.goal)


def _same(alone, shared):
    """Whether a goal's panel is the one that stands for all goals that show the same."""
    return (alone.panel, alone.words, alone.tables) == (shared.panel, shared.words, shared.tables)


def test_a_workspace_just_begun_says_what_to_do(tmp_path):
    (result,) = build(Seeing(init(tmp_path / "new")), View())
    assert result.cards[0].kind == "empty"
    assert result.cards[0].would_do
