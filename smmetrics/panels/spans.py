"""Stretches of time in words: October 2026, Q3 2026, 1 June to 14 July 2026; and what they are compared with."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import TYPE_CHECKING

from smmetrics.panels.telling import plural

if TYPE_CHECKING:
    from smmetrics.panels.source import Comparison

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_YEAR = 12
_QUARTER = 3
_WEEK = 7


def day_words(day: date, *, year: bool = True) -> str:
    """A day: ``31 March 2027``."""
    return f"{day.day} {MONTHS[day.month - 1]}" + (f" {day.year}" if year else "")


def span_words(start: date | None, end: date | None) -> str:
    """The days from ``start`` up to the day before ``end``, as people name them; empty without both."""
    if start is None or end is None:
        return ""
    count = months(start, end)
    last = end - timedelta(days=1)
    if count == 1:
        return f"{MONTHS[start.month - 1]} {start.year}"
    if count == _QUARTER and start.month % _QUARTER == 1:
        return f"Q{(start.month + 2) // _QUARTER} {start.year}"
    if count == _YEAR and start.month == 1:
        return str(start.year)
    if start == last:
        return day_words(start)
    same = start.year == last.year
    if count:
        first = MONTHS[start.month - 1] + ("" if same else f" {start.year}")
        return f"{first} to {MONTHS[last.month - 1]} {last.year}"
    return f"{day_words(start, year=not same)} to {day_words(last)}"


def latest_year(covered: tuple[date, date]) -> tuple[date, date]:
    """The last twelve calendar months of the days covered, the last of them as far as it goes."""
    return steps_back(covered[1], "month", _YEAR), covered[1]


def usual(covered: tuple[date, date] | None) -> tuple[date | None, date | None]:
    """The days looked at where nobody names any: all (None, None), or the latest year of what goes back further.

    One old file must not stretch every chart over many years.
    """
    if covered is None or steps_back(covered[1], "month", _YEAR + 1) <= covered[0]:
        return None, None
    return latest_year(covered)


def months(start: date, end: date) -> int:
    """How many whole calendar months the span is; 0 where it is none."""
    if start.day != 1 or end.day != 1 or end <= start:
        return 0
    return (end.year - start.year) * _YEAR + end.month - start.month


def before(start: date, end: date, comparison: Comparison) -> tuple[date, date]:
    """The span compared with: the one of the same length before it, or the same one a year earlier."""
    if comparison == "last_year":
        return _months_back(start, _YEAR), _months_back(end, _YEAR)
    count = months(start, end)
    return (_months_back(start, count) if count else start - (end - start)), start


def steps_back(end: date, grain: str, count: int) -> date:
    """The first day of the ``count`` steps that end with ``end``."""
    size = {"month": 1, "quarter": _QUARTER}.get(grain)
    if size is None:
        return end - timedelta(days=count * (_WEEK if grain == "week" else 1))
    begun = end if end.day == 1 else _months_back(end.replace(day=1), -1)
    return _months_back(begun, count * size)


def before_words(start: date | None, end: date | None, comparison: Comparison) -> str:
    """What a change is measured against: ``May``, ``Q2 2026``, ``the week before``, ``the 92 days before``."""
    if start is None or end is None or comparison == "none":
        return ""
    first, last = before(start, end, comparison)
    if comparison == "last_year" or months(start, end):
        words = span_words(first, last)
        return words.removesuffix(f" {start.year}") if months(first, last) == 1 else words
    length = (end - start).days
    known = {1: "the day before", _WEEK: "the week before"}
    return known.get(length) or f"the {plural(length, 'day')} before"


def length_words(days: int) -> str:
    """How long a window is: ``12 weeks``, ``12 months``, ``45 days``."""
    if days >= 364:  # noqa: PLR2004 (52 weeks are a year to people)
        return "12 months" if days <= 366 else plural(round(days / 30.44), "month")  # noqa: PLR2004 (see above)
    return plural(days // _WEEK, "week") if days % _WEEK == 0 else plural(days, "day")


def _months_back(day: date, count: int) -> date:
    index = day.year * _YEAR + day.month - 1 - count
    year, month = divmod(index, _YEAR)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
