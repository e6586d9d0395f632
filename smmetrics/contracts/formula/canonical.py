"""The definition behind a formula: one S-expression for all its spellings, and its hash."""

from __future__ import annotations

import hashlib
import json
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

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from smmetrics.contracts.formula.nodes import Node, Operator

GRAMMAR = 1
"""The version of the language: part of every hash, so that a change of meaning changes every definition."""

_JOINED: frozenset[Operator] = frozenset({"and", "or", "+", "*"})
_SYMMETRIC: frozenset[Operator] = frozenset({"==", "!="})
_TURNED: Mapping[str, str] = {">": "<", ">=": "<="}
_SORTED_ROWS = frozenset({"captured", "min_of", "max_of"})


def expression(node: Node) -> str:
    """The canonical S-expression: names resolved, interchangeable arguments sorted, numbers shortest."""
    match node:
        case Const(value=value):
            return _value(value)
        case Param(name=name):
            return f"(param {name})"
        case Column(table=table, name=name):
            return f"(col {table} {name})"
        case Constant(name=name):
            return f"(const {name})"
        case MetricRef(id=metric):
            return f"(metric {metric})"
        case _:
            return _compound(node)


def _compound(node: Op | Row | Aggregate | Total | Previous | Trailing) -> str:
    match node:
        case Op():
            return _operator(node)
        case Row(name=name, args=args):
            parts = [expression(part) for part in args]
            return _list(name, *(sorted(parts) if name in _SORTED_ROWS else parts))
        case Aggregate():
            return _aggregate(node)
        case Total(node=inner, over=over):
            return _list("total", expression(inner), over)
        case Previous(node=inner):
            return _list("previous", expression(inner))
        case Trailing(node=inner, days=days):
            return _list("trailing", expression(inner), expression(days) if isinstance(days, Param) else str(days))


def definition_hash(root: Node, parameters: Mapping[str, object]) -> str:
    """SHA-256 of the expression, the values of its parameters and the grammar."""
    values = [_list(name, _value(parameters[name])) for name in sorted(parameters)]
    text = _list("definition", expression(root), _list("parameters", *values), _list("grammar", str(GRAMMAR)))
    return hashlib.sha256(text.encode()).hexdigest()


def _list(*parts: str) -> str:
    return f"({' '.join(parts)})"


def _value(value: object) -> str:
    if isinstance(value, tuple | list | set | frozenset):
        return _list("list", *sorted({_value(part) for part in value}))
    if isinstance(value, bool) or value is None:
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, int | float):
        return repr(value)
    return json.dumps(str(value))


def _operator(node: Op) -> str:
    if node.kind in _JOINED:
        return _list(node.kind, *sorted(_flat(node, node.kind)))
    parts = [expression(part) for part in node.args]
    if node.kind in _SYMMETRIC:
        parts.sort()
    if node.kind in _TURNED:
        return _list(_TURNED[node.kind], *reversed(parts))
    return _list(node.kind, *parts)


def _flat(node: Node, kind: Operator) -> Iterator[str]:
    if isinstance(node, Op) and node.kind == kind:
        for part in node.args:
            yield from _flat(part, kind)
    else:
        yield expression(node)


def _aggregate(node: Aggregate) -> str:
    parts = [node.table, *(expression(part) for part in node.args)]
    if node.where is not None:
        parts.append(_list(":where", expression(node.where)))
    if node.of is not None:
        parts.append(_list(":of", expression(node.of)))
    if node.on != "default":
        parts.append(_list(":on", node.on or "none"))
    if node.by:
        parts.append(_list(":by", *sorted(node.by)))
    parts.extend(_list(f":{name}", expression(value)) for name, value in node.options)
    return _list(node.name, *parts)
