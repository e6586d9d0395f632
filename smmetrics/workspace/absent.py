"""What is said where there is nothing yet: how to begin, or the folder beside that was meant."""

from __future__ import annotations

import os
from contextlib import suppress
from shlex import quote
from typing import TYPE_CHECKING

from smmetrics.api.errors import UserMistake
from smmetrics.words import say

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

STRATEGY = "strategy.toml"
NAMED = 3
"""How many folders are named."""


def nothing_here(root: Path, *, strategy: bool = False) -> UserMistake:
    """There is neither strategy nor data in a folder; ``strategy``: there are data, and no strategy."""
    folder = say("next.begin.folder") if str(root) == "." else quote(str(root))
    said = say(f"next.begin.{'no_strategy' if strategy else 'nothing'}", folder=root)
    hint = say("next.begin.make", folder=quote(str(root)) if strategy else folder)
    beside = [quote(str(each)) for each, _ in zip(_beside(root), range(NAMED), strict=False)]
    if beside and not strategy:
        hint = say("next.begin.meant", folder=beside[0], folders=", ".join(f"`{each}`" for each in beside))
    return UserMistake(said, hint=hint, code="strategy.absent" if strategy else "workspace.absent")


def named_as_unicode(root: Path) -> Path:
    """The folder, if what keeps the tables finds it under its name: that takes names as UTF-8 and no others.

    Raises `UserMistake` elsewhere: tables that are not found would pass for damaged ones, and numbers for gone.
    """
    with suppress(FileNotFoundError):  # the current folder was deleted: others say so
        name = str(root.absolute())
        try:
            found = os.fsencode(name) == name.encode()
        except UnicodeEncodeError:
            found = False
        if not found:
            message, hint = say("start.init.no_unicode"), say("start.init.no_unicode_hint")
            raise UserMistake(message, where=str(root), hint=hint, code="workspace.name")
    return root


def _beside(root: Path) -> Iterator[Path]:
    """Folders in this one that hold a strategy, by name."""
    with suppress(OSError):
        yield from (each for each in sorted(root.iterdir()) if (each / STRATEGY).is_file())
