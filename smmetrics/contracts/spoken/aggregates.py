"""Aggregates in words: which rows, what is taken of them, and what is made of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smmetrics.contracts.formula.nodes import Aggregate, Column, Const, Op, Param, Row, walk
from smmetrics.contracts.spoken.conditions import clause, condition, has_aggregate, rows
from smmetrics.contracts.spoken.numbers import number, when
from smmetrics.contracts.spoken.vocabulary import moment, plain, word
from smmetrics.words import say

if TYPE_CHECKING:
    from smmetrics.contracts.formula.nodes import Node
    from smmetrics.contracts.spoken.vocabulary import Vocabulary

HALF = 0.5
BOTH = 2


def aggregate(node: Aggregate, voc: Vocabulary) -> str:
    """One aggregate, as a noun with all that belongs to it."""
    said = _each(node, voc) if node.by else _plain(node, voc)
    if node.on is None:
        said = say("formulas.time.at_end", said=said)
    elif node.on != "default":
        said = say("formulas.time.on", said=said, moment=moment(node.on, node.table))
    clock = node.option("clock")
    if clock not in (None, Const("all")):
        said = say("formulas.time.clock", said=said, clock=clock.value if isinstance(clock, Const) else clock)
    return said


def _plain(node: Aggregate, voc: Vocabulary) -> str:
    match node.name:
        case "share":
            return say("formulas.aggregate.share", rows=rows(node.table, node.of, voc), which=clause(node.args[0], voc))
        case "wait":
            return say(
                "formulas.aggregate.wait",
                start=when(node.args[0], voc),
                end=when(node.args[1], voc),
                part=_part(node.option("q"), voc),
                rows=rows(node.table, node.where, voc),
            )
        case "ratio":
            a, b = (number(part, voc) for part in node.args)
            return say(
                "formulas.aggregate.ratio", a=a, b=b, rows=rows(node.table, node.where, voc), reported=_reported(node)
            )
        case _:
            return _of_column(node, voc)


def _of_column(node: Aggregate, voc: Vocabulary) -> str:
    x = number(node.args[0], voc) if node.args else ""
    if node.name == "distinct" and isinstance(node.args[0], Column):
        x = word(f"different.{node.args[0].name}", x)
    worked = node.name in {"sum", "mean"} and not isinstance(_head(node.args[0]), Column)
    return say(
        f"formulas.aggregate.{node.name}{'_over' if worked else ''}",
        x=x,
        rows=rows(node.table, node.where, voc, definite=node.name != "count"),
        reported=_reported(node),
        part=_part(node.option("q"), voc),
    )


def _head(node: Node) -> Node:
    """The first part of ``captured(a, b)``, which is spoken like a column; any other node itself."""
    return node.args[0] if isinstance(node, Row) and node.name == "captured" else node


def _each(node: Aggregate, voc: Vocabulary) -> str:
    """``by=``: one number of each first."""
    whole = node.of if node.of is not None else node.where
    who = _who(node, whole, voc)
    inner = node.args[0] if node.args else None
    if node.name in {"count", "share"}:
        judged = "" if inner is None else condition(inner, voc)
        return say(f"formulas.each.{node.name}", who=who, **{"if": judged})
    k = node.option("k")
    start, end = (when(part, voc) for part in node.args) if node.name == "wait" else ("", "")
    return say(
        f"formulas.each.{node.name}",
        who=who,
        x="" if inner is None else number(inner, voc),
        start=start,
        end=end,
        k="" if k is None else voc.constant(k),
        part=_part(node.option("part") or node.option("q"), voc),
    )


def _who(node: Aggregate, whole: Node | None, voc: Vocabulary) -> str:
    names = ", ".join(node.by)
    who = word(f"who.{names}") or say("formulas.who.default", words=" and ".join(map(plain, node.by)))
    if whole is None:
        return who
    if has_aggregate(whole):
        return say("formulas.each.where", who=who, **{"if": condition(whole, voc)})
    said = word(f"who_are.{whole.name}") if isinstance(whole, Column) else ""
    return say("formulas.each.which", who=who, which=said or clause(whole, voc))


def _part(node: Node | None, voc: Vocabulary) -> str:
    match node:
        case None:
            return ""
        case Const(value=int() | float() as value):
            return (
                say("formulas.part.half") if value == HALF else say("formulas.part.percent", number=f"{value:.0%}"[:-1])
            )
        case Param(name=name):
            return say("formulas.part.given", name=voc.parameter(name))
        case _:
            raise TypeError(node)


def _reported(node: Aggregate) -> str:
    """What a row has to report to be among those that count."""
    if any(isinstance(part, Row) and part.name == "captured" for arg in node.args for part in walk(arg)):
        return say("formulas.reported.any")
    columns = {part for arg in node.args for part in walk(arg) if isinstance(part, Column)}
    if len(columns) > BOTH:
        return say("formulas.reported.all")
    if len(columns) == BOTH:
        return say("formulas.reported.both")
    plural = not any(isinstance(part, Op | Row) for part in node.args)
    return say("formulas.reported.many" if plural else "formulas.reported.one")
