"""What a name means where it stands: a column, a parameter, a constant, another metric."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from smmetrics.contracts.formula import units
from smmetrics.contracts.formula.context import InEntity, InRow, Outside, Type, Typed, type_of
from smmetrics.contracts.formula.errors import FormulaError, suggestion
from smmetrics.contracts.formula.nodes import Column, Constant, MetricRef, Param
from smmetrics.contracts.formula.words import CONSTANTS, functions

if TYPE_CHECKING:
    from smmetrics.api.facts import ViewColumn
    from smmetrics.api.metrics import Parameter
    from smmetrics.contracts.formula.context import Context, Scope

_PARAMETER_TYPES: dict[str, Type] = {"number": "number", "hours": "number", "text": "text", "texts": "texts"}


def name(node: ast.Name, scope: Scope, context: Context) -> Typed:
    """Resolve a bare name."""
    column = _column_here(node.id, scope)
    parameter = context.parameters.get(node.id)
    if column and parameter:
        message = f"{node.id!r} is both a column of {column.node.table!r} and a parameter"  # type: ignore[union-attr]
        raise context.script.error(message, at=node, hint="Give the parameter another name.", code="formula.name")
    if column:
        return column
    if parameter:
        return of_parameter(parameter)
    if node.id in CONSTANTS:
        constant = CONSTANTS[node.id]
        return Typed(Constant(node.id), constant.type, units.CONST)
    if isinstance(scope, Outside) and node.id in context.metrics:
        return _metric(node.id, node, context)
    return _unknown(node, scope, context)


def of_parameter(parameter: Parameter) -> Typed:
    """A declared parameter with its type; hours have a unit, other numbers are constants."""
    quantity = units.HOURS if parameter.type == "hours" else units.CONST
    return Typed(Param(parameter.name), _PARAMETER_TYPES[parameter.type], quantity)


def of_column(table: str, column: ViewColumn) -> Typed:
    """A column with its type and unit."""
    return Typed(Column(table, column.name), type_of(column.type), units.of_column(column.unit))


def qualified(node: ast.Attribute, scope: Scope, context: Context) -> Typed:
    """Resolve ``name.name``: a column inside a call, another metric's id outside."""
    if not isinstance(node.value, ast.Name):
        message = "Only name.name is known here"
        raise context.script.error(message, at=node, code="formula.name")
    table, column = node.value.id, node.attr
    if isinstance(scope, InRow):
        return _qualified_column(node, table, column, scope, context)
    if table in context.views:
        message = f"{table}.{column} is a column and stands outside a call over {table!r}"
        raise context.script.error(
            message, at=node, hint=f"Say for instance sum({table}.{column}).", code="formula.column"
        )
    if isinstance(scope, InEntity):
        message = f"{table}.{column} means nothing for each {' and '.join(scope.by)}"
        raise context.script.error(message, at=node, code="formula.name")
    if f"{table}.{column}" in context.metrics:
        return _metric(f"{table}.{column}", node, context)
    hint = suggestion(f"{table}.{column}", context.metrics, known="Known metrics")
    message = f"There is no metric {table}.{column}"
    raise context.script.error(message, at=node, hint=hint, code="formula.metric")


def _metric(id_: str, node: ast.expr, context: Context) -> Typed:
    """Another metric's number, with the unit its formula has."""
    if context.refer is None:
        return Typed(MetricRef(id_), "number", units.PLAIN)
    try:
        formula = context.refer(id_)
    except FormulaError as error:
        why = error.message.removesuffix(f" (character {error.position + 1})")
        message = f"The formula of {id_} cannot be read: {why}"
        raise context.script.error(message, at=node, hint=error.hint, code="formula.metric") from error
    context.referred[id_] = formula
    return Typed(MetricRef(id_), "number", formula.quantity)


def _qualified_column(node: ast.Attribute, table: str, column: str, scope: InRow, context: Context) -> Typed:
    if table == scope.view.name:
        found = scope.view.column(column)
        if found:
            return of_column(table, found)
        raise _no_column(column, node, scope, context)
    if scope.view.column(table):
        message = f"{table!r} is a column of {scope.view.name}: nothing can be taken out of it"
        raise context.script.error(message, at=node, code="formula.name")
    if table in context.views:
        message = f"One call reads one table, and here are two: {scope.view.name} and {table}"
        hint = f"Put {table}.{column} into a call of its own."
        raise context.script.error(message, at=node, hint=hint, code="formula.table")
    hint = suggestion(table, context.views, known="Tables")
    message = f"There is no table {table!r}"
    raise context.script.error(message, at=node, hint=hint, code="formula.table")


def _column_here(word: str, scope: Scope) -> Typed | None:
    match scope:
        case InRow(view=view):
            found = view.column(word)
            return of_column(view.name, found) if found else None
        case InEntity(columns=columns) if word in columns:
            return of_column(*columns[word])
        case _:
            return None


def _unknown(node: ast.Name, scope: Scope, context: Context) -> Typed:
    word, script = node.id, context.script
    if word in context.views:
        hint = f"Say for instance count({word})."
        message = f"{word!r} is a table; here a value is wanted"
        raise script.error(message, at=node, hint=hint, code="formula.table")
    if word in functions():
        message = f"{word!r} is a function: it needs brackets"
        raise script.error(message, at=node, hint=f"Say {word}(…).", code="formula.name")
    if context.tables_with(word) or not (context.adhoc and word == word.lower()):
        raise _no_column(word, node, scope, context)
    like = suggestion(word, _known_here(scope, context), known="Known here") if isinstance(scope, InRow) else ""
    if isinstance(scope, InRow) and not like.startswith("Did"):
        like = f"The columns there are: smmetrics schema {scope.view.name}."
    if word not in context.assumed:
        context.assumed[word] = script.position(node)
        message = f"{word!r} is no column here and was taken for a parameter. {like}"
        context.note("parameter.assumed", message.strip(), node)
    return Typed(Param(word), "any", units.CONST)


def _no_column(word: str, node: ast.AST, scope: Scope, context: Context) -> Exception:
    elsewhere = context.tables_with(word)
    match scope:
        case InRow(view=view):
            message = f"{view.name} has no column {word!r}"
            hint = suggestion(word, _known_here(scope, context), known="Known here")
            hint = f"It is a column of {', '.join(elsewhere[:3])}." if elsewhere else hint
            hint = f"Its rows are what is counted: count({view.name})." if word == view.name else hint
        case InEntity(by=by):
            message = f"{word!r} is not known of each {' and '.join(by)}"
            hint = suggestion(word, _known_here(scope, context), known="Known here")
        case Outside() if elsewhere:
            message = f"{word!r} is a column and stands outside a call: no table is named"
            hint = f"Say for instance sum({elsewhere[0]}.{word})."
        case _:
            message = f"{word!r} is not known here"
            hint = suggestion(word, (*_known_here(scope, context), *functions()), known="Known here")
    return context.script.error(message, at=node, hint=hint.strip(), code="formula.column")


def _known_here(scope: Scope, context: Context) -> tuple[str, ...]:
    match scope:
        case InRow(view=view):
            columns = tuple(column.name for column in view.columns)
        case InEntity(columns=found):
            columns = tuple(found)
        case _:
            columns = ()
    return (*columns, *context.parameters, *CONSTANTS)
