"""Another metric inside a formula: its own formula stands in its place, with its own parameters' defaults.

One id is one number: what a reference means does not depend on the formula it stands in.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from smmetrics.contracts.formula.nodes import (
    Aggregate,
    Const,
    MetricRef,
    Op,
    Param,
    Previous,
    Row,
    Total,
    Trailing,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from smmetrics.contracts.formula.formula import Formula
    from smmetrics.contracts.formula.nodes import Node


def expanded(root: Node, formulas: Mapping[str, Formula]) -> Node:
    """The formula with every reference whose formula is known replaced by it."""

    def change(node: Node) -> Node:
        match node:
            case MetricRef(id=id_) if id_ in formulas:
                return own(formulas[id_])
            case _:
                return node

    return rebuilt(root, change)


def own(formula: Formula) -> Node:
    """A formula's root with its parameters' defaults put in: what it is by itself."""
    given = {parameter.name: parameter.default for parameter in formula.parameters}

    def change(node: Node) -> Node:
        match node:
            case Param(name=name) if given.get(name) is not None:
                return _constant(given[name])
            case Trailing(days=Param(name=name)) if isinstance(given.get(name), int | float):
                return replace(node, days=int(float(str(given[name]))))
            case _:
                return node

    return rebuilt(formula.root, change)


def _constant(value: object) -> Const:
    if isinstance(value, list | tuple):
        return Const(tuple(value))
    return Const(value if isinstance(value, int | float | str) else str(value))


def rebuilt(node: Node, change: Callable[[Node], Node]) -> Node:
    """The tree with every node changed, from the leaves up."""
    match node:
        case Op(args=args) | Row(args=args):
            made: Node = replace(node, args=tuple(rebuilt(arg, change) for arg in args))
        case Aggregate():
            made = replace(
                node,
                args=tuple(rebuilt(arg, change) for arg in node.args),
                where=None if node.where is None else rebuilt(node.where, change),
                of=None if node.of is None else rebuilt(node.of, change),
                options=tuple((name, rebuilt(value, change)) for name, value in node.options),
            )
        case Total(node=inner) | Previous(node=inner) | Trailing(node=inner):
            made = replace(node, node=rebuilt(inner, change))
        case _:
            made = node
    return change(made)
