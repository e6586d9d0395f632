from __future__ import annotations

import math
from datetime import UTC, date, datetime, timedelta

import numpy as np
import polars as pl
import pytest

from smmetrics.panels.posts import posts
from smmetrics.panels.shrink import ENOUGH, priors

CLICKS, RATE, SHARE, USED = "garden.click_rate", "garden.replies", "garden.answered", "garden.used"
FULL = {"value": 0.05, "n": 20, "numerator": 50.0, "denominator": 1000.0}
SCHEMA = {"platform": pl.String(), "account": pl.String(), "brand": pl.String(), "ours": pl.Boolean(), "title": pl.String(), "text": pl.String(), "format": pl.String(), "kind": pl.String(), "is_reply": pl.Boolean(), "created_at": pl.Datetime("us", "UTC"), "created_on": pl.Date(), "age_days": pl.Float64(), "comments": pl.Int64(), "link_clicks": pl.Int64(), "impressions": pl.Int64()}  # fmt: skip


def table(*rows):
    plain = {
        "platform": "yarrow",
        "account": "acme",
        "brand": "us",
        "ours": True,
        "kind": "post",
        "is_reply": False,
        "created_at": datetime(2026, 10, 5, 12, tzinfo=UTC),
        "age_days": 20.0,
    }
    return pl.DataFrame([{**dict.fromkeys(SCHEMA), **plain, **row} for row in rows], schema=SCHEMA, orient="row")


def seen(text, clicks, impressions, **more):
    return {"text": text, "link_clicks": clicks, "impressions": impressions, **more}


HISTORY = [seen(f"post {place}", clicks, 1000) for place, clicks in enumerate((20, 60, 35, 45, 80, 10, 50, 30))]


def shown(source, view, goal):
    (made,) = posts(source, view, goal).tables
    return made


@pytest.fixture
def by_clicks(fake, goal, reading, october):
    def show(rows, view=october, **given):
        asks = goal(leads=(CLICKS,))
        return posts(
            fake(goals=(asks,), rows=[reading(CLICKS, **FULL)], tables={"posts": table(*rows)}, **given), view, asks
        )

    return show


def test_a_post_seen_three_times_does_not_lead(by_clicks):
    made = by_clicks([*HISTORY, seen("lucky", 1, 3)])
    begins = [row[1] for row in made.tables[0].rows]
    assert begins[0] == "post 4"
    assert begins.index("lucky") > 0
    assert made.tables[0].rows[0][4:] == ("8 % (80 of 1,000)", "7.66 %")
    assert made.tables[0].columns[-2:] == ("Click rate", "Held to our history")


def test_the_weight_of_the_history_is_printed(by_clicks):
    (note,) = by_clicks(HISTORY).notes
    assert note == "Yarrow: held to our own 4.12 % (8 posts) with the weight of 103."


def test_posts_that_differ_by_chance_only_are_said_to(by_clicks):
    (note,) = by_clicks([seen(f"post {place}", 40 + place % 2, 1000) for place in range(8)]).notes
    assert note == "Yarrow: the 8 posts differ by no more than chance; all are held to 4.05 %."


def test_posts_younger_than_a_week_are_counted_and_not_ranked(by_clicks):
    made = by_clicks([*HISTORY, seen("fresh", 500, 1000, age_days=3.0)])
    assert "Younger than 7 days: 1, not ranked." in made.notes
    assert "fresh" not in {row[1] for row in made.tables[0].rows}
    assert made.tables[0].total == 8


def test_a_post_of_unknown_age_is_as_old_as_the_data_says(by_clicks):
    late = {"age_days": None, "created_at": datetime(2026, 10, 30, tzinfo=UTC)}
    early = {"age_days": None, "created_at": datetime(2026, 10, 2, tzinfo=UTC)}
    made = by_clicks([*HISTORY, seen("late", 1, 1000, **late), seen("early", 1, 1000, **early)])
    begins = {row[1] for row in made.tables[0].rows}
    assert "early" in begins
    assert "late" not in begins


def test_a_post_of_which_only_the_day_is_known_stands_in_its_time(by_clicks):
    day = {"age_days": None, "created_at": None}
    inside, young = day | {"created_on": date(2026, 10, 20)}, day | {"created_on": date(2026, 10, 30)}
    before = day | {"created_on": date(2026, 9, 30)}
    rows = [*HISTORY, seen("day", 900, 1000, **inside), seen("young", 1, 9, **young), seen("before", 1, 9, **before)]
    made = by_clicks(rows, zone="Europe/Berlin")
    assert made.tables[0].rows[0][:2] == ("20 October 2026", "day")
    assert {"young", "before"}.isdisjoint(row[1] for row in made.tables[0].rows)
    assert "Younger than 7 days: 1, not ranked." in made.notes


def test_only_posts_of_the_view_are_listed_but_all_before_are_history(by_clicks):
    before = [row | {"created_at": datetime(2026, 9, 5, tzinfo=UTC)} for row in HISTORY]
    made = by_clicks([*before, seen("october", 30, 1000)])
    assert [row[1] for row in made.tables[0].rows] == ["october"]
    assert "(9 posts)" in made.notes[0]


def test_platforms_with_too_short_a_history_are_not_ranked(by_clicks):
    made = by_clicks([*HISTORY, *(seen(f"new {place}", 500, 1000, platform="sorrel") for place in range(ENOUGH - 1))])
    assert not any(row[1].startswith("new") for row in made.tables[0].rows)
    assert f"On platforms with fewer than {ENOUGH} posts: 4, not ranked." in made.notes


