"""Look at a file once: which container and encoding it is in, and what its first records say."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException, DTDForbidden

from smmetrics.api.errors import BadData
from smmetrics.api.reading import Preview
from smmetrics.intake.encoding import Encoding, Text, encoding_of, sniff_encoding
from smmetrics.intake.grid import HEAD, Grid, find_grid, texts
from smmetrics.intake.jsonrecords import assigned, is_lines
from smmetrics.intake.jsonsniff import json_start, paths
from smmetrics.intake.pointers import check_no_pointer
from smmetrics.intake.xmlrun import harmful, local, unreadable
from smmetrics.intake.xmlsafe import SafeParser, above, declaring, plain, root_start, undeclared
from smmetrics.words import say

if TYPE_CHECKING:
    from pathlib import Path

HEADERS, RECORDS = 12, 50
FOUR = (b"\xff\xfe\0\0", b"\0\0\xfe\xff", b"<\0\0\0", b"\0\0\0<")
"""How texts in UTF-32 begin."""
LATER = {
    b"\x28\xb5\x2f\xfd": "a compressed file (zst)",
    b"BZh": "a compressed file (bz2)",
    b"\xfd7zXZ": "a compressed file (xz)",
    b"7z\xbc\xaf": "a 7z archive",
    b"Rar!": "a rar archive",
    b"%PDF": "a PDF document",
}
"""Containers that are recognised and not read yet, by their first bytes."""
XML_START = re.compile(rb"\s*<(?:\?xml|!--|!DOCTYPE|[A-Za-z_])")
PREFIXES = re.compile(r"\bxmlns:([\w.-]+)\s*=")


def sniff(path: Path, *, name: str, delimiter: str = "", sheet: str = "") -> Preview:
    """What the file at ``path`` (a private copy) is; ``name`` is the name it was given under.

    ``delimiter`` says what divides a table's cells, where looking at them misled; ``sheet`` that it is a sheet's text.
    Raises `BadData` for empty files, binary data and containers that are not read yet.
    """
    size = path.stat().st_size
    if not size:
        message = "The file is empty: it has no bytes at all."
        raise BadData(message, hint="Get the export again; the download may have failed.", code="empty")
    with path.open("rb") as file:
        head = file.read(HEAD)
    _refuse_later(head)
    check_no_pointer(head)
    encoding = sniff_encoding(head)
    with_text = Text(path, encoding)
    try:
        start = with_text.read(with_text.start, with_text.start + HEAD)
        if not start.strip(b"\0 \t\r\n\x1a"):
            message = "The file is empty: it holds only blanks."
            raise BadData(message, hint="Get the export again; the download may have failed.", code="empty")
        if sheet:
            return replace(_table(path, name, size, with_text, ","), sheet=sheet)
        document = start[above(start) :]
        if XML_START.match(document):
            return _xml(path, name, size, encoding, document)
        root, behind = assigned(start)
        if json_start(start[behind:]):
            return _json(path, name, size, with_text, root=root, head=start[behind:])
    finally:
        with_text.close()
    as_table = Text(path, encoding_of(path))
    try:
        return _table(path, name, size, as_table, delimiter)
    finally:
        as_table.close()


def _refuse_later(head: bytes) -> None:
    if head.startswith(FOUR):
        raise BadData(say("files.utf_32"), hint=say("files.utf_32_hint"), code="encoding.later")
    for sign, what in LATER.items():
        if head.startswith(sign):
            message = f"The file is {what}; tables, workbooks, JSON and XML are read."
            hint = "Unpack it, or save what it holds as CSV, and import that."
            raise BadData(message, hint=hint, code="container.later")


def _table(path: Path, name: str, size: int, text: Text, delimiter: str) -> Preview:
    grid = grid_of(text, delimiter=delimiter)
    records = tuple(texts(row) for row in grid.first[:RECORDS])
    return Preview(
        path=path,
        name=name,
        size=size,
        container="csv",
        encoding=text.encoding.name,
        delimiter=grid.delimiter.decode(),
        headers=records[:HEADERS],
        records=records,
    )


def _json(path: Path, name: str, size: int, text: Text, *, root: str, head: bytes) -> Preview:
    return Preview(
        path=path,
        name=name,
        size=size,
        container="json",
        encoding=text.encoding.name,
        root=root,
        lines=is_lines(head, whole=text.start + len(head) >= text.size),
        names=paths(head),
    )


def grid_of(text: Text, *, delimiter: str = "") -> Grid:
    """The grid of a table that is about to be read, with its delimiter where it is known."""
    start = text.read(text.start, text.start + HEAD)
    whole = text.start + len(start) >= text.size
    return find_grid(start, whole=whole, start=text.start, delimiter=delimiter)


def _xml(path: Path, name: str, size: int, encoding: Encoding, start: bytes) -> Preview:
    seen = _Seen()
    parser = SafeParser(seen, None if encoding.name == "utf-8" else "utf-8")
    try:
        parser.feed(_declared(plain(start)[0]))
    except DTDForbidden as declared:
        if declared.name.lower() != "html":
            raise harmful(where="line 1") from declared
        seen.root = "html"
    except (ParseError, DefusedXmlException):
        seen.stopped = True  # what was seen before the damage is enough to recognise the file; reading will report it
    except (LookupError, ValueError) as error:
        raise unreadable(str(error)) from error
    shown = start.decode("utf-8", "replace")
    undeclared_ones = undeclared(start)
    return Preview(
        path=path,
        name=name,
        size=size,
        container="xml",
        encoding=encoding.name,
        root=seen.root,
        names=frozenset({*seen.names, *PREFIXES.findall(shown), *undeclared_ones}),
    )


def _declared(start: bytes) -> bytes:
    """The beginning of a file, with the prefixes that its root forgot to declare."""
    prefixes, place = undeclared(start), root_start(start)
    if not prefixes or place is None or (end := start.find(b">", place)) < 0:
        return start
    return start[:place] + declaring(start[place : end + 1], prefixes) + start[end + 1 :]


class _Seen:
    """A parser's target that only notes names."""

    def __init__(self) -> None:
        self.root = ""
        self.names: set[str] = set()
        self.stopped = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Called by the parser for a start tag."""
        del attributes
        self.root = self.root or local(tag)
        self.names.add(local(tag))

    def end(self, tag: str) -> None:
        """Called by the parser for an end tag; nothing to note."""

    def close(self) -> None:
        """Called by the parser at the end."""


__all__ = ["grid_of", "sniff"]
