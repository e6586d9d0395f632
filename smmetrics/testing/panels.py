"""What a plugin's panels are held to: each is asked of a workspace without data, and of one that has what it needs."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

import polars as pl

from smmetrics.api import Panel
from smmetrics.contracts.catalogue import build
from smmetrics.engine.schema import SCHEMA
from smmetrics.panels.building import run
from smmetrics.panels.guests import Guest
from smmetrics.panels.source import GoalInfo, MetricInfo, View
from smmetrics.tables.schema import view_schema

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from smmetrics.api.panels import PanelResult
    from smmetrics.contracts.catalogue import Catalogue
    from smmetrics.testing.subject import Subject

FIRST, LAST = date(2026, 3, 2), date(2026, 3, 9)
VIEW = View(since=FIRST, until=LAST)


@dataclass(frozen=True)
class Asked:
    """A workspace as panels see it, with two readings of each metric of its goal, or with none."""

    catalogue: Catalogue
    goal: GoalInfo
    full: bool
    title: str = "A strategy"
    purpose: str = "A purpose"
    zone: str = "UTC"
    currency: str = "EUR"
    platforms: Mapping[str, str] = field(default_factory=lambda: {"worked": "Worked"})

    @property
    def goals(self) -> tuple[GoalInfo, ...]:
        """The one goal."""
        return (self.goal,)

    def metric(self, id: str) -> MetricInfo | None:  # noqa: A002 (the metric's word)
        """A metric in words."""
        known = self.catalogue.metrics.get(id)
        return None if known is None else MetricInfo(id=id, title=known.metric.title, unit=known.unit)

    def readings(self, view: View, *, by: Sequence[str] = (), grain: str = "total") -> pl.DataFrame:
        """A value and a gap of each metric."""
        del view, by
        rows = [
            {"goal": self.goal.name, "metric": metric, "grain": grain, "period_start": FIRST, "period_end": LAST,
             "platform": "worked", "reading_id": f"{metric}{place}", "state": state, "value": value}
            for _, leads, _ in self.goal.questions
            for metric in leads
            for place, (state, value) in enumerate((("value", 2.0), ("too_few", None)))
        ] if self.full else []  # fmt: skip
        return pl.DataFrame(rows, schema=dict(SCHEMA))

    def table(
        self, name: str, view: View, *, columns: Sequence[str] = (), limit: int = 50, offset: int = 0
    ) -> pl.DataFrame:
        """No rows of a table."""
        del view, limit, offset
        known = self.catalogue.views.get(name)
        schema = view_schema(known) if known else {}
        return pl.DataFrame(schema={each: schema[each] for each in columns or schema if each in schema})

    def count(self, name: str, view: View) -> int:
        """None."""
        del name, view
        return 0

    def coverage(self, goal: str) -> Sequence[Mapping[str, Any]]:
        """Nothing is known."""
        del goal
        return ()

    def evidence(self, reading_id: str, view: View) -> Mapping[str, Any]:
        """Nothing is known."""
        del reading_id, view
        return {}

    working = evidence

    def findings(self) -> Sequence[Mapping[str, Any]]:
        """None."""
        return ()

    def next_steps(self) -> Sequence[Any]:
        """None."""
        return ()

    def freshness(self) -> Mapping[str, date]:
        """The last day of data."""
        return {"worked": LAST} if self.full else {}

    def days(self) -> tuple[date, date] | None:
        """The days covered."""
        return (FIRST, LAST) if self.full else None

    def plugin_panels(self) -> Sequence[tuple[str, str, Any]]:
        """None beside the one that is asked."""
        return ()


def panel_faults(smm: Subject) -> Iterator[str]:
    """What is wrong with the panels: metrics they need and nobody defines, and what they give."""
    catalogue = build(smm.registry)
    yield from (fault.message for fault in catalogue.faults if fault.code == "panel.malformed")
    for panel in smm.records(Panel):
        goal = GoalInfo(name="asked", questions=(("Asked?", panel.needs, ()),))
        for handed, full in (("no data", False), ("readings", True)):
            code: Any = smm.registry.use(panel.load)
            guest = Guest(code=code, title=panel.title, needs=panel.needs)
            result = run(panel.id, guest, Asked(catalogue, goal, full), VIEW, goal)
            yield from (f"{panel.id}, handed {handed}, {why}" for why in _wrong(result, full=full))


def _wrong(result: PanelResult, *, full: bool) -> Iterator[str]:
    yield from (f"failed: {card.reason_text}" for card in result.cards if card.kind == "error")
    if not result.title:
        yield "has no title"
    if result.charts and not full:
        yield "draws a chart of nothing"
    yield from (f"draws {chart.name!r} and does not describe it" for chart in result.charts if not chart.description)
