"""One kind of goal: its questions, the numbers that answer them, and which files can feed how many of these."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from smmetrics.contracts.feeding import feed
from smmetrics.contracts.references import pack_of
from smmetrics.panels.words import facts_named
from smmetrics.workspace.explaining.feeders import without_platform

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from smmetrics.api.metrics import GoalType
    from smmetrics.contracts.catalogue import Catalogue, CompiledMetric
    from smmetrics.strategy import Strategy


def goal_type_record(each: GoalType) -> dict[str, Any]:
    """What a goal type's definition says."""
    return {
        "goal_type": each.id,
        "title": each.title,
        "activities": each.activities,
        "uses": each.uses,
        "questions": [
            {"ask": question.text, "first": question.lead, "beside": question.guard} for question in each.questions
        ],
    }


def explain_goal_type(each: GoalType, catalogue: Catalogue, strategy: Strategy | None) -> dict[str, Any]:
    """The definition with the titles of its numbers, who can feed them, and which goals of the strategy are of it."""
    named = [metric for question in each.questions for metric in (*question.lead, *question.guard)]
    return {
        **goal_type_record(each),
        "pack": pack_of(each.id),
        "questions": [
            {
                "ask": question.text,
                "first": numbers(question.lead, catalogue),
                "beside": numbers(question.guard, catalogue),
            }
            for question in each.questions
        ],
        "sources": _sources(tuple(dict.fromkeys(named)), catalogue),
        "goals": [] if strategy is None else [name for name, goal in strategy.goals.items() if goal.type == each.id],
    }


def numbers(ids: Iterable[str], catalogue: Catalogue) -> list[dict[str, Any]]:
    """Metrics by id with their titles; one that nobody defines has none."""
    return [_number(id_, catalogue) for id_ in ids]


def _number(id_: str, catalogue: Catalogue) -> dict[str, Any]:
    found = catalogue.metrics.get(id_)
    return {
        "metric": id_,
        "title": found.metric.title if found else "",
        "known": found is not None,
        "not_computed": _not_computed(found) if found else (),
    }


def _not_computed(found: CompiledMetric) -> tuple[str, ...]:
    """What this release does not compute of it, in words."""
    return tuple(facts_named(message) for message in found.formula.not_computed)


def _sources(ids: Sequence[str], catalogue: Catalogue) -> list[dict[str, Any]]:
    """How many of the numbers each platform's files can feed, together with those that belong to no platform."""
    rows = []
    formulas = [catalogue.metrics[id_].formula for id_ in ids if id_ in catalogue.metrics]
    common = [source for source in catalogue.sources.values() if without_platform(source, catalogue)]
    for platform in sorted(catalogue.platforms.values(), key=lambda each: each.id):
        own = [source for source in catalogue.sources.values() if source.platform == platform.id]
        if not own:
            continue
        together = [*own, *(source for source in common if source not in own)]
        judged = [feed(formula, together, catalogue) for formula in formulas]
        verdicts = [each for each in judged if {source.id for source in own} & set(each.sources)]
        row = {"platform": platform.id, "title": platform.title, "numbers": len(ids)}
        can, partly = (sum(each.status == status for each in verdicts) for status in ("measurable", "partly"))
        rows.append({**row, "can": can, "partly": partly})
    return rows
