"""A table as a file: delimiter, marks, line ends, letters, what stands between records, and what went wrong on the way."""

from __future__ import annotations

import gzip
import io
import re
import zipfile
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.promises.generated.cells import BAD

if TYPE_CHECKING:
    import random
    from collections.abc import Sequence

    from tests.promises.generated.sheets import Sheet


@dataclass(slots=True)
class File:
    """A file's bytes and what must become of its records, by their numbers.

    ``lines``: the very bytes of records, where the file is UTF-8; ``odd``: refusing it in words would be right, too.
    """

    name: str
    raw: bytes
    kind: str
    kept: dict[int, dict[str, object]] = field(default_factory=dict)
    aside: set[int] = field(default_factory=set)
    blank: int = 0
    footer: int = 0
    lines: dict[int, bytes] = field(default_factory=dict)
    odd: bool = False

    @property
    def records(self) -> int:
        return len(self.kept) + len(self.aside) + self.blank + self.footer


@dataclass(frozen=True, slots=True)
class Style:
    delimiter: str
    newline: str
    marks: str
    encoding: str
    bom: bytes

    def line(self, cells: Sequence[str]) -> str:
        return self.delimiter.join(map(self._cell, cells))

    def _cell(self, cell: str) -> str:
        special = any(sign in cell for sign in (self.delimiter, '"', "\n", "\r"))
        if self.marks == "all" or special or (self.marks == "texts" and not cell.isdigit()):
            return '"' + cell.replace('"', '""') + '"'
        return cell


ENCODINGS = [
    *[("utf-8", b"")] * 10, *[("utf-8", b"\xef\xbb\xbf")] * 4, ("utf-16-le", b"\xff\xfe"), ("utf-16-be", b"\xfe\xff"),
    ("utf-16-le", b""), ("cp1252", b""),
]  # fmt: skip
BESIDE = re.compile(rb"[\x80-\xff]{2}|[\x80-\xbf]")
"""Letters with marks beside one another, and signs, in Windows-1252: they may pass for UTF-8 or another code page."""
NOTHING = ["", "   ", "delimiters"]


def written(sheet: Sheet, dice: random.Random) -> File:
    """Write a table in some dialect, perhaps with damage."""
    encoding, bom = dice.choice(ENCODINGS)
    if encoding == "cp1252" and not _is_western(sheet):
        encoding = "utf-8"
    style = Style(
        delimiter=dice.choice(sheet.delimiters),
        newline=dice.choice(["\n", "\n", "\r\n", "\r\n", "\r"]),
        marks=dice.choice(["all", "needed", "needed", "texts"]),
        encoding=encoding,
        bom=bom,
    )
    file = File(name=sheet.name, raw=b"", kind=sheet.kind, odd=encoding == "utf-16-le" and not bom)
    parts = [bom]
    if not sheet.above and dice.random() < 0.05:
        parts.append(f"sep={style.delimiter}{style.newline}".encode(encoding))
    parts.append(sheet.above.replace("\n", style.newline).encode(encoding))
    parts.append((style.line(sheet.header) + style.newline).encode(encoding))
    _records(sheet, file, style, parts, dice)
    file.raw = b"".join(parts)
    return file


def _is_western(sheet: Sheet) -> bool:
    """Whether a table in Windows-1252 shows that it is: letters with marks stand one by one, which is never UTF-8."""
    try:
        raw = "\n".join(map("\n".join, (sheet.header, *sheet.records))).encode("cp1252")
    except UnicodeEncodeError:
        return False
    return not BESIDE.search(raw)


