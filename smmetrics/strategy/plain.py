"""Changes as records, and what each does to the plain document, whatever its text looks like."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from smmetrics.api.errors import UserMistake
from smmetrics.strategy.faults import dotted
from smmetrics.words import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    Keys = Sequence[str | int]
    Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Set:
    """The place ``keys`` gets a value; tables on the way are made."""

    keys: Keys
    value: object


@dataclass(frozen=True, slots=True)
class Remove:
    """The place ``keys`` goes with all that is in it; what is not there need not go."""

    keys: Keys


@dataclass(frozen=True, slots=True)
class Append:
    """The list at ``keys`` gets one more item at its end; a dict becomes a table of an array of tables."""

    keys: Keys
    value: object


@dataclass(frozen=True, slots=True)
class Rename:
    """The table at ``keys`` gets another name and stays where it is, remarks and all."""

    keys: Keys
    name: str


Change: TypeAlias = Set | Remove | Append | Rename


def with_value(document: Document, keys: Keys, value: object) -> Document:
    """The document with a value at a place; tables on the way are made."""
    found = deepcopy(document)
    holder: Any = found
    for depth, key in enumerate(keys, start=1):
        _check(holder, keys, depth)
        if depth == len(keys):
            holder[key] = _listed(value)
        elif isinstance(holder, dict) and key not in holder:
            holder[key] = {}
        holder = holder[key]
    return found


def with_item(document: Document, keys: Keys, item: object) -> Document:
    """The document with one more item in a list; a lone text becomes a list first."""
    there = at(document, keys)
    if there is None:
        return with_value(document, keys, [item])
    if isinstance(there, str):
        return with_value(document, keys, [there, item])
    if not isinstance(there, list):
        raise no_place(keys)
    return with_value(document, keys, [*there, item])


def without(document: Document, keys: Keys) -> Document:
    """The document without a place; the same where it has none."""
    found = deepcopy(document)
    holder: Any = at(found, keys[:-1])
    if at(document, keys) is not None:
        del holder[keys[-1]]
    return found


def pruned(document: Document, keys: Keys) -> Document:
    """The document without the tables around a place that it left empty: a text may not name them any more."""
    around = tuple(keys[:-1])
    empty = around and at(document, around) == {}
    return pruned(without(document, around), around) if empty else document


def renamed_in(document: Document, keys: Keys, name: str) -> Document:
    """The document with another name for a table; the same where it has none."""
    table = at(document, keys)
    if table is None or keys[-1] == name:
        return document
    if not isinstance(table, dict) or at(document, (*keys[:-1], name)) is not None:
        raise no_place((*keys[:-1], name))
    return with_value(without(document, keys), (*keys[:-1], name), table)


def at(document: Document, keys: Keys) -> Any:  # noqa: ANN401 (whatever stands there)
    """What stands at a place, or None."""
    holder: Any = document
    for depth, key in enumerate(keys, start=1):
        if isinstance(holder, dict) and isinstance(key, str) and key not in holder:
            return None
        _check(holder, keys, depth)
        holder = holder[key]
    return holder


def same(one: object, other: object) -> bool:
    """Whether two values say the same: true is not 1, 1 is not 1.0, the order of keys says nothing."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    return type(one) is type(other) and (one == other or (one != one and other != other))  # noqa: PLR0124 (no number)


def no_place(keys: Keys) -> UserMistake:
    """The mistake of naming a place that cannot be."""
    return UserMistake(say("start.edit.no_place", place=dotted(tuple(keys))), code="strategy.no_place")


def _check(holder: object, keys: Keys, depth: int) -> None:
    """Words name what is in tables, numbers of items that are there what is in lists."""
    key = keys[depth - 1]
    fits = isinstance(key, str) if isinstance(holder, dict) else isinstance(key, int) and isinstance(holder, list)
    if not fits or (isinstance(holder, list) and isinstance(key, int) and not 0 <= key < len(holder)):
        raise no_place(keys[:depth])


def _listed(value: object) -> object:
    """A value as TOML reads it: lists instead of tuples."""
    if isinstance(value, dict):
        return {key: _listed(each) for key, each in value.items()}
    return [_listed(each) for each in value] if isinstance(value, list | tuple) else value
