"""Prints rows: a table for people (with rich only on a terminal), plain columns in a pipe, or JSON for programs.

``rows`` are a Polars frame or a sequence of mappings. Text from platforms is a stranger's: control characters, which
could drive a terminal, are shown as escapes.
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unicodedata import category, east_asian_width

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import polars as pl

    Rows = pl.DataFrame | Iterable[Mapping[str, Any]]

GAP = "  "
DIGITS = 6
EXACT = 2.0**53
"""Up to here every whole number is exact; nobody reads 1.2e+07."""


def show(rows: Rows, *, as_json: bool = False, columns: Sequence[str] | None = None) -> None:
    """Print rows as a table, or as JSON. ``columns`` choose and order; an empty table prints its header only."""
    if as_json:
        print_json(rows, columns=columns)
    else:
        print_table(rows, columns=columns)


def print_json(rows: Rows, *, columns: Sequence[str] | None = None) -> None:
    """Print one JSON array and nothing else: ISO dates, null for what is no number."""
    names, records = _records(rows, columns)
    print(to_json([{name: record.get(name) for name in names} if columns else dict(record) for record in records]))


def to_json(value: object) -> str:
    """Write any of our values as JSON."""
    return json.dumps(_plain(value), ensure_ascii=False, indent=2, allow_nan=False)


def print_table(rows: Rows, *, columns: Sequence[str] | None = None) -> None:
    """Print a table: with lines and colours on a terminal, aligned text elsewhere."""
    names, records = _records(rows, columns)
    cells = [[cell(record.get(name)) for name in names] for record in records]
    right = [_numeric([record.get(name) for record in records]) for name in names]
    if sys.stdout.isatty():
        _print_rich(names, cells, right)
    else:
        _print_plain(names, cells, right)


def cell(value: object) -> str:
    """Write one value for people: empty for null, plain numbers, ISO dates, lists with commas."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, list | tuple | frozenset | set):
        return ", ".join(map(cell, sorted(value) if isinstance(value, frozenset | set) else value))
    return printable(str(value))


def printable(text: str) -> str:
    """Show control characters as escapes and line breaks as spaces."""
    if text.isascii() and text.isprintable():
        return text
    text = " ".join(text.splitlines()) if "\n" in text or "\r" in text else text
    return "".join(char if category(char) not in {"Cc", "Cf", "Co", "Cs"} else _escape(char) for char in text)


def _escape(char: str) -> str:
    return " " if char == "\t" else "" if char in "\u200d\ufeff" else char.encode("unicode_escape").decode()


def _number(value: float) -> str:
    if not math.isfinite(value):
        return str(value)
    if value == int(value) and abs(value) < EXACT:
        return str(int(value))
    return f"{value:.1f}" if 10 ** (DIGITS - 1) <= abs(value) < EXACT else f"{value:.{DIGITS}g}"


def _records(rows: Rows, columns: Sequence[str] | None) -> tuple[list[str], list[Mapping[str, Any]]]:
    if isinstance(rows, list | tuple):
        records: list[Mapping[str, Any]] = list(rows)
        seen = dict.fromkeys(name for record in records for name in record)
        return list(columns if columns is not None else seen), records
    if hasattr(rows, "iter_rows"):
        frame: Any = rows
        return list(columns if columns is not None else frame.columns), list(frame.iter_rows(named=True))
    return _records(list(rows), columns)


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        plain = [_plain(each) for each in value]
        return sorted(plain, key=str) if isinstance(value, set | frozenset) else plain
    return _scalar(value)


def _scalar(value: object) -> object:
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, timedelta):
        return value.total_seconds()
    if isinstance(value, Decimal):
        return float(value)
    return str(value) if isinstance(value, Path) else value


def _numeric(values: Iterable[object]) -> bool:
    known = [value for value in values if value is not None]
    return bool(known) and all(isinstance(value, int | float) and not isinstance(value, bool) for value in known)


def width(text: str) -> int:
    """Count the columns a text takes on a screen: wide characters take two, combining ones none."""
    if text.isascii():
        return len(text)
    return sum(0 if category(char) == "Mn" else 2 if east_asian_width(char) in "WF" else 1 for char in text)


def _print_plain(names: Sequence[str], cells: Sequence[Sequence[str]], right: Sequence[bool]) -> None:
    lines = [list(names), *cells]
    widths = [max(width(line[place]) for line in lines) for place in range(len(names))]
    for line in lines:
        padded = [
            " " * (room - width(text)) + text if flush else text + " " * (room - width(text))
            for text, room, flush in zip(line, widths, right, strict=True)
        ]
        print(GAP.join(padded).rstrip())


def _print_rich(names: Sequence[str], cells: Sequence[Sequence[str]], right: Sequence[bool]) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD, header_style="bold", show_edge=False)
    for name, flush in zip(names, right, strict=True):
        table.add_column(name, justify="right" if flush else "left", overflow="fold")
    for line in cells:
        table.add_row(*map(Text, line))
    Console().print(table)
