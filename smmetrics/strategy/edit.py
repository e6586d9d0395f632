"""Change one value of a strategy file and leave everything else as people wrote it: comments, order, unknown keys.

Nothing is written if the file changed since it was read, or if the changed file could not be read any more.
"""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from smmetrics.api.errors import UserMistake
from smmetrics.strategy.faults import dotted
from smmetrics.strategy.read import read_bytes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from smmetrics.strategy.model import Strategy

BOM = b"\xef\xbb\xbf"


def set_value(strategy: Strategy, keys: Sequence[str | int], value: object) -> Strategy:
    """Set the value at ``keys`` (tables on the way are made) in the file the strategy was read from.

    The file as it was stays beside it as ``.bak``. Gives back the strategy as it reads now.

    Raises:
        UserMistake: if the file changed since it was read, cannot be written, or has no such place.
        StrategyFaults: if the value is not allowed there; the file is as it was.

    """
    path = strategy.origin.path
    if path is None:
        message = "This strategy was not read from a file, so it cannot be saved."
        raise UserMistake(message, code="strategy.no_file")
    before = _as_read(strategy, path)
    after = _changed(before, keys, value)
    result = read_bytes(after, path=path)
    try:
        _replace(path, before=before, after=after, strategy=strategy)
    except OSError as error:
        message = f"The file cannot be saved ({error.strerror}); it is as it was."
        raise UserMistake(message, where=str(path), code="strategy.unwritable") from error
    return result


def _as_read(strategy: Strategy, path: Path) -> bytes:
    """The file's bytes, if they are still those that were read."""
    with suppress(FileNotFoundError):
        data = path.read_bytes()
        if sha256(data).hexdigest() == strategy.origin.digest:
            return data
    message = "The file was changed by somebody else since it was read; nothing was saved."
    raise UserMistake(message, where=str(path), hint="Read it again, then repeat the change.", code="strategy.changed")


def _changed(data: bytes, keys: Sequence[str | int], value: object) -> bytes:
    """The file with one value set. Its mark and line ends stay."""
    import tomlkit  # noqa: PLC0415 (needed by edits only)

    mark = BOM if data.startswith(BOM) else b""
    document = tomlkit.parse(data.removeprefix(BOM).decode("utf-8"))
    holder: Any = document
    for depth, key in enumerate(keys, start=1):
        if not _can_hold(holder, key):
            message = f"There is no place {dotted(tuple(keys[:depth]))} in the file."
            raise UserMistake(message, code="strategy.no_place")
        if depth == len(keys):
            holder[key] = value
        elif isinstance(holder, dict) and key not in holder:
            holder[key] = tomlkit.table()
        holder = holder[key]
    return mark + tomlkit.dumps(document).encode("utf-8")


def _can_hold(holder: object, key: str | int) -> bool:
    """Whether a key fits: words into tables, numbers of items that are there into lists."""
    if isinstance(holder, list):
        return isinstance(key, int) and 0 <= key < len(holder)
    return isinstance(holder, dict) and isinstance(key, str)


def _replace(path: Path, *, before: bytes, after: bytes, strategy: Strategy) -> None:
    """Write beside the file, then rename over it; the file is whole at every moment."""
    path.with_name(path.name + ".bak").write_bytes(before)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".new")
    new = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(after)
            file.flush()
            os.fsync(file.fileno())
        new.chmod(path.stat().st_mode & 0o777)
        _as_read(strategy, path)
        new.replace(path)
    finally:
        with suppress(FileNotFoundError):
            new.unlink()
