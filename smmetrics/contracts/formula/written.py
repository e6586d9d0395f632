"""A parsed formula written down again in the language, with no more brackets than it needs."""

from __future__ import annotations

from dataclasses import dataclass, field
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
from smmetrics.contracts.formula.words import AGGREGATES, OPTIONS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from smmetrics.contracts.formula.nodes import Node

_SIGNS: Mapping[str, str] = {"not_in": "not in"}
_BINDS: Mapping[str, int] = {
    "or": 1, "and": 2, "not": 3, **dict.fromkeys(("<", "<=", ">", ">=", "==", "!=", "in", "not_in"), 4),
    "is_none": 4, "is_not_none": 4, "+": 5, "-": 5, "*": 6, "/": 6, "neg": 7,
}  # fmt: skip
"""How tightly an operator holds its sides together."""
_LOOSE_ON_THE_RIGHT = frozenset({"-", "/"})


def written(node: Node, known: Mapping[Node, str] | None = None) -> str:
    """The text of a node; ``known`` stands in the place of some parts: numbers of what was counted."""
    return _Writer(known or {}).text(node)


@dataclass(frozen=True, slots=True)
class _Writer:
    known: Mapping[Node, str] = field(default_factory=dict)

    def text(self, node: Node, table: str = "") -> str:
        """A node's text; columns say their ``table`` where nothing else does."""
        if node in self.known:
            return self.known[node]
        match node:
            case Const(value=value):
                return _constant(value)
            case Column(name=name):
                return f"{table}.{name}" if table else name
            case Param(name=name) | Constant(name=name) | MetricRef(id=name):
                return name
            case Op():
                return self._operator(node, table)
            case Row(name=name, args=args):
                return f"{name}({', '.join(self.text(arg, table) for arg in args)})"
            case Aggregate():
                return f"{node.name}({', '.join(self._arguments(node))})"
            case _:
                return self._elsewhere(node)

    def _elsewhere(self, node: Previous | Trailing | Total) -> str:
        match node:
            case Previous(node=inner):
                return f"previous({self.text(inner)})"
            case Trailing(node=inner, days=days):
                return f"trailing({self.text(inner)}, days={days if isinstance(days, int) else self.text(days)})"
            case Total(node=inner, over=over):
                return f"total({self.text(inner)}, over={over})"

    def _operator(self, node: Op, table: str) -> str:
        binds = _BINDS[node.kind]
        parts = [self._side(arg, binds, table, last=place > 0, of=node.kind) for place, arg in enumerate(node.args)]
        match node.kind:
            case "neg":
                return f"-{parts[0]}"
            case "not":
                return f"not {parts[0]}"
            case "is_none" | "is_not_none":
                return f"{parts[0]} {node.kind.replace('_', ' ').replace('none', 'None')}"
            case kind:
                return f" {_SIGNS.get(kind, kind)} ".join(parts)

    def _side(self, node: Node, binds: int, table: str, *, last: bool, of: str) -> str:
        text = self.text(node, table)
        if not isinstance(node, Op) or node in self.known:
            return text
        inner = _BINDS[node.kind]
        loose = inner < binds or (last and inner == binds and of in _LOOSE_ON_THE_RIGHT)
        return f"({text})" if loose else text

    def _arguments(self, node: Aggregate) -> Iterator[str]:
        names_table = AGGREGATES[node.name].names_table
        if names_table and not node.by:
            yield node.table
        for place, arg in enumerate(node.args):
            yield self.text(arg, "" if names_table or place else node.table)
        if node.where is not None:
            yield self.text(node.where)
        if node.of is not None:
            yield f"of={self.text(node.of)}"
        yield from self._keywords(node)

    def _keywords(self, node: Aggregate) -> Iterator[str]:
        if node.by:
            yield f"by={node.by[0] if len(node.by) == 1 else '(' + ', '.join(node.by) + ')'}"
        if node.on != "default":
            yield f"on={node.on}"
        for name, value in node.options:
            if not (isinstance(value, Const) and value.value == OPTIONS[name].default):
                yield f"{name}={self.text(value)}"


def _constant(value: object) -> str:
    if isinstance(value, tuple):
        inside = ", ".join(_constant(each) for each in value)
        return f"({inside},)" if len(value) == 1 else f"({inside})"
    if isinstance(value, float):
        return f"{value:g}"
    return repr(value)
