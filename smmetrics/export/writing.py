"""One verb: write a frame in a format, to a file or as text. Which format, and where its code is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smmetrics.api.errors import UserMistake

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import polars as pl

FORMATS: tuple[str, ...] = ("table", "csv", "csv-sheet", "json", "parquet", "xlsx")
FILES_ONLY = frozenset({"parquet", "xlsx"})
SUFFIXES: Mapping[str, str] = {
    ".txt": "table",
    ".csv": "csv",
    ".json": "json",
    ".parquet": "parquet",
    ".xlsx": "xlsx",
}


def format_for(fmt: str | None, out: Path | None) -> str:
    """The format asked for, else the one the file's name ends with, else a table for reading.

    Raises `UserMistake` for a format or an ending nobody knows, and for a file format without a file.
    """
    chosen = fmt or (SUFFIXES.get(out.suffix.lower()) if out else "table")
    if chosen is None:
        message = f"{out} does not say which format to write."
        hint = f"End its name with one of {', '.join(SUFFIXES)}, or add --format."
        raise UserMistake(message, hint=hint, code="format.unknown")
    if chosen not in FORMATS:
        message = f"There is no format {chosen!r}."
        raise UserMistake(message, hint=f"Known: {', '.join(FORMATS)}.", code="format.unknown")
    if chosen in FILES_ONLY and out is None:
        message = f"{chosen} is no text, it needs a file."
        raise UserMistake(message, hint=f"Add --out readings.{chosen}.", code="format.needs_file")
    return chosen


def write(
    frame: pl.DataFrame,
    fmt: str | None = None,
    out: Path | None = None,
    *,
    provenance: Mapping[str, object] | None = None,
    terminal: bool | None = None,
) -> str | None:
    """Write readings or rows. Returns the text where ``out`` is None, else None.

    Files appear whole or not at all, and the same frame gives the same bytes. ``provenance``, what the rows were made
    from, goes into ``<out>.provenance.json`` beside the file.
    ``terminal`` says whether a person looks at the text (default: whether standard output is a terminal).
    """
    chosen = format_for(fmt, out)
    if out is None:
        return _text(frame, chosen, terminal=terminal)
    from smmetrics.export.files import write_file  # noqa: PLC0415 (only when a file is written)

    write_file(frame, chosen, out, provenance=provenance)
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
