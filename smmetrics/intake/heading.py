"""Which row of a table names its columns, and what the columns are called where two rows together do."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from smmetrics.api.sources import Source

LONGEST = 200
"""Names so long are remembered; longer ones are texts."""
BETWEEN = " | "
"""Stands between the two rows that name a column together."""


@dataclass(frozen=True, slots=True)
class Heading:
    """The names of a table's columns, and the last row that belongs to them (from 0)."""

    names: tuple[str, ...]
    last: int


def plain(name: str) -> str:
    """A header name for comparison: without case, outer spaces, hyphens that do not show and a byte order mark.

    Of what is far too long to be a name the beginning does.
    """
    return _known(name) if len(name) <= LONGEST else _plain(name[: LONGEST + 1])


@lru_cache(maxsize=1 << 14)
def _known(name: str) -> str:
    """The same, worked out once: each source asks for the same names of every file."""
    return _plain(name)


def _plain(name: str) -> str:
    return " ".join(visible(name).strip().strip("\ufeff").casefold().split())


def visible(name: str) -> str:
    """A header name as people see it: without hyphens that do not show, which German files have in every word."""
    return name.replace("\u00ad", "")


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
    groups: list[tuple[str, ...]] = [(name,) for name in source.signature.required]
    groups += [*source.signature.any_of, *(column.names for column in source.columns if column.required)]
    for index, row in enumerate(rows):
        there = {plain(cell) for cell in row}
        if groups and all({plain(name) for name in group} & there for group in groups):
            return index
    return None


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
