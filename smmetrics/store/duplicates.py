"""Which records of a file bring nothing new: every row of theirs was there, with the same time and the same values.

Their rows are stored all the same. Were they dropped, undoing the import that brought them first would lose them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from smmetrics.tables.stamping import RECORD

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from smmetrics.store.snapshot import Snapshot

    Rows = Mapping[str, Callable[[], Iterable[pl.DataFrame]]]
    """A file's rows by table, as they are stored, in parts."""

PROVENANCE = frozenset({"batch_id", "source_id", "source_kind", "adapter", "adapter_version", "observed_basis", RECORD})
TOGETHER = 1 << 17
"""Rows that are hashed in one go: those of many small files."""
AT = "_at"
ROOM = 1 << 40
"""More records than any file has: with it a file's number and a record's make one number that puts them in order."""
_HASH = ("_h1", "_h2")


class Known:
    """The rows that are there, as 128-bit hashes: those of the store, and those of files taken in this commit."""

    def __init__(self, snapshot: Snapshot, *, gone: Collection[tuple[str, str]] = ()) -> None:
        """Nothing is read before a file asks for it. ``gone``: batches and sources whose rows do not count."""
        self._snapshot = snapshot
        self._gone = gone

    def counts(self, files: Sequence[Rows]) -> list[int]:
        """How many records of each file bring nothing new: neither to the store nor to the files before it."""
        tables = sorted({table for file in files for table in file})
        marks = [each for table in tables if (each := self._marks(table, files)) is not None]
        if not marks:
            return [0] * len(files)
        records = pl.concat(marks).group_by(AT).agg(pl.col("old").all())
        old = records.filter("old").select(pl.col(AT) // ROOM).to_series().value_counts()
        found = dict(old.iter_rows())
        return [found.get(number, 0) for number in range(len(files))]

    def _marks(self, table: str, files: Sequence[Rows]) -> pl.DataFrame | None:
        """For each row of a table its file and record, and whether such a row was there before; of records only."""
        said = _Said()
        hashed = [_hashed(piece) for piece in _gathered(table, files, said)]
        if not hashed:
            return None
        rows = pl.concat(hashed)
        once = rows.get_column(_HASH[0]).n_unique() == rows.height
        old = pl.lit(value=False) if once else pl.col(AT) > pl.col(AT).min().over(_HASH)
        marked = rows.with_columns(old.alias("old"))
        there = [
            piece.join(rows, on=_HASH, how="semi").unique().with_columns(there=True)
            for piece in self._stored(table, said)
        ]
        if any(piece.height for piece in there):
            known = pl.concat(there).unique()
            marked = marked.join(known, on=_HASH, how="left", maintain_order="left")
            marked = marked.with_columns(pl.col("old") | pl.col("there").fill_null(value=False))
        return marked.select(AT, "old")

    def _stored(self, table: str, said: _Said) -> Iterator[pl.DataFrame]:
        """Hashes of stored rows that could be equal: a row observed at another time is another observation."""
        if table not in self._snapshot.head.tables:
            return
        rows = self._snapshot.observations(table)
        for name, values in said.values.items():
            rows = rows.filter(pl.col(name).is_in(values.implode(), nulls_equal=True))
        for batch, source in self._gone:
            rows = rows.filter((pl.col("batch_id") != batch) | (pl.col("source_id") != source))
        for piece in rows.select(said.columns).collect_batches():
            yield _hashed(piece).select(_HASH)


class _Said:
    """Which columns the rows have, and what they say of those that narrow the search."""

    def __init__(self) -> None:
        self.columns: list[str] = []
        self.values: dict[str, pl.Series] = {}

    def add(self, part: pl.DataFrame) -> None:
        """Note what a part of the rows says."""
        self.columns = part.columns
        for name in {"platform", "observed_at"} & set(part.columns):
            values = part.get_column(name).unique()
            known = self.values.get(name)
            self.values[name] = values if known is None else pl.concat([known, values]).unique()


def _gathered(table: str, files: Sequence[Rows], said: _Said) -> Iterator[pl.DataFrame]:
    """A table's rows of all files, small ones together, with file and record in one number."""
    waiting: list[pl.DataFrame] = []
    rows = 0
    for number, file in enumerate(files):
        for part in file[table]() if table in file else ():
            if RECORD not in part.columns or part.get_column(RECORD).null_count() == part.height:
                continue
            at = (part.get_column(RECORD) + number * ROOM).alias(AT)
            waiting.append(part.hstack([at]))
            rows += part.height
            if rows >= TOGETHER:
                yield _together(waiting, said)
                waiting, rows = [], 0
    if waiting:
        yield _together(waiting, said)


def _together(parts: list[pl.DataFrame], said: _Said) -> pl.DataFrame:
    rows = pl.concat(parts).filter(pl.col(AT).is_not_null())
    said.add(rows.drop(AT))
    return rows


def _hashed(frame: pl.DataFrame) -> pl.DataFrame:
    values = frame.select(sorted(set(frame.columns) - PROVENANCE - {AT}))
    hashes = {name: values.hash_rows(seed=seed) for seed, name in enumerate(_HASH, start=1)}
    return frame.select(pl.col(AT) if AT in frame.columns else RECORD).with_columns(**hashes)
