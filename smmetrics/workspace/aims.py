"""Whether a goal's target is reached: a word beside each reading, never a number of its own.

``met``: the value, and its whole interval, stand on the good side. ``uncertain``: the target lies inside the
interval. ``missed``: not met and the day is over. ``on_track``, ``behind``: not met yet, and the value has passed, or
not, the line from the baseline's last day to the target's day. ``no_baseline``: there is no such line to hold it to,
or it begins at a template's example.
``no_target``: nothing was aimed at. A reading without a value has no status: its state says why.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from smmetrics.strategy import targets
from smmetrics.strategy.likeness import is_example

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from smmetrics.strategy import Strategy
    from smmetrics.strategy.goal import GoalTarget

Row = dict[str, object]
SLICES = ("platform", "account", "channel", "campaign", "audience", "slice")


def with_status(readings: pl.DataFrame, strategy: Strategy) -> pl.DataFrame:
    """Fill ``target`` and ``status`` of readings that answer goals; other readings stay as they are."""
    aims = {name: targets(goal) for name, goal in strategy.goals.items()}
    rows = [_judged(row, aims, strategy) for row in readings.iter_rows(named=True)]
    names = ("target", "status")
    return readings.with_columns(pl.Series(name, [row[name] for row in rows], dtype=pl.String) for name in names)


def _judged(row: Row, aims: Mapping[str, Sequence[GoalTarget]], strategy: Strategy) -> Row:
    if not row["goal"]:
        return row
    found = [aim for aim in aims[str(row["goal"])] if aim.metric == row["metric"] and _here(aim, row, strategy)]
    if not found:
        return {"target": "", "status": "no_target" if row["value"] is not None else ""}
    aim = found[-1]
    return {"target": aim.value.text, "status": status(row, aim)}


def _here(aim: GoalTarget, row: Row, strategy: Strategy) -> bool:
    """A target for one channel speaks of that channel's readings only; any other of the whole, never of a slice."""
    if not aim.channel:
        return not any(row[name] for name in SLICES)
    channel = strategy.channels.get(aim.channel)
    return channel is not None and row["platform"] == channel.platform


def status(row: Row, aim: GoalTarget) -> str:
    """The word for one reading and one target (module docstring)."""
    value, low, high = (_number(row[name]) for name in ("value", "low", "high"))
    if value is None:
        return ""
    least, most = aim.value.bounds
    ends = [each for each in (low, high) if each is not None] or [value]
    inside = [(least is None or each >= least) and (most is None or each <= most) for each in (value, *ends)]
    if all(inside):
        return "met"
    if any(inside) or _between(least, ends) or _between(most, ends):
        return "uncertain"
    end = row["period_end"]
    if aim.by is not None and end is not None and end > aim.by:  # type: ignore[operator]
        return "missed"
    return _on_the_way(value, aim, end, wanted=least if least is not None and value < least else most)  # type: ignore[arg-type]


def _between(bound: float | None, ends: Sequence[float]) -> bool:
    return bound is not None and min(ends) <= bound <= max(ends)


def _on_the_way(value: float, aim: GoalTarget, at: date | None, *, wanted: float | None) -> str:
    """Hold the value to the line from the baseline's last day to the target's day."""
    if aim.baseline is None or aim.baseline_until is None or aim.by is None or at is None or wanted is None:
        return "no_baseline"
    if is_example(aim):
        return "no_baseline"
    start = aim.baseline.plain
    whole = (aim.by - aim.baseline_until).days
    share = min(max((at - aim.baseline_until).days / whole, 0.0), 1.0) if whole > 0 else 1.0
    line = start + (wanted - start) * share
    good = value >= line if wanted >= start else value <= line
    return "on_track" if good else "behind"


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None
