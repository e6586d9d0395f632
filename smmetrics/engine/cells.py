"""The numbers of all measures by cell: passes over the tables, and intervals where the rows are needed again."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import polars as pl

from smmetrics.engine import compile as compiling
from smmetrics.engine import entities, executing, kept, rates, rolling
from smmetrics.engine.calendar import CODE
from smmetrics.engine.finish import finish
from smmetrics.engine.lens import aggregate_of, lens_of
from smmetrics.engine.levels import NEWEST
from smmetrics.engine.measures import Source, condition, family, mentions, reported
from smmetrics.engine.passes import BOUNDS, Plan, Setting, among, key, plans
from smmetrics.engine.request import SingleObservation

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from smmetrics.contracts.formula.nodes import Aggregate
    from smmetrics.engine.asking import Ask
    from smmetrics.engine.lens import Leaf, Lens
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


@dataclass(frozen=True, slots=True)
class Need:
    """One number that readings ask for: what is counted, where it is seen, and over which cells.

    ``counts``: by table, the reported counts that must come from one observation of a row. ``sampled``: whether an
    interval comes from it, so that posts may have to be read again.
    """

    leaf: Leaf
    kept: Kept
    counts: tuple[tuple[str, frozenset[str]], ...]
    sampled: bool = False

    def source(self, setting: Setting) -> Source:
        """The rows that an aggregate reads itself."""
        part = aggregate_of(self.leaf)
        view = setting.views[part.table]
        on = view.event_time if part.on == "default" else part.on
        together = dict(self.counts).get(part.table, frozenset()) if reported(part, view) else frozenset[str]()
        return Source(part.table, together, on)


def needs(one: Ask, setting: Setting) -> dict[Leaf, Need]:
    """What a request needs, by what its formula counts."""
    if one.state:
        return {}
    counts = tuple(sorted(one.counts(setting.views).items()))
    keep = Kept(one.without, one.request.scope)
    bounded = one.form.linear if one.request.interval != "none" else None
    return {
        leaf: Need(leaf, keep, counts, sampled=leaf == bounded and family(leaf) in {"ratio", "mean"})
        for leaf in one.aggregates
    }


def numbers(wanted: Collection[Need], setting: Setting) -> dict[Need, pl.DataFrame]:
    """All numbers that are needed, every distinct measure once.

    Columns: the setting's keys without those that a lens lifts, and what `finish` gives.
    """
    by_lens: dict[Lens, list[Need]] = {}
    for need in dict.fromkeys(wanted):
        by_lens.setdefault(lens_of(need.leaf), []).append(need)
    found: dict[Need, pl.DataFrame] = {}
    for lens, group in by_lens.items():
        seen = setting.seen(lens)
        plain = [need for need in group if not aggregate_of(need.leaf).by]
        nested = [need for need in group if aggregate_of(need.leaf).by]
        found |= _plain(plain, seen) if plain else {}
        found |= _nested(nested, seen) if nested else {}
    return found


def _nested(wanted: Sequence[Need], setting: Setting) -> dict[Need, pl.DataFrame]:
    """Aggregates over entities: the numbers of all entities first, those with equal entities at once."""
    insides = {need: entities.inner(aggregate_of(need.leaf)) for need in wanted}
    groups: dict[tuple[str, ...], list[Need]] = {}
    for need in wanted:
        groups.setdefault(aggregate_of(need.leaf).by, []).append(need)
    found: dict[Need, pl.DataFrame] = {}
    for group in groups.values():
        within = entities.inside(aggregate_of(group[0].leaf), setting)
        of_each = {(need, leaf): Need(leaf, need.kept, need.counts) for need in group for leaf in insides[need].leaves}
        made = numbers(of_each.values(), within)
        for need in group:
            each = {leaf: made[of_each[need, leaf]] for leaf in insides[need].leaves}
            found[need] = _over(need, entities.table(insides[need], each, setting), setting)
    return found


def _over(need: Need, made: entities.Entities, setting: Setting) -> pl.DataFrame:
    """The aggregate over a table of entities."""
    held = replace(setting, views={**setting.views, made.view.name: made.view})
    plan = Plan(Source(made.view.name, frozenset(), None), {made.aggregate: None}, held=made.frame)
    group = _Group(plan, plan.pass_(held), Kept(), {made.aggregate: [plan.source]})
    group.sampled = {made.aggregate} if need.sampled else set()
    group.finished(group.done.run(plan.rows(held)), held)
    again = _again([group], held)
    made_ = next(iter((again or group.spread(group.numbers)).values()))
    newest = [pl.col(NEWEST).max()] if NEWEST in made.frame.columns else []
    occurring = made.frame.group_by(setting.keys).agg(pl.len().cast(pl.Int64).alias("occurs"), *newest)
    return made_.join(occurring, on=setting.keys, how="left")


def _plain(wanted: Sequence[Need], setting: Setting) -> dict[Need, pl.DataFrame]:
    """Aggregates over rows, all tables at once."""
    asked = {need: (need.source(setting), aggregate_of(need.leaf), _own(need, setting)) for need in wanted}
    made = _cells([(*found, need.sampled) for need, found in asked.items()], setting)
    return {need: made[found] for need, found in asked.items()}


def _own(need: Need, setting: Setting) -> Kept:
    """Which cells are kept of the rows of one table: only reported counts have a scope."""
    return need.kept if need.source(setting).counts else replace(need.kept, scope="")


def _cells(wanted: Sequence[tuple[Source, Aggregate, Kept, bool]], setting: Setting) -> Cells:
    fine = setting.calendar.grain == "day"
    where = plans(((source, part) for source, part, _, _ in wanted), together=_together(setting, wanted), fine=fine)
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
    first = {number for (number, _), group in groups.items() if group.sampled} or chosen.keys()
    cells = _finished(groups, collect({number: chosen[number] for number in first}, made, setting), setting)
    others = {number: plan for number, plan in chosen.items() if number not in first}
    if not others or executing.elsewhere():
        cells |= _finished(groups, collect(others, made, setting), setting)
        return cells | _again(groups.values(), setting)
    # What needs no rows again is read while intervals are made: one of two cores would have nothing to do.
    with ThreadPoolExecutor(1) as beside:
        later = beside.submit(collect, others, made, setting)
        cells |= _again(groups.values(), setting)
        return cells | _finished(groups, later.result(), setting)


def _finished(groups: Mapping[tuple[int, Kept], _Group], partials: Mapping[int, Partial], setting: Setting) -> Cells:
    """The numbers of the groups whose passes are through."""
    cells: Cells = {}
    for (number, _), group in groups.items():
        if number in partials:
            cells |= group.finished(partials[number], setting)
    return cells


def _together(setting: Setting, wanted: Iterable[tuple[Source, Aggregate, Kept, bool]]) -> list[str]:
    tables = {source.table for source, _, _, _ in wanted}
    given = setting.tables
    return sorted(table for table in tables if isinstance(given, SingleObservation) and given.single(table))


def collect(plans_: Mapping[int, Plan], made: Mapping[int, Pass], setting: Setting) -> dict[int, Partial]:
    """Run all passes at once; those that an executor runs, in pieces that are merged."""
    partials = {n: known for n, plan in plans_.items() if (known := kept.partial(plan, made[n], setting)) is not None}
    others = {number: plan for number, plan in plans_.items() if number not in partials}
    daily = {number: rolling.by_day(plan, setting) for number, plan in others.items()}
    rows = {number: plan.pieces(daily[number] or setting) for number, plan in others.items()}
    fitted = {number: made[number].fitted(pl.concat(pieces)) for number, pieces in rows.items()}
    fine = setting.calendar.grain == "day"
    queries: dict[int, list[list[pl.LazyFrame]]] = {}
    for number, pieces in rows.items():
        final = tuple(setting.keys) if len(pieces) == 1 and not daily[number] else ()
        queries[number] = [fitted[number].queries(piece, final=final, fine=fine) for piece in pieces]
    asked = [query for pieces in queries.values() for group in pieces for query in group]
    found = iter(executing.collected(asked, "streaming"))
    for number, each in fitted.items():
        taken = [[next(found) for _ in group] for group in queries[number]]
        parts = [each.assemble(each.checked(*both)) for both in zip(rows[number], taken, strict=True)]
        whole = parts[0] if len(parts) == 1 else each.merge(parts)
        partials[number] = rolling.spread(whole, each, setting) if daily[number] else whole
    return partials


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
    collected = iter(executing.collected(queries, "in-memory" if most <= _IN_MEMORY else "streaming"))
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
    return limited if errors is None else limited.select(numbers.columns)


def _jackknife(group: _Group, needed: Mapping[Aggregate, pl.DataFrame], setting: Setting) -> pl.LazyFrame:
    """The variance of each needed ratio without one post after the other, by cell."""
    keys = setting.keys
    columns, variances = [], []
    cells = pl.concat([frame.select(keys) for frame in needed.values()]).unique()
    for place, part in enumerate(group.numbers):
        if part in needed:
            prefix = f"{place}."
            sums = (pl.col(name).cast(pl.Float64).alias(f"{prefix}{name}") for name in ("a", "b"))
            own = needed[part].select(*keys, *sums, pl.col("tight").alias(f"{prefix}tight"))
            cells = cells.join(own, on=keys, how="left")
            row, variance = rates.left_out(part, setting.scope(), prefix)
            columns += row
            variances.append(variance)
    rows = group.plan.rows(setting, only=_only(cells, tuple(needed), group.plan, setting))
    keep = group.keep.expression(group.done.keys)
    named = rows if keep is None else rows.filter(keep)
    return named.join(cells.lazy(), on=keys).select(*keys, *columns).group_by(keys).agg(variances)


def _only(cells: pl.DataFrame, parts: Sequence[Aggregate], plan: Plan, setting: Setting) -> pl.Expr | None:
    """Rows that may lie in one of the cells, told before anything else is read of them; None where all are at hand."""
    if plan.held is not None:
        return None
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
