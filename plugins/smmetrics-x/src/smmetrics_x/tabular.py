"""Tables taken apart record by record, for sources that look at more than one cell at a time."""

from __future__ import annotations

import codecs
import csv
import io
import re
from typing import TYPE_CHECKING

from smmetrics_x.tweets1 import Fault

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from smmetrics.api import Preview, Record

BOM = codecs.BOM_UTF8
LINKS = ("http://", "https://")
NAME = re.compile(r"@(\w{1,30})")
NAMED = re.compile(
    r"""(?:screen_name|username)['"]?\s*[:=]\s*['"](\w{1,30})['"]|^https?://(?:\w+\.)?(?:twitter|x)\.com/@?(\w{1,30})/?$"""
)
"""Where an account that a program wrote down whole, or as the address of its page, has its handle."""
Cells = dict[str, str]


def rows(preview: Preview, records: Iterable[Record], *, links: str = "") -> Iterator[tuple[Record, Cells | str]]:
    """Each record with its cells by header (lower case), or what is wrong with it.

    ``links``: the last column, where a record has a cell for each of its links, and none where it has none.
    """
    header = header_of(preview)
    several = bool(links) and header[-1] == links
    encoding, width = preview.encoding.replace("utf-8", "utf-8-sig"), len(header)
    split = _splitter(preview.delimiter or ",")
    for record in records:
        plain = encoding == "utf-8-sig" and not record.raw.startswith(BOM)
        cells, parts = split(record.raw.decode("utf-8" if plain else encoding))
        if several and parts == 1 and all(cell.startswith(LINKS) for cell in cells[width - 1 :]):
            cells[width - 1 :] = [",".join(cells[width - 1 :])] if len(cells) >= width - 1 else []
        if len(cells) != width or parts > 1:
            yield record, "too_few_fields" if len(cells) < width else "too_many_fields"
        else:
            yield record, dict(zip(header, cells, strict=True))


def header_of(preview: Preview) -> list[str]:
    """The names of the columns, in lower case."""
    return [cell.strip().strip("\ufeff").lower() for cell in preview.headers[0]]


def _splitter(delimiter: str) -> Callable[[str], tuple[list[str], int]]:
    """What gives the cells of a record, and the lines it falls into.

    A return alone, where a line end was hurt, divides no records, but cells.
    """
    dialect = csv.reader((), delimiter=delimiter).dialect

    def split(text: str) -> tuple[list[str], int]:
        lines = "\r" in text
        if not lines and '"' not in text and "\n" not in text:
            return text.split(delimiter), 1
        try:
            found = list(csv.reader(io.StringIO(text, newline="") if lines else (text,), dialect))
        except csv.Error:
            found = list(csv.reader(io.StringIO(text, newline=""), dialect))
        return (found[0] if len(found) == 1 else [cell for row in found for cell in row]), len(found)

    return split


def whole(cells: Cells | str) -> Cells:
    """The cells of a record that has as many as the header. Raises `Fault`."""
    if isinstance(cells, str):
        raise Fault(column="", reason=cells)
    return cells


def plain_number(cell: str) -> str:
    """A number as text; programs that saved the table again wrote ``119239.0``, or ``x119239``, which stays whole."""
    said = cell.strip().removesuffix(".0")
    return said[1:] if said[:1] == "x" and said[1:].isdigit() else said


def handle_of(cell: str) -> str:
    """An author's handle; programs that save posts as they came write all that is known of the account, or its page."""
    if cell[:1].isalnum() and "(" not in cell and "/" not in cell:
        return cell
    if match := NAMED.search(cell):
        return match[1] or match[2]
    return "" if cell[:1] in "{[" else cell.removeprefix("@")
