"""Keys the file has and smmetrics does not know: kept, never lost, and named with the nearest word it does know."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

from smmetrics import words
from smmetrics.strategy.faults import Finding, dotted, nearest
from smmetrics.strategy.model import Strategy
from smmetrics.strategy.values import Part

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from smmetrics.strategy.faults import Path
    from smmetrics.strategy.locate import Lines


def unknown_keys(raw: Mapping[str, Any], lines: Lines) -> tuple[Finding, ...]:
    """A warning for every key that no record has a place for."""
    return tuple(_finding(path, known, lines) for path, known in _walk(Strategy, raw, ()))


def _finding(path: Path, known: tuple[str, ...], lines: Lines) -> Finding:
    word = str(path[-1])
    near = nearest(word, known)
    sentence = "near" if near else "top" if len(path) > 1 and word in _keys(Strategy) else "known"
    hint = words.say(f"review.S011.{sentence}", near=near, word=word, known=", ".join(known))
    message = words.say("review.S011.message", word=word)
    return Finding(
        code="SMM-S011", level="warning", message=message, where=dotted(path), line=lines.of(*path), hint=hint
    )


def _walk(part: type[Part], table: Mapping[str, Any], path: Path) -> Iterator[tuple[Path, tuple[str, ...]]]:
    keys = _keys(part)
    for key, value in table.items():
        if key not in keys:
            yield (*path, key), tuple(keys)
        else:
            yield from _inside(part.model_fields[keys[key]].annotation, value, (*path, key))


def _inside(annotation: object, value: object, path: Path) -> Iterator[tuple[Path, tuple[str, ...]]]:
    """Follow a value into the records that its annotation holds: alone, in a list, or by name."""
    part = part_in(annotation)
    if part is None:
        return
    by_name = "dict" in str(annotation)
    if isinstance(value, list):
        for number, item in enumerate(value):
            yield from _walk(part, item, (*path, number))
    elif isinstance(value, dict) and by_name:
        for name, item in value.items():
            yield from _walk(part, item, (*path, name))
    elif isinstance(value, dict):
        yield from _walk(part, value, path)


def part_in(annotation: object) -> type[Part] | None:
    """The record type somewhere inside an annotation."""
    if isinstance(annotation, type) and issubclass(annotation, Part):
        return annotation
    return next((part for part in map(part_in, get_args(annotation)) if part is not None), None)


def _keys(part: type[Part]) -> dict[str, str]:
    """The words a table may hold, each with the record's own name for it."""
    return {field.alias or name: name for name, field in part.model_fields.items()}
