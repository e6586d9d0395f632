"""XML split into whole elements, in document order, over damage: what cannot be parsed is named with its bytes.

Where the parser fails inside a wanted element, that element is set aside and parsing goes on behind its end tag;
where it fails elsewhere, parsing goes on at the next start tag of a wanted element. A wanted element that the end
of the file cuts off is the *cut* record.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from codecs import BOM_UTF8
from dataclasses import replace
from typing import TYPE_CHECKING, Self

from smmetrics.api.reading import Record
from smmetrics.intake.xmlrun import Open, ParseError, Run, local, start_tag
from smmetrics.intake.xmlsafe import AMPERSAND, above, bare_ampersands, declaring, plain, root_start, undeclared

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator
    from pathlib import Path
    from types import TracebackType

    from smmetrics.api.reading import Element

PIECE, FIRST = 1 << 18, 1 << 13
"""Bytes read at once, and at first behind damage, where the next may be near."""
HEAD = 1 << 18
DECLARATION = re.compile(rb"<\?xml[^>]*\?>")
END_TAGS = re.compile(rb"\s*(</[^<>]*>\s*)*")
UNDECLARED_WORD, LONGEST_WORD = 11, 64
"""Expat's code for an entity nobody declared, and how far back one may begin."""
AT_THE_END = frozenset({3, 5, 6, 20})
"""Expat's codes for a file that stops too early: no element, unclosed token, partial character, unclosed CDATA."""


