"""What is said beside readings of several periods: mix and rate of a change, and possible shifts."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace

import numpy as np
import polars as pl

from smmetrics.api.views import CORE_VIEWS
from smmetrics.contracts.formula import parse
from smmetrics.engine.schema import SCHEMA
from smmetrics.workspace.noticing import noticed


def metric(*tables, unit="percent", root=None):
    told = SimpleNamespace(title="Answered")
    formula = SimpleNamespace(tables=frozenset(tables or ("posts",)), root=root)
    return SimpleNamespace(id="m", metric=told, unit=unit, formula=formula)


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


def said(rows, *tables, by=("platform",), grain="week", unit="percent", root=None):
    metrics = [metric(*tables, unit=unit, root=root)]
    return noticed(pl.DataFrame(rows, schema=dict(SCHEMA)), metrics, by=by, grain=grain)


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


def changed(name, change, half, start=SECOND):
    bounds = {"change": change, "change_low": change - half, "change_high": change + half}
    return row(start, 1.0, 10.0, metric=name, **bounds)


def stand_out(rows):
    many = [SimpleNamespace(id=name, metric=SimpleNamespace(title=name.upper()), unit="percent",
                            formula=SimpleNamespace(tables=frozenset({"posts"}), root=None)) for name in "abcde"]  # fmt: skip
    return noticed(pl.DataFrame(rows, schema=dict(SCHEMA)), many, by=(), grain="total")


def test_of_many_changes_those_stand_out_that_their_number_does_not_explain():
    sure, likely, nothing = 0.4, 0.11, 0.01
    rows = [changed("a", sure, 0.1), changed("b", likely, 0.1), *(changed(name, nothing, 0.1) for name in "cde")]
    (words,) = stand_out(rows)
    # p of b alone is 0.031, and of five 0.078: it may be among at most one in ten.
    assert words.startswith("Of 5 newest changes 2 stand out")
    assert "A (9 March to 15 March 2026); B (" in words
    (words,) = stand_out([changed("a", 0.09, 0.1), *(changed(name, nothing, 0.1) for name in "bcde")])
    assert words == "Of 5 newest changes none stands out from what chance makes of so many."
    assert stand_out(rows[:2]) == ()


def test_only_the_newest_change_of_each_is_looked_at():
    old = [changed(name, 0.9, 0.1, start=FIRST) for name in "abc"]
    (words,) = stand_out([*old, *(changed(name, 0.01, 0.1) for name in "abc")])
    assert words.startswith("Of 3 newest changes none")


COUNT = parse("count(posts)", views={view.name: view for view in CORE_VIEWS}).root
MONTHS = [(date(2026, 2, 1), date(2026, 3, 1)), (date(2026, 3, 1), date(2026, 4, 1))]


def test_counts_of_months_of_different_length_are_also_told_by_day():
    rows = [row(start, None, None, period_end=end, value=value, unit="count", change=-1.0)
            for (start, end), value in zip(MONTHS, (280.0, 279.0), strict=True)]  # fmt: skip
    (words,) = said(rows, by=(), grain="month", unit="count", root=COUNT)
    assert words == "Answered: February 2026 has 28 days and March 2026 31. A day, that is 10 and 9."
    assert said(rows, by=(), grain="month", unit="count") == ()
    young = [each | {"change": None} for each in rows]
    assert said(young, by=(), grain="month", unit="count", root=COUNT) == ()
    assert said(weeks(np.full(4, 7.0)), by=(), unit="count", root=COUNT) == ()


def test_a_count_stands_out_only_by_more_than_it_differs_anyway():
    rng = np.random.default_rng(2)
    calm, last = rng.poisson(50, 20).astype(float), 100.0
    wild = rng.negative_binomial(1, 1 / 51, 20).astype(float)

    def family(*series):
        made = []
        for name, values in zip("abc", series, strict=True):
            own = [each | {"metric": name, "change": 1.0} for each in weeks(values)]
            made += own
        metrics = [SimpleNamespace(id=name, metric=SimpleNamespace(title=name.upper()), unit="count",
                                   formula=SimpleNamespace(tables=frozenset({"posts"}), root=COUNT)) for name in "abc"]  # fmt: skip
        return noticed(pl.DataFrame(made, schema=dict(SCHEMA)), metrics, by=(), grain="week")[-1]

    jump = family(np.r_[calm, last], np.r_[wild, last], np.r_[calm, 50.0])
    assert jump.startswith("Of 3 newest changes 1 stand out")
    assert jump.endswith(": A (20 July to 26 July 2026).")
    assert "none stands out" in family(np.r_[calm, 50.0], np.r_[wild, last], np.r_[calm, 50.0])
