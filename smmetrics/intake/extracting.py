"""Columns that stand inside another column's text, taken out by a regular expression with named groups."""

from __future__ import annotations

import re
from functools import cache

import polars as pl


def groups(pattern: str) -> tuple[str, ...]:
    """The names of a pattern's groups, in their order."""
    return tuple(re.compile(pattern).groupindex)


def extract(cells: pl.Series, pattern: str) -> dict[str, pl.Series]:
    """For each named group, what it matched in each cell; null where the pattern or the group did not match."""
    names = groups(pattern)
    if _is_quick(pattern):
        found = cells.str.extract_groups(pattern).struct.unnest()
        return {name: found.get_column(name).replace({"": None}) for name in names}
    search = re.compile(pattern).search
    matches = [search(cell) if cell is not None else None for cell in cells]
    return {
        name: pl.Series(name, [match[name] or None if match else None for match in matches], dtype=pl.String)
        for name in names
    }


@cache
def _is_quick(pattern: str) -> bool:
    """Whether Polars can take the pattern; it knows no look-around and no back-references."""
    try:
        pl.Series([""]).str.extract_groups(pattern)
    except pl.exceptions.ComputeError:
        return False
    return True
