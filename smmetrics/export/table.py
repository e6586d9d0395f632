"""A table for reading: aligned text for a pipe or a file, colours and rules only on a terminal.

What came from outside (texts, names) can hold codes that move a terminal's cursor or turn its writing around:
none of them reaches the output.
"""

from __future__ import annotations

import json
import sys
import unicodedata
from io import StringIO
from typing import TYPE_CHECKING

from smmetrics.export import readings
from smmetrics.export.machine import iso
from smmetrics.export.runs import stretches
from smmetrics.words import cut

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    import polars as pl

LONGEST = 80
"""Cells of rows longer than this are cut with an ellipsis: the table is for eyes; csv and json have all of it."""
_RIGHT = frozenset({"value", "between", "n"})
_HARMFUL = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
_KEPT = frozenset({"\u200d"})
"""The joiner in emoji is the one format character that is needed to read."""


def table_text(frame: pl.DataFrame, *, terminal: bool | None = None) -> str:
    """The frame as a table; with ``terminal`` (default: standard output is one) dressed for it."""
    headings, rows = _strings(frame)
    right = [_is_right(frame, heading) for heading in headings]
    if sys.stdout.isatty() if terminal is None else terminal:
        return _rich(headings, rows, right)
    return _plain(headings, rows, right)


def write_table(frame: pl.DataFrame, path: Path) -> None:
    """The plain form, into a file."""
    path.write_text(table_text(frame, terminal=False), encoding="utf-8")


def safe(text: str) -> str:
    """One line without control and direction characters."""
    return "".join(_char(char) for char in text).strip()


def _char(char: str) -> str:
    if char in "\n\r\t" or unicodedata.category(char) in {"Zl", "Zp"}:
        return " "
    return "" if unicodedata.category(char) in _HARMFUL and char not in _KEPT else char


def _strings(frame: pl.DataFrame) -> tuple[list[str], list[list[str]]]:
    if readings.is_readings(frame):
        columns = readings.columns(frame)
        told = stretches(frame.iter_rows(named=True))
        rows = [[safe(fill(row)) for fill in columns.values()] for row in told]
        return list(columns), rows
    rows = [[cut(safe(_cell(value)), LONGEST) for value in row] for row in iso(frame).iter_rows()]
    return [safe(name) for name in frame.columns], rows


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else str(value)


def _is_right(frame: pl.DataFrame, heading: str) -> bool:
    if readings.is_readings(frame):
        return heading in _RIGHT
    return heading in frame.columns and frame.schema[heading].is_numeric()


def width(text: str) -> int:
    """Columns a text takes on a terminal: East Asian wide characters take two, combining ones none."""
    return sum(0 if unicodedata.combining(char) else _WIDE.get(unicodedata.east_asian_width(char), 1) for char in text)


_WIDE = {"W": 2, "F": 2}


def _plain(headings: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[bool]) -> str:
    everything = [list(headings), *rows]
    widths = [max(width(row[place]) for row in everything) for place in range(len(headings))]
    return "".join(_line(row, widths, right) for row in everything)


def _line(row: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> str:
    return "  ".join(_padded(row, widths, right)).rstrip() + "\n"


def _padded(row: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> Iterator[str]:
    for text, wide, is_right in zip(row, widths, right, strict=True):
        space = " " * (wide - width(text))
        yield space + text if is_right else text + space


def _rich(headings: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[bool]) -> str:
    from rich.box import SIMPLE_HEAD  # noqa: PLC0415 (rich costs 0.1 s: only for a terminal)
    from rich.console import Console  # noqa: PLC0415 (see above)
    from rich.table import Table  # noqa: PLC0415 (see above)
    from rich.text import Text  # noqa: PLC0415 (see above)

    table = Table(box=SIMPLE_HEAD, header_style="bold", pad_edge=False)
    for heading, is_right in zip(headings, right, strict=True):
        table.add_column(Text(heading), justify="right" if is_right else "left")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    page = StringIO()
    Console(file=page, force_terminal=True, width=Console().width).print(table)
    return page.getvalue()
