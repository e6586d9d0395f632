"""Tables that stand on their side, as people keep them, a month a column: turned, they read like others."""

from __future__ import annotations

import csv
from dataclasses import replace
from itertools import dropwhile, zip_longest
from typing import TYPE_CHECKING

from smmetrics.intake.encoding import Text, encoding_of
from smmetrics.intake.sniff import HEADERS, RECORDS, grid_of
from smmetrics.intake.splitting import rows
from smmetrics.intake.unpacking import fresh

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from smmetrics.api.reading import Preview

TURNED = "turned"
"""What a turned table is called among the parts of a file."""
CORNER = "(time)"
"""The name of the first row where its first cell is empty: it holds the months."""
MOST = 1 << 23
"""Nobody keeps a larger table by hand."""


def on_its_side(preview: Preview) -> Preview:
    """What the beginning of a table would be, turned."""
    rows_ = turned(preview.records)
    return replace(preview, turned=True, records=rows_[:RECORDS], headers=rows_[:HEADERS], delimiter=",")


def write(path: Path, delimiter: str, folder: Path) -> Path:
    """The table at ``path``, turned, in a private file that the caller deletes: CSV in UTF-8."""
    text = Text(path, encoding_of(path))
    try:
        grid = grid_of(text, delimiter=delimiter)
        body = text.read(grid.start, text.size)
    finally:
        text.close()
    found = rows(body, delimiter=grid.delimiter, newline=grid.newline)
    cells = ([cell.decode("utf-8", "surrogateescape") for cell in row.cells] for row in found)
    handle, place = fresh(folder, ".csv")
    with open(handle, "w", encoding="utf-8", errors="surrogateescape", newline="") as file:  # noqa: PTH123 (a handle)
        csv.writer(file, lineterminator="\n").writerows(turned(cells))
    return place


def is_turned(part: str) -> bool:
    """Whether a part of a file is its table turned."""
    return part.rpartition("/")[2] == TURNED


def turned(found: Iterable[Sequence[str]]) -> tuple[tuple[str, ...], ...]:
    """Rows as columns. Titles above the table are left out; an empty corner is called `CORNER`."""
    table = list(dropwhile(lambda row: sum(bool(cell.strip()) for cell in row) < 2, found))  # noqa: PLR2004
    header, *body = zip_longest(*table, fillvalue="") if table else ((),)
    if header and not header[0].strip():
        header = (CORNER, *header[1:])
    return (header, *body)
