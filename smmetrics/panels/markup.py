"""Markup out of typed parts: a text can only enter as a text, so that no stranger's words become markup.

`Markup` is a tree. It is written as HTML, where every text is escaped as it is written, or handed as a tree to a page
that makes elements and texts of it. It is made here alone; whatever else is handed in, of any type, is a text.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_HARMFUL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\uffff\ud800-\udfff]"
)
"""Characters no page can hold, and those that turn round or hide what is written."""
_BREAKS = re.compile(r"[\r\n\t]+")
_NAME = re.compile(r"[a-z][a-zA-Z0-9-]*")
_REFERENCE = re.compile(r"#[A-Za-z0-9_-]+|data:(?:text/csv|image/svg\+xml);base64,[A-Za-z0-9+/=]*")
_LINKS = frozenset({"href", "src"})
_VOID = frozenset({"br", "hr", "img", "meta"})


@dataclass(frozen=True, slots=True)
class _Element:
    name: str
    attributes: tuple[tuple[str, str], ...]
    children: Markup


@dataclass(frozen=True, slots=True)
class _Ours:
    """What this house wrote itself, word by word."""

    text: str


_Part: TypeAlias = "str | _Element | _Ours"


class Markup:
    """Finished markup. Only the functions of this module make it."""

    __slots__ = ("_parts",)

    def __init__(self, parts: tuple[_Part, ...], *, _made_here: object = None) -> None:
        """Refuse to be made anywhere else: use `escaped`, `tag` or `joined`."""
        if _made_here is not _SEAL:
            message = "markup is made by escaped, tag and joined only"
            raise TypeError(message)
        self._parts = parts

    def __str__(self) -> str:
        return "".join(map(_written, self._parts))

    def __bool__(self) -> bool:
        return bool(self._parts)

    def __iter__(self) -> Iterator[_Part]:
        return iter(self._parts)

    def tree(self) -> list[Any]:
        """The same for a page that makes elements of it: texts as they are, elements as name, attributes, children."""
        return [part if isinstance(part, str) else _told(part) for part in self._parts]


_SEAL = object()


def clean(text: object) -> str:
    """A text on one line, with a sign in place of characters that a page cannot hold or that hide what it says."""
    return _HARMFUL.sub("\ufffd", _BREAKS.sub(" ", "" if text is None else str(text)))


def escaped(text: object) -> Markup:
    """Any text as markup; markup stays what it is."""
    if isinstance(text, Markup):
        return text
    words = clean(text)
    return Markup((words,) if words else (), _made_here=_SEAL)


def joined(parts: Iterable[object], between: str = "") -> Markup:
    """Parts one after the other."""
    found: list[_Part] = []
    for place, part in enumerate(parts):
        found += [between] if between and place else []
        found += escaped(part)
    return Markup(tuple(found), _made_here=_SEAL)


def tag(name: str, /, *children: object, **attributes: object) -> Markup:
    """One element. ``class_`` is *class*, ``aria_label`` is *aria-label*; None and False leave one out.

    Raises `ValueError` for a link that leads anywhere but into the page, and for handlers and styles.
    """
    if not _NAME.fullmatch(name):
        message = f"{name!r} is no element"
        raise ValueError(message)
    told = {key: value for key, value in attributes.items() if value is not None and value is not False}
    given = tuple(_attribute(key, value) for key, value in told.items())
    return Markup((_Element(name, given, joined(children)),), _made_here=_SEAL)


def some(name: str, /, *children: object, **attributes: object) -> Markup:
    """The element, or nothing where all its children are empty."""
    inner = joined(children)
    return tag(name, inner, **attributes) if inner else inner


def ours(text: str) -> Markup:
    """HTML that this house wrote itself, without outside text in it: a sheet of style, a script, a small line."""
    return Markup((_Ours(text),) if text else (), _made_here=_SEAL)


def _attribute(key: str, value: object) -> tuple[str, str]:
    name = key.rstrip("_").replace("_", "-")
    if not _NAME.fullmatch(name) or name.lower().startswith("on") or name == "style":
        message = f"the attribute {name!r} could run something"
        raise ValueError(message)
    if name in _LINKS and not _REFERENCE.fullmatch(str(value)):
        message = f"{name} may lead into the page only"
        raise ValueError(message)
    return name, "" if value is True else clean(value)


def _written(part: _Part) -> str:
    if isinstance(part, str):
        return html.escape(part, quote=True)
    if isinstance(part, _Ours):
        return part.text
    given = "".join(f' {name}="{html.escape(value, quote=True)}"' for name, value in part.attributes)
    closing = "" if part.name in _VOID else f"{part.children}</{part.name}>"
    return f"<{part.name}{given}>{closing}"


def _told(part: _Element | _Ours) -> list[Any]:
    if isinstance(part, _Ours):
        message = "HTML as text has no tree"
        raise TypeError(message)
    return [part.name, dict(part.attributes), part.children.tree()]
