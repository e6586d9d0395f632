"""Which row of a table names its columns, and what the columns are called where two rows together do."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from smmetrics.intake.asked import asked_by
from smmetrics.intake.names import plain, plain_names

if TYPE_CHECKING:
    from collections.abc import Sequence

    from smmetrics.api.sources import Source

BETWEEN = " | "
"""Stands between the two rows that name a column together."""


@dataclass(frozen=True, slots=True)
class Heading:
    """The names of a table's columns, and the last row that belongs to them (from 0)."""

    names: tuple[str, ...]
    last: int


def heading(rows: Sequence[Sequence[str]], source: Source) -> Heading | None:
    """Where a source's layout places its header; None where there are too few rows, or none that fits."""
    layout = source.layout
    index = layout.preamble + layout.header_row
    unit = None if layout.unit_row is None else layout.preamble + layout.unit_row
    if layout.find_header:
        found = _find(rows, source)
        if found is None:
            return None
        unit = unit if unit is None else found + unit - index
        index = found
    last = index if unit is None else max(index, unit)
    if last >= len(rows):
        return None
    return Heading(tuple(rows[index]) if unit is None else joined(rows[index], rows[unit]), last)


def _find(rows: Sequence[Sequence[str]], source: Source) -> int | None:
    """The first row that holds everything the source requires."""
    asked = asked_by(source).asked
    if not asked:
        return None
    return next((index for index, row in enumerate(rows) if _holds(plain_names(tuple(row)), asked)), None)


def _holds(there: frozenset[str], asked: Sequence[tuple[str, frozenset[str]]]) -> bool:
    return not any(names.isdisjoint(there) for _, names in asked)


def joined(names: Sequence[str], units: Sequence[str]) -> tuple[str, ...]:
    """Names told apart by the row below or above them; an empty name is that of the column to its left."""
    filled: list[str] = []
    for place, unit in enumerate(units):
        name = names[place] if place < len(names) else ""
        filled.append(name if name.strip() or not unit.strip() or not filled else filled[-1])
    filled += list(names[len(units) :])
    often = Counter(map(plain, filled))
    told = zip(filled, [*units, *[""] * (len(filled) - len(units))], strict=True)
    return tuple(f"{name}{BETWEEN}{unit}" if often[plain(name)] > 1 and unit.strip() else name for name, unit in told)
