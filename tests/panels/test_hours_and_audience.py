from __future__ import annotations

from datetime import date

import polars as pl

from smmetrics.panels.audience import audience
from smmetrics.panels.hours import WHOLE, hours

EFFORT = {"person": pl.String(), "task": pl.String(), "goal": pl.String(), "minutes": pl.Float64()}
PLAN = {"goal": pl.String(), "person": pl.String(), "minutes": pl.Float64()}
COUNTS = {"platform": pl.String(), "account": pl.String(), "brand": pl.String(), "ours": pl.Boolean(), "followers": pl.Int64(), "gained": pl.Int64(), "lost": pl.Int64(), "window_start": pl.Date(), "window_end": pl.Date()}  # fmt: skip


def frames(effort=(), plan=()):
    return {
        "effort": pl.DataFrame(list(effort), schema=EFFORT, orient="row"),
        "plan": pl.DataFrame(list(plan), schema=PLAN, orient="row"),
    }


def test_hours_that_name_the_goal_stand_against_its_plan(fake, goal, october):
    effort = [
        ("ana", "reply", "answer", 300.0),
        ("ana", "post", "answer", 60.0),
        ("ben", "reply", "other", 600.0),
        ("ben", None, "answer", None),
    ]
    plan = [("answer", "ana", 480.0), ("answer", "ben", 240.0), ("other", "ben", 600.0)]
    asks = goal(people=("ana", "ben"))
    result = hours(fake(goals=(asks,), tables=frames(effort, plan)), october, asks)
    assert result.words == ("6 h given of 12 h planned (50 %).",)
    assert result.tables[0].rows == (("reply", "5 h", "83.3 %"), ("post", "1 h", "16.7 %"))
    assert result.notes == ()
    assert "ben" in result.charts[0].description


def test_hours_that_name_no_goal_are_given_to_none_of_several(fake, goal, october):
    effort = [("ana", "reply", None, 300.0), ("ana", "reply", "third", 60.0), ("cleo", "reply", None, 6000.0)]
    plan = [("answer", "ana", 480.0), ("other", "ana", 300.0)]
    goals = (goal(people=("ana",)), goal("other", people=("ana",)))
    source = fake(goals=goals, tables=frames(effort, plan))
    said = [hours(source, october, each) for each in goals]
    theirs = "Its people gave 5 h that name no goal."
    assert said[0].words == (f"No hours name this goal. 8 h planned. {theirs}",)
    assert said[1].words == (f"No hours name this goal. 5 h planned. {theirs}",)
    assert not any(each.charts or each.tables for each in said)
    assert hours(fake(goals=goals, tables=frames(effort)), october, goal("other", people=("ben",))).empty


def test_hours_that_name_no_goal_stand_against_all_that_is_planned_where_there_is_one_goal(fake, goal, october):
    effort = [("ana", "reply", None, 300.0), ("cleo", "reply", None, 6000.0)]
    plan = [("answer", "ana", 300.0), ("other", "ana", 300.0), ("other", "cleo", 60.0)]
    asks = goal(people=("ana",))
    result = hours(fake(goals=(asks,), tables=frames(effort, plan)), october, asks)
    assert result.words == ("5 h given of 10 h planned (50 %).",)
    assert result.notes == (WHOLE,)


def test_nothing_written_down_is_no_zero(fake, goal, october):
    effort_lead = (
        fake().metrics[0].__class__(id="garden.hours", title="Hours", formula="sum(effort.minutes)", tables=("effort",))
    )
    asks = goal(leads=("garden.hours",))
    source = fake(goals=(asks,), metrics=(effort_lead,), tables=frames((), [("answer", "ana", 480.0)]))
    assert hours(source, october, asks).words == ("8 h planned; nobody wrote down any hours.",)
    assert hours(fake(goals=(goal(),), tables=frames()), october, goal()).empty


def test_hours_without_a_plan_are_hours_all_the_same(fake, goal, october):
    result = hours(fake(goals=(goal(),), tables=frames([("ana", "reply", "answer", 90.0)])), october, goal())
    assert result.words == ("1 h 30 min given by 1 person; none planned.",)


def count(**given):
    plain = {
        "platform": "yarrow",
        "account": "acme",
        "brand": "us",
        "ours": True,
        "window_start": date(2026, 10, 1),
        "window_end": date(2026, 11, 1),
    }
    return {**dict.fromkeys(COUNTS), **plain, **given}


def test_the_audience_is_context_in_a_folded_drawer(fake, goal, october):
    rows = [
        count(followers=4100, gained=10, window_end=date(2026, 10, 15)),
        count(followers=4210, gained=30),
        count(followers=None, account="quiet"),
        count(followers=9, account="@rival", ours=False),
    ]
    source = fake(goals=(goal(),), tables={"account_counts": pl.DataFrame(rows, schema=COUNTS, orient="row")})
    result = audience(source, october, goal())
    assert (result.title, result.folded, result.cards) == ("Size of audience (context)", True, ())
    assert result.tables[0].rows == (("Yarrow: acme", "4,210", "1 November 2026", "40", "–"),)


def test_no_drawer_where_no_followers_were_reported_or_all_goals_listen(fake, goal, october):
    silent = {"account_counts": pl.DataFrame([count(gained=3)], schema=COUNTS, orient="row")}
    assert audience(fake(goals=(goal(),), tables=silent), october, goal()).empty
    told = {"account_counts": pl.DataFrame([count(followers=3)], schema=COUNTS, orient="row")}
    listening = goal(activities=("monitoring",))
    assert audience(fake(goals=(listening,), tables=told), october, listening).empty
    assert not audience(fake(goals=(listening, goal("second")), tables=told), october, listening).empty
