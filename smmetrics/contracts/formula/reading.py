"""From the text of a formula to a `Formula`: the only way in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smmetrics.contracts.formula import lint, units
from smmetrics.contracts.formula.context import Context, InRow, Outside
from smmetrics.contracts.formula.expressions import need, resolve
from smmetrics.contracts.formula.formula import Formula, used_columns, used_parameters
from smmetrics.contracts.formula.nodes import Aggregate, MetricRef, walk
from smmetrics.contracts.formula.pending import pending
from smmetrics.contracts.formula.referring import expanded
from smmetrics.contracts.formula.syntax import Script

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from smmetrics.api.facts import View
    from smmetrics.api.metrics import Parameter
    from smmetrics.contracts.formula.nodes import Node

_NONE: Mapping[str, Parameter] = {}


def parse(
    text: str,
    *,
    views: Mapping[str, View],
    parameters: Mapping[str, Parameter] = _NONE,
    metrics: Collection[str] = (),
    adhoc: bool = False,
    pairing: str = "",
    where: str = "",
    refer: Callable[[str], Formula] | None = None,
) -> Formula:
    """Read a formula; what cannot be meant raises `FormulaError` and points at the character.

    ``views`` are the tables it may read and ``parameters`` the names it may use; ``metrics`` are the ids it may refer
    to. ``adhoc``: an unknown lower-case name is taken for a parameter, with a note. ``pairing`` says why a quotient
    of two sums of one table is meant. ``where`` names file and line for the error. ``refer`` gives the formula of a
    metric: it stands where the metric is named.
    """
    script = Script(text, where)
    context = Context(script, views, parameters, metrics, adhoc=adhoc, refer=refer)
    tree = script.tree()
    typed = resolve(tree, Outside(), context)
    if not any(isinstance(node, Aggregate | MetricRef) for node in walk(typed.node)):
        hint = "Say for instance count(posts, ours) or sum(posts.likes)."
        message = "The formula counts nothing: it names no table"
        raise script.error(message, at=tree, hint=hint, code="formula.table")
    lint.check(typed.node, context, pairing=pairing)
    root = expanded(typed.node, context.referred)
    used = used_parameters(root)
    known = {column: views[column.table].column(column.name) for column in used_columns(root)}
    return Formula(
        text=text,
        root=root,
        type=typed.type,
        unit=units.metric_unit(typed.quantity) if typed.type == "number" else "",
        quantity=typed.quantity,
        parameters=tuple(parameter for name, parameter in parameters.items() if name in used),
        assumed=tuple(context.assumed),
        notes=tuple(context.notes),
        pending=pending(root, views),
        referred=tuple(context.referred),
        known={column: found for column, found in known.items() if found is not None},
    )


def parse_condition(
    text: str,
    table: str,
    *,
    views: Mapping[str, View],
    parameters: Mapping[str, Parameter] = _NONE,
    where: str = "",
) -> Node:
    """Read a condition on the rows of one table, such as a goal's ``posts``."""
    script = Script(text, where)
    context = Context(script, views, parameters)
    tree = script.tree()
    typed = resolve(tree, InRow(views[table]), context)
    need(typed, "bool", tree, context, why="A filter")
    return typed.node
