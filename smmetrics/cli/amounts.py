"""Numbers in sentences: a value as people write it, its interval, and what it was counted from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smmetrics.words import say

if TYPE_CHECKING:
    from smmetrics.strategy.facts import Number
    from smmetrics.strategy.quantities import Kind

KINDS: dict[str, Kind] = {"%": "percent", "h": "duration", "": "number"}


def told(value: float | None, unit: str) -> str:
    """A value in a unit of `Number`: 3 h 52 min, 82.6 %, 1.8."""
    from smmetrics.strategy.amounts import written

    return "?" if value is None else str(written(value, KINDS.get(unit, "money"), currency=unit))


def interval(number: Number) -> str:
    """From where to where the number may lie; nothing where nobody knows."""
    if number.low is None or number.high is None:
        return ""
    return say("start.numbers.interval", low=told(number.low, number.unit), high=told(number.high, number.unit))


def counted(number: Number) -> str:
    """What was counted: of shares the part and the whole, of other numbers the whole."""
    if number.unit == "%" and number.of:
        return say("start.numbers.of", n=number.n, of=number.of)
    return str(number.of or "")
