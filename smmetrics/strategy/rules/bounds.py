"""Bounds beside targets: what a promise counts as kept, and when a rule comes true, in a unit the number has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smmetrics.strategy.deciding import condition
from smmetrics.strategy.quantities import HOW
from smmetrics.strategy.rules.numbers import FITS, PERCENT, is_share

if TYPE_CHECKING:
    from collections.abc import Iterator

    from smmetrics.strategy.faults import Finding, Path
    from smmetrics.strategy.model import Strategy
    from smmetrics.strategy.quantities import Target
    from smmetrics.strategy.rules.ground import Ground

Bound = tuple["Path", str, "Target"]
"""Where it stands, the number's id, and what that is held against."""


def bounds_that_do_not_fit(ground: Ground) -> Iterator[Finding]:
    """S016: a promise or a rule in a unit its number does not have, or beyond the whole of a share."""
    for path, metric, bound in _bounds(ground.strategy):
        known = ground.catalogue.metrics.get(metric)
        unit = (known.metric.unit or known.formula.unit) if known else ""
        if unit and unit not in FITS[bound.kind]:
            about = {"metric": metric, "unit": unit, "target": bound.text.strip(), "kind": bound.kind}
            yield ground.find("S016", "warning", *path, said=str(path[2]), hint=HOW, **about)
        elif known and is_share(known.formula, known.metric.unit):
            yield from _beyond(ground, path, metric, bound)


def _bounds(strategy: Strategy) -> Iterator[Bound]:
    for name, audience in strategy.audiences.items():
        for n, promise in enumerate(audience.promises):
            if promise.metric and promise.value is not None:
                yield ("audiences", name, "promises", n, "value"), promise.metric, promise.value
    for name, goal in strategy.goals.items():
        for n, decision in enumerate(goal.decisions):
            rule = condition(decision.when)
            if rule is not None:
                yield ("goals", name, "decisions", n, "when"), rule.metric, rule.bound


def _beyond(ground: Ground, path: Path, metric: str, bound: Target) -> Iterator[Finding]:
    """S016: more than the whole, or less than nothing: such a rule is always true, or never."""
    beyond = [value for value in bound.bounds if value is not None and not 0 <= value <= 1]
    if beyond:
        percent = bound.kind == "number" and all(1 < value <= PERCENT for value in beyond)
        hint = ground.tell("S016", "percent" if percent else "between", found=f"{beyond[0]:g}")
        yield ground.find("S016", "warning", *path, said="share", hint=hint, metric=metric, found=bound.text.strip())
