"""What else was going on: campaigns and entries of the calendar, seen as shaded periods on the goal's charts."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from smmetrics.panels.spans import day_words, span_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from smmetrics.panels.asked import Row
    from smmetrics.panels.source import GoalInfo, Occasion

MOST_NAMED = 6


def titles(goal: GoalInfo, row: Row) -> str:
    """The titles of what was going on in a reading's period; empty for none."""
    return ", ".join(dict.fromkeys(each.title for each in _within(goal, [row])))


def shaded(goal: GoalInfo, rows: Sequence[Row]) -> list[str]:
    """A line that says what shades these readings' periods, and when that was; none where nothing does."""
    named = list(dict.fromkeys(f"{each.title} ({_when(each)})" for each in _within(goal, rows)))
    more = f"; and {len(named) - MOST_NAMED} more" if len(named) > MOST_NAMED else ""
    return [f"Shaded: {'; '.join(named[:MOST_NAMED])}{more}."] if named else []


def _within(goal: GoalInfo, rows: Iterable[Row]) -> Iterator[Occasion]:
    """The occasions that share a day with one of the periods."""
    spans = [(row["period_start"], row["period_end"]) for row in rows if row["period_start"] and row["period_end"]]
    for each in goal.occasions:
        last = each.last or date.max
        if any(each.first < end and last >= start for start, end in spans):
            yield each


def _when(occasion: Occasion) -> str:
    if occasion.last is None:
        return f"since {day_words(occasion.first)}"
    return span_words(occasion.first, occasion.last + timedelta(days=1))
