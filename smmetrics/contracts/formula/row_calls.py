"""Functions of one row or of values, such as hours, captured and log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smmetrics.contracts.formula import units
from smmetrics.contracts.formula.context import WORDS, Typed
from smmetrics.contracts.formula.expressions import need, resolve, same_unit
from smmetrics.contracts.formula.nodes import Const, Row
from smmetrics.contracts.formula.words import ROW_WORDS

if TYPE_CHECKING:
    import ast
    from collections.abc import Sequence

    from smmetrics.contracts.formula.context import Context, Scope

_TIMES = frozenset({"hours", "days", "business_hours"})
_SAME_UNIT = frozenset({"captured", "min_of", "max_of"})


def row_call(node: ast.Call, scope: Scope, context: Context) -> Typed:
    """Read a call of a row function."""
    name = node.func.id  # type: ignore[attr-defined]
    word = ROW_WORDS[name]
    if node.keywords:
        message = f"{name} takes no keywords"
        raise context.script.error(message, at=node.keywords[0].value, code="formula.arguments")
    if not word.least <= len(node.args) <= word.most:
        wanted = str(word.least) if word.least == word.most else f"{word.least} to {word.most}"
        message = f"{name} takes {wanted} arguments; here are {len(node.args)}"
        raise context.script.error(message, at=node, hint=f"{name}: {word.meaning}.", code="formula.arguments")
    arguments = [resolve(argument, scope, context) for argument in node.args]
    made = Row(name, tuple(argument.node for argument in arguments))
    if name in _TIMES:
        return _times(made, arguments, node, context)
    if name in {"has", "contains", "size", "during"}:
        return _lists(made, arguments, node, context)
    for argument, at in zip(arguments, node.args, strict=True):
        need(argument, "number", at, context, why=name)
    return Typed(made, "number", _numbers(name, arguments, node, context))


def _numbers(name: str, arguments: Sequence[Typed], node: ast.Call, context: Context) -> units.Quantity:
    first = arguments[0]
    if name == "log":
        return units.INDEX
    if name in _SAME_UNIT:
        for argument, at in zip(arguments[1:], node.args[1:], strict=True):
            same_unit(first, argument, at, context)
        return next((argument.quantity for argument in arguments if argument.quantity.kind != "const"), units.CONST)
    return first.quantity


def _times(made: Row, arguments: Sequence[Typed], node: ast.Call, context: Context) -> Typed:
    for argument, at in zip(arguments[:2], node.args[:2], strict=True):
        if argument.type == "date":
            message = f"{made.name} needs a time with a clock; this is a day"
            raise context.script.error(message, at=at, code="time.too_coarse")
        need(argument, "instant", at, context, why=made.name)
    if made.name == "business_hours" and not (isinstance(made.args[2], Const) and arguments[2].type == "text"):
        need(arguments[2], "text", node.args[2], context, why="the name of office hours")
    unit = "days" if made.name == "days" else "hours"
    return Typed(made, "number", units.of_column(unit))


def _lists(made: Row, arguments: Sequence[Typed], node: ast.Call, context: Context) -> Typed:
    first = {"has": "texts", "size": "texts", "contains": "text", "during": "text"}[made.name]
    if arguments[0].type not in (first, "any"):
        message = f"{made.name} needs {WORDS[first]}; this is {WORDS[arguments[0].type]}"  # type: ignore[index]
        raise context.script.error(message, at=node.args[0], code="formula.type")
    for argument, at in zip(arguments[1:], node.args[1:], strict=True):
        need(argument, "text", at, context, why=made.name)
    return Typed(made, "number", units.COUNT) if made.name == "size" else Typed(made, "bool")
