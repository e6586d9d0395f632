"""Goals, metrics and platforms in the words that panels show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smmetrics.panels.source import GoalInfo, MetricInfo, Occasion
from smmetrics.strategy import targets
from smmetrics.workspace.covering import questions
from smmetrics.workspace.judging import served

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from smmetrics.contracts.catalogue import Catalogue, CompiledMetric
    from smmetrics.strategy import Strategy
    from smmetrics.strategy.goal import Goal
    from smmetrics.workspace.core import Workspace


def goals_of(workspace: Workspace) -> tuple[GoalInfo, ...]:
    """The goals in the file's order; none without a strategy."""
    strategy = workspace.strategy
    if strategy is None:
        return ()
    return tuple(_goal(workspace, strategy, name, goal) for name, goal in strategy.goals.items())


def _goal(workspace: Workspace, strategy: Strategy, name: str, goal: Goal) -> GoalInfo:
    kind = workspace.catalogue.goal_types.get(goal.type)
    return GoalInfo(
        name=name,
        why=goal.why,
        for_them=goal.for_them,
        audience=", ".join(_who(strategy, goal.audience)),
        people=goal.people,
        hours=_hours(workspace, name),
        activities=goal.activities or (kind.activities if kind else ()),
        decision=goal.decision,
        due={target.metric: target.by for target in targets(goal)},
        questions=tuple((each.ask, each.lead, each.guard) for each in questions(workspace, (name,))),
        occasions=tuple(_occasions(strategy, name)),
        platforms=served(workspace, name),
    )


def _occasions(strategy: Strategy, goal: str) -> Iterator[Occasion]:
    """The calendar's entries, then campaigns that are for this goal, or for none in particular."""
    for entry in strategy.calendar:
        yield Occasion(title=entry.title or entry.kind, first=entry.date, last=entry.until or entry.date)
    for name, campaign in strategy.campaigns.items():
        if campaign.since is not None and (not campaign.goals or goal in campaign.goals):
            yield Occasion(title=campaign.title or name, first=campaign.since, last=campaign.until)


def _who(strategy: Strategy, names: Iterable[str]) -> Iterable[str]:
    for name in names:
        audience = strategy.audiences.get(name)
        yield (audience.who if audience else "") or name


def _hours(workspace: Workspace, goal: str) -> Mapping[str, float]:
    """Planned hours a week by person, as the table *plan* counts them."""
    return {each.person: each.hours_per_week for each in workspace.scope.plan if each.goal == goal}


def metric_of(catalogue: Catalogue, id_: str) -> MetricInfo | None:
    """A metric in words; None where nothing usable has this id."""
    found = catalogue.metrics.get(id_)
    return None if found is None else _metric(found)


def _metric(found: CompiledMetric) -> MetricInfo:
    promised = found.metric
    return MetricInfo(
        id=found.id,
        title=promised.title,
        question=promised.question,
        formula=promised.formula,
        unit=found.unit,
        noun=promised.noun,
        better=promised.better,
        caveat=promised.caveat,
        citation=promised.citation,
        level=promised.level,
        nearest=found.nearest,
        tables=tuple(sorted(found.formula.tables)),
    )


def platforms_of(workspace: Workspace) -> Mapping[str, str]:
    """Platforms that came in, id to title, in the order of the plugins' names: it never changes with the data."""
    catalogue = workspace.catalogue
    kinds = workspace.imported_kinds()
    there = {source.platform for id_, source in catalogue.sources.items() if id_ in kinds and placed(catalogue, id_)}
    known = {name: platform.title for name, platform in catalogue.platforms.items() if name in there}
    unknown = sorted(there - known.keys())
    return known | {name: name for name in unknown}


def placed(catalogue: Catalogue, kind: str) -> bool:
    """Whether rows of a kind of source stand on a platform; time people gave does not."""
    view = catalogue.views.get(catalogue.sources[kind].table)
    return view is None or view.column("platform") is not None
