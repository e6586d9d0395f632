"""Numbers of readings in the words of a card: by unit, with no more digits than help, never a bare arrow."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from smmetrics.panels import values

if TYPE_CHECKING:
    from collections.abc import Mapping

MINUS = "−"
_TENTHS = 9.95
"""Below this, tenths still help."""
_SMALL = 0.1
"""Points below this keep two digits."""
_CODE = re.compile("[A-Z]{3}")

STATUSES: Mapping[str, tuple[str, str]] = {
    "met": ("✓", "reached"),
    "on_track": ("◐", "on course"),
    "behind": ("▽", "off course"),
    "missed": ("✗", "missed"),
    "uncertain": ("≈", "too close to say"),
    "before_baseline": ("◁", "mostly from before the baseline"),
    "day_passed": ("◇", "its day has passed, these numbers end before it"),
    "no_baseline": ("○", "no baseline to hold it to"),
    "no_target": ("", ""),
}
"""How a target stands: a glyph, and the word beside it, so that neither colour nor shape alone carries meaning."""


_AIMS = (("<=", "at most"), (">=", "at least"), ("<", "less than"), (">", "more than"))


def status_words(status: str) -> str:
    """How a target stands, in the words all of them have."""
    return STATUSES[status][1] if status in STATUSES else status.replace("_", " ")


def value_text(value: float | None, unit: str, currency: str = "") -> str:
    """A value as a card shows it: ``35 min``, ``2 h 40 min``, ``12.3 %``, ``4,210``, ``219.45 EUR``."""
    if value is None or not math.isfinite(value):
        return values.NONE
    if unit == "duration":
        return duration(value)
    text = values.shown(value, unit)
    if unit == "money" and currency:
        text = f"{text} {currency}"
    return _negative(text)


def duration(hours: float) -> str:
    """Hours as hours and minutes: ``2 h 40 min``."""
    return _negative(values.duration(hours))


def interval_text(low: float | None, high: float | None, unit: str, currency: str = "") -> str:
    """Both ends, the unit once where it is the same: ``88–95 %``, ``41–55 min``; empty without any.

    Of an interval with an open end what is known: ``2 h 20 min or more``.
    """
    low, high = (each if each is not None and math.isfinite(each) else None for each in (low, high))
    if low is None or high is None:
        return values.open_ended(*(each if each is None else value_text(each, unit, currency) for each in (low, high)))
    first, last = value_text(low, unit, currency), value_text(high, unit, currency)
    shared = _unit_of(last)
    first = first.removesuffix(shared) if _unit_of(first) == shared else first
    between = " to " if MINUS in first + last else values.DASH
    return f"{first}{between}{last}" if " " not in first else f"{first} {values.DASH} {last}"


def change_text(change: float | None, low: float | None, high: float | None, *, unit: str, currency: str = "") -> str:
    """A change with its interval, ``+3 points (−1 to +7)``; empty where the interval is not known."""
    if change is None or low is None or high is None or not all(map(math.isfinite, (change, low, high))):
        return ""
    told = [signed(each, unit, currency) for each in (change, low, high)]
    if len({_unit_of(each.lstrip(f"+{MINUS}")) for each in told}) == 1:
        told[1:] = [each.removesuffix(_unit_of(each)) for each in told[1:]]
    return f"{told[0]} ({told[1]} to {told[2]})"


def signed(value: float, unit: str, currency: str = "") -> str:
    """A difference with its sign; of shares in points."""
    points = unit in values.SHARES
    text = f"{_points(abs(value) * 100)} points" if points else value_text(abs(value), unit, currency)
    is_nothing = not re.search("[1-9]", text)
    return text if is_nothing else f"{'+' if value > 0 else MINUS}{text}"


def aim_text(target: str, unit: str = "") -> str:
    """A target in words: ``<= 60 min`` is *at most 60 min*, ``15 .. 25 %`` is *15 to 25 %*.

    One of a share that is written as a plain number is told as its value is: ``>= 0.9`` is *at least 90 %*.
    """
    text = target.strip()
    if unit in values.SHARES and not re.search(r"%|[^\W\d_]", text):
        text = re.sub(r"\d+(?:\.\d+)?", lambda found: values.percent(float(found[0])), text)
        text = re.sub(r" %(?=\s*\.\.)", "", text)
    for sign, words in _AIMS:
        if text.startswith(sign):
            return f"{words} {text.removeprefix(sign).strip()}"
    return re.sub(r"\s*\.\.\s*", " to ", text)


def aim_told(target: str, status: str, unit: str = "") -> str:
    """A target in words and how it stands, ``at most 60 min: off course``; empty where nothing was aimed at."""
    return ": ".join(filter(None, (aim_text(target, unit), status_words(status)))) if target else ""


def share_text(top: float | None, bottom: float | None) -> str:
    """How many of how many, ``212 of 230``; empty where either is no whole number."""
    if top is None or bottom is None or top != int(top) or bottom != int(bottom):
        return ""
    return f"{values.number(top)} of {values.number(bottom)}"


def plural(count: int, one: str, many: str = "") -> str:
    """A number with its noun: ``1 post``, ``2 posts``, ``1,200 posts``."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def listed(names: list[str] | tuple[str, ...]) -> str:
    """Names as people list them: ``a``, ``a and b``, ``a, b and c``."""
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)


def _round(value: float) -> str:
    """Tenths below ten, whole numbers from there on."""
    text = f"{value:.1f}" if abs(value) < _TENTHS else f"{value:,.0f}"
    return text.removesuffix(".0")


def _points(value: float) -> str:
    """Points as others are rounded, and two digits where they would be nothing."""
    return f"{value:.2g}" if 0 < value < _SMALL else _round(value)


def _unit_of(text: str) -> str:
    """The unit behind one number: `` min`` of ``74 min``; empty where there are two numbers or no unit."""
    number, space, unit = text.partition(" ")
    return f"{space}{unit}" if number and unit and not any(map(str.isdecimal, unit)) else ""


def _negative(text: str) -> str:
    return MINUS + text[1:] if text.startswith("-") else text
