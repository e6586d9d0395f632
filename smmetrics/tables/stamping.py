"""Rows in their stored form, with what holds for all of a file's rows: where they came from, and when."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import polars as pl

from smmetrics.api.facts import PROVENANCE
from smmetrics.tables.schema import FEW, POLARS, conform

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from smmetrics.api.facts import Table

RECORD = "record"
"""The number of the record in its file that a row is of: a column beside those that facts declare."""
NUMBER = pl.Int64()
TYPES = {RECORD: NUMBER, **{name: POLARS[kind] for name, kind in PROVENANCE}}


def stamped(frame: pl.DataFrame, table: Table, said: Mapping[str, str | datetime | pl.Series | None]) -> pl.DataFrame:
    """A table's rows as they are stored, with what is ``said`` of them (their provenance), and their record last."""
    rows = frame.clone()
    record = rows.drop_in_place(RECORD).cast(NUMBER) if RECORD in rows.columns else _alike(RECORD, None, frame.height)
    if frame.height <= FEW:
        for name in said.keys() & set(rows.columns):
            rows.drop_in_place(name)
        columns = (
            each if isinstance(each, pl.Series) else _alike(name, each, frame.height) for name, each in said.items()
        )
        rows = rows.hstack(list(columns))
    else:
        rows = rows.with_columns(
            each if isinstance(each, pl.Series) else pl.lit(each, dtype=TYPES[name]).alias(name)
            for name, each in said.items()
        )
    return conform(rows, table).hstack([record])


def _alike(name: str, value: str | datetime | None, height: int) -> pl.Series:
    """A column that holds one value throughout."""
    return _one(name, value).new_from_index(0, height)


@lru_cache(maxsize=1 << 8)
def _one(name: str, value: str | datetime | None) -> pl.Series:
    """A column of one row; a file's tables share most of them."""
    return pl.Series(name, [value], dtype=TYPES[name])
