"""HTML out of typed parts: a text can only enter through `escaped`, so that no stranger's words become markup.

`Markup` is made here alone. Whatever else is handed in, of any type, is escaped.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_HARMFUL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\uffff\ud800-\udfff]"
)
"""Characters no page can hold, and those that turn round or hide what is written."""
_NAME = re.compile(r"[a-z][a-z0-9-]*")
_REFERENCE = re.compile(r"#[A-Za-z0-9_-]+|data:(?:text/csv|image/svg\+xml);base64,[A-Za-z0-9+/=]*")
_SENTENCE = 30
"""Characters from which a cell's text is a sentence."""
_LINKS = frozenset({"href", "src"})


class Markup:
    """Finished HTML. Only the functions of this module make it."""

    __slots__ = ("_text",)

    def __init__(self, text: str, *, _made_here: object = None) -> None:
        """Refuse to be made anywhere else: use `escaped`, `tag` or `joined`."""
        if _made_here is not _KEY:
            message = "markup is made by escaped, tag and joined only"
            raise TypeError(message)
        self._text = text

    def __str__(self) -> str:
        return self._text

    def __bool__(self) -> bool:
        return bool(self._text)


_KEY = object()


def escaped(text: object) -> Markup:
    """Any text as HTML, safe between tags and in quoted attributes; markup stays what it is."""
    if isinstance(text, Markup):
        return text
    clean = _HARMFUL.sub("\ufffd", "" if text is None else str(text))
    return Markup(html.escape(clean, quote=True), _made_here=_KEY)


def joined(parts: Iterable[object]) -> Markup:
    """Parts one after the other."""
    return Markup("".join(str(escaped(part)) for part in parts), _made_here=_KEY)


def tag(name: str, *children: object, **attributes: object) -> Markup:
    """One element with its children. ``class_`` is *class*, ``aria_label`` is *aria-label*; None leaves one out.

    Raises `ValueError` for a link that leads anywhere but into the page, and for handlers and styles.
    """
    given = "".join(_attribute(key, value) for key, value in attributes.items() if value is not None)
    if not _NAME.fullmatch(name):
        message = f"{name!r} is no element"
        raise ValueError(message)
    closing = "" if name in {"img", "br"} else f"{joined(children)}</{name}>"
    return Markup(f"<{name}{given}>{closing}", _made_here=_KEY)


def some(name: str, *children: object, **attributes: object) -> Markup:
    """The element, or nothing where all its children are empty."""
    inner = joined(children)
    return tag(name, inner, **attributes) if inner else inner


def stylesheet(css: str) -> Markup:
    """The dashboard's own rules, which hold no outside text. Raises `ValueError` for anything that could end them."""
    if "<" in css:
        message = "a stylesheet with '<' in it could end itself"
        raise ValueError(message)
    return Markup(f"<style>{css}</style>", _made_here=_KEY)


def table(columns: Sequence[object], rows: Iterable[Sequence[object]], *, label: str) -> Markup:
    """A table with headings, which scrolls sideways in itself where it is too wide. ``label``: what it is of."""
    head = tag("tr", *(tag("th", column, scope="col") for column in columns))
    body = joined(tag("tr", *(_cell(cell) for cell in row)) for row in rows)
    made = tag("table", tag("thead", head), tag("tbody", body))
    return tag("div", made, class_="smm-wide", tabindex="0", role="group", aria_label=label)


def _cell(cell: object) -> Markup:
    """A cell; one with a sentence in it keeps room to be read."""
    return tag("td", cell, class_="smm-sentence" if len(str(cell)) > _SENTENCE else None)


def _attribute(key: str, value: object) -> str:
    name = key.rstrip("_").replace("_", "-")
    if not _NAME.fullmatch(name) or name.startswith("on") or name == "style":
        message = f"the attribute {name!r} could run something"
        raise ValueError(message)
    if name in _LINKS and not _REFERENCE.fullmatch(str(value)):
        message = f"{name} may lead into the page only"
        raise ValueError(message)
    return f' {name}="{escaped(value)}"'
