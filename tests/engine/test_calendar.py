"""Days and periods: half-open, in the strategy's zone; a date is never moved to another zone."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import polars as pl
import pytest

from smmetrics.api.errors import UserMistake
from smmetrics.engine.calendar import Calendar, Span, periods
from smmetrics.engine.zones import day_of

ZONES = [
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "Asia/Kolkata",
    "Australia/Lord_Howe",
    "America/Sao_Paulo",
    "Pacific/Apia",
]


@pytest.mark.parametrize("zone", ZONES)
def test_days_of_instants_are_those_of_the_zone(zone):
    rng = random.Random(zone)
    first, last = date(2010, 1, 1), date(2026, 1, 1)
    start = datetime(2010, 1, 1, tzinfo=UTC).timestamp()
    instants = [datetime.fromtimestamp(start + rng.randrange(16 * 31_557_600), tz=UTC) for _ in range(3_000)]
    frame = pl.DataFrame({"at": instants}, schema={"at": pl.Datetime("us", "UTC")})
    found = frame.select(day_of(pl.col("at"), zone, first, last)).to_series().to_list()
    assert found == [at.astimezone(ZoneInfo(zone)).date() for at in instants]


@pytest.mark.parametrize("grain", ["day", "week", "month", "quarter", "total"])
@pytest.mark.parametrize("week_starts", ["monday", "sunday", "saturday"])
def test_every_day_lies_in_the_period_with_its_code(grain, week_starts):
    calendar = Calendar(grain, week_starts)
    span = Span(date(1969, 11, 3), date(1972, 3, 9))
    rows = periods(calendar, span)
    days = [span.since + timedelta(days=i) for i in range((span.until - span.since).days)]
    frame = pl.DataFrame({"day": days}).with_columns(calendar.code(pl.col("day")).alias("code"))
    by_code = {row.code: row for row in rows}
    for day, code in frame.iter_rows():
        assert code == calendar.number(day)
        assert by_code[code].start <= day < by_code[code].end
    assert all(before.end == after.start for before, after in pairwise(rows))


def test_weeks_begin_on_the_day_stated():
    assert Calendar("week", "monday").start(date(2026, 3, 11)) == date(2026, 3, 9)
    assert Calendar("week", "sunday").start(date(2026, 3, 11)) == date(2026, 3, 8)
    assert Calendar("week", "saturday").start(date(2026, 3, 11)) == date(2026, 3, 7)


def test_days_somebody_states_cut_periods_and_covered_days_do_not():
    month = Calendar("month")
    stated = periods(month, Span(date(2026, 1, 15), date(2026, 2, 10), stated_since=True, stated_until=True))
    assert [(p.start, p.end, p.whole) for p in stated] == [
        (date(2026, 1, 15), date(2026, 2, 1), False),
        (date(2026, 2, 1), date(2026, 2, 10), False),
    ]
    covered = periods(month, Span(date(2026, 1, 15), date(2026, 2, 10)))
    assert [(p.start, p.end) for p in covered] == [
        (date(2026, 1, 1), date(2026, 2, 1)),
        (date(2026, 2, 1), date(2026, 3, 1)),
    ]


def test_an_unknown_grain_is_refused():
    with pytest.raises(UserMistake, match="fortnight"):
        Calendar("fortnight")


COVERED = [("m", "a", date(2026, 1, 1), date(2026, 3, 1))]


def test_a_post_just_after_local_midnight_belongs_to_the_new_day(held, rows, ask):
    at = datetime(2026, 1, 31, 23, 30, tzinfo=UTC)
    tables = held(
        {"posts": rows("posts", [{"platform": "m", "account": "a", "created_at": at, "created_on": at.date()}])},
        COVERED,
    )
    berlin = ask("count(posts)", tables, grain="month", zone="Europe/Berlin")
    assert [r["value"] for r in berlin] == [0, 1]
    assert [r["value"] for r in ask("count(posts)", tables, grain="month", zone="UTC")] == [1, 0]


def test_day_precision_is_bucketed_by_its_own_date_and_undated_rows_only_in_totals(held, rows, ask):
    data = [
        {"platform": "m", "account": "a", "created_at": None, "created_on": date(2026, 1, 31)},
        {"platform": "m", "account": "a", "created_at": None, "created_on": None},
    ]
    tables = held({"posts": rows("posts", data)}, COVERED)
    for zone in ("Pacific/Auckland", "America/Los_Angeles"):
        assert [r["value"] for r in ask("count(posts)", tables, grain="month", zone=zone)] == [1, 0]
        assert [r["value"] for r in ask("count(posts)", tables, zone=zone)] == [2]
    stated = ask("count(posts)", tables, since=date(2026, 1, 1), until=date(2026, 3, 1))
    assert [r["value"] for r in stated] == [1]
