"""One private copy of a file before anything else: what is read cannot change under the reader any more."""

from __future__ import annotations

import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from smmetrics.api.errors import BadData

if TYPE_CHECKING:
    from collections.abc import Iterator

BLOCK = 1 << 20


@dataclass(frozen=True, kw_only=True, slots=True)
class PrivateCopy:
    """Our own copy of a file, uncompressed, with the SHA-256 (hexadecimal) and size of its bytes."""

    path: Path
    sha256: str
    size: int


def copy_privately(source: Path, folder: Path) -> PrivateCopy:
    """Copy a file into ``folder`` and hash it. Raises `BadData` ``source_changing`` where it changes meanwhile.

    The source is read twice: the second time every byte must be the copy's.
    """
    folder.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix="reading-", suffix=".raw", dir=folder)
    path = Path(name)
    try:
        with source.open("rb") as given, os.fdopen(handle, "w+b") as copy:
            before = _identity(given)
            sha256, size = _copied(given, copy)
            _check_unchanged(source, given, copy, before)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return PrivateCopy(path=path, sha256=sha256, size=size)


def _copied(given: BinaryIO, copy: BinaryIO) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    for block in _blocks(given):
        digest.update(block)
        copy.write(block)
        size += len(block)
    copy.flush()
    return digest.hexdigest(), size


def _check_unchanged(source: Path, given: BinaryIO, copy: BinaryIO, before: tuple[int, ...]) -> None:
    """Be sure the file is still the same one, of the same age, with the same bytes."""
    given.seek(0)
    copy.seek(0)
    same = all(block == copy.read(len(block)) for block in _blocks(given)) and not copy.read(1)
    named = source.stat()
    now = (named.st_ino, named.st_dev, named.st_size, named.st_mtime_ns)
    if not (same and _identity(given) == before == now):
        message = "The file changed while it was read."
        raise BadData(
            message,
            where=source.name,
            hint="Wait until the download or the other program has finished, then import it again.",
            code="source_changing",
        )


def _identity(file: BinaryIO) -> tuple[int, ...]:
    stat = os.fstat(file.fileno())
    return stat.st_ino, stat.st_dev, stat.st_size, stat.st_mtime_ns


def _blocks(file: BinaryIO) -> Iterator[bytes]:
    while block := file.read(BLOCK):
        yield block
