"""What a file holds that can be read as one: itself, or the files of an archive, or the sheets of a workbook."""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from smmetrics.api.errors import BadData, SmmetricsError
from smmetrics.api.reading import alone
from smmetrics.intake import calendars, documents, parquet, spreadsheetml, turning, unpacking, workbooks, wrapped
from smmetrics.intake.zipguard import LARGEST, bad, files_of, open_zip

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Callable, Iterator
    from pathlib import Path

HEAD, START = 1 << 20, 4096
ZIP, GZIP = b"PK\x03\x04", b"\x1f\x8b"
EMPTY_ZIP = b"PK\x05\x06"
MEDIA = re.compile(
    r"\.(?:jpe?g|png|gif|webp|heic|svg|ico|mp4|mov|m4v|webm|avi|mp3|m4a|ogg|wav|ttf|woff2?)$", re.IGNORECASE
)
"""Pictures, sound and letters: what archives of accounts are full of and nobody reads as a table."""


@dataclass(slots=True)
class Content:
    """One table or document: ``path`` is a private file with its bytes (``peek``: with the first of them).

    ``name`` is what patterns for names look at; ``member`` the name inside an archive, ``sheet`` that of a workbook's
    sheet; ``pointed`` writes a sheet again with another sign before the fraction of numbers. ``fault`` says why
    it could not be opened. ``beside`` gives the beginning of another file of the same folder of an archive;
    ``wrapped``: each line stood in quotation marks as a whole, and was taken out of them.
    """

    name: str
    path: Path | None = None
    member: str = ""
    sheet: str = ""
    fault: SmmetricsError | None = None
    unpack: Callable[[int], Path] | None = None
    pointed: Callable[[str], Path] | None = None
    beside: Callable[[str], bytes] = alone
    wrapped: bool = False
    _made: list[Path] = field(default_factory=list)

    @property
    def part(self) -> str:
        """The word for this part of a file; empty where it is the file itself."""
        return "/".join(filter(None, (self.member, self.sheet)))

    def peek(self) -> Path:
        """A file that holds at least the beginning."""
        return self._unpacked(HEAD) if self.path is None else self.path

    def open(self) -> Path:
        """A file that holds all of it."""
        if self.path is None:
            self.path = self._unpacked(LARGEST)
        return self.path

    def with_point(self, point: str) -> Path:
        """All of it, numbers of a sheet written with another decimal point."""
        if point == "." or self.pointed is None:
            return self.open()
        path = self.pointed(point)
        self._made.append(path)
        return path

    def table(self, name: str) -> Content:
        """One of several tables in this text; what was unpacked stays until this content is closed."""
        return replace(self, path=self.open(), sheet="/".join(filter(None, (self.sheet, name))), _made=[])

    def turned(self, delimiter: str) -> Content:
        """The table of this text, turned; what was unpacked stays until this content is closed."""

        def write(point: str) -> Path:
            return turning.write(self.with_point(point), delimiter, self.open().parent)

        whole = self.made(write("."))
        sheet = "/".join(filter(None, (self.sheet, turning.TURNED)))
        return replace(self, path=whole, sheet=sheet, pointed=write if self.pointed else None, _made=[])

    def close(self) -> None:
        """Delete what was unpacked."""
        for path in self._made:
            path.unlink(missing_ok=True)
        self._made = []

    def made(self, path: Path) -> Path:
        """Note a private file that goes when this content is closed."""
        self._made.append(path)
        return path

    def _unpacked(self, most: int) -> Path:
        if self.unpack is None:
            raise AssertionError(self.name)
        return self.made(self.unpack(most))


@contextmanager
def opened(path: Path, name: str, folder: Path) -> Iterator[list[Content]]:
    """The contents of the file at ``path`` (a private copy), which was given as ``name``; private files in ``folder``.

    Raises `BadData` where it is a container that may not or cannot be opened.
    """
    head = _head(path)
    found: list[Content] = []
    try:
        if head.startswith(EMPTY_ZIP):
            raise bad(code="empty")
        if head.startswith(GZIP):
            inner = name.removesuffix(".gz")
            plain = unpacking.gunzip(path, folder, name=name)
            found.append(Content(inner, plain, member=inner))
            found[0].made(plain)
            _refuse_nested(plain, inner)
            yield found
        elif head.startswith(ZIP):
            with open_zip(path) as archive:
                if workbooks.is_workbook(archive):
                    found = _sheets(path, name, folder)
                elif (document := documents.refusal(archive)) is not None:
                    raise document
                else:
                    found = list(_members(archive, folder))
                yield found
        elif _is_workbook(head):
            found = _sheets(path, name, folder)
            yield found
        else:
            found.append(Content(name, path))
            if (written := _table_of(head)) is not None:
                found[0].path = found[0].made(written(path, folder))
                found[0].wrapped = written is wrapped.table
            yield found
    finally:
        for content in found:
            content.close()


