"""Files appear whole or not at all; what an operating system refuses is said in plain words."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from smmetrics.api.errors import Unavailable, UserMistake

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def save(content: bytes, out: Path) -> None:
    """Write ``content`` to ``out``; what stood there before stays until the new bytes are on the disk.

    Raises `UserMistake` where the folder is not there or may not be written, `Unavailable` where the disk refuses.
    """
    with refusals(out), whole(out) as temporary:
        temporary.write_bytes(content)


@contextmanager
def whole(out: Path) -> Iterator[Path]:
    """A temporary path in the same folder that takes ``out``'s name once its bytes are on the disk."""
    temporary = out.with_name(f".{out.name}.{os.getpid()}.part")
    temporary.open("xb").close()
    try:
        yield temporary
        with temporary.open("rb+") as file:
            os.fsync(file.fileno())
        temporary.replace(out)
    finally:
        temporary.unlink(missing_ok=True)


@contextmanager
def refusals(out: Path) -> Iterator[None]:
    """Say in plain words what the operating system refused."""
    try:
        yield
    except (FileNotFoundError, NotADirectoryError) as error:
        message = f"The folder {out.parent} is not there."
        raise UserMistake(message, hint="Make it first, or name another with --out.", code="out.folder") from error
    except (PermissionError, IsADirectoryError) as error:
        message = f"{out} may not be written."
        raise UserMistake(message, hint="Name another file with --out.", code="out.refused") from error
    except OSError as error:
        message = f"{out} could not be written: {error.strerror or error}."
        raise Unavailable(message, hint="What stood there before is unchanged.", code="out.failed") from error