def test_posts_of_others_and_posts_without_the_number_are_not_there(by_clicks):
    made = by_clicks(
        [*HISTORY, seen("theirs", 900, 1000, ours=False), seen("unknown", None, 1000), seen("unseen", 0, 0)]
    )
    assert {"theirs", "unknown", "unseen"}.isdisjoint(row[1] for row in made.tables[0].rows)


def test_a_plain_number_ranks_as_it_is(fake, goal, reading, october):
    asks = goal(leads=(RATE,))
    rows = [{"text": f"post {place}", "comments": place, "is_reply": place == 5} for place in range(6)]
    rows.append({"text": "tomato blight " * 10, "comments": 9, "format": "photo"})
    made = shown(
        fake(goals=(asks,), rows=[reading(RATE, unit="count", value=3.0)], tables={"posts": table(*rows)}),
        october,
        asks,
    )
    assert [row[-1] for row in made.rows] == ["9", "4", "3", "2", "1", "0"]
    assert made.rows[0][0] == "5 October 2026"
    assert made.rows[0][2] == "Yarrow: acme"
    assert made.rows[0][1].endswith("…")
    assert len(made.rows[0][1]) <= 80
    assert made.rows[0][3] == "photo"


def test_without_a_number_of_single_posts_the_newest_are_listed_unranked(fake, goal, reading, october):
    ours = [fake().metrics[3]]
    asks = goal(leads=(ours[0].id,))
    made = posts(
        fake(goals=(asks,), rows=[reading(ours[0].id, **FULL)], tables={"posts": table(*HISTORY)}), october, asks
    )
    assert made.words == ("No first number of this goal is one of single posts: these are the newest, not the best.",)
    assert made.tables[0].columns == ("Day", "Begins", "Where", "Kind")


def test_a_goal_that_asks_nothing_about_our_posts_lists_none(fake, goal, reading, october):
    for asks in (goal(leads=(USED,)), goal(leads=(RATE,), activities=("monitoring",))):
        assert posts(
            fake(goals=(asks,), rows=[reading(USED, **FULL)], tables={"posts": table(*HISTORY)}), october, asks
        ).empty


def test_a_stranger_is_never_named_as_an_account(by_clicks):
    made = by_clicks([row | {"brand": None, "account": "@stranger"} for row in HISTORY])
    assert {row[2] for row in made.tables[0].rows} == {"Yarrow"}


def test_the_prior_is_that_of_the_method_of_moments():
    tops, belows = [20.0, 60.0, 35.0, 45.0, 80.0], [1000.0, 900.0, 1100.0, 1000.0, 700.0]
    history = pl.DataFrame({"platform": ["yarrow"] * 5, "top": tops, "below": belows})
    prior = priors(history)["yarrow"]
    mean = sum(tops) / sum(belows)
    spread = sum(b * (a / b - mean) ** 2 for a, b in zip(tops, belows, strict=True)) / sum(belows)
    beyond = spread - mean / (sum(belows) / 5)
    assert prior.mean == pytest.approx(mean)
    assert prior.weight == pytest.approx(mean / beyond)
    assert prior.held(80, 700) == pytest.approx((80 + prior.weight * mean) / (700 + prior.weight))
    assert prior.held(0, 0) == pytest.approx(mean)


def test_the_prior_finds_again_what_was_planted():
    rng = np.random.default_rng(7)
    belows = rng.integers(200, 2000, size=4000).astype(float)
    rates = rng.gamma(shape=0.04 * 500, scale=1 / 500, size=4000)
    history = pl.DataFrame(
        {"platform": ["yarrow"] * 4000, "top": rng.poisson(rates * belows).astype(float), "below": belows}
    )
    prior = priors(history)["yarrow"]
    assert prior.mean == pytest.approx(0.04, rel=0.02)
    assert prior.weight == pytest.approx(500, rel=0.1)
    errors = {
        kind: float(np.mean((np.array(found) - rates) ** 2))
        for kind, found in {
            "held": [prior.held(top, below) for _, top, below in history.iter_rows()],
            "raw": (history["top"] / history["below"]).to_list(),
        }.items()
    }
    assert errors["held"] < errors["raw"]


def test_too_few_posts_have_no_history_and_equal_ones_all_the_weight():
    few = pl.DataFrame(
        {"platform": ["yarrow"] * (ENOUGH - 1), "top": [1.0] * (ENOUGH - 1), "below": [10.0] * (ENOUGH - 1)}
    )
    assert priors(few) == {}
    equal = pl.DataFrame({"platform": ["yarrow"] * 6, "top": [1.0] * 6, "below": [10.0] * 6})
    assert math.isinf(priors(equal)["yarrow"].weight)
    assert priors(equal)["yarrow"].held(9.0, 10.0) == pytest.approx(0.1)


def test_days_stand_as_in_the_strategys_zone_at_the_views_edge(by_clicks, october):
    edge = datetime(2026, 10, 1, tzinfo=UTC)
    rows = [
        *HISTORY,
        seen("before", 40, 1000, created_at=edge - timedelta(hours=3)),
        seen("after", 40, 1000, created_at=edge - timedelta(hours=1)),
    ]
    begins = {row[1] for row in by_clicks(rows, zone="Europe/Berlin").tables[0].rows}
    assert "after" in begins
    assert "before" not in begins
    assert october.since == date(2026, 10, 1)
