"""Which argument is which: what is aggregated, the rows that count, and the options."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from smmetrics.contracts.formula.context import WORDS
from smmetrics.contracts.formula.expressions import need, resolve
from smmetrics.contracts.formula.nodes import Column, Const, Param
from smmetrics.contracts.formula.words import OPTIONS, REQUIRED_OPTIONS

if TYPE_CHECKING:
    import ast
    from collections.abc import Mapping, Sequence

    from smmetrics.contracts.formula.context import Context, InEntity, InRow, Typed
    from smmetrics.contracts.formula.nodes import Node
    from smmetrics.contracts.formula.words import AggregateWord, Wanted


@dataclass(frozen=True, slots=True)
class Picked:
    """The arguments of a call in their places."""

    arguments: tuple[ast.expr, ...]
    where: ast.expr | None
    options: Mapping[str, ast.expr]


def pick(
    word: AggregateWord,
    node: ast.Call,
    rest: Sequence[ast.expr],
    given: Mapping[str, ast.expr],
    *,
    wanted: Sequence[Wanted],
    context: Context,
    per_entity: bool,
) -> Picked:
    """Sort the arguments of a call; too many, too few and twice said are refused."""
    if len(rest) < len(wanted):
        message = f"{word.name} wants {len(wanted)} argument(s) here; there are {len(rest)}"
        raise context.script.error(message, at=node, hint=usage(word), code="formula.arguments")
    arguments, left = tuple(rest[: len(wanted)]), list(rest[len(wanted) :])
    found = {name: given[name] for name in word.keywords if name in given and name != "of"}
    if word.name == "quantile" and left and "q" not in found:
        found["q"] = left.pop(0)
    where = given.get("where")
    if word.name == "share" and not per_entity and (left or where):
        message = "The whole of a share is said with of="
        raise context.script.error(message, at=left[0] if left else where, hint=usage(word), code="formula.arguments")
    if left and where is None and word.name != "share":
        where = left.pop(0)
    if left:
        message = f"{word.name} has an argument too many"
        raise context.script.error(message, at=left[0], hint=usage(word), code="formula.arguments")
    for name in REQUIRED_OPTIONS.get(word.name, ()):
        if name not in found:
            message = f"{word.name} needs {name}="
            raise context.script.error(message, at=node, hint=usage(word), code="formula.arguments")
    return Picked(arguments, where, found)


def usage(word: AggregateWord) -> str:
    """How a function is used, for a hint."""
    examples = {
        "count": "count(posts, ours)",
        "ratio": "ratio(posts, likes, impressions, ours)",
        "share": "share(posts, is_reply, of=ours)",
        "wait": "wait(threads, created_at, replied_at, theirs)",
        "quantile": "quantile(posts.likes, 0.9, ours)",
        "mean_of": "mean_of(posts.likes / impressions, ours)",
    }
    example = examples.get(word.name, f"{word.name}(posts.likes, ours)")
    return f"{word.name}: {word.meaning}; for instance {example}."


def typed_argument(
    node: ast.expr, wanted: Wanted, word: AggregateWord, scope: InRow | InEntity, context: Context
) -> Typed:
    """Read an argument and refuse one of a type the function cannot take."""
    typed = resolve(node, scope, context)
    if wanted in {"number", "bool", "instant"}:
        if typed.type == "date":
            message = f"{word.name} needs a time with a clock; this is a day"
            raise context.script.error(message, at=node, code="time.too_coarse")
        need(typed, wanted, node, context, why=word.name)
    elif wanted == "entities":
        need(typed, "number", node, context, why=word.name)
    elif typed.type in {"texts", "numbers"} or (wanted == "ordered" and typed.type == "text"):
        message = f"{word.name} cannot be taken of {WORDS[typed.type]}"
        column = typed.node if isinstance(typed.node, Column) and typed.type in {"texts", "numbers"} else None
        hint = f"Ask for one of them: count({column.table}, 'x' in {column.name})." if column else ""
        raise context.script.error(message, at=node, hint=hint, code="formula.type")
    return typed


def options(
    word: AggregateWord, given: Mapping[str, ast.expr], scope: InRow | InEntity, context: Context
) -> tuple[tuple[str, Node], ...]:
    """The options with their defaults, sorted by name."""
    found: dict[str, Node] = {}
    for name in word.keywords:
        option = OPTIONS.get(name)
        if option is None:
            continue
        if name in given:
            found[name] = _option(name, given[name], scope, context)
        elif option.default is not None:
            found[name] = Const(option.default)
    return tuple(sorted(found.items()))


def _option(name: str, node: ast.expr, scope: InRow | InEntity, context: Context) -> Node:
    option = OPTIONS[name]
    typed = resolve(node, scope, context)
    need(typed, option.type, node, context, why=f"'{name}'")
    match typed.node:
        case Param() as parameter:
            return parameter
        case Const(value=value) as constant:
            low, high = option.between or (float("-inf"), float("inf"))
            if isinstance(value, int | float) and not isinstance(value, bool) and not low <= value <= high:
                message = f"{name} lies between {low:g} and {high:g}"
                raise context.script.error(message, at=node, code="formula.arguments")
            return constant
        case _:
            message = f"'{name}' is a constant or a parameter: {option.meaning}"
            raise context.script.error(message, at=node, code="formula.arguments")
