"""Which records of a file bring nothing new: every row of theirs was there, with the same time and the same values.

Their rows are stored all the same. Were they dropped, undoing the import that brought them first would lose them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from smmetrics.store.fold import RECORD

if TYPE_CHECKING:
    from collections.abc import Mapping

    from smmetrics.store.snapshot import Snapshot

PROVENANCE = frozenset({"batch_id", "source_id", "source_kind", "adapter", "adapter_version", "observed_basis", RECORD})
_HASH = ("_h1", "_h2")


class Known:
    """The rows that are there, as 128-bit hashes: those of the store, and those of files taken in this commit."""

    def __init__(self, snapshot: Snapshot) -> None:
        """Nothing is read before a file asks for it."""
        self._snapshot = snapshot
        self._taken: dict[str, list[pl.DataFrame]] = {}

    def count(self, frames: Mapping[str, pl.DataFrame]) -> int:
        """How many records of a file bring nothing new; the file's rows are known from now on."""
        seen = [self._seen(table, frame) for table, frame in frames.items() if _by_record(frame)]
        if not seen:
            return 0
        old = pl.concat(seen).group_by(RECORD).agg(pl.col("old").all())
        return old.filter("old").height

    def _seen(self, table: str, frame: pl.DataFrame) -> pl.DataFrame:
        """For each row its record, and whether such a row was there before this record."""
        rows = _hashed(frame)
        earlier = [*self._stored(table, frame), *self._taken.get(table, ())]
        self._taken.setdefault(table, []).append(rows.select(_HASH))
        first = pl.col(RECORD).min().over(_HASH)
        marked = rows.with_columns((pl.col(RECORD) > first).alias("old"))
        if earlier:
            there = pl.concat(earlier).unique().with_columns(pl.lit(value=True).alias("there"))
            marked = marked.join(there, on=_HASH, how="left")
            marked = marked.with_columns(pl.col("old") | pl.col("there").fill_null(value=False))
        return marked.select(RECORD, "old")

    def _stored(self, table: str, frame: pl.DataFrame) -> list[pl.DataFrame]:
        """Stored rows that could be equal: a row observed at another time is another observation."""
        rows = self._snapshot.observations(table)
        for name in {"platform", "observed_at"} & set(frame.columns):
            rows = rows.filter(pl.col(name).is_in(frame.get_column(name).unique().implode(), nulls_equal=True))
        return [_hashed(rows.select(frame.columns).collect()).select(_HASH)]


def _by_record(frame: pl.DataFrame) -> bool:
    return RECORD in frame.columns and frame.get_column(RECORD).null_count() < frame.height


def _hashed(frame: pl.DataFrame) -> pl.DataFrame:
    values = frame.select(sorted(set(frame.columns) - PROVENANCE))
    hashes = {name: values.hash_rows(seed=seed) for seed, name in enumerate(_HASH, start=1)}
    return frame.select(RECORD).with_columns(**hashes)
