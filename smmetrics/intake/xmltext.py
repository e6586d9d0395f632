"""XML whose encoding the parser cannot take in pieces, as a file in one that it can; places are the given file's."""

from __future__ import annotations

import os
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from smmetrics.intake.unpacking import fresh

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from smmetrics.intake.encoding import Text
    from smmetrics.intake.quarantine import Rejection

STEP = 1 << 20


@dataclass(frozen=True, slots=True)
class Readable:
    """A file that readers of pieces take: where it is, and its encoding if that is not what it says of itself."""

    path: Path
    encoding: str
    _text: Text

    def placed(self, rejected: list[Rejection]) -> list[Rejection]:
        """Rejected records with their places in the file that was given."""
        if not self.encoding:
            return rejected
        origin = self._text.origin([place for each in rejected for place in (each.start, each.end)])
        return [each.moved(origin) for each in rejected]


@contextmanager
def readable(path: Path, text: Text, *, recoded: bool) -> Iterator[Readable]:
    """The file itself, or its text as UTF-8 beside it while it is read."""
    if not recoded or text.encoding.name == "utf-8":
        yield Readable(path, "", text)
        return
    handle, copy = fresh(path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.writelines(text.read(start, min(start + STEP, text.size)) for start in range(0, text.size, STEP))
        yield Readable(copy, "utf-8", text)
    finally:
        copy.unlink()
