"""Newest levels, such as followers: how long one stands for what came after it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from smmetrics.engine.calendar import CODE
from smmetrics.engine.lens import aggregate_of, lens_of
from smmetrics.engine.measures import family
from smmetrics.engine.passes import DAY

if TYPE_CHECKING:
    from smmetrics.engine.lens import Leaf
    from smmetrics.engine.passes import Setting

HOLDS = "35d"
"""How long a level stands for what came after it."""
NEWEST = "newest"
"""The column of the day of which a newest level is."""


def is_level(leaf: Leaf) -> bool:
    """Whether a leaf is the newest level of rows."""
    return family(leaf) == "last" and not aggregate_of(leaf).by


def old(newest: pl.Expr, until: pl.Expr, setting: Setting) -> pl.Expr:
    """Whether a level was seen too long before the days end that it is to stand for, or before today."""
    day = pl.min_horizontal(until, setting.now).dt.convert_time_zone(setting.zone).dt.date()
    return (newest.dt.offset_by(HOLDS) < day).fill_null(value=False)


def standing(numbers: pl.DataFrame, leaf: Leaf, within: Setting) -> pl.DataFrame:
    """The numbers of entities, without levels that are too old. A day's own level stands for that day."""
    if not is_level(leaf) or DAY in within.by:
        return numbers
    ends = within.seen(lens_of(leaf)).periods.select(CODE, "__to")
    held = numbers.join(ends, on=CODE, how="left", maintain_order="left")
    kept = pl.when(~old(pl.col(NEWEST), pl.col("__to"), within)).then("value").alias("value")
    return held.with_columns(kept).drop("__to")
