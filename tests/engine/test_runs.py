"""Rows that stand side by side are added up in runs: the promise saves time, and changes no number when it is wrong."""

from __future__ import annotations

import random
from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from statistics import median
from zoneinfo import ZoneInfo

import polars as pl
import pytest

from smmetrics.engine import Window, measure
from tests.alike import close

ZONE = ZoneInfo("Europe/Berlin")
FIRST, LAST = date(2026, 3, 20), date(2026, 4, 5)
ORDER = ("platform", "created_on", "scope", "ours", "theirs", "kind")
ALIKE = frozenset({"platform", "scope", "ours", "theirs", "kind", "is_reply"})
FORMULAS = (
    "count(posts, ours)",
    "sum(posts.likes, ours and not is_reply)",
    "ratio(posts, likes, impressions, ours)",
    "mean(posts.likes, ours and not is_reply)",
    "median(posts.likes, ours and not is_reply)",
    "median(posts.age_days, ours)",
    "distinct(posts.person, theirs)",
    "share(posts, is_question, of=ours)",
    "max(posts.likes, ours)",
    "share(posts, is_reply, of=ours)",
    "distinct(posts.person, ours)",
)


@pytest.fixture(scope="module")
def posts():
    """Posts with gaps, two scopes, unknown roles and a day that changes its clocks."""
    dice = random.Random(11)
    start = datetime(FIRST.year, FIRST.month, FIRST.day, tzinfo=UTC)
    made = []
    for number in range(1_500):
        at = start + timedelta(minutes=dice.randrange(16 * 24 * 60))
        ours = dice.choice([True, True, False, None])
        kind = dice.choice(["post", "reply", "share"])
        made.append(
            {
                "post_id": str(number),
                "platform": dice.choice(["north", "south", None]),
                "created_at": at if dice.random() > 0.05 else None,
                "created_on": at.astimezone(ZONE).date(),
                "ours": ours,
                "theirs": None if ours is None else not ours,
                "kind": kind,
                "is_reply": kind == "reply",
                "is_question": dice.choice([True, False, None]),
                "scope": dice.choice(["total", "total", "organic", None]),
                "person": dice.choice([*"abcdefgh", None]),
                "likes": dice.choice([None, *range(40)]),
                "impressions": dice.choice([None, *range(40, 900)]),
                "age_days": dice.random() * 30,
            }
        )
    return made


@pytest.fixture
def frame(rows, posts):
    return rows("posts", posts)


class Promising:
    """Tables that say how their rows stand."""

    def __init__(self, tables):
        self.tables, self.asked = tables, []
        self.head, self.views = tables.head, tables.views

    def frame(self, view, columns):
        return self.tables.frame(view, columns)

    def spans(self):
        return self.tables.spans()

    def side_by_side(self, view, columns):
        self.asked.append((view, frozenset(columns)))
        return ALIKE


def measured(tables, request_of, *, by=("platform",), grain="day"):
    window = Window(as_of=datetime(2026, 12, 31, tzinfo=UTC), zone=ZONE.key, grain=grain)
    asked = [request_of(text, metric=f"m.{place}", min_units=1) for place, text in enumerate(FORMULAS)]
    return measure(asked, tables, window, by)


@pytest.mark.parametrize("in_order", [True, False])
@pytest.mark.parametrize("cut", [("day", ("platform",)), ("month", ()), ("total", ("platform", "account"))])
def test_runs_give_the_readings_that_single_rows_give(held, request_of, frame, cut, in_order):
    rows = frame.sort(ORDER) if in_order else frame.sample(fraction=1.0, shuffle=True, seed=3)
    tables = held({"posts": rows}, [(name, "a", FIRST, LAST) for name in ("north", "south")])
    promising, (grain, by) = Promising(tables), cut
    close(measured(promising, request_of, by=by, grain=grain), measured(tables, request_of, by=by, grain=grain))
    assert {view for view, _ in promising.asked} == {"posts"}


def test_runs_equal_plain_loops(held, request_of, frame, posts):
    tables = Promising(held({"posts": frame.sort(ORDER)}, [("north", "a", FIRST, LAST)]))
    made = measured(tables, request_of).filter(pl.col("platform") == "north")
    by_day = defaultdict(list)
    for post in posts:
        if post["platform"] == "north" and post["created_on"] < LAST:
            by_day[post["created_on"]].append(post)
    found = {(row["metric"], row["period_start"]): row["value"] for row in made.to_dicts()}
    for day, here in by_day.items():
        ours = [post for post in here if post["ours"]]
        liked = [post["likes"] for post in ours if not post["is_reply"] and post["likes"] is not None]
        assert found["m.0", day] == len(ours)
        assert found["m.1", day] == (sum(liked) if liked else None)
        assert found["m.4", day] == (pytest.approx(median(liked)) if liked else None)
        assert found["m.6", day] == len({post["person"] for post in here if post["theirs"] and post["person"]})
        assert found["m.10", day] == len({post["person"] for post in ours if post["person"]})
    assert len(by_day) > 10
