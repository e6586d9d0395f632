"""The columns of exported readings, for those who read them by program: types, what may stand there, what it means."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, get_args

import polars as pl

from smmetrics.api.metrics import MetricUnit
from smmetrics.engine.calendar import GRAINS
from smmetrics.engine.schema import EXPORTED, STATES
from smmetrics.panels.telling import STATUSES
from smmetrics.words import section

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

KEY = "reading_id"
DRAFT = "https://json-schema.org/draft/2020-12/schema"
_SAID = ("low", "high", "previous", "change", "change_low", "change_high")
_UNITS: Mapping[str, str] = {
    **dict.fromkeys(("value", *_SAID), "the unit named in the column unit; shares as fractions, durations in hours"),
    "reported_share": "parts of one",
    "confidence": "parts of one",
}
_CLOSED: Mapping[str, tuple[str, ...]] = {
    "grain": GRAINS,
    "unit": get_args(MetricUnit),
    "state": STATES,
    "interval_method": ("", *section("explain.interval")),
    "scope": ("", "total", "organic", "paid", "mixed"),
    "age_basis": ("", "equal", "matured"),
    "status": ("", *STATUSES),
}
_TYPES: Mapping[pl.DataType, tuple[str, str, dict[str, Any]]] = {
    pl.String(): ("text", "TEXT", {"type": "string"}),
    pl.Float64(): ("number", "DOUBLE PRECISION", {"type": ["number", "null"]}),
    pl.Int64(): ("whole number", "BIGINT", {"type": ["integer", "null"]}),
    pl.Boolean(): ("true or false", "BOOLEAN", {"type": ["boolean", "null"]}),
    pl.Date(): ("day", "DATE", {"type": ["string", "null"], "format": "date"}),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Described:
    """A column: its type, its unit, whether it may be null, the closed list of what may stand there, its meaning."""

    column: str
    type: str
    null: bool
    values: tuple[str, ...]
    unit: str
    meaning: str


def columns() -> tuple[Described, ...]:
    """All columns of an export of readings, in their order."""
    meanings = section("columns")
    return tuple(
        Described(
            column=name,
            type=_TYPES[dtype][0],
            null=dtype != pl.String() and name != "gone",
            values=_CLOSED.get(name, ()),
            unit=_UNITS.get(name, ""),
            meaning=meanings[name],
        )
        for name, dtype in EXPORTED.items()
    )


def json_schema() -> dict[str, Any]:
    """A JSON Schema of an export as JSON: a list with an object a reading."""
    made = columns()
    return {
        "$schema": DRAFT,
        "title": "Readings of smmetrics",
        "type": "array",
        "items": {
            "type": "object",
            "properties": {each.column: _property(each) for each in made},
            "required": [each.column for each in made],
            "additionalProperties": False,
        },
    }


def sql(table: str = "readings") -> str:
    """A table of standard SQL that takes an export; merge on its key."""
    made = columns()
    return "\n".join([f"CREATE TABLE {table} (", *_sql_lines(made), ");"])


def _sql_lines(made: Sequence[Described]) -> Iterator[str]:
    for place, each in enumerate(made):
        kind = _TYPES[EXPORTED[each.column]][1]
        limit = " PRIMARY KEY" if each.column == KEY else "" if each.null else " NOT NULL"
        comma = "," if place < len(made) - 1 else ""
        yield f"  {each.column} {kind}{limit}{comma} -- {each.meaning}"


def _property(each: Described) -> dict[str, Any]:
    told = dict(_TYPES[EXPORTED[each.column]][2])
    if not each.null and isinstance(told["type"], list):
        told["type"] = told["type"][0]
    if each.values:
        told["enum"] = list(each.values)
    if each.unit:
        told["x-unit"] = each.unit
    return {**told, "description": each.meaning}
