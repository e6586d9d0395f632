"""The records of a JSON file, piece by piece: those of an array or object somewhere in a document, or a line each.

Whether a file is one document or a value a line is seen at its beginning, not declared.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from smmetrics.api.errors import BadData
from smmetrics.intake import jsonscan
from smmetrics.intake.jsonpath import parse
from smmetrics.intake.jsonscan import DEPTH, State, Where
from smmetrics.intake.names import visible
from smmetrics.intake.pieces import Places
from smmetrics.intake.scan import masks, positions
from smmetrics.words import cut, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from smmetrics.intake.encoding import Text
    from smmetrics.intake.jsonscan import Found
    from smmetrics.intake.scan import Offsets

PIECE, LARGEST = 1 << 24, 1 << 28
"""Bytes read at once, and the longest record."""
ASSIGNED = re.compile(rb"\s*(?:(?:var|let|const)\s+)?(?P<name>[A-Za-z_$][\w.$]*)\s*=\s*(?=[\[{])")
PART = re.compile(r"\.part\d+$")
NOTHING = b" \t\r\n\0\x1a"
PARTLY = re.compile(rb"\s+\S|[}\]]|[{\[]\s*$")
"""How lines look that hold part of a value: set in, or a bracket alone."""
TRIED = 10
"""Lines at whose form a file is told."""
BEHIND = NOTHING + b";"
SHOWN = 60
"""Letters that are shown of what stands behind the end."""
COMMA = ord(",")
SCALAR = re.compile(rb'"(?:[^"\\]|\\.)*"(\s*:)?|[^\s,\]}]+')


@dataclass(slots=True)
class JsonPiece:
    """Records of a piece: their bytes, where they stand, what is wrong with some, and which container holds each."""

    data: bytes
    offset: int
    number: int
    starts: Offsets
    ends: Offsets
    holders: Offsets
    places: Places
    faults: dict[int, str] = field(default_factory=dict)
    blank: set[int] = field(default_factory=set)
    last: bool = False

    @property
    def count(self) -> int:
        """How many records there are."""
        return len(self.starts)


def assigned(head: bytes) -> tuple[str, int]:
    """The JavaScript name a file assigns its JSON to (``window.data.part0 =``), less the part; where JSON begins."""
    match = ASSIGNED.match(head)
    return (PART.sub("", match["name"].decode()), match.end()) if match else ("", 0)


def is_lines(head: bytes, *, whole: bool) -> bool:
    """Whether a file holds one JSON value a line: its first line is a whole one, and none looks like part of one."""
    lines = list(islice(_filled_lines(head), TRIED + 2))
    lines = lines if whole else lines[:-1]
    if len(lines) < 2 or not _is_whole(lines[0]):  # noqa: PLR2004 (one value is a document)
        return False
    return not any(PARTLY.match(line) for line in lines[:TRIED])


def _filled_lines(head: bytes) -> Iterator[bytes]:
    """Lines that hold something; a head may have a hundred thousand, and few are looked at."""
    at = 0
    while at < len(head):
        end = head.find(b"\n", at)
        line = head[at:] if end < 0 else head[at:end]
        if line.strip(NOTHING):
            yield line
        at += len(line) + 1


def _is_whole(line: bytes) -> bool:
    """Whether all brackets that a line opens are closed in it, and it opens one."""
    _, opening = jsonscan.brackets(line)
    return line.lstrip()[:1] in b"{[" and 0 < 2 * int(opening.sum()) == len(opening)


class JsonRecords:
    """The records of a text. ``path`` leads to them (``items[]``, ``posts{}``, ``[]``; empty: each value of the file).

    After `pieces`, ``unfinished`` says whether the file breaks off before its end, and ``behind`` what else stands
    behind it.
    """

    def __init__(self, text: Text, path: str) -> None:
        self.text = text
        self.unfinished = False
        self.behind = ""
        head = text.read(text.start, text.start + (1 << 20))
        _, behind = assigned(head)
        self.start = text.start + behind
        self.where = where(path)
        flat = self.where.steps in {(), (None,)} and not self.where.keyed
        self.lines = flat and is_lines(head[behind:], whole=text.start + len(head) >= text.size)
        self._line = 1 + head[:behind].count(b"\n")

    def pieces(self, size: int = 0) -> Iterator[JsonPiece]:
        """All records in pieces, about ``size`` bytes each (0: `PIECE`)."""
        self.unfinished = False
        yield from self._of_lines(size or PIECE) if self.lines else self._of_document(size or PIECE)

    def _of_lines(self, size: int) -> Iterator[JsonPiece]:
        at, number, line, room = self.start, 1, self._line, size
        while at < self.text.size:
            data = self.text.read(at, at + room)
            final = at + len(data) >= self.text.size
            upto = len(data) if final else data.rfind(b"\n") + 1
            if not upto:
                room = _more(room)
                continue
            data = data[:upto]
            piece = _lines(data, at, number, Places(data, at, line, b"\n"))
            piece.last = final and not data.rstrip(b"\0\x1a").endswith(b"\n")
            yield piece
            at, number, room = at + upto, number + len(piece.starts), size
            line += data.count(b"\n")

    def _of_document(self, size: int) -> Iterator[JsonPiece]:
        state = State()
        at, number, line, room = self.start, 1, self._line, size
        while at < self.text.size:
            data = self.text.read(at, at + room)
            final = at + len(data) >= self.text.size
            found = jsonscan.scan(data, state, self.where)
            if not found.upto and not final:
                room = _more(room)
                continue
            upto = len(data) if final else found.upto
            piece = _document(data, found, at, number, Places(data, at, line, b"\n"), keyed=self.where.keyed)
            if final:
                self._end(piece, data, found, state)
                self._note_behind(data, found, line)
            yield piece
            at, number, room = at + upto, number + len(piece.starts), size
            line += data.count(b"\n", 0, upto)

    def _end(self, piece: JsonPiece, data: bytes, found: Found, state: State) -> None:
        """Take what the end of the file cut off as a record, or note that the file is not whole."""
        self.unfinished = bool(found.is_open or state.depth)
        if found.is_open:
            rest = data[found.upto :]
            begun = found.upto + len(rest) - len(rest.lstrip(NOTHING + b","))
            piece.faults[len(piece.starts)] = "unterminated_last_record"
            piece.starts = np.append(piece.starts, begun)
            piece.ends = np.append(piece.ends, len(data))
            piece.holders = np.append(piece.holders, max(state.seen - 1, 0))

    def _note_behind(self, data: bytes, found: Found, line: int) -> None:
        """Note what stands behind the end of the file's last value."""
        rest = data[found.upto :].lstrip(BEHIND)
        if rest and not self.unfinished:
            line += data.count(b"\n", 0, len(data) - len(rest))
            shown = cut(visible(rest.splitlines()[0].decode("utf-8", "replace")), SHOWN)
            self.behind = say("files.behind", line=line, text=shown)


