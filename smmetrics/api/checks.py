"""Checks that records make of themselves, so that a fault names record and field."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from smmetrics.api.errors import PluginFault

if TYPE_CHECKING:
    from collections.abc import Iterable

NAME = re.compile(r"[a-z][a-z0-9]*(_+[a-z0-9]+)*")
METRIC_ID = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*\.[a-z][a-z0-9]*(_[a-z0-9]+)*")
VERSION = re.compile(r"\d+\.\d+(\.\d+)?")
REFERENCE = re.compile(r"[A-Za-z_][\w.]*:[A-Za-z_]\w*")
_KNOWN_BY_TWO = (("platform", "kind"), ("table", "name"))
_KNOWN_BY = ("id", "name", "fact", "table", "produces", "kind", "text")
"""Words that records are known by, the best first."""


def said(record: object, field: str) -> str:
    """A field of a record in the words of a fault, so that one of many is found: ``Metric.unit of 'garden.voices'``."""
    named, label = f"{type(record).__name__}.{field}", _label(record)
    return f"{named} of {label!r}" if label and label != getattr(record, field, None) else named


def _label(record: object) -> str:
    """The word a record is known by."""
    heads = getattr(record, "names", ())
    if isinstance(heads, tuple) and heads:
        return str(heads[0])
    for both in _KNOWN_BY_TWO:
        if all(getattr(record, each, "") for each in both):
            return ".".join(str(getattr(record, each)) for each in both)
    return next((str(word) for each in _KNOWN_BY if (word := getattr(record, each, ""))), "")


def check_pattern(record: object, field: str, value: str, pattern: re.Pattern[str], like: str) -> None:
    """Refuse a value that does not have the wanted form."""
    if not isinstance(value, str) or not pattern.fullmatch(value):
        message = f"{said(record, field)} is {value!r}; expected something like {like!r}"
        raise PluginFault(message, code="record.malformed")


def check_name(record: object, field: str, value: str) -> None:
    """Refuse a name that is not lower-case words joined by underscores."""
    check_pattern(record, field, value, NAME, "weekly_notes")


def check_reference(record: object, field: str, value: str) -> None:
    """Refuse code references that are not ``package.module:attribute``."""
    check_pattern(record, field, value, REFERENCE, "package.module:function")


def check_choice(record: object, field: str, value: str, allowed: Iterable[str]) -> None:
    """Refuse a value outside a closed list."""
    choices = tuple(allowed)
    if value not in choices:
        message = f"{said(record, field)} is {value!r}; allowed: {', '.join(choices)}"
        raise PluginFault(message, code="record.malformed")


def check_texts(record: object, *fields: str) -> None:
    """Refuse a text where several belong: its letters would be taken for them."""
    for field in fields:
        value = getattr(record, field)
        if isinstance(value, str):
            message = f"{type(record).__name__}.{field} is the text {value!r}; several texts belong there: ({value!r},)"
            raise PluginFault(message, code="record.malformed")


def check_text(record: object, field: str, value: str) -> None:
    """Refuse an empty text where a reader needs words."""
    if not isinstance(value, str) or not value.strip():
        message = f"{said(record, field)} is empty; say it in plain words"
        raise PluginFault(message, code="record.malformed")
