"""A reading's formula with its numbers in it: ``(1,204 + 310) / 88,120 = 1.72 %``, and what each number is.

What stands in the formula is counted again by itself over the same rows: the sums of a ratio and their parts, each
aggregate of a quotient. Parts that do not add up to the sum stay together.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from smmetrics.contracts.formula.nodes import (
    Aggregate,
    Column,
    Const,
    Constant,
    Op,
    Previous,
    Row,
    Total,
    Trailing,
    walk,
)
from smmetrics.contracts.formula.written import written
from smmetrics.contracts.spoken import rows_of
from smmetrics.contracts.spoken.numbers import number
from smmetrics.contracts.spoken.vocabulary import Vocabulary
from smmetrics.engine.asking import filled
from smmetrics.engine.lens import aggregate_of, leaves
from smmetrics.engine.measures import condition, family

if TYPE_CHECKING:
    from collections.abc import Iterator

    from smmetrics.contracts.formula.nodes import Node
    from smmetrics.engine import Request
    from smmetrics.engine.lens import Leaf
    from smmetrics.workspace.explaining.locating import Made

ALIKE = 1e-9
UNTOLD = frozenset({"not_permitted", "not_measurable", "failed", "refused", "not_covered", "suppressed", "stale"})
"""States of readings of which no part is told either."""
_BIG = 100_000
_DIVIDED = frozenset({"ratio", "mean", "share"})
"""Families whose number is one sum over another."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """A number of the formula: what it is, in words and in the language, and what it comes to."""

    words: str
    text: str
    value: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Worked:
    """The formula with its parameters put in; the same with numbers (empty where none can be told); each number."""

    formula: str
    numbers: str = ""
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class _Sides:
    """What a share, mean or ratio divides: nodes to be counted; ``split``: what the upper one may be added up from.

    ``rows``: what a mean divides by.
    """

    top: Node
    bottom: tuple[Node, ...]
    split: tuple[Node, ...] = ()
    rows: str = ""


def worked(found: Made) -> Worked:
    """The formula of a reading with its numbers, as far as they can be told apart."""
    root = root_of(found)
    text = written(root)
    if found.row["state"] in UNTOLD or found.row["state"] == "not_reported":  # what nobody reported is not zero
        return Worked(formula=text)
    counted = _Counted(found, root)
    known: dict[Node, str] = {leaf: counted.said(leaf, alone=leaf == root) for leaf in dict.fromkeys(leaves(root))}
    if not all(known.values()):
        return Worked(formula=text, parts=counted.parts())
    days = counted.values.get(Constant("period_days"))
    constants: dict[Node, str] = {} if days is None else {Constant("period_days"): plain(days)}
    return Worked(formula=text, numbers=written(root, {**known, **constants}), parts=counted.parts())


def root_of(found: Made) -> Node:
    """The formula as the engine computes it: parameters put in, office hours in every wait."""
    return filled(found.request)[0]


def asked(found: Made, node: Node, name: str) -> Request:
    """A request for another formula over the same sources, told whatever its sample is."""
    formula = replace(found.request.formula, root=node, text=name, parameters=(), pending=())
    return replace(
        found.request, metric=name, formula=formula, parameters={}, min_units=0, min_denominator=0, interval="none"
    )


def plain(value: float) -> str:
    """A number in full, as far as six digits go; whole ones whole."""
    if value == int(value):
        return f"{int(value):,}"
    if abs(value) >= _BIG:
        return f"{value:,.1f}"
    digits = max(0, 5 - math.floor(math.log10(abs(value))))
    return f"{value:,.{digits}f}".rstrip("0").rstrip(".")


@dataclass
class _Counted:
    """The numbers that stand in a formula, each counted over the rows that the whole formula reads."""

    found: Made
    root: Node
    values: dict[Node, float] = field(default_factory=dict)
    sides: dict[Node, _Sides] = field(default_factory=dict)
    shown: dict[Node, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Count everything at once."""
        for leaf in leaves(self.root):
            if family(leaf) in _DIVIDED and not aggregate_of(leaf).by:
                self.sides[leaf] = _sides(leaf, self.found)
        wanted = dict.fromkeys(self._wanted())
        named = {f"part {place}": node for place, node in enumerate(wanted)}
        rows = self.found.again([asked(self.found, self._anchored(node), name) for name, node in named.items()])
        self.values = {named[name]: float(row["value"]) for name, row in rows.items() if row["value"] is not None}

    def said(self, leaf: Leaf, *, alone: bool) -> str:
        """A leaf in numbers; empty where it has none."""
        sides = self.sides.get(leaf)
        if sides is None:
            return self._one(leaf)
        above, below = self._above(sides), [self.values.get(node) for node in sides.bottom]
        if not above or None in below or not all(node in self.values for node in above):
            return self._one(leaf)
        self.shown |= {**dict.fromkeys(above, ""), **dict.fromkeys(sides.bottom, sides.rows)}
        top = " + ".join(plain(self.values[node]) for node in above)
        bottom = plain(sum(value for value in below if value is not None))
        quotient = f"({top}) / {bottom}" if len(above) > 1 else f"{top} / {bottom}"
        return quotient if alone else f"({quotient})"

    def parts(self) -> tuple[Part, ...]:
        """The numbers that are shown, each once."""
        known = {column.name: told for column, told in self.found.request.formula.known.items()}
        voc = Vocabulary(dict(self.found.request.parameters), known)
        return tuple(
            Part(words=words or _words(node, voc), text=written(node), value=self.values[node])
            for node, words in self.shown.items()
        )

    def _one(self, node: Node) -> str:
        if node not in self.values:
            return ""
        self.shown.setdefault(node, "")
        value = plain(self.values[node])
        return f"({value})" if value.startswith("-") else value

    def _above(self, sides: _Sides) -> list[Node]:
        """The parts of the upper sum, if they add up to it; else the sum."""
        split = [node for node in sides.split if node in self.values]
        whole = self.values.get(sides.top)
        if whole is None:
            return []
        added = sum(self.values[node] for node in split)
        return split if len(split) > 1 and abs(added - whole) <= ALIKE * max(1.0, abs(whole)) else [sides.top]

    def _wanted(self) -> Iterator[Node]:
        for leaf in leaves(self.root):
            yield leaf
            if sides := self.sides.get(leaf):
                yield from (sides.top, *sides.bottom, *sides.split)
        if any(node == Constant("period_days") for node in walk(self.root)):
            yield Constant("period_days")

    def _anchored(self, node: Node) -> Node:
        """The node, over the rows of the whole formula: counts are of observations that report all it reads."""
        if self.found.row["numerator"] is None and self.found.row["value"] is None:
            return node if not isinstance(node, Constant) else Op("*", (Const(1), node))
        if self.found.row["denominator"] == 0:
            return node
        return Op("+", (node, Op("*", (Const(0), self.root))))


