"""JSON records to columns of text: many at once by Polars, exactly by `jsonpath` where that could change a value.

Polars reads numbers and writes them anew. That is harmless for whole numbers and short decimals; records with
exponents, with decimals of many digits, or with half a letter in an escape are read one by one.
"""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from smmetrics.intake.jsonpath import loads, schema
from smmetrics.intake.scan import masks, positions

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray

    from smmetrics.intake.jsonpath import Path
    from smmetrics.intake.jsonrecords import JsonPiece
    from smmetrics.intake.scan import Offsets

    Alternatives = Sequence[Path]

FEW, GAP = 64, 256
"""So many records are read one by one rather than searched for the one that Polars cannot read; and so many bytes
may stand between two of them where lines are made in place."""
NUMBER = re.compile(rb'"(?:[^"\\]|\\.)*+"|(?P<number>-?\d[\d.eE+-]*+)')
HALF = re.compile(rb"\\u[dD][89abAB]..\\u[dD][c-fC-F]..|(?P<half>\\u[dD][89a-fA-F]..)")
LONG = 15
NEWLINE, SPACE = ord("\n"), ord(" ")


class JsonCells:
    """Reads cells of records. ``columns``: by name, the paths that may hold the value, the first that does counts."""

    def __init__(self, columns: Mapping[str, Alternatives]) -> None:
        self.columns = columns
        plain = [path for paths in columns.values() for path in paths if path.origin == "record"]
        self._schema = schema(plain) if all(path.is_plain() for path in plain) else None

    def read(self, piece: JsonPiece, wanted: Offsets) -> tuple[pl.DataFrame, dict[int, str]]:
        """The cells of some records of a piece, and why those failed that could not be read.

        Columns of paths that do not begin in the record are null.
        """
        faults: dict[int, str] = {}
        doubtful = _doubtful(piece) if self._schema is not None else set(wanted.tolist())
        quick = (
            np.array([index for index in wanted.tolist() if index not in doubtful], np.int64) if doubtful else wanted
        )
        parts = self._quickly(piece, quick, faults)
        slow = sorted(doubtful & set(wanted.tolist()))
        if slow:
            parts.append(self._one_by_one(piece, np.array(slow, np.int64), faults))
        frame = pl.concat(parts) if parts else self._nothing()
        return (frame.sort("index") if len(parts) > 1 else frame), faults

    def _quickly(self, piece: JsonPiece, wanted: Offsets, faults: dict[int, str]) -> list[pl.DataFrame]:
        """Read records by Polars; where it refuses, halve them until the ones at fault are few."""
        if not len(wanted):
            return []
        if len(wanted) <= FEW:
            found = self._by_polars(piece, wanted)
            return [self._one_by_one(piece, wanted, faults) if found is None else found]
        found = self._by_polars(piece, wanted)
        if found is not None:
            return [found]
        middle = len(wanted) // 2
        return [*self._quickly(piece, wanted[:middle], faults), *self._quickly(piece, wanted[middle:], faults)]

    def _by_polars(self, piece: JsonPiece, wanted: Offsets) -> pl.DataFrame | None:
        if not self._schema:
            return None
        try:
            read = pl.read_ndjson(BytesIO(_as_lines(piece, wanted)), schema=self._schema)
            if read.height != len(wanted):
                return None
            return self._named(read, lambda path: path.cell()).with_columns(pl.Series("index", wanted))
        except pl.exceptions.PolarsError:
            return None

    def _named(self, read: pl.DataFrame, cell: Callable[[Path], pl.Expr]) -> pl.DataFrame:
        columns = []
        for name, paths in self.columns.items():
            cells = [cell(path) for path in paths if path.origin == "record"]
            expr = pl.lit(None, dtype=pl.String()) if not cells else pl.coalesce(cells)
            columns.append(expr.alias(name))
        return read.select(columns)

    def _one_by_one(self, piece: JsonPiece, wanted: Offsets, faults: dict[int, str]) -> pl.DataFrame:
        rows: dict[str, list[str | None]] = {name: [] for name in self.columns}
        kept = []
        for index in wanted.tolist():
            raw = piece.data[piece.starts[index] : piece.ends[index]]
            value, reason = _value(raw)
            if not reason:
                cells = {name: _first(paths, value) for name, paths in self.columns.items()}
                reason = "" if all(map(_is_text, cells.values())) else "bad_encoding"
            if reason:
                faults[index] = reason
                continue
            kept.append(index)
            for name, cell in cells.items():
                rows[name].append(cell)
        return pl.DataFrame({**rows, "index": kept}, schema={**dict.fromkeys(rows, pl.String()), "index": pl.Int64()})

    def _nothing(self) -> pl.DataFrame:
        return pl.DataFrame(schema={**dict.fromkeys(self.columns, pl.String()), "index": pl.Int64()})


