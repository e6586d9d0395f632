"""Files and folders to files: sorted, what programs keep for themselves left out; a path is never a pattern."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from smmetrics.api.errors import UserMistake
from smmetrics.intake.systems import is_own

if TYPE_CHECKING:
    from collections.abc import Iterable

PATTERN = "Names are taken literally: * and ? are letters here."


@dataclass(frozen=True, kw_only=True, slots=True)
class Walk:
    """The files to read, in order, each once, and what was passed over: hidden or programs' own files, no files."""

    files: tuple[Path, ...]
    skipped: tuple[Path, ...]


def walk(paths: Iterable[str | Path]) -> Walk:
    """Expand folders. Raises `UserMistake` for what is not there or no file. A hidden file named itself is read.

    What may not be opened or looked at, and links that lead nowhere, are among the files: whoever reads them refuses
    them with the reason. Links to folders are followed, each folder once.
    """
    files: dict[Path, None] = {}
    skipped: list[Path] = []
    for given in paths:
        path = Path(given)
        if os.path.isdir(path):  # noqa: PTH112 (Path.is_dir raises where a folder above is locked)
            _descend(path, files, skipped, set())
        elif _is_file(path) or _is_broken(path):
            files[path] = None
        else:
            what = "is no file" if path.exists() else "is not there"
            message = f"{str(given)!r} {what}."
            hint = PATTERN if set("*?[") & set(str(given)) else "Is the name right? A folder can be named too."
            raise UserMistake(message, hint=hint, code="file.absent")
    return Walk(files=tuple(files), skipped=tuple(skipped))


def files_below(paths: Iterable[str | Path]) -> tuple[Path, ...]:
    """The files that `walk` finds."""
    return walk(paths).files


def _descend(folder: Path, files: dict[Path, None], skipped: list[Path], seen: set[tuple[int, int]]) -> None:
    try:
        here = folder.stat()
        with os.scandir(folder) as entries:
            names = sorted(entry.name for entry in entries)
    except OSError:
        files[folder] = None
        return
    if (here.st_dev, here.st_ino) in seen:
        return
    seen.add((here.st_dev, here.st_ino))
    folders = []
    for path in (folder / name for name in names):
        if is_own(path.name):
            skipped.append(path)
        elif os.path.isdir(path):  # noqa: PTH112 (see above)
            folders.append(path)
        elif _is_file(path) or _is_broken(path):
            files[path] = None
        else:
            skipped.append(path)
    for path in folders:
        _descend(path, files, skipped, seen)


def _is_file(path: Path) -> bool:
    """Whether it is a file, or lies where nobody lets us look."""
    try:
        return path.is_file()
    except OSError:
        return True


def _is_broken(path: Path) -> bool:
    """Whether it is a link that leads nowhere."""
    return os.path.islink(path) and not os.path.exists(path)  # noqa: PTH110, PTH114 (they raise nothing)
