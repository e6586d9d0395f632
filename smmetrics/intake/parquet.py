"""Parquet files to a text table: every value in the words it would have in a CSV, so that all readers read it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import polars as pl

from smmetrics.api.errors import BadData
from smmetrics.intake.unpacking import fresh
from smmetrics.words import say

if TYPE_CHECKING:
    from pathlib import Path

MAGIC = b"PAR1"
CELLS = 100_000_000


def table(path: Path, folder: Path) -> Path:
    """The rows of the Parquet file at ``path`` as CSV in a private file that the caller deletes.

    Raises `BadData` where it is damaged, or claims more cells than are read.
    """
    handle, place = fresh(folder, ".csv")
    try:
        lazy = pl.scan_parquet(path, glob=False)
        schema = lazy.collect_schema()
        cells = int(lazy.select(pl.len()).collect().item()) * len(schema)
        _check(cells)
        with open(handle, "wb") as file:  # noqa: PTH123 (a handle)
            lazy.select(_written(name, dtype) for name, dtype in schema.items()).collect().write_csv(file)
    except pl.exceptions.PolarsError as error:
        place.unlink(missing_ok=True)
        why = str(error).splitlines()[0].rstrip(".")
        raise BadData(
            say("intake.parquet.damaged", why=why), hint=say("intake.parquet.hint"), code="parquet.damaged"
        ) from error
    except BadData:
        place.unlink(missing_ok=True)
        raise
    return place


def _check(cells: int) -> None:
    if cells > CELLS:
        message = say("intake.parquet.too_large", cells=cells, most=CELLS)
        raise BadData(message, hint=say("intake.parquet.hint"), code="parquet.too_large")


def _written(name: str, dtype: pl.DataType) -> pl.Expr:
    """A column in a form that a cell can hold: lists and records as JSON, bytes as nothing that anybody reads."""
    column = pl.col(name)
    if isinstance(dtype, pl.List | pl.Array | pl.Struct):
        return column.map_elements(_as_json, return_dtype=pl.String())
    if isinstance(dtype, pl.Binary):
        return column.bin.encode("base64")
    if isinstance(dtype, pl.Datetime) and dtype.time_zone is not None:
        return column.dt.convert_time_zone("UTC").dt.strftime("%Y-%m-%dT%H:%M:%S%.fZ")
    if isinstance(dtype, pl.Categorical | pl.Enum | pl.Duration):
        return column.cast(pl.String())
    return column


def _as_json(value: object) -> str:
    plain = value.to_list() if isinstance(value, pl.Series) else value
    return json.dumps(plain, ensure_ascii=False, default=str)
