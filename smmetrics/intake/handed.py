"""What of a file a source's code is handed: records one by one, or many at a time with a column for each cell."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, BinaryIO

import numpy as np
import polars as pl

from smmetrics.api.reading import Record, Rows
from smmetrics.intake.declarative import open_table
from smmetrics.intake.jsonrecords import JsonPiece, JsonRecords
from smmetrics.intake.pieces import Piece
from smmetrics.intake.quarantine import Rejection, rejection
from smmetrics.intake.rank import placed
from smmetrics.tables.stamping import RECORD

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from smmetrics.api.reading import Preview
    from smmetrics.api.sources import Source
    from smmetrics.intake.encoding import Text
    from smmetrics.intake.pieces import Window

NOTHING = b' \t"\r\n'
RAGGED = frozenset({"too_few_fields", "too_many_fields"})


class TableRecords:
    """The records of a table or a JSON file for a source's code.

    Blank ones are counted here and broken ones set aside here; ragged ones, and what a JSON record says, are the
    code's to judge. ``recoded``: they are handed over as UTF-8 whatever the file is in, with their places in that.
    """

    def __init__(self, source: Source, preview: Preview, text: Text, *, recoded: bool = False) -> None:
        self.given = self.blank = 0
        self.unfinished = False
        self.behind = ""
        self.rejected: list[Rejection] = []
        self._source = source
        self._preview = preview
        self._text = text
        self._recoded = recoded
        self._encoding = "utf-8" if recoded else text.encoding.name

    def __call__(self, place: str = "") -> Iterator[Record]:
        """Whole records, with bytes and places as in the file; what lies at another ``place`` counts for nothing."""
        if place:
            source = placed(self._source, place)
            yield from TableRecords(source, self._preview, self._text, recoded=self._recoded)()
            return
        self.given = self.blank = 0
        self.rejected = []
        with self._preview.path.open("rb") as file:
            for piece in self._pieces():
                for record, reason in self._of(piece, file):
                    if reason:
                        self.rejected.append(rejection(record, reason, encoding=self._encoding))
                        continue
                    self.given += 1
                    yield record

    def rows(self) -> Iterator[Rows]:
        """The same records of a table, many at a time; blank ones are counted, broken ones set aside here too."""
        self.given = self.blank = 0
        self.rejected = []
        table, header = open_table(self._source, self._text, self._preview)
        for window in table.windows(range(len(header))):
            yield self._taken_apart(window)

    def _taken_apart(self, window: Window) -> Rows:
        """A window as its source's code is given it."""
        piece = window.piece
        blank = NOTHING + self._preview.delimiter.encode()
        frame = _filled(window.frame, blank.decode())
        at = {each.number: each for each in window.rejected}
        filled = {
            number: each.reason
            for number, each in at.items()
            if piece.data[each.start - piece.offset : each.end - piece.offset].strip(blank)
        }
        ragged = [number for number, reason in filled.items() if reason in RAGGED]
        if ragged and isinstance(piece, Piece):
            filled |= {piece.number + index: reason for index, reason in piece.unreadable().items()}
            ragged = [number for number in ragged if filled[number] in RAGGED]
        broken = [number for number, reason in filled.items() if reason not in RAGGED]
        name = self._encoding
        self.rejected += [rejection(each, filled[each.number], encoding=name) for each in self._at(piece, broken)]
        self.given += frame.height + len(ragged)
        self.blank += window.records - frame.height - len(filled)
        return Rows(frame=frame, ragged=tuple(ragged), records=partial(self._at, piece))

    def _at(self, piece: Piece | JsonPiece, numbers: Sequence[int]) -> Iterator[Record]:
        """Records of a piece by their numbers."""
        if numbers:
            with self._preview.path.open("rb") as file:
                yield from (record for _, record in self._records(piece, numbers, file))

    def _pieces(self) -> Iterator[Piece | JsonPiece]:
        if self._source.container == "json":
            records = JsonRecords(self._text, self._source.layout.records)
            yield from records.pieces()
            self.unfinished, self.behind = records.unfinished, records.behind
        else:
            table, _ = open_table(self._source, self._text, self._preview)
            yield from table.pieces()

    def _of(self, piece: Piece | JsonPiece, file: BinaryIO) -> Iterator[tuple[Record, str]]:
        """The records of a piece that hold something, each with what is wrong with it."""
        faults = piece.faults if isinstance(piece, JsonPiece) else piece.broken()
        empty = piece.blank if isinstance(piece, JsonPiece) else ()
        blank = NOTHING + self._preview.delimiter.encode()
        numbers = range(piece.number, piece.number + len(piece.starts))
        for index, (cells, record) in enumerate(self._records(piece, numbers, file)):
            if index in empty or not cells.strip(blank):
                self.blank += 1
            else:
                yield record, faults.get(index, "")

    def _records(
        self, piece: Piece | JsonPiece, numbers: Sequence[int], file: BinaryIO
    ) -> Iterator[tuple[bytes, Record]]:
        """Records of a piece by their numbers: as they stand in its text, and as they stand in the file."""
        indexes = np.array(numbers, np.int64) - piece.number
        starts, ends = piece.starts[indexes], piece.ends[indexes]
        lines, data, offset = piece.places.lines_of(starts), piece.data, piece.offset
        places = list(zip((starts + offset).tolist(), (ends + offset).tolist(), strict=True))
        if self._encoding == "utf-8":
            for number, line, (start, end) in zip(numbers, lines, places, strict=True):
                cells = data[start - offset : end - offset]
                yield cells, Record(number, line, start, end, cells)
            return
        origin = self._text.origin([place for both in places for place in both])
        for number, line, (start, end) in zip(numbers, lines, places, strict=True):
            first, last = origin[start], origin[end]
            yield data[start - offset : end - offset], Record(number, line, first, last, _between(file, first, last))


def _filled(frame: pl.DataFrame, blank: str) -> pl.DataFrame:
    """The rows that hold something, empty cells as texts."""
    frame = frame.with_columns(pl.exclude(RECORD).fill_null(""))
    empty = pl.Series([True]).new_from_index(0, frame.height)
    for cells in frame.drop(RECORD).iter_columns():
        empty &= cells.str.strip_chars(blank) == ""
        if not empty.any():
            return frame
    return frame.filter(~empty)


def _between(file: BinaryIO, start: int, end: int) -> bytes:
    file.seek(start)
    return file.read(end - start)
