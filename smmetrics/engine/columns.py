"""Columns read from a frame and put into it as they are: a query for each takes longer than what most frames hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

if TYPE_CHECKING:
    import numpy as np

    from smmetrics.engine.intervals import Floats


def floats(frame: pl.DataFrame, name: str) -> Floats:
    """A column of numbers, truth values or days as an array; none is nan."""
    return frame.get_column(name).cast(pl.Float64).to_numpy()


def having(frame: pl.DataFrame, **columns: pl.Series | np.ndarray[Any, Any]) -> pl.DataFrame:
    """The frame with columns in place of those of their names, or behind all; what is nan in an array is none."""
    made = {each.name: each for each in frame.get_columns()}
    for name, column in columns.items():
        made[name] = column.alias(name) if isinstance(column, pl.Series) else _series(name, column)
    return pl.DataFrame(list(made.values()))


def _series(name: str, column: np.ndarray[Any, Any]) -> pl.Series:
    if column.dtype == object:
        return pl.Series(name, column.tolist(), dtype=pl.String)
    return pl.Series(name, column, nan_to_null=True)
