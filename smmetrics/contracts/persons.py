"""Whether a formula counts people: somebody known under two names is then two, unless a link says otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smmetrics.contracts.formula.nodes import Aggregate, Column, Op, walk

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from smmetrics.api.facts import View
    from smmetrics.contracts.formula.nodes import Node

WHO = frozenset({"person", "other"})
STOCK = "people"
OURS = frozenset({"staff"})
"""Our own people are one whatever their names, by what the strategy says."""


def counts_persons(root: Node, views: Mapping[str, View]) -> bool:
    """Whether a number of others follows from who is who: they are counted, or something is counted of each."""
    return any(_counts(part, views) for part in walk(root) if isinstance(part, Aggregate))


def _counts(one: Aggregate, views: Mapping[str, View]) -> bool:
    told = {*one.by} & {*WHO, STOCK}
    read = [arg for arg in one.args if isinstance(arg, Column)]
    if one.name == "distinct":
        told |= {arg.name for arg in read} & WHO
    return (bool(told) and not _only_ours(one)) or any(_reports_people(arg, views) for arg in read)


def _reports_people(arg: Column, views: Mapping[str, View]) -> bool:
    """Whether a platform counted people here."""
    column = views[arg.table].column(arg.name) if arg.table in views else None
    return column is not None and column.people


def _only_ours(one: Aggregate) -> bool:
    """Whether only rows of our own people are looked at."""
    return any(
        isinstance(part, Column) and part.name in OURS
        for node in (one.where, one.of, *(one.args if one.by else ()))
        if node is not None
        for part in _required(node)
    )


def _required(node: Node) -> Iterator[Node]:
    """The conditions that every row has to meet, those of aggregates inside among them."""
    if isinstance(node, Op) and node.kind == "and":
        for part in node.args:
            yield from _required(part)
    elif isinstance(node, Op) and node.kind in {">", ">=", "!=", "=="}:
        yield from (found for part in node.args if isinstance(part, Aggregate) and part.where is not None
                    for found in _required(part.where))  # fmt: skip
    else:
        yield node
