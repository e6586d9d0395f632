"""A number written as an amount that the strategy file reads back: ``3 h 52 min``, ``82.6 %``, ``1.8``, ``12 EUR``."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from smmetrics.strategy.quantities import Kind

WHOLE = 1000
"""From here on digits behind the point say nothing."""


def written(value: float, kind: Kind, *, currency: str = "") -> str | float | int:
    """The amount for a value in plain units (hours, shares); a bare number for what has no unit."""
    if kind == "duration":
        return _duration(value)
    number = _number(100 * value if kind == "percent" else value)
    if kind == "percent":
        return f"{number} %"
    return f"{number} {currency}" if kind == "money" and currency else number


def _number(value: float) -> float | int:
    """Three digits, none of them an idle zero."""
    rounded = round(value) if abs(value) >= WHOLE else float(f"{value:.3g}")
    return int(rounded) if rounded == int(rounded) else rounded


def _duration(hours: float) -> str:
    """Hours and minutes; below a minute seconds."""
    seconds = round(hours * 3600)
    if abs(seconds) < 60:  # noqa: PLR2004 (a minute)
        return f"{seconds} s"
    whole, minutes = divmod(round(hours * 60), 60)
    return " ".join([f"{whole} h"] * bool(whole) + [f"{minutes} min"] * bool(minutes))
