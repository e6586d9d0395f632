"""Files that arrive broken or hollow, and what a reader must say of them."""

from __future__ import annotations

import random
import re
from typing import TYPE_CHECKING

import polars as pl

from smmetrics.testing.evidence import unbalanced
from smmetrics.testing.samples import SEED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from smmetrics.intake import FileResult

FOREIGN = re.compile(r"Traceback|polars|pandas|\b[A-Z]\w+(?:Error|Exception)\b")
"""What a person reads only where another library's exception leaked."""
REFUSALS = (2, 4)
PLACE = ("reason", "record", "start", "end")
"""What says why a record was set aside, and where it is."""


def damaged(raw: bytes) -> Iterator[tuple[str, bytes, bool]]:
    """Ways in which files arrive broken: what happened, the bytes, and whether the loss can be seen at all.

    A file that ends between two records looks whole to anybody, and a line inside a text of an XML element is text;
    every other damage must be said.
    """
    dice = random.Random(SEED)  # noqa: S311 (a seed, so that a failure can be repeated)
    middle = _inside_a_line(raw, len(raw) // 2)
    yield "noise", dice.randbytes(4096), True
    yield "cut in the middle", raw[:middle], raw.endswith(b"\n")
    yield "cut in the last line", raw[: _inside_a_line(raw, len(raw) - 8)], raw.endswith(b"\n")
    yield "noise in the middle", raw[:middle] + b"\xff\xfe\x00\x9d" + raw[middle:], True
    foreign = _with_line(raw, middle, b"}{" + b"," * 40)
    yield "a line of another kind in the middle", foreign, not _is_xml(raw)


def empty(raw: bytes) -> Iterator[tuple[str, bytes]]:
    """Ways in which a file can hold nothing; the first line of a table is its header."""
    yield "nothing", b""
    yield "blank lines", b"\n\n\n"
    if not _is_xml(raw):
        yield "header", raw[: raw.find(b"\n") + 1]


def _is_xml(raw: bytes) -> bool:
    return raw.lstrip(b"\xef\xbb\xbf").lstrip().startswith(b"<")


def _inside_a_line(raw: bytes, place: int) -> int:
    """The nearest place before this one that is not at the edge of a line."""
    place = max(1, min(place, len(raw) - 1))
    while place > 1 and raw[place - 1 : place + 1].strip() != raw[place - 1 : place + 1]:
        place -= 1
    return place


def _with_line(raw: bytes, place: int, line: bytes) -> bytes:
    end = raw.find(b"\n", place)
    end = len(raw) if end < 0 else end + 1
    return raw[:end] + line + b"\n" + raw[end:]


def unsaid(name: str, result: FileResult, *, visible: bool) -> list[str]:
    """What a damaged file's result leaves out: a reason, a place, a word about the damage."""
    words = " ".join((result.reason, result.hint, *result.messages))
    faults = [f"{name}: {words!r} speaks of another library's exception"] if FOREIGN.search(words) else []
    if result.status == "refused":
        faults += [] if result.reason else [f"{name}: refused without a reason"]
        wrong = f"{name}: refused with exit code {result.exit_code} ({result.reason}); bad data is 4"
        return faults + ([] if result.exit_code in REFUSALS else [wrong])
    if visible and not (result.quarantined or result.messages or result.blank or result.footer):
        faults.append(f"{name}: read as if it were whole")
    return faults + _placeless(name, result) + unbalanced(name, result)


def _placeless(name: str, result: FileResult) -> list[str]:
    rows = pl.DataFrame() if result.quarantine is None else result.quarantine
    if rows.height != result.quarantined:
        return [f"{name}: {result.quarantined} records set aside and {rows.height} rows that say why"]
    return [
        f"{name}: quarantine without {column}"
        for column in PLACE
        if rows.height and (column not in rows.columns or rows[column].null_count())
    ]