def _records(sheet: Sheet, file: File, style: Style, parts: list[bytes], dice: random.Random) -> None:
    number = 0
    harm = dice.choice([*["none"] * 12, "short", "long", "bytes", "twice", "twice", "header", "marked header"])
    victim = dice.randrange(len(sheet.records))
    footers = dict(sheet.footers)
    for place, cells in enumerate([*sheet.records, None]):
        if place in footers:
            number += 1
            file.footer += 1
            parts.append((style.line(footers[place]) + style.newline).encode(style.encoding))
        if cells is None:
            break
        if not sheet.above and dice.random() < 0.06:
            number += 1
            file.blank += 1
            nothing = dice.choice(NOTHING)
            nothing = style.delimiter * (len(sheet.header) - 1) if nothing == "delimiters" else nothing
            parts.append((nothing + style.newline).encode(style.encoding))
        if harm.endswith("header") and place == victim and place:
            number += 1
            mark = "\ufeff" if harm == "marked header" and style.encoding != "cp1252" else ""
            _record([mark + sheet.header[0], *sheet.header[1:]], BAD, number, "none", (file, style, parts))
        for _ in range(2 if harm == "twice" and place == victim else 1):
            number += 1
            _record(cells, sheet.meant[place], number, harm if place == victim else "none", (file, style, parts))
    _ending(sheet, file, style, parts, dice)


def _record(cells: list[str], meant: object, number: int, harm: str, to: tuple[File, Style, list[bytes]]) -> None:
    file, style, parts = to
    cells = cells[:-1] if harm == "short" else [*cells, "1"] if harm == "long" else cells
    line = style.line(cells)
    raw = line.encode(style.encoding)
    good = meant is not BAD and harm not in {"short", "long"}
    if harm == "bytes" and style.encoding == "utf-8":
        raw, good = raw[:1] + b"\xff" + raw[1:], False
    parts.append(raw + style.newline.encode(style.encoding))
    if style.encoding == "utf-8":
        file.lines[number] = raw
    if good:
        file.kept[number] = meant
    else:
        file.aside.add(number)


def _ending(sheet: Sheet, file: File, style: Style, parts: list[bytes], dice: random.Random) -> None:
    """No last line end, more of them, or an old sign for the end; a last record that was cut off."""
    how = dice.choice([*["plain"] * 8, "open", "sign", "lines", "cut"])
    last = max({*file.kept, *file.aside}, default=0)
    end = style.newline.encode(style.encoding)
    if how == "open" and last == file.records and not (sheet.footers and file.footer):
        parts[-1] = parts[-1].removesuffix(end)
        closed = parts[-1].endswith('"'.encode(style.encoding))
        if last in file.kept and not closed and not sheet.ends_open:
            del file.kept[last]
            file.aside.add(last)
    elif how == "sign" and style.encoding == "utf-8":
        parts.append(b"\x1a")
    elif how == "cut" and last == file.records and style.encoding == "utf-8" and not sheet.ends_open:
        _cut(file, last, parts, dice)
    elif how == "lines" and not sheet.above:
        parts.append(end * 2)
        file.blank += 2


def _cut(file: File, last: int, parts: list[bytes], dice: random.Random) -> None:
    """Lose the end of the last record, as downloads do; not where a mark inside a text could pass for its end."""
    line = file.lines[last]
    left = line[: dice.randrange(1, max(len(line), 2))]
    if '""' in line.decode("utf-8", "replace") or not left.strip(b' ,;|"\t\0\xef\xbb\xbf') or len(line) < 2:
        return
    parts[-1] = left
    file.lines[last] = left
    file.kept.pop(last, None)
    file.aside.add(last)


def wrapped(files: Sequence[File], dice: random.Random) -> tuple[str, bytes]:
    """One file, compressed; or several in an archive, in folders as people pack them."""
    if len(files) == 1:
        return f"{files[0].name}.gz", gzip.compress(files[0].raw, dice.choice([1, 9]))
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", dice.choice([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])) as archive:
        for place, file in enumerate(files):
            archive.writestr(f"{place}/{file.name}", file.raw)
        archive.writestr("__MACOSX/._x.csv", b"\0\5\x16\7" + bytes(100))
    return "export.zip", held.getvalue()
