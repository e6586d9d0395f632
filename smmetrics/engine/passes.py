"""Passes over tables: which rows are read once for which measures, with their period and dimensions."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

import polars as pl

from smmetrics.engine import calendar as days
from smmetrics.engine import compile as compiling
from smmetrics.engine import executing
from smmetrics.engine.calendar import CODE
from smmetrics.engine.layout import layout
from smmetrics.engine.lens import HERE, Lens, days_of, windows
from smmetrics.engine.measures import COUNTING, Source, columns, conjuncts, family, mentions
from smmetrics.engine.partials import END, FALLBACK, Pass
from smmetrics.engine.request import Dated, SideBySide
from smmetrics.engine.zones import day_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
    from datetime import datetime

    from smmetrics.api.facts import View
    from smmetrics.contracts.formula.nodes import Aggregate, Node
    from smmetrics.engine.coverage import Coverage
    from smmetrics.engine.office import Office
    from smmetrics.engine.request import Tables

BOUNDS = frozenset({"period_start", "period_end"})
UNKNOWN = "(unknown)"
"""The group of rows whose dimension has no value."""
_DAY = compiling.ROW_DAY
DAY = "day"
"""The one dimension that is no column: the day a row belongs to."""


@dataclass(frozen=True)
class Setting:
    """What all passes of one measuring share."""

    tables: Tables
    views: Mapping[str, View]
    calendar: days.Calendar
    periods: pl.DataFrame
    zone: str
    as_of: datetime
    by: tuple[str, ...]
    undated: bool = False
    moved: bool = False
    coverage: Coverage | None = None
    offices: Mapping[str, Office] = field(default_factory=dict)
    campaigns: Mapping[str, tuple[tuple[date, date], ...]] = field(default_factory=dict)

    @property
    def keys(self) -> list[str]:
        """The columns a reading is told apart by."""
        return [CODE, *(key(name) for name in self.by)]

    @cached_property
    def bounds(self) -> tuple[date, date]:
        """The first day of all periods, and the day after the last."""
        first, last = self.periods["period_start"].min(), self.periods["period_end"].max()
        assert isinstance(first, date), "there are periods"
        assert isinstance(last, date), "there are periods"
        return first, last

    @cached_property
    def now(self) -> pl.Expr:
        """The instant everything is looked at: Polars takes half a millisecond to make an instant of a zone."""
        return _instant(self.as_of)

    def scope(self) -> compiling.Scope:
        """Names inside a row."""
        constants: dict[Node | str, pl.Expr] = {
            "as_of": self.now,
            "period_start": pl.col("__from"),
            "period_end": pl.col("__to"),
        }
        return compiling.Scope(
            self.views, self.zone, constants, offices=self.offices, campaigns=self.campaigns, until=self.bounds[1]
        )

    def seen(self, lens: Lens) -> Setting:
        """The same periods and groups, seen through a lens."""
        if lens == HERE:
            return self
        by = tuple(name for name in self.by if name not in lens.over)
        periods = windows(self.periods, lens, self.calendar, self.zone) if lens.moved else self.periods
        moved = self.moved or lens.moved
        return replace(self, by=by, periods=periods, moved=moved, undated=self.undated and not moved)


@lru_cache(maxsize=8)
def _instant(at: datetime) -> pl.Expr:
    return pl.lit(at)


def key(name: str) -> str:
    """The column that holds a dimension's values in a pass."""
    return f"k_{name}"


def _named(name: str, view: View) -> pl.Expr:
    """A dimension of a row; *day* is the day it belongs to, whatever dates it."""
    return pl.col(_DAY) if name == DAY and view.event_time is not None else pl.col(name)


def among(name: str, values: Sequence[str]) -> pl.Expr:
    """Rows in one of the groups ``values`` of a dimension."""
    column = pl.col(name).cast(pl.String)
    known = column.is_in(values)
    return known.fill_null(value=True) if UNKNOWN in values else known


