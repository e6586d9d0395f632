"""The form of a formula: what its interval, numerator and denominator are read from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from smmetrics.contracts.formula.nodes import Node, Op
from smmetrics.engine.lens import leaves
from smmetrics.engine.measures import aggregates, family

if TYPE_CHECKING:
    from smmetrics.engine.lens import Leaf


@dataclass(frozen=True, slots=True)
class Shape:
    """``linear``: the one aggregate X of which the formula is a·X + b, if it is; ``quotient``: its two sides.

    Sides of a quotient are nodes, each with an aggregate; a factor or a period's length around them is no side.
    """

    linear: Leaf | None = None
    quotient: tuple[Node, Node] | None = None


def shape(root: Node) -> Shape:
    """Read the form of a formula."""
    found = aggregates(root)
    if len(found) == 1 and _linear(root, found[0]):
        return Shape(linear=found[0])
    quotient = _quotient(root)
    scaled = [a for a in found if family(a) != "last"]
    per_stock = len(scaled) == 1 and _linear(root, scaled[0])
    return Shape(linear=scaled[0] if per_stock else None, quotient=quotient)


def _linear(node: Node, of: Leaf) -> bool:
    """Whether ``of`` occurs once, and only in sums, products and above a quotient's line."""
    if node == of:
        return True
    match node:
        case Op(kind="+" | "-" | "*" | "neg", args=args):
            with_it = [arg for arg in args if of in leaves(arg)]
        case Op(kind="/", args=(top, bottom)):
            if of in leaves(bottom):
                return False
            with_it = [top]
        case _:
            return False
    return len(with_it) == 1 and _linear(with_it[0], of)


def _quotient(node: Node) -> tuple[Node, Node] | None:
    """The outermost quotient with aggregates on both sides, reached through factors and terms without any."""
    if not isinstance(node, Op) or node.kind not in {"+", "-", "*", "/", "neg"}:
        return None
    with_it = [arg for arg in node.args if any(True for _ in leaves(arg))]
    if node.kind == "/" and len(with_it) == 2:  # noqa: PLR2004 (a quotient has two sides)
        return node.args[0], node.args[1]
    return _quotient(with_it[0]) if len(with_it) == 1 else None
