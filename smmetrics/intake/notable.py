"""The rows of a table by which it may be divided: blank ones and comments, with those that follow them.

`smmetrics.intake.scan` finds where rows begin; only those are taken apart that may say something. Where quotation marks
do not stand as the format allows, all are, or none of a large text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from smmetrics.intake.scan import BLOCK, QUOTE, scan
from smmetrics.intake.splitting import row_at, rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from smmetrics.intake.scan import Offsets
    from smmetrics.intake.splitting import Row

SLOWLY = 1 << 23
"""Bytes whose rows are all taken apart, if need be."""
BLANK, COMMENT = 0x20, ord("#")
WIDE = (0xC2, 0xE1, 0xE2, 0xE3)
"""First bytes of blanks beyond ASCII, and what may follow them."""
BEHIND_WIDE = (0x80, 0x81, 0x85, 0x9A, 0xA0)
PIECE = 1 << 23
"""Bytes in which rows are looked for at once."""
MANY = 1000
"""Marked rows from which on it is worth while to look for blank ones in a row: spreadsheets save a million of them."""


def notable(data: bytes, *, delimiter: bytes, newline: bytes, following: int) -> Iterator[Row | range]:
    """Each row that may be blank or a comment, ``following`` rows behind it and as many at the beginning, in order.

    Rows between are given together, as the range of their bytes; so are blank rows between two blank ones.
    """
    found = _may_divide(data, delimiter[0], newline[0])
    if found is None:
        yield from rows(data, delimiter=delimiter, newline=newline) if len(data) <= SLOWLY else ()
        return
    marked, behind = found
    at, left = 0, following
    for mark in (*marked, behind):
        while at < mark and left:
            row = row_at(data, at, delimiter=delimiter, newline=newline)
            yield row
            at, left = row.next, left - 1
        if at < mark:
            yield range(at, mark)
            at = mark
        left = following + 1


def _may_divide(data: bytes, delimiter: int, newline: int) -> tuple[list[int], int] | None:
    """Where rows begin that may hold nothing or be a comment, told by their first letters; where the last row ends.

    None where quotation marks do not stand right.
    """
    letters = np.frombuffer(data, np.uint8)
    if QUOTE in data:
        return _between_marks(data, letters, delimiter, newline)
    marked = [_marked(letters, np.zeros(1, np.int64), delimiter)]
    for start in range(0, len(data), BLOCK):
        block = letters[start : start + BLOCK + 1]
        behind = np.flatnonzero((block[:-1] == newline) & _seems_to_divide(block[1:], delimiter))
        marked.append(_marked(letters, behind.astype(np.int64) + (start + 1), delimiter))
    is_open = bool(data) and data[-1] != newline
    return _ends_of_blanks(letters, np.concatenate(marked), delimiter), len(data) + is_open


def _between_marks(
    data: bytes, letters: NDArray[np.uint8], delimiter: int, newline: int
) -> tuple[list[int], int] | None:
    """The same of a text with quotation marks, piece by piece: of each row a scan holds three numbers."""
    marked, at, size = [np.zeros(0, np.int64)], 0, PIECE
    while at < len(data):
        found = scan(data[at : at + size], delimiter=delimiter, newline=newline)
        if not found.regular:
            return None
        if not found.consumed and at + size >= len(data):
            break
        marked.append(_marked(letters, found.starts + at, delimiter))
        at, size = at + found.consumed, PIECE if found.consumed else size * 2
    is_open = at < len(data)
    if is_open:
        marked.append(_marked(letters, np.array([at], np.int64), delimiter))
    return _ends_of_blanks(letters, np.concatenate(marked), delimiter), len(data) + is_open


def _seems_to_divide(letters: NDArray[np.uint8], delimiter: int) -> NDArray[np.bool_]:
    """Which letters may begin a row that divides: more than do, told by comparing alone, which takes no time."""
    found: NDArray[np.bool_] = (letters <= COMMENT) | (letters == delimiter) | (letters >= WIDE[0])
    return found


def _marked(letters: NDArray[np.uint8], starts: Offsets, delimiter: int) -> Offsets:
    """Those rows whose first cell begins with a blank, a delimiter or a comment's sign."""
    starts = starts[starts < len(letters)]
    if not len(starts):
        return starts
    last = len(letters) - 1
    first = np.minimum(starts + (letters[starts] == QUOTE), last)
    divides, wide = np.zeros((2, 256), np.bool_)
    divides[[*range(BLANK + 1), delimiter, COMMENT, QUOTE]] = True
    wide[[*WIDE]] = True
    found = divides[letters[first]]
    beyond = np.flatnonzero(wide[letters[first]])
    if len(beyond):  # few tables have any, and to look for nothing takes half a millisecond
        found[beyond] |= np.isin(letters[np.minimum(first[beyond] + 1, last)], BEHIND_WIDE)
    marked: Offsets = starts[found]
    return marked


def _ends_of_blanks(letters: NDArray[np.uint8], marked: Offsets, delimiter: int) -> list[int]:
    """The same rows without blank ones between two blank ones: of many blank rows the first and the last divide."""
    if len(marked) > MANY:
        says = np.ones(256, np.bool_)
        says[[BLANK, *b"\t\r\n", delimiter]] = False
        blank = ~np.logical_or.reduceat(says[letters], marked)
        between = np.zeros(len(marked), np.bool_)
        between[1:-1] = blank[:-2] & blank[1:-1] & blank[2:]
        marked = marked[~between]
    told: list[int] = marked.tolist()
    return told
