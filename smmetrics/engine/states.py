"""States and reasons of readings: the first that applies, in the order of the contract (`schema.STATES`)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import polars as pl

from smmetrics.contracts.formula.nodes import Column, walk
from smmetrics.engine.lens import aggregate_of, lens_of
from smmetrics.engine.levels import NEWEST, is_level, old
from smmetrics.engine.measures import SAMPLED, aggregates, family
from smmetrics.engine.passes import UNKNOWN
from smmetrics.engine.remarks import remarks
from smmetrics.engine.schema import STATES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from smmetrics.api.facts import ViewColumn
    from smmetrics.contracts.formula.nodes import Node
    from smmetrics.engine.asking import Ask
    from smmetrics.engine.beside import Beside
    from smmetrics.engine.grid import Grid
    from smmetrics.engine.passes import Setting
    from smmetrics.engine.places import Bools, Ints, Texts
    from smmetrics.engine.readings import Found

    Rule: TypeAlias = tuple[str, Bools, str | Texts]
    """A state, the rows it applies to, and its reason: one for all of them, or one a row."""

_UNITS = frozenset({"count", "distinct"})
_NEED_ROWS = frozenset({"last"})
PARTS = 2
"""So many a whole must have at least before a part of it is told."""


@dataclass(frozen=True, slots=True)
class Stated:
    """The place of each row's state among `STATES`, and its reason."""

    state: Ints
    reason: Texts


def stated(one: Ask, grid: Grid, sides: Sequence[Beside], found: Found, setting: Setting) -> Stated:
    """State and reason of each row."""
    rows = len(grid.days)
    state, reason = np.full(rows, -1), np.full(rows, "", dtype=np.object_)
    for name, applies, why in _rules(one, grid, sides, found, setting):
        now = applies & (state < 0)
        if now.any():
            state[now] = STATES.index(name)
            reason[now] = why if isinstance(why, str) else why[now]
    valued = state < 0
    state[valued] = STATES.index("value")
    if valued.any():
        reason[valued] = remarks(one, grid, sides, found)[valued]
    return Stated(state, reason)


def _rules(one: Ask, grid: Grid, sides: Sequence[Beside], found: Found, setting: Setting) -> Iterator[Rule]:
    """What is looked at, in this order."""
    yield from _unable(one, grid)
    yield from _added(sides, setting)
    yield from _alone(one, grid)
    yield "not_covered", ~found.covered, "span.absent"
    yield "failed", _any([_endless(found), *map(_infinite, sides)], grid), "time.open"
    yield from _all_old(sides)
    yield "not_reported", _any(map(_silent, sides), grid), "report.absent"
    yield from _old(grid, sides, setting)
    few = _any([*(_few(one, side) for side in sides), *_few_below(one, found)], grid)
    yield "too_few", few & ~_any(map(_empty, sides), grid), "sample.small"
    yield "immature", _any(map(_unreached, sides), grid), "wait.not_reached"
    yield "zero_activity", ~found.known, "denominator.zero"


def _any(parts: Iterable[Bools], grid: Grid) -> Bools:
    return np.asarray(np.logical_or.reduce([np.zeros(len(grid.days), dtype=np.bool_), *parts]))


def _unable(one: Ask, grid: Grid) -> Iterator[Rule]:
    """Platforms that cannot feed the metric."""
    if "platform" not in grid.places.by or not one.request.verdicts:
        return
    platform = grid.values("platform")
    for status in ("not_permitted", "not_measurable"):
        for name, (found, why) in one.request.verdicts.items():
            if found == status:
                yield status, platform == name, why


def _added(sides: Sequence[Beside], setting: Setting) -> Iterator[Rule]:
    """Different people of several platforms, posts or accounts: nobody knows how many are the same.

    One network reports its own people by account: those are added up.
    """
    for side in sides:
        if not is_level(side.leaf):
            continue
        columns = [each for node in walk(aggregate_of(side.leaf).args[0]) if (each := _of_people(node, setting))]
        if columns:
            several = side.counts("platforms")
            yield "refused", several > 1, _worded("people.added: {}", several)
        if any(not column.people for column in columns):
            several = side.counts("entities")
            yield "refused", several > 1, _worded("people.several: {}", several)


def _alone(one: Ask, grid: Grid) -> Iterator[Rule]:
    """A part of a whole that has no other part is always all of it, and says nothing: no rival, no share of voice."""
    for name in sorted({name for leaf in one.aggregates for name in lens_of(leaf).over}):
        parts = set(grid.places.values(grid.groups, name)) - {UNKNOWN}
        yield "refused", np.full(len(grid.days), len(parts) < PARTS), f"part.alone: {name}"


def _of_people(node: Node, setting: Setting) -> ViewColumn | None:
    """A column that tells of different people."""
    known = setting.views[node.table].column(node.name) if isinstance(node, Column) else None
    return known if known is not None and known.additivity == "non_additive" else None


def _old(grid: Grid, sides: Sequence[Beside], setting: Setting) -> Iterator[Rule]:
    """The newest level of all was seen too long before the days it is to stand for end."""
    for side in sides:
        if not is_level(side.leaf):
            continue
        lens = replace(lens_of(side.leaf), over=frozenset())
        periods = grid.elsewhere[lens].periods if lens.moved else setting.periods
        newest, until = side.days(NEWEST), periods.get_column("__to")[grid.period]
        too_old = pl.select(old(pl.lit(newest), pl.lit(until), setting)).to_series().to_numpy()
        yield "stale", too_old, _worded("level.old: {}", newest.to_list())


def _all_old(sides: Sequence[Beside]) -> Iterator[Rule]:
    """Levels of entities, of which none is new enough: that is why none is told."""
    for side in sides:
        if NEWEST in side.cells.columns and aggregate_of(side.leaf).by:
            newest = side.days(NEWEST)
            yield "stale", _silent(side) & newest.is_not_null().to_numpy(), _worded("level.old: {}", newest.to_list())


def _worded(text: str, values: Iterable[object]) -> Texts:
    return np.array([text.format(value) for value in values], dtype=np.object_)


def _endless(found: Found) -> Bools:
    return np.asarray(found.known & ~np.isfinite(found.value))


def _infinite(side: Beside) -> Bools:
    return np.asarray(np.isinf(side.values.cast(pl.Float64, strict=False).to_numpy()))


def _empty(side: Beside) -> Bools:
    """Nothing to divide by: no row, or a sum of zero below the line."""
    nothing = np.asarray((side.counts("n") == 0) & (side.family in SAMPLED))
    return nothing | (side.numbers("denominator") == 0) if side.family == "ratio" else nothing


def _silent(side: Beside) -> Bools:
    """Rows are there, and none reports what is asked."""
    silent = np.asarray((side.counts("n") == 0) & (side.family != "count"))
    return silent if side.family in _NEED_ROWS else silent & (side.counts("rows") > 0)


def _few(one: Ask, side: Beside) -> Bools:
    few = np.asarray((side.counts("n") < one.request.min_units) & (side.family in SAMPLED))
    if side.family in {"share", "ratio"}:
        few |= side.numbers("denominator") < one.request.min_denominator
    return few


def _few_below(one: Ask, found: Found) -> Iterator[Bools]:
    """A quotient of two aggregates over a small number of units says little either."""
    if one.form.quotient is not None and any(family(part) in _UNITS for part in aggregates(one.form.quotient[1])):
        yield (found.denominator < one.request.min_denominator) & (found.denominator != 0)


def _unreached(side: Beside) -> Bools:
    """Fewer than the part asked for have ended so far."""
    return np.asarray((side.counts("n") > 0) & side.none & (side.family == "wait"))
