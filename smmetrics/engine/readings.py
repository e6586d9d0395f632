"""Readings: the grid of periods and groups somebody asked for, with values, intervals, states and provenance."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import polars as pl

from smmetrics.contracts.formula.nodes import Constant, Previous, Total, Trailing, walk
from smmetrics.engine import compile as compiling
from smmetrics.engine.calendar import CODE
from smmetrics.engine.grid import Context, moved_by, periods_and_groups, seen_whole
from smmetrics.engine.intervals import CONFIDENCE
from smmetrics.engine.lens import aggregate_of, core, lens_of
from smmetrics.engine.measures import ZERO, family, reported
from smmetrics.engine.passes import Setting, key
from smmetrics.engine.schema import SCHEMA
from smmetrics.engine.shaped import ASK, TOLD, shaped
from smmetrics.engine.states import named, remarks, states

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from smmetrics.contracts.formula.nodes import Node
    from smmetrics.engine.asking import Ask
    from smmetrics.engine.lens import Leaf

_LENSED = {"period_days": "days", "period_start": "from", "period_end": "to"}
_DAYS = ("period_start", "period_end")
_SAMPLE = ("n", "n_eff", "numerator", "denominator", "reported_share")
_USED = (
    "value",
    "rows",
    "unknown",
    "n",
    "negative",
    "numerator",
    "denominator",
    "n_eff",
    "low",
    "high",
    "method",
    "exact",
)


def readings(asked: Sequence[tuple[Ask, Mapping[Leaf, pl.DataFrame]]], context: Context) -> pl.DataFrame:
    """The readings of all requests, a row for each period and group; ``reading_id`` as `identified` takes it."""
    # Plans of different metrics share little, and looking for it takes longer than doing it twice.
    each_alone = pl.QueryOptFlags(comm_subplan_elim=False)
    made = pl.collect_all(
        [_planned(place, one, cells, context) for place, (one, cells) in enumerate(asked)], optimizations=each_alone
    )
    return shaped(pl.concat(made), [one for one, _ in asked], context)


def _planned(place: int, one: Ask, cells: Mapping[Leaf, pl.DataFrame], context: Context) -> pl.LazyFrame:
    """One request's readings, not computed yet: one plan a metric costs a tenth of a step at a time."""
    if one.state or not context.setting.periods.height:
        return _stateless(place, one, context)
    grid = periods_and_groups(one, cells, context)
    for number, part in enumerate(one.aggregates):
        grid = _joined(grid, number, part, cells[part], context.setting)
    return _stated(place, _valued(grid, one, context.setting), one, context)


def _stateless(place: int, one: Ask, context: Context) -> pl.LazyFrame:
    """Rows for a request that cannot be computed, or where no day is known to be covered."""
    periods = context.setting.periods
    state, reason = (one.state, one.reason) if one.state else ("not_covered", "span.absent")
    base = periods if periods.height else pl.DataFrame({CODE: [0]}, schema={CODE: pl.Int32()})
    days = [(pl.col(name) if name in base else pl.lit(None)).cast(pl.Date).alias(name) for name in _DAYS]
    told = {"state": state, "reason": reason, "interval_method": "", "scope": ""}
    none = [pl.lit("").alias(key(name)) for name in context.setting.by]
    numbers = [pl.lit(told.get(name)).cast(SCHEMA[name]).alias(name) for name in TOLD]
    return base.lazy().select(pl.lit(place).alias(ASK), *none, *days, *numbers)


def _joined(grid: pl.LazyFrame, place: int, part: Leaf, cells: pl.DataFrame, setting: Setting) -> pl.LazyFrame:
    """The numbers of one aggregate beside the grid; counts of nothing are zero."""
    keys = [name for name in setting.keys if name in cells.columns]
    used = [*_USED, "scope", "scopes", *(("newest", "platforms") if family(part) == "last" else ())]
    found = cells.lazy().select(*keys, *(pl.col(name).alias(f"{place}.{name}") for name in used))
    joined = grid.join(found, on=keys, how="left").with_columns(
        named(place, name).fill_null(0) for name in ("rows", "unknown", "n", "negative", "scopes")
    )
    if family(part) not in ZERO:
        return joined
    nothing = (named(place, "rows") == 0) & named(place, "value").is_null()
    return joined.with_columns(pl.when(nothing).then(0.0).otherwise(named(place, "value")).alias(f"{place}.value"))


def _valued(grid: pl.LazyFrame, one: Ask, setting: Setting) -> pl.LazyFrame:
    """Value, interval, numerator, denominator, sample, scope and share reported of each reading."""
    value = _formula(one, setting, {}).cast(pl.Float64, strict=False)
    places = range(len(one.aggregates))
    expected = [named(place, "rows") + named(place, "unknown") for place in places]
    share = [pl.when(all_ > 0).then(_known(one, place) / all_) for place, all_ in zip(places, expected, strict=True)]
    return grid.with_columns(
        value.alias("value"),
        *_interval(one, setting),
        *_sides(one, setting),
        pl.min_horizontal(*(named(place, "n") for place in places), pl.lit(None, dtype=pl.Int64)).alias("n"),
        pl.min_horizontal(*(named(place, "n_eff") for place in places), pl.lit(None, dtype=pl.Float64)).alias("n_eff"),
        pl.min_horizontal(*share, pl.lit(None, dtype=pl.Float64)).alias("reported_share"),
        _scope(one, setting).alias("scope"),
        ((pl.col("days") > 0) & seen_whole(one)).alias("covered"),
        pl.all_horizontal(*(named(place, "exact").fill_null(value=True) for place in places), pl.lit(value=True)).alias(
            "exact"
        ),
    )


