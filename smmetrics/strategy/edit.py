"""Save changes to a strategy file and leave everything else as people wrote it: comments, order, unknown keys.

Nothing is written if the file changed since it was read, or if the changed file could not be read any more. The file
is whole at every moment: the new text is written beside it and takes its name.
"""

from __future__ import annotations

import os
import tempfile
from codecs import BOM_UTF8
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from smmetrics.api.errors import UserMistake
from smmetrics.strategy.changes import applied
from smmetrics.strategy.history import FOLDER, Version, history, recorded
from smmetrics.strategy.plain import Set
from smmetrics.strategy.read import read_bytes
from smmetrics.words import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from smmetrics.strategy.model import Strategy
    from smmetrics.strategy.plain import Change

PATIENCE = 5.0
"""Seconds to wait while another program saves."""


def set_value(strategy: Strategy, keys: Sequence[str | int], value: object, *, by: str = "") -> Strategy:
    """Set the value at ``keys``; see `change`."""
    return change(strategy, [Set(keys, value)], by=by)


def change(strategy: Strategy, changes: Iterable[Change], *, by: str = "") -> Strategy:
    """Make several changes (`Set`, `Remove`, `Append`) in the file the strategy was read from, in one save.

    ``by`` names the command for `history`. The file as it was stays beside it as ``.bak``. Gives back the strategy as
    it reads now; changes that change nothing write nothing.

    Raises:
        UserMistake: if the file changed since it was read, cannot be written, or has no such place.
        StrategyFaults: if a value is not allowed where it is to stand; the file is as it was.

    """
    path = strategy.origin.path
    if path is None:
        raise UserMistake(say("start.edit.no_file"), code="strategy.no_file")
    before = _as_read(path, strategy.origin.digest)
    mark = BOM_UTF8 if before.startswith(BOM_UTF8) else b""
    after = mark + _encoded(applied(before.removeprefix(BOM_UTF8).decode("utf-8"), changes))
    return strategy if after == before else _saved(path, before=before, after=after, by=by)


def undo(path: str | Path, version: int | None = None) -> tuple[Strategy, Version]:
    """Give the file the text of an older version: the one named, or the one before the newest.

    Where the file was changed by hand since the newest version, that version is the older one. The text that goes is
    kept as a version, so that this can be taken back as well. Gives the strategy and the version whose text it is.

    Raises:
        UserMistake: if there is no such version, or as `change`.

    """
    file = Path(path)
    before = file.read_bytes() if file.is_file() else b""
    wanted = _older(history(file), _text(before), version)
    by = say("start.history.undo", id=wanted.id)
    return _saved(file, before=before, after=wanted.text.encode("utf-8"), by=by), wanted


def _older(versions: Sequence[Version], text: str, number: int | None) -> Version:
    """The version that an undo goes to."""
    if number is None:
        found = [each for at, each in enumerate(versions) if each.text != text and _is_next(versions, at, text)]
    else:
        found = [each for each in versions if each.id == number]
    if found:
        return found[-1]
    if number is None or not versions:
        raise UserMistake(say("start.history.nothing"), code="strategy.history")
    kept = say("start.history.kept", first=versions[0].id, last=versions[-1].id)
    raise UserMistake(say("start.history.no_version", id=number), hint=kept, code="strategy.history")


def _is_next(versions: Sequence[Version], at: int, text: str) -> bool:
    """Whether a version is the newest, or stands before the newest that is the file's text."""
    return at == len(versions) - 1 or versions[-1].text == text


def _saved(path: Path, *, before: bytes, after: bytes, by: str) -> Strategy:
    """Save the new text, if it reads and the file is still as it was."""
    result = read_bytes(after, path=path)
    try:
        with _alone(path), recorded(path, before=_text(before), after=_text(after), by=by):
            _replace(path.resolve(), before=before, after=after)
    except OSError as error:
        message = say("start.edit.unwritable", why=error.strerror or error)
        raise UserMistake(message, where=str(path), code="strategy.unwritable") from error
    return result


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """No other smmetrics saves this file meanwhile."""
    from filelock import FileLock, Timeout  # noqa: PLC0415 (needed by edits only)

    (path.parent / FOLDER).mkdir(exist_ok=True)
    lock = FileLock(path.parent / FOLDER / ".lock", timeout=PATIENCE)
    try:
        with lock:
            yield
    except Timeout as error:
        hint = say("start.edit.busy_hint")
        raise UserMistake(say("start.edit.busy"), where=str(path), hint=hint, code="strategy.busy") from error


def _as_read(path: Path, digest: str) -> bytes:
    """The file's bytes, if they are still those that were read."""
    with suppress(FileNotFoundError):
        data = path.read_bytes()
        if sha256(data).hexdigest() == digest:
            return data
    hint = say("start.edit.changed_hint")
    raise UserMistake(say("start.edit.changed"), where=str(path), hint=hint, code="strategy.changed")


def _text(data: bytes) -> str:
    """The text for the history; what is no UTF-8 (its bytes stay in ``.bak``) is marked."""
    return data.decode("utf-8", errors="replace")


def _encoded(text: str) -> bytes:
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise UserMistake(say("start.edit.no_text"), code="strategy.encoding") from error


def _replace(path: Path, *, before: bytes, after: bytes) -> None:
    """Write beside the file, then rename over it; the file as it was stays as ``.bak``."""
    _whole(path.with_name(path.name + ".bak"), before, like=path)
    with _new(path, after, like=path) as new:
        _as_read(path, sha256(before).hexdigest())
        new.replace(path)


def _whole(path: Path, data: bytes, *, like: Path) -> None:
    with _new(path, data, like=like) as new:
        new.replace(path)


@contextmanager
def _new(path: Path, data: bytes, *, like: Path) -> Iterator[Path]:
    """The bytes in a file of another name beside ``path``, safe on the disk."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".new")
    new = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        new.chmod(like.stat().st_mode & 0o777)
        yield new
    finally:
        new.unlink(missing_ok=True)
