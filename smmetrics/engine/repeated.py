"""Rows that stand for one post several times, once for each label of it: what the post brought is in each of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smmetrics.contracts.formula.nodes import Aggregate, Column, Const, Op, children, walk
from smmetrics.engine.measures import conjuncts

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from smmetrics.api.facts import View
    from smmetrics.contracts.formula.nodes import Node

_OF_THE_ROW = frozenset({"weight", "confidence"})
"""Numbers that each label of a post has for itself; the weights of a post add up to one."""


def repeated(node: Node, views: Mapping[str, View], by: Collection[str]) -> str:
    """The label by which a sum has to be cut, because it would add up a post's numbers once for each of its labels."""
    if isinstance(node, Aggregate):
        by = {*by, *node.by}
        if (label := _label(node, views)) and label not in by:
            return label
    return next((found for each in children(node) if (found := repeated(each, views, by))), "")


def _label(part: Aggregate, views: Mapping[str, View]) -> str:
    label = views[part.table].label
    if part.name != "sum" or part.by or not label:
        return ""
    read = {node.name for arg in part.args for node in walk(arg) if isinstance(node, Column)}
    one = any(isinstance(each, Op) and each.kind == "==" and _names(each, label) for each in conjuncts(part))
    return "" if one or read <= _OF_THE_ROW else label


def _names(condition: Op, label: str) -> bool:
    """Whether a condition keeps one label."""
    columns = [arg.name for arg in condition.args if isinstance(arg, Column)]
    return columns == [label] and any(isinstance(arg, Const) for arg in condition.args)
