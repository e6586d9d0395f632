"""A table as a workbook: whole numbers as numbers, all else as text."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

import xlsxwriter

from tests.promises.generated.cells import BAD
from tests.promises.generated.dialects import File

if TYPE_CHECKING:
    from tests.promises.generated.sheets import Sheet

EXACT = 2**50
FORBIDDEN = re.compile(r"[\x00-\x08\x0b-\x1f\r\ufffe\uffff]|_x[0-9A-Fa-f]{4}_")
"""What a workbook cannot hold as it is."""


def bound(sheet: Sheet) -> File | None:
    """Write a table into a workbook; None where it cannot hold what stands in it."""
    if sheet.above or any(FORBIDDEN.search(cell) for record in sheet.records for cell in record):
        return None
    held = io.BytesIO()
    with xlsxwriter.Workbook(held, {"in_memory": True, "strings_to_urls": False}) as book:
        page = book.add_worksheet("Table data")
        rows = [sheet.header, *sheet.records]
        for place, cells in sorted(sheet.footers, reverse=True):
            rows.insert(place + 1, cells)
        for place, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                if cell.isascii() and cell.isdigit() and int(cell) < EXACT and str(int(cell)) == cell:
                    page.write_number(place, column, int(cell))
                elif cell:
                    page.write_string(place, column, cell)
    file = File(name=f"{sheet.name.rpartition('.')[0]}.xlsx", raw=held.getvalue(), kind=sheet.kind)
    above = {place for place, _ in sheet.footers}
    number = 0
    for place, meant in enumerate(sheet.meant):
        number += 1 + (place in above)
        if meant is BAD:
            file.aside.add(number)
        else:
            file.kept[number] = meant
    file.footer = len(sheet.footers)
    return file
