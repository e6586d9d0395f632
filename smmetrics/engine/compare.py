"""The change from one period to the next, with its interval; or none, where the two cannot be compared.

Periods are compared by their place in the calendar, within one metric and slice. Only whole periods whose posts are
all old enough are differenced: a count that still grows would always seem to fall. The interval of a difference is made
of the two intervals (method of variance estimates recovery, Zou and Donner 2008); for two shares with Wilson's
intervals that is Newcombe's (1998).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

SERIES = (
    "goal", "question", "metric", "version", "parameters", "subject", "platform", "account", "channel", "campaign",
    "audience", "slice", "grain",
)  # fmt: skip
"""What two periods must share to be compared."""


def with_changes(readings: pl.DataFrame, *, maturity: Mapping[str, float], as_of: datetime) -> pl.DataFrame:
    """Readings with ``previous``, ``change``, ``change_low``, ``change_high`` and ``age_basis`` filled.

    ``maturity``: days by metric id that posts need before their numbers are comparable (absent: 0). The order of rows
    stays.
    """
    if readings.is_empty():
        return readings
    days = pl.col("metric").replace_strict(dict(maturity), default=0.0, return_dtype=pl.Float64)
    ripe = pl.col("period_end").cast(pl.Datetime("us", "UTC")) + pl.duration(hours=days * 24) <= pl.lit(as_of)
    fit = (pl.col("state") == "value") & ~pl.col("incomplete").fill_null(value=True) & ripe.fill_null(value=False)
    marked = readings.with_row_index("__row").with_columns(fit.alias("__fit")).sort(*SERIES, "period_start")
    before = {
        name: pl.col(source).shift(1).over(SERIES)
        for name, source in {"__v": "value", "__l": "low", "__h": "high", "__f": "__fit", "__e": "period_end"}.items()
    }
    paired = marked.with_columns(expr.alias(name) for name, expr in before.items())
    comparable = pl.col("__fit") & pl.col("__f").fill_null(value=False) & (pl.col("__e") == pl.col("period_start"))
    change = pl.col("value") - pl.col("__v")
    both = comparable & pl.all_horizontal(pl.col(name).is_not_null() for name in ("low", "high", "__l", "__h"))
    down = _spread(pl.col("value") - pl.col("low"), pl.col("__h") - pl.col("__v"))
    up = _spread(pl.col("high") - pl.col("value"), pl.col("__v") - pl.col("__l"))
    filled = paired.with_columns(
        previous=pl.when(comparable).then(pl.col("__v")),
        change=pl.when(comparable).then(change),
        change_low=pl.when(both).then(change - down),
        change_high=pl.when(both).then(change + up),
        age_basis=pl.when(comparable).then(pl.lit("matured")).otherwise(pl.col("age_basis")),
    )
    return filled.sort("__row").select(readings.columns)


def _spread(one: pl.Expr, other: pl.Expr) -> pl.Expr:
    """Two independent half-widths as one."""
    return (one.pow(2) + other.pow(2)).sqrt()
