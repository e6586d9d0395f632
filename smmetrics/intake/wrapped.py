"""Tables of which each line stands in quotation marks as a whole: a spreadsheet opened them in one column and saved it.

What stands inside is the table as it was, so that the marks around each line are taken away and nothing else.
"""

from __future__ import annotations

from codecs import BOM_UTF8
from typing import TYPE_CHECKING

from smmetrics.intake.splitting import MARK, row_at, rows
from smmetrics.intake.unpacking import fresh

if TYPE_CHECKING:
    from pathlib import Path

    from smmetrics.intake.splitting import Row

AROUND, NEWLINE = b",", b"\n"
PIECE = 1 << 20
"""Bytes that are looked at together: a line of which the rest is to come waits for it."""
WITHIN = (b",", b";", b"\t")
"""What may divide the cells inside."""


def is_wrapped(head: bytes, *, whole: bool) -> bool:
    """Whether a file begins with lines that each are one cell, and in it as many as in the first; ``whole``: all of it.

    A name that begins with a blank is the rest of a sentence.
    """
    text = head.removeprefix(BOM_UTF8)
    if not text.startswith(MARK) or not _is_one(row_at(text, 0, delimiter=AROUND, newline=NEWLINE)):
        return False
    found = list(rows(text, delimiter=AROUND, newline=NEWLINE))
    lines = [row.cells[0] for row in found if row.end > row.start and (row.whole or whole) and _is_one(row)]
    if len(lines) < 2 or len(lines) < sum(row.end > row.start for row in found) - (not whole):  # noqa: PLR2004 (a header and a line)
        return False
    return any(_are_even(lines, delimiter) for delimiter in WITHIN)


def table(path: Path, folder: Path) -> Path:
    """The table inside, as a private file that the caller deletes; what the end of the file cuts off stays so."""
    handle, place = fresh(folder, ".csv")
    with path.open("rb") as source, open(handle, "wb") as file:  # noqa: PTH123 (a handle)
        left = source.read(len(BOM_UTF8)).removeprefix(BOM_UTF8)
        more = True
        while more:
            block = source.read(max(PIECE, len(left)))
            text, at, more = left + block, 0, bool(block)
            for row in rows(text, delimiter=AROUND, newline=NEWLINE):
                if more and not row.whole:
                    break
                file.write(row.cells[0] if len(row.cells) == 1 and not row.faulty else text[row.start : row.end])
                file.write(NEWLINE if row.whole or row.quoted_end else b"")
                at = row.next
            left = text[at:]
    return place


def _is_one(row: Row) -> bool:
    return len(row.cells) == 1 and row.quoted_end and not row.faulty


def _are_even(lines: list[bytes], delimiter: bytes) -> bool:
    first, *others = (next(rows(line, delimiter=delimiter, newline=NEWLINE)).cells for line in lines)
    if len(first) == 1 or any(cell.startswith(b" ") for cell in first):
        return False
    return all(len(cells) == len(first) for cells in others)
