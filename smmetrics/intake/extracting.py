"""Columns that stand inside another column's text, taken out by a regular expression with named groups."""

from __future__ import annotations

import re
from functools import cache

import polars as pl


def groups(patterns: str) -> tuple[str, ...]:
    """The names of the groups of some patterns (a line each), in their order."""
    return tuple(dict.fromkeys(name for each in patterns.splitlines() for name in re.compile(each).groupindex))


def extract(cells: pl.Series, patterns: str) -> dict[str, pl.Series]:
    """For each named group, what it matched in each cell; null where it did not match.

    A cell is given to the second of several ``patterns`` only where the first finds nothing in it.
    """
    first, *others = patterns.splitlines()
    found = _by_one(cells, first)
    for other in others:
        left = cells.is_not_null()
        for each in found.values():
            left &= each.is_null()
        if not left.any():
            break
        rest = _by_one(cells.set(~left, None), other)
        nothing = pl.Series([None], dtype=pl.String).new_from_index(0, len(cells))
        found = {name: rest.get(name, nothing).zip_with(left, found.get(name, nothing)) for name in groups(patterns)}
    return found


def _by_one(cells: pl.Series, pattern: str) -> dict[str, pl.Series]:
    names = groups(pattern)
    if _is_quick(pattern):
        found = cells.str.extract_groups(pattern).struct.unnest()
        return {each.name: each.set(each == "", None) for each in found.iter_columns() if each.name in names}
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
