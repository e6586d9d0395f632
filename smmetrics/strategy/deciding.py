"""When to decide, as a goal writes it: ``care.first_response_time > 2 h`` is a metric, a comparison and an amount."""

from __future__ import annotations

import operator
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from smmetrics.strategy.quantities import NotAnAmount, parse_target

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from smmetrics.strategy.quantities import Target

RULE = re.compile(r"\s*(?P<metric>[a-z][a-z0-9_]*(?:[./][a-z][a-z0-9_]*)?)\s*(?P<rest>(?:<=|>=|≤|≥|<|>).*)", re.DOTALL)
HOLDS: Mapping[str, Callable[[float, float], bool]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class Condition:
    """A number and what it is held against."""

    metric: str
    bound: Target

    def holds(self, value: float) -> bool:
        """Whether a number (hours for durations, shares for percent) is past the bound."""
        low, high = self.bound.bounds
        bound = high if low is None else low
        assert bound is not None, "a comparison has one bound"
        return HOLDS[self.bound.op](value, bound)


def condition(when: str) -> Condition | None:
    """Read a rule; none where it cannot be read."""
    match = RULE.fullmatch(when)
    if match is None:
        return None
    try:
        bound = parse_target(match["rest"])
    except NotAnAmount:
        return None
    return Condition(metric=match["metric"].replace("/", "."), bound=bound) if bound.op in HOLDS else None
