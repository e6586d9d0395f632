"""By what readings can be split: the dimensions that the tables of a formula have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smmetrics.api.errors import UserMistake
from smmetrics.contracts.catalogue import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from smmetrics.api.facts import View
    from smmetrics.contracts.catalogue import CompiledMetric

_TYPES = frozenset({"text", "bool"})
_ONE_A_ROW = frozenset({"text", "title", "permalink", "note", "display", "handle", "name"})
"""Columns that are a little different in nearly every row: a reading for each would be no reading."""


def dimensions(tables: Iterable[str], views: Mapping[str, View]) -> tuple[str, ...]:
    """What all these tables can be split by, in the order of the first one."""
    each = [_of(views[name]) for name in sorted(tables) if name in views]
    return tuple(name for name in each[0] if all(name in other for other in each)) if each else ()


def _of(view: View) -> tuple[str, ...]:
    fit = (column.name for column in view.columns if column.computed and column.type in _TYPES)
    return tuple(name for name in fit if name not in _ONE_A_ROW and not name.endswith("_id"))


def refused(by: Sequence[str], metrics: Sequence[CompiledMetric], views: Mapping[str, View]) -> tuple[str, ...]:
    """A sentence for what cannot be split as asked, naming what it can be split by; one for all of the same tables.

    Raises `UserMistake` for a word that no table knows.
    """
    known = dict.fromkeys(column.name for view in views.values() for column in view.columns)
    for word in by:
        if word not in known:
            able = (name for metric in metrics for name in dimensions(metric.formula.tables, views))
            _refuse_unknown(word, list(dict.fromkeys(able)))
    found: dict[tuple[str, tuple[str, ...]], dict[str, None]] = {}
    for metric in metrics:
        tables = tuple(sorted(name for name in metric.formula.tables if name in views))
        for word in by:
            if not all(_splits(views[name], word) for name in tables):
                found.setdefault((word, tables), {})[metric.id] = None
    return tuple(_sentence(word, tables, list(ids), views) for (word, tables), ids in found.items())


def _refuse_unknown(word: str, names: Sequence[str]) -> None:
    message = f"There is no dimension {word!r}, so nothing can be split by it."
    like = nearest(word, names)
    hint = f"Did you mean {like!r}?" if like else f"What was asked for can be split by: {', '.join(names)}."
    raise UserMistake(message, hint=hint if names else "", code="dimension.absent")


def _sentence(word: str, tables: Sequence[str], ids: Sequence[str], views: Mapping[str, View]) -> str:
    able = ", ".join(dimensions(tables, views)) or "nothing that all of them have"
    return f"Not split by {word!r}: {', '.join(ids)}. What reads {' and '.join(tables)} can be split by: {able}."


def _splits(view: View, word: str) -> bool:
    column = view.column(word)
    return column is not None and column.type in _TYPES
