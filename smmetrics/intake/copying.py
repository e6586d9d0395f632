"""One private copy of a file before anything else: what is read cannot change under the reader any more.

Reading may begin as soon as the copy is made. That it is true (the file is still the same, byte by byte) is proven
beside that, and nothing of the copy counts before the proof is there.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from smmetrics.api.errors import BadData
from smmetrics.intake.unopened import check_whole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

BLOCK = 1 << 20
SMALL = 1 << 22
"""What is proven at once: to begin a thread would take longer."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PrivateCopy:
    """Our own copy of a file, uncompressed, with its size. ``proof`` gives the SHA-256 (hexadecimal) of its bytes.

    ``proof`` waits until the copy is proven, and raises `BadData` ``source_changing`` where the file changed.
    """

    path: Path
    size: int
    proof: Callable[[], str]


@contextmanager
def private_copy(source: Path, folder: Path) -> Iterator[PrivateCopy]:
    """Copy a file into ``folder``, and prove the copy while the block runs. Who does not need it deletes it.

    The source is read twice: the second time every byte must be the copy's.
    """
    check_whole(source)
    folder.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix="reading-", suffix=".raw", dir=folder)
    path = Path(name)
    with source.open("rb") as given, os.fdopen(handle, "w+b") as copy, ExitStack() as beside:
        try:
            before = _identity(given)
            size = _copied(given, copy)
            prove = partial(_proven, source, given, copy, before)
            proof = (
                _at_once(prove) if size <= SMALL else beside.enter_context(ThreadPoolExecutor(1)).submit(prove).result
            )
            yield PrivateCopy(path=path, size=size, proof=proof)
            proof()
        except BaseException:
            path.unlink(missing_ok=True)
            raise


def _at_once(prove: Callable[[], str]) -> Callable[[], str]:
    """The proof, made before anything is read. Raises what it raises."""
    sha256 = prove()
    return lambda: sha256


def _copied(given: BinaryIO, copy: BinaryIO) -> int:
    """Copy all bytes, by the system where it can do that for us; how many there were."""
    try:
        while os.copy_file_range(given.fileno(), copy.fileno(), 1 << 30):
            pass
    except (OSError, AttributeError):  # another kind of disk, or another system: whatever was copied is written again
        given.seek(0)
        copy.seek(0)
        copy.writelines(_blocks(given))
        copy.flush()
    return os.fstat(copy.fileno()).st_size


def _proven(source: Path, given: BinaryIO, copy: BinaryIO, before: tuple[int, ...]) -> str:
    """Be sure the file is still the same one, of the same age, with the same bytes; the copy's hash."""
    given.seek(0)
    copy.seek(0)
    digest, same = hashlib.sha256(), True
    for block in _blocks(given):
        same = same and block == copy.read(len(block))
        digest.update(block)
    named = source.stat()
    now = (named.st_ino, named.st_dev, named.st_size, named.st_mtime_ns)
    if not (same and not copy.read(1) and _identity(given) == before == now):
        message = "The file changed while it was read."
        raise BadData(
            message,
            where=source.name,
            hint="Wait until the download or the other program has finished, then import it again.",
            code="source_changing",
        )
    return digest.hexdigest()


def _identity(file: BinaryIO) -> tuple[int, ...]:
    stat = os.fstat(file.fileno())
    return stat.st_ino, stat.st_dev, stat.st_size, stat.st_mtime_ns


def _blocks(file: BinaryIO) -> Iterator[bytes]:
    while block := file.read(BLOCK):
        yield block
