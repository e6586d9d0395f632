"""Operators and literals: each is typed as it is read, so that nonsense is refused where it stands."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from smmetrics.contracts.formula import foreign, names, units
from smmetrics.contracts.formula.context import WORDS, Type, Typed
from smmetrics.contracts.formula.membership import LARGEST, fits, membership
from smmetrics.contracts.formula.nodes import Const, Op

if TYPE_CHECKING:
    from smmetrics.contracts.formula.context import Context, Scope
    from smmetrics.contracts.formula.nodes import Operator

_ARITHMETIC: dict[type[ast.operator], Operator] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}
_COMPARISONS: dict[type[ast.cmpop], Operator] = {
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Eq: "==",
    ast.NotEq: "!=",
}
_FOREIGN: dict[type[ast.operator], str] = {
    ast.BitAnd: "&", ast.BitOr: "|", ast.BitXor: "^", ast.Pow: "**", ast.Mod: "%", ast.FloorDiv: "//", ast.MatMult: "@",
    ast.LShift: "<<", ast.RShift: ">>",
}  # fmt: skip
_ORDERED: frozenset[Type] = frozenset({"number", "text", "instant", "date", "any"})


def resolve(node: ast.expr, scope: Scope, context: Context) -> Typed:
    """Read one expression: its node, type and unit."""
    return context.place(_resolve(node, scope, context), node)


def _resolve(node: ast.expr, scope: Scope, context: Context) -> Typed:
    match node:
        case ast.Constant():
            return _literal(node, context)
        case ast.Name():
            return names.name(node, scope, context)
        case ast.Attribute():
            return names.qualified(node, scope, context)
        case ast.BinOp():
            return _arithmetic(node, scope, context)
        case ast.UnaryOp():
            return _unary(node, scope, context)
        case ast.BoolOp():
            return _boolean(node, scope, context)
        case ast.Compare():
            return _comparison(node, scope, context)
        case ast.Call():
            from smmetrics.contracts.formula.calls import call  # noqa: PLC0415 (calls hold expressions)

            return call(node, scope, context)
        case ast.Tuple():
            message = "A list stands only after 'in'"
            raise context.script.error(
                message, at=node, hint="Say x in ('a', 'b'). Decimals have a point: 1.5.", code="formula.syntax"
            )
        case _:
            message, hint = foreign.node(node)
            raise context.script.error(message, at=node, hint=hint, code="formula.syntax")


def _literal(node: ast.Constant, context: Context) -> Typed:
    value = node.value
    if isinstance(value, bool):
        return Typed(Const(value), "bool")
    if isinstance(value, str):
        return Typed(Const(value), "text")
    if isinstance(value, int | float) and fits(value):
        return Typed(Const(value), "number", units.CONST)
    if value is None:
        message, hint = "None is no value", "Say x is None, or x is not None."
    elif isinstance(value, int | float):
        message, hint = "This number is too large", f"The largest is {LARGEST:.0e}."
    else:
        message, hint = foreign.node(node)
    raise context.script.error(message, at=node, hint=hint, code="formula.syntax")


def need(typed: Typed, wanted: Type, node: ast.AST, context: Context, *, why: str) -> None:
    """Refuse a value of another type, saying what was wanted and why."""
    if typed.type not in (wanted, "any"):
        message = f"{why} needs {WORDS[wanted]}; this is {WORDS[typed.type]}"
        hint = _CONDITION_HINT if wanted == "bool" and typed.type in {"number", "text"} else ""
        raise context.script.error(message, at=node, hint=hint, code="formula.type")


_CONDITION_HINT = "Compare it with something: x > 0, x == 'a', x is not None."


def _arithmetic(node: ast.BinOp, scope: Scope, context: Context) -> Typed:
    kind = _ARITHMETIC.get(type(node.op))
    if kind is None:
        sign = _FOREIGN.get(type(node.op), type(node.op).__name__)
        message = f"{sign!r} is no operator here"
        raise context.script.error(message, at=node, hint=foreign.instead(sign), code="formula.syntax")
    left, right = resolve(node.left, scope, context), resolve(node.right, scope, context)
    if kind == "-" and {left.type, right.type} <= {"instant", "date"}:
        message = "Times are not subtracted"
        raise context.script.error(message, at=node, hint="Say hours(from, to).", code="formula.type")
    need(left, "number", node.left, context, why=f"'{kind}'")
    need(right, "number", node.right, context, why=f"'{kind}'")
    return Typed(Op(kind, (left.node, right.node)), "number", _unit(kind, left, right, node, context))


def _unit(kind: Operator, left: Typed, right: Typed, node: ast.BinOp, context: Context) -> units.Quantity:
    if kind == "*":
        return units.multiplied(left.quantity, right.quantity, by=_value(right) if _constant(right) else _value(left))
    if kind == "/":
        return units.divided(left.quantity, right.quantity, by=_value(right))
    same_unit(left, right, node, context)
    return units.added(left.quantity, right.quantity)


def same_unit(left: Typed, right: Typed, node: ast.AST, context: Context) -> None:
    """Refuse to add or compare numbers of different units."""
    if not units.agree(left.quantity, right.quantity):
        message = f"{left.quantity.words} and {right.quantity.words} do not go together: their units differ"
        raise context.script.error(message[0].upper() + message[1:], at=node, code="formula.unit")


def _constant(typed: Typed) -> bool:
    return typed.quantity.kind == "const"


def _value(typed: Typed) -> float | None:
    match typed.node:
        case Const(value=int() | float() as value) if not isinstance(value, bool):
            return value
        case _:
            return None


def _unary(node: ast.UnaryOp, scope: Scope, context: Context) -> Typed:
    inner = resolve(node.operand, scope, context)
    match node.op:
        case ast.Not():
            need(inner, "bool", node.operand, context, why="'not'")
            return Typed(Op("not", (inner.node,)), "bool")
        case ast.USub():
            need(inner, "number", node.operand, context, why="'-'")
            value = _value(inner)
            negative = Op("neg", (inner.node,)) if value is None else Const(-value)
            return Typed(negative, "number", inner.quantity)
        case _:
            sign = "~" if isinstance(node.op, ast.Invert) else "+"
            message = f"{sign!r} is no operator here"
            hint = "Say 'not'." if sign == "~" else "Leave it out."
            raise context.script.error(message, at=node, hint=hint, code="formula.syntax")


def _boolean(node: ast.BoolOp, scope: Scope, context: Context) -> Typed:
    kind: Operator = "and" if isinstance(node.op, ast.And) else "or"
    parts = [resolve(part, scope, context) for part in node.values]
    for part, where in zip(parts, node.values, strict=True):
        need(part, "bool", where, context, why=f"'{kind}'")
    return Typed(_joined(kind, parts), "bool")


def _joined(kind: Operator, parts: list[Typed]) -> Op:
    first, second, *others = (part.node for part in parts)
    joined = Op(kind, (first, second))
    for other in others:
        joined = Op(kind, (joined, other))
    return joined


def _comparison(node: ast.Compare, scope: Scope, context: Context) -> Typed:
    special = [op for op in node.ops if isinstance(op, ast.In | ast.NotIn | ast.Is | ast.IsNot)]
    if special and len(node.ops) > 1:
        message = "'in' and 'is' stand alone"
        raise context.script.error(message, at=node, hint="Join conditions with 'and'.", code="formula.syntax")
    if special:
        left = resolve(node.left, scope, context)
        if isinstance(node.ops[0], ast.Is | ast.IsNot):
            return _is_none(left, node, context)
        return membership(left, node, scope, context, resolve)
    operands = [node.left, *node.comparators]
    resolved = [resolve(operand, scope, context) for operand in operands]
    pairs = [
        _pair(op, (resolved[at], resolved[at + 1]), (operands[at], operands[at + 1]), context)
        for at, op in enumerate(node.ops)
    ]
    return pairs[0] if len(pairs) == 1 else Typed(_joined("and", pairs), "bool")


def _pair(op: ast.cmpop, sides: tuple[Typed, Typed], nodes: tuple[ast.expr, ast.expr], context: Context) -> Typed:
    kind, (left, right) = _COMPARISONS[type(op)], sides
    if left.type != right.type and "any" not in (left.type, right.type):
        message = f"{WORDS[left.type].capitalize()} cannot be compared with {WORDS[right.type]}"
        raise context.script.error(message, at=nodes[1], hint=_hint(left.type, right.type), code="formula.type")
    kinds = {left.type, right.type}
    if kinds & {"texts", "numbers"}:
        message = "Lists are not compared"
        raise context.script.error(message, at=nodes[0], hint="Say 'x' in list.", code="formula.type")
    if kind not in {"==", "!="} and not kinds <= _ORDERED:
        message = f"{WORDS[left.type].capitalize()} is neither more nor less"
        raise context.script.error(message, at=nodes[0], code="formula.type")
    if left.type == right.type == "number":
        same_unit(left, right, nodes[0], context)
    return Typed(Op(kind, (left.node, right.node)), "bool")


def _hint(left: Type, right: Type) -> str:
    if {left, right} == {"date", "instant"}:
        return "A day has no clock time; compare days with days."
    if "text" in {left, right} and {left, right} & {"date", "instant"}:
        return "Days are chosen beside the formula: --since, --until; within it during('NAME'), or hours(a, b) <= 24."
    if {left, right} <= {"number", "date", "instant"}:
        return "How long something took is a number: hours(created_at, answered_at) <= 24."
    return "Texts stand in quotes, numbers do not." if {left, right} == {"number", "text"} else ""


def _is_none(left: Typed, node: ast.Compare, context: Context) -> Typed:
    right = node.comparators[0]
    if not (isinstance(right, ast.Constant) and right.value is None):
        message = "'is' asks only whether something is missing"
        raise context.script.error(message, at=right, hint="Say x is None, or x == value.", code="formula.syntax")
    kind: Operator = "is_none" if isinstance(node.ops[0], ast.Is) else "is_not_none"
    return Typed(Op(kind, (left.node,)), "bool")