def _members(archive: zipfile.ZipFile, folder: Path) -> Iterator[Content]:
    """The files of an archive that may be tables or documents; workbooks among them by sheet."""
    for info in files_of(archive):
        if MEDIA.search(info.filename) or not info.file_size:
            continue
        head = unpacking.beginning(archive, info)
        if head.startswith(ZIP) or _is_workbook(head):
            yield from _inner_workbook(archive, info, folder)
        elif head.startswith(GZIP):
            raise bad(code="nested", name=info.filename)
        else:
            name = PurePosixPath(info.filename.replace("\\", "/")).name
            written = _table_of(head)
            yield Content(
                name,
                member=info.filename,
                unpack=_unpacker(archive, info, folder, written),
                beside=_beside(archive, info, folder),
                wrapped=written is wrapped.table,
            )


def _table_of(head: bytes) -> Callable[[Path, Path], Path] | None:
    """What writes a file that begins like this as a text table, where it is none and can be one."""
    if head.startswith(parquet.MAGIC):
        return parquet.table
    if wrapped.is_wrapped(head, whole=len(head) < START):
        return wrapped.table
    return calendars.table if calendars.is_calendar(head) else None


def _unpacker(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, folder: Path, written: Callable[[Path, Path], Path] | None
) -> Callable[[int], Path]:
    def as_table(write: Callable[[Path, Path], Path]) -> Path:
        whole = unpacking.member(archive, info, folder)
        try:
            return write(whole, folder)
        finally:
            whole.unlink()

    if written is not None:
        return lambda _: as_table(written)
    return lambda most: unpacking.member(archive, info, folder, most=most)


def _beside(archive: zipfile.ZipFile, info: zipfile.ZipInfo, folder: Path) -> Callable[[str], bytes]:
    """Reads other files of the folder in which a file of an archive lies."""
    within = PurePosixPath(info.filename.replace("\\", "/")).parent

    def beside(name: str) -> bytes:
        wanted = str(within / name)
        other = next((each for each in files_of(archive) if each.filename.replace("\\", "/") == wanted), None)
        if other is None or not other.file_size:
            return b""
        path = unpacking.member(archive, other, folder, most=HEAD)
        try:
            return path.read_bytes()
        finally:
            path.unlink()

    return beside


def _inner_workbook(archive: zipfile.ZipFile, info: zipfile.ZipInfo, folder: Path) -> Iterator[Content]:
    path = unpacking.member(archive, info, folder)
    name = PurePosixPath(info.filename.replace("\\", "/")).name
    try:
        if _head(path).startswith(ZIP):
            with open_zip(path) as inner:
                if not workbooks.is_workbook(inner):
                    raise documents.refusal(inner) or bad(code="nested", name=info.filename)
        found = _sheets(path, name, folder, member=info.filename)
    except SmmetricsError as error:
        path.unlink(missing_ok=True)
        if error.code == "zip.nested":
            raise
        yield Content(name, path, member=info.filename, fault=error)
        return
    for content in found:
        content.made(path)
        yield content


def _sheets(path: Path, name: str, folder: Path, *, member: str = "") -> list[Content]:
    """The sheets of a workbook. Raises `BadData` where it has none."""

    def written(point: str) -> tuple[workbooks.Sheet, ...]:
        if spreadsheetml.is_spreadsheet(_head(path)):
            return spreadsheetml.sheets(path, folder, point=point)
        return workbooks.sheets(path, folder, point=point)

    def again(sheet: str) -> Callable[[str], Path]:
        def pointed(point: str) -> Path:
            made = written(point)
            for each in made:
                if each.name != sheet:
                    each.path.unlink()
            return next(each.path for each in made if each.name == sheet)

        return pointed

    found = [
        Content(name, each.path, member=member, sheet=each.name, pointed=again(each.name)) for each in written(".")
    ]
    if not found:
        raise workbooks.faulty(code="empty")
    for content in found:
        content.made(content.open())
    return found


def _is_workbook(head: bytes) -> bool:
    return head.startswith(documents.OLE) or spreadsheetml.is_spreadsheet(head)


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(START)


def _refuse_nested(path: Path, name: str) -> None:
    """A compressed file may hold a table or a document, no container again."""
    head = _head(path)
    if head.startswith((ZIP, GZIP)) or _is_workbook(head):
        raise bad(code="nested", name=name)


def reread(path: Path, folder: Path, *, part: str, start: int, end: int, point: str = ".") -> bytes:
    """The bytes of a record that was set aside: of the file at ``path`` or a part of it, from ``start`` to ``end``.

    Raises `BadData` where the file has no such part.
    """
    with opened(path, path.name, folder) as found:
        for content in found:
            if not content.part or part == content.part or part.startswith(f"{content.part}/"):
                whole = content.turned("") if turning.is_turned(part) else content
                with whole.with_point(point).open("rb") as file:
                    file.seek(start)
                    return file.read(end - start)
    message = f"The file has no part {part!r}."
    raise BadData(message, where=path.name, code="part.absent")
