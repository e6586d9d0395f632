"""One goal of the strategy: why, for whom, by whom, what is asked, what can be measured where, and what is missing."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from smmetrics.workspace.explaining.goal_type import numbers

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from smmetrics.api.capability import QuestionRef
    from smmetrics.contracts.binding import Cell
    from smmetrics.contracts.catalogue import Catalogue
    from smmetrics.strategy import Finding, Strategy
    from smmetrics.strategy.goal import Goal
    from smmetrics.workspace.core import Workspace


def explain_goal(workspace: Workspace, name: str) -> dict[str, Any]:
    """All there is to know of a goal; no data is read."""
    from smmetrics.workspace.covering import questions  # noqa: PLC0415 (pydantic is heavy)

    strategy, catalogue = workspace.need_strategy(), workspace.catalogue
    goal, cells = strategy.goals[name], workspace.coverage(name)
    asked = questions(workspace, (name,))
    kind = catalogue.goal_types.get(goal.type)
    return {
        "goal": name,
        "title": goal.title,
        "line": strategy.line("goals", name),
        "type": goal.type,
        "type_title": kind.title if kind else "",
        **{
            key: getattr(goal, key)
            for key in ("why", "for_them", "part_of", "risk", "move_from", "decision", "consulted")
        },
        "activities": goal.activities,
        "use": goal.use,
        "review_every": goal.review_every,
        "customer_voice": {"may": goal.customer_voice.may, "goes_to": goal.customer_voice.goes_to},
        "audience": [_audience(each, strategy) for each in goal.audience],
        "people": _people(goal, strategy),
        "hours": sum(goal.hours.values()),
        "questions": [_question(each, cells, catalogue) for each in asked],
        "targets": _targets(goal),
        "channels": _channels(cells),
        "answered": _answered(asked, cells),
        "missing": [_finding(each) for each in workspace.review() if _about(each, _parts(name, strategy, asked))],
    }


def _audience(name: str, strategy: Strategy) -> dict[str, Any]:
    known = strategy.audiences.get(name)
    return {"name": name, "who": known.who if known else "", "size": known.size if known else None}


def _people(goal: Goal, strategy: Strategy) -> list[dict[str, Any]]:
    names = dict.fromkeys((*goal.people, *goal.hours))
    return [
        {
            "name": name,
            "role": strategy.people[name].role if name in strategy.people else "",
            "hours": goal.hours.get(name),
        }
        for name in names
    ]


def _question(question: QuestionRef, cells: Sequence[Cell], catalogue: Catalogue) -> dict[str, Any]:
    mine = [cell for cell in cells if cell.question == question.ask]
    return {
        "ask": question.ask,
        "first": _numbers(question.lead, mine, catalogue),
        "beside": _numbers(question.guard, mine, catalogue),
    }


def _numbers(ids: Iterable[str], cells: Sequence[Cell], catalogue: Catalogue) -> list[dict[str, Any]]:
    """Each number with the channels that can feed it, partly or wholly."""
    return [
        {**number, "channels": {cell.channel: cell.status for cell in cells if cell.metric == number["metric"]}}
        for number in numbers(ids, catalogue)
    ]


def _targets(goal: Goal) -> list[dict[str, Any]]:
    return [
        {
            "metric": target.metric,
            "with": target.parameters,
            "channel": target.channel,
            "baseline": f"{target.baseline.value:g} {target.baseline.unit}".strip() if target.baseline else "",
            "value": target.value.text,
            "by": target.by,
        }
        for target in goal.targets
    ]


def _channels(cells: Sequence[Cell]) -> list[dict[str, Any]]:
    """How many numbers each channel can feed; a number that two questions ask counts once."""
    found: dict[str, dict[str, str]] = {}
    for cell in cells:
        found.setdefault(cell.channel, {}).setdefault(cell.metric, cell.status)
    return [{"channel": channel, **Counter(by_metric.values())} for channel, by_metric in found.items()]


def _answered(asked: Sequence[QuestionRef], cells: Sequence[Cell]) -> dict[str, int]:
    """Of the questions, how many have a first number that some channel can feed."""
    fed = {(cell.question, cell.metric) for cell in cells if cell.status in {"measurable", "partly"}}
    able = sum(any((question.ask, metric) in fed for metric in question.lead) for question in asked)
    return {"questions": len(asked), "answerable": able}


def _parts(name: str, strategy: Strategy, asked: Sequence[QuestionRef]) -> tuple[str, ...]:
    """The places of the file that a goal stands on: itself, its channels, audiences and people, its own metrics."""
    goal = strategy.goals[name]
    serving = (place for place, channel in strategy.channels.items() if not channel.serves or name in channel.serves)
    metrics = {metric for question in asked for metric in (*question.lead, *question.guard)} & set(strategy.metrics)
    parts = {
        "channels": serving,
        "audiences": goal.audience,
        "people": dict.fromkeys((*goal.people, *goal.hours)),
        "metrics": sorted(metrics),
    }
    return (f"goals.{name}", *(f"{part}.{each}" for part, names in parts.items() for each in names))


def _about(finding: Finding, parts: Sequence[str]) -> bool:
    """Whether a finding, or one of the places it speaks of, is in one of these parts."""
    places = (finding.where, *(place.partition(" (")[0] for place in finding.places))
    return any(place == part or place.startswith((f"{part}.", f"{part}[")) for place in places for part in parts)


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "level": finding.level,
        "message": finding.message,
        "hint": finding.hint,
        "line": finding.line,
        "accepted": finding.accepted,
    }