class Pieces:
    """The wanted elements of a file, and after iteration what happened on the way.

    ``whole`` counts elements handed over, ``damaged`` lists those set aside with a reason, ``cut`` is the one the end
    cut off, ``skipped`` the byte ranges outside wanted elements that could not be parsed, ``unfinished`` whether the
    file stops before its root element is closed; ``control`` how many control characters were left out, ``ampersands``
    how many stood for themselves, and ``undeclared`` which prefixes had to be declared to read it. ``encoding``: see
    `Run`.
    """

    def __init__(self, path: Path, tags: tuple[str, ...], *, encoding: str = "") -> None:
        self.tags = frozenset(tags)
        self.whole = 0
        self.damaged: list[tuple[Record, str]] = []
        self.skipped: list[tuple[int, int]] = []
        self.cut: Record | None = None
        self.unfinished = False
        self.control = 0
        self.ampersands = 0
        self.undeclared: tuple[str, ...] = ()
        self._encoding = encoding
        self._root: int | None = None
        self._begun = 0
        self._file = path.open("rb")
        self._size = path.stat().st_size
        self._count = 0
        self._depth: int | None = None
        self._mended: list[Element] = []
        self._wanted = _names(tags, closing=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def __iter__(self) -> Iterator[Element]:
        """Elements in document order; nested wanted ones follow the one they lie in."""
        start, line, prologue, ancestors = self._first()
        while True:
            run = Run(
                self.tags, base=start, line=line, prologue=prologue, ancestors=ancestors,
                numbers=self._number, raw=self.raw, encoding=self._encoding,
            )  # fmt: skip
            fault = yield from self._parse(run, start)
            if fault is None:
                return
            resumed = self._resume(run, fault)
            yield from map(self._counted, self._mended)
            self._mended = []
            if resumed is None:
                return
            ancestors = run.stack[: (self._depth or 2) - 1]
            prologue = self._prologue(ancestors)
            line = run.line + self.raw(run.position, resumed).count(b"\n")
            start = resumed

    def raw(self, start: int, end: int) -> bytes:
        """The file's bytes of a range."""
        self._file.seek(max(start, 0))
        return self._file.read(max(end - max(start, 0), 0))

    def _parse(self, run: Run, start: int) -> Generator[Element, None, ParseError | None]:
        """Feed a run to the end; returns the error that stopped it, if any."""
        position, size = start, FIRST if self._count else PIECE
        try:
            while data := self.raw(position, position + size):
                position, size = position + len(data), min(2 * size, PIECE)
                data, found = plain(data)
                self.control += found
                for element in run.feed(data):
                    yield self._counted(element)
            for element in run.finish():
                yield self._counted(element)
        except ParseError as fault:
            for element in run.take():
                yield self._counted(element)
            self._depth = run.depth_of_records or self._depth
            return fault
        return None

    def _resume(self, run: Run, fault: ParseError) -> int | None:
        """Name what was lost at an error, and say where to go on, if anywhere."""
        opened = run.outermost
        if fault.code in AT_THE_END:
            self.unfinished = True
            self._cut_off(run, opened)
            return None
        opened = opened or self._broken_start(run)
        if opened is None:
            found = self._find(self._wanted, run.position)
            self._skip(self._before(run.position, fault), found[0] if found else self._size)
            return found[0] if found else None
        found = self._find(_names((local(opened.tag),), closing=True), run.position)
        if found is None:
            self.cut = self._record(opened, self._size)
            return None
        self._mended = self._mend(run, opened, found[1])
        if not self._mended:
            damaged = self._record(opened, found[1])
            self.damaged.append((damaged, _reason(damaged.raw)))
        return found[1]

    def _mend(self, run: Run, opened: Open, end: int) -> list[Element]:
        """A damaged element and those in it, if only ampersands that stand for themselves are wrong with it."""
        data, places = bare_ampersands(plain(self.raw(opened.start, end))[0])
        ancestors = run.stack[: (self._depth or 2) - 1]
        known = iter([opened.number] if opened.number else [])
        inside = Run(
            self.tags, base=0, line=opened.line, prologue=self._prologue(ancestors), ancestors=ancestors,
            numbers=lambda: next(known, None) or self._number(), raw=lambda first, last: data[max(first, 0) : last],
            encoding=self._encoding,
        )  # fmt: skip
        try:
            found = inside.feed(data) if places else []
        except ParseError:
            return []
        self.ampersands += len(places) if found else 0
        return [replace(each, record=self._placed(each.record, opened.start, places)) for each in found]

    def _placed(self, record: Record, base: int, places: list[int]) -> Record:
        """A record of mended bytes with its place in the file."""
        start, end = (base + at - (len(AMPERSAND) - 1) * bisect_left(places, at) for at in (record.start, record.end))
        return record._replace(start=start, end=end, raw=self.raw(start, end))

    def _before(self, position: int, fault: ParseError) -> int:
        """Where the damage begins: the parser stands behind a word for a letter that nobody declared."""
        if fault.code != UNDECLARED_WORD:
            return position
        before = self.raw(position - LONGEST_WORD, position)
        begun = before.rfind(b"&")
        return position if begun < 0 else position - len(before) + begun

    def _broken_start(self, run: Run) -> Open | None:
        """The wanted element whose start tag itself is damaged, if that is where the parser stopped."""
        before = self.raw(run.position - PIECE, run.position + 256)
        behind = min(run.position, PIECE)
        begun = before.rfind(b"<", 0, behind + 1)
        match = self._wanted.match(before, begun) if begun >= 0 else None
        if match is None:
            return None
        tag = match.group().lstrip(b"<").rpartition(b":")[2].decode()
        return Open(tag, run.position - behind + begun, run.line)

    def _cut_off(self, run: Run, opened: Open | None) -> None:
        if opened is not None:
            self.cut = self._record(opened, self._size)
            return
        rest = self.raw(run.position, self._size)
        if rest.startswith(b"<") and self._may_be_wanted(rest):
            self.cut = Record(number=self._number(), line=run.line, start=run.position, end=self._size, raw=rest)
        else:
            self._skip(run.position, self._size)

    def _skip(self, start: int, end: int) -> None:
        """Note bytes that could not be parsed, unless they are end tags that nothing depends on."""
        if not END_TAGS.fullmatch(self.raw(start, end)):
            self.skipped.append((start, end))

    def _may_be_wanted(self, rest: bytes) -> bool:
        """Whether a start tag the end of the file cut off can have been a wanted one."""
        begun = re.match(rb"<(?:[\w.-]+:)?([\w.-]*)", rest)
        name = begun.group(1).decode(errors="replace") if begun else ""
        whole = bool(begun) and begun is not None and begun.end() < len(rest)
        return name in self.tags if whole else any(tag.startswith(name) for tag in self.tags)

    def _record(self, opened: Open, end: int) -> Record:
        number = opened.number or self._number()
        return Record(number=number, line=opened.line, start=opened.start, end=end, raw=self.raw(opened.start, end))

    def _prologue(self, stack: list[Open]) -> bytes:
        """The start tags that are open where parsing goes on, with the file's own declaration."""
        first = self.raw(self._begun, self._begun + 1024).removeprefix(BOM_UTF8)
        declared = DECLARATION.match(first)
        tags = [self._tag(opened.start) for opened in stack]
        return b"".join([declared.group() if declared else b"", *tags])

    def _tag(self, start: int) -> bytes:
        """The start tag at an offset; the root's with the prefixes that the file forgot to declare."""
        tag = start_tag(self.raw, start)
        return declaring(tag, self.undeclared) if start == self._root else tag

    def _first(self) -> tuple[int, int, bytes, list[Open]]:
        """Where parsing begins: at the document, or behind its root tag if that has to declare more than it does."""
        start, line = self._beginning()
        self._begun = start
        head = self.raw(start, start + HEAD)
        self.undeclared = undeclared(head)
        place = root_start(head) if self.undeclared else None
        if place is None:
            return start, line, b"", []
        self._root = start + place
        tag = start_tag(self.raw, self._root)
        name = tag[1:].split(None, 1)[0].rstrip(b">").decode(errors="replace")
        root = Open(name, self._root, line + head[:place].count(b"\n"))
        behind = self._root + len(tag)
        return behind, root.line + tag.count(b"\n"), self._prologue([root]), [root]

    def _beginning(self) -> tuple[int, int]:
        """Where the document begins, and in which line; what its server complained about above it is skipped."""
        head = self.raw(0, 1 << 16)
        body = head.removeprefix(BOM_UTF8)
        start = above(body)
        if body[:start].strip():
            self.skipped.append((0, len(head) - len(body) + start))
        start = start and len(head) - len(body) + start
        return start, 1 + head[:start].count(b"\n")

    def _find(self, pattern: re.Pattern[bytes], start: int) -> tuple[int, int] | None:
        """The next match from an offset on, read piece by piece with an overlap."""
        overlap, size = 256, FIRST
        while start < self._size:
            data = self.raw(start, start + size)
            if match := pattern.search(data):
                return start + match.start(), start + match.end()
            if start + len(data) >= self._size:
                break
            start, size = start + len(data) - overlap, min(2 * size, PIECE)
        return None

    def _number(self) -> int:
        self._count += 1
        return self._count

    def _counted(self, element: Element) -> Element:
        self.whole += 1
        return element


def _names(tags: tuple[str, ...], *, closing: bool) -> re.Pattern[bytes]:
    either = "|".join(re.escape(tag) for tag in tags)
    pattern = rf"</(?:[\w.-]+:)?(?:{either})\s*>" if closing else rf"<(?:[\w.-]+:)?(?:{either})(?=[\s/>])"
    return re.compile(pattern.encode())


def _reason(raw: bytes) -> str:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return "bad_encoding"
    return "malformed_element"
