"""Whole periods of a calendar: the newest ones before a day, and weeks that are wholly covered."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

WEEK = 7
STARTS = {"monday": 0, "tuesday": 1, "wednesday": 2, "thursday": 3, "friday": 4, "saturday": 5, "sunday": 6}
MONTHS = {"month": 1, "quarter": 3, "year": 12}
Days = tuple[date, date]
"""``[since, until)``."""


def newest(until: date, unit: str, count: int, *, week_starts: str = "monday") -> list[tuple[str, Days]]:
    """The last ``count`` whole periods that end on ``until`` or before, newest first, each with its name."""
    end = _start(until, unit, week_starts)
    found: list[tuple[str, Days]] = []
    while len(found) < count and end > date.min + timedelta(days=366):
        start = _start(end - timedelta(days=1), unit, week_starts)
        found.append((_name(start, unit), (start, end)))
        end = start
    return found


def _start(day: date, unit: str, week_starts: str) -> date:
    """The first day of the period a day lies in."""
    if unit == "day":
        return day
    if unit == "week":
        return day - timedelta(days=(day.weekday() - STARTS[week_starts]) % WEEK)
    months = MONTHS[unit]
    return date(day.year, (day.month - 1) // months * months + 1, 1)


def _name(start: date, unit: str) -> str:
    """How people call a period."""
    if unit == "year":
        return f"{start.year}"
    if unit == "quarter":
        return f"Q{(start.month + 2) // 3} {start.year}"
    if unit == "month":
        return f"{start:%B} {start.year}"
    day = f"{start.day} {start:%b} {start.year}"
    return f"the week of {day}" if unit == "week" else day


def whole_weeks(spans: Iterable[Days], week_starts: str) -> int:
    """How many whole weeks days are covered, where spans that touch are one."""
    return sum(_weeks(start, end, week_starts) for start, end in _merged(spans))


def _merged(spans: Iterable[Days]) -> list[Days]:
    found: list[Days] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def _weeks(start: date, end: date, week_starts: str) -> int:
    first = start + timedelta(days=(STARTS[week_starts] - start.weekday()) % WEEK)
    return max((end - first).days // WEEK, 0)
