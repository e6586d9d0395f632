"""What single things of a formula are called: columns, tables, times, parameters, constants."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from smmetrics.contracts.formula.nodes import Column, Const, Constant, Param
from smmetrics.words import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from smmetrics.api.facts import ViewColumn
    from smmetrics.contracts.formula.nodes import Node

DAY = 24
DAYS_FROM = 48
"""From so many hours on, a limit is said in days."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The values of a formula's parameters, and what is known of its columns by name."""

    parameters: Mapping[str, Any]
    columns: Mapping[str, ViewColumn]

    def counts(self, node: Node) -> bool:
        """Whether a node is a column that counts things: it can have *at least 3* of them."""
        return isinstance(node, Column) and self._unit(node) == "count"

    def opens(self, node: Node) -> bool:
        """Whether a node is a time that may not have come yet."""
        return isinstance(node, Column) and node.name in self.columns and self.columns[node.name].open

    def dates(self, node: Node) -> bool:
        """Whether a node is a time: it comes before or after another."""
        known = self.columns.get(node.name) if isinstance(node, Column) else None
        return known is not None and known.type in {"instant", "date"}

    def _unit(self, column: Column) -> str:
        return self.columns[column.name].unit if column.name in self.columns else ""

    def constant(self, node: Node) -> str:
        """A constant, a parameter with its value, or a constant of the period."""
        match node:
            case Const(value=tuple() as values):
                return either(self.constant(Const(value)) for value in values)
            case Const(value=str() as text):
                return say("formulas.sign.text", value=text)
            case Const(value=value):
                return f"{value:g}" if isinstance(value, float) else str(value)
            case Param(name=name):
                return self.parameter(name)
            case Constant(name=name):
                return say(f"formulas.constant.{name}")
            case _:
                raise TypeError(node)

    def parameter(self, name: str) -> str:
        """A parameter: its value, and its name; the name alone where it has no value."""
        if name not in self.parameters:
            return name
        value = self.parameters[name]
        values = value if isinstance(value, tuple | list) else (value,)
        return say("formulas.sign.parameter", value=either(self.constant(Const(each)) for each in values), name=name)


def word(key: str, default: str = "") -> str:
    """The catalogue's word, or ``default`` where it has none: columns of plugins are not in it."""
    try:
        return say(f"formulas.{key}")
    except KeyError:
        return default


def plain(name: str) -> str:
    """A name without its underscores."""
    return name.replace("__", " ").replace("_", " ")


def column_words(name: str) -> str:
    """What a column is called: ``link_clicks`` is *clicks on links*."""
    return word(f"column.{name}", plain(name))


def called(column: ViewColumn, table: str = "") -> str:
    """What a column holds, as a noun: *likes*, *whether it is a reply*, *when they first got a reply*."""
    if column.type in {"instant", "date"}:
        return say("formulas.sign.when", moment=moment(column.name, table))
    if column.type == "bool":
        return word(f"whether.{column.name}") or say("formulas.sign.whether_it", words=plain(column.name))
    return word(f"column.{column.name}", plain(column.name))


def moment(name: str, table: str = "") -> str:
    """A time as a sentence: ``created_at`` is *they were written*, of conversations *they began*."""
    found = word(f"moment_in.{table}_{name}") or word(f"moment.{name}")
    return found or say("formulas.moment.default", words=plain(name.removesuffix("_at")))


def rows_of(table: str, whose: str = "", *, definite: bool = False) -> str:
    """Rows of a table, of all (``whose`` empty), ``ours`` or ``theirs``; ``definite`` ones are certain ones."""
    many = word(f"many.{table}", plain(table))
    bare = (word(f"{whose}.{table}") or say(f"formulas.sign.of_{whose}", many=many)) if whose else many
    if not definite:
        return bare
    return word(f"the_{whose}.{table}") or say("formulas.sign.the", many=bare)


def listed(parts: Iterable[str], joint: str = "and") -> str:
    """Several things with commas and one joint: *a, b and c*."""
    found = list(parts)
    if len(found) < 2:  # noqa: PLR2004 (a pair needs two)
        return "".join(found)
    return say(f"formulas.sign.{joint}", a=", ".join(found[:-1]), b=found[-1])


def either(parts: Iterable[str]) -> str:
    """One of several things: *a, b or c*."""
    return listed(parts, "or")
