"""A piece of a table: its whole records, where they stand in the text, and what became of each."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from smmetrics.intake.quarantine import Rejection, excerpt
from smmetrics.intake.scan import masks, positions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from smmetrics.intake.jsonrecords import JsonPiece
    from smmetrics.intake.scan import Offsets
    from smmetrics.intake.splitting import Row

LONG = 1000


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

    def lines_of(self, starts: Offsets) -> list[int]:
        """The lines of many offsets in the piece."""
        breaks = positions(masks(np.frombuffer(self._data, np.uint8), (self._newline[0],))[0])
        lines: list[int] = (self._first + np.searchsorted(breaks, starts)).tolist()
        return lines

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


@dataclass(frozen=True, kw_only=True)
class Piece:
    """Whole records of a text: its bytes, where they stand, the number of the first record, and how they split.

    ``even``: each is a line, and all lines together have as many delimiters as they should; where records begin is then
    looked for only when somebody asks.
    """

    data: bytes
    count: int
    even: bool
    offset: int
    number: int
    places: Places
    split: Callable[[], Part]

    @cached_property
    def part(self) -> Part:
        """Where each record begins and ends, its cells, and what is wrong with it."""
        return self.split()

    @property
    def starts(self) -> Offsets:
        """Where each record begins in the piece."""
        return self.part.starts

    @property
    def ends(self) -> Offsets:
        """Where each record ends in the piece."""
        return self.part.ends

    def broken(self) -> dict[int, str]:
        """Reasons by position for records whose marks or letters are damaged, whatever their number of cells."""
        return dict(self.part.faults) | self.unreadable()

    def unreadable(self) -> dict[int, str]:
        """Records that hold bytes that are no UTF-8, and have no other fault."""
        faults: dict[int, str] = {}
        if is_utf8(self.data):
            return faults
        for index, (start, end) in enumerate(zip(self.part.starts.tolist(), self.part.ends.tolist(), strict=True)):
            if index not in self.part.faults and not is_utf8(self.data[start:end]):
                faults[index] = "bad_encoding"
        return faults


@dataclass(frozen=True, kw_only=True, slots=True)
class Window:
    """Good records as text (columns named by their position in the header), and what became of the others.

    ``frame`` has a column ``record`` and those asked for; ``positions`` are those of its rows in the ``piece`` (None:
    all records, in order). ``left``: how many others are known and not taken, by what they are called.
    """

    frame: pl.DataFrame
    piece: Piece | JsonPiece
    positions: Offsets | None
    rejected: tuple[Rejection, ...]
    blank: int
    records: int
    upto: int
    left: Mapping[str, int] = field(default_factory=dict)

    @property
    def starts(self) -> Offsets:
        """Where the record of each row begins in the text."""
        starts = self.piece.starts + self.piece.offset
        return starts if self.positions is None else starts[self.positions]

    def only(self, kept: pl.Series) -> Window:
        """The window with some of its rows: those for which ``kept`` is true."""
        rows = kept.arg_true().to_numpy().astype(np.int64)
        positions = rows if self.positions is None else self.positions[rows]
        return replace(self, frame=self.frame.filter(kept), positions=positions)

    def rejections(self, faults: Mapping[int, tuple[str, str]], places: Mapping[str, int]) -> Iterator[Rejection]:
        """Set good records aside after all: by row of ``frame``, the reason and the column at fault.

        ``places``: where a column stands; the cell of the first record is told.
        """
        piece = self.piece
        for number, row in enumerate(sorted(faults)):
            reason, column = faults[row]
            made = _set_aside(piece, row if self.positions is None else int(self.positions[row]), reason, column)
            yield made if number or column not in places else replace(made, cell=self._cell(row, places[column]))

    def _cell(self, row: int, place: int) -> str:
        return str(self.frame.get_column(str(place))[row] or "")


def window(
    piece: Piece | JsonPiece, frame: pl.DataFrame, positions: Offsets | None, faults: Mapping[int, str], blank: int
) -> Window:
    """The window of a piece: good records by their positions, faults by theirs, and how many were blank."""
    first = piece.number
    if positions is None:
        numbers = pl.int_range(first, first + piece.count, dtype=pl.Int64, eager=True).alias("record")
    else:
        numbers = pl.Series("record", positions + first, dtype=pl.Int64)
    return Window(
        frame=frame.rechunk().with_columns(numbers),  # columns in parts would be put together at each look
        piece=piece,
        positions=positions,
        rejected=tuple(_set_aside(piece, index, faults[index]) for index in sorted(faults)),
        blank=blank,
        records=piece.count,
        upto=piece.offset + len(piece.data),
    )


def _set_aside(piece: Piece | JsonPiece, index: int, reason: str, column: str = "") -> Rejection:
    """The record of a piece at a position, set aside."""
    start, end = (int(places[index]) + piece.offset for places in (piece.starts, piece.ends))
    return piece.places.rejection(piece.number + index, start, end, reason, column)


def is_utf8(data: bytes) -> bool:
    """Whether the bytes are UTF-8: Polars checks them many at a time and keeps no text of them."""
    try:
        pl.Series([data], dtype=pl.Binary).cast(pl.String)
    except pl.exceptions.ComputeError:
        return False
    return True
