"""Units of numbers in a formula: what may be added, and what kind of number comes out.

A quantity has a *kind* (count, ratio, percent, index, const, plain), the powers of time and money in it, and the
size of its time unit in seconds, so that ``minutes / 60`` is known to be hours. A constant agrees with everything.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

Kind = Literal["const", "plain", "count", "ratio", "percent", "index"]

HOUR = Fraction(3600)
TIME = {"seconds": Fraction(1), "minutes": Fraction(60), "hours": HOUR, "days": Fraction(86400)}


@dataclass(frozen=True, slots=True)
class Quantity:
    """The unit of a number. ``size`` is None where a parameter scaled it: then any time unit may be meant."""

    kind: Kind = "plain"
    time: int = 0
    money: int = 0
    size: Fraction | None = Fraction(1)

    @property
    def dimensionless(self) -> bool:
        """Whether neither time nor money is in it."""
        return not self.time and not self.money

    @property
    def words(self) -> str:
        """The unit in a reader's words."""
        if self.dimensionless:
            return {"count": "a count", "const": "a number", "plain": "a number", "percent": "a share"}.get(
                self.kind, f"an {self.kind}" if self.kind == "index" else f"a {self.kind}"
            )
        if self.money:
            return "money"
        name = next((word for word, size in TIME.items() if size == self.size), "time")
        return name if self.time == 1 else f"{name} to the power {self.time}"


CONST = Quantity("const")
PLAIN = Quantity("plain")
COUNT = Quantity("count")
RATIO = Quantity("ratio")
PERCENT = Quantity("percent")
INDEX = Quantity("index")
HOURS = Quantity("plain", time=1, size=HOUR)


def of_column(unit: str) -> Quantity:
    """The quantity of a column whose unit is one of `api.facts.Unit`."""
    if unit in TIME:
        return Quantity("plain", time=1, size=TIME[unit])
    if unit == "money":
        return Quantity("plain", money=1)
    return {"count": COUNT, "ratio": RATIO}.get(unit, PLAIN)


def agree(left: Quantity, right: Quantity) -> bool:
    """Whether two numbers may be added or compared: equal units, or one is a constant."""
    if "const" in (left.kind, right.kind):
        return True
    if (left.time, left.money) != (right.time, right.money):
        return False
    if left.dimensionless:
        return "plain" in (left.kind, right.kind) or (left.kind == "count") == (right.kind == "count")
    return None in (left.size, right.size) or not left.time or left.size == right.size


def added(left: Quantity, right: Quantity) -> Quantity:
    """The unit of a sum or difference; a share with something added or taken off is an index."""
    if left.kind == "const":
        left, right = right, left
    if not left.dimensionless or left.kind == right.kind == "const":
        return left
    if left.kind == "percent" or right.kind == "percent":
        return INDEX
    return right if left.kind == "plain" and right.kind != "const" else left


def multiplied(left: Quantity, right: Quantity, *, by: float | None = None) -> Quantity:
    """The unit of a product; ``by`` is the value of the constant, where one side is a known one."""
    if left.kind == "const":
        left, right = right, left
    if right.kind == "const":
        return _scaled(left, None if by is None else 1 / Fraction(by) if by else None)
    kind = left.kind if left.kind == right.kind else _product(left.kind, right.kind)
    size = None if left.size is None or right.size is None else left.size * right.size
    return Quantity(kind, left.time + right.time, left.money + right.money, size)


def divided(left: Quantity, right: Quantity, *, by: float | None = None) -> Quantity:
    """The unit of a quotient; ``by`` is the value of a constant denominator."""
    if right.kind == "const":
        return _scaled(left, None if not by else Fraction(by))
    time, money = left.time - right.time, left.money - right.money
    size = None if left.size is None or right.size is None else left.size / right.size
    kind: Kind = "plain" if time or money else "ratio"
    return Quantity(kind, time, money, size)


def _scaled(quantity: Quantity, factor: Fraction | None) -> Quantity:
    """A number divided by a constant: its time unit grows as its figure shrinks."""
    if quantity.kind == "percent" and factor != 1:
        return INDEX
    if quantity.kind == "count" and factor is None:
        return PLAIN
    if not quantity.time or quantity.size is None:
        return quantity
    return replace(quantity, size=None if factor is None else quantity.size * factor)


def _product(left: Kind, right: Kind) -> Kind:
    kinds = {left, right}
    if "count" in kinds:
        return "count"
    return "ratio" if kinds & {"ratio", "percent"} else "plain"


def metric_unit(quantity: Quantity) -> str:
    """The metric unit a number has (`api.metrics.MetricUnit`), or an empty text where it cannot be told."""
    if quantity.money == 1 and not quantity.time:
        return "money"
    if quantity.time == 1 and not quantity.money:
        return "duration" if quantity.size in (HOUR, None) else ""
    if quantity.dimensionless and quantity.kind in {"count", "ratio", "percent", "index"}:
        return quantity.kind
    return ""


_MAY_BE_DECLARED = {
    "count": ("count", "ratio", "index"),
    "ratio": ("ratio", "percent", "index", "count"),
    "percent": ("percent", "ratio", "index"),
    "index": ("index", "ratio", "percent"),
    "money": ("money",),
    "duration": ("duration",),
}


def may_be(declared: str, quantity: Quantity) -> bool:
    """Whether a metric may declare this unit for such a number; hours are the unit of durations."""
    inferred = metric_unit(quantity)
    if inferred:
        return declared in _MAY_BE_DECLARED[inferred]
    return quantity.dimensionless and declared not in {"money", "duration"}
