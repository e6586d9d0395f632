"""HTML split into text and tags in one pass, however broken it is.

A ``<`` that begins no whole tag is text. Quotation marks in a tag hide ``>``, as in browsers; a mark that is never
closed hides nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

NAME = re.compile(r"(/?)([A-Za-z][A-Za-z0-9:-]*)")
STOP = re.compile(r"[<>\"']")
ANGLE = re.compile(r"[<>]")
RAW = {name: re.compile(rf"</{name}\b", re.IGNORECASE) for name in ("script", "style")}
"""What is no prose: skipped up to its end tag, or to the end where there is none."""
PATIENCE = 8
"""How often a tag may run to the end of the text without an end, before the rest is taken for text."""
NO_TAG, ENDLESS = -1, -2


@dataclass(frozen=True, slots=True)
class Tag:
    """A whole tag: its name in lower case, the text of its attributes, and whether it closes."""

    name: str
    attributes: str
    closing: bool


def scan(html: str) -> Iterator[str | Tag]:
    """Text and tags in order. Each character is looked at a bounded number of times."""
    position, patience = 0, PATIENCE
    while patience and (start := html.find("<", position)) >= 0:
        if start > position:
            yield html[position:start]
        named = NAME.match(html, start + 1)
        end = _end(html, named.end()) if named else _end_of_declaration(html, start + 1)
        patience -= end == ENDLESS
        position = max(end, start) + 1
        if end < 0:
            yield "<"
        elif named:
            tag = Tag(named[2].lower(), html[named.end() : end], bool(named[1]))
            yield tag
            position = _behind_raw(html, position, tag)
    if position < len(html):
        yield html[position:]


def _end(html: str, position: int) -> int:
    """Where a tag's ``>`` stands; `NO_TAG` where another begins before it, `ENDLESS` where the text ends before it."""
    while stop := STOP.search(html, position):
        if stop[0] in "<>":
            return stop.start() if stop[0] == ">" else NO_TAG
        closed = html.find(stop[0], stop.end())
        if closed < 0:
            angle = ANGLE.search(html, stop.end())
            return ENDLESS if angle is None else angle.start() if angle[0] == ">" else NO_TAG
        position = closed + 1
    return ENDLESS


def _end_of_declaration(html: str, position: int) -> int:
    """Where ``<!…>`` or ``<?…>`` ends; anything else that begins with ``<`` is text."""
    if html[position : position + 1] not in {"!", "?"}:
        return NO_TAG
    end = html.find(">", position)
    return end if end >= 0 else ENDLESS


def _behind_raw(html: str, position: int, tag: Tag) -> int:
    """Behind the content of a script or style."""
    if tag.closing or tag.name not in RAW:
        return position
    closed = RAW[tag.name].search(html, position)
    return closed.start() if closed else len(html)
