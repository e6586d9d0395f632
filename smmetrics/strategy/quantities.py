"""Amounts as people write them: ``<= 60 min``, ``15 .. 25 %``, ``4 h``, ``3 h 52 min``, ``2 months``.

target = [<= | >= | < | >] number [unit]   |   number [unit] .. number [unit]
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from smmetrics.strategy.faults import did_you_mean

Kind = Literal["number", "percent", "duration", "money"]
Op = Literal["", "<=", ">=", "<", ">", ".."]

HOURS: dict[str, float] = {"s": 1 / 3600, "min": 1 / 60, "h": 1.0, "d": 24.0, "weeks": 168.0}
"""Hours in each unit of a duration. Months are no duration: they differ."""
DURATION_WORDS: dict[str, str] = {
    "s": "s", "sec": "s", "second": "s", "seconds": "s",
    "min": "min", "mins": "min", "minute": "min", "minutes": "min",
    "h": "h", "hr": "h", "hrs": "h", "hour": "h", "hours": "h",
    "d": "d", "day": "d", "days": "d", "week": "weeks", "weeks": "weeks",
}  # fmt: skip
PERCENT_WORDS = frozenset({"%", "percent", "per cent"})
CURRENCY_SIGNS: dict[str, str] = {"€": "EUR", "$": "USD", "£": "GBP", "¥": "JPY"}
SPAN_WORDS: dict[str, str] = {
    "day": "day", "days": "day", "week": "week", "weeks": "week", "month": "month", "months": "month",
    "quarter": "quarter", "quarters": "quarter", "year": "year", "years": "year",
}  # fmt: skip

AMOUNT = re.compile(r"(?P<number>[+-]?\d+(?:\.\d+)?)\s*(?P<unit>[^\W\d_][^\d]*|[%€$£¥]|)")
SEVERAL = re.compile(r"\d+(?:\.\d+)?\s*[^\W\d_]+(?:\s+\d+(?:\.\d+)?\s*[^\W\d_]+)+")
PIECE = re.compile(r"(\d+(?:\.\d+)?)\s*([^\W\d_]+)")
LEADING = re.compile(r"(?P<op><=|>=|≤|≥|<|>|)\s*(?P<rest>.*)", re.DOTALL)
OPS: dict[str, Op] = {"": "", "<=": "<=", ">=": ">=", "≤": "<=", "≥": ">=", "<": "<", ">": ">"}
HOW = "Write a number and its unit, such as '<= 60 min', '>= 95 %', '12' or '15 .. 25 %'."


class NotAnAmount(ValueError):
    """A text that is no amount: what was found, and how to write it."""

    def __init__(self, message: str, hint: str = HOW) -> None:
        """Keep the hint apart from the message."""
        self.hint = hint
        super().__init__(message)


@dataclass(frozen=True, kw_only=True, slots=True)
class Amount:
    """A number with its unit: ``%``, ``s``, ``min``, ``h``, ``d``, ``weeks``, a currency code, or none."""

    value: float
    unit: str = ""

    @property
    def kind(self) -> Kind:
        """What the unit measures."""
        return kind_of(self.unit)

    @property
    def plain(self) -> float:
        """The number readings are compared with: hours for durations, a share (0.95) for percent."""
        return self.value / 100 if self.unit == "%" else self.value * HOURS.get(self.unit, 1.0)


@dataclass(frozen=True, kw_only=True, slots=True)
class Target:
    """What a number shall become.

    ``op`` is ``<= >= < >``, ``..`` for a band (then both bounds are set), or empty: the metric's own direction
    decides. With one bound, ``low`` holds it for ``>=`` and ``>``, ``high`` for ``<=`` and ``<``, both for none.
    Bounds are in ``unit`` as written; ``bounds`` gives them in hours and shares.
    """

    op: Op
    low: float | None
    high: float | None
    unit: str
    text: str

    @property
    def kind(self) -> Kind:
        """What the unit measures."""
        return kind_of(self.unit)

    @property
    def bounds(self) -> tuple[float | None, float | None]:
        """Low and high as readings have them: hours for durations, shares for percent."""
        low, high = (None if x is None else Amount(value=x, unit=self.unit).plain for x in (self.low, self.high))
        return low, high


def kind_of(unit: str) -> Kind:
    """What a unit measures."""
    if not unit:
        return "number"
    if unit == "%":
        return "percent"
    return "duration" if unit in HOURS else "money"


def parse_amount(found: object) -> Amount:
    """Read ``4 h``, ``35 %``, ``12 EUR`` or a plain number."""
    if isinstance(found, int | float) and not isinstance(found, bool):
        return Amount(value=_finite(found))
    if not isinstance(found, str):
        message = f"expected an amount, found {found!r}."
        raise NotAnAmount(message)
    if SEVERAL.fullmatch(found.strip()):
        return _several(found)
    match = AMOUNT.fullmatch(found.strip())
    if match is None:
        raise _not_a_number(found)
    return Amount(value=_finite(float(match["number"])), unit=_unit(match["unit"].strip(), found))


def _several(found: str) -> Amount:
    """``3 h 52 min``: durations from the largest unit down, told in the smallest."""
    pieces = [(float(number), _unit(word, found)) for number, word in PIECE.findall(found)]
    hours = [HOURS.get(unit, 0.0) for _, unit in pieces]
    if not all(hours) or any(small >= large for large, small in pairwise(hours)):
        message = f"{found!r} is no duration."
        raise NotAnAmount(message, "Write the larger unit first, such as '3 h 52 min'.")
    total = sum(number * size for (number, _), size in zip(pieces, hours, strict=True))
    return Amount(value=_finite(round(total / hours[-1], 6)), unit=pieces[-1][1])


def parse_target(found: object) -> Target:
    """Read a target: a comparison with an amount, a plain amount, or a band."""
    if not isinstance(found, str):
        amount = parse_amount(found)
        return Target(op="", low=amount.value, high=amount.value, unit="", text=f"{found}")
    if ".." in found:
        return _band(found)
    match = LEADING.fullmatch(found.strip())
    assert match is not None, "every text has an optional operator and a rest"
    op, amount = OPS[match["op"]], parse_amount(match["rest"])
    low = None if op in {"<", "<="} else amount.value
    high = None if op in {">", ">="} else amount.value
    return Target(op=op, low=low, high=high, unit=amount.unit, text=found)


def parse_span(found: object) -> tuple[int, str]:
    """Read ``2 months`` as (2, "month")."""
    match = re.fullmatch(r"(\d{1,4})\s*([a-z]+)", found.strip()) if isinstance(found, str) else None
    if match is None or match[2] not in SPAN_WORDS or not int(match[1]):
        message = f"expected a number of periods, found {found!r}."
        raise NotAnAmount(message, "Write it as '2 months', '6 weeks' or '1 quarter'.")
    return int(match[1]), SPAN_WORDS[match[2]]


def _band(found: str) -> Target:
    left, _, right = found.partition("..")
    low, high = parse_amount(left), parse_amount(right)
    unit = low.unit or high.unit
    if {low.unit, high.unit} - {"", unit}:
        message = f"the two ends of {found!r} have different units."
        raise NotAnAmount(message, "Write both in one unit, such as '15 .. 25 %'.")
    if low.value >= high.value:
        message = f"the band {found!r} ends before it begins."
        raise NotAnAmount(message, "The smaller number comes first, such as '15 .. 25 %'.")
    return Target(op="..", low=low.value, high=high.value, unit=unit, text=found)


def _finite(value: float) -> float:
    try:
        number = float(value)
    except OverflowError:  # a whole number beyond all floats
        number = math.inf
    if not math.isfinite(number):
        message = "this is no amount anybody can reach."
        raise NotAnAmount(message)
    return number


def _unit(word: str, found: str) -> str:
    if word in CURRENCY_SIGNS:
        return CURRENCY_SIGNS[word]
    if word.lower() in PERCENT_WORDS:
        return "%"
    if not word or (len(word) == 3 and word.isascii() and word.isupper()):  # noqa: PLR2004 (ISO 4217 codes)
        return word
    if word.lower() in DURATION_WORDS:
        return DURATION_WORDS[word.lower()]
    message = f"{word!r} in {found!r} is no unit."
    known = ("s", "min", "h", "d", "days", "weeks", "%", "percent", "EUR")
    raise NotAnAmount(message, did_you_mean(word, [*known, *DURATION_WORDS], known="Units") if len(word) > 1 else HOW)


def _not_a_number(found: str) -> NotAnAmount:
    message = f"expected a number with a unit, found {found!r}."
    if re.search(r"\d,\d", found):
        return NotAnAmount(message, "Write decimals with a point and no thousands separator: 1.5, 12000.")
    return NotAnAmount(message)
