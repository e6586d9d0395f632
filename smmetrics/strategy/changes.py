"""Changes to the text of a strategy file: one place gets another value, and every other byte stays as people wrote it.

Each change is first made to the plain document; then its text is sought, whose document must be the same. A change
that cannot be written without touching something else is refused.
"""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any

from smmetrics.api.errors import UserMistake
from smmetrics.strategy.faults import dotted
from smmetrics.strategy.plain import (
    Append,
    Remove,
    Rename,
    Set,
    pruned,
    renamed_in,
    same,
    with_item,
    with_value,
    without,
)
from smmetrics.strategy.retext import appended, finer, removed, renamed, replaced
from smmetrics.words import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from smmetrics.strategy.plain import Change


def applied(text: str, changes: Iterable[Change]) -> str:
    """The text with all changes made in their order; a change that changes nothing leaves every byte.

    Raises:
        UserMistake: if a place cannot be (a key into a list), or cannot be written without harm to the rest.

    """
    windows = "\r\n" in text and text.count("\r\n") == text.count("\n")
    before = text.replace("\r\n", "\n") if windows else text
    work = _all(before, changes)
    if work == before:
        return text
    return work.replace("\n", "\r\n") if windows else work


def _all(text: str, changes: Iterable[Change]) -> str:
    for change in changes:
        text = _made(text, change)
    return text


def _made(text: str, change: Change) -> str:
    document = tomllib.loads(text)
    wanted = _wanted(document, change)
    if same(document, wanted):
        return text
    steps = finer(text, document, change) if isinstance(change, Set) else []
    if steps:
        return _all(text, steps)
    allowed = (wanted, pruned(wanted, change.keys)) if isinstance(change, Remove) else (wanted,)
    for found in _texts(text, document, change):
        if any(_says(found, each) for each in allowed):
            return found
    message = say("start.edit.unsafe", place=dotted(tuple(change.keys)))
    raise UserMistake(message, hint=say("start.edit.by_hand"), code="strategy.unsafe")


def _wanted(document: dict[str, Any], change: Change) -> dict[str, Any]:
    """The document as it should be afterwards."""
    if isinstance(change, Remove):
        return without(document, change.keys)
    if isinstance(change, Rename):
        return renamed_in(document, change.keys, change.name)
    return (with_value if isinstance(change, Set) else with_item)(document, change.keys, change.value)


def _texts(text: str, document: dict[str, Any], change: Change) -> Iterator[str]:
    """Ways to write a change, the best first."""
    if isinstance(change, Set):
        return replaced(text, document, change.keys, change.value)
    if isinstance(change, Append):
        return appended(text, document, change.keys, change.value)
    if isinstance(change, Rename):
        return renamed(text, change.keys, change.name)
    return removed(text, document, change.keys)


def _says(text: str, wanted: dict[str, Any]) -> bool:
    try:
        return same(tomllib.loads(text), wanted)
    except tomllib.TOMLDecodeError:
        return False