def _first(paths: Alternatives, value: object) -> str | None:
    found = (path.get(value) for path in paths if path.origin == "record")
    return next((cell for cell in found if cell is not None), None)


def _value(raw: bytes) -> tuple[object, str]:
    try:
        return loads(raw), ""
    except UnicodeDecodeError:
        return None, "bad_encoding"
    except (ValueError, RecursionError):
        return None, "malformed_record"


def _is_text(cell: str | None) -> bool:
    """Whether a cell is whole text: half a letter in an escape is none."""
    try:
        return cell is None or cell.encode() is not None
    except UnicodeEncodeError:
        return False


def _as_lines(piece: JsonPiece, wanted: Offsets) -> bytes | bytearray:
    """Records of a piece, a line each."""
    starts, ends = piece.starts[wanted], piece.ends[wanted]
    gaps = starts[1:] - ends[:-1]
    longest = int(gaps.max()) if len(gaps) else 0
    if len(wanted) < FEW or int(gaps.min()) < 1 or longest > GAP:
        spans = zip(starts.tolist(), ends.tolist(), strict=True)
        return b"\n".join(piece.data[start:end].translate(ONE_LINE) for start, end in spans) + b"\n"
    first, last = int(starts[0]), int(ends[-1])
    text = piece.data[first:last]
    lines = bytearray(text.translate(ONE_LINE) if b"\n" in text or b"\r" in text else text)
    lines += b"\n"
    letters = np.frombuffer(lines, np.uint8)
    behind = ends[:-1] - first
    for place in range(1, longest):
        letters[behind[gaps > place] + place] = SPACE
    letters[behind] = NEWLINE
    return lines


ONE_LINE = bytes.maketrans(b"\r\n", b"  ")
"""A line end inside a record stands between values, never in a string."""


def _doubtful(piece: JsonPiece) -> set[int]:
    """Records whose numbers or escapes Polars could change."""
    data = np.frombuffer(piece.data, np.uint8)
    places = np.concatenate([_exponents(data), _long_decimals(data)])
    if b"\\ud" in piece.data or b"\\uD" in piece.data:
        halves = [match.start() for match in HALF.finditer(piece.data) if match["half"]]
        places = np.concatenate([places, np.array(halves, np.int64)])
        certain = set(_records_at(piece, np.array(halves, np.int64)))
    else:
        certain = set()
    found = _records_at(piece, places)
    return certain | {index for index in found if index in certain or _has_odd_number(piece, index)}


def _records_at(piece: JsonPiece, places: Offsets) -> list[int]:
    if not len(places) or not len(piece.starts):
        return []
    within = np.searchsorted(piece.starts, places, side="right") - 1
    within = within[within >= 0]
    return [int(index) for index in np.unique(within)]


def _exponents(data: NDArray[np.uint8]) -> Offsets:
    """Where a digit, an e, and a digit or sign follow one another: in numbers, or in words."""
    small, large = masks(data, (ord("e"), ord("E")))
    letters = positions(small | large)
    letters = letters[(letters > 0) & (letters < len(data) - 1)]
    before, behind = data[letters - 1], data[letters + 1]
    fits = _is_digit(before) & (_is_digit(behind) | (behind == ord("+")) | (behind == ord("-")))
    found: Offsets = letters[fits]
    return found


def _long_decimals(data: NDArray[np.uint8]) -> Offsets:
    """Where a point stands behind so many digits that a double may not hold them."""
    points = positions(masks(data, (ord("."),))[0])
    points = points[points >= LONG]
    fits = _is_digit(data[points - 1]) & _is_digit(data[points - LONG])
    found: Offsets = points[fits]
    return found


def _is_digit(letters: NDArray[np.uint8]) -> NDArray[np.bool_]:
    fits: NDArray[np.bool_] = (letters >= ord("0")) & (letters <= ord("9"))
    return fits


def _has_odd_number(piece: JsonPiece, index: int) -> bool:
    """Whether a number outside strings has an exponent, or a point behind many digits."""
    raw = piece.data[piece.starts[index] : piece.ends[index]]
    numbers = (match["number"] for match in NUMBER.finditer(raw) if match["number"])
    return any(b"e" in each or b"E" in each or each.find(b".") >= LONG for each in numbers)
