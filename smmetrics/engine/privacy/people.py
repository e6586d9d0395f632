"""Who is behind the rows that an aggregate reads: on which days, in which groups, meeting its conditions or not."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from itertools import combinations
from operator import and_
from typing import TYPE_CHECKING

import polars as pl

from smmetrics.contracts.formula.nodes import Column, Const, Op
from smmetrics.engine import compile as compiling
from smmetrics.engine.measures import columns, condition, mentions, parts_of
from smmetrics.engine.naming import is_naming
from smmetrics.engine.passes import BOUNDS, UNKNOWN, day_whenever
from smmetrics.engine.privacy.stretches import UNDATED, Crowd

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from smmetrics.api.facts import View
    from smmetrics.contracts.formula.nodes import Aggregate, Node
    from smmetrics.engine.privacy.lattice import Cell, Dims
    from smmetrics.engine.request import Tables

REST = "~"
"""The dimension that tells which rows meet what is left of the conditions; after all names in the alphabet."""
CUTS = 4
"""Dimensions that are looked at together. Of more, nothing is shown."""
CELLS = 4000
"""Cells that are looked at together. Of more, nothing is shown."""
MET, NOT_MET = "met", "not met"
YES, NO, UNSAID = "yes", "no", "unsaid"
_DAY, _WHO = compiling.ROW_DAY, "__who"
_ITSELF = frozenset({"theirs"})
"""What is true of every row looked at."""


@dataclass(frozen=True, slots=True)
class Kept:
    """The values of a dimension that an aggregate or a filter keeps; or, with ``but``, all others."""

    name: str
    values: frozenset[str]
    but: bool = False

    def holds(self, value: str) -> bool:
        """Whether a value is kept."""
        return (value in self.values) != self.but


@dataclass(frozen=True, slots=True)
class Reads:
    """What an aggregate reads: a table by some column's days, cut by dimensions, with what is kept of each.

    ``rest``: conditions that are no values of a dimension; ``asks``: the condition of a share. ``loose``: whether it
    has conditions on the period itself, which no row meets alone.
    """

    table: str
    on: str | None
    all_: bool
    cuts: tuple[str, ...]
    kept: tuple[Kept, ...] = ()
    rest: tuple[Node, ...] = ()
    asks: Node | None = None
    loose: bool = False

    @property
    def dims(self) -> Dims:
        """All dimensions looked at together."""
        told = (REST,) if self.rest or self.asks is not None else ()
        return tuple(sorted({*self.cuts, *(each.name for each in self.kept), *told}))

    @property
    def told(self) -> tuple[str, ...]:
        """The values of `REST` that a reading is about."""
        return (YES, NO, UNSAID) if self.asks is not None else (MET,)


def reads(
    aggregate: Aggregate, view: View, by: Sequence[str], *, all_: bool, kept: Iterable[Kept] = ()
) -> Reads | None:
    """What an aggregate reads of people; None where its conditions leave only rows of our own."""
    on = view.event_time if aggregate.on == "default" else aggregate.on
    found, rest, loose = list(kept), [], False
    where = condition(aggregate)
    for part in sorted(parts_of(where) if where is not None else (), key=str):
        one = _value(part, view)
        if one is not None and not all_ and one.holds("true") and one.name in {"ours", "staff"}:
            return None
        if one is not None and one.name in _ITSELF and not all_ and one.holds("true"):
            continue
        if mentions(part, BOUNDS):
            loose = True
        elif one is not None and one.name not in {each.name for each in found}:
            found.append(one)
        else:
            rest.append(part)
    asks = aggregate.args[0] if aggregate.name == "share" else None
    if asks is not None and mentions(asks, BOUNDS):
        asks, loose = None, True
    return Reads(view.name, on, all_, tuple(by), tuple(found), tuple(rest), asks, loose)


def _value(part: Node, view: View) -> Kept | None:
    """A condition that keeps values of a dimension a reading can be cut by."""
    match part:
        case Column(name=name):
            return _of(view, name, ("true",))
        case Op(kind="not", args=(Column(name=name),)):
            return _of(view, name, ("false",))
        case Op(kind=("==" | "in" | "!=" | "not_in") as kind, args=(Column(name=name), Const(value=value))):
            values = value if isinstance(value, tuple) else (value,)
            texts = [str(each).lower() if isinstance(each, bool) else each for each in values]
            known = tuple(each for each in texts if isinstance(each, str))
            return _of(view, name, known, but=kind in {"!=", "not_in"}) if len(known) == len(texts) else None
        case _:
            return None


def _of(view: View, name: str, values: Sequence[str], *, but: bool = False) -> Kept | None:
    column = view.column(name)
    if column is None or column.type not in {"text", "bool"} or is_naming(name):
        return None
    # A value that is not known is neither equal nor different.
    return Kept(name, frozenset(values) | ({UNKNOWN} if but else frozenset()), but)


@dataclass(frozen=True, slots=True)
class Crowds:
    """People by table of groups, `lattice`'s form; the first and the last day anybody was there; undated rows."""

    tables: Mapping[Dims, Mapping[Cell, Crowd]]
    first: int
    last: int
    undated: bool
    few_meet: bool = False


