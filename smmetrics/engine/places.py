"""Numbers instead of names: every group of dimensions and every period has one, the same for all metrics."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import polars as pl

from smmetrics.engine.calendar import CODE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    Ints: TypeAlias = np.ndarray[tuple[int, ...], np.dtype[np.int64]]
    Bools: TypeAlias = np.ndarray[tuple[int, ...], np.dtype[np.bool_]]
    Texts: TypeAlias = np.ndarray[tuple[int, ...], np.dtype[np.object_]]

Group: TypeAlias = tuple[str, ...]
_LATEST = 4
"""Frames whose numbers are looked up by what is in them."""


class Places:
    """The periods of a measuring, and the groups met in it.

    A group is numbered among those with the same dimensions (``names``): what lifts a slice, and what coverage knows
    of, is cut by fewer of them.
    """

    def __init__(self, periods: pl.DataFrame, by: Sequence[str]) -> None:
        """``periods``: in the order of their codes."""
        self.by = tuple(by)
        self.codes: Ints = periods.get_column(CODE).to_numpy()
        self._known: dict[tuple[str, ...], dict[Group, int]] = {}
        self._read: dict[tuple[str, ...], deque[tuple[list[pl.Series], Ints]]] = {}

    @property
    def whole(self) -> Ints:
        """The one group there is where nothing is cut."""
        return self.numbered([()], ())

    @property
    def groups(self) -> list[Group]:
        """All groups met, by their numbers."""
        return list(self._known.get(self.by, ()))

    def numbered(self, groups: Iterable[Group], names: tuple[str, ...] | None = None) -> Ints:
        """The numbers of groups, new ones for those that were not met before."""
        known = self._known.setdefault(self.by if names is None else names, {})
        return np.array([known.setdefault(each, len(known)) for each in groups], dtype=np.int64)

    def numbers(self, frame: pl.DataFrame, columns: Mapping[str, str]) -> Ints:
        """The number of each row's group. ``columns``: the column that holds a dimension."""
        if not columns:
            return self.whole.repeat(frame.height)
        words, names = [frame.get_column(column) for column in columns.values()], tuple(columns)
        # Measures that were read together have the same groups, row by row, and so has what is covered.
        read = self._read.setdefault(names, deque(maxlen=_LATEST))
        known = next((numbers for before, numbers in read if all(map(pl.Series.equals, words, before))), None)
        if known is None:
            known = self.numbered(zip(*(word.to_list() for word in words), strict=True), names)
            read.appendleft((words, known))
        return known

    def beside(self, groups: Ints, frame: pl.DataFrame, columns: Mapping[str, str]) -> Ints:
        """For each of some groups, in each period, the row of a frame that has both; -1 where there is none."""
        names = tuple(columns)
        rows = self.numbers(frame, columns)
        periods = np.searchsorted(self.codes, frame.get_column(CODE).to_numpy())
        known = self._known[names]
        table = np.full((len(known) + 1, len(self.codes)), -1, dtype=np.int64)
        table[rows, periods] = np.arange(frame.height)
        return table[self._among(groups, names)].ravel()

    def values(self, groups: Ints, name: str) -> Texts:
        """The value of one dimension of each group."""
        place, all_ = self.by.index(name), self.groups
        return np.array([all_[number][place] for number in groups], dtype=np.object_)

    def _among(self, groups: Ints, names: tuple[str, ...]) -> Ints:
        """The numbers of groups with fewer dimensions; -1 for those that were never met."""
        if names == self.by:
            return groups
        known, all_ = self._known[names], self.groups
        kept = [self.by.index(name) for name in names]
        return np.array([known.get(tuple(all_[n][at] for at in kept), -1) for n in groups], dtype=np.int64)