def where(path: str) -> Where:
    """The container of records that a layout names."""
    keyed = path.endswith("{}")
    steps = parse(path.removesuffix("{}") + "[]" if keyed else path).steps
    if steps and steps[-1] is not None:
        message = f"The path {path!r} leads to one value and not to records: it must end in [] or {{}}."
        raise BadData(message, code="record.malformed")
    return Where(steps, keyed)


def _more(room: int) -> int:
    if room >= LARGEST:
        message = f"A record is longer than {LARGEST >> 20} MiB."
        raise BadData(message, hint="No export holds such a record: get it again.", code="json.damaged")
    return room * 2


def _lines(data: bytes, offset: int, number: int, places: Places) -> JsonPiece:
    array = np.frombuffer(data, np.uint8)
    breaks = positions(masks(array, (ord("\n"),))[0])
    if not len(breaks) or int(breaks[-1]) < len(data) - 1:
        breaks = np.append(breaks, len(data))
    starts = np.append(np.int64(0), breaks[:-1] + 1)
    kept = np.ones(len(starts), np.bool_)
    if not data[int(starts[-1]) :].strip(NOTHING):  # what stands behind the last line end is no line
        kept[-1] = int(breaks[-1]) < len(data)
    piece = JsonPiece(data, offset, number, starts[kept], breaks[kept], np.zeros(int(kept.sum()), np.int64), places)
    for index in np.flatnonzero(piece.ends - piece.starts < len(NOTHING) * 4).tolist():
        if not data[piece.starts[index] : piece.ends[index]].strip(NOTHING):
            piece.blank.add(index)
    _refuse_deep(piece, array)
    return piece


