"""The store as one head has it: nothing a writer does later changes what is read here."""

from __future__ import annotations

import json
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING

import polars as pl

from smmetrics.api.errors import PluginFault
from smmetrics.store import cache, delta, head, sources
from smmetrics.store.fold import conflicts, fold_key, nothing, stored_columns
from smmetrics.store.folded import Folded, of_imports
from smmetrics.store.ledger import IMPORT_SCHEMA, IMPORTS, QUARANTINE, QUARANTINE_SCHEMA, latest
from smmetrics.store.parts import Shelf

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

    from smmetrics.api.facts import Table
    from smmetrics.store.head import Head

CONTENT = ("sha256", "member", "source_id", "kind", "adapter_version", "answers", "observed_at", "forgotten", "tables")
"""Of an import: what its rows follow from. Not when it came in, nor how much of it was known by then."""


class Snapshot:
    """Observations and current tables at one head. Takes no lock; may be used while others write."""

    def __init__(self, root: Path, head: Head, tables: Mapping[str, Table]) -> None:
        """``tables`` are the tables that are declared, plugins' included."""
        self.root = root
        self.head = head
        self._tables = tables

    @property
    def number(self) -> int:
        """The head's number: it grows with every change."""
        return self.head.number

    @property
    def tables(self) -> Mapping[str, Table]:
        """The tables declared, whether or not anything is in them."""
        return self._tables

    def observations(self, table: str) -> pl.LazyFrame:
        """Every row ever stored of a table, with where it came from and ``record``, its record's number."""
        declared = self._declared(table)
        version = self.head.tables.get(table)
        if version is None:
            return pl.LazyFrame(schema=stored_columns(declared))
        return _shaped(delta.scan(self._folder(table), version), stored_columns(declared))

    def current(self, table: str) -> pl.LazyFrame:
        """What is so now: one row a key, each column its newest reported value, sorted by key."""
        declared = self._declared(table)
        version = self.head.tables.get(table)
        if version is None:
            return nothing(declared)
        key = cache.name_of(self._folder(table), version, declared)
        folded = Folded(self.shelf, declared, self.head.folder(table), self.origins)
        return folded.rows(key, lambda: self.observations(table))

    def brought(self, table: str, imports: Collection[str]) -> pl.LazyFrame:
        """The observations that some imports brought, by their names in `origins`."""
        return of_imports(self.observations(table), [self.origins[name] for name in imports])

    @cached_property
    def shelf(self) -> Shelf:
        """Where tables made of these rows are kept."""
        return Shelf(self.root / "cache", self.still)

    @cached_property
    def origins(self) -> dict[str, tuple[str, str]]:
        """By a name for it, batch and source of each import that counts: what its rows bear.

        The name is of all that is known of an import, so that no other ever has it, whatever backup was put back.
        """
        counting = self.imports().filter(pl.col("status") == "imported").iter_rows(named=True)
        return {
            sha256(json.dumps(row, default=str).encode()).hexdigest()[:24]: (row["batch_id"], row["source_id"])
            for row in counting
        }

    def key(self, table: str) -> tuple[str, ...]:
        """What tells rows of `current` apart."""
        return fold_key(self._declared(table))

    def conflicts(self, table: str) -> pl.DataFrame:
        """How often sources contradict each other about one thing at one time: ``column``, ``n``."""
        return conflicts(self.observations(table), self._declared(table))

    def imports(self) -> pl.DataFrame:
        """One row an import, as it stands now, in the order in which they came in."""
        return self._imports

    def content(self) -> list[list[str]]:
        """What is in the tables, in a word: every import that counts and what it brought, and what was written anew.

        Equal for the same files in any order, whatever came in between and was taken back.
        """
        counting = self.imports().filter(pl.col("status") == "imported").iter_rows(named=True)
        brought = sorted([str(row[name]) for name in CONTENT] for row in counting)
        return [*brought, *([name, folder] for name, folder in sorted(self.head.folders.items()))]

    @cached_property
    def rows(self) -> dict[str, str]:
        """By table, a name for the very rows that are stored: its log entry, which names its files."""
        entries = {name: delta.entry(self._folder(name), version) for name, version in self.head.tables.items()}
        return {name: sha256(path.read_bytes()).hexdigest()[:32] for name, path in sorted(entries.items())}

    def still(self) -> bool:
        """Whether nobody who is in these rows was forgotten meanwhile: only then what follows from them may be kept."""
        return dict(head.read(self.root / "store").folders) == dict(self.head.folders)

    def quarantine(self) -> pl.DataFrame:
        """One row a record that could not be taken."""
        version = self.head.tables.get(QUARANTINE)
        if version is None:
            return pl.DataFrame(schema=QUARANTINE_SCHEMA)
        rows = delta.scan(self._folder(QUARANTINE), version).collect()
        return rows.select(*QUARANTINE_SCHEMA).sort("batch_id", "import_id", "record")

    def source_bytes(self, source_id: str) -> bytes:
        """A file as it came in. Raises `UserMistake` where no copy was kept."""
        return sources.read(self.root / "sources", source_id.partition("#")[0])

    @cached_property
    def _imports(self) -> pl.DataFrame:
        version = self.head.tables.get(IMPORTS)
        if version is None:
            return pl.DataFrame(schema=IMPORT_SCHEMA)
        return latest(delta.scan(self._folder(IMPORTS), version).collect())

    def _folder(self, table: str) -> Path:
        return self.root / "store" / self.head.folder(table)

    def _declared(self, table: str) -> Table:
        if table not in self._tables:
            message = f"no table {table!r} is declared; there are {', '.join(self._tables)}"
            raise PluginFault(message, code="table.undeclared")
        return self._tables[table]


def _shaped(rows: pl.LazyFrame, columns: Mapping[str, pl.DataType]) -> pl.LazyFrame:
    """All declared columns in their order; those nothing ever filled are null. Columns of removed plugins stay out."""
    there = rows.collect_schema()
    return rows.select(
        pl.col(name).cast(dtype) if name in there else pl.lit(None, dtype=dtype).alias(name)
        for name, dtype in columns.items()
    )
