"""Views of a dashboard kept in the workspace: one file each in ``reports/views``, to be read, shared and versioned."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from smmetrics.api.errors import UserMistake
from smmetrics.store.files import plain_words, prepare, take_place

if TYPE_CHECKING:
    from pathlib import Path

FOLDER = ("reports", "views")
_NAME = re.compile(r"\w(?:[\w .,()-]{0,58}[\w)])?")
"""Names that are good names of files everywhere: no path, no dot in front or at the end."""
_TAKEN = re.compile(r"(?i)con|prn|aux|nul|com\d|lpt\d")
"""Names some systems keep for devices."""


class SavedViews:
    """The views kept in one workspace."""

    def __init__(self, root: Path) -> None:
        """Nothing is made before the first view is saved."""
        self._folder = root.joinpath(*FOLDER)

    def names(self) -> tuple[str, ...]:
        """The names of the views kept, sorted."""
        return tuple(sorted(path.stem for path in self._folder.glob("*.json") if path.is_file()))

    def load(self, name: str) -> str:
        """A view's JSON. Raises `UserMistake` where there is none."""
        path = self._path(name)
        try:
            return path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            message = f"The view {name!r} cannot be read: {error}."
            known = ", ".join(self.names()) or "none is saved yet"
            raise UserMistake(message, hint=f"Known: {known}.", code="view.absent") from error

    def save(self, name: str, text: str) -> None:
        """Keep a view under a name, in place of a former one. Raises `UserMistake` for what cannot be a file.

        Raises `Unavailable` where the disk takes nothing.
        """
        path = self._path(name)
        with plain_words(self._folder):
            self._folder.mkdir(parents=True, exist_ok=True)
            take_place(prepare(path, text.encode()), path)

    def _path(self, name: str) -> Path:
        if not _NAME.fullmatch(name) or _TAKEN.fullmatch(name):
            message = f"{name!r} cannot be the name of a view."
            raise UserMistake(message, hint="Use letters, digits, spaces and - , at most 60.", code="view.name")
        return self._folder / f"{name}.json"
