"""A program of its own that writes the sheets of a workbook as CSV: what it does to itself harms nobody else.

Run as ``python workbook_apart.py WORKBOOK FOLDER POINT``. Each cell keeps what it is: numbers are written with all
their digits and the given decimal point, a number too long to be exact in a form that says so, dates as ISO dates.
"""

from __future__ import annotations

import json
import sys
from datetime import date, datetime, time, timedelta
from pathlib import Path

try:
    import resource
except ImportError:  # Windows: the time limit of the caller is all there is
    resource = None  # type: ignore[assignment]

MEMORY, SECONDS = 1 << 30, 60
EXACT = 10**15
"""From here on a double may not be the whole number that was typed."""
MOST = 30_000_000
LOCKED, FAILED = 3, 4


def main(workbook: str, folder: str, point: str) -> int:
    """Write every visible sheet into ``folder``; print what was written as JSON."""
    _limit()
    import python_calamine as calamine  # noqa: PLC0415 (under the limit)

    try:
        book = calamine.load_workbook(workbook)
        sheets = [
            _sheet(book, meta.name, Path(folder) / f"sheet-{number}.csv", point)
            for number, meta in enumerate(book.sheets_metadata)
            if meta.typ == calamine.SheetTypeEnum.WorkSheet and meta.visible == calamine.SheetVisibleEnum.Visible
        ]
    except calamine.PasswordError:
        return LOCKED
    except (calamine.CalamineError, OverflowError, ValueError, MemoryError) as error:
        sys.stdout.write(json.dumps({"error": str(error) or type(error).__name__}))
        return FAILED
    sys.stdout.write(json.dumps({"sheets": sheets}))
    return 0


def _limit() -> None:
    if resource is not None:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


def _sheet(book: object, name: str, path: Path, point: str) -> dict[str, object]:
    sheet = book.get_sheet_by_name(name)  # type: ignore[attr-defined]
    cells = (sheet.end[0] + 1) * (sheet.end[1] + 1) if sheet.end else 0
    if cells > MOST:
        return {"name": name, "file": "", "cells": cells}
    with path.open("w", encoding="utf-8", errors="surrogatepass", newline="") as file:
        rows = sheet.to_python(skip_empty_area=False) if sheet.end else []
        for row in rows:
            file.write(line([_text(cell, point) for cell in row]))
    return {"name": name, "file": path.name, "cells": cells}


def line(cells: list[str]) -> str:
    """A row as a line of CSV: what is there in quotation marks, so that places do not depend on what it says."""
    return ",".join('"' + cell.replace('"', '""') + '"' if cell else "" for cell in cells) + "\n"


def _text(cell: object, point: str) -> str:
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return _number(cell).replace(".", point)
    if isinstance(cell, datetime):
        return _moment(cell)
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        return _length(cell)
    return "" if cell is None else str(cell)


def _number(value: float) -> str:
    if value.is_integer():
        return str(int(value)) if abs(value) < EXACT else f"{value:.15E}"
    return repr(value)


def _moment(value: datetime) -> str:
    """A moment to the second: a spreadsheet holds days as fractions, so that its seconds are off by a hair."""
    value = (value + timedelta(milliseconds=500)).replace(microsecond=0)
    return value.strftime("%Y-%m-%d" if value.time() == time() else "%Y-%m-%d %H:%M:%S")


def _length(value: timedelta) -> str:
    seconds = round(value.total_seconds())
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:4]))
