"""The days that periods begin with, the more important first, and how a reading's days stand to them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from smmetrics.engine.calendar import Calendar
from smmetrics.engine.privacy.stretches import FIRST, LAST

if TYPE_CHECKING:
    from collections.abc import Iterator

    from smmetrics.engine.privacy.people import Crowds

EPOCH = date(1970, 1, 1)
COARSE = ("quarter", "month", "week")
"""Periods that may be told apart where colleagues are measured."""


def number(day: date) -> int:
    """A day as a whole number."""
    return (day - EPOCH).days


def ends_wanted(
    crowds: Crowds, week_starts: str, *, covered: tuple[date, date] | None, closed: bool
) -> tuple[int, ...]:
    """Every day that a period of some grain may begin with, among the days somebody was there."""
    first, last = crowds.first, crowds.last
    found = dict.fromkeys([last + 1] * crowds.undated)
    found |= dict.fromkeys(number(day) for day in covered or () if first < number(day) <= last)
    for grain in COARSE if closed else (*COARSE, "day"):
        found |= dict.fromkeys(_starts(Calendar(grain, week_starts), first, last))
    return tuple(found)


def _starts(calendar: Calendar, first: int, last: int) -> Iterator[int]:
    day = calendar.after(calendar.start(EPOCH + timedelta(days=first)))
    while number(day) <= last:
        yield number(day)
        day = calendar.after(day)


def stretch(crowds: Crowds, start: date | None, end: date, *, undated: bool) -> tuple[int, int]:
    """A reading's days as ends: what begins before the first row begins with everything; so with the last."""
    return _end(crowds, None if start is None else number(start), undated=False), _end(
        crowds, number(end), undated=undated
    )


def _end(crowds: Crowds, day: int | None, *, undated: bool) -> int:
    if day is None or day <= crowds.first:
        return FIRST
    if day <= crowds.last:
        return day
    return crowds.last + 1 if crowds.undated and not undated else LAST
