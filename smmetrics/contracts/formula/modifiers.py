"""The same number elsewhere: the whole, the period before, the days that end with the period."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from smmetrics.contracts.formula.context import Typed
from smmetrics.contracts.formula.errors import suggestion
from smmetrics.contracts.formula.expressions import need, resolve
from smmetrics.contracts.formula.nodes import Aggregate, Const, MetricRef, Param, Previous, Total, Trailing, walk
from smmetrics.contracts.formula.referring import expanded
from smmetrics.contracts.formula.words import MODIFIERS

if TYPE_CHECKING:
    from smmetrics.contracts.formula.context import Context, Scope
    from smmetrics.contracts.formula.nodes import Node

_KEYWORDS = {"total": "over", "trailing": "days", "previous": ""}


def modifier(node: ast.Call, scope: Scope, context: Context) -> Typed:
    """Read ``total(x, over=)``, ``previous(x)`` or ``trailing(x, days=)``."""
    name = node.func.id  # type: ignore[attr-defined]
    keyword = _KEYWORDS[name]
    given = {word.arg: word.value for word in node.keywords}
    if len(node.args) != 1 or set(given) != ({keyword} if keyword else set()):
        message = f"{name} is used otherwise"
        raise context.script.error(message, at=node, hint=f"{MODIFIERS[name]}.", code="formula.arguments")
    inner = resolve(node.args[0], scope, context)
    if not any(isinstance(part, Aggregate | MetricRef) for part in walk(inner.node)):
        message = f"{name} needs a number over rows"
        raise context.script.error(message, at=node.args[0], code="formula.arguments")
    if name == "previous":
        return Typed(Previous(inner.node), inner.type, inner.quantity)
    if name == "trailing":
        return Typed(Trailing(inner.node, _days(given[keyword], scope, context)), inner.type, inner.quantity)
    return Typed(Total(inner.node, _over(given[keyword], inner.node, context)), inner.type, inner.quantity)


def _days(node: ast.expr, scope: Scope, context: Context) -> int | Param:
    days = resolve(node, scope, context)
    need(days, "number", node, context, why="'days'")
    match days.node:
        case Const(value=int() as value) if value > 0:
            return value
        case Param() as parameter:
            return parameter
        case _:
            message = "'days' is a whole number above 0, or a parameter"
            raise context.script.error(message, at=node, code="formula.arguments")


def _over(node: ast.expr, inner: Node, context: Context) -> str:
    if not isinstance(node, ast.Name):
        message = "'over' names one dimension"
        raise context.script.error(message, at=node, hint="over=topic", code="formula.arguments")
    if node.id == "goal":
        message = "Values per goal never add up: one row may serve several goals"
        raise context.script.error(message, at=node, code="formula.over")
    whole = expanded(inner, context.referred)
    tables = {part.table for part in walk(whole) if isinstance(part, Aggregate)}
    for table in sorted(tables):
        view = context.views[table]
        if not view.column(node.id):
            hint = suggestion(node.id, (column.name for column in view.columns), known="Known here")
            message = f"{table} has no dimension {node.id!r}"
            raise context.script.error(message, at=node, hint=hint, code="dimension.absent")
    return node.id
