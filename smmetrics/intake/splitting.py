"""Splitting a table record by record, for pieces whose quotation marks do not stand where the format allows them.

Slower than `smmetrics.intake.scan`, and forgiving in the way of Python's ``csv``: a mark inside an unquoted cell is a
letter; text behind a closing mark belongs to the cell, and the record is marked as faulty. Not so behind the first of
some texts that each stand in marks (``"a"|"b, c"``), as collectors write a cell of several: it is one cell.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

MARK = b'"'
BAR = b"|"
"""What stands between the texts of a cell of several."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """A record with its byte range (line end left out), its cells and whether its quotation marks are at fault.

    ``whole`` is false for what the end of the bytes cut off; ``quoted_end``: the last cell is quoted and closed.
    """

    start: int
    end: int
    next: int
    cells: tuple[bytes, ...]
    faulty: bool
    whole: bool
    quoted_end: bool


def rows(data: bytes, *, delimiter: bytes, newline: bytes) -> Iterator[Row]:
    """The records of ``data``, which begins with one; the last is not ``whole`` where no line end follows."""
    start, size = 0, len(data)
    while start < size:
        row = row_at(data, start, delimiter=delimiter, newline=newline)
        yield row
        start = row.next


def row_at(data: bytes, start: int, *, delimiter: bytes, newline: bytes) -> Row:
    """The record that begins at ``start``. Most hold no quotation mark, or all their cells stand in plain ones."""
    end = data.find(newline, start)
    line = data[start : end if end >= 0 else len(data)]
    returned = end >= 0 and newline == b"\n" and line.endswith(b"\r")
    line = line[:-1] if returned else line
    quoted, inner = line.startswith(MARK), line[1:-1]
    between = MARK + delimiter + MARK
    if not quoted and MARK not in line:
        cells = line.split(delimiter)
    elif quoted and len(line) > 1 and line.endswith(MARK) and inner.count(MARK) == 2 * inner.count(between):
        cells = inner.split(between)
    else:
        return _row(data, start, _cell_pattern(delimiter, newline), newline)
    return Row(
        start=start, end=start + len(line), next=(end if end >= 0 else len(data)) + 1, cells=tuple(cells),
        faulty=False, whole=end >= 0, quoted_end=quoted,
    )  # fmt: skip


@cache
def _cell_pattern(delimiter: bytes, newline: bytes) -> re.Pattern[bytes]:
    stop = re.escape(delimiter) + newline
    # A divider before a mark is left out: `count_records` takes what follows for a cell.
    text = rb'"(?:[^"' + stop + rb"]++|" + re.escape(delimiter) + rb'(?!")|"")*+"'
    more = rb"(?!)" if delimiter == BAR else rb"(?:" + re.escape(BAR) + text + rb")++"
    ended = rb"(?=[" + stop + rb"]|\Z|\r\n)(?:\r(?=\n))?"
    behind = rb"(?:(?P<more>" + more + rb")" + ended + rb"|(?P<behind>[^" + stop + rb"]*+))"
    quoted = rb'"(?P<quoted>(?:[^"]++|"")*+)(?P<closed>")' + behind
    unclosed = rb'"(?P<unclosed>(?:[^"]++|"")*+)'
    return re.compile(rb"(?:" + quoted + rb"|" + unclosed + rb"|(?P<plain>[^" + stop + rb"]*+))", re.DOTALL)


def _row(data: bytes, start: int, cell: re.Pattern[bytes], newline: bytes) -> Row:
    cells: list[bytes] = []
    at, faulty = start, False
    while True:
        match = cell.match(data, at)
        if match is None:
            raise AssertionError(at)
        at = match.end()
        closed = match["closed"] is not None
        behind = (match["behind"] or b"").removesuffix(b"\r") if data[at : at + 1] == newline else match["behind"]
        faulty = faulty or bool(behind)
        cells.append(_value(match, match["more"] or behind or b""))
        if at >= len(data) or data[at : at + 1] == newline:
            break
        at += 1
    whole = at < len(data)
    end = at - 1 if whole and newline == b"\n" and at > start and data[at - 1 : at] == b"\r" else at
    if end < at and not closed:
        cells[-1] = cells[-1].removesuffix(b"\r")
    return Row(
        start=start, end=end, next=at + 1, cells=tuple(cells), faulty=faulty, whole=whole,
        quoted_end=closed and not behind,
    )  # fmt: skip


def _value(match: re.Match[bytes], behind: bytes) -> bytes:
    for name in ("quoted", "unclosed"):
        if match[name] is not None:
            return match[name].replace(b'""', b'"') + behind
    return match["plain"] or b""


def count_records(data: bytes, *, delimiter: bytes, newline: bytes) -> int:
    """How many records there are, counted line by line and not by `rows`: the second opinion on an irregular piece."""
    lines = data.split(newline)
    if not lines[-1]:
        lines.pop()
    records, is_open = 0, False
    for line in lines:
        for cell in line.split(delimiter):
            inner = cell
            if not is_open:
                if not cell.startswith(b'"'):
                    continue
                inner = cell[1:]
            is_open = b'"' not in inner.replace(b'""', b"")
        records += not is_open
    return records + is_open
