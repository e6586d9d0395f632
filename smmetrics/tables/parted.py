"""Rows by table in parts, so that a file larger than the memory can pass: what is too much waits on disk as Parquet."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from pathlib import Path

ENOUGH, PART = 192 << 20, 48 << 20
"""Bytes of rows that are kept in memory before they are written down, and about as many as are read back at once."""
Finish = Callable[[str, pl.DataFrame], pl.DataFrame]


@dataclass(slots=True)
class Gathering:
    """Rows by table while they come in. ``folder`` is where parts wait."""

    folder: Path
    paths: dict[str, list[Path]] = field(default_factory=dict)
    _frames: dict[str, list[pl.DataFrame]] = field(default_factory=dict)
    _held: int = 0

    def add(self, name: str, frame: pl.DataFrame) -> None:
        """Take rows of a table; what was there before may go to disk."""
        self._frames.setdefault(name, []).append(frame)
        self._held += int(frame.estimated_size())
        if self._held > ENOUGH:
            self._write_down()

    def done(self, finish: Finish) -> Mapping[str, pl.DataFrame]:
        """All rows, each part finished: as frames where all of them fitted in, else as `Parted`."""
        if not self.paths:
            return {name: finish(name, _together(frames)) for name, frames in self._frames.items()}
        self._write_down()
        return Parted(self.paths, finish)

    def drop(self) -> None:
        """Forget everything, on disk too."""
        for path in (path for paths in self.paths.values() for path in paths):
            path.unlink(missing_ok=True)
        self.paths, self._frames, self._held = {}, {}, 0

    def _write_down(self) -> None:
        for name, frames in self._frames.items():
            paths = self.paths.setdefault(name, [])
            for group in _groups(frames):
                path = self.folder / f"rows-{id(self):x}-{name}-{len(paths)}.parquet"
                _together(group).write_parquet(path, compression="lz4", statistics=False)
                paths.append(path)
        self._frames, self._held = {}, 0


class Parted(Mapping[str, pl.DataFrame]):
    """Tables whose rows wait on disk. As a mapping it gives whole tables; `parts` gives them a part at a time."""

    def __init__(self, paths: Mapping[str, list[Path]], finish: Finish) -> None:
        self._paths = dict(paths)
        self._finish = finish
        self._small: dict[str, pl.DataFrame] = {}

    def __getitem__(self, name: str) -> pl.DataFrame:
        return pl.concat(self.parts(name)) if name not in self._small else self._small[name]

    def __contains__(self, name: object) -> bool:
        return name in self._paths or name in self._small  # a mapping's own way would read the whole table

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys((*self._paths, *self._small)))

    def __len__(self) -> int:
        return len(list(iter(self)))

    def parts(self, name: str) -> Iterator[pl.DataFrame]:
        """A table's rows in their order, one part in memory at a time."""
        if name in self._small:
            yield self._small[name]
            return
        for path in self._paths[name]:
            yield self._finish(name, pl.read_parquet(path))

    def height(self, name: str) -> int:
        """How many rows a table has."""
        if name in self._small:
            return self._small[name].height
        return sum(int(pl.scan_parquet(path).select(pl.len()).collect().item()) for path in self._paths[name])

    def put(self, name: str, frame: pl.DataFrame) -> None:
        """Put a table of few rows in the place of what is there."""
        self._small[name] = frame

    def then(self, more: Finish) -> Parted:
        """The same rows, each part finished once more when it is read."""
        finish = self._finish
        later = Parted(self._paths, lambda name, frame: more(name, finish(name, frame)))
        later._small = {name: more(name, frame) for name, frame in self._small.items()}
        return later

    def drop(self) -> None:
        """Remove what waits on disk."""
        for path in (path for paths in self._paths.values() for path in paths):
            path.unlink(missing_ok=True)


def parts(frames: Mapping[str, pl.DataFrame], name: str) -> Iterator[pl.DataFrame]:
    """The rows of one of ``frames``, a part at a time where they are `Parted`."""
    if isinstance(frames, Parted):
        yield from frames.parts(name)
    else:
        yield frames[name]


def height(frames: Mapping[str, pl.DataFrame], name: str) -> int:
    """How many rows one of ``frames`` has."""
    return frames.height(name) if isinstance(frames, Parted) else frames[name].height


def columns(frames: Mapping[str, pl.DataFrame], name: str, wanted: Sequence[str]) -> pl.DataFrame:
    """Those of ``wanted`` columns that a table has; of a table that is not there, none."""
    if name not in frames:
        return pl.DataFrame()
    return pl.concat(part.select(each for each in wanted if each in part.columns) for part in parts(frames, name))


def put(frames: Mapping[str, pl.DataFrame], name: str, frame: pl.DataFrame) -> Mapping[str, pl.DataFrame]:
    """``frames`` with one table of few rows put in."""
    if not isinstance(frames, Parted):
        return {**frames, name: frame}
    frames.put(name, frame)
    return frames


def _groups(frames: list[pl.DataFrame]) -> Iterator[list[pl.DataFrame]]:
    """Neighbours together, as many as one part may hold."""
    group: list[pl.DataFrame] = []
    size = 0
    for frame in frames:
        group.append(frame)
        size += int(frame.estimated_size())
        if size >= PART:
            yield group
            group, size = [], 0
    if group:
        yield group


def _together(frames: list[pl.DataFrame]) -> pl.DataFrame:
    """Many frames of one table as one; columns that one lacks are null."""
    return pl.concat(frames, how="diagonal_relaxed") if len(frames) > 1 else frames[0]
