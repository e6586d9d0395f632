"""Ways to write one plain change into the text: by whole blocks of lines, or by the one value that differs."""

from __future__ import annotations

from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING, Any

from smmetrics.strategy import render
from smmetrics.strategy.layout import Layout
from smmetrics.strategy.plain import Append, Remove, Set, at

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    Keys = Sequence[str | int]
    Document = dict[str, Any]
    from smmetrics.strategy.plain import Change


def finer(text: str, document: Document, change: Set) -> list[Change]:
    """The smaller changes that a change to whole tables is made of; none where it is one value."""
    keys, new = tuple(change.keys), change.value
    old = at(document, keys)
    headed = bool(Layout(text).under(keys))
    if headed and isinstance(old, dict) and isinstance(new, dict):
        gone = [Remove((*keys, key)) for key in old if key not in new]
        return [*gone, *(Set((*keys, key), value) for key, value in new.items())]
    if old is None and isinstance(new, dict) and new and keys[1:] == () and keys[0] in named():
        return [Set((*keys, name), table) for name, table in new.items()]
    if headed and isinstance(old, list) and isinstance(new, list | tuple) and render.is_tables(new):
        kept = [Set((*keys, place), table) for place, table in enumerate(new[: len(old)])]
        fewer = [Remove((*keys, place)) for place in reversed(range(len(new), len(old)))]
        return [*kept, *fewer, *(Append(keys, table) for table in new[len(old) :])]
    return []


def replaced(text: str, document: Document, keys: Keys, value: object) -> Iterator[str]:
    """The text with a value at a place."""
    layout = Layout(text)
    if at(document, keys) is not None:
        if layout.under(keys):
            bare = layout.without(keys)
            yield from _added(Layout(bare), keys, value)
        else:
            yield from _retold(text, keys, lambda holder, key: holder.__setitem__(key, _item(value)))
        return
    around = at(document, keys[:-1]) if len(keys) > 1 else None
    if isinstance(around, dict) and layout.header_of(keys) != tuple(keys[:-1]) and not layout.under(keys[:-1]):
        grown = _item({**around, keys[-1]: value})  # an inline table is written anew, so that it reads well
        yield from _retold(text, keys[:-1], lambda holder, key: holder.__setitem__(key, grown))
    yield from _added(layout, keys, value)
    yield from _retold(text, keys, lambda holder, key: holder.__setitem__(key, _item(value)))


def appended(text: str, document: Document, keys: Keys, item: object) -> Iterator[str]:
    """The text with one more item in a list."""
    there = at(document, keys)
    if isinstance(item, dict) and (not there or Layout(text).under(keys)):
        yield Layout(text).with_block(keys, render.block(keys, item, many=True), order())
    if isinstance(there, list):
        yield from _retold(text, keys, lambda holder, key: holder[key].append(_item(item)))
    yield from replaced(text, document, keys, [*_as_list(there), item])


def renamed(text: str, keys: Keys, name: str) -> Iterator[str]:
    """The text with another name for a table, in every header that names it; remarks beside a header stay."""
    layout = Layout(text)
    lines = list(layout.lines)
    for at_ in layout.under(keys):
        path = [*keys[:-1], name, *layout.paths[at_][len(keys) :]]
        start = layout.spans[at_][0]
        many = isinstance(path[-1], int)
        lines[start] = render.header(path, many=many) + layout.behind_header(start)
    yield "".join(lines)


def removed(text: str, document: Document, keys: Keys) -> Iterator[str]:
    """The text without a place."""
    del document
    layout = Layout(text)
    if layout.under(keys):
        yield layout.without(keys)
    yield from _retold(text, keys, lambda holder, key: holder.__delitem__(key))


def _added(layout: Layout, keys: Keys, value: object) -> Iterator[str]:
    """A place that the text does not have yet: a line in a block that is there, or a block of its own."""
    if any(isinstance(key, int) for key in keys[len(layout.header_of(keys)) :]):
        return  # an item of a list is changed where it stands
    header = layout.header_of(keys)
    rest = tuple(keys)[len(header) :]
    if len(rest) == 1 and render.is_tables(value):
        assert isinstance(value, list | tuple), "only lists hold several tables"
        blocks = "\n".join(render.block(keys, each, many=True) for each in value)
        yield layout.with_block(keys, blocks, order())
    if header or (len(rest) == 1 and not isinstance(value, dict)):
        yield layout.with_line(header, render.pair(str(rest[0]), _nested(rest[1:], value)))
        return
    depth = min(2 if rest[0] in named() else 1, len(rest) - (not isinstance(value, dict)))
    table = _nested(rest[depth:], value)
    if isinstance(table, dict):
        yield layout.with_block(rest[:depth], render.block(rest[:depth], table), order())


def _nested(keys: Keys, value: object) -> object:
    """A value inside the tables that lead to it."""
    for key in reversed(keys):
        value = {key: value}
    return value


def _retold(text: str, keys: Keys, do: Callable[[Any, str | int], None]) -> Iterator[str]:
    """The text as tomlkit writes it with one thing done at a place; nothing where tomlkit cannot."""
    import tomlkit  # noqa: PLC0415 (needed by edits only)
    from tomlkit.exceptions import TOMLKitError  # noqa: PLC0415

    with suppress(TOMLKitError, KeyError, IndexError, TypeError, ValueError, AttributeError):  # then it cannot
        document = tomlkit.parse(text)
        holder: Any = document
        for key in keys[:-1]:
            if isinstance(holder, dict) and key not in holder:
                holder[key] = tomlkit.table()
            holder = holder[key]
        do(holder, keys[-1])
        yield tomlkit.dumps(document)


def _item(value: object) -> Any:  # noqa: ANN401 (an item of tomlkit's)
    import tomlkit  # noqa: PLC0415 (needed by edits only)

    return tomlkit.value(render.value(value))


def _as_list(there: object) -> list[object]:
    if isinstance(there, list):
        return there
    return [] if there is None else [there]


@cache
def order() -> tuple[str, ...]:
    """The tables at the top of a file, in the order that carries meaning."""
    from smmetrics.strategy.model import Strategy  # noqa: PLC0415 (pydantic is loaded with the first file)

    return tuple(field.alias or name for name, field in Strategy.model_fields.items())


@cache
def named() -> frozenset[str]:
    """Tables at the top whose keys are names of people's own: goals, audiences."""
    from smmetrics.strategy.model import Strategy  # noqa: PLC0415 (as above)

    fields = Strategy.model_fields.items()
    holds = {field.alias or name: str(field.annotation) for name, field in fields}
    return frozenset(name for name, kind in holds.items() if kind.startswith("dict[str, smmetrics."))
