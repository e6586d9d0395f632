"""Which readings somebody means: by metric, period and slice in words, or by everything a metric was ever split by."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from smmetrics.api.errors import UserMistake
from smmetrics.engine.calendar import Calendar
from smmetrics.engine.schema import FIXED
from smmetrics.words import say

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

ALL = "all"
_QUARTER, _MONTHS = re.compile(r"(\d{4})-?Q([1-4])"), re.compile(r"(\d{4})-(\d{2})")
_WEEK = re.compile(r"(\d{4})-?W(\d{2})")
_BETWEEN = ".."


@dataclass(frozen=True, kw_only=True, slots=True)
class Span:
    """A period somebody names: its grain, first day, and the first day after it; no days: all there is."""

    grain: str = "total"
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """A reading in words: the period, the slices, and the goal that asks for it."""

    span: Span = field(default_factory=Span)
    slices: Mapping[str, str] = field(default_factory=dict)
    goal: str = ""

    @property
    def by(self) -> tuple[str, ...]:
        """The dimensions it is split by."""
        return tuple(self.slices)

    def is_of(self, row: Mapping[str, Any], others: Mapping[str, str]) -> bool:
        """Whether a reading stands in these slices; ``others``: those in its column ``slice``."""
        return all((row[name] if name in FIXED else others.get(name)) == value for name, value in self.slices.items())


def span_of(text: str, *, week_starts: str = "monday") -> Span:
    """Read a period: ``2026-03``, ``2026-Q1``, ``2026-W10``, ``2026-03-02``, ``2026-03-02..2026-03-08`` or ``all``.

    Raises `UserMistake` for any other word.
    """
    if text == ALL:
        return Span()
    try:
        for pattern, read in _READ.items():
            if found := pattern.fullmatch(text):
                return read(found, week_starts)
        if _BETWEEN in text:
            first, _, last = text.partition(_BETWEEN)
            return Span(since=date.fromisoformat(first), until=date.fromisoformat(last) + timedelta(days=1))
        day = date.fromisoformat(text)
    except ValueError as error:
        raise UserMistake(
            say("reading.no_period", text=text), hint=say("reading.periods"), code="period.unknown"
        ) from error
    return Span(grain="day", since=day, until=day + timedelta(days=1))


def _month(found: re.Match[str], _: str) -> Span:
    return _of("month", date(int(found[1]), int(found[2]), 1))


def _quarter(found: re.Match[str], _: str) -> Span:
    return _of("quarter", date(int(found[1]), int(found[2]) * 3 - 2, 1))


def _week(found: re.Match[str], week_starts: str) -> Span:
    """The week that holds most of an ISO week's days."""
    thursday = date.fromisocalendar(int(found[1]), int(found[2]), 4)
    calendar = Calendar("week", week_starts)
    return _of("week", calendar.start(thursday), calendar)


def _of(grain: str, start: date, calendar: Calendar | None = None) -> Span:
    return Span(grain=grain, since=start, until=(calendar or Calendar(grain)).after(start))


_READ: Mapping[re.Pattern[str], Callable[[re.Match[str], str], Span]] = {
    _QUARTER: _quarter,
    _WEEK: _week,
    _MONTHS: _month,
}
