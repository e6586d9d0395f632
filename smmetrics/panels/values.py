"""One number in the form a person reads it: by its unit, with no more digits than help."""

from __future__ import annotations

import math

from smmetrics.words import say

DASH = "\u2013"
"""The dash between two ends."""
NONE = DASH
_HOUR = 60
_LONG = 100 * _HOUR
_TENTHS = 9.95
"""Below so many minutes, tenths still help."""
_SIGNIFICANT = 3
_TINY = 1e-6
_TEN = 10
SHARES = frozenset({"percent", "ratio"})
"""Units whose values are read as percentages: parts of a whole, and rates that may exceed it."""


def number(value: float) -> str:
    """Three significant digits, whole numbers whole: ``12,345``, ``3.46``, ``0.0345``."""
    if not math.isfinite(value):
        return NONE
    if value == int(value):
        return f"{int(value):,}"
    if abs(value) < _TINY:
        return f"{value:.2e}"
    digits = max(0, _SIGNIFICANT - 1 - math.floor(math.log10(abs(value))))
    return f"{value:,.{digits}f}"


def percent(value: float) -> str:
    """A fraction as a percentage: ``90 %``, ``12.3 %``, ``1.15 %``, ``0.54 %``."""
    hundred = value * 100
    if not math.isfinite(hundred):
        return NONE
    text = f"{hundred:,.1f}" if abs(hundred) >= _TEN else f"{hundred:.2f}" if abs(hundred) >= 1 else f"{hundred:.2g}"
    if text == "100.0" and hundred < 100:  # noqa: PLR2004 (nearly all is not all)
        text = f"{hundred:.4g}"
    return f"{text.rstrip('0').rstrip('.') if '.' in text else text} %"


def duration(hours: float) -> str:
    """Hours as hours and minutes: ``2 h 40 min``, ``35 min``, ``2.4 min``, ``20 s``; from 100 h on, hours alone."""
    if not math.isfinite(hours):
        return NONE
    sign, minutes = ("-" if hours < 0 else ""), abs(hours) * _HOUR
    if minutes >= _LONG:
        return f"{sign}{minutes / _HOUR:,.0f} h"
    if 0 < minutes < 1:
        return f"{sign}{minutes * 60:.0f} s"
    if 0 < minutes < _TENTHS:
        return f"{sign}{minutes:.1f}".removesuffix(".0") + " min"
    whole, rest = divmod(round(minutes), _HOUR)
    parts = ([f"{whole} h"] if whole else []) + ([f"{rest} min"] if rest or not whole else [])
    return sign + " ".join(parts)


def money(value: float) -> str:
    """Two decimals: ``1,234.50``."""
    return f"{value:,.2f}" if math.isfinite(value) else NONE


def shown(value: float | None, unit: str) -> str:
    """A value in its unit's form; a dash where there is none."""
    if value is None:
        return NONE
    if unit in SHARES:
        return percent(value)
    return {"duration": duration, "money": money}.get(unit, number)(value)


def interval(low: float | None, high: float | None, unit: str) -> str:
    """Both ends with a dash, the percent sign once; the known one of an open interval; nothing where there is none."""
    if low is None or high is None:
        return open_ended(*(each if each is None else shown(each, unit) for each in (low, high)))
    first, last = shown(low, unit), shown(high, unit)
    if unit in SHARES:
        first = first.removesuffix(" %")
    apart = " " in first or first.startswith("-") or last.startswith("-")
    return f"{first} {DASH} {last}" if apart else f"{first}{DASH}{last}"


def open_ended(low: str | None, high: str | None) -> str:
    """An interval of which one end is known, in words; nothing where neither is."""
    known = low or high
    if not known:
        return ""
    return say("panels.interval.from", end=known) if low else say("panels.interval.to", end=known)
