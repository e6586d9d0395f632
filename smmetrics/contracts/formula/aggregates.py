"""Aggregate calls: one call, one table; with ``by=`` one number of each entity first, then the aggregate of those."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING

from smmetrics.contracts.formula.arguments import options, pick, typed_argument
from smmetrics.contracts.formula.context import InEntity, InRow, Typed
from smmetrics.contracts.formula.entities import entity_scope, is_aggregate_call
from smmetrics.contracts.formula.errors import suggestion
from smmetrics.contracts.formula.expressions import need, resolve
from smmetrics.contracts.formula.nodes import Aggregate, Column
from smmetrics.contracts.formula.results import check_argument, result
from smmetrics.contracts.formula.words import AGGREGATES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from smmetrics.contracts.formula.context import Context, Scope
    from smmetrics.contracts.formula.nodes import EventTime, Node
    from smmetrics.contracts.formula.words import AggregateWord


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where an aggregate reads: the table of its rows, the scope of its arguments, the arguments that are left."""

    table: str
    scope: InRow | InEntity
    rest: tuple[ast.expr, ...]
    by: tuple[str, ...] = ()


def aggregate(node: ast.Call, _scope: Scope, context: Context) -> Typed:
    """Read one aggregate call."""
    word = AGGREGATES[node.func.id]  # type: ignore[attr-defined]
    given = {keyword.arg or "": keyword.value for keyword in node.keywords}
    _check_keywords(word, node, given, context)
    frame = _frame(word, node, given, context)
    wanted = () if word.name == "count" and not frame.by else word.args
    picked = pick(word, node, frame.rest, given, wanted=wanted, context=context, per_entity=bool(frame.by))
    arguments = tuple(
        typed_argument(argument, kind, word, frame.scope, context)
        for argument, kind in zip(picked.arguments, wanted, strict=True)
    )
    where = _condition(picked.where, "where", frame.scope, context)
    made = Aggregate(
        name=word.name,
        table=frame.table,
        args=tuple(argument.node for argument in arguments),
        where=where,
        of=_condition(given.get("of"), "of", frame.scope, context),
        on=_on(given.get("on"), frame, context) if "on" in given else "default",
        by=frame.by,
        options=options(word, picked.options, frame.scope, context),
    )
    check_argument(made, picked.arguments, context)
    return Typed(made, *result(made, arguments))


def _check_keywords(word: AggregateWord, node: ast.Call, given: Mapping[str, ast.expr], context: Context) -> None:
    known = ("where", "by", "on", *word.keywords)
    for keyword in node.keywords:
        if keyword.arg not in known:
            compared = bool(keyword.arg) and bool(context.tables_with(keyword.arg or ""))
            hint = suggestion(keyword.arg or "", known, known="Keywords")
            hint = f"To compare, say {keyword.arg} == …" if compared else hint
            message = f"{word.name} has no keyword {keyword.arg!r}"
            raise context.script.error(message, at=keyword.value, hint=hint, code="formula.arguments")
    if len(given) < len(node.keywords):
        message = "A keyword stands twice"
        raise context.script.error(message, at=node, code="formula.arguments")


def _frame(word: AggregateWord, node: ast.Call, given: Mapping[str, ast.expr], context: Context) -> _Frame:
    nested = bool(node.args) and any(is_aggregate_call(part) for part in ast.walk(node.args[0]))
    if "by" in given:
        if not nested:
            message = "With by= the first argument is a number of each entity"
            raise context.script.error(
                message,
                at=node.args[0] if node.args else node,
                hint=f"For instance {word.name}(count(posts, ours) >= 3, by=person).",
                code="formula.nesting",
            )
        scope, table = entity_scope(node, given["by"], context)
        return _Frame(table, scope, tuple(node.args), scope.by)
    if nested or word.args == ("entities",):
        example = f"{word.name}(count(posts, ours), by=person)"
        message = f"{word.name} of a number of each entity needs by="
        raise context.script.error(message, at=node, hint=f"For instance {example}.", code="formula.nesting")
    if word.names_table:
        return _Frame(*_table_first(word, node, context))
    return _Frame(*_table_of_column(word, node, context))


def _table_first(word: AggregateWord, node: ast.Call, context: Context) -> tuple[str, InRow, tuple[ast.expr, ...]]:
    first = node.args[0] if node.args else None
    if not isinstance(first, ast.Name) or first.id not in context.views:
        named = first.id if isinstance(first, ast.Name) else ""
        message = f"There is no table {named!r}" if named else f"{word.name} names no table"
        hint = (
            suggestion(named, context.views, known="Tables")
            if named
            else f"Say the table first: {word.name}(posts, …)."
        )
        raise context.script.error(message, at=first or node, hint=hint, code="formula.table")
    return first.id, InRow(context.views[first.id]), tuple(node.args[1:])


def _table_of_column(word: AggregateWord, node: ast.Call, context: Context) -> tuple[str, InRow, tuple[ast.expr, ...]]:
    if not node.args:
        message = f"{word.name} names no column"
        raise context.script.error(message, at=node, hint=f"Say {word.name}(posts.likes).", code="formula.arguments")
    first = node.args[0]
    named = [part for part in ast.walk(first) if isinstance(part, ast.Attribute) and isinstance(part.value, ast.Name)]
    tables = {part.value.id: part for part in named if part.value.id in context.views}  # type: ignore[attr-defined]
    if len(tables) > 1:
        one, two = sorted(tables)[:2]
        message = f"One call reads one table, and here are two: {one} and {two}"
        raise context.script.error(message, at=tables[two], hint="Use two calls.", code="formula.table")
    if tables:
        table = next(iter(tables))
        return table, InRow(context.views[table]), tuple(node.args)
    if named:
        table = named[0].value.id  # type: ignore[attr-defined]
        hint = suggestion(table, context.views, known="Tables")
        message = f"There is no table {table!r}"
        raise context.script.error(message, at=named[0], hint=hint, code="formula.table")
    message = f"{word.name} names no table"
    raise context.script.error(message, at=first, hint=_say(word, first, context), code="formula.table")


def _say(word: AggregateWord, first: ast.expr, context: Context) -> str:
    if isinstance(first, ast.Name) and first.id in context.views:
        return f"Say which column: {word.name}({first.id}.likes), or count({first.id})."
    called = {part.func for part in ast.walk(first) if isinstance(part, ast.Call)}
    names = [part.id for part in ast.walk(first) if isinstance(part, ast.Name) and part not in called]
    bare = names[0] if names else "likes"
    table = (context.tables_with(bare) or ("posts",))[0]
    said = ast.unparse(first).replace(bare, f"{table}.{bare}", 1) if names else f"{table}.{bare}"
    return f"Say for instance {word.name}({said})."


def _condition(node: ast.expr | None, name: str, scope: InRow | InEntity, context: Context) -> Node | None:
    if node is None:
        return None
    condition = resolve(node, scope, context)
    need(condition, "bool", node, context, why=f"'{name}'")
    return condition.node


def _on(node: ast.expr | None, frame: _Frame, context: Context) -> str | EventTime | None:
    if isinstance(node, ast.Constant) and node.value is None:
        return None
    view = context.views[frame.table]
    if isinstance(node, ast.Name | ast.Attribute):
        column = resolve(node, InRow(view), context)
        if isinstance(column.node, Column) and column.type in {"instant", "date"}:
            return column.node.name
    times = [column.name for column in view.columns if column.type in {"instant", "date"}]
    message = f"'on' names a time of {view.name}, or None"
    raise context.script.error(message, at=node, hint=f"Known: {', '.join(times) or 'none'}.", code="formula.on")
