"""Formulas over finished aggregates: the value, the ends of its interval, and the two sides of its quotient."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from smmetrics.contracts.formula.nodes import Constant, Previous, Total, Trailing, walk
from smmetrics.engine import compile as compiling
from smmetrics.engine.lens import core, lens_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from smmetrics.contracts.formula.nodes import Node
    from smmetrics.engine.asking import Ask
    from smmetrics.engine.beside import Beside
    from smmetrics.engine.grid import Grid
    from smmetrics.engine.intervals import Floats
    from smmetrics.engine.lens import Leaf
    from smmetrics.engine.passes import Setting

_LENSED = {"period_days": "days", "period_start": "from", "period_end": "to"}


@dataclass(frozen=True, slots=True)
class Numbers:
    """What a formula comes to, by row; none is nan. ``value`` may also be no number, which is not none.

    ``bounding``: the aggregate whose interval it is, where there is one.
    """

    bounding: Beside | None
    value: pl.Series
    low: Floats
    high: Floats
    numerator: Floats
    denominator: Floats


def evaluated(one: Ask, grid: Grid, sides: Sequence[Beside], setting: Setting) -> Numbers:
    """A request's numbers. The interval of a·X + b is the map of the interval of X; of X alone it is that itself."""
    none = np.full(len(grid.days), np.nan)
    place = None if one.form.linear is None else one.aggregates.index(one.form.linear)
    side = None if place is None else sides[place]  # its interval, numerator and denominator are the reading's
    bounding = side if one.request.interval != "none" else None
    top, bottom = (none, none) if side is None else (side.numbers("numerator"), side.numbers("denominator"))
    if side is not None and one.root == side.leaf:
        ends = (side.numbers("low"), side.numbers("high")) if bounding else (none, none)
        return Numbers(bounding, side.values.cast(pl.Float64, strict=False), *_ordered(*ends), top, bottom)
    asked = {"value": _formula(one, grid, setting, {}).cast(pl.Float64, strict=False)}
    if bounding is not None:
        asked |= {
            end: _formula(one, grid, setting, {bounding.leaf: f"{place}.{end}"}).cast(pl.Float64)
            for end in ("low", "high")
        }
    asked |= _quotient(one, setting)
    made = pl.DataFrame(list(_columns(one, grid, sides, setting))).with_columns(**asked)
    others = {name: made.get_column(name).to_numpy() for name in asked if name != "value"}
    low, high = _ordered(others.get("low", none), others.get("high", none))
    return Numbers(bounding, made.get_column("value"), low, high, others.get("top", top), others.get("bottom", bottom))


def _ordered(low: Floats, high: Floats) -> tuple[Floats, Floats]:
    """Both ends, the smaller one first; one alone stays on its side."""
    both = ~(np.isnan(low) | np.isnan(high))
    return np.where(both, np.fmin(low, high), low), np.where(both, np.fmax(low, high), high)


def _columns(one: Ask, grid: Grid, sides: Sequence[Beside], setting: Setting) -> Iterator[pl.Series]:
    """What a formula's expressions read: finished aggregates, the period's days and ends, also those of lenses."""
    yield pl.Series("days", grid.days)
    yield from _period(grid, setting.periods)
    for number, there in enumerate(grid.elsewhere.values()):
        yield pl.Series(f"l{number}.days", there.days)
        yield from (each.alias(f"l{number}.{each.name[2:]}") for each in _period(grid, there.periods))
    for place, side in enumerate(sides):
        yield side.values.alias(f"{place}.value")
        if side.leaf == one.form.linear:
            yield from (pl.Series(f"{place}.{end}", side.numbers(end), nan_to_null=True) for end in ("low", "high"))


def _period(grid: Grid, periods: pl.DataFrame) -> Iterator[pl.Series]:
    return (periods.get_column(name)[grid.period] for name in ("__from", "__to"))


def _formula(one: Ask, grid: Grid, setting: Setting, replaced: Mapping[Leaf, str]) -> pl.Expr:
    columns: dict[Node, str] = {part: f"{place}.value" for place, part in enumerate(one.aggregates)}
    columns.update(replaced.items())
    constants: dict[Node | str, pl.Expr] = {
        "period_days": pl.col("days").cast(pl.Float64),
        "period_start": pl.col("__from"),
        "period_end": pl.col("__to"),
        "as_of": setting.now,
    }
    lenses = list(grid.elsewhere)
    for node in walk(one.root):
        if isinstance(node, Previous | Trailing | Total) and isinstance(inside := core(node), Constant):
            lens = replace(lens_of(node), over=frozenset())
            column = pl.col(f"l{lenses.index(lens)}.{_LENSED[inside.name]}") if lens.moved else constants[inside.name]
            constants[node] = column.cast(pl.Float64) if inside.name == "period_days" else column
    return compiling.expression(one.root, compiling.Scope(setting.views, setting.zone, constants, columns))


def _quotient(one: Ask, setting: Setting) -> dict[str, pl.Expr]:
    """The two sides of a formula's quotient."""
    if one.form.quotient is None:
        return {}
    columns: dict[Node, str] = {part: f"{place}.value" for place, part in enumerate(one.aggregates)}
    scope = compiling.Scope(setting.views, setting.zone, {"period_days": pl.col("days").cast(pl.Float64)}, columns)
    top, bottom = (compiling.expression(side, scope).cast(pl.Float64) for side in one.form.quotient)
    return {"top": top, "bottom": bottom}
