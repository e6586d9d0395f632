"""Days and periods: calendar buckets in the strategy's zone, half-open, whatever the grain.

A row's day becomes a whole number (the *period code*) by arithmetic on the date; grouping by that number is 5 to 14
times faster than grouping dynamically by time.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import polars as pl

from smmetrics.api.errors import UserMistake

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

CODE = "__p"
"""The column that holds a row's period code."""
GRAINS = ("day", "week", "month", "quarter", "total")
_EPOCH = date(1970, 1, 1)
_WEEKS: Mapping[str, int] = {"monday": 3, "sunday": 4, "saturday": 5}
"""Days between the week's first day before 1970-01-01, a Thursday, and that day."""
_MONTHS: Mapping[str, int] = {"month": 1, "quarter": 3}


@dataclass(frozen=True, slots=True)
class Calendar:
    """How days become periods: the grain, and the day a week begins on."""

    grain: str = "total"
    week_starts: str = "monday"

    def __post_init__(self) -> None:
        """Refuse unknown words."""
        for given, known in ((self.grain, GRAINS), (self.week_starts, tuple(_WEEKS))):
            if given not in known:
                message = f"{given!r} is no word of the calendar"
                raise UserMistake(message, hint=f"Known: {', '.join(known)}.", code="calendar.unknown")

    def code(self, day: pl.Expr) -> pl.Expr:
        """The period code of a column of dates."""
        if self.grain == "total":
            return pl.lit(0, dtype=pl.Int32)
        if self.grain in _MONTHS:
            months = day.dt.year() * 12 + day.dt.month().cast(pl.Int32) - 1
            return (months // _MONTHS[self.grain]).cast(pl.Int32)
        days = day.to_physical().cast(pl.Int32)
        return days if self.grain == "day" else (days + _WEEKS[self.week_starts]) // 7

    def start(self, day: date) -> date:
        """The first day of the period that ``day`` lies in."""
        if self.grain == "week":
            return day - timedelta(days=((day - _EPOCH).days + _WEEKS[self.week_starts]) % 7)
        if self.grain in _MONTHS:
            size = _MONTHS[self.grain]
            return day.replace(month=(day.month - 1) // size * size + 1, day=1)
        return day

    def after(self, start: date) -> date:
        """The first day after the period that begins with ``start``."""
        if self.grain in _MONTHS:
            months = start.year * 12 + start.month - 1 + _MONTHS[self.grain]
            return date(months // 12, months % 12 + 1, 1)
        return start + timedelta(days=7 if self.grain == "week" else 1)

    def number(self, day: date) -> int:
        """The period code of one date."""
        if self.grain == "total":
            return 0
        if self.grain in _MONTHS:
            return (day.year * 12 + day.month - 1) // _MONTHS[self.grain]
        days = (day - _EPOCH).days
        return days if self.grain == "day" else (days + _WEEKS[self.week_starts]) // 7


@dataclass(frozen=True, slots=True)
class Span:
    """The days ``[since, until)`` that are read; ``stated`` where somebody asked for just these days."""

    since: date
    until: date
    stated_since: bool = False
    stated_until: bool = False

    @property
    def open(self) -> bool:
        """Whether rows without any date belong to the total."""
        return not (self.stated_since or self.stated_until)


@dataclass(frozen=True, slots=True)
class Period:
    """One half-open period; ``whole`` is false where the days asked for cut a calendar bucket."""

    code: int
    start: date
    end: date
    whole: bool = True


def periods(calendar: Calendar, span: Span) -> tuple[Period, ...]:
    """The periods that ``span`` touches. Days somebody stated cut them; days known from coverage do not."""
    if span.since >= span.until:
        return ()
    if calendar.grain == "total":
        return (Period(0, span.since, span.until),)
    return tuple(_periods(calendar, span))


def _periods(calendar: Calendar, span: Span) -> Iterator[Period]:
    start = calendar.start(span.since)
    while start < span.until:
        end = calendar.after(start)
        first = max(start, span.since) if span.stated_since else start
        last = min(end, span.until) if span.stated_until else end
        yield Period(calendar.number(start), first, last, whole=(first, last) == (start, end))
        start = end


def midnight(day: date, zone: str) -> datetime:
    """The first instant of a day in ``zone``, as UTC."""
    return datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone)).astimezone(UTC)


def frame(rows: Sequence[Period], zone: str) -> pl.DataFrame:
    """Periods as a frame: code, dates, first instants of start and end, length in days, whole."""
    schema = {
        CODE: pl.Int32(),
        "period_start": pl.Date(),
        "period_end": pl.Date(),
        "__from": pl.Datetime("us", "UTC"),
        "__to": pl.Datetime("us", "UTC"),
        "whole": pl.Boolean(),
    }
    data = [(p.code, p.start, p.end, midnight(p.start, zone), midnight(p.end, zone), p.whole) for p in rows]
    made = pl.DataFrame(data, schema=schema, orient="row")
    return made.with_columns((pl.col("period_end") - pl.col("period_start")).dt.total_days().alias("length"))
