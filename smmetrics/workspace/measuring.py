"""From words to readings: which metrics are asked for, what can feed them, and the engine's answer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import polars as pl

from smmetrics.contracts.roles import all_ours
from smmetrics.derive import Derived
from smmetrics.engine import SCHEMA, Request, Window, documents
from smmetrics.engine import measure as compute
from smmetrics.engine.privacy.rows import needed, shown
from smmetrics.tables.schema import view_schema
from smmetrics.words import say
from smmetrics.workspace import filling, labelling, splitting, twice
from smmetrics.workspace.asking import metric_of, refuse_unknown, words
from smmetrics.workspace.came_in import CameIn
from smmetrics.workspace.covering import questions
from smmetrics.workspace.hours import campaigns, offices
from smmetrics.workspace.noticing import noticed
from smmetrics.workspace.origin import origin
from smmetrics.workspace.provenance import provenance_of
from smmetrics.workspace.spared import spared

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from smmetrics.contracts.catalogue import Catalogue, CompiledMetric
    from smmetrics.store import Snapshot
    from smmetrics.tables.scope import Scope
    from smmetrics.workspace.core import Workspace

CHAIN = "posts.in_reply_to"


def left_out_words(name: str, count: int) -> str:
    """What counts nowhere or not everywhere, in words that go behind how many there are."""
    return say(f"left_out.{'one' if count == 1 else 'several'}.{name.replace('.', '_')}")


@dataclass(frozen=True, kw_only=True, slots=True)
class Readings:
    """Readings (one row a value); ``provenance["readings"]`` says what each row's provenance hash stands for.

    ``notes``: what has to be said beside them, such as by what a metric can be split that was not split as asked.
    ``broken``: what plugins' code that makes tables failed with; numbers that need such a table say so.
    """

    frame: pl.DataFrame
    provenance: Mapping[str, Any]
    notes: tuple[str, ...] = ()
    broken: tuple[str, ...] = ()

    def _repr_html_(self) -> str:
        return self.frame._repr_html_()


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """A metric to compute, for itself or as the answer to a goal's question."""

    metric: CompiledMetric
    goal: str = ""
    question: str = ""
    parameters: Mapping[str, Any] | None = None


def tables(workspace: Workspace) -> Derived | None:
    """The workspace's tables as formulas see them, or None where nothing can have come in.

    They are held as long as what came in and what strategy and plugins say are the very same: who is who, which posts
    are how old and the like is told once, not with every question.
    """
    snapshot = workspace.snapshot()
    if snapshot is None:
        return None
    of = (snapshot, workspace.scope, workspace.catalogue)
    held = workspace.held
    if held is None or any(one is not other for one, other in zip(held[0], of, strict=True)):
        workspace.held = held = of, _tables(workspace, *of)
    return held[1]


def _tables(workspace: Workspace, snapshot: Snapshot, scope: Scope, catalogue: Catalogue) -> Derived:
    chains = {source.id: any(can.fact == CHAIN for can in source.can) for source in catalogue.sources.values()}
    return Derived(
        snapshot,
        scope,
        catalogue.views,
        chains=chains,
        labelling=labelling.chosen(workspace),
        filling=filling.chosen(workspace),
    )


def table(workspace: Workspace, name: str, *, columns: Sequence[str] = (), limit: int | None = None) -> pl.DataFrame:
    """See `Workspace.table`."""
    view = workspace.catalogue.views.get(name)
    if view is None:
        refuse_unknown(name, workspace.catalogue.views, kind="table")
    known = [column.name for column in view.columns if column.computed]
    for column in columns:
        if column not in known:
            refuse_unknown(column, known, kind="column")
    chosen = list(columns) or known
    source = tables(workspace) if view.computed else None
    if source is None:
        schema = view_schema(view)
        return pl.DataFrame(schema={column: schema[column] for column in chosen})
    agreed = workspace.scope.agreement
    frame = shown(source.apart.frame(name, frozenset(chosen) | needed(view, agreed)), view, agreed).select(chosen)
    return (frame if limit is None else frame.head(limit)).collect()


