"""What an aggregate gives, and what must not be aggregated because the number would mean nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smmetrics.contracts.formula import units
from smmetrics.contracts.formula.nodes import Aggregate, Column, Op, Row, walk
from smmetrics.contracts.formula.people import KEEPS_TYPE, check_entities

if TYPE_CHECKING:
    import ast
    from collections.abc import Iterator, Sequence

    from smmetrics.contracts.formula.context import Context, Type, Typed
    from smmetrics.contracts.formula.nodes import Node

_MEANS = frozenset({"mean", "mean_of", "sd"})


def result(made: Aggregate, arguments: Sequence[Typed]) -> tuple[Type, units.Quantity]:
    """The type and unit of an aggregate."""
    match made.name:
        case "count" | "distinct" | "top_count":
            return "number", units.COUNT
        case "share" | "top_share":
            return "number", units.PERCENT
        case "wait":
            return "number", units.HOURS
        case "ratio":
            return "number", units.divided(arguments[0].quantity, arguments[1].quantity)
        case "gini" | "hhi":
            return "number", units.INDEX
        case _:
            kept = arguments[0].type if made.name in KEEPS_TYPE else "number"
            return kept, arguments[0].quantity


def check_argument(made: Aggregate, nodes: Sequence[ast.expr], context: Context) -> None:
    """Refuse sums of unique people, means of quotients, and sums over waits that have not ended."""
    if nodes and made.by:
        check_entities(made, nodes[0], context)
    if not nodes or made.by:
        return
    if made.name == "sum":
        _check_additive(made, nodes[0], context)
    if made.name in {"mean", "sd"}:
        _check_quotient(made, nodes[0], context)
    if made.name in {"sum", *_MEANS}:
        _check_endless(made, nodes[0], context)


def _check_additive(made: Aggregate, node: ast.expr, context: Context) -> None:
    for column in _columns(made.args[0]):
        known = context.views[column.table].column(column.name)
        if known is None or known.additivity == "additive" or known.type not in {"int", "number"}:
            continue
        if known.additivity == "non_additive":
            why = "it counts different people, and a sum would count one person several times"
            hint = (
                f"It may stand as a weight: ratio({column.table}, likes, {column.name}); or take its newest: last(…)."
            )
        elif known.additivity == "semi_additive":
            why = "it is a level, and a sum over time would count it several times"
            hint = f"Say last({column.table}.{column.name})."
        else:
            why = "nothing says that rows of it may be added up, and a sum of such numbers means nothing"
            hint = f"Say mean({column.table}.{column.name}), or max(…); who declares the column says its additivity."
        message = f"{column.table}.{column.name} is not summed: {why}"
        raise context.script.error(
            message, at=context.places.get(column, 0) or node, hint=hint, code="formula.additivity"
        )


def _check_quotient(made: Aggregate, node: ast.expr, context: Context) -> None:
    for part in walk(made.args[0]):
        if isinstance(part, Op) and part.kind == "/" and all(any(_columns(side)) for side in part.args):
            message = "A mean of quotients is another number than the quotient of the sums"
            hint = "Say mean_of(a / b) if each row shall weigh the same, or ratio(table, a, b)."
            raise context.script.error(
                message, at=context.places.get(part, 0) or node, hint=hint, code="formula.mean_of"
            )


def _check_endless(made: Aggregate, node: ast.expr, context: Context) -> None:
    ended = {part.args[0] for part in _conjuncts(made.where) if isinstance(part, Op) and part.kind == "is_not_none"}
    for part in walk(made.args[0]):
        if not (isinstance(part, Row) and part.name in {"hours", "days", "business_hours"}):
            continue
        for end in part.args[:2]:
            if isinstance(end, Column) and _open(end, context) and end not in ended:
                message = f"{end.name} may not have come yet, and then the wait is endless"
                hint = f"Keep the ended ones with '{end.name} is not None', or use wait({made.table}, …, {end.name})."
                raise context.script.error(
                    message, at=context.places.get(part, 0) or node, hint=hint, code="formula.endless"
                )


def _open(column: Column, context: Context) -> bool:
    known = context.views[column.table].column(column.name)
    return known is not None and known.open


def _conjuncts(node: Node | None) -> Iterator[Node]:
    if isinstance(node, Op) and node.kind == "and":
        for part in node.args:
            yield from _conjuncts(part)
    elif node is not None:
        yield node


def _columns(node: Node) -> Iterator[Column]:
    return (part for part in walk(node) if isinstance(part, Column))
