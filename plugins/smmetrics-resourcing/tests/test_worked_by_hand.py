"""Each formula on a table small enough to work out by hand; the working stands beside the value."""

from __future__ import annotations

import pytest

from smmetrics.testing.worked import reading

ROWS = {
    "effort": [
        {"task": "reply", "minutes": 90.0, "cost": 30.0},
        {"task": "meet", "minutes": 60.0, "cost": 20.0},
        {"task": "plan", "minutes": 150.0, "cost": 50.0},
    ],
    "plan": [{"goal": "g", "person": "ana", "minutes": 240.0}, {"goal": "g", "person": "ben", "minutes": 160.0}],
    "posts": [
        {"ours": True, "is_reply": True, "engagements": 10},
        {"ours": True, "is_reply": True, "engagements": 30},
        {"ours": True, "is_reply": True, "engagements": None},
        {"ours": True, "is_reply": False, "engagements": 0},
        {"ours": False, "is_reply": True, "engagements": 999},
    ],
    "threads": [
        {"authors": 2, "depth": 2, "turns": 3},
        {"authors": 2, "depth": 1, "turns": 3},
        {"authors": 2, "depth": 2, "turns": 2},
        {"authors": 3, "depth": 4, "turns": 5},
        {"authors": 1, "depth": 3, "turns": 4},
    ],
}


def reading_of(metric: str, rows=ROWS, **more):
    return reading(f"resourcing.{metric}", plugin="smmetrics_resourcing", rows=rows, **more)


@pytest.mark.parametrize(
    ("metric", "expected"),
    [
        ("team_hours", 300 / 60),
        ("hours_per_response", 90 / 60 / 3),
        ("conversation_time_share", (90 + 60) / 300),
        ("planned_vs_actual_hours", 300 / 400),
        ("cost_per_conversation", 100 / 2),  # the first and the fourth thread
        ("cost_per_engagement", 100 / 40),
    ],
)
def test_each_formula_gives_what_a_hand_gives(metric, expected):
    row = reading_of(metric)
    assert row["state"] == "value", f"{row['state']}: {row['reason']}"
    assert row["value"] == pytest.approx(expected, rel=1e-12)
    assert row["low"] is None


def test_more_turns_wanted_leave_fewer_conversations():
    assert reading_of("cost_per_conversation", parameters={"min_turns": 5})["value"] == pytest.approx(
        100 / 1, rel=1e-12
    )


@pytest.mark.parametrize("metric", ["hours_per_response", "cost_per_conversation", "cost_per_engagement"])
def test_hours_without_anything_to_show_have_no_rate_and_are_not_endless(metric):
    row = reading_of(metric, rows={"effort": ROWS["effort"]})
    assert (row["state"], row["value"]) == ("zero_activity", None)


def test_no_entry_in_a_covered_week_is_no_hours():
    row = reading_of("team_hours", rows={})
    assert (row["state"], row["value"]) == ("value", 0.0)


def test_a_goal_without_planned_hours_has_no_value():
    row = reading_of("planned_vs_actual_hours", rows={"effort": ROWS["effort"]})
    assert (row["state"], row["value"]) == ("zero_activity", None)
