"""Spreadsheets in which nothing is live: every text is text, whatever it begins with, and ids keep every digit."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import polars as pl
import xlsxwriter  # type: ignore[import-untyped]
from xlsxwriter.exceptions import FileCreateError  # type: ignore[import-untyped]

from smmetrics.api.errors import Unavailable, UserMistake
from smmetrics.export import readings
from smmetrics.export.machine import as_json
from smmetrics.export.words import STATES

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

MOST_ROWS = 1_048_575
"""Rows below the header that the format can hold."""
LONGEST = 32_767
"""UTF-16 units that a cell can hold; longer text is cut, and says so."""
_EXACT = 2**53
_CREATED = datetime(1980, 1, 1, tzinfo=UTC)
"""The same data gives the same bytes: the file's own date is fixed."""
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "'")
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_BY_UNIT = {"percent": "0.0%", "ratio": "0.00%", "duration": '0.00" h"', "money": "#,##0.00"}
_NUMBERS = frozenset({"value", "low", "high", "target", "previous"})
_WIDEST = 60
_OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "constant_memory": True,
}


def write_xlsx(frame: pl.DataFrame, path: Path) -> None:
    """Write one sheet: header in bold and frozen, numbers as numbers, dates as dates, everything else as text.

    Readings get a column ``in_words`` beside their reason. Raises `UserMistake` where the rows are too many.
    """
    if frame.height > MOST_ROWS:
        message = f"A spreadsheet holds {MOST_ROWS:,} rows, and these are {frame.height:,}."
        raise UserMistake(message, hint="Use --format csv or parquet, or a longer --grain.", code="xlsx.rows")
    dressed = _with_words(frame)
    book = xlsxwriter.Workbook(path, _OPTIONS)
    book.set_properties({"created": _CREATED})
    _Sheet(book, dressed).fill()
    try:
        book.close()
    except FileCreateError as error:
        message = f"{path.parent} refused the spreadsheet: {error}."
        raise Unavailable(message, code="out.failed") from error


def _with_words(frame: pl.DataFrame) -> pl.DataFrame:
    """Reasons in plain words beside their codes."""
    if not readings.is_readings(frame):
        return frame
    told = pl.Series("in_words", [readings.remark(row) for row in frame.iter_rows(named=True)], dtype=pl.String)
    after = frame.columns.index("reason") + 1
    return frame.with_columns(told).select(*frame.columns[:after], "in_words", *frame.columns[after:])


class _Sheet:
    """One worksheet being filled, row after row."""

    def __init__(self, book: xlsxwriter.Workbook, frame: pl.DataFrame) -> None:
        self.book = book
        self.frame = frame
        self.sheet = book.add_worksheet("readings" if readings.is_readings(frame) else "rows")
        self.formats: dict[str, Any] = {}

    def fill(self) -> None:
        """Write the header, then every row."""
        header = self.book.add_format({"bold": True, "bg_color": "#E8EEF4", "bottom": 1, "quote_prefix": True})
        self.sheet.freeze_panes(1, 0)
        for place, name in enumerate(self.frame.columns):
            self.sheet.set_column(place, place, self._width(name))
        for place, name in enumerate(self.frame.columns):
            self.sheet.write_string(0, place, _fit(name), header)
        for number, row in enumerate(self.frame.iter_rows(named=True), start=1):
            for place, (name, value) in enumerate({**row, **_held_back(row)}.items()):
                self._write(number, place, value, _BY_UNIT.get(self._unit(name, row), ""))
        if self.frame.height and self.frame.width:
            self.sheet.autofilter(0, 0, self.frame.height, self.frame.width - 1)

    def _unit(self, name: str, row: dict[str, Any]) -> str:
        return readings.unit_of(row) if name in _NUMBERS and "unit" in row else ""

    def _write(self, row: int, column: int, value: object, numbers: str) -> None:
        match value:
            case None:
                pass
            case bool():
                self.sheet.write_boolean(row, column, value)
            case int() | float() if abs(value) <= _EXACT:
                self.sheet.write_number(row, column, value, self._format(numbers))
            case datetime():
                naive = value.astimezone(UTC).replace(tzinfo=None) if value.tzinfo else value
                self.sheet.write_datetime(row, column, naive, self._format("yyyy-mm-dd hh:mm:ss"))
            case date():
                self.sheet.write_datetime(row, column, value, self._format("yyyy-mm-dd"))
            case list():
                self._text(row, column, as_json(pl.Series(value)))
            case _:
                self._text(row, column, str(value))

    def _text(self, row: int, column: int, text: str) -> None:
        prefix = self._format("quoted") if text.startswith(_DANGEROUS) else None
        self.sheet.write_string(row, column, _fit(text), prefix)

    def _format(self, name: str) -> object:
        if name and name not in self.formats:
            what = {"quote_prefix": True} if name == "quoted" else {"num_format": name}
            self.formats[name] = self.book.add_format(what)
        return self.formats.get(name)

    def _width(self, name: str) -> float:
        seen: Sequence[object] = self.frame.get_column(name).head(200).to_list()
        longest = max((len(str(value)) for value in seen if value is not None), default=0)
        return min(_WIDEST, max(len(name), longest) + 2)


def _held_back(row: dict[str, Any]) -> dict[str, str]:
    """A number that is hidden is said to be: an empty cell would be taken for nothing, or for 0."""
    return {"value": STATES["suppressed"]} if row.get("state") == "suppressed" and "value" in row else {}


def _fit(text: str) -> str:
    """A text as a cell can hold it: unfit control characters as U+FFFD, too long a text cut and marked."""
    clean = _UNFIT.sub("\ufffd", text)
    if len(clean.encode("utf-16-le")) // 2 <= LONGEST:
        return clean
    mark = f" … (cut: {len(text):,} characters in all)"
    room = (LONGEST - len(mark)) * 2
    return clean.encode("utf-16-le")[:room].decode("utf-16-le", errors="ignore") + mark
