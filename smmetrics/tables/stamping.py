"""Rows in their stored form, with what holds for all of a file's rows: where they came from, and when."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import polars as pl

from smmetrics.api.facts import PROVENANCE
from smmetrics.tables.schema import POLARS, conform

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from smmetrics.api.facts import Table

RECORD = "record"
"""The number of the record in its file that a row is of: a column beside those that facts declare."""
TYPES = {name: POLARS[kind] for name, kind in PROVENANCE}
NUMBER = pl.Int64()


def stamped(frame: pl.DataFrame, table: Table, said: Mapping[str, str | datetime | pl.Series | None]) -> pl.DataFrame:
    """A table's rows as they are stored, with what is ``said`` of them (their provenance), and their record last."""
    rows = frame.clone()
    record = rows.drop_in_place(RECORD).cast(NUMBER) if RECORD in rows.columns else _same(RECORD, None, NUMBER)
    columns = (
        value if isinstance(value, pl.Series) else _same(name, value, TYPES[name]) for name, value in said.items()
    )
    return conform(rows.with_columns(columns), table).with_columns(record)


@lru_cache(maxsize=1 << 8)
def _same(name: str, value: str | datetime | None, dtype: pl.DataType) -> pl.Expr:
    """A column that holds one value throughout; a file's tables share most of them."""
    return pl.lit(value, dtype=dtype).alias(name)
