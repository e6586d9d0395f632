"""What is said beside readings of several periods: mix and rate of a change, and possible shifts."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace

import numpy as np
import polars as pl

from smmetrics.engine.schema import SCHEMA
from smmetrics.workspace.noticing import noticed


def metric(*tables, unit="percent"):
    told = SimpleNamespace(title="Answered")
    return SimpleNamespace(
        id="m", metric=told, unit=unit, formula=SimpleNamespace(tables=frozenset(tables or ("posts",)))
    )


def row(start, top, below, **more):
    value = top / below if top is not None and below else None
    base = dict.fromkeys(SCHEMA) | dict.fromkeys(
        ("platform", "account", "channel", "campaign", "audience", "slice"), ""
    )
    told = {"metric": "m", "period_start": start, "period_end": start + timedelta(days=7), "numerator": top,
            "denominator": below, "value": value, "state": "value", "incomplete": False, "unit": "percent"}  # fmt: skip
    return base | told | more


FIRST, SECOND = date(2026, 3, 2), date(2026, 3, 9)
PARTS = [
    row(FIRST, 100.0, 1000.0, platform="a"), row(FIRST, 180.0, 9000.0, platform="b"),
    row(SECOND, 450.0, 5000.0, platform="a"), row(SECOND, 90.0, 5000.0, platform="b"),
]  # fmt: skip


def said(rows, *tables, by=("platform",), grain="week", unit="percent"):
    return noticed(pl.DataFrame(rows, schema=dict(SCHEMA)), [metric(*tables, unit=unit)], by=by, grain=grain)


def test_a_change_of_the_whole_is_said_to_come_from_mix_and_from_rates():
    (words,) = said(PARTS)
    assert "2.8 % became 5.4 %" in words
    assert "−0.4 points because the parts changed" in words
    assert "+3 points because there is more or less of each (platform)" in words
    assert "opposite ways" in words


def test_without_all_parts_nothing_is_split():
    gone = [*PARTS[:3], PARTS[3] | {"numerator": None, "denominator": None, "value": None, "state": "suppressed"}]
    assert said(gone) == ()
    assert said([*PARTS[:2], *(each | {"incomplete": True} for each in PARTS[2:])]) == ()
    assert said(PARTS, by=()) == ()
    assert said(PARTS, grain="total") == ()
    assert said(PARTS, "posts_by_topic") == ()
    assert said([each | {"value": 100 * each["value"]} for each in PARTS]) == ()


def weeks(values):
    return [
        row(FIRST + timedelta(weeks=n), None, None, value=None if np.isnan(value) else float(value),
            state="too_few" if np.isnan(value) else "value")
        for n, value in enumerate(values)
    ]  # fmt: skip


def test_a_level_that_changed_is_called_a_possible_shift():
    values = np.random.default_rng(3).normal(10, 1, 60) + 8 * (np.arange(60) >= 40)
    (words,) = said(weeks(values), by=(), unit="count")
    assert words.startswith("Answered: possible shift at ")
    assert "from about 9.78 to about 18.2" in words
    assert "cause" in words
    assert said(weeks(values), by=(), grain="month", unit="count") == ()


def test_a_gap_ends_a_series():
    values = np.random.default_rng(3).normal(10, 1, 60) + 8 * (np.arange(60) >= 40)
    values[45] = np.nan
    assert said(weeks(values), by=(), unit="count") == ()
