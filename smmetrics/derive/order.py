"""The order in which kept posts are written: those that are counted together stand side by side."""

from __future__ import annotations

import polars as pl

WITHIN = ("scope", "ours", "theirs", "kind")
"""What most filters ask for, in the order of the sort, below platform and day."""
BESIDE = frozenset({"platform", "is_reply", *WITHIN})
"""The columns that are equal in a run of rows."""
MOST = 20_000_000
"""Rows that are sorted: more would take more memory than all else that is done to them."""
_DAYS = 2**23
_BYTE = 2**8


def side_by_side(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Rows sorted by platform, day and `WITHIN`, packed into one number: which value comes first does not matter."""
    key = _code("platform") * (2 * _DAYS) + (pl.col("created_on").to_physical().fill_null(-_DAYS) + _DAYS)
    for name in WITHIN:
        key = key * _BYTE + _code(name)
    return rows.with_columns(_order=key).sort("_order", maintain_order=True).drop("_order")


def _code(name: str) -> pl.Expr:
    """A small number for each value of a column, and one for none."""
    return pl.col(name).cast(pl.String).cast(pl.Categorical()).to_physical().cast(pl.Int64).fill_null(-1) + 1
