"""HTML that is escaped by construction: a text becomes markup only through `tag`, which escapes it."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

VOID = frozenset({"br", "hr", "meta"})
_HARMFUL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]"
)
"""Control characters, those that turn writing around or hide it, and halves of characters no file can hold."""


class Markup(str):
    """HTML that may stand in a page as it is."""

    __slots__ = ()


def clean(text: object) -> str:
    """A text without characters that a page cannot hold or that hide what it says; line ends become spaces."""
    return _HARMFUL.sub("", re.sub(r"[\r\n\t]+", " ", str(text)))


def escape(text: object) -> Markup:
    """Any text as HTML, safe between tags and in a quoted attribute; markup stays as it is."""
    return text if isinstance(text, Markup) else Markup(html.escape(clean(text), quote=True))


def join(parts: Iterable[object], between: str = "") -> Markup:
    """Parts one after the other, each escaped unless it is markup."""
    return Markup(escape(between).join(escape(part) for part in parts))


def tag(name: str, /, *children: object, **attributes: object) -> Markup:
    """One element. ``class_`` is *class*, ``aria_label`` is *aria-label*; None and False leave an attribute out."""
    told = "".join(_attribute(key, value) for key, value in attributes.items())
    if name in VOID:
        return Markup(f"<{name}{told}>")
    return Markup(f"<{name}{told}>{join(children)}</{name}>")


def some(name: str, /, *children: object, **attributes: object) -> Markup:
    """One element, or nothing where it would be empty."""
    return tag(name, *children, **attributes) if any(children) else Markup()


def _attribute(key: str, value: object) -> str:
    if value is None or value is False:
        return ""
    name = key.rstrip("_").replace("_", "-")
    return f" {name}" if value is True else f' {name}="{escape(value)}"'
