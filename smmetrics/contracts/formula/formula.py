"""A formula that has been read: what it computes, what it needs, and what it is called in every version."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from smmetrics.contracts.formula.canonical import definition_hash, expression
from smmetrics.contracts.formula.nodes import Aggregate, Column, Param, walk

if TYPE_CHECKING:
    from collections.abc import Mapping

    from smmetrics.api.facts import ViewColumn
    from smmetrics.api.metrics import Parameter
    from smmetrics.contracts.formula.context import Note, Type
    from smmetrics.contracts.formula.nodes import Node
    from smmetrics.contracts.formula.pending import Pending
    from smmetrics.contracts.formula.units import Quantity


@dataclass(frozen=True, slots=True, eq=False)
class Formula:
    """A parsed and typed formula.

    ``unit`` is the metric unit it has, empty where that cannot be told. ``parameters`` are the declared ones it
    uses; ``assumed`` the names that an ad-hoc formula uses as parameters and nobody declared: it has no value
    until each is given one. ``known`` tells what each column is. ``pending`` is what this release does not compute.
    ``referred``: the metrics it names; ``root`` holds their formulas in their place.
    """

    text: str
    root: Node
    type: Type
    unit: str
    quantity: Quantity
    parameters: tuple[Parameter, ...] = ()
    assumed: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    pending: tuple[Pending, ...] = ()
    referred: tuple[str, ...] = ()
    known: Mapping[Column, ViewColumn] = field(default_factory=dict)

    @property
    def not_computed(self) -> tuple[str, ...]:
        """Words, tables and columns in it that this release does not compute, in plain words."""
        return tuple(item.message for item in self.pending)

    @property
    def aggregates(self) -> tuple[Aggregate, ...]:
        """Its aggregates, each once, in the order they stand."""
        return tuple(dict.fromkeys(node for node in walk(self.root) if isinstance(node, Aggregate)))

    @property
    def tables(self) -> frozenset[str]:
        """The tables it reads; a stock table it only groups by is one of them."""
        return frozenset(node.table for node in self.aggregates) | {column.table for column in self.columns}

    @property
    def columns(self) -> frozenset[Column]:
        """The columns it reads, those that date a row included."""
        return frozenset(self.known)

    @property
    def needs_roles(self) -> bool:
        """Whether it means something only where people's roles are known."""
        return any(column.roles for column in self.known.values())

    @property
    def canonical(self) -> str:
        """The S-expression that all spellings of this definition share."""
        return expression(self.root)

    def hash(self, parameters: Mapping[str, object] | None = None) -> str:
        """SHA-256 of the definition with these values; those not given have their defaults."""
        defaults: dict[str, object] = {parameter.name: parameter.default for parameter in self.parameters}
        return definition_hash(self.root, defaults | dict(parameters or {}))


def used_columns(root: Node) -> frozenset[Column]:
    """Every column that stands in a formula or dates its rows."""
    found = {node for node in walk(root) if isinstance(node, Column)}
    for node in walk(root):
        if isinstance(node, Aggregate) and node.on not in (None, "default"):
            found.add(Column(node.table, str(node.on)))
    return frozenset(found)


def used_parameters(root: Node) -> frozenset[str]:
    """The names of all parameters that stand in a formula."""
    return frozenset(node.name for node in walk(root) if isinstance(node, Param))
