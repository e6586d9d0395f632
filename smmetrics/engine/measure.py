"""From metrics to readings."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC
from typing import TYPE_CHECKING

import polars as pl

from smmetrics.api.views import CORE_VIEWS
from smmetrics.derive.ages import Age
from smmetrics.engine import ages
from smmetrics.engine import calendar as days
from smmetrics.engine import coverage as covering
from smmetrics.engine.asking import ask
from smmetrics.engine.calendar import Calendar
from smmetrics.engine.cells import needs, numbers
from smmetrics.engine.compare import with_changes
from smmetrics.engine.grid import context
from smmetrics.engine.passes import Setting
from smmetrics.engine.readings import readings
from smmetrics.engine.request import Aging, KnowsViews
from smmetrics.engine.schema import SCHEMA, SORTED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from smmetrics.engine.asking import Ask
    from smmetrics.engine.request import Request, Tables, Window


def measure(
    requests: Sequence[Request],
    tables: Tables,
    window: Window,
    by: Sequence[str] = (),
    *,
    aged: bool = False,
    alone: bool = False,
) -> pl.DataFrame:
    """Readings of metrics in a window, by period and the dimensions ``by``.

    Columns: `SCHEMA`; one row for each metric, period and group, sorted by metric, slices and period. What cannot be
    told has a state and a reason instead of a value; nothing is raised for data. ``aged``: with `ages.HIDDEN` beside
    them, for a caller who compares them with other days. ``alone``: no reading is compared with that of the period
    before it, which saves counting at equal age.
    """
    if not requests:
        return pl.DataFrame(schema=dict(SCHEMA))
    setting = _setting(tables, window, by)
    asks = [ask(request, setting.views, by, window) for request in requests]
    made = _measured(asks, setting, window)
    if isinstance(tables, Aging):
        made = _at_maturity(made, asks, tables, window, setting)
    if alone:
        return made.select(list(SCHEMA))
    if isinstance(tables, Aging) and (aged or setting.periods.height > 1):
        found = ages.aged(asks, setting.views)
        if found or aged:
            made = ages.with_ages(
                made,
                found,
                tables,
                calendar=setting.calendar,
                as_of=setting.as_of,
                measured=lambda some, there: _measured(some, replace(setting, tables=there), window),
            )
    maturity = {one.metric: one.maturity for one in requests}
    compared = with_changes(made, maturity=maturity, as_of=setting.as_of)
    return compared if aged else compared.select(list(SCHEMA))


def _at_maturity(
    made: pl.DataFrame, asks: Sequence[Ask], tables: Aging, window: Window, setting: Setting
) -> pl.DataFrame:
    """Readings of metrics that count posts only once they are old enough; none is yet: *immature*."""
    asked = [one for one in asks if one.request.counts_at == "maturity" and one.request.maturity > 0]
    if not asked:
        return made
    frames = [made.filter(~pl.col("metric").is_in([one.request.metric for one in asked]))]
    for age in sorted({one.request.maturity for one in asked}):
        group = [one for one in asked if one.request.maturity == age]
        there = tables.at_age(Age(age, "matured", setting.as_of))
        grown = _measured(group, replace(setting, tables=there), window)
        keys = [name for name in SORTED if name in grown.columns]
        all_ = made.select(*keys, pl.col("n").alias("__n")).unique(keys, maintain_order=True)
        told = grown.join(all_, on=keys, how="left", nulls_equal=True, maintain_order="left")
        young = (pl.col("n").fill_null(0) == 0) & (pl.col("__n").fill_null(0) > 0)
        frames.append(
            told.with_columns(
                state=pl.when(young).then(pl.lit("immature")).otherwise("state"),
                reason=pl.when(young).then(pl.format("posts.young: {}", "__n")).otherwise("reason"),
                value=pl.when(~young).then("value"),
            ).drop("__n")
        )
    return pl.concat(frames).sort(SORTED, nulls_last=False, maintain_order=True)


def _setting(tables: Tables, window: Window, by: Sequence[str]) -> Setting:
    """Periods, coverage and tables that all readings share."""
    views = tables.views if isinstance(tables, KnowsViews) else {view.name: view for view in CORE_VIEWS}
    calendar = Calendar(window.grain, window.week_starts)
    coverage = covering.of(tables.spans())
    span = covering.span(window, coverage)
    rows = days.frame(days.periods(calendar, span) if span else (), window.zone)
    as_of = window.as_of if window.as_of.tzinfo else window.as_of.replace(tzinfo=UTC)
    undated = bool(span and span.open and window.grain == "total")
    return Setting(
        tables,
        views,
        calendar,
        rows,
        window.zone,
        as_of,
        tuple(by),
        undated,
        coverage=coverage,
        offices=window.offices,
        campaigns=window.campaigns,
    )


def _measured(asks: Sequence[Ask], setting: Setting, window: Window) -> pl.DataFrame:
    """The readings of some tables, not compared yet."""
    wanted = [needs(one, setting) if setting.periods.height else {} for one in asks]
    cells = numbers([need for each in wanted for need in each.values()], setting)
    return readings(
        [(one, {leaf: cells[need] for leaf, need in each.items()}) for one, each in zip(asks, wanted, strict=True)],
        context(setting, window),
    )
