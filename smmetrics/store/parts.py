"""A kept table in several files, and one sealed file that says which of them belong together, and what they are.

The parts are written first, each synced and named after its content; the sealed file comes last. So a table is there
whole or not at all, and parts that did not change stand in the next state of the table as they are.
"""

from __future__ import annotations

import hashlib
import secrets
import time
from dataclasses import astuple, dataclass, field
from itertools import groupby
from os import SEEK_END
from typing import TYPE_CHECKING, Any

import polars as pl

from smmetrics.store import sealed
from smmetrics.store.files import UNWRITTEN, oldest_first, own_draft, sync, written_at

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
    from pathlib import Path

KEPT = 3
"""States of one table that stay: a reader may still hold an older head, and the next state begins with one of them."""
ABANDONED = 3_600
"""Seconds after which a part that no state names is nobody's: its writer was killed."""
SHAPE = "shape"
_ENDING = ".parts"
_MAGIC = b"PAR1"
"""How every Parquet file ends."""
_OPTIONS: dict[str, Any] = {"glob": False, "hive_partitioning": False}


@dataclass(frozen=True, slots=True)
class Part:
    """Some rows of a table: the SHA-256 of their file, and its size. ``held``: rows that could not be written."""

    name: str
    size: int
    rows: int
    held: pl.DataFrame | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Kept:
    """One state of a table: its parts in their order, what is said of it, and small frames beside it.

    The frame `SHAPE` has no rows, and all the columns that any part has.
    """

    table: str
    parts: tuple[Part, ...]
    told: Mapping[str, Any]
    frames: Mapping[str, pl.DataFrame] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        """How many rows it has."""
        return sum(part.rows for part in self.parts)


class Shelf:
    """Where tables are kept. ``still``: whether nobody in them was forgotten meanwhile; else nothing stays."""

    def __init__(self, folder: Path, still: Callable[[], bool]) -> None:
        """Nothing is read or made yet."""
        self.folder, self.still = folder, still
        self._known: dict[tuple[str, str], Kept] = {}

    def read(self, table: str, key: str) -> Kept | None:
        """A state of a table; None where it is not there, not whole, or one of its parts is gone."""
        kept = self._known.get((table, key)) or self._read(table, key)
        if kept is None or not all(part.held is not None or self._is_there(table, part) for part in kept.parts):
            self._known.pop((table, key), None)
            return None
        self._known[table, key] = kept
        return kept

    def _read(self, table: str, key: str) -> Kept | None:
        found = sealed.read(self._path(table, key), key)
        if found is None or "parts" not in found[0]:
            return None
        told, frames = found
        return Kept(table, tuple(Part(*each) for each in told.pop("parts")), told, frames)

    def former(self, table: str, of: str, imports: Collection[str]) -> Kept | None:
        """The state of a table, made ``of`` the same, with most of some imports and no other; None where none is."""
        known = frozenset(imports)
        states = ((path, sealed.told(path)) for path in reversed(self._states(table)))
        able = [(path, told) for path, told in states if told.get("of") == of and known.issuperset(told["imports"])]
        # Only one is used: no other has to be proven.
        best = sorted(able, key=lambda state: len(state[1]["imports"]), reverse=True)
        return next(filter(None, (self.read(table, _key(path)) for path, _ in best)), None)

    def put(self, table: str, rows: pl.DataFrame) -> Part:
        """Keep some rows; they count once a state names them."""
        try:
            part = self._put(table, rows)
        except UNWRITTEN:  # a workspace on a read-only or full disk can still be read
            part = None
        return part or Part(secrets.token_hex(20), 0, rows.height, held=rows)

    def write(self, key: str, kept: Kept) -> None:
        """Let a state count, if all its parts could be written; what no state names any more goes."""
        self._known[kept.table, key] = kept
        if any(part.held is not None for part in kept.parts):
            return
        parts = [astuple(part)[:3] for part in kept.parts]
        sealed.write(self._path(kept.table, key), key, {**kept.told, "parts": parts}, kept.frames, self.still)
        self._sweep(kept.table)

    def scan(self, kept: Kept, parts: Iterable[Part]) -> pl.LazyFrame:
        """The rows of some parts in their order; columns that one of them lacks are null there."""
        shape = kept.frames[SHAPE]
        frames = [shape.lazy()]
        for written, several in groupby(parts, key=lambda part: part.held is None):
            if written:
                files = [self._file(kept.table, part) for part in several]
                frames.append(pl.scan_parquet(files, schema=shape.schema, missing_columns="insert", **_OPTIONS))
            else:
                frames += [part.held.lazy() for part in several if part.held is not None]
        return frames[1] if len(frames) == 2 else pl.concat(frames, how="diagonal")  # noqa: PLR2004 (the shape and one)

    def load(self, kept: Kept, part: Part) -> pl.DataFrame:
        """The rows of one part."""
        return part.held if part.held is not None else pl.read_parquet(self._file(kept.table, part), **_OPTIONS)

    def _put(self, table: str, rows: pl.DataFrame) -> Part | None:
        self.folder.mkdir(exist_ok=True)
        with own_draft(self.folder / f"{table}.parquet") as draft:
            rows.write_parquet(draft, compression="lz4")
            with draft.open("rb") as file:
                name = hashlib.file_digest(file, "sha256").hexdigest()[:40]
            part = Part(name, draft.stat().st_size, rows.height)
            sync(draft)
            draft.replace(self._file(table, part))
        if self.still():
            return part
        self._file(table, part).unlink(missing_ok=True)
        return None

    def _is_there(self, table: str, part: Part) -> bool:
        try:
            with self._file(table, part).open("rb") as file:
                return file.seek(-len(_MAGIC), SEEK_END) == part.size - len(_MAGIC) and file.read() == _MAGIC
        except OSError:
            return False

    def _sweep(self, table: str) -> None:
        """Of a table the newest states stay, and their parts."""
        states = self._states(table)
        gone, stay = states[:-KEPT], states[-KEPT:]
        named = {name for path in stay for name in _files(table, path)}
        left = {name for path in gone for name in _files(table, path)} - named
        for path in gone:
            path.unlink(missing_ok=True)
        for path in self.folder.glob(f"{table}-*.part"):
            if path.name in left or (path.name not in named and time.time() - written_at(path) / 1e9 > ABANDONED):
                path.unlink(missing_ok=True)

    def _states(self, table: str) -> list[Path]:
        return oldest_first(self.folder, f"{table}-*{_ENDING}")

    def _path(self, table: str, key: str) -> Path:
        return self.folder / f"{table}-{key}{_ENDING}"

    def _file(self, table: str, part: Part) -> Path:
        return self.folder / _named(table, part.name)


def _named(table: str, name: str) -> str:
    return f"{table}-{name}.part"


def _key(path: Path) -> str:
    return path.name.removesuffix(_ENDING).rpartition("-")[2]


def _files(table: str, path: Path) -> Iterator[str]:
    """The names of the files that a state says are its parts."""
    return (_named(table, each[0]) for each in sealed.told(path).get("parts", ()))
