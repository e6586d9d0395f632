"""The order in which kept posts are written: those that are counted together stand side by side."""

from __future__ import annotations

import polars as pl

WITHIN = ("scope", "ours", "theirs", "kind")
"""What most filters ask for, in the order of the sort, below month, platform and day."""
BESIDE = frozenset({"platform", "is_reply", *WITHIN})
"""The columns that are equal in a run of rows of one day."""
_BYTE = 2**8


def side_by_side(rows: pl.DataFrame) -> pl.DataFrame:
    """Rows sorted by month, platform, day and `WITHIN`, packed into one number; equal ones stay in their order.

    Posts that are kept without counts have no scope.
    """
    day = rows.get_column("created_on")
    key = _number(day.dt.month_start()) * _BYTE + _code(rows, "platform")
    key = key * _BYTE + day.dt.day().cast(pl.Int64).fill_null(0)
    for name in WITHIN:
        if name in rows.columns:
            key = key * _BYTE + _code(rows, name)
    return rows.rechunk().with_columns(key.alias("_order")).sort("_order", maintain_order=True).drop("_order")


def _code(rows: pl.DataFrame, name: str) -> pl.Series:
    """A small number for each value of a column. Where there are very many, those beyond stand anyhow."""
    return _number(rows.get_column(name).cast(pl.String)).clip(upper_bound=_BYTE - 1)


def _number(values: pl.Series) -> pl.Series:
    """The place of each value among those that occur; none comes first."""
    known = values.unique().drop_nulls().sort()
    places = pl.int_range(1, len(known) + 1, dtype=pl.Int64, eager=True)
    return values.replace_strict(known, places, default=0, return_dtype=pl.Int64)
