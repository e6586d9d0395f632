"""Workbooks (xlsx, xls) to sheets as text tables, opened in a process that may not grow or take long."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING

from smmetrics.api.errors import BadData
from smmetrics.intake import documents
from smmetrics.intake.unpacking import fresh
from smmetrics.intake.zipguard import files_of, open_zip
from smmetrics.words import say

if TYPE_CHECKING:
    import zipfile

APART = Path(__file__).with_name("workbook_apart.py")
SECONDS = 60
CELLS = 30_000_000
SHEET_HEAD = 4096
BLOCK = 1 << 20
FILLED = re.compile(rb'<(?:\w+:)?c\b[^<>]*?\br="([A-Z]+)(\d+)"[^<>]*(?<!/)>')
DIMENSION = re.compile(rb'<dimension[^>]*\bref="(?:([A-Z]+)(\d+):)?([A-Z]+)(\d+)"')
OFFICE = "[Content_Types].xml"
LOCKED = 3


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet and the private file that holds its cells as CSV in UTF-8; who reads it deletes it."""

    name: str
    path: Path


def faulty(*, code: str, **about: object) -> BadData:
    """A refusal of a workbook in the words of the catalogue."""
    hint = "too_slow_hint" if code in {"too_slow", "too_large"} else "damaged_hint"
    return BadData(
        say(f"intake.workbook.{code}", **about), hint=say(f"intake.workbook.{hint}"), code=f"workbook.{code}"
    )


def is_workbook(archive: zipfile.ZipFile) -> bool:
    """Whether an archive is a workbook of Excel."""
    names = set(archive.namelist())
    return OFFICE in names and any(name.startswith("xl/workbook.") for name in names)


def sheets(path: Path, folder: Path, *, point: str = ".") -> tuple[Sheet, ...]:
    """The visible sheets of a workbook, in its order. ``point`` stands before the fraction of numbers."""
    with path.open("rb") as file:
        packed = file.read(2) == b"PK"
    if packed:
        _check_package(path)
    into = Path(tempfile.mkdtemp(prefix="sheets-", dir=folder))
    try:
        said = _apart(path, into, point)
        for each in said:
            if not each["file"]:
                raise faulty(code="too_large", cells=each["cells"], sheet=each["name"], most=CELLS)
        return tuple(Sheet(each["name"], _moved(into / each["file"], folder)) for each in said if each["cells"])
    finally:
        shutil.rmtree(into)


def _check_package(path: Path) -> None:
    """Judge a workbook by what it says of itself: as an archive, and by the size of its sheets."""
    with open_zip(path) as archive:
        for info in files_of(archive, nested=True):
            if re.fullmatch(r"xl/worksheets/[^/]+\.xml", info.filename):
                with archive.open(info) as stream:
                    found = DIMENSION.search(stream.read(SHEET_HEAD))
                if not found or (cells := _cells(found[3], found[4])) <= CELLS:
                    continue
                with archive.open(info) as stream:
                    cells = _filled(stream) or cells
                if cells > CELLS:
                    raise faulty(code="too_large", cells=cells, sheet=info.filename.rpartition("/")[2], most=CELLS)


def _cells(letters: bytes, row: bytes | int) -> int:
    width = 0
    for letter in letters:
        width = width * 26 + letter - ord("A") + 1
    return width * int(row)


def _filled(stream: IO[bytes]) -> int:
    """Cells up to the last row and column in which something stands: a sheet formatted to its end claims all of it.

    0 where no cell says where it stands.
    """
    columns, last = {b""}, 0
    held = b""
    while block := stream.read(BLOCK):
        held += block
        for column, row in FILLED.findall(held):
            columns.add(column)
            last = max(last, int(row))
        held = held[max(held.rfind(b"<"), 0) :][:SHEET_HEAD]
    return max(_cells(column, last) for column in columns)


def _apart(path: Path, into: Path, point: str) -> list[dict[str, str]]:
    command = [sys.executable, "-I", str(APART), str(path), str(into), point]
    try:
        done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False)  # noqa: S603 (our own program)
    except subprocess.TimeoutExpired as error:
        raise faulty(code="too_slow") from error
    if done.returncode == LOCKED:
        raise faulty(code="locked")
    try:
        said = json.loads(done.stdout)
    except ValueError as error:  # it died: by its limits, or by what the workbook did to it
        raise faulty(code="too_slow") from error
    if "error" in said:
        if (document := documents.old(path)) is not None:
            raise document
        raise faulty(code="damaged", why=said["error"].splitlines()[0].rstrip("."))
    found: list[dict[str, str]] = said["sheets"]
    return found


def _moved(path: Path, folder: Path) -> Path:
    handle, place = fresh(folder, ".csv")
    with open(handle, "wb"):  # noqa: PTH123 (a handle)
        pass
    return path.replace(place)
