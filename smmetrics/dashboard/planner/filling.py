"""Fields of each kind, over a place of the draft. Their names and help are sentences of the catalogue.

What is typed and cannot be read (``soon`` for a number) is kept as it was typed, so that it can be said to be none.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

from smmetrics.dashboard.planner.draft import found, put
from smmetrics.dashboard.planner.fields import Field, key_of
from smmetrics.words import section

if TYPE_CHECKING:
    from collections.abc import Iterable

    from smmetrics.dashboard.planner.draft import Document, Keys
    from smmetrics.dashboard.planner.fields import Look, Options

_BREAKS = re.compile(r"[\r\n]+")
_LISTS = frozenset({"targets", "questions", "promises", "decisions"})
_LISTED = 4
"""So long is the place of a field in a list: part, name, list, number and key."""


def line(draft: Document, *place: str | int, optional: bool = False, look: Look = "line") -> Field:
    """A text, of ``words`` where it is a sentence; an ``optional`` one that is empty needs no word in the file."""
    return Field(
        **_named(place), look=look, value=_text(found(draft, place)),
        write=lambda typed: [put(place, _one_line(typed) or None if optional else _one_line(typed))],
    )  # fmt: skip


def lines(draft: Document, *place: str | int) -> Field:
    """Several texts, one a line."""
    return Field(
        **_named(place), look="lines", value="\n".join(_texts(found(draft, place))),
        write=lambda typed: [put(place, [part.strip() for part in str(typed).splitlines() if part.strip()])],
    )  # fmt: skip


def number(draft: Document, *place: str | int, label: str = "", whole: bool = False) -> Field:
    """A number, ``whole`` where it counts people."""
    named = {**_named(place, asked=not label), **({"label": label} if label else {})}
    return Field(
        **named, look="number", value=_text(found(draft, place)),
        write=lambda typed: [put(place, _number(str(typed), whole=whole))],
    )  # fmt: skip


def day(draft: Document, *place: str | int) -> Field:
    """A day."""
    return Field(
        **_named(place),
        look="day",
        value=_text(found(draft, place)),
        write=lambda typed: [put(place, _day(str(typed)))],
    )


def choice(draft: Document, *place: str | int, options: Options = ()) -> Field:
    """One of several, or none. Without ``options``: the file's own words for it."""
    chosen = _text(found(draft, place))
    return Field(
        **_named(place), look="choice", value=chosen, options=options or words_of(str(place[-1])),
        write=lambda now: [put(place, str(now) or None)],
    )  # fmt: skip


def ticks(draft: Document, *place: str | int, options: Iterable[tuple[str, str]] | None = None) -> Field:
    """Any of several. What is chosen and no option is one all the same, so that nothing is lost."""
    chosen = [name for name in _texts(found(draft, place)) if name]
    known = list(words_of(str(place[-1])) if options is None else options)
    known += [(name, name) for name in dict.fromkeys(chosen) if name not in {each for each, _ in known}]
    return Field(
        **_named(place), look="ticks", options=known, value=chosen,
        write=lambda now: [put(place, [name for name, _ in known if name in list(now)])],
    )  # fmt: skip


def tick(draft: Document, *place: str | int) -> Field:
    """Yes or no; no needs no word in the file."""
    return Field(
        **_named(place),
        look="tick",
        value=found(draft, place) is True,
        write=lambda now: [put(place, True if now else None)],
    )


def words_of(name: str) -> tuple[tuple[str, str], ...]:
    """A closed list of the file with its words."""
    return tuple(section(f"planner.words.{name}").items())


def _named(place: Keys, *, asked: bool = True) -> dict[str, Any]:
    """Key, place, label and help of a field: the help of ``goals.x.why`` is that of ``goals.why``."""
    part = str(place[2] if len(place) > _LISTED and place[2] in _LISTS else place[0])
    said = section(f"planner.fields.{part}.{place[-1]}") if asked else {}
    return {"key": key_of(place), "place": place, "label": said.get("label", ""), "help": said.get("help", "")}


def _one_line(typed: Any) -> str:  # noqa: ANN401 (what the page sends)
    return _BREAKS.sub(" ", str(typed))


def _texts(value: Any) -> list[str]:  # noqa: ANN401 (as TOML has it)
    if isinstance(value, list):
        return list(map(_text, value))
    return [] if value is None else [_text(value)]


def _text(value: Any) -> str:  # noqa: ANN401 (as TOML has it)
    if isinstance(value, float):
        return f"{value:g}"
    return "" if value is None else str(value)


def _number(typed: str, *, whole: bool) -> float | str | None:
    """The number meant, with a comma too; a text where it is none."""
    plain = typed.strip().replace(",", ".")
    if not plain:
        return None
    try:
        meant = float(plain)
    except ValueError:
        return typed
    return int(meant) if meant.is_integer() and (whole or "." not in plain) else meant


def _day(typed: str) -> date | str | None:
    if not typed.strip():
        return None
    try:
        return date.fromisoformat(typed.strip())
    except ValueError:
        return typed
