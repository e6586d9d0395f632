"""CSV that a person opens in a spreadsheet: a cell that would be run there begins with an apostrophe instead.

A spreadsheet takes a cell for a formula by its first sign, whatever quotes stand around it; one of another country
divides cells at semicolons or tabs. So whatever could begin a cell there is guarded too. The raw format for programs
is `machine.write_csv`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import polars as pl

from smmetrics.export.machine import csv_text

if TYPE_CHECKING:
    from pathlib import Path

GUARD = "'"
LIVE = "=+\\-@|\uff1d\uff0b\uff0d\uff20"
"""Signs that begin a formula or a call of another program, the wide ones of East Asian keyboards among them."""
_BEGINS = re.compile(rf"(^|[;\t\r\n])([\s\"'\u200b\ufeff]*)([{LIVE}])")
_BLANK = re.compile(r"^[\t\r\n]")
"""Some spreadsheets look behind a blank at the beginning."""


def guarded_text(frame: pl.DataFrame) -> str:
    """Comma-separated text in which no text and no header is live."""
    texts = [name for name, dtype in frame.schema.items() if dtype in (pl.String(), pl.List(pl.String()))]
    safe = frame.with_columns(_safe(name, frame.schema[name]) for name in texts)
    return csv_text(safe.rename({name: guarded(name) for name in safe.columns}))


def write_guarded(frame: pl.DataFrame, path: Path) -> None:
    """The same into a file, with the mark by which a spreadsheet knows its letters."""
    path.write_text(guarded_text(frame), encoding="utf-8-sig", newline="")


def guarded(text: str) -> str:
    """A text that begins no formula, wherever a cell might begin in it."""
    safe = _BEGINS.sub(rf"\1\2{GUARD}\3", text)
    return GUARD + safe if _BLANK.match(safe) else safe


def _safe(name: str, dtype: pl.DataType) -> pl.Expr:
    held = pl.col(name)
    if dtype != pl.String():
        return held.list.eval(pl.element().map_elements(guarded, return_dtype=pl.String))
    return held.map_elements(guarded, return_dtype=pl.String, skip_nulls=True)
