"""Rows that name the columns of a table kept by hand: one, two together, or periods that a mapping does not read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from smmetrics.api.errors import BadData
from smmetrics.intake.heading import joined
from smmetrics.intake.names import plain
from smmetrics.words import say
from smmetrics.workspace.mapping.values import nature

if TYPE_CHECKING:
    from collections.abc import Sequence

    Row = Sequence[str]

BELOW = 6
LONG = re.compile(
    r"(?i)^\s*(?:[QTK][1-4][ ./-]*(?:\d{2}|\d{4})?|(?:\d{2}|\d{4})[ ./-]*[QTK][1-4]|(?:19|20)\d\d"
    r"|[HS][12][ ./-]*\d{2,4}|(?:KW|CW|W|week|woche)[ .]*\d{1,2}(?:[ ./-]*\d{2,4})?)\s*$"
)
"""Heads that are quarters, years, half-years or weeks."""
FEW = 3


def two_rows(grid: Sequence[Row], place: int) -> tuple[int, tuple[str, ...], bool]:
    """Where the header begins, its names, and whether the row at ``place`` names the columns with the one below it.

    So it is where names of the one row, repeated or left out over several columns, are told apart by the other only.
    """
    for first in (place - 1, place):
        if first < 0 or first + 2 >= len(grid):
            continue
        upper, lower, *below = grid[first : first + 2 + BELOW]
        names = joined(upper, lower)
        if _name_together(upper, lower, names, below):
            return first, names, True
    return place, tuple(grid[place]), False


def _name_together(upper: Row, lower: Row, names: Sequence[str], below: Sequence[Row]) -> bool:
    width = max((place + 1 for row in below for place, cell in enumerate(row) if cell.strip()), default=0)
    if width < FEW or len(_filled(upper)) < 2 or len(_filled(lower)) < 2:  # noqa: PLR2004 (one is a title)
        return False
    if not (_words(upper) and _words(lower)) or not any(_numbers(row) for row in below):
        return False
    whole = [name for name in names[:width] if name.strip()]
    return len(set(map(plain, whole))) == width and not (_tells_apart(upper, width) or _tells_apart(lower, width))


def _filled(row: Row) -> list[str]:
    return [cell for cell in row if cell.strip()]


def _words(row: Row) -> bool:
    return not _numbers(row) and not nature(_filled(row)).dated


def _numbers(row: Row) -> bool:
    return any(nature([cell]).numeric for cell in _filled(row))


def _tells_apart(row: Row, width: int) -> bool:
    return len({plain(cell) for cell in row[:width] if cell.strip()}) == width


def refuse_pivots(rows: Sequence[Row], part: str) -> None:
    """Raise `BadData` for tables on their side that a mapping does not read, with what to do about it."""
    head, *body = rows or ((),)
    cells = [cell.strip() for cell in head[1:] if cell.strip()]
    long = [cell for cell in cells if LONG.match(cell)]
    if len(long) > 1 and 2 * len(long) > len(cells):
        raise BadData(
            say("map.pivot.long", heads=", ".join(long[:FEW])),
            where=part, hint=say("map.pivot.long_hint"), code="map.pivot",
        )  # fmt: skip
    first = next((place for place, cell in enumerate(head) if place and nature([cell]).dated), 0)
    times = nature([cell for cell in head[first:] if cell.strip()])
    labels = [nature([row[place] for row in body if place < len(row)]) for place in range(first)]
    if first < 2 or not times.dated or times.numeric or times.distinct < 2:  # noqa: PLR2004 (one column of words)
        return
    if not any(each.numeric or each.dated for each in labels):
        names = ", ".join(repr(cell or "(without a name)") for cell in head[:first])
        raise BadData(
            say("map.pivot.labels", count=first, names=names),
            where=part, hint=say("map.pivot.labels_hint", name=head[first - 1]), code="map.pivot",
        )  # fmt: skip
