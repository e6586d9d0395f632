"""A text table read window by window: every record is in a frame of text cells, or rejected, or counted as blank.

A window is split by `scan` where its quotation marks are proven to stand right, and read by Polars; the two must
agree on the number of records. Otherwise `splitting` reads it, and a count made line by line must agree.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from typing import TYPE_CHECKING, TypeVar

import numpy as np
import polars as pl

from smmetrics.api.errors import BadData
from smmetrics.intake.pieces import Part, Piece, Places, Window, window
from smmetrics.intake.scan import even_lines, scan
from smmetrics.intake.splitting import count_records, rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from smmetrics.intake.encoding import Text
    from smmetrics.intake.grid import Grid
    from smmetrics.intake.scan import Offsets

Thing = TypeVar("Thing")
WINDOW = 1 << 24
EMPTY = b"\r\n \0\x1a"
"""What may stand behind the last line end and is no record: blanks, padding, an end-of-file sign."""
DAMAGED = "The file's quotation marks are damaged; get it again."


class Table:
    """The records of a text behind its header, up to ``end`` (0: all). ``width`` is the number of cells of a record.

    ``open_end``: a last record without a line end is whole where it has all its cells.
    """

    def __init__(
        self, text: Text, grid: Grid, *, start: int, line: int, width: int, end: int = 0, open_end: bool = False
    ) -> None:
        self.text = text
        self.width = width
        self._start = start
        self._end = end or text.size
        self._line = line
        self._delimiter = grid.delimiter
        self._newline = grid.newline
        self._open_end = open_end
        self._nulls: dict[str, str] = {}

    def windows(
        self, wanted: Sequence[int], *, nulls: Mapping[str, str] | None = None, size: int = 0
    ) -> Iterator[Window]:
        """All records, a window at a time; ``wanted`` are the positions of the cells to give.

        ``nulls``: by position, a mark that becomes null where Polars reads (the splitter leaves it).
        """
        self._nulls = dict(nulls or {})
        several = self._end - self._start > (size or WINDOW)
        pieces = ahead(self.pieces(size), several=several)
        yield from ahead((self._window(piece, wanted) for piece in pieces), several=several)

    def pieces(self, size: int = 0) -> Iterator[Piece]:
        """The text behind the header in pieces of whole records, about ``size`` bytes each (0: `WINDOW`)."""
        size = size or WINDOW
        at, number, line, room = self._start, 1, self._line, size
        while at < self._end:
            data = self.text.read(at, min(at + room, self._end))
            piece = self._piece(data, at, number, line)
            if piece is None:
                room *= 2
                continue
            yield piece
            at, number, room = at + len(piece.data), number + piece.count, size
            line += piece.count if piece.even else piece.data.count(self._newline)

    def _piece(self, data: bytes, at: int, number: int, line: int) -> Piece | None:
        """The whole records at the beginning of ``data``; None where there are none."""
        final = at + len(data) >= self._end
        lines, upto = self._even(data, final=final)
        part = None if lines else self._split(data, final=final)
        data = data[: part.consumed if part else upto]
        if not data:
            return None
        return Piece(
            data=data,
            count=len(part.starts) if part else lines,
            even=part is None,
            offset=at,
            number=number,
            places=Places(data, at, line, self._newline),
            split=lambda: part or self._split(data, final=final),
        )

    def _even(self, data: bytes, *, final: bool) -> tuple[int, int]:
        """How many lines there are that together have their number of cells, and where they end."""
        upto = data.rfind(self._newline) + 1
        tail = data[upto:] if final else b""
        if tail and (not self._open_end or not tail.strip(EMPTY) or b"\r" in tail):
            return 0, 0
        upto += len(tail)
        return even_lines(data, upto, self.width, delimiter=self._delimiter[0], newline=self._newline[0]), upto

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
        whole = (closed or self._open_end) and len(row.cells) == self.width
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
        closed = bool(found) and (found[-1].quoted_end or self._open_end)
        if found and not found[-1].whole and not (closed and len(found[-1].cells) == self.width):
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
        found = self._by_polars(piece.data) if piece.even else None
        if found is not None and found.height == piece.count and _none_is_blank(found):
            return window(piece, found.select(map(str, wanted)), None, {}, 0)
        part = piece.part
        blank = self._blank(piece)
        faults = dict(part.faults)
        for index in np.flatnonzero((part.cells != self.width) & ~blank).tolist():
            faults.setdefault(index, "too_few_fields" if part.cells[index] < self.width else "too_many_fields")
        frame, positions = self._readable(piece, blank, faults, wanted)
        skipped = int(blank.sum()) - sum(bool(blank[index]) for index in faults)
        return window(piece, frame, positions, faults, skipped)

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
            data = b"".join(self._ended(data[start:end]) for start, end in _runs(part, positions))
        found = self._by_polars(data)
        return found if found is None else found.select(names)

    def _by_polars(self, data: bytes) -> pl.DataFrame | None:
        """All cells of some records, as text; None where one is no UTF-8 or a record has too many."""
        try:
            return pl.read_csv(
                BytesIO(data),
                has_header=False,
                schema={str(index): pl.String() for index in range(self.width)},
                separator=self._delimiter.decode(),
                eol_char=self._newline.decode(),
                quote_char='"',
                null_values=self._nulls,
            )
        except pl.exceptions.PolarsError:
            return None

    def _ended(self, records: bytes) -> bytes:
        """Records with a line end; a return that is a letter of the last cell stays one."""
        return records + (b"\r" if self._newline == b"\n" and records.endswith(b"\r") else b"") + self._newline


def ahead(things: Iterator[Thing], *, several: bool) -> Iterator[Thing]:
    """The same things; where there are ``several``, the next one is made while the last one is worked on."""
    if not several:  # most files are smaller than what a thread costs
        yield from things
        return
    with ThreadPoolExecutor(1) as pool:
        coming = pool.submit(next, things, None)
        while (thing := coming.result()) is not None:
            coming = pool.submit(next, things, None)
            yield thing


def _none_is_blank(found: pl.DataFrame) -> bool:
    """Whether some column is filled in all records."""
    return any(not column.null_count() for column in found.iter_columns())


def _runs(part: Part, positions: Offsets) -> Iterator[tuple[int, int]]:
    """Where records stand that follow one another: from the first of them to behind the last."""
    apart = np.flatnonzero(np.diff(positions) > 1)
    firsts, lasts = np.append(0, apart + 1), np.append(apart, len(positions) - 1)
    starts, ends = part.starts[positions[firsts]], part.ends[positions[lasts]]
    return zip(starts.tolist(), ends.tolist(), strict=True)


def _good(blank: NDArray[np.bool_], faults: Mapping[int, str]) -> Offsets:
    good = ~blank
    good[list(faults)] = False
    positions: Offsets = np.flatnonzero(good).astype(np.int64)
    return positions
