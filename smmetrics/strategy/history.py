"""Versions of a strategy file: its text after each save, when, by what, and what had changed. The last 50 are kept.

They stand as files in ``history`` beside the strategy. What people change in a text editor is kept as a version of its
own as soon as a program saves: nothing that was ever written is lost by a save or by taking one back.
"""

from __future__ import annotations

import json
import os
import tomllib
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from smmetrics.api.errors import UserMistake
from smmetrics.strategy.differing import Difference, differences
from smmetrics.words import say

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = "history"
KEPT = 50
BY_HAND = "by hand"
FOUND = "as found"


@dataclass(frozen=True, kw_only=True, slots=True)
class Version:
    """The text of a strategy file from one save to the next."""

    id: int
    saved_at: datetime
    by: str
    changed: tuple[Difference, ...]
    text: str


def history(path: str | Path) -> list[Version]:
    """The versions of a strategy file that are kept, the oldest first.

    Raises:
        UserMistake: if a file of the history was damaged.

    """
    return [_read(file) for file in _files(Path(path))]


@contextmanager
def recorded(path: Path, *, before: str, after: str, by: str) -> Iterator[None]:
    """Keep the text before and after what is done inside; where that fails, only the text before."""
    newest = _newest(path)
    number = max((int(file.stem) for file in _files(path)), default=0)
    if newest is None or newest.text != before:
        number += 1
        _write(path, number, text=before, by=BY_HAND if newest else FOUND, since=newest.text if newest else before)
    staged = _write(path, number + 1, text=after, by=by, since=before, staged=True)
    try:
        yield
    except BaseException:
        staged.unlink(missing_ok=True)
        raise
    staged.replace(staged.with_suffix(""))
    for old in _files(path)[:-KEPT]:
        old.unlink(missing_ok=True)


def _newest(path: Path) -> Version | None:
    """The newest version that can be read; what was damaged is not built upon."""
    for file in reversed(_files(path)):
        with suppress(UserMistake):
            return _read(file)
    return None


def _files(path: Path) -> list[Path]:
    return sorted((path.parent / FOLDER).glob("[0-9]*.json"))


def _write(path: Path, number: int, *, text: str, by: str, since: str, staged: bool = False) -> Path:
    """Write one version whole; a staged one gets its name later."""
    folder = path.parent / FOLDER
    folder.mkdir(exist_ok=True)
    said = {
        "id": number,
        "saved_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "by": by,
        "changed": [[each.kind, each.where] for each in _differences(since, text)],
        "text": text,
    }
    new = folder / f"{number:06}.json.new"
    with new.open("w", encoding="utf-8", newline="\n") as file:
        json.dump(said, file, ensure_ascii=False, indent=1)
        file.flush()
        os.fsync(file.fileno())
    new.chmod(path.stat().st_mode & 0o777)
    return new if staged else new.replace(new.with_suffix(""))


def _differences(before: str, after: str) -> tuple[Difference, ...]:
    """What changed; a text that is no TOML (mended by an undo) counts as changed as a whole."""
    try:
        return differences(_document(before), _document(after)) if before != after else ()
    except tomllib.TOMLDecodeError:
        return (Difference(kind="set", where=""),)


def _document(text: str) -> dict[str, object]:
    return tomllib.loads(text.removeprefix("\ufeff").replace("\r\n", "\n"))


def _read(file: Path) -> Version:
    try:
        said = json.loads(file.read_text(encoding="utf-8"))
        changed = tuple(Difference(kind=kind, where=where) for kind, where in said["changed"])
        at = datetime.fromisoformat(said["saved_at"])
        return Version(id=int(said["id"]), saved_at=at, by=str(said["by"]), changed=changed, text=str(said["text"]))
    except (ValueError, KeyError, TypeError) as error:
        message, hint = say("start.history.damaged"), say("start.history.damaged_hint")
        raise UserMistake(message, where=str(file), hint=hint, code="strategy.history") from error