@dataclass(slots=True)
class Plan:
    """One table's rows and the measures that read them together; ``held``: rows that have period and groups."""

    source: Source
    measures: dict[Aggregate, None] = field(default_factory=dict)
    by_platform: bool = False
    by_scope: bool = False
    held: pl.DataFrame | None = None

    def pass_(self, setting: Setting) -> Pass:
        """The grouping and the sums."""
        view = setting.views[self.source.table]
        alike = self._alike(view, setting)
        made = layout(self.measures, setting.scope(), alike or None)
        keys = dict.fromkeys([*setting.keys, *(key(name) for name in self._kept(view))])
        return Pass(
            (*keys, *(key(name) for name in self._scope(view) if key(name) not in keys)),
            tuple(keys),
            made,
            view,
            self.source.on or view.event_time,
            runs=bool(alike),
        )

    def _alike(self, view: View, setting: Setting) -> frozenset[str]:
        """The columns in which rows that stand side by side are equal; none where their order does not help."""
        given = setting.tables
        if not isinstance(given, SideBySide) or self.held is not None or setting.moved:
            return frozenset()
        if self.source.on != view.event_time or any(mentions(measure, BOUNDS) for measure in self.measures):
            return frozenset()
        alike = given.side_by_side(view.name, self._columns(view, setting))
        return alike if alike | {"platform", DAY} >= {*setting.by} else frozenset()

    def rows(self, setting: Setting, *, only: pl.Expr | None = None, also: Collection[str] = ()) -> pl.LazyFrame:
        """The rows in the periods, with period code and dimensions; ``only`` those an expression over columns keeps.

        ``also``: columns that no measure reads.
        """
        if self.held is not None:
            named = self.held.lazy() if only is None else self.held.lazy().filter(only)
            if any(mentions(measure, BOUNDS) for measure in self.measures):
                named = named.join(setting.periods.lazy().select(CODE, "__from", "__to"), on=CODE, how="left")
            return named
        view = setting.views[self.source.table]
        frame = setting.tables.frame(view.name, self.read(setting) | frozenset(also))
        frame = frame if only is None else frame.filter(only)
        dated = self._crossed(frame, view, setting) if self.source.on is None else self._dated(frame, view, setting)
        return self.grouped(dated, setting)

    def grouped(self, dated: pl.LazyFrame, setting: Setting) -> pl.LazyFrame:
        """Rows that have a day, with their dimensions."""
        view = setting.views[self.source.table]
        others = dict.fromkeys(name for name in (*self._kept(view), *self._scope(view)) if name not in setting.by)
        return dated.with_columns(
            *(_named(name, view).cast(pl.String).fill_null(UNKNOWN).alias(key(name)) for name in setting.by),
            *(pl.col(name).alias(key(name)) for name in others),
        )

    def read(self, setting: Setting) -> frozenset[str]:
        """The columns of the table that are read."""
        return self._columns(setting.views[self.source.table], setting)

    def _kept(self, view: View) -> list[str]:
        """Dimensions by which cells are left out of some reading: they are in every state's key."""
        asked = {"platform": self.by_platform, "scope": self.by_scope and bool(self.source.counts)}
        return [name for name, kept in asked.items() if kept and view.column(name)]

    def _scope(self, view: View) -> tuple[str, ...]:
        return ("scope",) if self.source.counts and view.column("scope") else ()

    def _columns(self, view: View, setting: Setting) -> frozenset[str]:
        read = frozenset[str]().union(*(columns(measure) for measure in self.measures))
        times = {name for name in (self.source.on, view.event_time) if name}
        read_of = {FALLBACK} if day_told(view, self.source.on, setting) else {*times, FALLBACK}
        dating = {name for name in read_of if view.column(name)}
        lasting = {*view.key, END, *times} if any(measure.name == "last" for measure in self.measures) else set()
        known = {"platform", *self._scope(view), *(name for name in setting.by if name != DAY)} | lasting
        return read | self.source.counts | dating | {name for name in known if view.column(name)}

    def _dated(self, frame: pl.LazyFrame, view: View, setting: Setting) -> pl.LazyFrame:
        first, last = setting.bounds
        day = pl.col(_DAY)
        inside = (day >= first) & (day < last)
        kept = frame.with_columns(_day(view, self.source.on, setting).alias(_DAY)).filter(
            inside | day.is_null() if setting.undated else inside
        )
        if setting.moved:
            coded = kept.join(days_of(setting.periods).lazy(), on=_DAY)
        else:
            coded = kept.with_columns(setting.calendar.code(day).alias(CODE))
        if not any(mentions(measure, BOUNDS) for measure in self.measures):
            return coded
        return coded.join(setting.periods.lazy().select(CODE, "__from", "__to"), on=CODE, how="left")

    def pieces(self, setting: Setting) -> list[pl.LazyFrame]:
        """The rows in pieces: by platform, where an executor reads them; else in one."""
        view = setting.views[self.source.table]
        if not executing.elsewhere() or self.held is not None or view.column("platform") is None:
            return [self.rows(setting)]
        known = setting.coverage.platforms if setting.coverage is not None else []
        platform = pl.col("platform")
        parts = [*(platform == name for name in known), platform.is_null() | ~platform.is_in(known)]
        return [self.rows(setting, only=part) for part in parts]

    def near(self, periods: pl.DataFrame, setting: Setting) -> pl.Expr | None:
        """Rows whose own instant lies in or a day around some periods, or that have none; None for undated tables."""
        view, on = setting.views[self.source.table], self.source.on
        column = view.column(FALLBACK if day_told(view, on, setting) else on or "")
        if column is None or not periods.height:
            return None
        first, last = periods.select(pl.col("__from").min(), pl.col("__to").max()).row(0)
        margin = timedelta(days=1)
        ends = [pl.lit(first - margin), pl.lit(last + margin)]
        if column.type == "date":
            ends = [end.dt.date() for end in ends]
        when = pl.col(column.name)
        return when.is_between(ends[0], ends[1]) | when.is_null()

    def _crossed(self, frame: pl.LazyFrame, view: View, setting: Setting) -> pl.LazyFrame:
        """Every row in each period that does not end before it; a stock's rows in every period."""
        crossed = frame.join(setting.periods.lazy().select(CODE, "__from", "__to", "period_end"), how="cross")
        if view.event_time is None:
            return crossed
        return crossed.filter(_day(view, view.event_time, setting) < pl.col("period_end"))


