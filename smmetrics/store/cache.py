"""Tables kept as Parquet. Disposable: absent, damaged or of another version, they are made again."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import polars as pl

from smmetrics.store import fold
from smmetrics.store.delta import entry
from smmetrics.store.files import UNWRITTEN, oldest_first, own_draft, sync
from smmetrics.tables.schema import written

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from smmetrics.api.facts import Table

KEPT = 3
"""Versions of one table that stay: a reader may still hold an older head."""


def name_of(folder: Path, version: int, table: Table) -> str:
    """A name that changes with the rows, with what the table declares and with the fold.

    The log entry's own bytes stand for the rows: a version number may come again after a batch was lost.
    """
    parts = (entry(folder, version).read_bytes(), written(table).encode(), str(fold.VERSION).encode())
    return hashlib.sha256(b"|".join(parts)).hexdigest()[:24]


def kept(path: Path, make: Callable[[], pl.DataFrame | pl.LazyFrame]) -> pl.LazyFrame:
    """The frame kept under this path, or made now and kept. Where it cannot be kept it is used all the same.

    A lazy frame is written as it is computed, so that it may be larger than memory.
    """
    if not _readable(path):
        frame = make()
        try:
            _keep(path, frame.lazy())
        except UNWRITTEN:
            return frame.lazy()  # a workspace on a read-only or full disk can still be read
    return pl.scan_parquet(path, glob=False, hive_partitioning=False)


def _readable(path: Path) -> bool:
    if not path.is_file():
        return False
    try:
        pl.read_parquet_schema(path)
    except (pl.exceptions.PolarsError, OSError):
        return False
    return True


def _keep(path: Path, frame: pl.LazyFrame) -> None:
    """Write beside and rename, synced; of one table's older versions the newest stay."""
    with own_draft(path) as draft:
        frame.sink_parquet(draft, compression="lz4")
        sync(draft)
        draft.replace(path)
    table = path.name.rpartition("-")[0]
    for each in oldest_first(path.parent, f"{table}-*.parquet")[:-KEPT]:
        each.unlink(missing_ok=True)
