"""What follows from sums that are known: exact linear algebra over small sets of unknown cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping

PRIME = (1 << 61) - 1
"""Rows are reduced modulo a large prime: exact, without fractions that grow."""


class Known:
    """All that can be told of unknown cells by adding up sums that are known."""

    def __init__(self, sums: Iterable[Iterable[Hashable]] = ()) -> None:
        """``sums``: of each known sum, the cells it is made of."""
        self._numbers: dict[Hashable, int] = {}
        self._rows: dict[int, dict[int, int]] = {}
        for cells in sums:
            self.add(cells)

    def add(self, cells: Iterable[Hashable]) -> None:
        """One more sum is known."""
        left = self._reduced(self._row(cells))
        if left:
            pivot = min(left)
            inverse = pow(left[pivot], -1, PRIME)
            self._rows[pivot] = {place: value * inverse % PRIME for place, value in left.items()}

    def tells(self, cells: Iterable[Hashable]) -> bool:
        """Whether the sum of some cells follows from those known; of no cells at all it always does."""
        return not self._reduced(self._row(cells))

    def _row(self, cells: Iterable[Hashable]) -> dict[int, int]:
        return {self._numbers.setdefault(cell, len(self._numbers)): 1 for cell in cells}

    def _reduced(self, row: Mapping[int, int]) -> dict[int, int]:
        """What is left of a row after the known ones are taken from it, up to its first unknown."""
        left = dict(row)
        while left and (pivot := min(left)) in self._rows:
            factor = left[pivot]
            for place, value in self._rows[pivot].items():
                rest = (left.get(place, 0) - factor * value) % PRIME
                if rest:
                    left[place] = rest
                else:
                    left.pop(place, None)
        return left
