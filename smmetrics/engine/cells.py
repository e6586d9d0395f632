"""The numbers of all measures by cell: passes over the tables, and intervals where the rows are needed again."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import polars as pl

from smmetrics.engine import compile as compiling
from smmetrics.engine import rates
from smmetrics.engine.calendar import CODE
from smmetrics.engine.finish import finish
from smmetrics.engine.measures import Source, condition, family, mentions
from smmetrics.engine.passes import BOUNDS, Plan, Setting, among, key, plans
from smmetrics.engine.request import SingleObservation

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from smmetrics.contracts.formula.nodes import Aggregate
    from smmetrics.engine.asking import Ask
    from smmetrics.engine.partials import Partial, Pass

_MOST_NAMED = 20
"""Groups of a dimension that a second pass names to the reader of the table."""
_IN_MEMORY = 200_000
"""Posts that a second pass may hold at once."""
Cells = dict["tuple[Source, Aggregate, Kept]", pl.DataFrame]
"""The finished numbers of a measure over the cells somebody asked for."""


@dataclass(frozen=True, slots=True)
class Kept:
    """Which cells a reading keeps: platforms left out, and the only scope of counts that is asked for."""

    without: tuple[str, ...] = ()
    scope: str = ""

    def expression(self, keys: Sequence[str]) -> pl.Expr | None:
        """The condition over a pass's keys; None where all cells are kept."""
        parts = []
        if self.without and key("platform") in keys:
            parts.append(~pl.col(key("platform")).is_in(list(self.without)).fill_null(value=False))
        if self.scope and key("scope") in keys:
            parts.append((pl.col(key("scope")) == self.scope).fill_null(value=False))
        return pl.all_horizontal(parts) if parts else None


def kept(one: Ask, source: Source) -> Kept:
    """The cells a request keeps of the rows an aggregate reads."""
    return Kept(one.without, one.request.scope if source.counts else "")


def cell_numbers(asks: Sequence[Ask], setting: Setting) -> Cells:
    """All numbers all requests need, every distinct measure once."""
    wanted = [
        (source, part, kept(one, source), _sampled(one, part))
        for one in asks
        for source, part in one.sources(setting.views)
    ]
    where = plans(((source, part) for source, part, _, _ in wanted), together=_together(setting, wanted))
    for source, part, keep, _ in wanted:
        where[source, part].by_platform |= bool(keep.without)
        where[source, part].by_scope |= bool(keep.scope)
    chosen = {id(plan): plan for plan in where.values()}
    made = {number: plan.pass_(setting) for number, plan in chosen.items()}
    groups: dict[tuple[int, Kept], _Group] = {}
    for source, part, keep, sampled in wanted:
        plan = where[source, part]
        group = groups.setdefault((id(plan), keep), _Group(plan, made[id(plan)], keep))
        group.sources.setdefault(part, []).append(source)
        group.sampled |= {part} if sampled else set()
    partials = collect(chosen, made, setting)
    cells: Cells = {}
    for (number, _), group in groups.items():
        cells |= group.finished(partials[number], setting)
    return cells | _again(groups.values(), setting)


def _together(setting: Setting, wanted: Iterable[tuple[Source, Aggregate, Kept, bool]]) -> list[str]:
    tables = {source.table for source, _, _, _ in wanted}
    given = setting.tables
    return sorted(table for table in tables if isinstance(given, SingleObservation) and given.single(table))


def _sampled(one: Ask, part: Aggregate) -> bool:
    """Whether a reading's interval comes from this ratio or mean."""
    return one.request.interval != "none" and one.form.linear == part and family(part) in {"ratio", "mean"}


def collect(plans_: Mapping[int, Plan], made: Mapping[int, Pass], setting: Setting) -> dict[int, Partial]:
    """Run all passes at once."""
    rows = {number: plan.rows(setting) for number, plan in plans_.items()}
    fitted = {number: made[number].fitted(frame) for number, frame in rows.items()}
    final, fine = tuple(setting.keys), setting.calendar.grain == "day"
    queries = {number: fitted[number].queries(frame, final=final, fine=fine) for number, frame in rows.items()}
    collected = iter(pl.collect_all([query for group in queries.values() for query in group], engine="streaming"))
    frames = {number: [next(collected) for _ in group] for number, group in queries.items()}
    return {number: each.assemble(each.checked(rows[number], frames[number])) for number, each in fitted.items()}


