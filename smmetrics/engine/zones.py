"""Days of instants in a zone, fast: the few changes of the clock within a window are looked up once.

Converting ten million instants one by one costs more than reading them from disk; adding an offset that changes twice
a year does not. The offsets are those of Polars' own zone data.
"""

from __future__ import annotations

import calendar
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache, reduce
from itertools import pairwise
from operator import xor

import polars as pl

_DAY = 86_400_000_000
_MARGIN = timedelta(days=3)
_MOST = 60
"""More changes than this (thirty years of summer time) and converting is as fast."""


def day_of(instant: pl.Expr, zone: str, first: date, last: date) -> pl.Expr:
    """The local day of an instant; right for instants of ``[first, last)``, and outside that window never inside it."""
    steps = _steps(zone, first, last)
    if len(steps) > _MOST:
        return instant.dt.convert_time_zone(zone).dt.date()
    ticks = instant.to_physical()
    usual = steps[0][1]
    offset = _ticks(usual)
    for other in dict.fromkeys(held for _, held in steps if held != usual):
        edges = [ticks >= at for (_, before), (at, after) in pairwise(steps) if other in {before, after}]
        # Inside one of its spans an instant is past an odd number of edges: bits cost less than sums.
        offset = pl.when(reduce(xor, edges)).then(_ticks(other)).otherwise(offset)
    return ((ticks + offset) // _DAY).cast(pl.Int32).cast(pl.Date)


@lru_cache(maxsize=256)
def _ticks(microseconds: int) -> pl.Expr:
    return pl.lit(microseconds, dtype=pl.Int64)


@lru_cache(maxsize=64)
def _steps(zone: str, first: date, last: date) -> tuple[tuple[int, int], ...]:
    """From when (microseconds since 1970) which offset (microseconds) holds."""
    start, end = (datetime(day.year, day.month, day.day, tzinfo=UTC) for day in (first, last))
    since, until = start - _MARGIN, end + _MARGIN
    known = [step for year in range(since.year, until.year + 1) for step in _of_year(zone, year)]
    before = [step for step in known if step[0] <= _at(since)]
    inside = [step for step in known if _at(since) < step[0] <= _at(until)]
    steps = before[-1:]
    for step in inside:
        steps += [step] if step[1] != steps[-1][1] else []
    return tuple(steps)


@lru_cache(maxsize=512)
def _of_year(zone: str, year: int) -> tuple[tuple[int, int], ...]:
    """The offset a year of UTC begins with, and its changes within that year: other days ask for the same years."""
    start, end = datetime(year, 1, 1, tzinfo=UTC), datetime(year, 12, 31, 23, tzinfo=UTC) + timedelta(hours=1)
    steps = (hourly := _changes(start, end, "1h", zone))[:1]
    for at, _ in hourly[1:]:
        hour = datetime.fromtimestamp(at / 1_000_000, tz=UTC)
        steps += _changes(hour - timedelta(hours=1), hour, "1m", zone)[1:]
    return tuple(steps)


def _at(instant: datetime) -> int:
    return calendar.timegm(instant.timetuple()) * 1_000_000


def _changes(start: datetime, end: datetime, every: str, zone: str) -> list[tuple[int, int]]:
    grid = pl.datetime_range(start, end, every, time_unit="us", time_zone="UTC", eager=True).alias("at").to_frame()
    local = pl.col("at").dt.convert_time_zone(zone)
    offset = local.dt.replace_time_zone(None).to_physical() - pl.col("at").to_physical()
    offsets = grid.select(pl.col("at").to_physical(), offset.alias("offset"))
    changed = offsets.filter((pl.col("offset") != pl.col("offset").shift()).fill_null(value=True))
    return changed.rows()
