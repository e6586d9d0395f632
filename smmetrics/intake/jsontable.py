"""A JSON file read window by window in the form of a table: a frame of text cells, and what is not in it."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from smmetrics.intake.jsoncells import JsonCells
from smmetrics.intake.jsonoutline import outline
from smmetrics.intake.jsonpath import parse
from smmetrics.intake.jsonrecords import PIECE, JsonRecords
from smmetrics.intake.jsonscan import key_before
from smmetrics.intake.pieces import Window, window
from smmetrics.intake.table import ahead

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from smmetrics.api.sources import Source
    from smmetrics.intake.encoding import Text
    from smmetrics.intake.jsonoutline import Outline
    from smmetrics.intake.jsonpath import Path
    from smmetrics.intake.jsonrecords import JsonPiece


class JsonTable:
    """The records of a JSON file as a table: a column for each column of the source, named by its first path."""

    def __init__(self, source: Source, text: Text) -> None:
        self.records = JsonRecords(text, source.layout.records)
        self.header = tuple(dict.fromkeys(column.names[0] for column in source.columns))
        self.paths: tuple[tuple[Path, ...], ...] = tuple(
            tuple(parse(name) for column in source.columns if column.names[0] == first for name in column.names)
            for first in self.header
        )
        self._leaves = {f"leaves {path}": (parse(path), words) for path, words in source.layout.leaves}
        self._outline: Outline | None = None
        if any(path.origin in {"document", "holder"} for paths in self.paths for path in paths):
            self._outline = outline(text, self.records)

    @property
    def unfinished(self) -> bool:
        """Whether the file breaks off before its end; known after `windows`."""
        return self.records.unfinished

    def windows(
        self, wanted: Sequence[int], *, nulls: Mapping[str, str] | None = None, size: int = 0
    ) -> Iterator[Window]:
        """All records, a window at a time; ``wanted`` are the positions of the columns to give."""
        del nulls
        leaves = {name: (path,) for name, (path, _) in self._leaves.items()}
        cells = JsonCells({**{str(place): self.paths[place] for place in wanted}, **leaves})
        several = self.records.text.size > (size or PIECE)
        pieces = ahead(self.records.pieces(size), several=several)
        yield from ahead((self._window(piece, cells, wanted) for piece in pieces), several=several)

    def _window(self, piece: JsonPiece, cells: JsonCells, wanted: Sequence[int]) -> Window:
        good = np.ones(len(piece.starts), np.bool_)
        good[[*piece.faults, *piece.blank]] = False
        positions = np.flatnonzero(good).astype(np.int64)
        frame, faults = cells.read(piece, positions)
        if piece.last and len(piece.starts) - 1 in faults:
            faults[len(piece.starts) - 1] = "unterminated_last_record"
        faults |= piece.faults
        frame, left = self._without_left(frame)
        positions = frame.get_column("index").to_numpy().astype(np.int64)
        frame = self._with_others(frame, piece, positions, wanted).drop("index")
        read = window(piece, frame, positions, faults, len(piece.blank))
        return replace(read, records=read.records - left.total(), left=left) if left else read

    def _without_left(self, frame: pl.DataFrame) -> tuple[pl.DataFrame, Counter[str]]:
        """The frame without records that the source knows and does not take, and how many there were of each."""
        left: Counter[str] = Counter()
        for name, (_, words) in self._leaves.items():
            found = frame.get_column(name).is_not_null()
            if count := int(found.sum()):
                left[words] += count
                frame = frame.filter(~found)
        return frame.drop(self._leaves), left

    def _with_others(
        self, frame: pl.DataFrame, piece: JsonPiece, positions: np.ndarray, wanted: Sequence[int]
    ) -> pl.DataFrame:
        """The frame with what stands outside the records: in the document, around the array, or as a record's key."""
        for place in wanted:
            for path in self.paths[place]:
                if path.origin != "record":
                    found = pl.Series(self._outer(path, piece, positions), dtype=pl.String)
                    frame = frame.with_columns(pl.coalesce(pl.col(str(place)), found).alias(str(place)))
        return frame

    def _outer(self, path: Path, piece: JsonPiece, positions: np.ndarray) -> list[str | None]:
        if path.origin == "key":
            return [key_before(piece.data, start) for start in piece.starts[positions].tolist()]
        if self._outline is None:
            raise AssertionError(path)
        if path.origin == "document":
            return [path.get(self._outline.document)] * len(positions)
        known = {holder: path.get(value) for holder, value in enumerate(self._outline.holders)}
        return [known.get(holder) for holder in piece.holders[positions].tolist()]