@dataclass(slots=True)
class _Group:
    """Measures of one pass that keep the same cells; ``sampled``: those whose interval may need the rows again."""

    plan: Plan
    done: Pass
    keep: Kept
    sources: dict[Aggregate, list[Source]] = field(default_factory=dict)
    sampled: set[Aggregate] = field(default_factory=set)
    numbers: dict[Aggregate, pl.DataFrame] = field(default_factory=dict)

    def finished(self, partial: Partial, setting: Setting) -> Cells:
        """The numbers of the group's measures."""
        cells = partial.where(self.keep.expression(self.done.keys))
        self.numbers = finish(cells, self.done, setting.keys, tuple(self.sources))
        return self.spread(self.numbers)

    def spread(self, numbers: Mapping[Aggregate, pl.DataFrame]) -> Cells:
        """The same numbers under every source that asked for them."""
        return {(source, part, self.keep): n for part, n in numbers.items() for source in self.sources[part]}

    def needed(self) -> dict[Aggregate, pl.DataFrame]:
        """The cells that a jackknife must look at again, by measure."""
        few = {part: rates.small(frame, part) for part, frame in self.numbers.items() if part in self.sampled}
        return {part: frame for part, frame in few.items() if frame.height}


def _again(groups: Iterable[_Group], setting: Setting) -> Cells:
    """Intervals of ratios and means; posts are read again only in the cells whose effective sample is small."""
    asked = [(group, group.needed()) for group in groups if group.sampled]
    queries = [_jackknife(group, needed, setting) for group, needed in asked if needed]
    most = max((frame["n"].sum() for _, needed in asked for frame in needed.values()), default=0)
    # Only in memory are rows added in one order: as long as it may be, equal inputs give equal last digits.
    collected = iter(pl.collect_all(queries, engine="in-memory" if most <= _IN_MEMORY else "streaming"))
    cells: Cells = {}
    for group, needed in asked:
        errors = next(collected) if needed else None
        cells |= group.spread(
            {
                part: _limited(group.numbers[part], part, errors, place, setting)
                for place, part in enumerate(group.numbers)
                if part in group.sampled
            }
        )
    return cells


def _limited(
    numbers: pl.DataFrame, part: Aggregate, errors: pl.DataFrame | None, place: int, setting: Setting
) -> pl.DataFrame:
    joined = numbers if errors is None else numbers.join(errors, on=setting.keys, how="left")
    limited = rates.limits(joined, part, f"{place}.")
    return limited.select(numbers.columns)


def _jackknife(group: _Group, needed: Mapping[Aggregate, pl.DataFrame], setting: Setting) -> pl.LazyFrame:
    """The variance of each needed ratio without one post after the other, by cell."""
    keys = setting.keys
    columns, variances = [], []
    cells = pl.concat([frame.select(keys) for frame in needed.values()]).unique()
    for place, part in enumerate(group.numbers):
        if part in needed:
            prefix = f"{place}."
            sums = (pl.col(name).cast(pl.Float64).alias(f"{prefix}{name}") for name in ("a", "b"))
            own = needed[part].select(*keys, *sums, pl.col("logit").alias(f"{prefix}logit"))
            cells = cells.join(own, on=keys, how="left")
            row, variance = rates.left_out(part, setting.scope(), prefix)
            columns += row
            variances.append(variance)
    rows = group.plan.rows(setting, only=_only(cells, tuple(needed), group.plan, setting))
    keep = group.keep.expression(group.done.keys)
    named = rows if keep is None else rows.filter(keep)
    return named.join(cells.lazy(), on=keys).select(*keys, *columns).group_by(keys).agg(variances)


def _only(cells: pl.DataFrame, parts: Sequence[Aggregate], plan: Plan, setting: Setting) -> pl.Expr | None:
    """Rows that may lie in one of the cells, told before anything else is read of them."""
    periods = setting.periods.join(cells, on=CODE, how="semi")
    groups = {name: cells.get_column(key(name)).unique().to_list() for name in setting.by}
    asked = [among(name, values) for name, values in groups.items() if len(values) <= _MOST_NAMED]
    wheres = [condition(part) for part in parts]
    known = [compiling.expression(where, setting.scope()) for where in wheres if where is not None]
    if len(known) == len(wheres) and not any(mentions(part, BOUNDS) for part in parts):
        asked.append(pl.any_horizontal(known))
    near = None if setting.undated else plan.near(periods, setting)
    asked += [] if near is None else [near]
    return pl.all_horizontal(asked) if asked else None
