"""Numbers in words: arithmetic, functions of a row, and the same number elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smmetrics.contracts.formula.nodes import (
    Aggregate,
    Column,
    Const,
    Constant,
    MetricRef,
    Op,
    Param,
    Previous,
    Row,
    Total,
    Trailing,
)
from smmetrics.contracts.spoken.vocabulary import column_words, listed, moment, plain
from smmetrics.words import say

if TYPE_CHECKING:
    from smmetrics.contracts.formula.nodes import Node
    from smmetrics.contracts.spoken.vocabulary import Vocabulary

_SIGNS = {"+": "plus", "-": "less", "*": "times", "/": "over"}


def number(node: Node, voc: Vocabulary) -> str:
    """A number, as words that stand after *the* or *divided by*."""
    match node:
        case Const() | Param() | Constant():
            return voc.constant(node)
        case Column(name=name):
            return column_words(name)
        case Op(kind="+" | "-" | "*" | "/"):
            return _arithmetic(node, voc)
        case Op(kind="neg", args=(inner,)):
            return say("formulas.sign.minus", a=_grouped(inner, voc))
        case Row():
            return _function(node, voc)
        case Aggregate():
            from smmetrics.contracts.spoken.aggregates import aggregate  # noqa: PLC0415 (aggregates hold numbers)

            return aggregate(node, voc)
        case MetricRef(id=metric):
            return say("formulas.sign.metric", id=metric)
        case Total() | Previous() | Trailing():
            return _elsewhere(node, voc)
        case _:
            from smmetrics.contracts.spoken.conditions import condition  # noqa: PLC0415 (conditions hold numbers)

            return say("formulas.sign.whether", **{"if": condition(node, voc)})


def _elsewhere(node: Total | Previous | Trailing, voc: Vocabulary) -> str:
    said = number(node.node, voc)
    match node:
        case Total(over=over):
            return say("formulas.time.total", said=said, over=plain(over))
        case Trailing(days=days):
            return say("formulas.time.trailing", said=said, days=days if isinstance(days, int) else number(days, voc))
        case Previous():
            return say("formulas.time.previous", said=said)


def _arithmetic(node: Op, voc: Vocabulary) -> str:
    left, right = node.args
    if node.kind == "/":
        chained = isinstance(left, Op) and left.kind == "/" and isinstance(left.args[1], Const)
        key = "over_also" if chained else "over"
        return say(f"formulas.sign.{key}", a=_left(left, voc), b=_grouped(right, voc))
    if node.kind == "*" and isinstance(left, Op) and left.kind == "/":
        return say("formulas.sign.timed", a=number(left, voc), b=_grouped(right, voc))
    grouped = _grouped if node.kind == "*" else number
    return say(f"formulas.sign.{_SIGNS[node.kind]}", a=grouped(left, voc), b=_grouped(right, voc))


def _left(node: Node, voc: Vocabulary) -> str:
    """What stands above the line: a sum there needs brackets, a quotient does not."""
    return _grouped(node, voc) if isinstance(node, Op) and node.kind in "+-*" else number(node, voc)


def _grouped(node: Node, voc: Vocabulary) -> str:
    said = number(node, voc)
    return say("formulas.sign.group", said=said) if isinstance(node, Op) else said


def _function(node: Row, voc: Vocabulary) -> str:
    match node.name, node.args:
        case (("hours" | "days"), (start, end)):
            return say(f"formulas.sign.{node.name}", a=when(start, voc), b=when(end, voc))
        case "business_hours", (start, end, clock):
            text = clock.value if isinstance(clock, Const) else number(clock, voc)
            return say("formulas.sign.business_hours", a=when(start, voc), b=when(end, voc), clock=text)
        case (("captured" | "min_of" | "max_of"), parts):
            return say(f"formulas.sign.{node.name}", parts=listed(number(part, voc) for part in parts))
        case name, (first, *_):
            return say(f"formulas.sign.{name}", a=number(first, voc))
        case _:
            raise TypeError(node)


def when(node: Node, voc: Vocabulary) -> str:
    """A time as a sentence: *they were written*."""
    match node:
        case Column(table=table, name=name):
            return moment(name, table)
        case Constant(name=name) | Param(name=name):
            return moment(name)
        case _:
            return say("formulas.moment.of", x=number(node, voc))
