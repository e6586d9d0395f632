"""One verb: write a frame in a format, to a file or as text. Which format, and where its code is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from smmetrics.api.errors import UserMistake
from smmetrics.contracts.exporting import FORMATS, SUFFIXES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    import polars as pl

FILES_ONLY = frozenset({"parquet", "xlsx"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Added:
    """A format that a plugin adds: the ending of its files, and what writes one."""

    suffix: str
    writer: Callable[[pl.DataFrame, Path], None]


NONE_ADDED: Mapping[str, Added] = {}


def format_for(fmt: str | None, out: Path | None, added: Mapping[str, Added] = NONE_ADDED) -> str:
    """The format asked for, else the one the file's name ends with, else a table for reading.

    Raises `UserMistake` for a format or an ending nobody knows, and for a file format without a file.
    """
    suffixes = {**SUFFIXES, **{each.suffix: name for name, each in added.items()}}
    chosen = fmt or (suffixes.get(out.suffix.lower()) if out else "table")
    if chosen is None:
        message = f"{out} does not say which format to write."
        hint = f"End its name with one of {', '.join(suffixes)}, or add --format."
        raise UserMistake(message, hint=hint, code="format.unknown")
    known = (*FORMATS, *added)
    if chosen not in known:
        message = f"There is no format {chosen!r}."
        raise UserMistake(message, hint=f"Known: {', '.join(known)}.", code="format.unknown")
    if out is None and (chosen in FILES_ONLY or chosen in added):
        message = f"{chosen} is no text, it needs a file."
        suffix = added[chosen].suffix if chosen in added else f".{chosen}"
        raise UserMistake(message, hint=f"Add --out readings{suffix}.", code="format.needs_file")
    return chosen


def write(
    frame: pl.DataFrame,
    fmt: str | None = None,
    out: Path | None = None,
    *,
    provenance: Mapping[str, object] | None = None,
    terminal: bool | None = None,
    added: Mapping[str, Added] = NONE_ADDED,
) -> str | None:
    """Write readings or rows. Returns the text where ``out`` is None, else None.

    Files appear whole or not at all, and the same frame gives the same bytes. ``provenance``, what the rows were made
    from, goes into ``<out>.provenance.json`` beside the file.
    ``terminal`` says whether a person looks at the text (default: whether standard output is a terminal). ``added``:
    the plugins' formats by name.
    """
    chosen = format_for(fmt, out, added)
    if out is None:
        return _text(frame, chosen, terminal=terminal)
    from smmetrics.export.files import write_file  # noqa: PLC0415 (only when a file is written)

    writer = added[chosen].writer if chosen in added else None
    write_file(frame, chosen, out, provenance=provenance, writer=writer)
    return None


def _text(frame: pl.DataFrame, fmt: str, *, terminal: bool | None) -> str:
    if fmt == "table":
        from smmetrics.export.table import table_text  # noqa: PLC0415 (each format loads its own)

        return table_text(frame, terminal=terminal)
    if fmt == "csv-sheet":
        from smmetrics.export.guarded import guarded_text  # noqa: PLC0415 (each format loads its own)

        return guarded_text(frame)
    from smmetrics.export import machine  # noqa: PLC0415 (each format loads its own)

    return machine.csv_text(frame) if fmt == "csv" else machine.json_text(frame)
