"""What an archive says it holds, judged before anything of it is unpacked: size, number, names, way of packing."""

from __future__ import annotations

import re
import struct
import zipfile
from itertools import pairwise
from typing import TYPE_CHECKING, BinaryIO

from smmetrics.api.errors import BadData
from smmetrics.intake.systems import lies_in_own
from smmetrics.words import say

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

MIB = 1 << 20
MEMBERS = 50_000
DIRECTORY = 16 * MIB
"""Bytes of an archive's list of contents: more than `MEMBERS` names of usual length."""
LARGEST = 2048 * MIB
RATIO = 200
SMALL = MIB
"""Below this a file may grow as it likes."""
INNER = re.compile(r"\.(?:zip|gz|tgz|bz2|xz|zst|7z|rar|tar|jar|cab|lz4)$", re.IGNORECASE)
PACKED = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
ENCRYPTED = 0x1
END, END64 = b"PK\x05\x06", b"PK\x06\x06"
LONGEST_END = 22 + 65_535


def bad(*, code: str, **about: object) -> BadData:
    """A refusal in the words of the catalogue."""
    hint = {"overlap": "escapes", "empty": "damaged"}.get(code, code)
    return BadData(
        say(f"intake.container.{code}", **about), hint=say(f"intake.container.{hint}_hint"), code=f"zip.{code}"
    )


def open_zip(path: Path) -> zipfile.ZipFile:
    """Open an archive whose list of contents is of a size that can be looked at."""
    with path.open("rb") as file:
        _check_list(file)
    try:
        return zipfile.ZipFile(path)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError, struct.error) as error:
        raise bad(code="damaged", why=str(error).rstrip(".").lower()) from error


def files_of(archive: zipfile.ZipFile, *, nested: bool = False) -> tuple[zipfile.ZipInfo, ...]:
    """The files in an archive. Raises `BadData` where one is not what an export holds.

    ``nested``: archives inside may stand, because nobody will open them (a workbook's pictures).
    """
    infos = archive.infolist()
    if len(infos) > MEMBERS:
        raise bad(code="too_many", count=len(infos), most=MEMBERS)
    _check_places(infos, archive.start_dir)
    if not all(info.filename for info in infos):
        raise bad(code="damaged", why="one of its files has no name")
    files = [info for info in infos if not info.is_dir()]
    total = sum(info.file_size for info in files)
    if total > LARGEST:
        raise bad(code="too_large", size=total // MIB, most=LARGEST // MIB)
    seen: set[str] = set()
    for info in files:
        _check(info, seen, nested=nested)
    return tuple(info for info in files if not lies_in_own(info.filename))


def _check(info: zipfile.ZipInfo, seen: set[str], *, nested: bool) -> None:
    name = info.filename
    parts = re.split(r"[/\\]", name)
    if name.startswith(("/", "\\")) or ".." in parts or re.match(r"[A-Za-z]:", name) or "\0" in name:
        raise bad(code="escapes", name=name)
    if info.flag_bits & ENCRYPTED:
        raise bad(code="encrypted")
    if info.file_size > SMALL and info.file_size > RATIO * max(info.compress_size, 1):
        raise bad(code="ratio", name=name, ratio=info.file_size // max(info.compress_size, 1))
    plain = "/".join(parts).casefold()
    if plain in seen:
        raise bad(code="duplicate", name=name)
    seen.add(plain)
    if lies_in_own(name):
        return
    if not nested and INNER.search(name):
        raise bad(code="nested", name=name)
    if info.compress_type not in PACKED:
        raise bad(code="damaged", why=f"{name!r} is packed in a way that no export is")


def _check_places(infos: Sequence[zipfile.ZipInfo], behind: int) -> None:
    """No two files share bytes: archives that unpack one piece many times over are made to do harm.

    ``behind``: where the list of contents begins. A file that says it is packed in more bytes than there are might grow
    by what it says.
    """
    placed = sorted(infos, key=lambda info: info.header_offset)
    if placed and (placed[0].header_offset < 0 or placed[-1].header_offset + placed[-1].compress_size > behind):
        raise bad(code="damaged", why="one of its files is said to lie outside of it")
    for info, following in pairwise(placed):
        if info.header_offset + info.compress_size > following.header_offset:
            raise bad(code="overlap")


def _check_list(file: BinaryIO) -> None:
    """Refuse a list of contents too long to be looked at, before anybody looks."""
    size = file.seek(0, 2)
    file.seek(max(size - LONGEST_END, 0))
    tail = file.read()
    at = tail.rfind(END)
    if at < 0 or len(tail) - at < 22:  # noqa: PLR2004 (the length of the end record)
        raise bad(code="damaged", why="its list of contents is missing")
    count, length = struct.unpack_from("<HI", tail, at + 10)
    before = tail.rfind(END64, 0, at)
    if before >= 0 and len(tail) - before >= 56:  # noqa: PLR2004 (the length of the large end record)
        count, length = struct.unpack_from("<QQ", tail, before + 32)
    if count > MEMBERS or length > DIRECTORY:
        raise bad(code="too_many", count=max(count, length // 46), most=MEMBERS)
