"""The parsed form of a formula: small frozen nodes that say what is meant, without any engine.

Names are resolved: a `Column` knows its table, a `Param` is a declared parameter. Chained comparisons are
conjunctions of pairs. Nodes compare and hash by value, so equal measures are found by equality.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, TypeAlias, Union

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

Scalar: TypeAlias = float | int | str | bool | None
Operator = Literal[
    "+", "-", "*", "/", "neg", "<", "<=", ">", ">=", "==", "!=", "and", "or", "not", "in", "not_in",
    "is_none", "is_not_none",
]  # fmt: skip
EventTime = Literal["default"]
AggregateName = Literal[
    "count", "sum", "mean", "mean_of", "sd", "ratio", "share", "wait", "distinct", "median", "quantile", "min", "max",
    "last", "gini", "hhi", "top_share", "top_count",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Const:
    """A number, text, truth value, None or tuple of them."""

    value: Scalar | tuple[Scalar, ...]


@dataclass(frozen=True, slots=True)
class Param:
    """A parameter of the metric; its value comes when the metric is computed."""

    name: str


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table."""

    table: str
    name: str


@dataclass(frozen=True, slots=True)
class Constant:
    """`period_start`, `period_end`, `period_days` (covered) or `as_of`."""

    name: str


@dataclass(frozen=True, slots=True)
class Op:
    """An operator over its operands (one for ``neg``, ``not``, ``is_none``, ``is_not_none``; else two)."""

    kind: Operator
    args: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A function of a row or of values, such as `hours`, `captured` or `log`."""

    name: str
    args: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Aggregate:
    """One aggregate call: one table, perhaps per entity (`by`).

    ``args``: what is aggregated (none for ``count(table)``; a and b for ratio; start and end for wait; the condition
    for share). ``where``: rows that count; ``of``: the whole of a share. ``on``: the column that dates a row, None for
    every row before the period's end. ``options``: the remaining keywords, such as ``q``, sorted by name.
    """

    name: AggregateName
    table: str
    args: tuple[Node, ...] = ()
    where: Node | None = None
    of: Node | None = None
    on: str | EventTime | None = "default"
    by: tuple[str, ...] = ()
    options: tuple[tuple[str, Node], ...] = ()

    def option(self, name: str) -> Node | None:
        """The value of a keyword, or None."""
        return dict(self.options).get(name)


@dataclass(frozen=True, slots=True)
class Total:
    """The same number with the slice on one dimension lifted."""

    node: Node
    over: str


@dataclass(frozen=True, slots=True)
class Previous:
    """The same number one period earlier."""

    node: Node


@dataclass(frozen=True, slots=True)
class Trailing:
    """The same number over the days that end with the period."""

    node: Node
    days: int | Param


@dataclass(frozen=True, slots=True)
class MetricRef:
    """Another metric's number."""

    id: str


Node: TypeAlias = Union[  # noqa: UP007 (the alias names classes defined above and below each other)
    Const, Param, Column, Constant, Op, Row, Aggregate, Total, Previous, Trailing, MetricRef
]


def children(node: Node) -> tuple[Node, ...]:
    """The nodes directly below."""
    below = _BELOW.get(type(node))
    return below(node) if below is not None else ()


def _args(node: Op | Row) -> tuple[Node, ...]:
    return node.args


def _inner(node: Total | Previous | Trailing) -> tuple[Node, ...]:
    return (node.node,)


def _parts(node: Aggregate) -> tuple[Node, ...]:
    if node.where is None and node.of is None and not node.options:
        return node.args
    conditions = tuple(part for part in (node.where, node.of) if part is not None)
    return (*node.args, *conditions, *(value for _, value in node.options))


_BELOW: Mapping[type, Callable[..., tuple[Node, ...]]] = {
    Op: _args, Row: _args, Aggregate: _parts, Total: _inner, Previous: _inner, Trailing: _inner,
}  # fmt: skip
"""By kind of node, what lies below it: formulas are walked thousands of times before a number is counted."""


def walk(node: Node) -> Iterator[Node]:
    """The node and all below it, depth first."""
    left = [node]
    while left:
        each = left.pop()
        yield each
        left.extend(reversed(children(each)))


def rebuilt(node: Node, change: Callable[[Node], Node]) -> Node:
    """The tree with every node changed, from the leaves up."""
    match node:
        case Op(args=args) | Row(args=args):
            made: Node = replace(node, args=tuple(rebuilt(arg, change) for arg in args))
        case Aggregate():
            made = replace(
                node,
                args=tuple(rebuilt(arg, change) for arg in node.args),
                where=None if node.where is None else rebuilt(node.where, change),
                of=None if node.of is None else rebuilt(node.of, change),
                options=tuple((name, rebuilt(value, change)) for name, value in node.options),
            )
        case Total(node=inner) | Previous(node=inner) | Trailing(node=inner):
            made = replace(node, node=rebuilt(inner, change))
        case _:
            made = node
    return change(made)


def constant(value: object) -> Const:
    """A parameter's value as a part of the tree."""
    if isinstance(value, list | tuple):
        return Const(tuple(value))
    return Const(value if value is None or isinstance(value, float | int | str) else str(value))
