"""On which days a number about people may begin and end, so that no two of them differ by a few people.

A reading from one day to another is the difference of two running totals. Where only some days may be ends, the
smallest thing that readings of any grain and any window can tell, by whatever subtraction, is the stretch between two
neighbouring ones: each is about enough people, or about nobody.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from smmetrics.engine.privacy.lattice import Weight, hidden

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from smmetrics.engine.privacy.lattice import Cell, Dims

FIRST, LAST = -(1 << 30), 1 << 30
"""Before everything, and after everything that has a day or none."""
UNDATED = LAST - 1
"""The day of what has none: after all others."""


@dataclass(frozen=True, slots=True)
class Crowd:
    """Who was there on which day, in the order of days; ``before``: the last day the same person was there.

    ``all``: how many different people there were at all.
    """

    days: NDArray[np.int64]
    before: NDArray[np.int64]
    all: int

    @classmethod
    def of(cls, days: NDArray[np.int64], people: NDArray[np.int64]) -> Crowd:
        """From a day and a person a row, in any order."""
        order = np.lexsort((days, people))
        days, people = days[order], people[order]
        before = np.full(len(days), FIRST - 1, dtype=np.int64)
        same = people[1:] == people[:-1]
        before[1:][same] = days[:-1][same]
        by_day = np.argsort(days, kind="stable")
        return cls(days[by_day], before[by_day], int(np.count_nonzero(~same)) + (len(days) > 0))

    def people(self, start: int, end: int) -> int:
        """How many different people there were in ``[start, end)``."""
        first, last = np.searchsorted(self.days, (start, end))
        return int(np.count_nonzero(self.before[first:last] < start))

    def begun(self, day: int) -> bool:
        """Whether anybody came before a day. Until then a running total is nothing, and everybody may know it."""
        return len(self.days) > 0 and bool(self.days[0] < day)

    def alike(self, day: int, days: Sequence[int]) -> frozenset[int]:
        """Of some days, those up to which as many rows came as up to ``day``."""
        came = np.searchsorted(self.days, days)
        return frozenset(np.asarray(days)[came == np.searchsorted(self.days, day)].tolist()) - {FIRST}


def ends(crowd: Crowd, wanted: Sequence[int], smallest: int) -> frozenset[int]:
    """Of the days ``wanted`` (the more important first), those that may be ends; none where all are too few."""
    if crowd.all < smallest:
        return frozenset()
    kept = [FIRST, LAST]
    for day in wanted:
        place = bisect_left(kept, day)
        if kept[place] == day:
            continue
        sides = (crowd.people(kept[place - 1], day), crowd.people(day, kept[place]))
        if all(not people or people >= smallest for people in sides):
            insort(kept, day)
    return frozenset(kept)


def allowed(
    tables: Mapping[Dims, Mapping[Cell, Crowd]], wanted: Sequence[int], smallest: int
) -> dict[Dims, dict[Cell, frozenset[int]]]:
    """The days that may be ends, for each cell of tables that lie above one another; ``()`` is the total.

    The running total of a cell up to a day follows from the others of its sums up to that day, and from nothing else:
    so each day is settled by itself (`lattice`).
    """
    whole = ends(tables[()][()], wanted, smallest) if tables[()] else frozenset()
    days = [day for day in wanted if day in whole] + [LAST] * (LAST in whole)
    found = {
        dims: {cell: ends(crowd, days, smallest) for cell, crowd in cells.items()} for dims, cells in tables.items()
    }
    found[()] = dict.fromkeys(tables[()], whole)
    inside = sorted(whole)
    left = inside[1:]
    while left:
        again: set[int] = set()
        for day in left:
            few = {
                dims: [cell for cell, shown in cells.items() if day not in shown and tables[dims][cell].begun(day)]
                for dims, cells in found.items()
            }
            if any(few.values()):
                again |= _settled(tables, found, (inside, day), few, smallest)
        left = sorted(again)
    return found


def _settled(
    tables: Mapping[Dims, Mapping[Cell, Crowd]],
    found: dict[Dims, dict[Cell, frozenset[int]]],
    at: tuple[list[int], int],
    few: Mapping[Dims, Sequence[Cell]],
    smallest: int,
) -> set[int]:
    """Hide what must be hidden on one day; gives the other days on which a running total is the same, hidden too."""
    inside, day = at
    others: set[int] = set()
    for dims, gone in hidden(_weights(tables, inside, day), few, smallest).items():
        for cell in gone:
            # Between days on which nobody came the total does not move: who knows it on one knows it on all.
            alike = tables[dims][cell].alike(day, inside) & found[dims][cell]
            found[dims][cell] -= alike
            others |= alike - {day}
    return others


def _weights(tables: Mapping[Dims, Mapping[Cell, Crowd]], days: list[int], day: int) -> dict[Dims, dict[Cell, Weight]]:
    """How many people each cell that has begun is about on either side of a day: the smaller side counts."""
    place = days.index(day)
    start, end = days[place - 1], days[place + 1] if place + 1 < len(days) else LAST

    def weight(crowd: Crowd) -> Weight:
        sides = [crowd.people(start, day), *([crowd.people(day, end)] if end > day else [])]
        return Weight(people=min(sides), order=crowd.all)

    return {
        dims: {cell: weight(crowd) for cell, crowd in cells.items() if crowd.begun(day)}
        for dims, cells in tables.items()
    }