def _refuse_deep(piece: JsonPiece, array: NDArray[np.uint8]) -> None:
    """Set aside lines that nest deeper than any export does."""
    if len(piece.starts):
        opens = (array == jsonscan.BRACKETS[0]) | (array == jsonscan.BRACKETS[2])
        places = np.flatnonzero(opens)
        counts = np.searchsorted(places, piece.ends) - np.searchsorted(places, piece.starts)
        for index in np.flatnonzero(counts > DEPTH).tolist():
            _, opening = jsonscan.brackets(piece.data[piece.starts[index] : piece.ends[index]])
            if len(opening) and int(np.cumsum(np.where(opening, 1, -1)).max()) > DEPTH:
                piece.faults[index] = "malformed_record"


def _document(data: bytes, found: Found, offset: int, number: int, places: Places, *, keyed: bool) -> JsonPiece:
    """Records of a document's piece, and what else stands among them: numbers or words where records belong."""
    holders = np.array([span.holder for span in found.spans], np.int64)
    starts, ends, within = found.starts, found.ends, found.within
    others = [] if keyed else list(_others(data, found))
    if not others:
        return JsonPiece(data, offset, number, starts, ends, holders[within], places)
    places_of = np.array([start for start, _, _ in others], np.int64)
    order = np.argsort(np.concatenate([starts, places_of]), kind="stable")
    all_ends = np.concatenate([ends, np.array([end for _, end, _ in others], np.int64)])[order]
    all_within = np.concatenate([within, np.array([span for _, _, span in others], np.int64)])[order]
    all_starts = np.concatenate([starts, places_of])[order]
    piece = JsonPiece(data, offset, number, all_starts, all_ends, holders[all_within], places)
    for index in np.flatnonzero(order >= len(starts)).tolist():
        if data[all_starts[index] : all_ends[index]] == b"null":
            piece.blank.add(index)
        else:
            piece.faults[index] = "malformed_record"
    return piece


def _others(data: bytes, found: Found) -> Iterator[tuple[int, int, int]]:
    """What stands between records and is no comma: first byte, behind the last byte, place of the span."""
    befores = np.empty_like(found.starts)
    first = np.ones(len(found.starts), np.bool_)
    if len(befores):
        first[1:] = found.within[1:] != found.within[:-1]
        spans = np.array([span.start for span in found.spans], np.int64)
        befores[1:] = found.ends[:-1]
        befores[first] = spans[found.within[first]]
    letters = np.frombuffer(data, np.uint8)
    plain = (found.starts - befores == 1) & (letters[befores] == COMMA)
    gaps = zip(befores[~plain].tolist(), found.starts[~plain].tolist(), found.within[~plain].tolist(), strict=True)
    known: dict[bytes, bool] = {}
    for start, end, span in gaps:
        gap = data[start:end]
        if gap not in known:
            known[gap] = not gap.strip(BEHIND + b",")
        if not known[gap]:
            yield from _scalars(data, start, end, span)
    closing = np.flatnonzero(np.append(found.within[1:] != found.within[:-1], len(found.within) > 0))
    last = dict(zip(found.within[closing].tolist(), found.ends[closing].tolist(), strict=True))
    for place, span in enumerate(found.spans):
        start, end = last.get(place, span.start), span.end if span.ends else min(span.end, found.upto)
        if start < end and data[start:end].strip(BEHIND + b","):
            yield from _scalars(data, start, end, place)


def _scalars(data: bytes, start: int, end: int, span: int) -> Iterator[tuple[int, int, int]]:
    for match in SCALAR.finditer(data, start, end):
        if not match[1]:
            yield match.start(), match.end(), span
