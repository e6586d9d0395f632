"""Whether a goal's target is reached: a word beside each reading, never a number of its own.

The first that applies:

``met``: the value, and its whole interval, stand on the good side. ``uncertain``: the target lies inside the interval;
one with an open end (a wait whose upper end nobody has reached) goes on without end, one without both says nothing.
``before_baseline``: half of the reading's days or more lie before the baseline's last day, or on it: it says where the
goal started, not how it goes. ``missed``: the reading reaches the target's day. ``day_passed``: that day has passed,
and the reading ends before it. ``no_baseline``: there is no line to hold it to, or it begins at a template's example.
``on_track``, ``behind``: the value has passed, or not, the line from the baseline's last day to the target's day.

``no_target``: nothing was aimed at. A reading without a value has no status: its state says why.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from math import inf
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import polars as pl

from smmetrics.strategy import targets
from smmetrics.strategy.likeness import is_example

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from smmetrics.strategy import Strategy
    from smmetrics.strategy.goal import GoalTarget

Row = dict[str, object]
SLICES = ("platform", "account", "channel", "campaign", "audience", "slice")


def today_in(strategy: Strategy) -> date:
    """What day it is where the strategy is at home."""
    return datetime.now(UTC).astimezone(ZoneInfo(strategy.timezone)).date()


def with_status(readings: pl.DataFrame, strategy: Strategy, *, today: date | None = None) -> pl.DataFrame:
    """Fill ``target`` and ``status`` of readings that answer goals; other readings stay as they are."""
    aims = {name: targets(goal) for name, goal in strategy.goals.items()}
    day = today or today_in(strategy)
    rows = [_judged(row, aims, strategy, day) for row in readings.iter_rows(named=True)]
    names = ("target", "status")
    return readings.with_columns(pl.Series(name, [row[name] for row in rows], dtype=pl.String) for name in names)


def _judged(row: Row, aims: Mapping[str, Sequence[GoalTarget]], strategy: Strategy, today: date) -> Row:
    if not row["goal"]:
        return row
    found = [aim for aim in aims[str(row["goal"])] if aim.metric == row["metric"] and _here(aim, row, strategy)]
    if not found:
        return {"target": "", "status": "no_target" if row["value"] is not None else ""}
    aim = found[-1]
    return {"target": aim.value.text, "status": status(row, aim, today)}


def _here(aim: GoalTarget, row: Row, strategy: Strategy) -> bool:
    """A target for one channel speaks of that channel's readings only; any other of the whole, never of a slice."""
    if not aim.channel:
        return not any(row[name] for name in SLICES)
    channel = strategy.channels.get(aim.channel)
    return channel is not None and row["platform"] == channel.platform


def status(row: Row, aim: GoalTarget, today: date) -> str:
    """The word for one reading and one target (module docstring)."""
    value, low, high = (_number(row[name]) for name in ("value", "low", "high"))
    if value is None:
        return ""
    least, most = aim.value.bounds
    ends = _ends(low, high) or (value,)
    inside = [(least is None or each >= least) and (most is None or each <= most) for each in (value, *ends)]
    if all(inside):
        return "met"
    if any(inside) or _between(least, ends) or _between(most, ends):
        return "uncertain"
    start, end = _day(row["period_start"]), _day(row["period_end"])
    return (
        _before(aim, start, end)
        or _over(aim, end, today)
        or _on_the_way(value, aim, end, wanted=least if least is not None and value < least else most)
    )


def _ends(low: float | None, high: float | None) -> tuple[float, ...]:
    """Both ends of an interval, an open one without end; none where there is no interval."""
    if low is None and high is None:
        return ()
    return (-inf if low is None else low, inf if high is None else high)


def _between(bound: float | None, ends: Sequence[float]) -> bool:
    return bound is not None and min(ends) <= bound <= max(ends)


def _before(aim: GoalTarget, start: date | None, end: date | None) -> str:
    """Half of the days of ``[start, end)``, or more, lie before the line begins."""
    if aim.baseline_until is None or start is None or end is None or is_example(aim):
        return ""
    begins = aim.baseline_until + timedelta(days=1)
    return "before_baseline" if begins - start >= end - begins else ""


def _over(aim: GoalTarget, end: date | None, today: date) -> str:
    """The target's day has come: the reading (its days end before ``end``) reaches it, or cannot tell."""
    if aim.by is None or end is None:
        return ""
    if end > aim.by:
        return "missed"
    return "day_passed" if today > aim.by else ""


def _on_the_way(value: float, aim: GoalTarget, end: date | None, *, wanted: float | None) -> str:
    """Hold the value to the line from the baseline's last day to the target's day."""
    if aim.baseline is None or aim.baseline_until is None or aim.by is None or end is None or wanted is None:
        return "no_baseline"
    whole = (aim.by - aim.baseline_until).days
    if is_example(aim) or whole <= 0:
        return "no_baseline"
    start, gone = aim.baseline.plain, (end - timedelta(days=1) - aim.baseline_until).days
    line = start + (wanted - start) * min(max(gone / whole, 0.0), 1.0)
    good = value >= line if wanted >= start else value <= line
    return "on_track" if good else "behind"


def _day(value: object) -> date | None:
    return value if isinstance(value, date) else None


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None
