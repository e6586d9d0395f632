"""Workbooks that are one XML document (“XML Spreadsheet 2003”, often named .xls) to sheets as text tables."""

from __future__ import annotations

import csv
import os
import re
from typing import TYPE_CHECKING, TextIO
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from smmetrics.intake.unpacking import fresh
from smmetrics.intake.workbook_apart import line
from smmetrics.intake.workbooks import CELLS, Sheet, faulty
from smmetrics.intake.xmlrun import DEPTH, harmful

if TYPE_CHECKING:
    from pathlib import Path

SPACE = "{urn:schemas-microsoft-com:office:spreadsheet}"
SIGN = b"urn:schemas-microsoft-com:office:spreadsheet"
BLOCK = 1 << 18
WIDEST, LONGEST = 16_384, 1_048_576
MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.\d+)?")


def is_spreadsheet(head: bytes) -> bool:
    """Whether an XML document's beginning says that it is a workbook."""
    return SIGN in head[:4096] and b"Workbook" in head[:4096]


def sheets(path: Path, folder: Path, *, point: str = ".") -> tuple[Sheet, ...]:
    """The sheets of a workbook in one XML document, in its order. ``point`` stands before the fraction of numbers."""
    target = _Cells(folder, point)
    parser = DefusedXMLParser(target=target, forbid_dtd=True)
    try:
        with path.open("rb") as file:
            while block := file.read(BLOCK):
                parser.feed(block)
        parser.close()
    except (DefusedXmlException, ParseError) as error:
        target.give_up()
        raise (
            faulty(code="damaged", why=str(error)) if isinstance(error, ParseError) else harmful(where="")
        ) from error
    except BaseException:
        target.give_up()
        raise
    return tuple(_padded(sheet, width, folder) for sheet, width in target.done if width)


class _Cells:
    """A parser's target that writes rows as they become whole."""

    def __init__(self, folder: Path, point: str) -> None:
        self._point = point
        self.done: list[tuple[Sheet, int]] = []
        self._folder = folder
        self._depth = self._cells = 0
        self._row: list[str] = []
        self._rows = self._width = self._column = 0
        self._text: list[str] | None = None
        self._type = ""
        self._file: TextIO | None = None

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Called by the parser for a start tag."""
        self._depth += 1
        if self._depth > DEPTH:
            raise faulty(code="damaged", why="its elements are nested too deep")
        name = tag.removeprefix(SPACE)
        if name == "Worksheet":
            self._begin_sheet(attributes.get(f"{SPACE}Name", ""))
        elif name == "Row":
            self._begin_row(attributes.get(f"{SPACE}Index"))
        elif name == "Cell":
            self._begin_cell(attributes)
        elif name == "Data":
            self._text, self._type = [], attributes.get(f"{SPACE}Type", "String")

    def data(self, text: str) -> None:
        """Called by the parser for text."""
        if self._text is not None:
            self._text.append(text)

    def end(self, tag: str) -> None:
        """Called by the parser for an end tag."""
        self._depth -= 1
        name = tag.removeprefix(SPACE)
        if name == "Data" and self._text is not None:
            self._row += [""] * (self._column - len(self._row) + 1)
            self._row[self._column] = _plain("".join(self._text), self._type, self._point)
            self._text = None
        elif name == "Cell":
            self._column += 1
        elif name == "Row" and self._file is not None:
            self._file.write(line(self._row))
            self._rows += 1
            self._width = max(self._width, len(self._row))
        elif name == "Worksheet":
            self._end_sheet()

    def close(self) -> None:
        """Called by the parser at the end; there is no tree to give."""

    def give_up(self) -> None:
        """Remove what was written."""
        self._end_sheet()
        for sheet, _ in self.done:
            sheet.path.unlink(missing_ok=True)

    def _begin_sheet(self, name: str) -> None:
        self._end_sheet()
        handle, path = fresh(self._folder, ".csv")
        self._file = os.fdopen(handle, "w", encoding="utf-8", newline="")
        self._rows = self._width = 0
        self.done.append((Sheet(name, path), 0))

    def _end_sheet(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None
            self.done[-1] = (self.done[-1][0], self._width)

    def _begin_row(self, index: str | None) -> None:
        self._row, self._column = [], 0
        for _ in range(self._upto(index, self._rows, LONGEST) if index else 0):
            if self._file is not None:
                self._file.write("\n")
            self._rows += 1

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        index = attributes.get(f"{SPACE}Index")
        self._column += self._upto(index, self._column, WIDEST) if index else 0
        self._cells += 1
        if self._cells > CELLS or self._column >= WIDEST:
            raise faulty(
                code="too_large", cells=self._cells, sheet=self.done[-1][0].name if self.done else "", most=CELLS
            )

    def _upto(self, index: str, here: int, most: int) -> int:
        """How many places lie between here and an index, which counts from 1."""
        place = int(index) if index.isdigit() else 0
        if not here < place <= most:
            raise faulty(code="damaged", why=f"a cell has the place {index!r}")
        return place - 1 - here


def _plain(text: str, type_: str, point: str) -> str:
    if type_ == "Number":
        return text.replace(".", point)
    if type_ == "DateTime" and (match := MOMENT.fullmatch(text)):
        return match[1] if match[2] == "00:00:00" else f"{match[1]} {match[2]}"
    if type_ == "Boolean":
        return {"1": "TRUE", "0": "FALSE"}.get(text, text)
    return text


def _padded(sheet: Sheet, width: int, folder: Path) -> Sheet:
    """All rows as wide as the widest: cells behind a row's last one are empty, not absent."""
    handle, path = fresh(folder, ".csv")
    with (
        sheet.path.open(encoding="utf-8", newline="") as rows,
        os.fdopen(handle, "w", encoding="utf-8", newline="") as f,
    ):
        csv.field_size_limit(1 << 30)
        f.writelines(line(row + [""] * (width - len(row))) for row in csv.reader(rows))
    sheet.path.unlink()
    return Sheet(sheet.name, path)
