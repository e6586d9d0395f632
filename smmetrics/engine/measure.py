"""From metrics to readings: passes over the tables, intervals where they need the rows again, and states."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC
from typing import TYPE_CHECKING

import polars as pl

from smmetrics.api.views import CORE_VIEWS
from smmetrics.engine import calendar as days
from smmetrics.engine import coverage as covering
from smmetrics.engine import rates
from smmetrics.engine.asking import Ask, ask
from smmetrics.engine.calendar import Calendar
from smmetrics.engine.finish import finish
from smmetrics.engine.measures import Source, family
from smmetrics.engine.passes import Plan, Setting, key, plans
from smmetrics.engine.readings import Context, readings
from smmetrics.engine.request import KnowsViews, SingleObservation
from smmetrics.engine.schema import SCHEMA, SORTED

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from smmetrics.api.facts import View
    from smmetrics.contracts.formula.nodes import Aggregate
    from smmetrics.engine.partials import Partial, Pass
    from smmetrics.engine.request import Request, Tables, Window

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


def measure(requests: Sequence[Request], tables: Tables, window: Window, by: Sequence[str] = ()) -> pl.DataFrame:
    """Readings of metrics in a window, by period and the dimensions ``by``.

    Columns: `SCHEMA`; one row for each metric, period and group, sorted by metric, slices and period. What cannot be
    told has a state and a reason instead of a value; nothing is raised for data.
    """
    views = tables.views if isinstance(tables, KnowsViews) else {view.name: view for view in CORE_VIEWS}
    calendar = Calendar(window.grain, window.week_starts)
    coverage = covering.Coverage(tables.spans())
    span = covering.span(window, coverage)
    rows = days.frame(days.periods(calendar, span) if span else (), window.zone)
    as_of = window.as_of if window.as_of.tzinfo else window.as_of.replace(tzinfo=UTC)
    undated = bool(span and span.open and window.grain == "total")
    setting = Setting(tables, views, calendar, rows, window.zone, as_of, tuple(by), undated)
    asks = [ask(request, views, by) for request in requests]
    cells = _cells(asks, setting) if rows.height else {}
    context = Context(setting, coverage, window)
    made = [readings(one, _of(one, cells, views), context) for one in asks]
    if not made:
        return pl.DataFrame(schema=dict(SCHEMA))
    return pl.concat(made).sort(SORTED, nulls_last=False, maintain_order=True)


def _of(one: Ask, cells: Cells, views: Mapping[str, View]) -> dict[Aggregate, pl.DataFrame]:
    if not cells:
        return {}
    return {part: cells[source, part, _kept(one, source)] for source, part in one.sources(views)}


def _kept(one: Ask, source: Source) -> Kept:
    return Kept(one.without, one.request.scope if source.counts else "")


def _cells(asks: Sequence[Ask], setting: Setting) -> Cells:
    """All numbers all requests need, every distinct measure once."""
    wanted = [(pair, _kept(one, pair[0]), one) for one in asks for pair in one.sources(setting.views)]
    where = plans((pair for pair, _, _ in wanted), together=_together(setting, wanted))
    made = {id(plan): plan.pass_(setting) for plan in where.values()}
    chosen = {id(plan): plan for plan in where.values()}
    partials = _collect(chosen, made, setting)
    sampled = {(source, part, kept) for (source, part), kept, one in wanted if _sampled(one, part)}
    cells: Cells = {}
    groups: dict[tuple[int, Kept], dict[Aggregate, Source]] = {}
    for (source, part), kept, _ in wanted:
        groups.setdefault((id(where[source, part]), kept), {})[part] = source
    second: list[_Second] = []
    for (number, kept), parts in groups.items():
        done = made[number]
        numbers = finish(partials[number].where(kept.expression(done.keys)), done, setting.keys, tuple(parts))
        cells |= {(parts[part], part, kept): frame for part, frame in numbers.items()}
        again = {part: numbers[part] for part in parts if (parts[part], part, kept) in sampled}
        second.append(_Second(chosen[number], done, kept, again, parts))
    return cells | _again(second, setting)


def _together(setting: Setting, wanted: Iterable[tuple[tuple[Source, Aggregate], Kept, Ask]]) -> list[str]:
    tables = {source.table for (source, _), _, _ in wanted}
    given = setting.tables
    return sorted(table for table in tables if isinstance(given, SingleObservation) and given.single(table))


def _sampled(one: Ask, part: Aggregate) -> bool:
    """Whether a reading's interval comes from this ratio or mean."""
    return one.request.interval != "none" and one.form.linear == part and family(part) in {"ratio", "mean"}


def _collect(plans_: Mapping[int, Plan], made: Mapping[int, Pass], setting: Setting) -> dict[int, Partial]:
    """Run all passes at once."""
    queries = {number: made[number].queries(plan.rows(setting)) for number, plan in plans_.items()}
    flat = [query for group in queries.values() for query in group]
    collected = iter(pl.collect_all(flat, engine="streaming"))
    return {number: made[number].assemble([next(collected) for _ in group]) for number, group in queries.items()}


@dataclass(frozen=True, slots=True)
class _Second:
    """The measures of one pass whose intervals may need the rows again."""

    plan: Plan
    done: Pass
    kept: Kept
    numbers: Mapping[Aggregate, pl.DataFrame]
    sources: Mapping[Aggregate, Source]

    def needed(self) -> dict[Aggregate, pl.DataFrame]:
        """The cells of each measure that a jackknife must look at again."""
        few = {part: rates.small(frame) for part, frame in self.numbers.items()}
        return {part: frame for part, frame in few.items() if frame.height}


def _again(second: Iterable[_Second], setting: Setting) -> Cells:
    """Intervals of ratios and means; posts are read again only in the cells whose effective sample is small."""
    asked = [(one, one.needed()) for one in second if one.numbers]
    lazy = [_jackknife(one, needed, setting) for one, needed in asked if needed]
    collected = iter(pl.collect_all(lazy))
    cells: Cells = {}
    for one, needed in asked:
        errors = next(collected) if needed else None
        for place, (part, frame) in enumerate(one.numbers.items()):
            joined = frame if errors is None else frame.join(errors, on=setting.keys, how="left", nulls_equal=True)
            limited = rates.limits(joined, part, f"{place}.")
            extra = [name for name in joined.columns if name not in frame.columns]
            cells[one.sources[part], part, one.kept] = limited.drop(extra)
    return cells


def _jackknife(one: _Second, needed: Mapping[Aggregate, pl.DataFrame], setting: Setting) -> pl.LazyFrame:
    keys = setting.keys
    cells = pl.concat([frame.select(keys) for frame in needed.values()]).unique()
    rows = one.plan.rows(setting)
    keep = one.kept.expression(one.done.keys)
    named = (rows if keep is None else rows.filter(keep)).with_columns(
        pl.col(name).fill_null("(unknown)") for name in keys[1:]
    )
    columns, sums = [], []
    for place, part in enumerate(one.numbers):
        if part in needed:
            row, group = rates.left_out(part, setting.scope(), f"{place}.")
            columns += row
            sums += group
    return named.join(cells.lazy(), on=keys, how="semi").select(*keys, *columns).group_by(keys).agg(sums)

