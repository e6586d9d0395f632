"""Office hours: how much of a stretch of time somebody was there to answer.

Every day has an opening and a closing instant in the strategy's zone, so days on which the clock changes have the hours
they really had. The hours up to any instant are a running sum over days and a part of one day; the hours between two
instants are a difference of two such numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import polars as pl

from smmetrics.api.errors import UserMistake

if TYPE_CHECKING:
    from collections.abc import Mapping

FIRST = date(1990, 1, 1)
"""No network that is read is older."""
_MICROSECONDS = 3_600_000_000.0


@dataclass(frozen=True, slots=True)
class Office:
    """Weekdays (0 is Monday) with one opening and closing time, and the days it stays closed."""

    days: frozenset[int]
    opens: time
    closes: time
    closed_on: frozenset[date] = frozenset()


def named(offices: Mapping[str, Office], name: str) -> Office:
    """The office hours of that name; a user's mistake where the strategy has none."""
    if name not in offices:
        known = ", ".join(sorted(offices))
        message = f"the strategy states no office hours {name!r}"
        hint = f"Known: {known}." if known else f"Add [hours.{name}] with days, open and close to strategy.toml."
        raise UserMistake(message, hint=hint, code="hours.unknown")
    return offices[name]


def worked(start: pl.Expr, end: pl.Expr, office: Office, zone: str, until: date) -> pl.Expr:
    """Office hours from one instant to another; negative where the second comes first. ``until``: no later days."""
    return (_upto(end, office, zone, until) - _upto(start, office, zone, until)) / _MICROSECONDS


def _upto(instant: pl.Expr, office: Office, zone: str, until: date) -> pl.Expr:
    """Microseconds of office hours from 1990 to an instant."""
    opens, lengths, before = _table(office, zone, date(until.year + 2, 1, 1))
    day = (instant.dt.convert_time_zone(zone).dt.date() - pl.lit(FIRST)).dt.total_days()
    place = day.clip(0, len(opens) - 1)
    part = instant.to_physical() - pl.lit(opens).gather(place)
    return pl.lit(before).gather(place) + pl.min_horizontal(
        pl.max_horizontal(part, pl.lit(0, dtype=pl.Int64)), pl.lit(lengths).gather(place)
    )


@lru_cache(maxsize=16)
def _table(office: Office, zone: str, until: date) -> tuple[pl.Series, pl.Series, pl.Series]:
    """Of each day since 1990: when it opens (microseconds since 1970), how long it is open, and all hours before."""
    where = ZoneInfo(zone)
    opens, lengths, before, so_far = [], [], [], 0
    day = FIRST
    while day < until:
        first = _instant(day, office.opens, where)
        last = _instant(day, office.closes, where)
        there = day.weekday() in office.days and day not in office.closed_on
        length = max(0, (last - first) // timedelta(microseconds=1)) if there else 0
        opens.append((first - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1))
        lengths.append(length)
        before.append(so_far)
        so_far += length
        day += timedelta(days=1)
    return pl.Series(opens, dtype=pl.Int64), pl.Series(lengths, dtype=pl.Int64), pl.Series(before, dtype=pl.Int64)


def _instant(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """A wall clock's instant; *24:00*, written as the last microsecond, is the next midnight."""
    if clock == time.max:
        return datetime.combine(day + timedelta(days=1), time(), tzinfo=zone).astimezone(UTC)
    return datetime.combine(day, clock, tzinfo=zone).astimezone(UTC)
