"""What a formula says that is probably not meant: quotients that are not paired, pairs counted twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smmetrics.contracts.formula.nodes import Aggregate, Column, Op, Previous, Row, Total, Trailing, children, walk
from smmetrics.contracts.formula.people import check_sums
from smmetrics.contracts.formula.referring import expanded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from smmetrics.contracts.formula.context import Context
    from smmetrics.contracts.formula.nodes import Node

PAIR = 2


def check(root: Node, context: Context, *, pairing: str) -> None:
    """Refuse unpaired quotients of one table, and note what deserves a second look."""
    for node in walk(root):
        if isinstance(node, Op) and node.kind == "/":
            _check_quotient(node, context, pairing=pairing)
        if isinstance(node, Op | Row):
            check_sums(node, context)
        if isinstance(node, Aggregate) and len(node.by) == PAIR:
            _note_pairs(node, context)


def _check_quotient(node: Op, context: Context, *, pairing: str) -> None:
    above, below = (tuple(_aggregates(expanded(side, context.referred))) for side in node.args)
    for over in above:
        for under in below:
            if over.table != under.table or over.by or under.by:
                continue
            if over.name == "sum" and under.name in {"sum", "count"} and not pairing:
                raise _unpaired(node, over, under, context)
            if over.name == "count" and under.name == "count":
                message = (
                    f"A count divided by a count of {over.table}: if the first is a part of the second, "
                    f"say share({over.table}, …, of=…), which has an interval."
                )
                context.note("quotient.count", message, context.places.get(node, 0))


def _unpaired(node: Op, over: Aggregate, under: Aggregate, context: Context) -> Exception:
    if under.name == "sum":
        hint = f"Say ratio({over.table}, a, b), which keeps the rows that report both"
    else:
        hint = f"Say mean({over.table}.…), which divides by the rows that report it"
    message = f"{over.name} and {under.name} of {over.table} are not paired: a row may be in one and not in the other"
    hint += "; if that is meant, the metric says why in 'pairing'."
    return context.script.error(message, at=context.places.get(node, 0), hint=hint, code="formula.pairing")


def _aggregates(node: Node) -> Iterator[Aggregate]:
    """Aggregates of this period and slice: those of the whole or of another time are meant to differ."""
    if isinstance(node, Aggregate):
        yield node
    elif not isinstance(node, Total | Previous | Trailing):
        for child in children(node):
            yield from _aggregates(child)


def _note_pairs(node: Aggregate, context: Context) -> None:
    one, two = (Column(node.table, name) for name in node.by)
    ordered = any(
        isinstance(part, Op) and part.kind in {"<", ">"} and set(part.args) == {one, two}
        for condition in (node.where, node.of)
        if condition is not None
        for part in walk(condition)
    )
    if not ordered and {one.name, two.name} == {"person", "other"}:
        message = "Each pair stands here twice, once from each end; 'person < other' keeps each once."
        context.note("pairs.twice", message, context.places.get(node, 0))
