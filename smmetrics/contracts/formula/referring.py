"""Another metric inside a formula: its own formula stands in its place, with its own parameters' defaults.

One id is one number: what a reference means does not depend on the formula it stands in.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from smmetrics.contracts.formula.nodes import MetricRef, Param, Trailing, constant, rebuilt

if TYPE_CHECKING:
    from collections.abc import Mapping

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
                return constant(given[name])
            case Trailing(days=Param(name=name)) if isinstance(given.get(name), int | float):
                return replace(node, days=int(float(str(given[name]))))
            case _:
                return node

    return rebuilt(formula.root, change)