def _sides(leaf: Leaf, found: Made) -> _Sides:
    """What a share, mean or ratio divides, as sums and counts over the rows that know both."""
    one = aggregate_of(leaf)
    where = condition(one)
    match family(leaf):
        case "share":
            yes, no = (_all(where, each) for each in (one.args[0], Op("not", (one.args[0],))))
            return _Sides(
                top=_like(leaf, "count", (), yes), bottom=(_like(leaf, "count", (), yes), _like(leaf, "count", (), no))
            )
        case "mean":
            rows = _all(where, _known(one.args[0]))
            return _Sides(
                top=_like(leaf, "sum", one.args, rows),
                bottom=(_like(leaf, "count", (), rows),),
                split=_split(leaf, one.args[0], rows, found),
                rows=rows_of(one.table),
            )
        case _:
            rows = _all(where, _known(one.args[0]), _known(one.args[1]))
            return _Sides(
                top=_like(leaf, "sum", one.args[:1], rows),
                bottom=(_like(leaf, "sum", one.args[1:], rows),),
                split=_split(leaf, one.args[0], rows, found),
            )


def _words(node: Node, voc: Vocabulary) -> str:
    """A sum is called what it adds up; anything else is said whole."""
    one = aggregate_of(node)
    alone = one.name == "sum" and not one.by and one == node
    return number(one.args[0] if alone else node, voc)


def _split(leaf: Leaf, node: Node, rows: Node | None, found: Made) -> tuple[Node, ...]:
    return tuple(_like(leaf, "sum", (part,), rows) for part in _added(node, found))


def _added(node: Node, found: Made) -> Iterator[Node]:
    """What a number is the sum of: terms, reported parts, the columns that a captured column is made of."""
    match node:
        case Op(kind="+", args=args) | Row(name="captured", args=args):
            for arg in args:
                yield from _added(arg, found)
        case Column(table=table, name=name):
            view = found.source.views[table]
            column = view.column(name)
            named = [fact.rpartition(".")[2] for fact in column.any_of] if column else []
            made = [each for each in named if each != name and view.column(each)]
            yield from (Column(table, each) for each in made) if len(made) > 1 else (node,)
        case _:
            yield node


def _like(leaf: Node, name: Any, args: tuple[Node, ...], where: Node | None) -> Node:  # noqa: ANN401 (an aggregate's name)
    """A plain aggregate over other rows, seen through the same words as a leaf."""
    match leaf:
        case Previous(node=inner) | Trailing(node=inner) | Total(node=inner):
            return replace(leaf, node=_like(inner, name, args, where))
        case Aggregate(table=table, on=on):
            return Aggregate(name, table, args, where=where, on=on)
        case _:
            raise TypeError(leaf)


def _known(node: Node) -> Node:
    return Op("is_not_none", (node,))


def _all(*parts: Node | None) -> Node | None:
    """All of these conditions together."""
    together: Node | None = None
    for part in parts:
        if part is not None:
            together = part if together is None else Op("and", (together, part))
    return together
