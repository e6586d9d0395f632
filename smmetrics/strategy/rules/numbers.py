"""Are the numbers well chosen: permitted, with a direction, in a unit they have, and readable?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from smmetrics.strategy.quantities import HOW

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from smmetrics.api.capability import QuestionRef
    from smmetrics.strategy.faults import Finding, Path
    from smmetrics.strategy.goal import GoalTarget
    from smmetrics.strategy.model import Strategy
    from smmetrics.strategy.quantities import Kind
    from smmetrics.strategy.rules.ground import Ground

CANNOT = frozenset({"not_measurable", "not_permitted"})
SIZE = frozenset({"followers", "reach", "impressions"})
"""Columns that count who could have seen something. Context, not an aim."""
FITS: Mapping[Kind, frozenset[str]] = {
    "number": frozenset({"count", "ratio", "percent", "index"}),
    "percent": frozenset({"ratio", "percent"}),
    "duration": frozenset({"duration"}),
    "money": frozenset({"money"}),
}
"""Units of metrics that a target's unit fits."""
PERCENT = 100
LEFT_OUT = " is left out: "
"""What stands between the name of a metric at fault and what is wrong with it."""


def forbidden_leads(ground: Ground) -> Iterator[Finding]:
    """S064: what was agreed not to be measured leads a question, or is a target."""
    privacy = ground.strategy.privacy
    line = ground.strategy.line("privacy", "forbid")
    for question in ground.questions() if privacy else ():
        for metric in question.lead:
            if privacy and metric in privacy.forbid:
                path, sentence = _leads(ground.strategy, question, metric)
                hint = ground.tell("S064", sentence, metric=metric, goal=question.goal)
                yield ground.find("S064", "error", *path, hint=hint, metric=metric, line=line, goal=question.goal)


def _leads(strategy: Strategy, question: QuestionRef, metric: str) -> tuple[Path, str]:
    """Where the file makes a metric lead, and how to stop that: an own question, a target, or the goal's type."""
    goal, path = strategy.goals[question.goal], ("goals", question.goal)
    for n, own in enumerate(goal.questions):
        if own.ask == question.ask and metric in own.lead:
            return (*path, "questions", n, "lead"), "remove"
    for n, target in enumerate(goal.targets):
        if target.metric == metric:
            return (*path, "targets", n, "metric"), "remove"
    return path, "drop"


def forbidden_beside(ground: Ground) -> Iterator[Finding]:
    """S072: a goal type would show a forbidden number beside its own; it is left out."""
    strategy = ground.strategy
    forbid = strategy.privacy.forbid if strategy.privacy else ()
    for name, goal in strategy.goals.items():
        kind = ground.catalogue.goal_types.get(goal.type)
        beside = {metric for question in (kind.questions if kind else ()) for metric in question.guard}
        for metric in forbid:
            if metric in beside and metric not in goal.drop:
                yield ground.find("S072", "note", "goals", name, goal=name, metric=metric)


def targets_without_direction(ground: Ground) -> Iterator[Finding]:
    """S065: a target without a reason, on a number of which more is not better."""
    for path, target in targets_of(ground.strategy):
        known = ground.catalogue.metrics.get(target.metric)
        if known and known.metric.better == "none" and not target.because.strip():
            yield ground.find("S065", "warning", *path, metric=target.metric)


def targets_on_size(ground: Ground) -> Iterator[Finding]:
    """S066: a target on followers, reach or impressions."""
    for path, target in targets_of(ground.strategy):
        known = ground.catalogue.metrics.get(target.metric)
        if known and counts_size(known.formula, known.metric.unit):
            yield ground.find("S066", "note", *path, metric=target.metric)


def counts_size(formula: Any, unit: str) -> bool:  # noqa: ANN401 (a formula's parsed form belongs to contracts)
    """Whether a number is nothing but a count of who could have seen something."""
    summed = {getattr(arg, "name", "") for aggregate in formula.aggregates for arg in aggregate.args}
    return unit == "count" and bool(summed) and summed <= SIZE


