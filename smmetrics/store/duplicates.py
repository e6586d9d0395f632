"""Which records of a file bring nothing new: every row of theirs was there, with the same time and the same values.

Their rows are stored all the same. Were they dropped, undoing the import that brought them first would lose them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from smmetrics.store.fold import RECORD

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from smmetrics.store.snapshot import Snapshot

PROVENANCE = frozenset({"batch_id", "source_id", "source_kind", "adapter", "adapter_version", "observed_basis", RECORD})
_HASH = ("_h1", "_h2")


class Known:
    """The rows that are there, as 128-bit hashes: those of the store, and those of files taken in this commit."""

    def __init__(self, snapshot: Snapshot, *, gone: Collection[tuple[str, str]] = ()) -> None:
        """Nothing is read before a file asks for it. ``gone``: batches and sources whose rows do not count."""
        self._snapshot = snapshot
        self._gone = gone
        self._taken: dict[str, list[pl.DataFrame]] = {}

    def count(self, tables: Mapping[str, Callable[[], Iterable[pl.DataFrame]]]) -> int:
        """How many records of a file bring nothing new; the file's rows, given in parts, are known from now on."""
        seen = [marks for table, parts in tables.items() if (marks := self._seen(table, parts())) is not None]
        if not seen or not any(marks.get_column("old").any() for marks in seen):
            return 0
        fresh = pl.concat(marks.filter(~pl.col("old")).get_column(RECORD) for marks in seen).n_unique()
        return pl.concat(marks.get_column(RECORD) for marks in seen).n_unique() - fresh

    def _seen(self, table: str, parts: Iterable[pl.DataFrame]) -> pl.DataFrame | None:
        """For each row its record, and whether such a row was there before this record; None for rows of no record."""
        hashed, said = [], _Said()
        for part in parts:
            if not _by_record(part):
                return None
            said.add(part)
            hashed.append(_hashed(part))
        if not hashed:
            return None
        rows = pl.concat(hashed)
        taken = self._taken.setdefault(table, [])
        earlier = [*self._stored(table, said), *([pl.concat(taken)] if taken else [])]
        _add(taken, rows.select(_HASH))
        if rows.get_column(_HASH[0]).n_unique() == rows.height:
            marked = rows.with_columns(pl.lit(value=False).alias("old"))
        else:
            marked = rows.with_columns((pl.col(RECORD) > pl.col(RECORD).min().over(_HASH)).alias("old"))
        for there in earlier:
            if there.height:
                known = there.unique().with_columns(pl.lit(value=True).alias("there"))
                marked = marked.join(known, on=_HASH, how="left", maintain_order="left")
                marked = marked.with_columns(pl.col("old") | pl.col("there").fill_null(value=False)).drop("there")
        return marked.select(RECORD, "old")

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


def _add(taken: list[pl.DataFrame], rows: pl.DataFrame) -> None:
    """Add hashes to those taken, joined with the last ones as long as these are no more: many files make few frames."""
    while taken and taken[-1].height <= rows.height:
        rows = pl.concat([taken.pop(), rows], rechunk=True)
    taken.append(rows)


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


def _by_record(frame: pl.DataFrame) -> bool:
    return RECORD in frame.columns and frame.get_column(RECORD).null_count() < frame.height


def _hashed(frame: pl.DataFrame) -> pl.DataFrame:
    values = frame.select(sorted(set(frame.columns) - PROVENANCE))
    hashes = {name: values.hash_rows(seed=seed) for seed, name in enumerate(_HASH, start=1)}
    return frame.select(RECORD).with_columns(**hashes)
