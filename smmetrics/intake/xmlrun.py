"""One run of the hardened XML parser from a byte offset on, giving whole elements with their byte ranges.

Offsets come from expat itself, so they are those of the file's own bytes whatever its encoding. A run that begins
in the middle of a file is fed the start tags of the elements that are open there first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.etree.ElementTree import ParseError, TreeBuilder

from defusedxml.common import DefusedXmlException

from smmetrics.api.errors import BadData
from smmetrics.api.reading import Element, Record
from smmetrics.intake.xmlsafe import SafeParser
from smmetrics.words import say

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from xml.etree.ElementTree import Element as Tree

DEPTH = 100
"""Deeper nesting than any export has; what goes deeper is refused."""
LONGEST_TAG = 1 << 24
START_TAG = re.compile(rb"""<[^<>"']*(?:"[^"]*"|'[^']*'|[^>"'])*>""")


@dataclass(slots=True)
class Open:
    """An element whose start tag was seen and whose end tag was not."""

    tag: str
    start: int
    line: int
    number: int = 0
    tree: Tree | None = None


def harmful(*, where: str) -> BadData:
    """The refusal of an XML file that can make its reader do more than read: fetch other files, fill the memory."""
    message = "The file declares a document type or entities (<!DOCTYPE …), which can hide harmful content."
    hint = "Exports of platforms do not: it is not opened. Get the export again from the platform itself."
    return BadData(message, where=where, hint=hint, code="xml.entities")


def unreadable(why: str) -> BadData:
    """The refusal of a file whose declaration or first tag is damaged."""
    return BadData(say("intake.xml.head", why=why), hint=say("intake.xml.head_hint"), code="xml.head")


def local(tag: str) -> str:
    """``{namespace}name`` → ``name``."""
    return tag.rpartition("}")[2]


class Run:
    """A parser's target: builds the trees of wanted elements and hands them over when the outermost one is whole.

    ``base`` is the file offset of the first byte fed after ``prologue``, which opens ``ancestors`` again; ``numbers``
    gives the next record number; ``encoding`` is what the bytes are in, whatever the file declares.
    """

    def __init__(
        self,
        tags: frozenset[str],
        *,
        base: int,
        line: int,
        prologue: bytes = b"",
        ancestors: Sequence[Open] = (),
        numbers: Callable[[], int],
        raw: Callable[[int, int], bytes],
        encoding: str = "",
    ) -> None:
        self.tags = tags
        self.stack: list[Open] = []
        self.depth_of_records: int | None = None
        self.done: list[Element] = []
        self._waiting: list[Element] = []
        self._numbers = numbers
        self._raw = raw
        self._builder: TreeBuilder | None = None
        self._outermost = 0
        self._parser = SafeParser(self, encoding or None)
        self._shift = base - len(prologue)
        self._lines = line - 1 - prologue.count(b"\n")
        self._ancestors = list(ancestors)
        if prologue:
            self._open(prologue)
        self._ancestors = []

    def feed(self, data: bytes) -> list[Element]:
        """Parse more bytes; returns the elements that became whole. Raises `ParseError` where the file is damaged."""
        try:
            self._parser.feed(data)
        except DefusedXmlException as error:
            raise harmful(where=f"line {self.line}") from error
        except (LookupError, ValueError) as error:
            raise unreadable(str(error)) from error
        return self.take()

    def _open(self, prologue: bytes) -> None:
        """Parse what stands before the records: where that is damaged, nobody can say what is inside of what."""
        try:
            self._parser.feed(prologue)
        except DefusedXmlException as error:
            raise harmful(where=f"line {self.line}") from error
        except (ParseError, LookupError, ValueError) as error:
            raise unreadable(str(error)) from error

    def take(self) -> list[Element]:
        """Hand over what is whole so far."""
        done, self.done = self.done, []
        return done

    def finish(self) -> list[Element]:
        """The file's end. Raises `ParseError` where something is still open."""
        self._parser.close()
        return self.take()

    @property
    def position(self) -> int:
        """The file offset of the token at hand, or of the error."""
        return int(self._parser.parser.CurrentByteIndex) + self._shift

    @property
    def line(self) -> int:
        """The file's line of the token at hand, from 1."""
        return int(self._parser.parser.CurrentLineNumber) + self._lines

    @property
    def outermost(self) -> Open | None:
        """The wanted element that is open and lies in no other wanted one."""
        return self.stack[self._outermost - 1] if self._outermost else None

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Called by the parser for a start tag."""
        if self._ancestors:
            self.stack.append(self._ancestors[len(self.stack)])
            return
        opened = Open(tag, self.position, self.line)
        self.stack.append(opened)
        if len(self.stack) > DEPTH:
            message = f"Elements are nested more than {DEPTH} deep; no export is."
            raise BadData(
                message,
                where=f"line {self.line}",
                hint="Get the export again.",
                code="xml.depth",
            )
        wanted = local(tag) in self.tags
        if wanted and self._builder is None:
            self._builder, self._outermost = TreeBuilder(), len(self.stack)
            self.depth_of_records = self._outermost
        if self._builder is not None:
            tree = self._builder.start(tag, attributes)
            if wanted:
                opened.tree, opened.number = tree, self._numbers()

    def data(self, text: str) -> None:
        """Called by the parser for text."""
        if self._builder is not None:
            self._builder.data(text)

    def end(self, tag: str) -> None:
        """Called by the parser for an end tag."""
        opened = self.stack.pop()
        if self._builder is None:
            return
        self._builder.end(tag)
        if opened.tree is not None:
            self._waiting.append(self._element(opened))
        if len(self.stack) < self._outermost:
            self.done += sorted(self._waiting, key=lambda element: element.record.number)
            self._waiting, self._builder, self._outermost = [], None, 0

    def close(self) -> None:
        """Called by the parser at the end; there is no tree to give."""

    def _element(self, opened: Open) -> Element:
        end = self._end_of(opened)
        raw = self._raw(opened.start, end)
        record = Record(number=opened.number, line=opened.line, start=opened.start, end=end, raw=raw)
        return Element(record=record, tag=opened.tag, xml=opened.tree)

    def _end_of(self, opened: Open) -> int:
        """The offset behind an element: at ``<empty/>`` the parser stands behind it, else at its end tag."""
        here = self.position
        if self._raw(here - 2, here) == b"/>" and start_tag(self._raw, opened.start).endswith(b"/>"):
            return here
        size = 64
        while (closed := self._raw(here, here + size).find(b">")) < 0:
            size *= 4
        return here + closed + 1


def start_tag(raw: Callable[[int, int], bytes], start: int) -> bytes:
    """The start tag that begins at an offset, as bytes."""
    size = 1024
    while not (match := START_TAG.match(raw(start, start + size))):
        size *= 4
        if size > LONGEST_TAG:
            message = "A start tag is longer than any export has."
            raise BadData(message, where=f"byte {start}", code="xml.tag")
    return match.group()


__all__ = ["DEPTH", "Open", "ParseError", "Run", "harmful", "local", "start_tag"]
