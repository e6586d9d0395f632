"""Private copies of the files that came in, so that an import can be read again and a record shown as it was."""

from __future__ import annotations

import io
import os
from typing import TYPE_CHECKING

import zstandard

from smmetrics.api.errors import UserMistake
from smmetrics.store.files import sync, temporary
from smmetrics.words import say

if TYPE_CHECKING:
    from pathlib import Path

LEVEL = 3
MAGIC = b"\x28\xb5\x2f\xfd"


def keep(folder: Path, sha256: str, copy: Path) -> bool:
    """Keep a copy, compressed; whether it was not there yet. Its bytes are synced by the time this returns.

    Its name is the caller's to sync: once for all files of a commit, those too that were there.
    """
    path = path_of(folder, sha256)
    if path.exists():
        return False
    draft = temporary(path)
    with copy.open("rb") as source, draft.open("wb") as target:
        draft.chmod(0o600)
        if source.read(len(MAGIC)) == MAGIC and copy.suffix == ".zst":
            source.seek(0)
            _stream(source, target)
        else:
            source.seek(0)
            zstandard.ZstdCompressor(level=LEVEL).copy_stream(source, target)
        target.flush()
        os.fsync(target.fileno())
    draft.replace(path)
    return True


def read(folder: Path, sha256: str) -> bytes:
    """The file as it came in. Raises `UserMistake` where no copy was kept."""
    path = path_of(folder, sha256)
    if not path.is_file():
        message = f"No copy of the file {sha256[:12]}… was kept."
        raise UserMistake(message, where=str(folder), hint=say("forget.source_gone"), code="source.gone")
    with path.open("rb") as file, zstandard.ZstdDecompressor().stream_reader(file) as stream:
        return io.BufferedReader(stream).read()


def path_of(folder: Path, sha256: str) -> Path:
    """Where the copy of a file is."""
    return folder / f"{sha256}.zst"


def make(folder: Path) -> None:
    """The folder for copies; only its owner looks into it."""
    folder.mkdir(mode=0o700, exist_ok=True)
    sync(folder.parent)


def _stream(source: io.BufferedReader, target: io.BufferedWriter) -> None:
    while piece := source.read(1 << 20):
        target.write(piece)
