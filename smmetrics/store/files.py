"""Writing so that a power cut leaves the old file or the new one, and saying plainly when the disk will not."""

from __future__ import annotations

import errno
import os
import secrets
from contextlib import contextmanager
from typing import TYPE_CHECKING

from deltalake.exceptions import DeltaError
from polars.exceptions import ComputeError

from smmetrics.api.errors import Unavailable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

UNWRITTEN = (OSError, ComputeError)
"""What writing a Parquet file raises where the disk will not: Polars has no word of its own for the second half."""
FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
LOCKED = {errno.EROFS, errno.EACCES, errno.EPERM}
_FULL_WORDS = ("no space left", "quota exceeded", "file too large")
_LOCKED_WORDS = ("read-only file system", "permission denied", "operation not permitted")


def sync(path: Path) -> None:
    """Make sure a file, or a folder's list of names, is on the disk and not only in memory."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_new(path: Path, data: bytes, *, mode: int = 0o644) -> None:
    """Write a file that did not exist, with its permissions from the first byte on, and sync it."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def temporary(path: Path) -> Path:
    """Where a file's next content is written before it takes the file's place."""
    return path.with_name(f".{path.name}.new")


def prepare(path: Path, data: bytes) -> Path:
    """Write a file's next content beside it, synced. `take_place` makes it count."""
    draft = temporary(path)
    draft.unlink(missing_ok=True)
    write_new(draft, data)
    return draft


@contextmanager
def own_draft(path: Path) -> Iterator[Path]:
    """Where to write a file that several processes may make at the same time: beside it, each a draft of its own.

    Whoever has written it renames it, so that a half-written file never bears the name of a whole one.
    """
    path.parent.mkdir(exist_ok=True)
    draft = path.with_name(f"{path.stem}.{secrets.token_hex(4)}.new")
    try:
        yield draft
    finally:
        draft.unlink(missing_ok=True)


def written_at(path: Path) -> int:
    """When a file was written, in nanoseconds; 0 where another process put it away."""
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0


def oldest_first(folder: Path, pattern: str) -> list[Path]:
    """The files of a folder with such names, the newest last; none where there is no folder."""
    return sorted(folder.glob(pattern), key=written_at) if folder.is_dir() else []


def take_place(draft: Path, path: Path) -> None:
    """Put a prepared file in its place: either the old one is there or the new one, never a mixture."""
    draft.replace(path)
    sync(path.parent)


@contextmanager
def plain_words(folder: Path) -> Iterator[None]:
    """Turn what the disk says into words a person can act on. Nothing is hidden: the cause stays attached."""
    try:
        yield
    except OSError as error:
        raise _explained(error, folder, number=error.errno or 0) from error
    except DeltaError as error:
        raise _explained(error, folder, number=0) from error


def _explained(error: Exception, folder: Path, *, number: int) -> Unavailable:
    words = str(error).lower()
    if number in FULL or any(word in words for word in _FULL_WORDS):
        return Unavailable(
            "The disk is full. What was there before is unharmed, and nothing of this step counts.",
            where=str(folder),
            hint="Free some space and run it again.",
            code="disk.full",
        )
    if number in LOCKED or any(word in words for word in _LOCKED_WORDS):
        return Unavailable(
            "This workspace cannot be written to: the folder is read-only for you.",
            where=str(folder),
            hint="Change its permissions, or copy the workspace to a folder of your own.",
            code="folder.read_only",
        )
    return Unavailable(
        f"The disk did not do what it was asked ({error}). What was there before is unharmed.",
        where=str(folder),
        hint="Check the disk, then run it again.",
        code="disk.failed",
    )
