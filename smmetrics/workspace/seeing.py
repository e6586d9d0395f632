"""What dashboards and reports are shown of a workspace: `smmetrics.panels.source.Source`, answered from its data."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, cast
from zoneinfo import ZoneInfo

import polars as pl

from smmetrics.api.about import Panel
from smmetrics.api.errors import PluginFault
from smmetrics.engine.privacy.rows import needed, shown
from smmetrics.panels.guests import Guest
from smmetrics.workspace import evidence, measuring, telling
from smmetrics.workspace.answering import Answering
from smmetrics.workspace.freshness import by_platform
from smmetrics.workspace.narrowing import Narrowed, kept_by

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import date

    from smmetrics.contracts.steps import Step
    from smmetrics.panels.results import PanelResult
    from smmetrics.panels.source import GoalInfo, MetricInfo, View
    from smmetrics.registry import Registry
    from smmetrics.strategy import Strategy
    from smmetrics.workspace.answering import Answer
    from smmetrics.workspace.core import Workspace

TITLE = "smmetrics"


class Seeing:
    """A workspace as panels see it. Answers are kept until something comes in or the plan is changed.

    A view's platforms and chosen values leave out rows before anything is counted (`narrowing`): readings, tables
    and counts are exact for the rows kept. Metrics that read a table without such a column (time people gave has no
    platform) are not measurable in that view. A target speaks of the whole: under a filter, and beside a slice, it is
    withheld unless it was set for that very channel.
    """

    def __init__(self, workspace: Workspace) -> None:
        """Nothing is read yet."""
        self._workspace = workspace
        self._number: int | None = None
        self._strategy: Strategy | None = None
        self._known = Answering(workspace, None)

    @property
    def title(self) -> str:
        """The strategy's title."""
        strategy = self._workspace.strategy
        return strategy.title if strategy and strategy.title else TITLE

    @property
    def purpose(self) -> str:
        """The strategy's purpose."""
        return self._workspace.strategy.purpose if self._workspace.strategy else ""

    @property
    def zone(self) -> str:
        """The strategy's zone."""
        return self._workspace.scope.zone

    @property
    def currency(self) -> str:
        """The strategy's currency; empty where none is stated."""
        return self._workspace.strategy.currency if self._workspace.strategy else ""

    @property
    def goals(self) -> Sequence[GoalInfo]:
        """The goals, in the file's order."""
        return telling.goals_of(self._workspace)

    @property
    def platforms(self) -> Mapping[str, str]:
        """Platforms that came in: id to title."""
        return self._answering().platforms

    def metric(self, id: str) -> MetricInfo | None:  # noqa: A002 (the metric's word)
        """A metric in words."""
        told = telling.metric_of(self._workspace.catalogue, id)
        return self._answering().with_people(told) if told else None

    def readings(self, view: View, *, by: Sequence[str] = (), grain: str = "total") -> pl.DataFrame:
        """Readings of the view's goals (all, where it names none), cut by dimensions and grain."""
        return self._answering().answer(view, tuple(by), grain).frame

    def table(
        self, name: str, view: View, *, columns: Sequence[str] = (), limit: int = 50, offset: int = 0
    ) -> pl.DataFrame:
        """Rows of a table as formulas see them, newest first, inside the view; empty where nothing came in."""
        declared = self._workspace.catalogue.views.get(name)
        known = [column.name for column in declared.columns if column.computed] if declared else []
        chosen = [column for column in columns if column in known] if columns else known
        rows = self._rows(name, view, chosen)
        if rows is None or declared is None:
            return self._workspace.table(name, columns=chosen, limit=0) if declared else pl.DataFrame()
        when = evidence.when(declared, zone=self.zone)
        keys = [key for key in declared.key if key != declared.event_time]
        order = [*([] if when is None else [when]), *keys]
        down = [*([] if when is None else [True]), *(False for _ in keys)]
        newest = rows.sort(order, descending=down, nulls_last=True, maintain_order=True)
        return newest.slice(offset, limit).select(chosen).collect()

    def count(self, name: str, view: View) -> int:
        """How many rows `table` has in all."""
        rows = self._rows(name, view, ())
        return 0 if rows is None else int(rows.select(pl.len()).collect().item())

    def coverage(self, goal: str) -> Sequence[Mapping[str, Any]]:
        """The cells of a goal: metric, channel, status, reason, note, have, would_do; none for an unknown goal."""
        strategy = self._workspace.strategy
        if strategy is None or goal not in strategy.goals:
            return ()
        return self._answering().coverage(goal)

    def evidence(self, reading_id: str, view: View) -> Mapping[str, Any]:
        """What is behind one reading (see `evidence.behind`); empty where no reading shown has this id."""
        known = self._answering()
        for answer, reading in self._shown(reading_id, view):
            platforms = known.counted(answer, reading["metric"], view)
            document = answer.documents.get(reading["provenance"], {})
            return evidence.behind(self._workspace, known.derived, reading, document=document, platforms=platforms)
        return {}

    def working(self, reading_id: str, view: View) -> Mapping[str, Any]:
        """A formula with its numbers in it (see `evidence.working`), counted now; empty where `evidence` is."""
        for answer, reading in self._shown(reading_id, view):
            return evidence.working(answer.asked, reading) if answer.asked else {}
        return {}

    def _shown(self, reading_id: str, view: View) -> Iterator[tuple[Answer, dict[str, Any]]]:
        """The answers of a view that hold a reading, with it."""
        known = self._answering()
        for answer in [*known.given(view), known.answer(view, (), "total")]:
            found = answer.frame.filter(pl.col("reading_id") == reading_id)
            if found.height:
                yield answer, found.row(0, named=True)

    def findings(self) -> Sequence[Mapping[str, Any]]:
        """What the review says of the plan and of what came in: code, level, message, hint; none without a strategy."""
        if self._workspace.strategy is None:
            return ()
        return tuple(asdict(finding) for finding in self._workspace.review(data=True))

    def next_steps(self) -> Sequence[Step]:
        """What to do now."""
        return self._answering().next_steps

    def freshness(self) -> Mapping[str, date]:
        """The last day of data by platform."""
        derived = self._answering().derived
        if derived is None:
            return {}
        return by_platform(derived)

    @property
    def broken(self) -> tuple[str, ...]:
        """What code of plugins failed with, as far as it was asked for: numbers that need it are withheld."""
        return tuple(self._answering().broken)

    def days(self) -> tuple[date, date] | None:
        """First day covered and first day not covered any more, or None where nothing came in.

        What lies ahead, such as meetings in a calendar, is planned: by it the latest twelve months would be empty ones.
        """
        derived = self._answering().derived
        if derived is None:
            return None
        first, last = derived.spans().select(pl.col("start").min(), pl.col("end").max()).row(0)
        if first is None or last is None:
            return None
        tomorrow = datetime.now(tz=ZoneInfo(self.zone)).date() + timedelta(days=1)
        return first, min(last, tomorrow) if first < tomorrow else last

    def plugin_panels(self) -> Sequence[tuple[str, str, Any]]:
        """Panels of plugins: id, plugin's name, and the panel."""
        registry = self._workspace.registry
        return tuple(
            (answer.record.id, answer.plugin, _guest(registry, answer.record))
            for answer in registry.answers("smmetrics_panels")
            if isinstance(answer.record, Panel)
        )

    def _rows(self, name: str, view: View, columns: Sequence[str]) -> pl.LazyFrame | None:
        """A table's rows inside the view; None where the table is not computed or nothing came in."""
        derived, declared = self._answering().derived, self._workspace.catalogue.views.get(name)
        if derived is None or declared is None or not declared.computed:
            return None
        agreed = self._workspace.scope.agreement
        rows = Narrowed(derived.apart, kept_by(view)).frame(name, {*columns} | needed(declared, agreed))
        return evidence.inside(shown(rows, declared, agreed), declared, view, zone=self.zone)

    def _answering(self) -> Answering:
        """What answers at the store's newest state and to the strategy as it is; what was of others is forgotten."""
        snapshot = self._workspace.snapshot()
        number = -1 if snapshot is None else snapshot.number
        if number != self._number or self._strategy is not self._workspace.strategy:
            self._number, self._strategy = number, self._workspace.strategy
            self._known = Answering(self._workspace, measuring.tables(self._workspace))
        return self._known


def _guest(registry: Registry, panel: Panel) -> Guest:
    """A plugin's panel, with what its loading raised where it did."""
    try:
        code = cast("Callable[..., PanelResult]", registry.use(panel.load))
    except PluginFault as fault:
        return Guest(code=fault, title=panel.title, needs=panel.needs)
    return Guest(code=code, title=panel.title, needs=panel.needs)
