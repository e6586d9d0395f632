"""Measures: the distinct aggregate calls of many formulas, and how each is kept while rows are added up.

A measure keeps *moments* (counts, sums, sums of squares: one row a cell) and, where these do not suffice, a long
table: values with counts, distinct values, waiting times, or the newest row of each account.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from smmetrics.contracts.formula import nodes
from smmetrics.contracts.formula.nodes import Aggregate, Const, Node, Op, Param, Row
from smmetrics.engine.lens import aggregate_of, leaves, number_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from smmetrics.api.facts import View
    from smmetrics.engine.lens import Leaf

Family = Literal["count", "sum", "mean", "ratio", "share", "wait", "distinct", "values", "spread", "extreme", "last"]
FAMILIES: Mapping[str, Family] = {
    "count": "count",
    "sum": "sum",
    "mean": "mean",
    "mean_of": "mean",
    "ratio": "ratio",
    "share": "share",
    "wait": "wait",
    "distinct": "distinct",
    "median": "values",
    "quantile": "values",
    "min": "extreme",
    "max": "extreme",
    "last": "last",
    "sd": "spread",
    "gini": "spread",
    "hhi": "spread",
    "top_share": "spread",
    "top_count": "spread",
}
"""The aggregates this release computes, by what they keep."""

APPROXIMATE = "approximate"
"""Different values may be counted with an error; they are counted exactly, so that there is none to state."""
COUNTING = frozenset({"count", "distinct"})
"""Families that add no numbers up."""
ZERO = frozenset({"count", "sum", "distinct"})
"""Families for which nothing in a covered period is the number 0."""
SAMPLED = frozenset({"share", "ratio", "mean", "values", "wait"})
"""Families whose value says little for a handful of rows."""


def family(leaf: nodes.Node) -> Family:
    """What kind of state an aggregate keeps, wherever it is seen."""
    return FAMILIES[aggregate_of(leaf).name]


def signed(aggregate: Aggregate) -> bool:
    """Whether a row's number is a difference: it may be negative, and cells keep whether one was."""
    return any(isinstance(node, Op) and node.kind in {"-", "neg"} for arg in aggregate.args for node in nodes.walk(arg))


def condition(aggregate: Aggregate) -> Node | None:
    """Which rows an aggregate speaks of: ``where``, and the whole of a share."""
    parts = [part for part in (aggregate.where, aggregate.of) if part is not None]
    return Op("and", (parts[0], parts[1])) if len(parts) > 1 else (parts[0] if parts else None)


def conjuncts(aggregate: Aggregate) -> frozenset[Node]:
    """The conditions that a row must all meet."""
    where = condition(aggregate)
    return frozenset() if where is None else parts_of(where)


def parts_of(where: Node) -> frozenset[Node]:
    """The parts of a condition that *and* holds together."""
    return frozenset(_parts(where))


def _parts(node: Node) -> Iterator[Node]:
    if isinstance(node, Op) and node.kind == "and":
        for arg in node.args:
            yield from _parts(arg)
    else:
        yield node


def number_option(aggregate: Aggregate, name: str, default: float) -> float:
    """The number a keyword of an aggregate has, such as ``q`` or ``k``."""
    match aggregate.option(name):
        case Const(value=(int() | float()) as number):
            return float(number)
        case _:
            return default


def quantile_of(aggregate: Aggregate) -> float:
    """Which quantile a median, quantile or wait asks for."""
    return number_option(aggregate, "q", 0.5)


def clock_of(aggregate: Aggregate) -> str:
    """Whose hours a wait counts: *all*, or an office by its name."""
    match aggregate.option("clock"):
        case Const(value=str() as clock):
            return clock
        case _:
            return "all"


def substitute(node: Node, values: Mapping[str, object]) -> Node:
    """The node with parameters replaced by their values, so that equal measures compare equal."""

    def change(part: Node) -> Node:
        match part:
            case Param(name=name) if name in values:
                return nodes.constant(values[name])
            case nodes.Trailing(days=Param(name=name)) if (known := number_of(values.get(name))) is not None:
                return replace(part, days=known)
            case Aggregate(options=options) if part.option(APPROXIMATE) is not None:
                return replace(part, options=tuple(each for each in options if each[0] != APPROXIMATE))
            case _:
                return part

    return nodes.rebuilt(node, change)


def clocked(node: Node, office: object) -> Node:
    """The node with the hours of one office in every wait and every `hours` that states no clock of its own."""
    if not isinstance(office, str):
        return node

    def change(part: Node) -> Node:
        match part:
            case Row(name="hours", args=(start, end)):
                return Row("business_hours", (start, end, Const(office)))
            case Aggregate(options=options) if part.option("clock") == Const("all"):
                return replace(part, options=tuple(sorted((dict(options) | {"clock": Const(office)}).items())))
            case _:
                return part

    return nodes.rebuilt(node, change)


def aggregates(node: Node) -> tuple[Leaf, ...]:
    """What must be counted for a focused formula: the distinct outermost aggregates, in order of appearance."""
    return tuple(dict.fromkeys(leaves(node)))


def reading_rows(node: Node) -> Iterator[Aggregate]:
    """All aggregates that read rows of a table themselves, inside others or not."""
    return (part for part in nodes.walk(node) if isinstance(part, Aggregate) and not part.by)


def not_computed(root: Node) -> str:
    """The first word of a formula that this release does not compute, or nothing."""
    return next((word for part in nodes.walk(root) if (word := _missing(part))), "")


def _missing(node: Node) -> str:
    match node:
        case nodes.MetricRef(id=id_):
            return id_
        case _:
            return ""


@dataclass(frozen=True, slots=True)
class Source:
    """The rows a measure reads: its table, which counts must be reported together, and what dates a row.

    ``on`` is the column that dates a row, or None for every row before the period's end (stocks: every row).
    """

    table: str
    counts: frozenset[str]
    on: str | None


def columns(node: Node) -> frozenset[str]:
    """Names of all columns below a node."""
    return frozenset(part.name for part in nodes.walk(node) if isinstance(part, nodes.Column))


def reported(node: Node, view: View) -> frozenset[str]:
    """Of the columns below a node, those that are reported counts of one observation (of a post, say)."""
    return frozenset(name for name in columns(node) if _is_reported(view, name))


def _is_reported(view: View, name: str) -> bool:
    column = view.column(name)
    if column is None:
        return False
    return any("_counts." in fact for fact in (*column.needs, *column.any_of))


def mentions(node: Node, names: frozenset[str]) -> bool:
    """Whether a node reads one of the period's constants."""
    return any(isinstance(part, nodes.Constant) and part.name in names for part in nodes.walk(node))
