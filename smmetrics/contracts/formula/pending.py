"""Words that are known and not computed in this release, said plainly: formulas with them load, and say so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from smmetrics.contracts.formula.nodes import (
    Aggregate,
    Column,
    MetricRef,
    walk,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from smmetrics.api.facts import View
    from smmetrics.contracts.formula.nodes import Node

LABELS = "labels.absent"
NOT_COMPUTED = "table.not_computed"


@dataclass(frozen=True, slots=True)
class Pending:
    """One thing this release does not compute: a reason code and plain words."""

    code: str
    message: str


def pending(root: Node, views: Mapping[str, View]) -> tuple[Pending, ...]:
    """All of them, each once, in the order they stand in the formula."""
    found: dict[Pending, None] = {}
    for node in walk(root):
        for item in _of(node, views):
            found.setdefault(item)
    return tuple(found)


def _of(node: Node, views: Mapping[str, View]) -> Iterator[Pending]:
    match node:
        case Aggregate():
            yield from _aggregate(node, views)
        case MetricRef(id=metric):
            yield Pending(NOT_COMPUTED, f"{metric} inside a formula: what it counts is not known here")
        case Column(table=table, name=name):
            yield from _column(views[table], name)
        case _:
            pass


def _aggregate(node: Aggregate, views: Mapping[str, View]) -> Iterator[Pending]:
    if not node.by and not views[node.table].computed:
        yield _table(views[node.table])


def _table(view: View) -> Pending:
    if view.label:
        return Pending(LABELS, f"{view.name} needs labels, and nothing has labelled the posts")
    return Pending(NOT_COMPUTED, f"table {view.name} ({view.one_row_is}): no source fills it in this release")


def _column(view: View, name: str) -> Iterator[Pending]:
    column = view.column(name)
    if column is None or column.computed:
        return
    if column.label or any(fact.startswith("labels.") for fact in column.needs):
        yield Pending(LABELS, f"{view.name}.{name} needs labels, and nothing has labelled the posts")
    else:
        why = column.meaning or "not computed in this release"
        yield Pending(NOT_COMPUTED, f"{view.name}.{name}: {why}")
