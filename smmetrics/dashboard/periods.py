"""Periods people ask for by name, counted from the last day of data and never from today."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from smmetrics.panels.spans import latest_year

if TYPE_CHECKING:
    from collections.abc import Mapping

Days = tuple["date | None", "date | None"]
OWN = "own"
ALL = "all"
NAMES: Mapping[str, str] = {
    ALL: "All there is",
    "year": "Last 12 months of data",
    "weeks": "Last 4 weeks of data",
    "month": "Month of the last data",
    "last_month": "Month before",
    "quarter": "Quarter of the last data",
    OWN: "Own dates",
}
"""The choices in order, in words. Data is rarely of today: an empty “this month” would tell nobody anything."""
_WEEKS = 28
_QUARTER = 3


def days(name: str, covered: tuple[date, date] | None) -> Days:
    """First day and first day left out of a period; None: open. ``covered``: what there is, its end left out."""
    if covered is None or name in {ALL, OWN}:
        return (None, None)
    last = covered[1] - timedelta(days=1)
    month = last.replace(day=1)
    match name:
        case "year":
            return latest_year(covered)
        case "weeks":
            return (covered[1] - timedelta(days=_WEEKS), covered[1])
        case "month":
            return (month, _after(month, 1))
        case "last_month":
            return (_after(month, -1), month)
        case _:
            first = month.replace(month=(month.month - 1) // _QUARTER * _QUARTER + 1)
            return (first, _after(first, _QUARTER))


def name_of(since: date | None, until: date | None, covered: tuple[date, date] | None) -> str:
    """The name of a period, *own dates* where it has none."""
    return next((name for name in NAMES if name != OWN and days(name, covered) == (since, until)), OWN)


def _after(first: date, months: int) -> date:
    count = first.year * 12 + first.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)


def words(since: date | None, until: date | None) -> str:
    """A period in words."""
    last = until - timedelta(days=1) if until else None
    if since and last:
        return f"{since} to {last}"
    return f"from {since}" if since else f"until {last}" if last else "all days"
