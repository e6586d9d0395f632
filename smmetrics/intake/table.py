"""A text table read window by window: every record is in a frame of text cells, or rejected, or counted as blank.

A window is split by `scan` where its quotation marks are proven to stand right, and read by Polars; the two must
agree on the number of records. Otherwise `splitting` reads it, and a count made line by line must agree.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from smmetrics.api.errors import BadData
from smmetrics.intake.quarantine import Rejection, excerpt
from smmetrics.intake.scan import scan
from smmetrics.intake.splitting import Row, count_records, rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from smmetrics.intake.encoding import Text
    from smmetrics.intake.grid import Grid
    from smmetrics.intake.scan import Offsets

WINDOW = 1 << 24
LONG = 1000
EMPTY = b"\r\n \0\x1a"
"""What may stand behind the last line end and is no record: blanks, padding, an end-of-file sign."""


@dataclass(slots=True)
class Part:
    """A piece's records: where each begins and ends in it, its cells, and what is already known to be wrong.

    ``rows`` are there where the splitter read them; ``faults`` holds reasons by position in the piece.
    """

    starts: Offsets
    ends: Offsets
    cells: Offsets
    consumed: int
    rows: tuple[Row, ...] | None = None
    faults: dict[int, str] = field(default_factory=dict)


class Places:
    """Lines and excerpts of a piece's records; asked for in order, each line end is counted once."""

    def __init__(self, data: bytes, offset: int, line: int, newline: bytes) -> None:
        self._data, self._offset, self._newline = data, offset, newline
        self._first = self._line = line
        self._seen = 0

    def line_of(self, start: int) -> int:
        """The line, from 1, of an offset in the text."""
        place = start - self._offset
        if place < self._seen:
            self._seen, self._line = 0, self._first
        self._line += self._data.count(self._newline, self._seen, place)
        self._seen = place
        return self._line

    def rejection(self, number: int, start: int, end: int, reason: str, column: str = "") -> Rejection:
        """A record between two offsets of the text, set aside."""
        first, last = start - self._offset, end - self._offset
        return Rejection(
            number=number,
            line=self.line_of(start),
            start=start,
            end=end,
            reason=reason,
            column=column,
            excerpt=excerpt(self._data[first : min(last, first + LONG)]),
            lines=self._data.count(self._newline, first, last) + 1,
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Piece:
    """Whole records of a text: its bytes, where they stand, the number of the first record, and how they split."""

    data: bytes
    part: Part
    offset: int
    number: int
    places: Places

    def broken(self) -> dict[int, str]:
        """Reasons by position for records whose marks or letters are damaged, whatever their number of cells."""
        return dict(self.part.faults) | self.unreadable()

    def unreadable(self) -> dict[int, str]:
        """Records that hold bytes that are no UTF-8, and have no other fault."""
        faults: dict[int, str] = {}
        if _is_utf8(self.data):
            return faults
        for index, (start, end) in enumerate(zip(self.part.starts.tolist(), self.part.ends.tolist(), strict=True)):
            if index not in self.part.faults and not _is_utf8(self.data[start:end]):
                faults[index] = "bad_encoding"
        return faults


@dataclass(frozen=True, kw_only=True, slots=True)
class Window:
    """Good records as text (columns named by their position in the header), and what became of the others.

    ``frame`` has a column ``record`` and those asked for; ``starts`` and ``ends`` are offsets in the text, one a row.
    """

    frame: pl.DataFrame
    starts: Offsets
    ends: Offsets
    rejected: tuple[Rejection, ...]
    blank: int
    records: int
    upto: int
    places: Places

    def rejections(self, faults: Mapping[int, tuple[str, str]]) -> Iterator[Rejection]:
        """Set good records aside after all: by row of ``frame``, the reason and the column at fault."""
        numbers = self.frame.get_column("record")
        for row in sorted(faults):
            reason, column = faults[row]
            yield self.places.rejection(int(numbers[row]), int(self.starts[row]), int(self.ends[row]), reason, column)


class Table:
    """The records of a text behind its header. ``width`` is the number of cells a record must have."""

    def __init__(self, text: Text, grid: Grid, *, start: int, line: int, width: int) -> None:
        self.text = text
        self.width = width
        self._start = start
        self._line = line
        self._delimiter = grid.delimiter
        self._newline = grid.newline
        self._nulls: dict[str, str] = {}

    def windows(
        self, wanted: Sequence[int], *, nulls: Mapping[str, str] | None = None, size: int = WINDOW
    ) -> Iterator[Window]:
        """All records, a window at a time; ``wanted`` are the positions of the cells to give.

        ``nulls``: by position, a mark that becomes null where Polars reads (the splitter leaves it).
        """
        self._nulls = dict(nulls or {})
        for piece in _ahead(self.pieces(size)):
            yield self._window(piece, wanted)

    def pieces(self, size: int = WINDOW) -> Iterator[Piece]:
        """The text behind the header in pieces of whole records, about ``size`` bytes each."""
        at, number, line, room = self._start, 1, self._line, size
        while at < self.text.size:
            data = self.text.read(at, at + room)
            part = self._split(data, final=at + len(data) >= self.text.size)
            if not part.consumed:
                room *= 2
                continue
            data = data[: part.consumed]
            places = Places(data, at, line, self._newline)
            yield Piece(data=data, part=part, offset=at, number=number, places=places)
            at, number, room = at + part.consumed, number + len(part.starts), size
            line += data.count(self._newline)

    def _split(self, data: bytes, *, final: bool) -> Part:
        """Split bytes that begin with a record; ``final``: the text ends with them."""
        found = scan(data, delimiter=self._delimiter[0], newline=self._newline[0])
        if not found.regular:
            return self._split_slowly(data, final=final)
        part = Part(found.starts, found.ends, found.cells, found.consumed)
        tail = data[part.consumed :]
        if final and tail.strip(EMPTY):
            return self._with_tail(part, data, closed=tail.endswith(b'"') and not found.open_end)
        if final:
            part.consumed = len(data)
        return part

    def _with_tail(self, part: Part, data: bytes, *, closed: bool) -> Part:
        """Take a last record without a line end; unless its last cell is closed, more of it may be missing."""
        (row, *_) = rows(data[part.consumed :], delimiter=self._delimiter, newline=self._newline)
        whole = closed and len(row.cells) == self.width
        return Part(
            np.append(part.starts, part.consumed),
            np.append(part.ends, len(data)),
            np.append(part.cells, len(row.cells)),
            len(data),
            faults={} if whole else {len(part.starts): "unterminated_last_record"},
        )

    def _split_slowly(self, data: bytes, *, final: bool) -> Part:
        found = list(rows(data, delimiter=self._delimiter, newline=self._newline))
        if found and not found[-1].whole and not (final and data[found[-1].start :].strip(EMPTY)):
            found.pop()
        upto = found[-1].next if found else 0
        counted = count_records(data[:upto], delimiter=self._delimiter, newline=self._newline)
        if counted != len(found):
            message = f"Two ways of counting the records disagree: {len(found)} and {counted}."
            raise BadData(message, hint=DAMAGED, code="records.disagree")
        faults = {index: "bad_quotes" for index, row in enumerate(found) if row.faulty}
        if found and not found[-1].whole and not (found[-1].quoted_end and len(found[-1].cells) == self.width):
            faults[len(found) - 1] = "unterminated_last_record"
        return Part(
            np.array([row.start for row in found], np.int64),
            np.array([row.end for row in found], np.int64),
            np.array([len(row.cells) for row in found], np.int64),
            len(data) if final else upto,
            rows=tuple(found),
            faults=faults,
        )

    def _window(self, piece: Piece, wanted: Sequence[int]) -> Window:
        part = piece.part
        blank = self._blank(piece)
        faults = dict(part.faults)
        for index in np.flatnonzero((part.cells != self.width) & ~blank).tolist():
            faults.setdefault(index, "too_few_fields" if part.cells[index] < self.width else "too_many_fields")
        frame, positions = self._readable(piece, blank, faults, wanted)
        starts, ends = part.starts + piece.offset, part.ends + piece.offset
        return Window(
            frame=frame.with_columns(pl.Series("record", positions + piece.number, dtype=pl.Int64)),
            starts=starts[positions],
            ends=ends[positions],
            rejected=tuple(
                piece.places.rejection(piece.number + index, int(starts[index]), int(ends[index]), faults[index])
                for index in sorted(faults)
            ),
            blank=int(blank.sum()) - sum(bool(blank[index]) for index in faults),
            records=len(part.starts),
            upto=piece.offset + len(piece.data),
            places=piece.places,
        )

    def _readable(
        self, piece: Piece, blank: NDArray[np.bool_], faults: dict[int, str], wanted: Sequence[int]
    ) -> tuple[pl.DataFrame, Offsets]:
        """The good records and their positions. Only where Polars refuses them all does anybody look at the letters."""
        positions = _good(blank, faults)
        names = [str(index) for index in wanted]
        if len(positions) and piece.part.rows is None:
            found = self._read(piece, positions, names)
            if found is not None and found.height == len(positions):
                return found, positions
        for index, reason in piece.unreadable().items():
            faults.setdefault(index, reason)
        positions = _good(blank, faults)
        if not len(positions):
            return pl.DataFrame(schema=dict.fromkeys(names, pl.String())), positions
        found = self._read(piece, positions, names) if piece.part.rows is None else None
        if found is None or found.height != len(positions):
            found = self._by_rows(piece, positions, wanted)
        return found, positions

    def _blank(self, piece: Piece) -> NDArray[np.bool_]:
        """Records that hold nothing: empty lines, lines of spaces, lines of delimiters only."""
        part = piece.part
        lengths = part.ends - part.starts
        delimiters_only = (part.cells == self.width) & (lengths == self.width - 1) & (self.width > 1)
        blank: NDArray[np.bool_] = (lengths == 0) | delimiters_only
        for index in np.flatnonzero(~blank & (part.cells == 1)).tolist():
            if self.width > 1 and not piece.data[part.starts[index] : part.ends[index]].strip():
                blank[index] = True
        return blank

    def _by_rows(self, piece: Piece, positions: Offsets, wanted: Sequence[int]) -> pl.DataFrame:
        """The good records as the splitter reads them."""
        found = piece.part.rows or self._split_slowly(piece.data, final=True).rows or ()
        if len(found) != len(piece.part.starts):
            message = "Two ways of splitting the records disagree."
            raise BadData(message, hint=DAMAGED, code="records.disagree")
        good = [found[index].cells for index in positions.tolist()]
        columns = {str(index): [cells[index].decode() for cells in good] for index in wanted}
        return pl.DataFrame(columns, schema={str(index): pl.String() for index in wanted})

    def _read(self, piece: Piece, positions: Offsets, names: list[str]) -> pl.DataFrame | None:
        """The good records by Polars, which checks every cell for being UTF-8; None where it refuses them."""
        part, data = piece.part, piece.data
        if len(positions) < len(part.starts) or part.ends[-1] >= len(data):
            spans = zip(part.starts[positions].tolist(), part.ends[positions].tolist(), strict=True)
            data = b"".join(data[start:end] + self._newline for start, end in spans)
        try:
            return pl.read_csv(
                BytesIO(data),
                has_header=False,
                schema={str(index): pl.String() for index in range(self.width)},
                separator=self._delimiter.decode(),
                eol_char=self._newline.decode(),
                quote_char='"',
                null_values=self._nulls,
            ).select(names)
        except pl.exceptions.PolarsError:
            return None


DAMAGED = "The file's quotation marks are damaged; get it again."


def _ahead(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """The same pieces, the next one made while the last one is read."""
    with ThreadPoolExecutor(1) as pool:
        coming = pool.submit(next, pieces, None)
        while (piece := coming.result()) is not None:
            coming = pool.submit(next, pieces, None)
            yield piece


def _good(blank: NDArray[np.bool_], faults: Mapping[int, str]) -> Offsets:
    good = ~blank
    good[list(faults)] = False
    positions: Offsets = np.flatnonzero(good).astype(np.int64)
    return positions


def _is_utf8(data: bytes) -> bool:
    """Whether the bytes are UTF-8: Polars checks them many at a time and keeps no text of them."""
    try:
        pl.Series([data], dtype=pl.Binary).cast(pl.String)
    except pl.exceptions.ComputeError:
        return False
    return True
