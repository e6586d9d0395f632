"""What happens to an export on its way: saved again by a spreadsheet, cut off, joined, sorted, a column deleted."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from typing import TYPE_CHECKING

import xlsxwriter

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

    Change = Callable[[bytes, str, random.Random], tuple[bytes, str] | None]

DELIMITERS = ",;\t"
DECIMAL = re.compile(r"-?\d+\.\d{1,12}")


def rows(raw: bytes) -> tuple[list[list[str]], str]:
    """The cells of a table by the standard library, and what divides them."""
    text = raw.decode("utf-8-sig")
    sign = max(DELIMITERS, key=text.split("\n", 1)[0].count)
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=sign)), sign


def table(cells: list[list[str]], sign: str = ",", end: str = "\r\n") -> bytes:
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=sign, lineterminator=end).writerows(cells)
    return file.getvalue().encode()


def renamed(raw: bytes, name: str, dice: random.Random):
    return raw, f"export ({dice.randint(1, 9)}).{name.rpartition('.')[2]}"


def zipped(raw: bytes, name: str, dice: random.Random):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"export {dice.randint(1, 9)}/{name}", raw)
    return file.getvalue(), "export.zip"


def zipped_twice(raw: bytes, name: str, dice: random.Random):
    return zipped(*zipped(raw, name, dice), dice)


def truncated(raw: bytes, name: str, dice: random.Random):
    return raw[: dice.randrange(len(raw))], name


def crlf(raw: bytes, name: str, _dice: random.Random):
    return raw.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"), name


def utf16(raw: bytes, name: str, _dice: random.Random):
    return raw.decode("utf-8-sig").encode("utf-16"), name


def blank_end(raw: bytes, name: str, dice: random.Random):
    return raw + dice.choice([b"\n", b"\r\n", b"\n\n\n", b",,,\n" if name.endswith("csv") else b"\n"]), name


def semicolons(raw: bytes, name: str, _dice: random.Random):
    return table(rows(raw)[0], ";"), name


def tabs_utf16(raw: bytes, name: str, _dice: random.Random):
    return table(rows(raw)[0], "\t").decode().encode("utf-16"), name


def german(raw: bytes, name: str, _dice: random.Random):
    """As a German spreadsheet saves it: semicolons, and commas in decimals."""
    cells = [[cell.replace(".", ",") if DECIMAL.fullmatch(cell) else cell for cell in row] for row in rows(raw)[0]]
    return table(cells, ";"), name


def shuffled(raw: bytes, name: str, dice: random.Random):
    (header, *body), sign = rows(raw)
    dice.shuffle(body)
    return table([header, *body], sign), name


def column_gone(raw: bytes, name: str, dice: random.Random):
    cells, sign = rows(raw)
    place = dice.randrange(len(cells[0]))
    return table([row[:place] + row[place + 1 :] for row in cells], sign), name


def columns_moved(raw: bytes, name: str, dice: random.Random):
    cells, sign = rows(raw)
    order = list(range(len(cells[0])))
    dice.shuffle(order)
    return table([[row[each] for each in order if each < len(row)] for row in cells], sign), name


def header_twice(raw: bytes, name: str, _dice: random.Random):
    cells, sign = rows(raw)
    middle = len(cells) // 2
    return table([*cells[:middle], cells[0], *cells[middle:]], sign), name


def joined(raw: bytes, name: str, _dice: random.Random):
    """Two copies, one behind the other."""
    return raw + (b"" if raw.endswith(b"\n") else b"\n") + raw, name


def cell_shifted(raw: bytes, name: str, dice: random.Random):
    """A row that lost a cell: what stands behind it moved to the left."""
    cells, sign = rows(raw)
    row = cells[dice.randrange(1, len(cells))]
    del row[dice.randrange(len(row))]
    return table(cells, sign), name


def quote_lost(raw: bytes, name: str, dice: random.Random):
    places = [match.start() for match in re.finditer(b'"', raw)]
    if not places:
        return None
    place = dice.choice(places)
    return raw[:place] + raw[place + 1 :], name


def workbook(raw: bytes, name: str, dice: random.Random):
    """Typed by a spreadsheet: numbers of up to 15 digits are numbers, longer ones lose their end as Excel's do."""
    keep_text = dice.random() < 0.5
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet("export")
    for number, row in enumerate(rows(raw)[0]):
        for place, cell in enumerate(row):
            is_number = re.fullmatch(r"-?(0|[1-9]\d*)(\.\d+)?", cell) and not (keep_text and len(cell) > 15)
            if is_number:
                sheet.write_number(number, place, float(cell))
            else:
                sheet.write_string(number, place, cell[:32000])
    book.close()
    return file.getvalue(), f"{name.rpartition('.')[0]}.xlsx"


def bytes_changed(raw: bytes, name: str, dice: random.Random):
    """Bytes that are no letters, where a disk or a mail program broke the file."""
    place = dice.randrange(len(raw))
    return raw[:place] + dice.choice([b"\0", b"\xff", b"\x1a"]) + raw[place + 1 :], name


ANY = (renamed, zipped, zipped_twice, truncated, crlf, utf16, blank_end, bytes_changed)
TABLES = (
    *ANY, semicolons, tabs_utf16, german, shuffled, column_gone, columns_moved, header_twice, joined, cell_shifted,
    quote_lost, workbook,
)  # fmt: skip
