"""From nodes to Polars expressions: rows with Kleene logic, and arithmetic over finished aggregates.

What matters (contracts: *unknown*): comparisons with null are unknown; a quotient by zero is null; ``x in list`` is
unknown for a null list and false for an empty one; a time that is still open is infinitely far away.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import reduce
from operator import and_, or_
from typing import TYPE_CHECKING

import polars as pl

from smmetrics.api.errors import UserMistake
from smmetrics.contracts.formula.nodes import (
    Aggregate,
    Column,
    Const,
    Constant,
    Node,
    Op,
    Param,
    Previous,
    Row,
    Total,
    Trailing,
)
from smmetrics.engine.kinds import column, kind_of
from smmetrics.engine.office import named, worked

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from smmetrics.api.facts import View
    from smmetrics.engine.office import Office

ROW_DAY = "__day"
"""The column that holds the day a row belongs to."""
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
    constants: Mapping[Node | str, pl.Expr] = field(default_factory=dict)
    aggregates: Mapping[Node, str] = field(default_factory=dict)
    offices: Mapping[str, Office] = field(default_factory=dict)
    campaigns: Mapping[str, Sequence[tuple[date, date]]] = field(default_factory=dict)
    until: date = date(2100, 1, 1)


def expression(node: Node, scope: Scope) -> pl.Expr:
    """The Polars expression of a node; aggregates must be among ``scope.aggregates``."""
    match node:
        case Column(name=name):
            column(node, scope.views)
            return pl.col(name)
        case Const(value=value):
            return pl.lit(value)
        case Constant(name=name) if name in scope.constants:
            return scope.constants[name]
        case Previous() | Trailing() | Total() if node in scope.constants:
            return scope.constants[node]
        case Op():
            return _operator(node, scope)
        case Row():
            return _row(node, scope)
        case Aggregate() | Previous() | Trailing() | Total() if node in scope.aggregates:
            return pl.col(scope.aggregates[node])
        case Param(name=name):
            raise absent(name)
        case _:
            message = f"{type(node).__name__.lower()} cannot be computed here"
            raise UserMistake(message, code="formula.not_computed")


def absent(name: str, hint: str = "Give it with the target, or state a default.") -> UserMistake:
    """What is said of a parameter without a value."""
    return UserMistake(f"the parameter {name!r} has no value", hint=hint, code="parameter.absent")


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
    match node:
        case Row(name="hours", args=(start, end)):
            return hours(start, end, scope)
        case Row(name="days", args=(start, end)):
            return hours(start, end, scope) / 24
        case Row(name="business_hours", args=(start, end, Const(value=str() as office))):
            return hours(start, end, scope, clock=office)
        case Row(name="during", args=(Const(value=str() as campaign),)):
            return _during(campaign, scope)
        case Row(name=name, args=args) if name in _ROWS:
            return _ROWS[name]([expression(arg, scope) for arg in args])
        case _:
            message = f"{node.name} cannot be computed of these"
            raise UserMistake(message, code="formula.not_computed")


def _captured(parts: list[pl.Expr]) -> pl.Expr:
    return pl.when(pl.any_horizontal(part.is_not_null() for part in parts)).then(pl.sum_horizontal(parts))


def _all_known(operands: list[pl.Expr], value: pl.Expr) -> pl.Expr:
    return pl.when(pl.all_horizontal(operand.is_not_null() for operand in operands)).then(value)


_ROWS: Mapping[str, Callable[[list[pl.Expr]], pl.Expr]] = {
    "captured": _captured,
    "log": lambda parts: pl.when(parts[0] > 0).then(parts[0].cast(pl.Float64).log()),
    "abs": lambda parts: parts[0].abs(),
    "min_of": lambda parts: _all_known(parts, pl.min_horizontal(parts)),
    "max_of": lambda parts: _all_known(parts, pl.max_horizontal(parts)),
    "has": lambda parts: parts[0].list.contains(parts[1]),
    "contains": lambda parts: parts[0].str.contains(parts[1], literal=True),
    "size": lambda parts: parts[0].list.len().cast(pl.Int64),
}
"""Functions of values alone."""


def _during(campaign: str, scope: Scope) -> pl.Expr:
    """Whether the day of a row lies in a campaign or a stretch of the strategy's calendar of that name."""
    if campaign not in scope.campaigns:
        known = ", ".join(sorted(scope.campaigns))
        message = f"the strategy has no campaign {campaign!r}"
        hint = f"Known: {known}." if known else f"Add [campaigns.{campaign}] with from and until to strategy.toml."
        raise UserMistake(message, hint=hint, code="campaign.unknown")
    spans = [pl.col(ROW_DAY).is_between(first, last, closed="left") for first, last in scope.campaigns[campaign]]
    return pl.any_horizontal(spans)


def hours(start: Node, end: Node, scope: Scope, *, clock: str = "all") -> pl.Expr:
    """Hours between two times; infinite where the end is still open, unknown where a time is not known.

    ``clock``: *all* hours, or those of an office by its name.
    """
    first, last = _comparable((start, end), scope)
    if clock == "all":
        between = (last - first).dt.total_microseconds() / MICROSECONDS
    else:
        between = worked(first, last, named(scope.offices, clock), scope.zone, scope.until)
    if not is_open(end, scope):
        return between
    return pl.when(first.is_not_null() & last.is_null()).then(float("inf")).otherwise(between)


def is_open(node: Node, scope: Scope) -> bool:
    """Whether null means *not yet* and not *not known*."""
    return isinstance(node, Column) and column(node, scope.views).open
