"""Files appear whole or not at all, with the origin of their numbers beside them."""

from __future__ import annotations

import hashlib
import json
import os
from typing import TYPE_CHECKING

from smmetrics.panels.files import refusals, whole

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    import polars as pl


def write_file(
    frame: pl.DataFrame,
    fmt: str,
    out: Path,
    *,
    provenance: Mapping[str, object] | None = None,
    writer: Callable[[pl.DataFrame, Path], None] | None = None,
) -> None:
    """Write ``frame`` to ``out`` and, where ``provenance`` says where its numbers come from, a file beside it.

    ``<out>.provenance.json`` holds it with the name and SHA-256 of the file. ``writer``: what writes a format that is
    none of the core's.

    Raises `UserMistake` where the folder is not there or may not be written, `Unavailable` where the disk refuses.
    """
    write = writer or _writer(fmt)
    with refusals(out):
        with whole(out) as temporary:
            write(frame, temporary)
            digest = _sha256(temporary)
        if provenance:
            named = os.fsencode(out.name).decode(errors="backslashreplace")
            note = {"file": named, "sha256": digest, "provenance": provenance}
            with whole(out.with_name(out.name + ".provenance.json")) as temporary:
                temporary.write_text(
                    json.dumps(note, ensure_ascii=False, indent=2, default=str) + "\n", encoding="utf-8"
                )


def _writer(fmt: str) -> Callable[[pl.DataFrame, Path], None]:
    if fmt == "xlsx":
        from smmetrics.export.sheet import write_xlsx  # noqa: PLC0415 (xlsxwriter only for spreadsheets)

        return write_xlsx
    if fmt == "table":
        from smmetrics.export.table import write_table  # noqa: PLC0415 (each format loads its own)

        return write_table
    if fmt == "csv-sheet":
        from smmetrics.export.guarded import write_guarded  # noqa: PLC0415 (each format loads its own)

        return write_guarded
    from smmetrics.export import machine  # noqa: PLC0415 (each format loads its own)

    return {"csv": machine.write_csv, "json": machine.write_json, "parquet": machine.write_parquet}[fmt]


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
