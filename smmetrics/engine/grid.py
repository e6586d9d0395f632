"""The grid of periods and groups that readings stand in, and which of their days are known.

Groups are numbered once for all metrics, and rows of different tables find each other by these numbers: most readings
are a few dozen rows, of which looking a row up costs less than planning a join.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from smmetrics.contracts.formula.nodes import Previous, Total, Trailing, walk
from smmetrics.engine import coverage as covering
from smmetrics.engine.asking import CANNOT
from smmetrics.engine.lens import lens_of
from smmetrics.engine.passes import key
from smmetrics.engine.places import Places

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from smmetrics.engine.asking import Ask
    from smmetrics.engine.lens import Leaf, Lens
    from smmetrics.engine.passes import Setting
    from smmetrics.engine.places import Bools, Ints, Texts
    from smmetrics.engine.request import Window


@dataclass(frozen=True, slots=True)
class Context:
    """What readings of all metrics share. ``unfinished``: the periods that were cut, or are not over yet."""

    setting: Setting
    coverage: covering.Coverage
    window: Window
    places: Places
    unfinished: Bools


def context(setting: Setting, window: Window) -> Context:
    """What readings share where some tables are measured."""
    assert setting.coverage is not None, "readings are made of covered days"
    unfinished = setting.periods.select(~pl.col("whole") | (pl.col("__to") > setting.now)).to_series()
    return Context(setting, setting.coverage, window, Places(setting.periods, setting.by), unfinished.to_numpy())


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The days that a lens reads for each row: its periods, and how many of their days are covered."""

    periods: pl.DataFrame
    days: Ints


@dataclass(frozen=True, slots=True)
class Grid:
    """The rows of one request: its groups one after the other, each in all periods.

    ``days``: how many are covered; ``gap``: whether some are not; ``elsewhere``: what lenses that read other days than
    the period's see, by lens.
    """

    places: Places
    groups: Ints
    days: Ints
    gap: Bools
    elsewhere: Mapping[Lens, Elsewhere]

    @property
    def group(self) -> Ints:
        """The number of each row's group."""
        return np.repeat(self.groups, len(self.places.codes))

    @property
    def period(self) -> Ints:
        """The place of each row's period."""
        return np.tile(np.arange(len(self.places.codes)), len(self.groups))

    def beside(self, frame: pl.DataFrame, columns: Mapping[str, str]) -> Ints:
        """For each row the row of a frame that has its period and values; -1 where there is none.

        ``columns``: the column of the frame that holds a dimension.
        """
        return self.places.beside(self.groups, frame, columns)

    def values(self, name: str) -> Texts:
        """The value of one dimension, by row."""
        return np.repeat(self.places.values(self.groups, name), len(self.places.codes))


def gridded(one: Ask, cells: Mapping[Leaf, pl.DataFrame], context: Context) -> Grid:
    """Periods by groups, with the days covered of each and whether some are not."""
    groups = _groups(one, cells, context)
    days, gap = _covered(groups, one, context)
    elsewhere = {lens: _elsewhere(groups, lens, one, context) for lens in _moved_by(one)}
    return Grid(context.places, groups, days, gap, elsewhere)


def _covered(groups: Ints, one: Ask, context: Context, lens: Lens | None = None) -> tuple[Ints, Bools]:
    """Days covered by row, and whether some are not; of the days that a lens reads, where one is given."""
    setting = context.setting
    periods = setting.periods if lens is None else setting.seen(lens).periods
    views, seeing = one.tables(setting.views), one.seeing
    known = covering.covered(context.coverage, views, periods=periods, by=setting.by, seeing=seeing, moved=lens)
    if known is None:
        length = np.tile(periods.get_column("length").to_numpy(), len(groups))
        return length, np.zeros(len(length), dtype=np.bool_)
    at = context.places.beside(groups, known, {name: name for name in setting.by if name in covering.ENTITY})
    days = np.append(known.get_column("days").to_numpy(), 0)[at]
    return days, np.append(known.get_column("gap").to_numpy(), True)[at]


def _elsewhere(groups: Ints, lens: Lens, one: Ask, context: Context) -> Elsewhere:
    days, _ = _covered(groups, one, context, lens)
    return Elsewhere(context.setting.seen(lens).periods, days)


def _moved_by(one: Ask) -> Iterable[Lens]:
    """The lenses of a formula that read other days than the period's."""
    seen = (lens_of(node) for node in walk(one.root) if isinstance(node, Previous | Trailing | Total))
    return (replace(lens, over=frozenset()) for lens in seen if lens.moved)


def seen_whole(grid: Grid) -> Bools:
    """Whether all days that lenses read are known well enough: some of an earlier period, all of a rolling window."""
    whole = np.ones(len(grid.days), dtype=np.bool_)
    for lens, there in grid.elsewhere.items():
        length = np.tile(there.periods.get_column("length").to_numpy(), len(grid.groups))
        whole &= there.days >= length if lens.days else there.days > 0
    return whole


def _groups(one: Ask, cells: Mapping[Leaf, pl.DataFrame], context: Context) -> Ints:
    """Groups that have rows, those that are covered, and platforms that cannot feed the metric."""
    places = context.places
    by = places.by
    if not by:
        return places.whole
    columns = {name: key(name) for name in by}
    # What a lens lifts a slice of has fewer keys, and no groups of its own.
    whole = [frame for frame in cells.values() if {*columns.values()} <= {*frame.columns}]
    found = [places.numbers(frame, columns)[_used(frame)] for frame in whole]
    if set(by) <= set(covering.ENTITY):
        # Where only files are that cannot tell which rows are meant, rows without a number say so.
        seeing = replace(one.seeing, blind=frozenset())
        entities = covering.entities(context.coverage, one.tables(context.setting.views), by, seeing)
        if entities.width == len(by):
            found.append(places.numbers(entities, {name: name for name in by}))
    if by == ("platform",):
        unable = [(name,) for name, verdict in one.request.verdicts.items() if verdict[0] in CANNOT]
        found.append(places.numbered(unable))
    return np.unique(np.concatenate(found)) if found else np.zeros(0, dtype=np.int64)


def _used(cells: pl.DataFrame) -> Bools:
    """Which cells hold rows."""
    return np.asarray(cells.get_column("rows").to_numpy() + cells.get_column("unknown").to_numpy() > 0)
