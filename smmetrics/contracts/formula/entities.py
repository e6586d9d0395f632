"""``by=``: one number of each entity first. Which entities, and what is known of each."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from smmetrics.contracts.formula.context import InEntity
from smmetrics.contracts.formula.errors import suggestion
from smmetrics.contracts.formula.words import AGGREGATES, MODIFIERS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from smmetrics.api.facts import View, ViewColumn
    from smmetrics.contracts.formula.context import Context

DAY = "day"
"""The covered calendar: the one entity that is no column."""
_TIES = frozenset({"scope", "window", "window_end"})
"""Columns that tell observations of one account apart, not accounts."""


def entity_of(view: View) -> tuple[str, ...]:
    """What a row of a table tells something of: its key without when it was told, by instant or by day."""
    time = view.event_time or ""
    return tuple(name for name in view.key if name not in _TIES | {time, time.removesuffix("_at")})


def is_aggregate_call(node: ast.AST) -> bool:
    """Whether a piece of the tree calls an aggregate, or the same number elsewhere."""
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {*AGGREGATES, *MODIFIERS}


def entity_scope(node: ast.Call, by: ast.expr, context: Context) -> tuple[InEntity, str]:
    """The scope of each entity, and the table whose rows are grouped."""
    words = _words(by, context)
    tables = tuple(dict.fromkeys(_tables(node, context)))
    if not tables:
        message = "Nothing in this call names a table"
        raise context.script.error(message, at=node, code="formula.table")
    stocks = [word.id for word in words if word.id in context.views and context.views[word.id].event_time is None]
    names = tuple(word.id for word in words)
    if stocks:
        if len(names) > 1:
            message = f"by={stocks[0]} stands alone: it is every row of that table"
            raise context.script.error(message, at=by, code="formula.by")
        view = context.views[stocks[0]]
        return InEntity({column.name: (view.name, column) for column in view.columns}, names), tables[0]
    columns = {
        word.id: (tables[0], _shared(word, tables, context))
        for word in words
        if word.id != DAY or _has_day(tables, context)
    }
    return InEntity(columns, names), tables[0]


def _words(by: ast.expr, context: Context) -> tuple[ast.Name, ...]:
    elements = by.elts if isinstance(by, ast.Tuple) else [by]
    words = tuple(element for element in elements if isinstance(element, ast.Name))
    if not elements or len(words) < len(elements):
        message = "'by' names columns, or a table of people or accounts"
        raise context.script.error(message, at=by, hint="by=person, by=(person, other), by=people", code="formula.by")
    return words


def _tables(node: ast.AST, context: Context) -> Iterator[str]:
    """The tables that aggregates inside this call read, in their order."""
    for part in ast.walk(node):
        if isinstance(part, ast.Attribute) and isinstance(part.value, ast.Name) and part.value.id in context.views:
            yield part.value.id
        elif is_aggregate_call(part) and part.args and isinstance(part.args[0], ast.Name):  # type: ignore[attr-defined]
            name = part.args[0].id  # type: ignore[attr-defined]
            if name in context.views:
                yield name


def _has_day(tables: tuple[str, ...], context: Context) -> bool:
    return all(context.views[table].column(DAY) for table in tables)


def _shared(word: ast.Name, tables: tuple[str, ...], context: Context) -> ViewColumn:
    for table in tables:
        column = context.views[table].column(word.id)
        if column is None or column.type == "texts":
            what = "has no column" if column is None else "holds a list in"
            stocks = [name for name, view in context.views.items() if view.event_time is None]
            hint = suggestion(
                word.id, (*(c.name for c in context.views[table].columns), *stocks, DAY), known="Known here"
            )
            message = f"{table} {what} {word.id!r}, so it cannot stand after by="
            raise context.script.error(message, at=word, hint=hint, code="formula.by")
    found = context.views[tables[0]].column(word.id)
    assert found is not None
    return found
