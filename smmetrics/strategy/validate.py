"""From a parsed document to typed records: pydantic's errors become faults in plain words, each with its line."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from smmetrics.strategy.faults import Fault, did_you_mean, dotted
from smmetrics.strategy.model import Strategy
from smmetrics.words import cut

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pydantic_core import ErrorDetails

    from smmetrics.strategy.faults import Path
    from smmetrics.strategy.locate import Lines

LONGEST_SHOWN = 60
Said = tuple[str, str, str]
"""Code, message and hint of a fault."""


def validate(raw: Mapping[str, Any], lines: Lines) -> Strategy | tuple[Fault, ...]:
    """Check every value of the document: a strategy, or all faults at once."""
    try:
        return Strategy.model_validate(raw)
    except ValidationError as error:
        found = error.errors(include_url=False)
    return tuple(_fault(detail, lines) for detail in found)


def _fault(detail: ErrorDetails, lines: Lines) -> Fault:
    path: Path = tuple(part for part in detail["loc"] if part != "[key]")
    code, message, hint = _say(detail, path)
    return Fault(code=f"strategy.{code}", message=message, line=lines.of(*path), where=dotted(path), hint=hint)


def _say(detail: ErrorDetails, path: Path) -> Said:
    """Message and hint for one of pydantic's error types."""
    kind, found = detail["type"], detail["input"]
    if kind == "value_error":
        cause = detail["ctx"]["error"]
        return "value", str(cause), getattr(cause, "hint", "")
    if kind == "missing":
        return "missing", f"{path[-1]!r} is missing here.", ""
    if kind == "literal_error":
        return _word(found, detail["ctx"]["expected"])
    if kind in BOUNDS:
        return "value", f"{_shown(found)} is {BOUNDS[kind](detail['ctx'])}.", ""
    expected = EXPECTED.get(kind, detail["msg"])
    return "type", f"expected {expected}, found {_shown(found)} ({_kind(found)}).", _type_hint(kind, found)


def _word(found: object, expected: str) -> Said:
    allowed = re.findall(r"'([^']*)'", expected)
    message = f"{_shown(found)} is not one of the words allowed here: {', '.join(allowed)}."
    hint = did_you_mean(found, allowed) if isinstance(found, str) else ""
    return "word", message, hint if hint.startswith("Did") else ""


EXPECTED = {
    "string_type": "a text in quotes",
    "int_type": "a whole number",
    "float_type": "a number",
    "finite_number": "a number",
    "int_from_float": "a whole number",
    "bool_type": "true or false",
    "date_type": "a date",
    "tuple_type": "a list in square brackets",
    "dict_type": "a table",
    "model_type": "a table",
    "model_attributes_type": "a table",
}
BOUNDS: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "greater_than_equal": lambda ctx: f"less than {ctx['ge']:g}, the smallest value allowed",
    "less_than_equal": lambda ctx: f"more than {ctx['le']:g}, the largest value allowed",
}


def _type_hint(kind: str, found: object) -> str:
    """What to change, for the slips that occur most."""
    if kind == "date_type" and isinstance(found, str) and _is_day(found):
        return f"Write the date without quotes: {found}."
    if kind == "date_type":
        return "Write it like 2027-03-31, without quotes."
    if kind in {"float_type", "int_type"} and isinstance(found, str):
        return "Write the number without quotes and unit."
    if kind == "bool_type":
        return "Write true or false, without quotes."
    if kind == "string_type":
        return f'Put it in quotes: "{found}".' if isinstance(found, int | float | date) else ""
    return ""


def _is_day(found: str) -> bool:
    """Whether a text is a day as TOML writes one."""
    try:
        return date.fromisoformat(found).isoformat() == found
    except ValueError:
        return False


def _kind(found: object) -> str:
    kinds: tuple[tuple[type | tuple[type, ...], str], ...] = (
        (str, "a text"), (bool, "true or false"), ((int, float), "a number"), ((datetime, time), "a time"),
        (date, "a date"), (list, "a list"), (dict, "a table"),
    )  # fmt: skip
    return next((word for kind, word in kinds if isinstance(found, kind)), type(found).__name__)


def _shown(found: object) -> str:
    """What was found, short enough for one line."""
    if isinstance(found, bool):
        return "true" if found else "false"
    return cut(str(found) if isinstance(found, date | time) else repr(found), LONGEST_SHOWN)
