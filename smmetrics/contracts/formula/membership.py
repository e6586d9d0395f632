"""``in`` and ``not in``: a value among constants, a value in a list column, a list column that meets constants."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from smmetrics.contracts.formula.context import WORDS, Typed
from smmetrics.contracts.formula.nodes import Const, Op

if TYPE_CHECKING:
    from collections.abc import Callable

    from smmetrics.contracts.formula.context import Context, Scope, Type
    from smmetrics.contracts.formula.nodes import Operator, Scalar

    Resolve = Callable[[ast.expr, Scope, Context], Typed]

LARGEST = 1e15
"""Numbers beyond it lose their last digits on the way through floating point."""
_ELEMENTS: dict[Type, Type] = {"texts": "text", "numbers": "number"}


def membership(left: Typed, node: ast.Compare, scope: Scope, context: Context, resolve: Resolve) -> Typed:
    """Read ``left in right``; a list on the left means *any of them*."""
    kind: Operator = "in" if isinstance(node.ops[0], ast.In) else "not_in"
    where = node.comparators[0]
    right = constants(where, context) if isinstance(where, ast.Tuple) else resolve(where, scope, context)
    if right.type not in {"texts", "numbers", "any"}:
        hint = f"Say in ({where.value!r},) with a comma." if isinstance(where, ast.Constant) else ""
        message = f"'in' needs a list on its right; this is {WORDS[right.type]}"
        raise context.script.error(message, at=where, hint=hint, code="formula.type")
    one, many = _ELEMENTS.get(left.type, left.type), _ELEMENTS.get(right.type, right.type)
    if one != many and "any" not in (one, many):
        message = f"{WORDS[one].capitalize()} is never in {WORDS[right.type]}"
        raise context.script.error(message, at=where, code="formula.type")
    return Typed(Op(kind, (left.node, right.node)), "bool")


def constants(node: ast.Tuple, context: Context) -> Typed:
    """A tuple of constants of one type."""
    if not node.elts:
        message = "The list is empty"
        raise context.script.error(message, at=node, code="formula.syntax")
    values = tuple(_constant(element, context) for element in node.elts)
    kinds = {isinstance(value, str) for value in values}
    if len(kinds) > 1:
        message = "The list mixes texts and numbers"
        raise context.script.error(message, at=node, code="formula.type")
    return Typed(Const(values), "texts" if kinds == {True} else "numbers")


def _constant(node: ast.expr, context: Context) -> Scalar:
    match node:
        case ast.Constant(value=str() as text):
            return text
        case ast.Constant(value=int() | float() as value) if fits(value):
            return value
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() | float() as value)) if fits(value):
            return -value
        case _:
            message = "A list holds texts in quotes or numbers"
            raise context.script.error(message, at=node, code="formula.syntax")


def fits(value: float) -> bool:
    """Whether a constant is a number that is kept exactly."""
    return not isinstance(value, bool) and abs(value) <= LARGEST
