"""The rows of a table by which it may be divided: blank ones and comments, with those that follow them.

`smmetrics.intake.scan` finds where rows begin; only those are taken apart that may say something. Where quotation marks
do not stand as the format allows, all are, or none of a large text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from smmetrics.intake.scan import QUOTE, line_starts, scan
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


def notable(data: bytes, *, delimiter: bytes, newline: bytes, following: int) -> Iterator[Row | range]:
    """Each row that may be blank or a comment, ``following`` rows behind it and as many at the beginning, in order.

    Rows between are given together, as the range of their bytes.
    """
    found = _starts(data, delimiter, newline)
    if found is None:
        yield from rows(data, delimiter=delimiter, newline=newline) if len(data) <= SLOWLY else ()
        return
    starts, consumed = found
    is_open = consumed < len(data)
    starts = np.append(starts, consumed) if is_open else starts
    at, behind = 0, len(data) + is_open
    for start in starts[_near(_may_divide(data, starts, delimiter[0]), following)].tolist():
        if at < start:
            yield range(at, start)
        row = row_at(data, start, delimiter=delimiter, newline=newline)
        yield row
        at = row.next
    if at < behind:
        yield range(at, behind)


def _starts(data: bytes, delimiter: bytes, newline: bytes) -> tuple[Offsets, int] | None:
    """Where whole rows begin, and behind the last of them; None where quotation marks do not stand right."""
    if QUOTE not in data:
        return line_starts(data, newline[0])
    found = scan(data, delimiter=delimiter[0], newline=newline[0])
    return (found.starts, found.consumed) if found.regular else None


def _may_divide(data: bytes, starts: Offsets, delimiter: int) -> NDArray[np.bool_]:
    """Which rows may hold nothing, or begin with a comment's sign: told by the first letters of their first cell."""
    letters = np.frombuffer(data + b"\n\n\n", np.uint8)
    places = starts + (letters[starts] == QUOTE)
    lead, then = letters[places], letters[places + 1]
    wide = np.isin(lead, WIDE) & np.isin(then, BEHIND_WIDE)
    found: NDArray[np.bool_] = (lead <= BLANK) | np.isin(lead, (delimiter, COMMENT, QUOTE)) | wide
    return found


def _near(marked: NDArray[np.bool_], following: int) -> Offsets:
    """Positions of marked rows and of those that follow them or the beginning."""
    after = np.flatnonzero(marked)[:, None] + np.arange(following + 1)
    near = np.union1d(after.ravel(), np.arange(following))
    chosen: Offsets = near[near < len(marked)].astype(np.int64)
    return chosen
