"""Looking for somebody in files, byte by byte; what is packed (zst, gz, zip and its kin, Parquet) is unpacked."""

from __future__ import annotations

import gzip
import io
import tempfile
import zipfile
import zlib
from typing import IO, TYPE_CHECKING, BinaryIO, cast

import polars as pl
import zstandard

if TYPE_CHECKING:
    import re
    from pathlib import Path

BLOCK, OVERLAP = 4 << 20, 64 << 10
DEEPEST = 3
ZST, GZ, ZIP, PARQUET, PDF = b"\x28\xb5\x2f\xfd", b"\x1f\x8b", b"PK\x03\x04", b"PAR1", b"%PDF"
FAULTS = (zipfile.BadZipFile, zlib.error, EOFError, OSError, zstandard.ZstdError, pl.exceptions.PolarsError,
          NotImplementedError, RuntimeError)  # fmt: skip


def holds(path: Path, pattern: re.Pattern[bytes]) -> bool:
    """Whether a file holds it. What cannot be unpacked counts as holding it: nobody could be sure."""
    with path.open("rb") as file:
        try:
            return _holds(file, pattern, DEEPEST)
        except FAULTS:
            return True


def _holds(file: BinaryIO, pattern: re.Pattern[bytes], depth: int) -> bool:
    start = file.read(4)
    file.seek(0)
    if start == ZST:
        with zstandard.ZstdDecompressor().stream_reader(file) as stream:
            return _unpacked(stream, pattern, depth)
    if depth and start[:2] == GZ:
        with gzip.GzipFile(fileobj=file) as inside:
            return _unpacked(cast("IO[bytes]", inside), pattern, depth - 1)
    if depth and start == ZIP:
        return _in_members(file, pattern, depth - 1)
    if start == PARQUET:
        text = io.BytesIO()
        pl.read_parquet(file).select(pl.selectors.string() | pl.selectors.list()).write_ndjson(text)
        return pattern.search(text.getvalue()) is not None
    return start == PDF or _found(file, pattern)


def _in_members(file: BinaryIO, pattern: re.Pattern[bytes], depth: int) -> bool:
    with zipfile.ZipFile(file) as packed:
        if pattern.search("\n".join(packed.namelist()).encode("utf-8", "surrogateescape")):
            return True
        for info in packed.infolist():
            with packed.open(info) as member:
                if _unpacked(member, pattern, depth):
                    return True
    return False


def _unpacked(stream: IO[bytes], pattern: re.Pattern[bytes], depth: int) -> bool:
    """Look into what is unpacked, on disk where it is large, so that it can be looked at more than once."""
    with tempfile.SpooledTemporaryFile(max_size=16 << 20) as held:
        while block := stream.read(BLOCK):
            held.write(block)
        held.seek(0)
        return _holds(cast("BinaryIO", held), pattern, depth)


def _found(file: BinaryIO, pattern: re.Pattern[bytes]) -> bool:
    before = b""
    while block := file.read(BLOCK):
        if pattern.search(before + block):
            return True
        before = (before + block)[-OVERLAP:]
    return False
