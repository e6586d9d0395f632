"""Files and folders to files: sorted, hidden ones left out and said; a path is never a pattern."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from smmetrics.api.errors import UserMistake

if TYPE_CHECKING:
    from collections.abc import Iterable

PATTERN = "Names are taken literally: * and ? are letters here."


@dataclass(frozen=True, kw_only=True, slots=True)
class Walk:
    """The files to read, in order, each once, and the hidden ones that were passed over."""

    files: tuple[Path, ...]
    skipped: tuple[Path, ...]


def walk(paths: Iterable[str | Path]) -> Walk:
    """Expand folders. Raises `UserMistake` for what is not there or no file. A hidden file named itself is read.

    What may not be opened or looked at is among the files: whoever reads them refuses it with the reason.
    """
    files: dict[Path, None] = {}
    skipped: list[Path] = []
    for given in paths:
        path = Path(given)
        if os.path.isdir(path):  # noqa: PTH112 (Path.is_dir raises where a folder above is locked)
            _descend(path, files, skipped)
        elif _may_be_file(path):
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


def _descend(folder: Path, files: dict[Path, None], skipped: list[Path]) -> None:
    def locked(error: OSError) -> None:
        files[Path(error.filename)] = None

    for root, folders, names in os.walk(folder, onerror=locked):
        hidden = [name for name in folders if name.startswith(".")]
        skipped.extend(Path(root, name) for name in sorted(hidden))
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(root, name)
            if name.startswith("."):
                skipped.append(path)
            elif _may_be_file(path):
                files[path] = None


def _may_be_file(path: Path) -> bool:
    """Whether it is a file, or lies where nobody lets us look."""
    try:
        return path.is_file()
    except OSError:
        return True
