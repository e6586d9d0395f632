"""A strategy that is not written yet: the document as it was read, and the edits made since, one after the other.

Documents are what TOML has: tables, lists, values. They are never changed; an edit gives a new one. The same edits,
in the same order, are what the file's editor is handed when the plan is saved.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Document = Mapping[str, Any]
Keys = tuple[str | int, ...]
"""A place: keys, and numbers (from 0) where the document has a list."""
Does = Literal["set", "remove", "append", "rename"]
_NOTHING = object()


class NoPlace(LookupError):
    """An edit of something the document does not have."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Edit:
    """One change: ``set`` a value (tables on the way are made), ``remove``, ``append`` to a list, ``rename`` a key.

    ``whole``: it makes, moves or takes away a table, and with it the places of all that stands in it.
    """

    does: Does
    keys: Keys
    value: Any = None
    whole: bool = False


def put(keys: Keys, value: Any) -> Edit:  # noqa: ANN401 (what TOML can hold)
    """Set a value; None takes the key away."""
    return Edit(does="remove", keys=keys) if value is None else Edit(does="set", keys=keys, value=value)


def made(keys: Keys, table: Document) -> Edit:
    """A new table."""
    return Edit(does="set", keys=keys, value=dict(table), whole=True)


def gone(keys: Keys) -> Edit:
    """A table taken away."""
    return Edit(does="remove", keys=keys, whole=True)


def added(keys: Keys, table: Document) -> Edit:
    """A table at the end of a list."""
    return Edit(does="append", keys=keys, value=dict(table), whole=True)


def renamed(keys: Keys, name: str) -> Edit:
    """Another name for a table, in its old place."""
    return Edit(does="rename", keys=keys, value=name, whole=True)


def found(document: Document, keys: Iterable[str | int], otherwise: Any = None) -> Any:  # noqa: ANN401 (as TOML)
    """The value at a place, or ``otherwise`` where the document has none."""
    here: Any = document
    for key in keys:
        named = isinstance(here, Mapping) and key in here
        numbered = isinstance(here, list) and isinstance(key, int) and 0 <= key < len(here)
        if not (named or numbered):
            return otherwise
        here = here[key]
    return here


def applied(document: Document, edit: Edit) -> Document:
    """The document with one edit; raises `NoPlace` where it has no such place. What is not there need not go."""
    if edit.does == "remove" and found(document, edit.keys, _NOTHING) is _NOTHING:
        return document
    changed: Document = _within(document, edit.keys, edit)
    return changed


def replayed(document: Document, edits: Iterable[Edit]) -> tuple[Document, tuple[Edit, ...], tuple[Edit, ...]]:
    """A document with edits made one after the other: it, the edits that had a place, and those that had none."""
    kept: list[Edit] = []
    homeless: list[Edit] = []
    for edit in edits:
        try:
            document = applied(document, edit)
        except NoPlace:
            homeless.append(edit)
        else:
            kept.append(edit)
    return document, tuple(kept), tuple(homeless)


def joined(edits: Sequence[Edit], new: Edit, base: Document) -> tuple[Edit, ...]:
    """The edits with one more. Typing on in one place stays one edit, and what ends as it began is none."""
    if new.whole:
        return (*edits, new)
    before = list(edits)
    for at in range(len(before) - 1, -1, -1):
        if before[at].whole:
            break
        if before[at].keys == new.keys:
            del before[at]
            break
    as_it_was = _same(found(base, new.keys), new.value) and not any(edit.whole for edit in before)
    return tuple(before) if as_it_was else (*before, new)


def overtaken(old: Document, new: Document, edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """The edits whose very place somebody else changed too, between two states of the file."""
    return tuple(edit for edit in edits if not edit.whole and _both(edit, found(old, edit.keys), found(new, edit.keys)))


def _both(edit: Edit, before: Any, now: Any) -> bool:  # noqa: ANN401 (what TOML can hold)
    return not _same(before, now) and not _same(now, edit.value)


def _within(holder: Any, keys: Keys, edit: Edit) -> Any:  # noqa: ANN401 (tables, lists and values)
    key, rest = keys[0], keys[1:]
    if isinstance(holder, Mapping) and isinstance(key, str):
        table = dict(holder)
        if rest:
            table[key] = _within(table.get(key, [] if isinstance(rest[0], int) else {}), rest, edit)
            return table
        return _ended_table(table, key, edit)
    if isinstance(holder, list) and isinstance(key, int) and 0 <= key < len(holder):
        items = list(holder)
        if rest:
            items[key] = _within(items[key], rest, edit)
        elif edit.does == "remove":
            del items[key]
        else:
            items[key] = edit.value
        return items
    raise NoPlace(keys)


def _ended_table(table: dict[str, Any], key: str, edit: Edit) -> dict[str, Any]:
    if edit.does == "set":
        table[key] = edit.value
    elif edit.does == "remove":
        del table[key]
    elif edit.does == "append":
        held = table.get(key, [])
        if not isinstance(held, list):
            raise NoPlace(edit.keys)
        table[key] = [*held, edit.value]
    else:
        if key not in table or edit.value in table:
            raise NoPlace(edit.keys)
        return {edit.value if name == key else name: value for name, value in table.items()}
    return table


def _same(one: Any, other: Any) -> bool:  # noqa: ANN401 (what TOML can hold)
    """Whether two values say the same; nothing, and an empty text or list, do."""
    empty: tuple[Any, ...] = (None, "", [], {})
    return one == other or (one in empty and other in empty)
