"""Numbers in sentences: a value as people write it, its interval, and what it was counted from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smmetrics.words import say

if TYPE_CHECKING:
    from collections.abc import Mapping

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
        from smmetrics.panels.values import open_ended

        ends = (number.low, number.high)
        return open_ended(*(each if each is None else told(each, number.unit) for each in ends))
    return say("start.numbers.interval", low=told(number.low, number.unit), high=told(number.high, number.unit))


def counted(number: Number) -> str:
    """What was counted: of shares the part and the whole, of other numbers how many stand behind them."""
    if number.unit == "%" and number.of:
        return say("start.numbers.of", n=number.n, of=number.of)
    return say("goals.numbers.n", n=f"{number.of:,}") if number.of else ""


def behind(number: Number) -> str:
    """What was counted and from where to where the number may lie, in brackets behind it; empty where nothing is."""
    said = ", ".join(part for part in (counted(number), interval(number)) if part)
    return say("goals.numbers.behind", said=said) if said else ""


def in_full(number: Number) -> str:
    """The number with all that stands behind it: 3 h 27 min (n = 31, 2 h 10 min to 5 h 2 min)."""
    return told(number.value, number.unit) + behind(number)


def why(reason: str, platforms: Mapping[str, str]) -> str:
    """Why there is no number, by the titles of platforms, to stand inside a sentence."""
    from smmetrics.panels.words import parts, why_words

    said = []
    for part in parts(reason):
        id_, _, rest = part.partition(": ")
        about = f"{platforms[id_]}: {why_words(rest)}" if id_ in platforms and rest else why_words(part)
        said.append(about)
    return "; ".join(dict.fromkeys(said))
