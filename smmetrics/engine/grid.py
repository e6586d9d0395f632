"""The grid of periods and groups that readings stand in, and which of their days are known."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import polars as pl

from smmetrics.contracts.formula.nodes import Previous, Total, Trailing, walk
from smmetrics.engine import coverage as covering
from smmetrics.engine.asking import CANNOT
from smmetrics.engine.calendar import CODE
from smmetrics.engine.lens import lens_of
from smmetrics.engine.passes import Setting, key

if TYPE_CHECKING:
    from collections.abc import Mapping

    from smmetrics.engine.asking import Ask
    from smmetrics.engine.lens import Leaf, Lens
    from smmetrics.engine.request import Window


@dataclass(frozen=True, slots=True)
class Context:
    """What readings of all metrics share."""

    setting: Setting
    coverage: covering.Coverage
    window: Window


def periods_and_groups(one: Ask, cells: Mapping[Leaf, pl.DataFrame], context: Context) -> pl.LazyFrame:
    """Periods by groups, with the days covered of each and whether some are not."""
    setting = context.setting
    views = one.tables(setting.views)
    made = setting.periods.lazy()
    if setting.by:
        made = made.join(_groups(one, cells, context), how="cross")
    known = covering.covered(
        context.coverage,
        views,
        periods=setting.periods,
        by=setting.by,
        without=one.without,
    )
    on = {CODE: CODE} | {key(name): name for name in setting.by if name in covering.ENTITY}
    if known is None:
        made = made.with_columns(pl.col("length").alias("days"), pl.lit(value=False).alias("gap"))
    else:
        made = made.join(known.lazy(), left_on=list(on), right_on=list(on.values()), how="left").with_columns(
            pl.col("days").fill_null(0), pl.col("gap").fill_null(value=True)
        )
    for place, lens in enumerate(moved_by(one)):
        made = _elsewhere(made, f"l{place}", lens, one, context)
    return made


def moved_by(one: Ask) -> list[Lens]:
    """The lenses of a formula that read other days than the period's, each once."""
    seen = (lens_of(node) for node in walk(one.root) if isinstance(node, Previous | Trailing | Total))
    return list(dict.fromkeys(replace(lens, over=frozenset()) for lens in seen if lens.moved))


def _elsewhere(grid: pl.LazyFrame, name: str, lens: Lens, one: Ask, context: Context) -> pl.LazyFrame:
    """First instants, length and covered days of the days that a lens reads: ``<name>.from`` and so on."""
    setting = context.setting
    there = setting.seen(lens)
    names = {"__from": f"{name}.from", "__to": f"{name}.to", "length": f"{name}.length"}
    joined = grid.join(there.periods.lazy().select(CODE, *names).rename(names), on=CODE, how="left")
    known = covering.covered(
        context.coverage,
        one.tables(setting.views),
        periods=there.periods,
        by=setting.by,
        without=one.without,
        moved=lens,
    )
    days = f"{name}.days"
    if known is None:
        return joined.with_columns(pl.col(f"{name}.length").alias(days))
    on = {CODE: CODE} | {key(each): each for each in setting.by if each in covering.ENTITY}
    counted = known.lazy().select(*on.values(), pl.col("days").alias(days))
    return joined.join(counted, left_on=list(on), right_on=list(on.values()), how="left").with_columns(
        pl.col(days).fill_null(0)
    )


def seen_whole(one: Ask) -> pl.Expr:
    """Whether all days that lenses read are known well enough: some of an earlier period, all of a rolling window."""
    parts = [
        (pl.col(f"l{place}.days") >= pl.col(f"l{place}.length")) if lens.days else (pl.col(f"l{place}.days") > 0)
        for place, lens in enumerate(moved_by(one))
    ]
    return pl.all_horizontal(*parts, pl.lit(value=True))


def _groups(one: Ask, cells: Mapping[Leaf, pl.DataFrame], context: Context) -> pl.LazyFrame:
    """Groups that have rows, those that are covered, and platforms that cannot feed the metric."""
    by = context.setting.by
    names = [key(name) for name in by]
    used = pl.col("rows") + pl.col("unknown") > 0
    # What a lens lifts a slice of has fewer keys, and no groups of its own.
    whole = [frame for frame in cells.values() if set(names) <= set(frame.columns)]
    nothing = pl.LazyFrame(schema=dict.fromkeys(names, pl.String()))
    frames = [nothing, *(frame.lazy().filter(used).select(names) for frame in whole)]
    if set(by) <= set(covering.ENTITY):
        entities = covering.entities(context.coverage, one.tables(context.setting.views), by, one.without)
        if entities.width == len(by):
            frames.append(entities.lazy().select(pl.col(name).alias(key(name)) for name in by))
    if by == ("platform",):
        unable = [name for name, verdict in one.request.verdicts.items() if verdict[0] in CANNOT]
        frames.append(pl.LazyFrame({names[0]: unable}, schema={names[0]: pl.String()}))
    return pl.concat(frames).unique()
