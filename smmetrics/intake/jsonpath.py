"""Where a value stands in a JSON record: ``user.name``, ``tags[].text``, ``metrics[0].value``, ``media.#``.

A path leads through keys (``.``), to one element of an array (``[0]``), or through all of them (``[]``); ``#`` at its
end is the number of elements. Before a path, ``$.`` means the document and ``^.`` the array element (else the
document) that the record lies in; ``@key`` is the record's own key where records are the values of an object.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, Literal

import polars as pl

from smmetrics.api.errors import PluginFault

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

MANY = "\x1f"
"""Stands between the elements of a list in one text cell; no JSON string needs it."""
STEP = re.compile(r"\.?(?P<key>[^.\[\]]+)|\[(?P<index>\d*)\]")
COUNT, KEY = "#", "@key"
Origin = Literal["record", "document", "holder", "key"]


@dataclass(frozen=True)
class Path:
    """A parsed path: keys as texts, one element as its number, all elements as None."""

    text: str
    origin: Origin
    steps: tuple[str | int | None, ...]
    counted: bool = False

    @cached_property
    def many(self) -> bool:
        """Whether it leads to any number of values."""
        return None in self.steps

    def get(self, value: object) -> str | None:
        """The value as text, from a record read by `loads`; None where there is none."""
        found = _follow(value, self.steps)
        if self.counted:
            return str(len(found)) if isinstance(found, list) else None
        if not self.many:
            return _text(found)
        texts = [text for each in found if (text := _text(each)) is not None] if isinstance(found, list) else []
        return MANY.join(texts) if texts else None

    def cell(self) -> pl.Expr:
        """The same from a frame that Polars read with `schema`."""
        expr = pl.col(str(self.steps[0]))
        rest = self.steps[1:]
        if None not in rest:
            expr = _along(expr, rest)
            return expr.list.len().cast(pl.String) if self.counted else expr
        at = rest.index(None)
        expr, behind = _along(expr, rest[:at]), rest[at + 1 :]
        if behind:
            expr = expr.list.eval(_along(pl.element(), behind))
        there = expr.list.drop_nulls()
        return pl.when(there.list.len() > 0).then(there.list.join(MANY))

    def is_plain(self) -> bool:
        """Whether Polars can follow it: it begins with a key, and leads through all elements once at most."""
        return self.origin == "record" and bool(self.steps) and isinstance(self.steps[0], str) and not (
            self.steps.count(None) > 1 or (self.counted and self.many)
        )  # fmt: skip


@cache
def parse(text: str) -> Path:
    """Parse a path. Raises `PluginFault` for one that is malformed."""
    origin: Origin = "record"
    rest = text
    for sign, name in (("$", "document"), ("^", "holder")):
        if text == sign or text.startswith((f"{sign}.", f"{sign}[")):
            origin, rest = name, text[1:]  # type: ignore[assignment]
    if text == KEY:
        return Path(text, "key", ())
    counted = rest == COUNT or rest.endswith(f".{COUNT}")
    rest = rest.removesuffix(COUNT).removesuffix(".") if counted else rest
    steps: list[str | int | None] = []
    at = 0
    while at < len(rest):
        match = STEP.match(rest, at)
        if match is None:
            message = f"{text!r} is no path into a JSON record"
            raise PluginFault(message, hint="Write it like user.name or tags[].text.", code="record.malformed")
        at = match.end()
        index = match["index"]
        steps.append(match["key"] if index is None else int(index) if index else None)
    return Path(text, origin, tuple(steps), counted)


def loads(raw: bytes) -> Any:  # noqa: ANN401 (any JSON value)
    """A JSON value whose numbers are texts as they are written. Raises `ValueError` where it is none."""
    return json.loads(
        raw, parse_int=_Number, parse_float=_Number, parse_constant=_refuse, object_pairs_hook=_first_of_each
    )


def schema(paths: Iterable[Path]) -> Mapping[str, pl.DataType] | None:
    """What Polars must read for some paths, every value as text; None where two paths disagree on a value's kind."""
    tree: dict[Any, Any] = {}
    for path in paths:
        node = tree
        steps = [step if isinstance(step, str) else None for step in path.steps]
        steps += [None] if path.counted else []
        for step in steps:
            node = node.setdefault(step, {})
    try:
        return {name: _dtype(node) for name, node in tree.items()}
    except TypeError:
        return None


class _Number(str):
    """A number, as it is written."""

    __slots__ = ()


def _first_of_each(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """An object; of a key that is there twice the first counts, as it does for Polars."""
    found = dict(pairs)
    return found if len(found) == len(pairs) else dict(reversed(pairs))


def _refuse(word: str) -> None:
    message = f"{word} is no JSON"
    raise ValueError(message)


def _dtype(node: Mapping[str | None, Any]) -> pl.DataType:
    if not node:
        return pl.String()
    if None in node:
        if len(node) > 1:
            raise TypeError
        return pl.List(_dtype(node[None]))
    return pl.Struct({str(name): _dtype(below) for name, below in node.items()})


def _along(expr: pl.Expr, steps: Iterable[str | int | None]) -> pl.Expr:
    for step in steps:
        expr = expr.list.get(step, null_on_oob=True) if isinstance(step, int) else expr.struct.field(str(step))
    return expr


def _follow(value: object, steps: tuple[str | int | None, ...]) -> object:
    for place, step in enumerate(steps):
        if step is None:
            below = [_follow(each, steps[place + 1 :]) for each in value] if isinstance(value, list) else []
            flat: list[object] = []
            for each in below:
                flat += each if None in steps[place + 1 :] and isinstance(each, list) else [each]
            return flat
        if isinstance(step, int):
            value = value[step] if isinstance(value, list) and step < len(value) else None
        else:
            value = value.get(step) if isinstance(value, dict) else None
    return value


def _text(value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value if value is None else str(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return json.dumps(_plain(value), ensure_ascii=False)


def _plain(value: object) -> object:
    """The value with numbers as numbers again, for writing."""
    if isinstance(value, _Number):
        return json.loads(value)
    if isinstance(value, dict):
        return {name: _plain(each) for name, each in value.items()}
    return [_plain(each) for each in value] if isinstance(value, list) else value
