"""Are the numbers well chosen: permitted, with a direction, with parameters their metric knows?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from smmetrics.strategy.faults import did_you_mean, nearest
from smmetrics.strategy.quantities import HOW

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from smmetrics.strategy.faults import Finding, Path
    from smmetrics.strategy.goal import GoalTarget
    from smmetrics.strategy.model import Strategy
    from smmetrics.strategy.quantities import Kind
    from smmetrics.strategy.rules.ground import Ground

SIZE = frozenset({"followers", "reach", "impressions"})
"""Columns that count who could have seen something. Context, not an aim."""
FITS: Mapping[Kind, frozenset[str]] = {
    "number": frozenset({"count", "ratio", "percent", "index"}),
    "percent": frozenset({"ratio", "percent"}),
    "duration": frozenset({"duration"}),
    "money": frozenset({"money"}),
}
"""Units of metrics that a target's unit fits."""
CLOCK = "hours"
"""Every metric takes the name of a calendar of working hours under this parameter."""


def forbidden_leads(ground: Ground) -> Iterator[Finding]:
    """S064: what was agreed not to be measured leads a question, or is a target."""
    privacy = ground.strategy.privacy
    forbid = privacy.forbid if privacy else ()
    agreed = ground.strategy.line("privacy", "forbid")
    for question in ground.questions():
        for metric in question.lead:
            if metric in forbid:
                message = f"Your agreement forbids `{metric}` (line {agreed}); the goal leads with it."
                hint = f'Leave it out: drop = ["{metric}"] at goals.{question.goal}.'
                yield ground.find("S064", "error", message, "goals", question.goal, hint=hint)


def forbidden_beside(ground: Ground) -> Iterator[Finding]:
    """S072: a goal type would show a forbidden number beside its own; it is left out."""
    strategy = ground.strategy
    forbid = strategy.privacy.forbid if strategy.privacy else ()
    for name, goal in strategy.goals.items():
        kind = ground.catalogue.goal_types.get(goal.type)
        beside = {metric for question in (kind.questions if kind else ()) for metric in question.guard}
        for metric in forbid:
            if metric in beside and metric not in goal.drop:
                message = f"`{name}` has `{metric}` beside it; your agreement forbids it, so it is left out."
                yield ground.find("S072", "note", message, "goals", name)


def targets_without_direction(ground: Ground) -> Iterator[Finding]:
    """S065: a target without an operator, or without a reason, on a number of which more is not better."""
    for path, target in _targets(ground.strategy):
        known = ground.catalogue.metrics.get(target.metric)
        if known and known.metric.better == "none" and not target.because:
            message = f"More is not better here (`{target.metric}`). Use it as context, or say why."
            yield ground.find("S065", "warning", message, *path, hint='Say why: because = "…".')


def targets_on_size(ground: Ground) -> Iterator[Finding]:
    """S066: a target on followers, reach or impressions."""
    for path, target in _targets(ground.strategy):
        known = ground.catalogue.metrics.get(target.metric)
        if known and _counts_size(known.formula, known.metric.unit):
            message = f"`{target.metric}` is counted and shown as context. What would these people do?"
            yield ground.find("S066", "note", message, *path)


def _counts_size(formula: Any, unit: str) -> bool:  # noqa: ANN401 (a formula's parsed form belongs to contracts)
    """Whether a number is nothing but a count of who could have seen something."""
    summed = {getattr(arg, "name", "") for aggregate in formula.aggregates for arg in aggregate.args}
    return unit == "count" and bool(summed) and summed <= SIZE


def parameters_unknown(ground: Ground) -> Iterator[Finding]:
    """S067: a parameter the metric does not have, or a calendar the file does not have."""
    for path, metric, given in _parameters(ground.strategy):
        for name, value in given.items():
            if name == CLOCK:
                yield from _calendar(ground, value, path)
                continue
            known = _known_parameters(ground, metric)
            if known is not None and name not in known:
                names = (*known, CLOCK)
                message = f"`{metric}` knows: {', '.join(names)}. Found: {name}."
                hint = did_you_mean(name, names) if nearest(name, names) else ""
                yield ground.find("S067", "warning", message, *path, "with", name, hint=hint)


