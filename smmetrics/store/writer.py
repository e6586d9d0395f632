"""Changing the store: many tables, one commit. Whatever kills the writer, the old state or the new one is there."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

import polars as pl

from smmetrics.api.errors import PluginFault, UserMistake
from smmetrics.store import delta, head, sources
from smmetrics.store.duplicates import Known
from smmetrics.store.files import sync
from smmetrics.store.forgetting.arriving import without
from smmetrics.store.forgetting.digests import Forgotten
from smmetrics.store.head import Head
from smmetrics.store.ledger import (
    IMPORTS,
    QUARANTINE,
    ImportBatch,
    ImportRow,
    import_frame,
    quarantine_frame,
    row_of,
    rows_of,
)
from smmetrics.store.snapshot import Snapshot
from smmetrics.tables.parted import Parted, parts
from smmetrics.tables.schema import FEW
from smmetrics.tables.stamping import stamped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from smmetrics.api.facts import Table

Steps = Callable[[str], None]
"""Told the name of each step as it is reached; tests end the process there."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Writer:
    """One change, made while the lock is held. ``head`` is the state it starts from."""

    root: Path
    head: Head
    tables: Mapping[str, Table]
    steps: Steps
    number: int
    _small: dict[tuple[str, str], pl.DataFrame] = field(default_factory=dict)
    """Tables of small files as they are stored, by source and name: they are looked at before they are kept."""

    def commit(self, batches: Sequence[ImportBatch]) -> tuple[ImportRow, ...]:
        """Keep what is new of ``batches``; one row each, in their order. Nothing new: nothing changes.

        Who was forgotten is left out before anything is kept. Of a file that came in before, a copy is kept again where
        it is gone, unless any part of it holds somebody who was forgotten.
        """
        forgotten = Forgotten.of(self.root)
        if forgotten:
            batches = [without(batch, self.tables, forgotten) for batch in batches]
            forgotten.save(self.root)
        fresh, rows = self._sort_out(batches)
        not_kept = {batch.hash for batch in batches if batch.copy is None}
        copies = {batch.hash: batch.copy for batch in batches if batch.copy is not None and batch.hash not in not_kept}
        for sha256, copy in copies.items():
            sources.keep(self.root / "sources", sha256, copy)
        if copies:
            sync(self.root / "sources")  # names of new copies, and of those whose writer was killed before this
        if not fresh:
            return tuple(row for row in rows if row is not None)
        self.steps("after_source_copy")
        made = self._made(fresh)
        versions = {name: self._append(name, pieces) for name, pieces in self._told(self._pieces(fresh, made))}
        self._finish(versions, files=tuple(batch.file for batch in fresh))
        new = iter(made)
        return tuple(row or next(new) for row in rows)

    def undo(self, import_id: str) -> ImportRow:
        """Take an import back: its rows and quarantined records go, the ledger says so. Raises `UserMistake`."""
        row = self._find(import_id)
        versions = {}
        for name in self._held(row):
            versions[name] = self._take_away(name, row)
            self.steps(f"after_table:{name}")
        ledger = import_frame([row.undone()], number=self.number)
        versions[IMPORTS] = delta.append(self.folder(IMPORTS), ledger)
        self.steps(f"after_table:{IMPORTS}")
        self._finish(versions, files=())
        return row.undone()

    def reread(self, again: Sequence[tuple[str, ImportBatch]]) -> tuple[ImportRow, ...]:
        """Take imports back and keep what was read of the same files now, in one change; the new rows, in order.

        Raises `UserMistake` where an import is unknown or was taken back before.
        """
        forgotten = Forgotten.of(self.root)
        old = [self._find(import_id) for import_id, _ in again]
        batches = [without(batch, self.tables, forgotten) if forgotten else batch for _, batch in again]
        for batch in batches:
            batch.check()
        _refuse_twins(batches)
        gone = frozenset((row.batch_id, row.source_id) for row in old)
        made = self._made(batches, gone=gone)
        versions: dict[str, int] = {}
        for row in old:
            versions |= {name: self._take_away(name, row) for name in self._held(row)}
        self.steps("after_taking_back")
        taken = [replace(row.undone(), reason=f"read again as {new.id}") for row, new in zip(old, made, strict=True)]
        for name, pieces in self._told(self._pieces(batches, made)):
            rows = iter([import_frame([*taken, *made], number=self.number)]) if name == IMPORTS else pieces
            version = self._append(name, rows)
            versions[name] = version if version >= 0 else versions[name]
        self._finish(versions, files=tuple(batch.file for batch in batches))
        return tuple(made)

    def _held(self, row: ImportRow) -> list[str]:
        """The tables in which an import has rows."""
        names = [*json.loads(row.tables), *([QUARANTINE] if row.quarantined else [])]
        return [name for name in sorted(names) if name in self.head.tables]

    def _take_away(self, name: str, row: ImportRow) -> int:
        return delta.take_away(self.folder(name), batch_id=row.batch_id, source_id=row.source_id)

    def _sort_out(self, batches: Iterable[ImportBatch]) -> tuple[list[ImportBatch], list[ImportRow | None]]:
        """What is new, and for each batch the row it already has (None where it is new)."""
        ledger = rows_of(self._snapshot().imports())
        first = {row.identity: row for row in ledger if row.status == "imported"}
        fresh: list[ImportBatch] = []
        rows: list[ImportRow | None] = []
        for batch in batches:
            batch.check()
            if batch.identity not in first:
                fresh.append(batch)
                first[batch.identity] = self._row(batch, len(fresh))
                rows.append(None)
            else:
                rows.append(_again(first[batch.identity], batch))
        _refuse_twins(fresh)
        return fresh, rows

    def _made(self, fresh: Sequence[ImportBatch], *, gone: frozenset[tuple[str, str]] = frozenset()) -> list[ImportRow]:
        """The ledger's rows of new files, with how many of their records bring nothing new.

        ``gone``: batches and sources whose rows are about to go, so that nothing is known by them.
        """
        files = [{name: partial(self._parts, batch, name) for name in batch.frames} for batch in fresh]
        counts = Known(self._snapshot(), gone=gone).counts(files)
        return [
            self._row(batch, part, duplicate=duplicate)
            for part, (batch, duplicate) in enumerate(zip(fresh, counts, strict=True), start=1)
        ]

    def _pieces(
        self, fresh: Sequence[ImportBatch], made: Sequence[ImportRow]
    ) -> Iterator[tuple[str, Iterator[pl.DataFrame]]]:
        """All rows of all files by table, in pieces that fit into memory; the ledger's own rows last."""
        set_aside = [quarantine_frame(batch, row) for batch, row in zip(fresh, made, strict=True) if row.quarantined]
        names = {name for row in made for name in json.loads(row.tables)}
        for name in sorted({*names, QUARANTINE} if set_aside else names):
            yield name, iter([pl.concat(set_aside)]) if name == QUARANTINE else self._together(fresh, name)
        yield IMPORTS, iter([import_frame(made, number=self.number)])

    def _together(self, fresh: Sequence[ImportBatch], name: str) -> Iterator[pl.DataFrame]:
        """A table's rows of all files: those of small files in one piece, those of a large one part by part."""
        small: list[pl.DataFrame] = []
        for batch in fresh:
            if name not in batch.frames:
                continue
            if isinstance(batch.frames, Parted):
                yield from self._parts(batch, name)
            else:
                small += self._parts(batch, name)
        if small:
            yield pl.concat(small)

    def _parts(self, batch: ImportBatch, name: str) -> Iterator[pl.DataFrame]:
        """A table's rows of one file as they are stored."""
        key = (batch.source_id, name)
        if key in self._small:
            yield self._small[key]
            return
        for part in parts(batch.frames, name):
            if part.height:
                shaped = self._shaped(batch, name, part)
                if part.height <= FEW and not isinstance(batch.frames, Parted):
                    self._small[key] = shaped
                yield shaped

    def _append(self, name: str, pieces: Iterator[pl.DataFrame]) -> int:
        """Add rows to a table; the version that has them all."""
        version = self.head.tables.get(name, -1)
        for piece in pieces:
            version = delta.append(self.folder(name), piece)
        return version

    def _shaped(self, batch: ImportBatch, name: str, frame: pl.DataFrame) -> pl.DataFrame:
        """Rows as they are stored: declared columns only, where they came from, and their record."""
        if name not in self.tables:
            message = f"no table {name!r} is declared"
            raise PluginFault(message, where=batch.file, hint="Is its plugin installed?", code="table.undeclared")
        said = {
            "batch_id": self.batch_id,
            "source_id": batch.source_id,
            "adapter": batch.adapter,
            "adapter_version": batch.adapter_version,
        }
        return stamped(frame, self.tables[name], said)

    def _told(
        self, tables: Iterable[tuple[str, Iterator[pl.DataFrame]]]
    ) -> Iterator[tuple[str, Iterator[pl.DataFrame]]]:
        """The tables one by one, each named as a step once its rows are written."""
        for name, pieces in tables:
            yield name, pieces
            self.steps(f"after_table:{name}")

    def _finish(self, versions: Mapping[str, int], *, files: tuple[str, ...]) -> None:
        """Make everything lasting, then let it count."""
        tables = dict(self.head.tables)
        for name, version in versions.items():
            folder, before = self.folder(name), self.head.tables.get(name, -1)
            tables[name] = delta.compact(folder, version)
            delta.make_lasting(folder, range(before + 1, tables[name] + 1))
        sync(self.root / "store")  # the names of new tables' folders
        self.steps("before_head_write")
        folders = self.head.folders
        new = Head(number=self.number, tables=tables, folders=folders, batch=self.batch_id, files=files)
        head.write(self.root / "store", new, self.steps)

    def folder(self, table: str) -> Path:
        """Where a table's rows are."""
        return self.root / "store" / self.head.folder(table)

    @property
    def batch_id(self) -> str:
        """The word for everything this change stores."""
        return f"b{self.number}"

    def _row(self, batch: ImportBatch, part: int, duplicate: int = 0) -> ImportRow:
        now = datetime.now(UTC)
        import_id = f"{self.batch_id}-{part}"
        return row_of(batch, import_id=import_id, batch_id=self.batch_id, at=now, duplicate=duplicate)

    def _find(self, import_id: str) -> ImportRow:
        rows = {row.id: row for row in rows_of(self._snapshot().imports())}
        if import_id not in rows:
            known = ", ".join(list(rows)[-5:]) or "none yet"
            message = f"There is no import {import_id!r}."
            raise UserMistake(message, hint=f"See smmetrics imports; the latest are: {known}.", code="import.unknown")
        row = rows[import_id]
        if row.status == "undone":
            message = f"The import {import_id} ({row.file}) was taken back before."
            raise UserMistake(message, hint="There is nothing left to undo.", code="import.undone")
        return row

    def _snapshot(self) -> Snapshot:
        return Snapshot(self.root, self.head, self.tables)


def _again(row: ImportRow, batch: ImportBatch) -> ImportRow:
    """What a file that came in before is answered with: its first id, and nothing new."""
    again = replace(row, status="duplicate", file=batch.file, reason=f"imported before as {row.id}")
    return replace(again, kept=0, duplicate=row.kept + row.duplicate)


def _refuse_twins(fresh: Sequence[ImportBatch]) -> None:
    """One file read in two ways in one go could not be told apart afterwards, nor one of the two be undone."""
    seen: set[str] = set()
    for batch in fresh:
        if batch.source_id in seen:
            message = f"{batch.file} is here twice with different answers."
            raise UserMistake(message, hint="Import one after the other.", code="import.twins")
        seen.add(batch.source_id)