def _day(view: View, on: str | None, setting: Setting) -> pl.Expr:
    """The day a row belongs to: of its instant in the strategy's zone, else the date its source shows."""
    if day_told(view, on, setting):
        return pl.col(FALLBACK)
    return _dated(view, on, lambda instant: day_of(instant, setting.zone, *setting.bounds))


def day_whenever(view: View, on: str | None, zone: str) -> pl.Expr:
    """The same of rows of all days; within the days asked for `_day` is many times faster."""
    return _dated(view, on, lambda instant: instant.dt.convert_time_zone(zone).dt.date())


def day_told(view: View, on: str | None, setting: Setting) -> bool:
    """Whether the tables themselves say which day a row belongs to (`request.Dated`)."""
    given, dated = setting.tables, on is not None and on == view.event_time
    return dated and isinstance(given, Dated) and given.dated(view.name, setting.zone)


def _dated(view: View, on: str | None, day: Callable[[pl.Expr], pl.Expr]) -> pl.Expr:
    column = view.column(on or "")
    assert column is not None, "the parser knows the column"
    if column.type == "date":
        return pl.col(column.name)
    shown = column.name == view.event_time and view.column(FALLBACK)
    told = day(pl.col(column.name))
    return pl.coalesce(told, pl.col(FALLBACK)) if shown else told


def plans(
    wanted: Iterable[tuple[Source, Aggregate]], *, together: Sequence[str], fine: bool = False
) -> dict[tuple[Source, Aggregate], Plan]:
    """Group measures into passes, and say which pass each is in. Tables in ``together`` need one for all counts.

    A measure that reads no reported count has the same rows in every pass of its table, so it joins the first; unless
    it looks at other rows than the sums of that pass (`_elsewhere`), or, where cells are ``fine``, keeps each number or
    tells different values apart.
    """
    asked = sorted(dict.fromkeys(wanted), key=lambda pair: not pair[0].counts)
    counts: dict[str, frozenset[str]] = {}
    for source, _ in asked:
        if source.table in together:
            counts[source.table] = counts.get(source.table, frozenset()) | source.counts
    made: dict[Source, Plan] = {}
    found: dict[tuple[Source, Aggregate], Plan] = {}
    for source, aggregate in asked:
        whole = Source(source.table, counts.get(source.table, source.counts), source.on)
        home = whole if whole.counts else next((s for s in made if (s.table, s.on) == (source.table, source.on)), whole)
        plan = made.setdefault(home, Plan(home))
        plan.measures[aggregate] = None
        found[source, aggregate] = plan
    for plan in made.values():
        for choose in (_elsewhere, _listing, _telling_apart) if fine else (_elsewhere,):
            apart = choose([pair for pair, home in found.items() if home is plan])
            counts_ = frozenset[str]().union(*(source.counts for source, _ in apart))
            beside = Plan(replace(plan.source, counts=counts_), {part: None for _, part in apart})
            plan.measures = {part: None for part in plan.measures if part not in beside.measures}
            found |= dict.fromkeys(apart, beside)
    return found


def _elsewhere(pairs: Sequence[tuple[Source, Aggregate]]) -> list[tuple[Source, Aggregate]]:
    """Measures that only count, on rows that no sum of the pass looks at: all sums share a condition these have not.

    A pass of their own reads two or three columns, and spares the sums the rows that are not theirs.
    """
    light = [pair for pair in pairs if family(pair[1]) in COUNTING and not pair[0].counts]
    heavy = [conjuncts(part) for _, part in pairs if family(part) not in COUNTING]
    shared = heavy[0].intersection(*heavy) if heavy else frozenset()
    return [pair for pair in light if shared and not shared & conjuncts(pair[1])]


def _listing(pairs: Sequence[tuple[Source, Aggregate]]) -> list[tuple[Source, Aggregate]]:
    """Measures that keep every number of a cell: alone they need few columns, and nobody waits for their sums."""
    listed = [pair for pair in pairs if family(pair[1]) == "values"]
    return listed if len(listed) < len(pairs) else []


def _telling_apart(pairs: Sequence[tuple[Source, Aggregate]]) -> list[tuple[Source, Aggregate]]:
    """Measures that count different values: they read a column, most often a text, of which no sum makes use."""
    apart = [pair for pair in pairs if family(pair[1]) == "distinct" and not pair[0].counts]
    return apart if any(family(part) not in COUNTING for _, part in pairs) else []