def _known(one: Ask, place: int) -> pl.Expr:
    return named(place, "rows" if family(one.aggregates[place]) == "count" else "n")


def _formula(one: Ask, setting: Setting, replaced: Mapping[Leaf, str]) -> pl.Expr:
    columns: dict[Node, str] = {part: f"{place}.value" for place, part in enumerate(one.aggregates)}
    columns.update(replaced.items())
    constants: dict[Node | str, pl.Expr] = {
        "period_days": pl.col("days").cast(pl.Float64),
        "period_start": pl.col("__from"),
        "period_end": pl.col("__to"),
        "as_of": setting.now,
    }
    lenses = moved_by(one)
    for node in walk(one.root):
        if isinstance(node, Previous | Trailing | Total) and isinstance(inside := core(node), Constant):
            lens = replace(lens_of(node), over=frozenset())
            column = pl.col(f"l{lenses.index(lens)}.{_LENSED[inside.name]}") if lens.moved else constants[inside.name]
            constants[node] = column.cast(pl.Float64) if inside.name == "period_days" else column
    return compiling.expression(one.root, compiling.Scope(setting.views, setting.zone, constants, columns))


def _interval(one: Ask, setting: Setting) -> list[pl.Expr]:
    """The interval of a·X + b is the map of the interval of X."""
    part = one.form.linear
    if part is None or one.request.interval == "none":
        return [pl.lit(None, dtype=pl.Float64).alias(name) for name in ("low", "high")] + [pl.lit("").alias("method")]
    place = one.aggregates.index(part)
    ends = [_formula(one, setting, {part: f"{place}.{name}"}).cast(pl.Float64) for name in ("low", "high")]
    both = pl.all_horizontal(end.is_not_null() for end in ends)
    return [
        pl.when(both).then(pl.min_horizontal(ends)).otherwise(ends[0]).alias("low"),
        pl.when(both).then(pl.max_horizontal(ends)).otherwise(ends[1]).alias("high"),
        named(place, "method").fill_null("").alias("method"),
    ]


def _sides(one: Ask, setting: Setting) -> list[pl.Expr]:
    """Numerator and denominator: of the one aggregate, or the two sides of the formula's quotient."""
    if one.form.quotient is not None:
        columns: dict[Node, str] = {part: f"{place}.value" for place, part in enumerate(one.aggregates)}
        scope = compiling.Scope(setting.views, setting.zone, {"period_days": pl.col("days").cast(pl.Float64)}, columns)
        top, bottom = (compiling.expression(side, scope).cast(pl.Float64) for side in one.form.quotient)
        return [top.alias("numerator"), bottom.alias("denominator")]
    if one.form.linear is None:
        return [pl.lit(None, dtype=pl.Float64).alias(name) for name in ("numerator", "denominator")]
    place = one.aggregates.index(one.form.linear)
    return [named(place, name).alias(name) for name in ("numerator", "denominator")]


def _scope(one: Ask, setting: Setting) -> pl.Expr:
    """The one scope of the counts read, or *mixed*; nothing for formulas that read no reported count."""
    places = [
        place
        for place, leaf in enumerate(one.aggregates)
        if not (part := aggregate_of(leaf)).by and reported(part, setting.views[part.table])
    ]
    if not places:
        return pl.lit("")
    several = pl.any_horizontal(named(place, "scopes") > 1 for place in places)
    names = [named(place, "scope") for place in places]
    differ = pl.min_horizontal(names) != pl.max_horizontal(names)
    return (
        pl.when(several | differ.fill_null(value=False))
        .then(pl.lit("mixed"))
        .otherwise(pl.coalesce(names))
        .fill_null("")
    )


def _stated(place: int, grid: pl.LazyFrame, one: Ask, context: Context) -> pl.LazyFrame:
    """State and reason; a value and interval only where the state is *value*."""
    by = context.setting.by
    rules = states(one, context.setting)
    state, reason = pl.lit("value"), remarks(one, by)
    for name, applies, why in reversed(rules):
        state = pl.when(applies).then(pl.lit(name)).otherwise(state)
        reason = pl.when(applies).then(why).otherwise(reason)
    told = grid.with_columns(state.alias("state"), reason.fill_null("").alias("reason"))
    valued = pl.col("state") == "value"
    bounded = valued & (pl.col("low").is_not_null() | pl.col("high").is_not_null())
    hidden = pl.col("state").is_in(["not_permitted", "not_measurable", "not_covered"])
    made = {
        **{name: pl.when(valued).then(pl.col(name)) for name in ("value", "low", "high")},
        "interval_method": pl.when(bounded).then(pl.col("method")).otherwise(pl.lit("")),
        "confidence": pl.when(bounded).then(pl.lit(CONFIDENCE)),
        **{name: pl.when(~hidden).then(pl.col(name)) for name in _SAMPLE},
        "incomplete": pl.col("gap") | ~pl.col("whole") | (pl.col("__to") > context.setting.now),
    }
    return told.select(
        pl.lit(place).alias(ASK),
        *(pl.col(key(name)).fill_null("") for name in by),
        *(pl.col(name).cast(pl.Date) for name in _DAYS),
        *(made.get(name, pl.col(name)).cast(SCHEMA[name]).alias(name) for name in TOLD),
    )
