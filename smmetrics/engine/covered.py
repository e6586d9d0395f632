"""How many days of each period are covered, by group; counted in sorted numbers, whatever the periods asked for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from smmetrics.engine.calendar import CODE

if TYPE_CHECKING:
    from collections.abc import Sequence

    Ints = np.ndarray[tuple[int, ...], np.dtype[np.int64]]
    Bools = np.ndarray[tuple[int, ...], np.dtype[np.bool_]]

_ROOM = 1 << 24
"""Days that one entity has room for in a number: Polars' dates reach 2²³ to both sides."""
_HALF = _ROOM // 2
_EDGES = ("period_start", "period_end")


@dataclass(frozen=True, slots=True)
class _Table:
    """The covered days of one table: which group each entity is of, and its days as sorted numbers.

    ``partial``: how many of the days before each are covered in part only.
    """

    group: Ints
    days: Ints
    partial: Ints

    def seen(self, starts: Ints, ends: Ints) -> tuple[Ints, Ints]:
        """Covered days of each entity (rows) in each period (columns), and those covered in part."""
        entities = np.arange(len(self.group))
        first, last = (_places(self.days, entities, edge) for edge in (starts, ends))
        return last - first, self.partial[last] - self.partial[first]


@dataclass(frozen=True, slots=True)
class Days:
    """The days that all tables of a formula cover, ready to be counted.

    ``names``: the columns of the groups, a row for each of ``size`` groups. ``together``: the days on which every table
    covers some entity of a group, as sorted numbers.
    """

    names: tuple[pl.Series, ...]
    size: int
    tables: tuple[_Table, ...]
    together: Ints

    def counted(self, periods: pl.DataFrame) -> pl.DataFrame:
        """Code, the groups' columns, days (not zero), gap: some account is not wholly covered.

        ``periods``: `CODE`, ``period_start``, ``period_end`` (excluded), which may overlap.
        """
        starts, ends = (periods[name].to_physical().to_numpy().astype(np.int64) for name in _EDGES)
        ends = np.maximum(starts, ends)
        groups = np.arange(self.size)
        days = _places(self.together, groups, ends) - _places(self.together, groups, starts)
        gap = np.zeros(days.shape, dtype=np.bool_)
        for table in self.tables:
            whole, partial = table.seen(starts, ends)
            # Who is covered on no day asked for is not missing either: it began later, or ended before.
            there = whole.any(axis=1)
            short = (whole < ends - starts) | (partial > 0)
            np.logical_or.at(gap, table.group[there], short[there])
        group, period = np.nonzero(days)
        return pl.DataFrame(
            [
                pl.Series(CODE, periods[CODE].to_numpy()[period], dtype=pl.Int32),
                *(name.gather(group) for name in self.names),
                pl.Series("days", days[group, period], dtype=pl.Int64),
                pl.Series("gap", gap[group, period], dtype=pl.Boolean),
            ]
        )


def days(tables: Sequence[pl.DataFrame], entity: Sequence[str], known: Sequence[str]) -> Days:
    """Covered days of several tables, by the groups that ``known`` makes of entities.

    ``tables``: the columns ``entity``, day, partial; one row for each entity and day.
    """
    groups = pl.concat([table.select(known) for table in tables]).unique(maintain_order=True) if known else None
    read = [_read(table, entity, groups) for table in tables]
    apart = [np.unique(table.group[table.days // _ROOM] * _ROOM + table.days % _ROOM) for table in read]
    names = tuple(groups.get_columns()) if groups is not None else ()
    return Days(names, 1 if groups is None else groups.height, tuple(read), reduce(np.intersect1d, apart))


def _read(table: pl.DataFrame, entity: Sequence[str], groups: pl.DataFrame | None) -> _Table:
    entities = table.select(entity).unique(maintain_order=True)
    group = np.zeros(entities.height, dtype=np.int64)
    if groups is not None:
        named = groups.with_row_index("__group")
        group = entities.join(named, on=groups.columns, how="left", maintain_order="left")["__group"].to_numpy()
    numbered = table.join(entities.with_row_index("__entity"), on=entity, how="left", maintain_order="left")
    day = numbered["day"].to_physical().to_numpy().astype(np.int64)
    number = numbered["__entity"].to_numpy().astype(np.int64) * _ROOM + day + _HALF
    order = np.argsort(number)
    partial = np.concatenate([[0], np.cumsum(table["partial"].to_numpy()[order])])
    return _Table(group.astype(np.int64), number[order], partial.astype(np.int64))


def _places(sorted_: Ints, rows: Ints, edges: Ints) -> Ints:
    """Where a day would stand among sorted days of numbered rows: rows by days."""
    return np.searchsorted(sorted_, rows[:, None] * _ROOM + edges[None, :] + _HALF).astype(np.int64)
