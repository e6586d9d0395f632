"""Periods that overlap, such as the 91 days before each week: every row is read once, by its day, and days add up.

Put into periods one by one, a row of such a window would be counted thirteen times; the states of days can be merged,
and there are few of them.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import polars as pl

from smmetrics.engine.calendar import CODE, Calendar
from smmetrics.engine.compile import ROW_DAY
from smmetrics.engine.lens import days_of
from smmetrics.engine.measures import mentions
from smmetrics.engine.partials import Partial
from smmetrics.engine.passes import BOUNDS

if TYPE_CHECKING:
    from smmetrics.engine.partials import Pass
    from smmetrics.engine.passes import Plan, Setting

_OVERLAP = 1.5
"""How often a day must lie in periods, on average, before counting by day pays."""


def by_day(plan: Plan, setting: Setting) -> Setting | None:
    """The setting in which a plan's rows are counted by day; None where they are put into periods at once."""
    if not setting.moved or plan.held is not None or plan.source.on is None:
        return None
    first, last = setting.bounds
    if setting.periods["length"].sum() < _OVERLAP * (last - first).days:
        return None
    if any(mentions(measure, BOUNDS) for measure in plan.measures):
        return None
    whole = pl.DataFrame({CODE: [0], "period_start": [first], "period_end": [last]}, schema_overrides={CODE: pl.Int32})
    return replace(setting, calendar=Calendar("day"), periods=whole, moved=False, undated=False)


def spread(partial: Partial, done: Pass, setting: Setting) -> Partial:
    """A partial by day as one by period."""
    periods = days_of(setting.periods)
    long = {measure: placed(table, periods) for measure, table in partial.long.items()}
    return done.merge([Partial(partial.keys, placed(partial.moments, periods), long, partial.coarse)])


def placed(frame: pl.DataFrame, periods: pl.DataFrame) -> pl.DataFrame:
    """A table of days as one of the periods each belongs to. ``periods``: as `days_of` gives them."""
    dated = frame.with_columns(pl.col(CODE).cast(pl.Date).alias(ROW_DAY)).drop(CODE)
    return dated.join(periods, on=ROW_DAY, maintain_order="left").select(frame.columns)
