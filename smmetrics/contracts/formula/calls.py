"""Calls: which function, and what its arguments are read as."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from smmetrics.contracts.formula import foreign
from smmetrics.contracts.formula.aggregates import aggregate
from smmetrics.contracts.formula.context import InRow
from smmetrics.contracts.formula.errors import suggestion
from smmetrics.contracts.formula.modifiers import modifier
from smmetrics.contracts.formula.row_calls import row_call
from smmetrics.contracts.formula.words import AGGREGATES, MODIFIERS, ROW_WORDS, functions

if TYPE_CHECKING:
    from smmetrics.contracts.formula.context import Context, Scope, Typed


def call(node: ast.Call, scope: Scope, context: Context) -> Typed:
    """Read one call."""
    if not isinstance(node.func, ast.Name):
        message = "Only the functions of the formula language can be called"
        hint = foreign.function(node.func.attr) if isinstance(node.func, ast.Attribute) else ""
        raise context.script.error(message, at=node, hint=hint, code="formula.function")
    name = node.func.id
    _check_form(node, context)
    if name in ROW_WORDS:
        return row_call(node, scope, context)
    if name not in AGGREGATES and name not in MODIFIERS:
        hint = foreign.function(name) or suggestion(name, functions(), known="Functions")
        message = f"There is no function {name!r}"
        raise context.script.error(message, at=node, hint=hint, code="formula.function")
    if isinstance(scope, InRow):
        message = f"{name}(…) counts over rows and cannot stand inside one row of {scope.view.name}"
        hint = "A count of counts needs by=: count(count(posts, ours) >= 3, by=person)."
        raise context.script.error(message, at=node, hint=hint, code="formula.nesting")
    return aggregate(node, scope, context) if name in AGGREGATES else modifier(node, scope, context)


def _check_form(node: ast.Call, context: Context) -> None:
    for argument in node.args:
        if isinstance(argument, ast.Starred):
            message = "'*' is not part of the formula language"
            raise context.script.error(message, at=argument, code="formula.syntax")
    for keyword in node.keywords:
        if keyword.arg is None:
            message = "'**' is not part of the formula language"
            raise context.script.error(message, at=keyword, code="formula.syntax")
