"""Numbers of different people, which are never added up: somebody counted twice is one person.

A column says so itself (``additivity``), and `distinct` counts people wherever it counts who acted. Such numbers may be
compared, divided and averaged; the largest of them is the least that all together can be.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from smmetrics.contracts.formula.entities import entity_of
from smmetrics.contracts.formula.nodes import (
    Aggregate,
    Column,
    Const,
    Constant,
    Op,
    Param,
    Previous,
    Row,
    Total,
    Trailing,
    children,
    walk,
)
from smmetrics.contracts.formula.referring import expanded

if TYPE_CHECKING:
    import ast
    from collections.abc import Iterator

    from smmetrics.contracts.formula.context import Context
    from smmetrics.contracts.formula.nodes import Node

KEEPS_TYPE = frozenset({"median", "quantile", "min", "max"})
_KEEPS_PEOPLE = KEEPS_TYPE | {"mean", "last"}
_SHARED = frozenset({"hhi", "top_share", "top_count"})
"""Aggregates that hold each number against the sum of all."""
_TIMES = frozenset({"count", "sum", "distinct"})
"""What a mean is not multiplied by: that makes the sum it was a mean of."""
_WHO = frozenset({"person", "other"})
_APART = frozenset({"day", "platform", "account"})
"""Of these each has people of its own, and one person may be among those of several."""
_LARGEST = "Say max(…), or mean(…): the largest is the least that all together can be, their sum the most."


def check_entities(made: Aggregate, node: ast.expr, context: Context) -> None:
    """Refuse to add up what entities report of different people: each of them may be counted with several."""
    inside = [part for child in children(made) for part in walk(child) if isinstance(part, Aggregate) and part.args]
    for part in inside:
        _check_level(part, made.by, context)
    if made.name not in {"sum", *_SHARED}:
        return
    for part in inside:
        if (counted := _counted(part, made, context)) is not None:
            message = f"{counted.table}.{counted.name} is not summed: each of the {made.by[0]} counts people of its own"
            raise context.script.error(
                message, at=context.places.get(counted, 0) or node, hint=_LARGEST, code="formula.additivity"
            )


def _counted(part: Aggregate, made: Aggregate, context: Context) -> Column | None:
    """The column of an entity's number by which it tells of different people."""
    if part.name == "distinct":
        who = part.args[0]
        apart = _APART.issuperset(made.by)
        return who if apart and isinstance(who, Column) and who.name in _WHO else None
    return next(_unique(part.args[0], context), None) if part.name in _KEEPS_PEOPLE else None


def _check_level(part: Aggregate, by: tuple[str, ...], context: Context) -> None:
    """Refuse a newest level of people that would add up several of what one entity has."""
    if part.name != "last" or part.by or (counted := next(_unique(part.args[0], context), None)) is None:
        return
    told = {"platform", *by, *(context.views[by[0]].key if by[0] in context.views else ())}
    apart = next((name for name in entity_of(context.views[part.table]) if name not in told), "")
    if apart:
        message = f"{counted.table}.{counted.name} is not summed: one {by[0]} may have several, one by {apart}"
        hint = f"Say max(…), or by={apart}: the largest is the least that all together can be."
        raise context.script.error(message, at=context.places.get(part, 0), hint=hint, code="formula.additivity")


def check_sums(node: Op | Row, context: Context) -> None:
    """Refuse to put together by hand what no sum may: two such numbers, or a mean times what it is a mean of."""
    whole = expanded(node, context.referred)
    assert isinstance(whole, Op | Row), "only what names a metric is another node"
    adds = whole.kind == "+" if isinstance(whole, Op) else whole.name == "captured"
    told = [arg for arg in whole.args if _tells(arg, context)]
    if adds and len(told) > 1:
        message = "Numbers of different people are not added up: somebody may be counted in both"
        raise context.script.error(message, at=context.places.get(node, 0), hint=_LARGEST, code="formula.additivity")
    if isinstance(whole, Op) and whole.kind == "*" and told and any(map(_times, whole.args)):
        message = "A number of different people, times how many there are, is the sum that nobody can know"
        raise context.script.error(message, at=context.places.get(node, 0), hint=_LARGEST, code="formula.additivity")


def _tells(node: Node, context: Context) -> bool:
    """Whether a number is one of different people, or a multiple of one."""
    match node:
        case Column():
            return any(_unique(node, context))
        case Aggregate(name=name, args=args):
            return name in _KEEPS_PEOPLE and bool(args) and _tells(args[0], context)
        case Previous(node=inner) | Trailing(node=inner) | Total(node=inner):
            return _tells(inner, context)
        case Op(kind="neg" | "+", args=args):
            return any(_tells(arg, context) for arg in args)
        case Op(kind="*" | "/", args=(one, Const() | Param())) | Op(kind="*", args=(Const() | Param(), one)):
            return _tells(one, context)
        case Row(name="min_of" | "max_of" | "captured", args=args):
            return any(_tells(arg, context) for arg in args)
        case _:
            return False


def _times(node: Node) -> bool:
    match node:
        case Aggregate(name=name):
            return name in _TIMES
        case Constant(name=name):
            return name == "period_days"
        case Previous(node=inner) | Trailing(node=inner) | Total(node=inner):
            return _times(inner)
        case _:
            return False


def _unique(node: Node, context: Context) -> Iterator[Column]:
    """Columns that tell of different people."""
    for part in walk(node):
        if isinstance(part, Column) and part.table in context.views:
            known = context.views[part.table].column(part.name)
            if known is not None and known.additivity == "non_additive":
                yield part
