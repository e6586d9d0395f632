"""What differs between two documents, by the places a person would name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from smmetrics.strategy.faults import dotted
from smmetrics.strategy.plain import same

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from smmetrics.strategy.faults import Path

Kind = Literal["set", "added", "removed", "remarks"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Difference:
    """One place: it got another value, came, or went. ``remarks``: only comments and blanks differ."""

    kind: Kind
    where: str


def differences(before: Mapping[str, object], after: Mapping[str, object]) -> tuple[Difference, ...]:
    """Every place that differs; a table that came or went is one place."""
    found = tuple(Difference(kind=kind, where=dotted(path)) for kind, path in _inside(before, after, ()))
    return found or (Difference(kind="remarks", where=""),)


def _inside(before: object, after: object, path: Path) -> Iterator[tuple[Kind, Path]]:
    """Follow tables, and lists of tables, as far as both have them."""
    if isinstance(before, dict) and isinstance(after, dict):
        yield from (("removed", (*path, key)) for key in before if key not in after)
        for key, value in after.items():
            if key in before:
                yield from _inside(before[key], value, (*path, key))
            else:
                yield "added", (*path, key)
    elif _tables(before) and _tables(after):
        yield from _listed(before, after, path)
    elif not same(before, after):
        yield "set", path


def _listed(before: object, after: object, path: Path) -> Iterator[tuple[Kind, Path]]:
    assert isinstance(before, list), "only lists are lists of tables"
    assert isinstance(after, list), "only lists are lists of tables"
    for place in range(max(len(before), len(after))):
        if place >= len(after):
            yield "removed", (*path, place)
        elif place >= len(before):
            yield "added", (*path, place)
        else:
            yield from _inside(before[place], after[place], (*path, place))


def _tables(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(each, dict) for each in value)
