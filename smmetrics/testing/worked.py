"""A metric on a table small enough to work out by hand: what a pack's own tests compare their numbers with.

reading("garden.answers", plugin="smmetrics_garden", rows={"posts": [{"ours": True, "comments": 3}]}, days=7)
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import polars as pl

from smmetrics.contracts import catalogue as catalogues
from smmetrics.contracts.feeding import feed
from smmetrics.engine import Request, Window, measure
from smmetrics.registry import Registry
from smmetrics.tables.schema import view_schema

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from smmetrics.api.facts import View
    from smmetrics.contracts.catalogue import Catalogue
    from smmetrics.contracts.formula import Formula

    Rows = Mapping[str, Sequence[Mapping[str, object]]]

START = date(2026, 3, 2)
"""The first day of the one period, a Monday."""
WHO = {"platform": "worked", "account": "us"}


@dataclass(frozen=True, slots=True)
class WorkedTables:
    """Rows by view, as the engine reads tables; all days of the period are covered."""

    views: Mapping[str, View]
    rows: Rows
    days: int

    @property
    def head(self) -> str:
        """There is one state only."""
        return "worked"

    def frame(self, view: str, columns: frozenset[str]) -> pl.LazyFrame:
        """The rows given for a view: absent columns null, a key each, and the first day where none is given."""
        del columns
        given = self.rows.get(view, ())
        made = [{**self._defaults(self.views[view], place), **row} for place, row in enumerate(given)]
        return pl.DataFrame(made, schema=view_schema(self.views[view])).lazy()

    def spans(self) -> pl.DataFrame:
        """One span over everything."""
        end = START + timedelta(days=self.days)
        span = {"source_kind": "worked", "grain": "event", "start": START, "end": end, "facts": "", "complete": True}
        return pl.DataFrame([{"platform": WHO["platform"], "account_id": WHO["account"], **span}])

    def _defaults(self, view: View, place: int) -> dict[str, object]:
        texts = {column.name for column in view.columns if column.type == "text"}
        keys = {name: f"{view.name}-{place}" for name in view.key if name in texts}
        dated = view.column(view.event_time) if view.event_time else None
        noon = datetime(START.year, START.month, START.day, 12, tzinfo=UTC)
        first = {} if dated is None else {dated.name: START if dated.type == "date" else noon}
        return {**keys, **first, **{name: value for name, value in WHO.items() if name in texts}}


def reading(
    metric: str, *, plugin: str, rows: Rows, days: int = 7, parameters: Mapping[str, object] | None = None
) -> dict[str, Any]:
    """The one reading of a plugin's metric over these rows, however few they are.

    ``rows``: by view, what the formula reads; columns not given are null, times not given lie on the first day.
    ``days``: how many days the period covers, from `START`. ``parameters`` replace the metric's defaults.
    """
    catalogue = catalogues.build(Registry.of(plugin))
    compiled = catalogue.metrics[metric]
    request = Request(
        metric=metric,
        formula=compiled.formula,
        version=compiled.metric.version,
        parameters=dict(parameters or {}),
        unit=compiled.metric.unit,
        min_denominator=1,
        min_units=1,
        interval=compiled.metric.interval,
        verdicts=_verdicts(compiled.formula, catalogue),
    )
    end = START + timedelta(days=days)
    window = Window(
        since=START, until=end, as_of=datetime(end.year, end.month, end.day, tzinfo=UTC) + timedelta(days=90)
    )
    (row,) = measure([request], WorkedTables(catalogue.views, rows, days), window).iter_rows(named=True)
    return row


def _verdicts(formula: Formula, catalogue: Catalogue) -> dict[str, tuple[str, str]]:
    """What no source can feed in this release, none can feed here."""
    if not formula.pending:
        return {}
    verdict = feed(formula, (), catalogue)
    return {WHO["platform"]: (verdict.status, verdict.reason)}
