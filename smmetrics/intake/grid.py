"""How a table stands in a text: line ends, delimiter, and its first records. Found once, on the bytes."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from smmetrics.api.errors import BadData
from smmetrics.intake.splitting import rows
from smmetrics.words import say

if TYPE_CHECKING:
    from smmetrics.intake.splitting import Row

HEAD = 1 << 20
FIRST = 80
WIDEST = 20_000
"""Cells of a record: no export has a tenth of that, and a file made to do harm has millions."""
DELIMITERS = (b",", b";", b"\t", b"|")


@dataclass(frozen=True, kw_only=True, slots=True)
class Grid:
    """Line end, delimiter and where the first record begins (behind a line ``sep=``), with the first records.

    ``first`` holds whole records only, unless the text has but one.
    """

    newline: bytes
    delimiter: bytes
    start: int
    first: tuple[Row, ...]


def find_grid(head: bytes, *, whole: bool, start: int = 0, delimiter: str = "") -> Grid:
    """Look at the head of a UTF-8 text; ``whole``: it is all of the text, ``start``: the offset of ``head`` in it.

    A declared ``delimiter`` wins over a line ``sep=``, and that over what the records look like. Raises `BadData` for
    records of more than `WIDEST` cells.
    """
    newline = _newline(head)
    stated, skipped = _stated(head, newline)
    body = head[skipped:]
    chosen = delimiter.encode() or stated or _likeliest(body, newline, whole=whole)
    found = _begun(body, chosen, newline)
    if max((len(row.cells) for row in found), default=0) > WIDEST:
        most = f"{WIDEST:,}"
        raise BadData(say("intake.table.wide", most=most), hint=say("intake.table.wide_hint"), code="table.wide")
    first = _whole(found, whole=whole)
    return Grid(newline=newline, delimiter=chosen, start=start + skipped, first=first)


def texts(row: Row) -> tuple[str, ...]:
    """A record's cells as text, for recognition only."""
    return tuple(cell.decode("utf-8", "replace") for cell in row.cells)


def _newline(head: bytes) -> bytes:
    """The line end outside quotation marks: LF (with or without CR), or a bare CR where there is no LF."""
    if b"\r" not in head:
        return b"\n"
    outside = b"".join(head.split(b'"')[::2])
    if b"\n" in outside or b"\r" not in outside:
        return b"\n"
    return b"\r"


def _stated(head: bytes, newline: bytes) -> tuple[bytes, int]:
    line, found, _ = head.partition(newline)
    sign = line.strip(b"\r").strip(b'"')
    if found and sign.lower().startswith(b"sep=") and len(sign) <= len(b"sep=,"):
        return sign[4:5], len(line) + len(newline)
    return b"", 0


@lru_cache(maxsize=8)
def _begun(body: bytes, delimiter: bytes, newline: bytes) -> tuple[Row, ...]:
    """The first records; a file is looked at more than once, by those who know more of it than those before."""
    return tuple(islice(rows(body, delimiter=delimiter, newline=newline), FIRST))


def _whole(found: tuple[Row, ...], *, whole: bool) -> tuple[Row, ...]:
    cut = found[:-1] if found and not found[-1].whole and not whole else found
    return cut or found


def _likeliest(body: bytes, newline: bytes, *, whole: bool) -> bytes:
    """The delimiter that gives most records the same number of cells, more than one; in doubt the first record's."""

    def fit(delimiter: bytes) -> tuple[int, int, int]:
        if delimiter not in body:
            return (0, 0, 0)
        cells = [len(row.cells) for row in _whole(_begun(body, delimiter, newline), whole=whole) if row.end > row.start]
        common = Counter(count for count in cells if count > 1).most_common(1)
        return (common[0][1], int(cells[0] > 1), common[0][0]) if common else (0, 0, 0)

    return max(DELIMITERS, key=fit)
