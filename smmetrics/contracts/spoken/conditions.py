"""Conditions in words: which rows (*that are no replies*), and of one person or pair (*the number of … is 3*)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smmetrics.contracts.formula.nodes import Aggregate, Column, Const, Op, Param, Row, walk
from smmetrics.contracts.spoken.numbers import number, when
from smmetrics.contracts.spoken.vocabulary import (
    DAY,
    DAYS_FROM,
    column_words,
    either,
    listed,
    plain,
    rows_of,
    word,
)
from smmetrics.words import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from smmetrics.contracts.formula.nodes import Node
    from smmetrics.contracts.spoken.vocabulary import Vocabulary

_COUNTED = {
    ">=": "has_at_least",
    ">": "has_more",
    "<=": "has_most",
    "<": "has_fewer",
    "==": "has_exactly",
    "!=": "has_not",
}
_COMPARED = {">=": "least", ">": "more", "<=": "most", "<": "less", "==": "is", "!=": "is_not"}
_TURNED = {">=": "<=", ">": "<", "<=": ">=", "<": ">", "==": "==", "!=": "!="}
_ORDERED = frozenset({">=", ">", "<=", "<"})
_BEGINNINGS = frozenset({"created_at", "opened_at", "at"})
"""Times from which a wait is counted without saying so."""


def rows(table: str, where: Node | None, voc: Vocabulary, *, definite: bool = True) -> str:
    """Rows of a table that a condition keeps: *our posts that are no replies*."""
    parts = list(_joined(where, "and"))
    whose = next((part.name for part in parts if isinstance(part, Column) and part.name in {"ours", "theirs"}), "")
    left = [part for part in parts if not (isinstance(part, Column) and part.name == whose)]
    if not parts:
        return say("formulas.sign.all", many=rows_of(table))
    head = rows_of(table, whose, definite=definite)
    return " ".join([head, *([listed(clause(part, voc) for part in left)] if left else [])])


def clause(node: Node, voc: Vocabulary) -> str:
    """A condition on a row, as a relative clause."""
    match node:
        case Op(kind="and"):
            return listed(clause(part, voc) for part in _joined(node, "and"))
        case Op(kind="or"):
            return either(clause(part, voc) for part in _joined(node, "or"))
        case Op(kind="not", args=(inner,)):
            return _denied(inner, voc)
        case Op(kind="is_none", args=(Column(name=name) as column,)):
            return word(f"waits.{name}") if voc.opens(column) else say("formulas.which.silent", x=column_words(name))
        case Op(kind="is_not_none", args=(Column(name=name) as column,)):
            return word(f"got.{name}") if voc.opens(column) else say("formulas.which.reports", x=column_words(name))
        case Op(kind="in" | "not_in"):
            return _among(node, voc)
        case Op(kind=">=" | ">" | "<=" | "<" | "==" | "!="):
            return _compared(node, voc)
        case Column(name=name):
            return word(f"so.{name}") or say("formulas.which.true", x=plain(name))
        case Row():
            return _function(node, voc)
        case _:
            return say("formulas.which.true", x=number(node, voc))


def _function(node: Row, voc: Vocabulary) -> str:
    """A function of a row that is a condition itself."""
    match node.name, node.args:
        case "has", (things, thing):
            return say("formulas.which.includes", x=number(things, voc), choice=voc.constant(thing))
        case "contains", (text, piece):
            return say("formulas.which.holds", x=number(text, voc), piece=voc.constant(piece))
        case "during", (which, *_):
            return say("formulas.which.during", x=voc.constant(which))
        case _:
            return say("formulas.which.true", x=number(node, voc))


def condition(node: Node, voc: Vocabulary) -> str:
    """A condition on numbers of one person, pair or day, as a sentence."""
    match node:
        case Op(kind="and" | "or" as kind):
            return listed((condition(part, voc) for part in _joined(node, kind)), kind)
        case Op(kind="not", args=(inner,)):
            return say("formulas.if.not", a=condition(inner, voc))
        case Op(kind="<" | ">", args=(Column(name="person"), Column(name="other"))):
            return say("formulas.if.order")
        case Op(kind=">=" | ">" | "<=" | "<" | "==" | "!=" as kind, args=(left, right)) if has_aggregate(node):
            zero = {">": "any", "==": "none", "!=": "any"}.get(kind) if right == Const(0) else None
            key = zero or _COMPARED[kind]
            return say(f"formulas.if.{key}", a=number(left, voc), b=number(right, voc))
        case _:
            return clause(node, voc)


def has_aggregate(node: Node) -> bool:
    """Whether a condition is about numbers over rows, not about one row."""
    return any(isinstance(part, Aggregate) for part in walk(node))


def _joined(node: Node | None, kind: str) -> Iterator[Node]:
    if isinstance(node, Op) and node.kind == kind:
        for part in node.args:
            yield from _joined(part, kind)
    elif node is not None:
        yield node


def _denied(inner: Node, voc: Vocabulary) -> str:
    if isinstance(inner, Column) and (said := word(f"so_not.{inner.name}")):
        return said
    return say("formulas.which.not", which=clause(inner, voc))


def _among(node: Op, voc: Vocabulary) -> str:
    """``in``: a column among constants, or a constant in a list column."""
    left, right = node.args
    kept = node.kind == "in"
    if isinstance(left, Column):
        choice = voc.constant(right) if isinstance(right, Const | Param) else number(right, voc)
        if _is_list(left, voc):
            return say(
                "formulas.which.includes" if kept else "formulas.which.lacks", x=column_words(left.name), choice=choice
            )
        return say(
            "formulas.which.one_of" if kept else "formulas.which.none_of", x=column_words(left.name), choice=choice
        )
    x = number(right, voc)
    return say("formulas.which.includes" if kept else "formulas.which.lacks", x=x, choice=number(left, voc))


def _is_list(column: Column, voc: Vocabulary) -> bool:
    return column.name in voc.columns and voc.columns[column.name].type == "texts"


def _compared(node: Op, voc: Vocabulary) -> str:
    left, right = node.args
    kind = node.kind
    if isinstance(left, Const | Param):
        left, right, kind = right, left, _TURNED[kind]  # type: ignore[assignment]
    if isinstance(left, Row) and left.name == "hours" and kind in _ORDERED:
        return _in_time(left, kind, right, voc)
    if voc.counts(left) and isinstance(right, Const | Param):
        return _counted(left, kind, right, voc)
    if voc.dates(left) and kind in _ORDERED:
        key = "earlier" if "<" in kind else "later"
        return say(f"formulas.which.{key}", a=when(left, voc), b=when(right, voc))
    return say(f"formulas.which.{_COMPARED[kind]}", x=number(left, voc), n=number(right, voc))


def _counted(left: Node, kind: str, right: Node, voc: Vocabulary) -> str:
    many = number(left, voc)
    if right == Const(0) and kind in {"==", "<="}:
        return say("formulas.which.has_none", many=many)
    if (right == Const(0) and kind in {">", "!="}) or (right == Const(1) and kind == ">="):
        return say("formulas.which.has_any", many=many)
    return say(f"formulas.which.{_COUNTED[kind]}", many=many, n=number(right, voc))


def _in_time(hours: Row, kind: str, right: Node, voc: Vocabulary) -> str:
    """A wait held against a limit: *that others replied to within 7 days*."""
    start, end = hours.args
    limit, late = _limit(right, voc), kind in {">=", ">"}
    if isinstance(end, Column) and voc.opens(end) and not late:
        got = word(f"got.{end.name}")
        if isinstance(start, Column) and start.name in _BEGINNINGS:
            return say("formulas.which.within", got=got, limit=limit)
        return say("formulas.which.within_of", got=got, limit=limit, start=when(start, voc))
    key = "longer" if late and voc.opens(end) else _COMPARED[kind]
    return say(f"formulas.which.took_{key}", limit=limit, start=when(start, voc), end=when(end, voc))


def _limit(node: Node, voc: Vocabulary) -> str:
    match node:
        case Op(kind="*", args=(Param(name=name) as days, Const(value=24))):
            if name not in voc.parameters:
                return say("formulas.limit.days", n=number(days, voc))
            return say("formulas.limit.days_of", n=voc.constant(Const(voc.parameters[name])), name=name)
        case Const(value=int() | float() as value) if value >= DAYS_FROM and value % DAY == 0:
            return say("formulas.limit.days", n=f"{value / DAY:g}")
        case _:
            return say("formulas.limit.hours", n=number(node, voc))
