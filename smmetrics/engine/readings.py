"""Readings: the grid of periods and groups somebody asked for, with values, intervals, states and provenance.

A request's readings are arrays, a number a row: rows are few and requests many, and planning a query for each request
takes longer than all that is computed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from smmetrics.engine.beside import beside, missing
from smmetrics.engine.evaluating import evaluated
from smmetrics.engine.grid import gridded, seen_whole
from smmetrics.engine.lens import aggregate_of
from smmetrics.engine.measures import reported
from smmetrics.engine.shaped import shaped
from smmetrics.engine.states import stated
from smmetrics.engine.told import Answer, Silent

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import polars as pl

    from smmetrics.engine.asking import Ask
    from smmetrics.engine.beside import Beside
    from smmetrics.engine.grid import Context, Grid
    from smmetrics.engine.intervals import Floats
    from smmetrics.engine.lens import Leaf
    from smmetrics.engine.passes import Setting
    from smmetrics.engine.places import Bools, Texts


@dataclass(frozen=True, slots=True)
class Found:
    """What is found out of each reading of a request, by row; none is nan.

    ``known``: whether there is a value at all, be it no number. ``method``: of the interval; ``scope``: of its counts.
    """

    value: Floats
    known: Bools
    low: Floats
    high: Floats
    method: Texts
    numerator: Floats
    denominator: Floats
    n: Floats
    n_eff: Floats
    reported_share: Floats
    scope: Texts
    covered: Bools
    exact: Bools


def readings(asked: Sequence[tuple[Ask, Mapping[Leaf, pl.DataFrame]]], context: Context) -> pl.DataFrame:
    """The readings of all requests, a row for each period and group, sorted."""
    return shaped([_answered(one, cells, context) for one, cells in asked], context)


def _answered(one: Ask, cells: Mapping[Leaf, pl.DataFrame], context: Context) -> Answer | Silent:
    setting = context.setting
    if one.state or not setting.periods.height:
        why = (one.state, one.reason) if one.state else ("not_covered", "span.absent")
        return Silent(one, max(1, setting.periods.height), *why)
    grid = gridded(one, cells, context)
    sides = [beside(leaf, cells[leaf], grid) for leaf in one.aggregates]
    found = _found(one, grid, sides, setting)
    return Answer(
        one, grid, found, stated(one, grid, sides, found, setting), grid.gap | context.unfinished[grid.period]
    )


def _found(one: Ask, grid: Grid, sides: Sequence[Beside], setting: Setting) -> Found:
    numbers = evaluated(one, grid, sides, setting)
    rows, bounding = len(grid.days), numbers.bounding
    return Found(
        value=numbers.value.to_numpy(),
        known=~missing(numbers.value),
        low=numbers.low,
        high=numbers.high,
        method=np.full(rows, None) if bounding is None else bounding.texts("method"),
        numerator=numbers.numerator,
        denominator=numbers.denominator,
        n=_least([side.counts("n").astype(np.float64) for side in sides], rows),
        n_eff=_least([side.numbers("n_eff") for side in sides], rows),
        reported_share=_least([_share(side) for side in sides], rows),
        scope=_scope(sides, rows, setting),
        covered=(grid.days > 0) & seen_whole(grid),
        exact=np.logical_and.reduce([np.ones(rows, np.bool_), *(side.truths("exact", none=True) for side in sides)]),
    )


def _least(columns: Sequence[Floats], rows: int) -> Floats:
    """The smallest of several numbers that are there, row by row."""
    return np.asarray(np.fmin.reduce([np.full(rows, np.nan), *columns]))


def _share(side: Beside) -> Floats:
    """The part of an aggregate's rows that report what it reads."""
    rows = side.counts("rows")
    all_, told = rows + side.counts("unknown"), rows if side.family == "count" else side.counts("n")
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(all_ > 0, told / all_, np.nan)


def _scope(sides: Sequence[Beside], rows: int, setting: Setting) -> Texts:
    """The one scope of the counts read, or *mixed*; nothing for formulas that read no reported count."""
    scope, mixed = np.full(rows, "", dtype=np.object_), np.zeros(rows, dtype=np.bool_)
    for side in sides:
        part = aggregate_of(side.leaf)
        if part.by or not reported(part, setting.views[part.table]):
            continue
        own = np.where(side.at < 0, "", side.texts("scope"))
        own[own == None] = ""  # noqa: E711 (element by element)
        mixed |= (side.counts("scopes") > 1) | ((own != "") & (scope != "") & (own != scope))
        scope = np.where(scope == "", own, scope)
    scope[mixed] = "mixed"
    return scope
