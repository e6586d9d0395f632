"""Periods on an axis: which ones belong between two others, and how they are called."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
TITLES = {"day": "Day", "week": "Week from", "month": "Month", "quarter": "Quarter"}
"""The title of a column of periods, by grain; other grains have no steps."""
_MONTHS_A_STEP = {"month": 1, "quarter": 3}


def day(value: object) -> date:
    """A day, from a date, a time or its ISO text."""
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else date.fromisoformat(str(value)[:10])


def instant(start: date) -> int:
    """A day's midnight in UTC, in milliseconds: numbers need no reading in the browser, so no zone moves them."""
    return round(datetime(start.year, start.month, start.day, tzinfo=UTC).timestamp()) * 1000


def after(start: date, grain: str) -> date:
    """The first day of the next period."""
    if grain not in _MONTHS_A_STEP:
        return start + timedelta(days=7 if grain == "week" else 1)
    month = start.month - 1 + _MONTHS_A_STEP[grain]
    return date(start.year + month // 12, month % 12 + 1, 1)


def between(starts: set[date], grain: str) -> list[date]:
    """The periods' first days with those that are missing between them, in order."""
    days = sorted(starts)
    if not days or grain not in TITLES:
        return days
    step, last, filled = days[0], days[-1], set(days)
    while (step := after(step, grain)) < last:
        filled.add(step)
    return sorted(filled)


def names(starts: Iterable[date], grain: str) -> dict[date, str]:
    """Periods in words: ``Oct 2026``, ``Q4 2026``, ``5 Oct 2026``, or ``5 Oct`` where all lie in one year."""
    days = list(starts)
    one_year = len({start.year for start in days}) == 1 and len(days) > 1
    return {start: _name(start, grain, year="" if one_year else f" {start.year}") for start in days}


def _name(start: date, grain: str, *, year: str) -> str:
    if grain == "quarter":
        return f"Q{(start.month + 2) // 3} {start.year}"
    month = MONTHS[start.month - 1]
    return f"{month} {start.year}" if grain == "month" else f"{start.day} {month}{year}"
