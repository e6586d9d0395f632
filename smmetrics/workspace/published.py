"""A file of readings that was exported before, read back to be compared with what is said now."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import polars as pl

from smmetrics.api.errors import UserMistake
from smmetrics.engine.schema import EXPORTED
from smmetrics.words import say

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

_NEEDED = ("reading_id", "value", "state")


@dataclass(frozen=True, kw_only=True, slots=True)
class Published:
    """Readings of a file, and the provenance that was written beside it; empty where none was, or not of this file."""

    name: str
    frame: pl.DataFrame
    sha256: str
    provenance: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_part(self) -> bool:
        """Whether it holds only what had changed: what is not in it is not gone."""
        return "changed_since" in self.provenance


def published(path: Path) -> Published:
    """Read a file that `export` wrote as csv, json or parquet.

    Raises `UserMistake` where it cannot be read or holds no readings.
    """
    read = _READERS.get(path.suffix.lower())
    if read is None:
        raise UserMistake(say("exporting.suffix", file=path), hint=say("exporting.suffixes"), code="export.unreadable")
    try:
        content = path.read_bytes()
        frame = _typed(read(content))
    except (OSError, ValueError, pl.exceptions.PolarsError) as error:
        why = error.strerror if isinstance(error, OSError) else str(error).splitlines()[0]
        raise UserMistake(
            say("exporting.unreadable", file=path, why=why), hint=say("exporting.suffixes"), code="export.unreadable"
        ) from error
    absent = [name for name in _NEEDED if name not in frame.columns]
    if absent:
        raise UserMistake(
            say("exporting.no_readings", file=path, columns=", ".join(absent)),
            hint=say("exporting.suffixes"),
            code="export.unreadable",
        )
    digest = hashlib.sha256(content).hexdigest()
    return Published(name=path.name, frame=frame, sha256=digest, provenance=_note(path, digest))


def _note(path: Path, digest: str) -> Mapping[str, Any]:
    """What was written beside a file of just these bytes."""
    try:
        note = json.loads(path.with_name(path.name + ".provenance.json").read_text(encoding="utf-8"))
        told = note["provenance"] if note["sha256"] == digest else {}
    except (OSError, ValueError, KeyError, TypeError):
        return {}  # the readings speak for themselves
    return told if isinstance(told, dict) else {}


def _csv(content: bytes) -> pl.DataFrame:
    return pl.read_csv(content, infer_schema=False)


def _json(content: bytes) -> pl.DataFrame:
    rows = json.loads(content)
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        message = "it is no list of objects"
        raise ValueError(message)
    names = dict.fromkeys(name for row in rows for name in row)
    return pl.DataFrame({name: [row.get(name) for row in rows] for name in names}, strict=False)


def _typed(frame: pl.DataFrame) -> pl.DataFrame:
    """The columns of an export that are there, each of its type; from texts where a format keeps none."""
    return frame.select(
        _cast(name, frame.schema[name], dtype) for name, dtype in EXPORTED.items() if name in frame.columns
    )


def _cast(name: str, there: pl.DataType, wanted: pl.DataType) -> pl.Expr:
    if there == pl.String() and wanted == pl.Boolean():
        return pl.col(name) == "true"
    if there == pl.String() and wanted == pl.Date():
        return pl.col(name).replace("", None).str.to_date("%Y-%m-%d")
    if there == pl.String() and wanted != pl.String():
        return pl.col(name).replace("", None).cast(wanted)
    return pl.col(name).cast(wanted)


_READERS: Mapping[str, Callable[[bytes], pl.DataFrame]] = {
    ".csv": _csv,
    ".json": _json,
    ".parquet": pl.read_parquet,
}
SUFFIXES = frozenset(_READERS)
