"""Whether a number may be shown: whether all it is made of is about enough people, also by subtraction."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import reduce
from itertools import product
from typing import TYPE_CHECKING, Any

import polars as pl

from smmetrics.contracts.formula.nodes import Aggregate, Column, Const, Op
from smmetrics.engine.calendar import Calendar, Period, frame
from smmetrics.engine.compile import Scope
from smmetrics.engine.coverage import Coverage
from smmetrics.engine.lens import Lens, aggregate_of, lens_of, windows
from smmetrics.engine.measures import family, reading_rows
from smmetrics.engine.privacy.days import ends_wanted, stretch
from smmetrics.engine.privacy.lattice import projected
from smmetrics.engine.privacy.people import REST, Crowds, Kept, Reads, crowds, reads
from smmetrics.engine.privacy.policy import about
from smmetrics.engine.privacy.stretches import FIRST, LAST, allowed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from smmetrics.api.facts import View
    from smmetrics.contracts.formula.nodes import Node
    from smmetrics.engine.asking import Ask
    from smmetrics.engine.privacy.lattice import Cell, Dims
    from smmetrics.engine.request import Tables, Window
    from smmetrics.tables.agreement import Agreement

FEW = "people.few"
WHOLE_DAYS = "days.whole"
PERSONS = frozenset({"person", "other"})
STOCK = "people"
ADDED_UP = frozenset({"count", "sum", "mean", "ratio", "share", "wait"})
"""Families whose numbers over neighbouring days add up, so that one can be taken from another."""


@dataclass(frozen=True, slots=True)
class Shown:
    """People behind what is read, and the days that may be ends, by group."""

    crowds: Crowds
    wanted: frozenset[int]
    ends: Mapping[Dims, Mapping[Cell, frozenset[int]]]


@dataclass(slots=True)
class Judge:
    """Judges the readings of one request after another; who is behind equal rows is looked at once.

    ``kept``: by dimension, the values that a filter keeps; ``tables`` hold all rows, those it leaves out too.
    """

    agreed: Agreement
    tables: Tables
    views: Mapping[str, View]
    window: Window
    kept: tuple[Kept, ...] = ()
    known: dict[Reads, Shown | None] = field(default_factory=dict)
    coverage: Coverage | None = None

    def reason(self, one: Ask, by: Sequence[str], row: Mapping[str, Any], group: Mapping[str, str]) -> str:
        """Why a reading is hidden; empty where it may be shown. ``group``: its values of the dimensions ``by``."""
        start, end = row["period_start"], row["period_end"]
        if start is None or end is None:
            return ""
        for what, lens, kind in self._read(one, by):
            days = self._moved(start, end, lens)
            if why := self._why(what, group, days, grown=bool(lens.days) and kind not in ADDED_UP):
                return why
        return ""

    def _read(self, one: Ask, by: Sequence[str]) -> Iterator[tuple[Reads, Lens, str]]:
        """What each aggregate of a formula reads of people, and through which lens."""
        for leaf in one.aggregates:
            aggregate, lens = aggregate_of(leaf), lens_of(leaf)
            cuts = [name for name in by if name not in lens.over]
            for what in self._parts(aggregate, cuts, all_=one.request.about_people):
                yield what, lens, family(leaf)

    def _parts(self, aggregate: Aggregate, cuts: Sequence[str], *, all_: bool) -> Iterator[Reads]:
        inside = [aggregate] if not aggregate.by else list(reading_rows(aggregate))
        if STOCK in aggregate.by:
            return
        for part in inside:
            view = self.views[part.table]
            if not about(view, all_=all_):
                continue
            here = [name for name in cuts if view.column(name)]
            there = [(each, column) for each in self.kept if (column := view.column(each.name))]
            kept = [each for each, column in there if column.type != "texts"]
            lists = [each for each, column in there if column.type == "texts"]
            # Of people with a number each, the conditions say what is counted of them, not who is among them.
            bare = Aggregate(name="count", table=part.table, on=part.on)
            asked = _also(bare if PERSONS & {*aggregate.by} else part, lists)
            found = reads(asked, view, here, all_=all_, kept=kept)
            if found is not None:
                yield found

    def _moved(self, start: date, end: date, lens: Lens) -> tuple[date, date]:
        if not lens.moved:
            return start, end
        calendar = Calendar(self.window.grain, self.window.week_starts)
        moved = windows(frame([Period(0, start, end)], self.window.zone), lens, calendar, self.window.zone)
        first, last = moved.select("period_start", "period_end").row(0)
        return first, last

    def _why(self, what: Reads, group: Mapping[str, str], days: tuple[date, date], *, grown: bool) -> str:
        shown = self._shown(what)
        if shown is None or shown.crowds.few_meet:
            return FEW
        if all_kept := [each for each in what.kept if each.name not in what.cuts and _keeps_all(each, shown)]:
            return self._why(replace(what, kept=_without(what.kept, all_kept)), group, days, grown=grown)
        stock = self.views[what.table].event_time is None
        first = None if what.on is None or stock else days[0]
        undated = self.window.grain == "total" and not (self.window.since or self.window.until)
        start, end = stretch(shown.crowds, first, days[1], undated=undated or stock)
        cells = list(self._cells(what, group, shown))
        if not all(self._is_shown(shown, what.dims, cell, (start, end), grown=grown) for cell in cells):
            aligned = {start, end} <= shown.wanted or grown
            return FEW if aligned else WHOLE_DAYS
        return ""

    def _cells(self, what: Reads, group: Mapping[str, str], shown: Shown) -> Iterator[Cell]:
        """The groups a reading is made of: of each dimension its own value, else the values that are kept."""
        values: list[list[str]] = []
        for name in what.dims:
            known = sorted(cell[0] for cell in shown.crowds.tables.get((name,), {}))
            if name == REST:
                values.append(list(what.told))
            elif name in what.cuts:
                values.append([group.get(name, "")])
            else:
                holding = [each for each in what.kept if each.name == name]
                named = {value for each in holding if not each.but for value in each.values}
                values.append([v for v in sorted({*known, *named}) if all(each.holds(v) for each in holding)])
        yield from product(*values)

    def _is_shown(self, shown: Shown, dims: Dims, cell: Cell, days: tuple[int, int], *, grown: bool) -> bool:
        smallest = self.agreed.smallest
        crowd = shown.crowds.tables[dims].get(cell)
        if crowd is None or not crowd.all:
            # Nobody at all: that says something of everybody in the groups around it.
            around = (shown.crowds.tables[each].get(projected(cell, dims, each)) for each in shown.crowds.tables)
            return all(each is None or not each.all or each.all >= smallest for each in around)
        if grown:
            return crowd.people(*days) >= smallest
        return {*days} <= shown.ends[dims][cell]

    def _shown(self, what: Reads) -> Shown | None:
        if what not in self.known:
            self.known[what] = self._looked_at(what)
        return self.known[what]

    def _looked_at(self, what: Reads) -> Shown | None:
        scope = Scope(
            self.views,
            self.window.zone,
            {"as_of": pl.lit(self.window.as_of)},
            offices=self.window.offices,
            campaigns=self.window.campaigns,
        )
        found = crowds(what, self.tables, self.views[what.table], scope, self.agreed.smallest)
        if found is None:
            return None
        if self.coverage is None:
            self.coverage = Coverage(self.tables.spans())
        covered = self.coverage.bounds()
        wanted = ends_wanted(found, self.window.week_starts, covered=covered, closed=self.agreed.closed)
        ends = allowed(found.tables, wanted, self.agreed.smallest)
        return Shown(found, frozenset((*wanted, FIRST, LAST)), ends)


def _keeps_all(kept: Kept, shown: Shown) -> bool:
    """Whether nothing is left out: then it is no condition."""
    return all(kept.holds(cell[0]) for cell in shown.crowds.tables[kept.name,])


def _without(kept: Sequence[Kept], gone: Sequence[Kept]) -> tuple[Kept, ...]:
    return tuple(each for each in kept if each not in gone)


def _also(part: Aggregate, kept: Sequence[Kept]) -> Aggregate:
    """The aggregate with what a filter keeps of lists: rows that hold one of the values."""
    conditions = [] if part.where is None else [part.where]
    for each in kept:
        named = Column(part.table, each.name)
        held: list[Node] = [Op("in", (Const(value), named)) for value in sorted(each.values)]
        conditions.append(reduce(_either, held))
    return replace(part, where=reduce(_both, conditions)) if conditions else part


def _either(one: Node, other: Node) -> Node:
    return Op("or", (one, other))


def _both(one: Node, other: Node) -> Node:
    return Op("and", (one, other))