def crowds(what: Reads, tables: Tables, view: View, scope: compiling.Scope, smallest: int) -> Crowds | None:
    """The people behind what is read, group by group; None where there are too many groups to look at."""
    if len(what.dims) > CUTS:
        return None
    rows = _rows(what, tables, view, scope)
    lowest = rows.group_by(what.dims).agg(pl.len()) if what.dims else rows.select(pl.len())
    if lowest.height > CELLS:
        return None
    dated = rows.filter(pl.col(_DAY) < UNDATED)
    first, last = dated.select(first=pl.col(_DAY).min(), last=pl.col(_DAY).max()).row(0) if dated.height else (0, -1)
    made = {dims: _crowded(rows, dims) for size in range(len(what.dims) + 1) for dims in combinations(what.dims, size)}
    places = [f"__part{place}" for place in range(len(what.rest))]
    meeting = [rows.filter(pl.col(name)).get_column(_WHO).n_unique() for name in places] if len(places) > 1 else []
    few = any(0 < people < smallest for people in meeting)
    return Crowds(made, first, last, dated.height < rows.height, few)


def _rows(what: Reads, tables: Tables, view: View, scope: compiling.Scope) -> pl.DataFrame:
    """A row for each person, day and group."""
    asked = [*what.rest, *([what.asks] if what.asks is not None else [])]
    read = frozenset[str]().union(*(columns(node) for node in asked))
    dating = {name for name in (what.on, "created_on") if name and view.column(name)}
    whose = "person" if what.all_ else "theirs"
    cuts = [name for name in what.dims if name != REST]
    frame = tables.frame(view.name, read | dating | {"person", whose, *cuts})
    seen = frame.filter(pl.col("person").is_not_null() if what.all_ else pl.col("theirs"))
    dated = seen.with_columns(_day(view, what.on, scope.zone).alias(_DAY))
    if what.on is not None and what.on != view.event_time:
        dated = dated.filter(pl.col(_DAY).is_not_null())
    parts = [compiling.expression(part, scope).fill_null(value=False) for part in what.rest]
    told = [_told(what, parts, scope).alias(REST)] if REST in what.dims else []
    rows = dated.select(
        pl.col(_DAY).to_physical().cast(pl.Int64).fill_null(UNDATED),
        pl.col("person").alias(_WHO),
        *(pl.col(name).cast(pl.String).fill_null(UNKNOWN) for name in cuts),
        *told,
        *(part.alias(f"__part{place}") for place, part in enumerate(parts)),
    )
    numbered = rows.unique().collect()
    return numbered.with_columns(pl.col(_WHO).rank("dense").cast(pl.Int64))


def _told(what: Reads, parts: Sequence[pl.Expr], scope: compiling.Scope) -> pl.Expr:
    meets = reduce(and_, parts, pl.lit(value=True))
    met = pl.lit(MET)
    if what.asks is not None:
        asks = compiling.expression(what.asks, scope)
        met = pl.when(asks.is_null()).then(pl.lit(UNSAID)).when(asks).then(pl.lit(YES)).otherwise(pl.lit(NO))
    return pl.when(meets).then(met).otherwise(pl.lit(NOT_MET))


def _day(view: View, on: str | None, zone: str) -> pl.Expr:
    """The day of a row in the strategy's zone; none where it has none, or where rows of every day count."""
    dating = on or view.event_time
    column = view.column(dating or "")
    return pl.lit(None, dtype=pl.Date) if column is None else day_whenever(view, dating, zone)


def _crowded(rows: pl.DataFrame, dims: Dims) -> dict[Cell, Crowd]:
    pairs = rows.select(*dims, _DAY, _WHO).unique()
    if not dims:
        return {(): _crowd(pairs)}
    return {tuple(map(str, cell)): _crowd(part) for cell, part in pairs.partition_by(dims, as_dict=True).items()}


def _crowd(rows: pl.DataFrame) -> Crowd:
    return Crowd.of(rows.get_column(_DAY).to_numpy(), rows.get_column(_WHO).to_numpy())
