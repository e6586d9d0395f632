"""From nodes to Polars expressions: rows with Kleene logic, and arithmetic over finished aggregates.

What matters (contracts: *unknown*): comparisons with null are unknown; a quotient by zero is null; ``x in list`` is
unknown for a null list and false for an empty one; a time that is still open is infinitely far away.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import reduce
from operator import and_, or_
from typing import TYPE_CHECKING

import polars as pl

from smmetrics.api.errors import UserMistake
from smmetrics.contracts.formula.nodes import Aggregate, Column, Const, Constant, Node, Op, Param, Row

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from smmetrics.api.facts import View, ViewColumn

NUMBERS = frozenset({"int", "number"})
MICROSECONDS = 3_600_000_000.0
"""In an hour."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What names mean while an expression is made.

    ``constants``: `period_start` and the like, as expressions of the frame; ``aggregates``: the column that holds
    each finished aggregate (empty inside a row).
    """

    views: Mapping[str, View]
    zone: str = "UTC"
    constants: Mapping[str, pl.Expr] = field(default_factory=dict)
    aggregates: Mapping[Aggregate, str] = field(default_factory=dict)

    def column(self, node: Column) -> ViewColumn:
        """The declaration of a column; `UserMistake` for one that no view has."""
        view = self.views.get(node.table)
        column = view.column(node.name) if view else None
        if column is None:
            message = f"the table {node.table} has no column {node.name!r}"
            raise UserMistake(message, code="column.unknown")
        return column


def kind_of(node: Node, views: Mapping[str, View]) -> str:
    """What a row expression gives: int, number, bool, text, instant, date, texts."""
    match node:
        case Column():
            return Scope(views).column(node).type
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
        case Row(name="size"):
            return "int"
        case Row(name="has" | "contains"):
            return "bool"
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


def expression(node: Node, scope: Scope) -> pl.Expr:
    """The Polars expression of a node; aggregates must be among ``scope.aggregates``."""
    match node:
        case Column(name=name):
            scope.column(node)
            return pl.col(name)
        case Const(value=value):
            return pl.lit(value)
        case Constant(name=name) if name in scope.constants:
            return scope.constants[name]
        case Op():
            return _operator(node, scope)
        case Row():
            return _row(node, scope)
        case Aggregate() if node in scope.aggregates:
            return pl.col(scope.aggregates[node])
        case Param(name=name):
            message = f"the parameter {name!r} has no value"
            raise UserMistake(message, hint="Give it with the target, or state a default.", code="parameter.absent")
        case _:
            message = f"{type(node).__name__.lower()} cannot be computed here"
            raise UserMistake(message, code="formula.not_computed")


def _operator(node: Op, scope: Scope) -> pl.Expr:
    if node.kind in {"in", "not_in"}:
        found = _membership(node.args[0], node.args[1], scope)
        return found if node.kind == "in" else ~found
    if node.kind in {"<", "<=", ">", ">=", "==", "!="}:
        left, right = _comparable(node.args, scope)
        return _COMPARE[node.kind](left, right)
    operands = [expression(arg, scope) for arg in node.args]
    match node.kind:
        case "and":
            return reduce(and_, operands)
        case "or":
            return reduce(or_, operands)
        case "not":
            return ~operands[0]
        case "is_none":
            return operands[0].is_null()
        case "is_not_none":
            return operands[0].is_not_null()
        case _:
            return _arithmetic(node, operands, scope)


_COMPARE: Mapping[str, Callable[[pl.Expr, pl.Expr], pl.Expr]] = {
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "==": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
}


def _arithmetic(node: Op, operands: list[pl.Expr], scope: Scope) -> pl.Expr:
    if node.kind == "neg":
        return -operands[0]
    first, second = operands
    if node.kind == "/":
        return pl.when(second != 0).then(first.cast(pl.Float64) / second.cast(pl.Float64))
    if node.kind == "*":
        # Products of counts pass 64 bits where sums do not.
        wide = pl.Int128 if not scope.aggregates and kind_of(node, scope.views) == "int" else pl.Float64
        return first.cast(wide) * second.cast(wide)
    return first + second if node.kind == "+" else first - second


def _comparable(args: tuple[Node, ...], scope: Scope) -> list[pl.Expr]:
    """Both sides of a comparison; a day stands for its first instant where the other side is an instant."""
    kinds = [kind_of(arg, scope.views) for arg in args]
    sides = [expression(arg, scope) for arg in args]
    if "instant" not in kinds:
        return sides
    return [_instant(side, kind, scope.zone) for side, kind in zip(sides, kinds, strict=True)]


def _instant(side: pl.Expr, kind: str, zone: str) -> pl.Expr:
    if kind != "date":
        return side
    midnight = side.cast(pl.Datetime("us")).dt.replace_time_zone(zone, ambiguous="earliest", non_existent="null")
    return midnight.dt.convert_time_zone("UTC")


def _membership(left: Node, right: Node, scope: Scope) -> pl.Expr:
    if isinstance(right, Const):
        wanted = list(right.value) if isinstance(right.value, tuple) else [right.value]
        if kind_of(left, scope.views) == "texts":
            return expression(left, scope).list.eval(pl.element().is_in(wanted)).list.any()
        return expression(left, scope).is_in(wanted)
    return expression(right, scope).list.contains(expression(left, scope))


def _row(node: Row, scope: Scope) -> pl.Expr:
    if node.name == "hours":
        return hours(node.args[0], node.args[1], scope)
    operands = [expression(arg, scope) for arg in node.args]
    match node.name:
        case "captured":
            reported = pl.any_horizontal(operand.is_not_null() for operand in operands)
            return pl.when(reported).then(pl.sum_horizontal(operands))
        case "log":
            return pl.when(operands[0] > 0).then(operands[0].cast(pl.Float64).log())
        case "abs":
            return operands[0].abs()
        case "min_of":
            return _all_known(operands, pl.min_horizontal(operands))
        case "max_of":
            return _all_known(operands, pl.max_horizontal(operands))
        case _:
            message = f"{node.name} is not computed yet"
            raise UserMistake(message, code="formula.not_computed")


def _all_known(operands: list[pl.Expr], value: pl.Expr) -> pl.Expr:
    return pl.when(pl.all_horizontal(operand.is_not_null() for operand in operands)).then(value)


def hours(start: Node, end: Node, scope: Scope) -> pl.Expr:
    """Hours between two times; infinite where the end is still open, unknown where a time is not known."""
    first, last = _comparable((start, end), scope)
    between = (last - first).dt.total_microseconds() / MICROSECONDS
    if not is_open(end, scope):
        return between
    return pl.when(first.is_not_null() & last.is_null()).then(float("inf")).otherwise(between)


def is_open(node: Node, scope: Scope) -> bool:
    """Whether null means *not yet* and not *not known*."""
    return isinstance(node, Column) and scope.column(node).open
