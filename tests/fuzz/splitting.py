"""The record splitter beside a plain loop over bytes and the standard library's csv: each record once, no byte lost."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, cast

from smmetrics.intake.grid import Grid
from smmetrics.intake.scan import scan
from smmetrics.intake.splitting import count_records, rows
from smmetrics.intake.table import EMPTY, Table

if TYPE_CHECKING:
    from pathlib import Path

    from smmetrics.intake.encoding import Text

DIALECTS = ((b",", b"\n"), (b";", b"\n"), (b"\t", b"\n"), (b",", b"\r"))
SEEDS = (
    b'\x00\x05a,b\n1,2\n"x ""y"" z",3\n4,"two\nlines"\n',
    b"\x01\x11a;b\r\n1;2\r\n\r\n;\r\n3;4",
    b'\x02\x30a\tb\n"one\t1"\t2\n"open\t3\n4\t5\n',
    b'\x03\x09a,b\r1,"2"x\r"3",4\r',
    b'\x00\x02,"",\n" "",""",\n\xff,\xc3\xa9\n"a"\r\n',
)
WORDS = (b'""', b'","', b'"\n', b'"\r\n', b'\n"', b'"""')


class Record(NamedTuple):
    """Where a record begins, ends and where the next one may begin; its cells; whether a line end closed it."""

    start: int
    end: int
    next: int
    cells: tuple[bytes, ...]
    whole: bool


@dataclass(frozen=True, slots=True)
class Held:
    """Text in memory, as a table reads one."""

    data: bytes

    @property
    def size(self) -> int:
        """How many bytes."""
        return len(self.data)

    def read(self, start: int, end: int) -> bytes:
        """The bytes of a range."""
        return self.data[start:end]


def plain(data: bytes, delimiter: bytes, newline: bytes) -> list[Record]:
    """The records, one byte after another: the slow way that needs no cleverness to be believed."""
    found: list[Record] = []
    start, cells, cell, state = 0, list[bytes](), bytearray(), "begin"
    for at in range(len(data)):
        byte = data[at : at + 1]
        if state == "inside":
            state = "mark" if byte == b'"' else state
            cell += b"" if byte == b'"' else byte
        elif state == "mark" and byte == b'"':
            cell += byte
            state = "inside"
        elif state == "begin" and byte == b'"':
            state = "inside"
        elif byte == delimiter:
            cells.append(bytes(cell))
            cell, state = bytearray(), "begin"
        elif byte == newline:
            two = newline == b"\n" and data[start:at].endswith(b"\r")
            cells.append(bytes(cell).removesuffix(b"\r") if two else bytes(cell))
            found.append(Record(start, at - two, at + 1, tuple(cells), whole=True))
            start, cells, cell, state = at + 1, [], bytearray(), "begin"
        else:
            cell += byte
            state = "plain"
    if start < len(data):
        found.append(Record(start, len(data), len(data) + 1, (*cells, bytes(cell)), whole=False))
    return found


def by_csv(data: bytes, delimiter: bytes) -> list[tuple[bytes, ...]]:
    """The cells as the standard library reads them; an empty line is one empty cell."""
    text = io.StringIO(data.decode("latin-1"), newline="")
    read = csv.reader(text, delimiter=delimiter.decode())
    return [tuple(cell.encode("latin-1") for cell in row) or (b"",) for row in read]


def check_splitter(data: bytes, delimiter: bytes, newline: bytes) -> list[Record]:
    """Splitter, scan and second count say of any bytes what the plain loop says; returns its records."""
    records = plain(data, delimiter, newline)
    other = b"\r" if newline == b"\n" else b"\n"
    if other not in data:
        assert by_csv(data, delimiter) == [record.cells for record in records]
    found = list(rows(data, delimiter=delimiter, newline=newline))
    assert [Record(row.start, row.end, row.next, row.cells, row.whole) for row in found] == records
    assert b"".join(data[row.start : row.next] for row in found) == data
    assert count_records(data, delimiter=delimiter, newline=newline) == len(records)
    scanned, whole = scan(data, delimiter=delimiter[0], newline=newline[0]), [each for each in records if each.whole]
    if scanned.regular:
        assert scanned.starts.tolist() == [record.start for record in whole]
        assert scanned.ends.tolist() == [record.end for record in whole]
        assert scanned.cells.tolist() == [len(record.cells) for record in whole]
        assert scanned.consumed == (whole[-1].next if whole else 0)
    return records


def check_table(data: bytes, delimiter: bytes, newline: bytes, size: int) -> None:
    """Read in pieces of any size, the pieces join to the bytes, and each record is in one of them, once."""
    records = check_splitter(data, delimiter, newline)
    width = len(records[0].cells) if records else 1
    grid = Grid(delimiter=delimiter, newline=newline, start=0, first=())
    table = Table(cast("Text", Held(data)), grid, start=0, line=1, width=width)
    if records and not records[-1].whole and not data[records[-1].start :].strip(EMPTY):
        records.pop()
    pieces = list(table.pieces(size))
    assert b"".join(piece.data for piece in pieces) == data
    assert [piece.offset + int(each) for piece in pieces for each in piece.starts] == [each.start for each in records]
    assert [piece.offset + int(each) for piece in pieces for each in piece.ends] == [each.end for each in records]
    check_rows(table, records, width, size)


def check_rows(table: Table, records: list[Record], width: int, size: int) -> None:
    """Each record is in a row with its cells, or set aside, or blank."""
    by_start = {record.start: record for record in records}
    seen: list[int] = []
    blank = 0
    for window in table.windows(range(width), size=size):
        for start, cells in zip(window.starts.tolist(), window.frame.drop("record").rows(), strict=True):
            told = tuple((cell or "").encode() for cell in cells)
            assert without_returns(told) == without_returns(by_start[start].cells)
            seen.append(start)
        seen += [each.start for each in window.rejected]
        blank += window.blank
    assert len(set(seen)) == len(seen)
    assert len(seen) + blank == len(records)


def without_returns(cells: tuple[bytes, ...]) -> tuple[bytes, ...]:
    """The cells, those before the last without returns at their end: Polars takes one before a delimiter for a blank."""
    return (*(cell.rstrip(b"\r") for cell in cells[:-1]), cells[-1])


def check(data: bytes, folder: Path) -> None:  # noqa: ARG001 (all targets are called alike)
    """The first two bytes choose the dialect and the size of a piece; the rest is the text."""
    if len(data) > 1:
        delimiter, newline = DIALECTS[data[0] % len(DIALECTS)]
        check_table(data[2:], delimiter, newline, size=1 + data[1])
