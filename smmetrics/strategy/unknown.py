"""Keys the file has and smmetrics does not know: kept, never lost, and named with the nearest word it does know."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, get_args

from smmetrics import words
from smmetrics.strategy.faults import Finding, dotted, nearest
from smmetrics.strategy.model import Strategy
from smmetrics.strategy.values import Part

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from smmetrics.strategy.faults import Path
    from smmetrics.strategy.locate import Lines


def unknown_keys(raw: Mapping[str, Any], lines: Lines) -> tuple[Finding, ...]:
    """A warning for every key that no record has a place for."""
    return tuple(_finding(path, known, lines) for path, known in _walk(Strategy, raw, ()))


def _finding(path: Path, known: tuple[str, ...], lines: Lines) -> Finding:
    word = str(path[-1])
    elsewhere = [table for table in _tables_with(word) if table != str(path[0])]
    near = "" if elsewhere else nearest(word, known)
    top = len(path) > 1 and word in _keys(Strategy)
    sentence = "near" if near else "top" if top else "elsewhere" if elsewhere else "known"
    about = {"near": near, "word": word, "known": ", ".join(known), "tables": _named(elsewhere)}
    hint = words.say(f"review.S011.{sentence}", **about)
    message = words.say("review.S011.message", word=word)
    return Finding(
        code="SMM-S011", level="warning", message=message, where=dotted(path), line=lines.of(*path), hint=hint
    )


@cache
def _tables_with(word: str) -> tuple[str, ...]:
    """The tables of the file whose records know a word: ``people`` for ``trained_for``."""
    held = {table: found for table, found in _parts(Strategy).items() if found is not None}
    return tuple(table for table, (part, _) in held.items() if word in _keys(part))


def _named(tables: Sequence[str]) -> str:
    """Tables as their lines in square brackets begin: [people.…], or [backing] where there is one."""
    by_name = {table: found[1] for table, found in _parts(Strategy).items() if found is not None}
    return ", ".join(f"[{table}.…]" if by_name[table] else f"[{table}]" for table in tables)


def _walk(part: type[Part], table: Mapping[str, Any], path: Path) -> Iterator[tuple[Path, tuple[str, ...]]]:
    inside = _parts(part)
    for key, value in table.items():
        if key not in inside:
            yield (*path, key), tuple(inside)
        elif (found := inside[key]) is not None:
            yield from _inside(*found, value, (*path, key))


def _inside(part: type[Part], by_name: bool, value: object, path: Path) -> Iterator[tuple[Path, tuple[str, ...]]]:
    """Follow a value into the records that it holds: alone, in a list, or by name."""
    if isinstance(value, list):
        for number, item in enumerate(value):
            yield from _walk(part, item, (*path, number))
    elif isinstance(value, dict) and by_name:
        for name, item in value.items():
            yield from _walk(part, item, (*path, name))
    elif isinstance(value, dict):
        yield from _walk(part, value, path)


@cache
def _parts(part: type[Part]) -> Mapping[str, tuple[type[Part], bool] | None]:
    """The words a record may hold, each with the record inside its values and whether they are records by name."""
    found: dict[str, tuple[type[Part], bool] | None] = {}
    for word, name in _keys(part).items():
        annotation = part.model_fields[name].annotation
        held = part_in(annotation)
        found[word] = None if held is None else (held, "dict" in str(annotation))
    return found


def part_in(annotation: object) -> type[Part] | None:
    """The record type somewhere inside an annotation."""
    if isinstance(annotation, type) and issubclass(annotation, Part):
        return annotation
    return next((part for part in map(part_in, get_args(annotation)) if part is not None), None)


def _keys(part: type[Part]) -> dict[str, str]:
    """The words a table may hold, each with the record's own name for it."""
    return {field.alias or name: name for name, field in part.model_fields.items()}