def _calendar(ground: Ground, value: object, path: Path) -> Iterator[Finding]:
    calendars = ground.strategy.hours
    if value not in calendars:
        message = f"There is no [hours.{value}] in the file."
        hint = (
            did_you_mean(str(value), calendars, known="There are")
            or f"Write [hours.{value}] with days, open and close."
        )
        yield ground.find("S067", "warning", message, *path, "with", CLOCK, hint=hint)


def _known_parameters(ground: Ground, metric: str) -> tuple[str, ...] | None:
    """The parameters of a metric; none where nothing is known of it."""
    if metric in ground.strategy.metrics:
        return tuple(ground.strategy.metrics[metric].parameters)
    known = ground.catalogue.metrics.get(metric)
    return tuple(parameter.name for parameter in known.metric.parameters) if known else None


def _parameters(strategy: Strategy) -> Iterator[tuple[Path, str, Mapping[str, Any]]]:
    for path, target in _targets(strategy):
        yield path, target.metric, target.parameters
    for name, goal in strategy.goals.items():
        for n, question in enumerate(goal.questions):
            for metric in question.lead:
                yield ("goals", name, "questions", n), metric, question.parameters
    for name, audience in strategy.audiences.items():
        for n, promise in enumerate(audience.promises):
            yield ("audiences", name, "promises", n), promise.metric, promise.parameters


def targets_without_baseline(ground: Ground) -> Iterator[Finding]:
    """S014: a target that does not say where it starts from."""
    for path, target in _targets(ground.strategy):
        if target.baseline is None:
            message = f"The target on `{target.metric}` does not say where you start from: progress cannot be told."
            yield ground.find("S014", "warning", message, *path, hint='Write baseline = "…" once it is measured.')


def units_that_do_not_fit(ground: Ground) -> Iterator[Finding]:
    """S016: a target in minutes on a count, or a baseline in another kind of unit than its target."""
    for path, target in _targets(ground.strategy):
        kind = target.value.kind
        if target.baseline is not None and target.baseline.kind != kind:
            message = f"The baseline is a {target.baseline.kind}, and the target {target.value.text!r} is a {kind}."
            yield ground.find("S016", "warning", message, *path, "baseline", hint="Write both in the same unit.")
        known = ground.catalogue.metrics.get(target.metric)
        unit = (known.metric.unit or known.formula.unit) if known else ""
        if known and unit and unit not in FITS[kind]:
            message = f"`{target.metric}` is a {unit}, and the target {target.value.text!r} is a {kind}."
            yield ground.find("S016", "warning", message, *path, "value", hint=HOW)


def own_formulas(ground: Ground) -> Iterator[Finding]:
    """S017: the formula of an own metric cannot be read."""
    for fault in ground.catalogue.faults:
        if fault.subject in ground.strategy.metrics:
            message = fault.message.partition(": ")[2] or fault.message
            path = ("metrics", fault.subject, "formula")
            yield ground.find("S017", "error", message, *path, hint=fault.hint)


def listening_for_nothing(ground: Ground) -> Iterator[Finding]:
    """S059: a goal that listens, and nothing to listen for."""
    strategy = ground.strategy
    heard = strategy.stories or strategy.others or any(c.whose == "others" for c in strategy.channels.values())
    for name, goal in strategy.goals.items():
        if goal.activities == ("monitoring",) and not heard:
            message = "Listening for what? Name a story or somebody to compare with."
            yield ground.find("S059", "warning", message, "goals", name, hint="Write a [stories.…] or an [others.…].")


def _targets(strategy: Strategy) -> Iterator[tuple[Path, GoalTarget]]:
    for name, goal in strategy.goals.items():
        for n, target in enumerate(goal.targets):
            yield ("goals", name, "targets", n), target