def targets_without_baseline(ground: Ground) -> Iterator[Finding]:
    """S014: a target that does not say where it starts from, or by when. What no file can show yet is a note.

    Of what nothing installed knows or no channel can show, other findings speak.
    """
    for path, target in targets_of(ground.strategy):
        goal = str(path[1])
        about = {"metric": target.metric, "goal": goal}
        if target.baseline is None and _can_be_measured(ground, goal, target.metric):
            fed = ground.fed(goal, target.metric, target.channel)
            said, hint = ("message", "hint") if fed else ("waits", "later")
            told = ground.tell("S014", hint, goal=goal)
            yield ground.find("S014", "warning" if fed else "note", *path, "baseline", said=said, hint=told, **about)
        if target.by is None:
            hint = ground.tell("S014", "day")
            yield ground.find("S014", "note", *path, "by", said="by", hint=hint, **about)


def _can_be_measured(ground: Ground, goal: str, metric: str) -> bool:
    """Whether a number is known, and not every channel says that it cannot show it."""
    known = metric in ground.catalogue.metrics or metric in ground.strategy.metrics
    return known and ground.statuses.get((goal, metric), {""}) - CANNOT != set()


def units_that_do_not_fit(ground: Ground) -> Iterator[Finding]:
    """S016: a target in minutes on a count, or a baseline in another kind of unit than its target."""
    for path, target in targets_of(ground.strategy):
        about = {"target": target.value.text, "kind": target.value.kind}
        if target.baseline is not None and target.baseline.kind != target.value.kind:
            hint, found = ground.tell("S016", "same"), target.baseline.kind
            yield ground.find("S016", "warning", *path, "baseline", said="baseline", hint=hint, found=found, **about)
        known = ground.catalogue.metrics.get(target.metric)
        unit = (known.metric.unit or known.formula.unit) if known else ""
        if unit and unit not in FITS[target.value.kind]:
            more = {"metric": target.metric, "unit": unit, **about}
            yield ground.find("S016", "warning", *path, "value", said="target", hint=HOW, **more)
        elif known and is_share(known.formula, known.metric.unit):
            yield from _beyond(ground, path, target)


def is_share(formula: Any, unit: str) -> bool:  # noqa: ANN401 (a formula's parsed form belongs to contracts)
    """Whether a number is a part of a whole, which no part can exceed."""
    return unit == "percent" and {getattr(each, "name", "") for each in formula.aggregates} == {"share"}


def _beyond(ground: Ground, path: Path, target: GoalTarget) -> Iterator[Finding]:
    """S016: more than the whole, or less than nothing, in a target or a baseline on a share."""
    low, high = target.value.bounds
    start = target.baseline.plain if target.baseline is not None else None
    given = ground.strategy.raw["goals"][path[1]]["targets"][path[3]]
    for key, values in (("value", (low, high)), ("baseline", (start,))):
        beyond = [value for value in values if value is not None and not 0 <= value <= 1]
        if beyond:
            slip = given[key] if isinstance(given[key], int | float) else target.value.text
            plain = all(1 < value <= PERCENT for value in beyond) and "%" not in str(slip)
            hint = ground.tell("S016", "percent" if plain else "whole", found=f"{beyond[0]:g}")
            yield ground.find(
                "S016", "warning", *path, key, said="share", hint=hint, metric=target.metric, found=given[key]
            )


def own_formulas(ground: Ground) -> Iterator[Finding]:
    """S017: the formula of an own metric cannot be read. One that names own metrics, itself even, is told so."""
    own = ground.strategy.metrics
    for fault in ground.catalogue.faults:
        if fault.subject in own:
            problem = fault.message.partition(LEFT_OUT)[2] or fault.message
            others = [name for name in own if re.search(rf"'{name}'", problem)]
            hint = ground.tell("S017", "ring" if others else "also", hint=fault.hint, others=", ".join(others))
            path = ("metrics", fault.subject, "formula")
            yield ground.find("S017", "error", *path, hint=hint, name=fault.subject, problem=problem)


def targets_of(strategy: Strategy) -> Iterator[tuple[Path, GoalTarget]]:
    """Every target with its place."""
    for name, goal in strategy.goals.items():
        for n, target in enumerate(goal.targets):
            yield ("goals", name, "targets", n), target
