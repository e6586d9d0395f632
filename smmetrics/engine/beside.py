"""The numbers of one aggregate beside the rows of a grid, as arrays; none is nan, and counts of nothing are zero."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from smmetrics.engine.columns import floats
from smmetrics.engine.measures import ZERO, family
from smmetrics.engine.passes import key

if TYPE_CHECKING:
    from smmetrics.engine.grid import Grid
    from smmetrics.engine.intervals import Floats
    from smmetrics.engine.lens import Leaf
    from smmetrics.engine.places import Bools, Ints, Texts


@dataclass(frozen=True, slots=True)
class Beside:
    """An aggregate's numbers by row. ``at``: the cell of each row, -1 where there is none.

    ``values``: what it comes to, in the type it has; ``none``: where it comes to nothing.
    """

    leaf: Leaf
    cells: pl.DataFrame
    at: Ints
    values: pl.Series
    none: Bools

    @property
    def family(self) -> str:
        """What kind of state the aggregate keeps."""
        return family(self.leaf)

    def counts(self, name: str) -> Ints:
        """A column of counts."""
        column = self.cells.get_column(name)
        return np.append((column.fill_null(0) if column.null_count() else column).to_numpy(), 0)[self.at]

    def numbers(self, name: str) -> Floats:
        """A column of numbers."""
        return np.append(floats(self.cells, name), np.nan)[self.at]

    def texts(self, name: str) -> Texts:
        """A column of words; None where there are none."""
        return np.array([*self.cells.get_column(name).to_list(), None], dtype=np.object_)[self.at]

    def truths(self, name: str, *, none: bool) -> Bools:
        """A column of truth values; ``none`` where there is no cell."""
        return np.append(self.cells.get_column(name).to_numpy(), none)[self.at]

    def days(self, name: str) -> pl.Series:
        """A column of dates."""
        return taken(self.cells.get_column(name), self.at)


def beside(leaf: Leaf, cells: pl.DataFrame, grid: Grid) -> Beside:
    """Lay the cells of an aggregate beside a grid; nothing counted is the number 0 where the family says so."""
    columns = {name: key(name) for name in grid.places.by if key(name) in cells.columns}
    at = grid.beside(cells, columns)
    values = taken(cells.get_column("value"), at)
    made = Beside(leaf, cells, at, values, missing(values))
    nothing = made.none & (made.counts("rows") == 0)
    if made.family not in ZERO or not nothing.any():
        return made
    filled = pl.Series(np.where(nothing, 0.0, values.to_numpy()))
    still = made.none & ~nothing
    return Beside(leaf, cells, at, filled if not still.any() else filled.set(pl.Series(still), None), still)


def taken(values: pl.Series, at: Ints) -> pl.Series:
    """The values at some places; null at -1."""
    if not len(at) or at.min() >= 0:
        return values[at]
    with_none = values.clone().append(pl.Series([None], dtype=values.dtype))
    return with_none[at % len(with_none)]


def missing(values: pl.Series) -> Bools:
    """Where there is no value: a number that is none is one nevertheless."""
    count = values.null_count()
    if not count:
        return np.zeros(len(values), dtype=np.bool_)
    if values.dtype == pl.Float64 and (none := np.isnan(values.to_numpy())).sum() == count:
        return np.asarray(none)
    return values.is_null().to_numpy()
