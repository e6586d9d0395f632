"""Rows of periods put in order: what is missing stands there as missing, so that no line crosses a gap."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from smmetrics.panels.charts.columns import number, safe_text
from smmetrics.panels.charts.palette import distinct
from smmetrics.panels.charts.periods import between, day, names
from smmetrics.panels.telling import interval_text, value_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from smmetrics.panels.charts.columns import Columns

REACH = 3.0
NOTHING = "no data"
"""Why a period without a row has no value."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """One period of one series, ready to draw: numbers (None: a gap) and their words.

    ``low`` and ``high`` are the interval as far as it is drawn, ``between`` is the whole of it in words; ``occasion``:
    what else was going on.
    """

    start: date
    period: str
    key: str
    series: str
    value: float | None
    low: float | None
    high: float | None
    previous: float | None
    before: str
    aim: float | None
    text: str
    between: str
    why: str
    occasion: str


def steps(rows: Sequence[Mapping[str, Any]], *, unit: str, grain: str, titles: Mapping[str, str]) -> list[Step]:
    """All steps in order of time, then of ``titles`` (series by id), with those that no row states.

    A series without any row stays out; no titles: there is one series.
    """
    starts = between({day(row["period_start"]) for row in rows}, grain)
    found: dict[tuple[date, str], Mapping[str, Any]] = {}
    for row in rows:
        at = day(row["period_start"]), _key(row) if titles else ""
        if at in found:
            message = f"two rows for {at[0]} {at[1]}".rstrip()
            raise ValueError(message)
        found[at] = row
    present = {key for _, key in found}
    keys = [key for key in titles or {"": ""} if key in present]
    return _within_reach(
        [
            _step(found.get((start, key)), start, period=period, unit=unit, key=key, series=titles.get(key, ""))
            for start, period in names(starts, grain).items()
            for key in keys
        ]
    )


def _within_reach(found: Sequence[Step]) -> list[Step]:
    """Draw intervals up to `REACH` times the largest number: a wide one must not press all others onto the axis.

    Words and tables keep the whole interval.
    """
    numbers = [abs(each) for step in found for each in (step.value, step.aim, step.previous) if each is not None]
    most = REACH * max(numbers, default=0.0)
    return [
        replace(step, low=max(step.low, -most), high=min(step.high, most))
        if most and step.low is not None and step.high is not None and (step.low < -most or step.high > most)
        else step
        for step in found
    ]


def series_titles(platforms: Mapping[str, str] | None, rows: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Titles of platforms by id, no two the same; what only rows know comes after those that have a place."""
    if not platforms:
        return {}
    known = {safe_text(key): title for key, title in platforms.items()}
    titles = distinct({**known, **{_key(row): _key(row) for row in rows if _key(row) not in known}})
    return {key: safe_text(words) for key, words in titles.items()}


def occasions(columns: Columns, found: Sequence[Step]) -> str:
    """The column of what else was going on; one to read only where there was something."""
    said = [step.occasion for step in found]
    return columns.read("Occasion", said) if any(said) else columns.draw(said)


def _key(row: Mapping[str, Any]) -> str:
    return safe_text(row.get("platform") or "(unknown)")


def _step(row: Mapping[str, Any] | None, start: date, *, period: str, unit: str, key: str, series: str) -> Step:
    given = row or {}
    value = number(given.get("value"))
    low, high = number(given.get("low")), number(given.get("high"))
    previous = number(given.get("previous"))
    whole = value is not None and low is not None and high is not None
    return Step(
        start=start,
        period=period,
        key=key,
        series=series,
        value=value,
        low=low if whole else None,
        high=high if whole else None,
        previous=previous,
        before=value_text(previous, unit),
        aim=number(given.get("aim")),
        text=str(given.get("text") or "") or value_text(value, unit),
        between="" if value is None else interval_text(low, high, unit),
        why="" if value is not None else str(given.get("why") or NOTHING),
        occasion=str(given.get("occasion") or ""),
    )
