"""What an expression gives: whole numbers, numbers, truth values, texts, times, days, lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smmetrics.api.errors import UserMistake
from smmetrics.contracts.formula.nodes import Aggregate, Column, Const, Constant, Node, Op, Row

if TYPE_CHECKING:
    from collections.abc import Mapping

    from smmetrics.api.facts import View, ViewColumn

NUMBERS = frozenset({"int", "number"})
_ROWS = {"size": "int", "has": "bool", "contains": "bool", "during": "bool"}


def column(node: Column, views: Mapping[str, View]) -> ViewColumn:
    """The declaration of a column; `UserMistake` for one that no view has."""
    view = views.get(node.table)
    found = view.column(node.name) if view else None
    if found is None:
        message = f"the table {node.table} has no column {node.name!r}"
        raise UserMistake(message, code="column.unknown")
    return found


def kind_of(node: Node, views: Mapping[str, View]) -> str:
    """What a row expression gives: int, number, bool, text, instant, date, texts."""
    match node:
        case Column():
            return column(node, views).type
        case Const(value=value):
            return _constant_kind(value)
        case Constant(name=name):
            return "number" if name == "period_days" else "instant"
        case Op(kind="+" | "-" | "*" | "neg", args=args):
            return "int" if all(kind_of(arg, views) in {"int", "bool"} for arg in args) else "number"
        case Op(kind="/"):
            return "number"
        case Op():
            return "bool"
        case Row(name="captured" | "abs" | "min_of" | "max_of", args=args):
            return "int" if all(kind_of(arg, views) == "int" for arg in args) else "number"
        case Row(name=name):
            return _ROWS.get(name, "number")
        case Aggregate(name="min" | "max" | "median" | "quantile", args=(arg, *_)) if not node.by:
            return kind_of(arg, views)
        case _:
            return "number"


def _constant_kind(value: object) -> str:
    match value:
        case bool():
            return "bool"
        case int():
            return "int"
        case float():
            return "number"
        case tuple():
            return "texts"
        case _:
            return "text"
