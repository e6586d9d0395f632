"""From metrics to readings."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING

import polars as pl

from smmetrics.api.views import CORE_VIEWS
from smmetrics.engine import calendar as days
from smmetrics.engine import coverage as covering
from smmetrics.engine.asking import ask
from smmetrics.engine.calendar import Calendar
from smmetrics.engine.cells import needs, numbers
from smmetrics.engine.compare import with_changes
from smmetrics.engine.grid import Context
from smmetrics.engine.passes import Setting
from smmetrics.engine.readings import identified, readings
from smmetrics.engine.request import KnowsViews
from smmetrics.engine.schema import SCHEMA, SORTED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from smmetrics.engine.request import Request, Tables, Window


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
    setting = Setting(
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
    asks = [ask(request, views, by, window) for request in requests]
    wanted = [needs(one, setting) if rows.height else {} for one in asks]
    cells = numbers([need for each in wanted for need in each.values()], setting)
    context = Context(setting, coverage, window)
    if not asks:
        return pl.DataFrame(schema=dict(SCHEMA))
    made = readings(
        [(one, {leaf: cells[need] for leaf, need in each.items()}) for one, each in zip(asks, wanted, strict=True)],
        context,
    )
    sorted_ = identified(pl.concat(made)).sort(SORTED, nulls_last=False, maintain_order=True)
    return with_changes(sorted_, maturity={one.metric: one.maturity for one in requests}, as_of=as_of)
