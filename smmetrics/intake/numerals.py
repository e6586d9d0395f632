"""How numbers, durations and yes/no are written in cells: strict grammars, exact decimals, a reason where one fails."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, localcontext
from functools import cache

from smmetrics.api.errors import UserMistake

GROUPS = {
    **dict.fromkeys(("en", "ja", "zh", "ko", "he", "th"), (",", ".")),
    **dict.fromkeys(("de", "es", "it", "nl", "pt", "tr", "id", "da", "el", "ro"), (".", ",")),
    **dict.fromkeys(("fr", "pl", "cs", "sk", "sv", "fi", "nb", "no", "hu", "uk", "ru", "bg"), (" \u00a0\u202f", ",")),
    **dict.fromkeys(("de-ch", "fr-ch", "it-ch"), ("'\u2019", ".")),
}
"""By language: what may stand between groups of three digits, and before the fraction."""
NON_FINITE = re.compile(r"[+-]?(?:inf|infinity|nan|∞)", re.IGNORECASE)
EXPONENT = r"(?:[eE][+-]?\d{1,3})?"
CLOCK = re.compile(r"(?:(?P<hours>\d+):)?(?P<minutes>\d+):(?P<seconds>\d+(?:\.\d+)?)")
ISO = re.compile(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?")
TRUE, FALSE = frozenset({"true", "yes", "y", "1"}), frozenset({"false", "no", "n", "0"})
MINUS = "\u2212"
LARGEST = 2**63 - 1
LONGEST = 400
"""Characters of a number: the largest that can be kept has 309 digits."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a cell could not be read: a reason of the closed list."""

    reason: str


@cache
def grammar(locale: str) -> re.Pattern[str]:
    """The pattern of a number in a language's way of writing. Raises `UserMistake` for an unknown language."""
    name = locale.lower().replace("_", "-")
    if name not in GROUPS and name.partition("-")[0] not in GROUPS:
        message = f"Nothing is known of how numbers are written in {locale!r}."
        raise UserMistake(message, hint=f"Known: {', '.join(sorted(GROUPS))}.", code="locale.unknown")
    group, point = GROUPS.get(name) or GROUPS[name.partition("-")[0]]
    grouped = rf"[1-9]\d{{0,2}}(?:(?P<group>[{re.escape(group)}])\d{{3}})(?:(?P=group)\d{{3}})*"
    fraction = rf"(?:{re.escape(point)}(?P<fraction>\d*))?"
    return re.compile(
        rf"(?P<sign>[+\-{MINUS}]?)(?P<whole>{grouped}|\d+|(?={re.escape(point)}\d)){fraction}(?P<e>{EXPONENT})"
    )


def point_of(locale: str) -> str:
    """What stands before the fraction of a number in a language's way of writing."""
    grammar(locale)
    name = locale.lower().replace("_", "-")
    return (GROUPS.get(name) or GROUPS[name.partition("-")[0]])[1]


def decimal(cell: str, locale: str) -> Decimal | None:
    """The number a cell holds, exactly; None where it is none in this way of writing."""
    match = grammar(locale).fullmatch(cell.strip()) if len(cell) <= LONGEST else None
    if match is None:
        return None
    whole = re.sub(r"\D", "", match["whole"]) or "0"
    sign = "-" if match["sign"] in {"-", MINUS} else ""
    return Decimal(f"{sign}{whole}.{match['fraction'] or '0'}{match['e']}")


def written_in(cell: str) -> str:
    """A language in whose way of writing a cell is a number; empty where it is one in none."""
    text = cell.strip().removesuffix("%").rstrip(" \u00a0\u202f")
    return next((name for name in ("en", "de", "fr", "de-ch") if decimal(text, name) is not None), "")


def number(cell: str, *, locale: str, scale: float, negative: bool) -> float | Fault:
    """A measured number, scaled."""
    value = _finite(cell, locale)
    if isinstance(value, Fault):
        return value
    if value < 0 and not negative:
        return Fault("negative")
    return float(scaled(value, scale))


def integer(cell: str, *, locale: str, scale: float, negative: bool) -> int | Fault:
    """A whole number: ``424.0`` is one, ``1.2E+4`` is not (a spreadsheet may have rounded it)."""
    value = _finite(cell, locale)
    if isinstance(value, Fault):
        return value
    value = scaled(value, scale)
    if re.search("[eE]", cell) or value != value.to_integral_value():
        return Fault("not_an_integer")
    if abs(value) > LARGEST:
        return Fault("out_of_range")
    return Fault("negative") if value < 0 and not negative else int(value)


def percent(cell: str, *, locale: str, scale: float, negative: bool) -> float | Fault:
    """A share as a fraction: ``18.7%`` is 0.187; without a sign the number is taken as it is, times ``scale``."""
    text = cell.strip()
    signed = text.endswith("%")
    return number(text.removesuffix("%"), locale=locale, scale=0.01 if signed else scale, negative=negative)


def duration(cell: str, *, scale: float) -> float | Fault:
    """Seconds: ``0:01:35``, ``1:35``, ``95`` or ``PT1M35S``."""
    text = cell.strip()
    if match := CLOCK.fullmatch(text):
        seconds = Decimal(match["hours"] or 0) * 3600 + Decimal(match["minutes"]) * 60 + Decimal(match["seconds"])
    elif len(text) > 1 and (match := ISO.fullmatch(text)):
        days, hours, minutes, rest = (Decimal(part or 0) for part in match.groups())
        seconds = days * 86400 + hours * 3600 + minutes * 60 + rest
    else:
        plain = decimal(text, "en")
        if plain is None or plain < 0:
            return Fault("not_a_duration")
        seconds = plain
    return float(scaled(seconds, scale))


def truth(cell: str) -> bool | Fault:
    """Yes or no."""
    word = cell.strip().lower()
    if word in TRUE or word in FALSE:
        return word in TRUE
    return Fault("not_a_bool")


def scaled(value: Decimal, scale: float) -> Decimal:
    """A decimal times a float's shortest decimal form: 0.01 is a hundredth, not the nearest binary fraction."""
    if scale == 1:
        return value
    with localcontext() as context:
        context.prec = 60
        return value * Decimal(repr(scale))


def _finite(cell: str, locale: str) -> Decimal | Fault:
    if NON_FINITE.fullmatch(cell.strip()):
        return Fault("non_finite")
    value = decimal(cell, locale)
    return Fault("not_a_number") if value is None else value
