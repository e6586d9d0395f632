"""Widen, don't withhold: where there are too few, the shortest longer time in which there are enough."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from smmetrics.panels.asked import by_metric
from smmetrics.panels.spans import day_words, length_words
from smmetrics.panels.telling import interval_text, share_text, value_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from smmetrics.panels.asked import Asked, Row
    from smmetrics.panels.source import GoalInfo, Source, View

WINDOWS = (7, 28, 91, 364)
"""A week, four weeks, a quarter, a year: all whole weeks, so that weekdays weigh the same."""


def widened_text(one: Asked, source: Source, view: View, goal: GoalInfo) -> str:
    """The reading of the shortest longer window that suffices, in words; empty where none does."""
    row = one.row
    covered = source.days()
    if covered is None or row["period_start"] is None or row["period_end"] is None:
        return ""
    end = min(row["period_end"], covered[1])
    for days, start in _windows(row["period_start"], end, covered[0]):
        wider = view.with_(since=start, until=end, goals=(goal.name,), comparison="none")
        found = by_metric(source.readings(wider), goal).get(one.metric)
        if found is not None and found["value"] is not None:
            head = f"Last {length_words(days)}" if days else f"Since {day_words(start)}"
            return f"{head}: {_told(found, one.unit, source.currency)}"
    return ""


def _windows(start: date, end: date, first: date) -> Iterator[tuple[int, date]]:
    """Longer windows with the same end, inside what is covered; the last (0 days) is all there is."""
    for days in WINDOWS:
        begin = end - timedelta(days=days)
        if begin >= start:
            continue
        if begin <= first:
            break
        yield days, begin
    if first < start:
        yield 0, first


def _told(row: Row, unit: str, currency: str) -> str:
    value = value_text(row["value"], unit, currency)
    share = share_text(row["numerator"], row["denominator"]) if unit == "percent" else ""
    between = interval_text(row["low"], row["high"], unit, currency)
    return " = ".join(part for part in (share, value) if part) + (f" ({between})" if between else "")
