"""What a JSON document says around its records: everything but the records themselves, read whole."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from smmetrics.api.errors import BadData
from smmetrics.intake import jsonscan
from smmetrics.intake.jsonpath import loads

if TYPE_CHECKING:
    from smmetrics.intake.encoding import Text
    from smmetrics.intake.jsonrecords import JsonRecords
    from smmetrics.intake.jsonscan import Found

MOST = 1 << 26
"""Bytes a document may say around its records."""
MARK = "\x1e"
PIECE = 1 << 24


@dataclass(frozen=True, slots=True)
class Outline:
    """The document without its records, and what holds each container of records: an element, or the document."""

    document: object
    holders: list[object] = field(default_factory=list)


def outline(text: Text, records: JsonRecords) -> Outline:
    """Read what stands around the records. Of a file that breaks off, what is whole of it is lost: nothing is known."""
    if records.lines or not records.where.steps:
        return Outline(None)
    raw = _around(text, records)
    try:
        document = loads(raw)
    except (ValueError, RecursionError):
        return Outline(None)
    found: dict[int, object] = {}
    _find(document, document, found)
    return Outline(document, [found.get(number) for number in range(max(found, default=-1) + 1)])


def _around(text: Text, records: JsonRecords) -> bytes:
    """The bytes of the document; in place of each container's records stands the container's number."""
    state = jsonscan.State()
    kept: list[bytes] = []
    at, room, size = records.start, PIECE, 0
    while at < text.size:
        data = text.read(at, at + room)
        final = at + len(data) >= text.size
        found = jsonscan.scan(data, state, records.where)
        if not found.upto and not final:
            room *= 2
            continue
        kept += _outside(data[: len(data) if final else found.upto], found, keyed=records.where.keyed)
        size += sum(map(len, kept[-(2 * len(found.spans) + 1) :]))
        if size > MOST:
            message = "The document says more around its records than any export does."
            raise BadData(message, hint="Get the export again.", code="json.damaged")
        at, room = at + (len(data) if final else found.upto), PIECE
    return b"".join(kept).rstrip(b" \t\r\n\0\x1a;")


def _outside(data: bytes, found: Found, *, keyed: bool) -> list[bytes]:
    kept = []
    here = 0
    for span in found.spans:
        kept.append(data[here : span.start])
        if span.begins:
            mark = f'"\\u001e{span.holder}"'
            kept.append((f"{mark}:0" if keyed else mark).encode())
        here = span.end
    kept.append(data[here:])
    return kept


def _find(value: object, holder: object, found: dict[int, object]) -> None:
    """Note the holder of each container of records: the array element it lies in, else the document."""
    if isinstance(value, dict):
        for key, each in value.items():
            if key.startswith(MARK):
                found[int(key[1:])] = holder
            else:
                _find(each, holder, found)
    elif isinstance(value, list):
        for each in value:
            if isinstance(each, str) and each.startswith(MARK):
                found[int(each[1:])] = holder
            else:
                _find(each, each, found)
