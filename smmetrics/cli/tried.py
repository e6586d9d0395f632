"""A trial of a formula in lines: the number first, then what it is made of."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from smmetrics.cli.flow import hanging, room
from smmetrics.cli.output import printable
from smmetrics.words import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from smmetrics.workspace.trying import Part, Trial


def lines(trial: Trial, currency: str) -> Iterator[str]:
    """The formula in words, its number with all that stands behind it, and its parts."""
    yield from hanging(printable(trial.in_words), room())
    yield from hanging(_number(trial.reading, currency), room(), first="  = ")
    yield ""
    for part in trial.parts:
        yield from hanging(printable(_part(part, currency)), room(), first="    " if part.kind == "condition" else "  ")


def _number(reading: Mapping[str, Any], currency: str) -> str:
    from smmetrics.panels.telling import interval_text
    from smmetrics.panels.words import reason_words

    if reading["state"] != "value":
        return _short(reading, currency)
    between = interval_text(reading["low"], reading["high"], reading["unit"], currency)
    last = reading["period_end"] - timedelta(days=1)
    told = [
        _short(reading, currency),
        say("trying.between", between=between) if between else "",
        say("trying.days", first=reading["period_start"], last=last),
        reason_words(reading["reason"]),
    ]
    return "; ".join(part for part in told if part)


def _short(reading: Mapping[str, Any], currency: str) -> str:
    from smmetrics.panels.telling import share_text, value_text
    from smmetrics.panels.words import state_words

    if reading["state"] != "value":
        return state_words(reading["state"], reading["reason"])
    value, unit = value_text(reading["value"], reading["unit"], currency), reading["unit"]
    counted = share_text(reading["numerator"], reading["denominator"]) if unit == "percent" else ""
    return say("trying.counted", value=value, counted=counted) if counted else value


def _part(part: Part, currency: str) -> str:
    if part.kind == "rows":
        return say("trying.rows", table=part.table, n=f"{part.yes:,}")
    if part.kind == "aggregate":
        return say("trying.aggregate", text=part.text, number=_short(part.reading, currency))
    told = say("trying.condition", text=part.text, yes=f"{part.yes:,}", no=f"{part.no:,}")
    return told + (say("trying.unknown", n=f"{part.unknown:,}") if part.unknown else "")