def measure(
    workspace: Workspace,
    what: Sequence[str],
    *,
    by: Sequence[str] = (),
    grain: str = "total",
    since: date | None = None,
    until: date | None = None,
) -> Readings:
    """See `Workspace.measure`."""
    catalogue = workspace.catalogue
    wanted = [Wanted(metric=metric_of(catalogue, word)) for word in words(what)]
    found = readings_of(question_of(workspace, wanted, by=by, grain=grain, since=since, until=until))
    currency = workspace.strategy.currency if workspace.strategy else ""
    said = noticed(found.frame, [each.metric for each in wanted], by=by, grain=grain, currency=currency)
    return replace(found, notes=(*found.notes, *said), provenance={**origin(workspace), **found.provenance})


def wanted_by(workspace: Workspace, goals: Sequence[str]) -> list[Wanted]:
    """The metrics of all questions of the goals named, or of every goal."""
    metrics = workspace.catalogue.metrics
    return [
        Wanted(
            metric=metrics[metric],
            goal=question.goal,
            question=question.ask,
            parameters=question.parameters.get(metric),
        )
        for question in questions(workspace, goals)
        for metric in dict.fromkeys((*question.lead, *question.guard))
        if metric in metrics
    ]


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """What the engine is asked of a workspace's tables; ``notes`` stand beside the answer."""

    source: Derived
    catalogue: Catalogue
    window: Window
    requests: Sequence[Request]
    by: tuple[str, ...]
    notes: tuple[str, ...] = ()


def question_of(
    workspace: Workspace,
    wanted: Sequence[Wanted],
    *,
    by: Sequence[str],
    grain: str,
    since: date | None,
    until: date | None,
) -> Question | None:
    """What is wanted, asked of the workspace's state; None where nothing can have come in."""
    notes = splitting.refused(by, [each.metric for each in wanted], workspace.catalogue.views)
    source = tables(workspace)
    if source is None:
        return None
    window = window_of(workspace, source, grain=grain, since=since, until=until)
    requests = requests_of(workspace, source, wanted, window)
    notes = (*notes, *twice.noted(wanted, requests, source, by))
    return Question(
        source=source, catalogue=workspace.catalogue, window=window, requests=requests, by=tuple(by), notes=notes
    )


def readings_of(question: Question | None) -> Readings:
    """The readings that answer a question; none where nothing is asked, or nothing came in."""
    if question is None or not question.requests:
        return Readings(frame=pl.DataFrame(schema=SCHEMA), provenance={})
    source, window = question.source, question.window
    requests, frame, broken = spared(
        question.requests, source, question.catalogue, lambda some: compute(some, source, window, by=question.by)
    )
    told = {"readings": documents(requests, head=source.head, window=window)}
    return Readings(frame=frame, provenance=told, notes=question.notes, broken=broken)


def window_of(workspace: Workspace, source: Derived, *, grain: str, since: date | None, until: date | None) -> Window:
    """The days to read, in the strategy's zone, as of the newest file."""
    return Window(
        zone=workspace.scope.zone,
        week_starts=workspace.scope.week_starts,
        grain=grain,
        since=since,
        until=until,
        as_of=source.as_of or datetime.now(tz=UTC),
        offices=offices(workspace.strategy),
        campaigns=campaigns(workspace.strategy),
    )


def requests_of(workspace: Workspace, source: Derived, wanted: Sequence[Wanted], window: Window) -> list[Request]:
    """What the engine is asked, with what each platform's files can feed and where they come from."""
    told, came_in = provenance_of(workspace, source, window), CameIn.of(workspace, source, window)
    return [_request(each, told, came_in) for each in wanted]


def _request(wanted: Wanted, told: Mapping[str, Any], came_in: CameIn) -> Request:
    metric, promised = wanted.metric, wanted.metric.metric
    verdicts, blind = came_in.verdicts(metric)
    return Request(
        metric=metric.id,
        formula=metric.formula,
        version=promised.version,
        parameters=dict(wanted.parameters or {}),
        unit=metric.unit,
        min_denominator=promised.min_denominator,
        min_units=promised.min_units,
        better=promised.better,
        maturity=promised.maturity,
        per=promised.per,
        counts_at=promised.counts_at,
        scope=promised.scope,
        interval=promised.interval,
        goal=wanted.goal,
        question=wanted.question,
        verdicts=verdicts,
        blind=blind,
        of_ours=all_ours(metric.formula.root),
        provenance=told,
        about_people=promised.about_people,
    )
