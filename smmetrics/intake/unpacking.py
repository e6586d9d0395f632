"""Bytes out of a container, as a stream into a private file: never more than is allowed, never under its names."""

from __future__ import annotations

import gzip
import os
import tempfile
import zipfile
import zlib
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from smmetrics.intake.zipguard import LARGEST, MIB, RATIO, SMALL, bad

if TYPE_CHECKING:
    from collections.abc import Iterator

BLOCK, HEAD = 1 << 20, 4096


class Stream(Protocol):
    """What is read from."""

    def read(self, size: int, /) -> bytes:
        """At most so many bytes; none at the end."""
        ...


def member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, folder: Path, *, most: int = LARGEST) -> Path:
    """One file of an archive, or its first ``most`` bytes, in a private file that the caller deletes."""
    with _in_words(info.filename), archive.open(info) as stream:
        return _written(stream, folder, name=info.filename, packed=info.compress_size, most=most)


def beginning(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """The first bytes of one file of an archive."""
    with _in_words(info.filename), archive.open(info) as stream:
        return stream.read(HEAD)


@contextmanager
def _in_words(name: str) -> Iterator[None]:
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise bad(code="damaged", why=f"{name!r} cannot be unpacked") from error


def gunzip(path: Path, folder: Path, *, name: str) -> Path:
    """What a compressed file holds, in a private file that the caller deletes."""
    try:
        with gzip.open(path, "rb") as stream:
            return _written(stream, folder, name=name, packed=path.stat().st_size, most=LARGEST + 1)
    except (gzip.BadGzipFile, zlib.error, EOFError) as error:
        raise bad(code="damaged", why="it breaks off or cannot be unpacked") from error


def fresh(folder: Path, suffix: str = ".raw") -> tuple[int, Path]:
    """A new private file."""
    handle, name = tempfile.mkstemp(prefix="reading-", suffix=suffix, dir=folder)
    return handle, Path(name)


def _written(stream: Stream, folder: Path, *, name: str, packed: int, most: int) -> Path:
    handle, path = fresh(folder)
    try:
        with os.fdopen(handle, "wb") as target:
            size = 0
            for block in _blocks(stream, most):
                size += len(block)
                _check_size(size, name=name, packed=packed)
                target.write(block)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return path


def _check_size(size: int, *, name: str, packed: int) -> None:
    if size > LARGEST:
        raise bad(code="too_large", size=size // MIB, most=LARGEST // MIB)
    if size > SMALL and size > RATIO * max(packed, 1):
        raise bad(code="ratio", name=name, ratio=size // max(packed, 1))


def _blocks(stream: Stream, most: int) -> Iterator[bytes]:
    while most > 0 and (block := stream.read(min(BLOCK, most))):
        most -= len(block)
        yield block
