"""What is known while a formula is read: its tables and parameters, the scope of a name, and what was noticed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from smmetrics.contracts.formula.units import PLAIN, Quantity

if TYPE_CHECKING:
    import ast
    from collections.abc import Callable, Collection, Mapping

    from smmetrics.api.facts import FactType, View, ViewColumn
    from smmetrics.api.metrics import Parameter
    from smmetrics.contracts.formula.formula import Formula
    from smmetrics.contracts.formula.nodes import Node
    from smmetrics.contracts.formula.syntax import Script

Type = Literal["number", "text", "bool", "instant", "date", "texts", "numbers", "any"]
"""``texts`` and ``numbers`` are lists; ``any`` is a parameter of an ad-hoc formula, whose type nobody stated."""

WORDS: Mapping[Type, str] = {
    "number": "a number",
    "text": "a text",
    "bool": "a condition",
    "instant": "a time",
    "date": "a day",
    "texts": "a list of texts",
    "numbers": "a list of numbers",
    "any": "a parameter",
}


@dataclass(frozen=True, slots=True)
class Note:
    """Something worth saying about a formula that is not wrong; ``position`` is a character of its text."""

    code: str
    message: str
    position: int = 0


@dataclass(frozen=True, slots=True)
class Typed:
    """A node, its type, and its unit where it is a number."""

    node: Node
    type: Type
    quantity: Quantity = PLAIN


@dataclass(frozen=True, slots=True)
class Outside:
    """The scope of the formula itself: aggregates and their arithmetic, no columns."""


@dataclass(frozen=True, slots=True)
class InRow:
    """The scope of one row of a table: its columns, no aggregates."""

    view: View


@dataclass(frozen=True, slots=True)
class InEntity:
    """The scope of one entity of ``by=``: the entity's own columns, and aggregates over its rows."""

    columns: Mapping[str, tuple[str, ViewColumn]]
    by: tuple[str, ...]


Scope = Outside | InRow | InEntity


@dataclass(slots=True)
class Context:
    """All that reading one formula needs, and the notes and places it leaves behind."""

    script: Script
    views: Mapping[str, View]
    parameters: Mapping[str, Parameter]
    metrics: Collection[str] = ()
    adhoc: bool = False
    notes: list[Note] = field(default_factory=list)
    places: dict[Node, int] = field(default_factory=dict)
    assumed: dict[str, int] = field(default_factory=dict)
    refer: Callable[[str], Formula] | None = None
    referred: dict[str, Formula] = field(default_factory=dict)

    def place(self, typed: Typed, at: ast.AST) -> Typed:
        """Remember where a node stands, so that a later check can point at it."""
        self.places.setdefault(typed.node, self.script.position(at))
        return typed

    def note(self, code: str, message: str, at: ast.AST | int) -> None:
        """Say something that is not wrong."""
        position = at if isinstance(at, int) else self.script.position(at)
        self.notes.append(Note(code, message, position))

    def tables_with(self, column: str) -> tuple[str, ...]:
        """The tables that have a column of this name."""
        return tuple(name for name, view in self.views.items() if view.column(column))


def type_of(fact: FactType) -> Type:
    """The type formulas give a column of this fact type."""
    return "number" if fact == "int" else fact
