"""Why a file cannot be opened, in words for people: what it is instead, whose fault that is, and what to do."""

from __future__ import annotations

import errno
import os
import stat
import tempfile
from typing import TYPE_CHECKING

from smmetrics.api.errors import BadData
from smmetrics.intake.systems import WAITING
from smmetrics.words import say

if TYPE_CHECKING:
    from pathlib import Path

UNFINISHED = (".crdownload", ".part", ".partial", ".download", ".opdownload", ".aria2", ".filepart")
"""What browsers add to the name of a file while it comes."""
ROOM = frozenset({errno.ENOSPC, errno.EDQUOT})
REASONS = {
    errno.EACCES: "denied",
    errno.EPERM: "denied",
    errno.ELOOP: "loop",
    errno.EIO: "disk",
    errno.ENAMETOOLONG: "name",
    errno.EISDIR: "folder",
}


def shown(path: Path) -> str:
    """A path that can be written anywhere: letters that are none in UTF-8 as their numbers."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def check_whole(path: Path) -> None:
    """Raise `BadData` for what is no whole file: a download under way, one that is elsewhere, a pipe.

    Raises `OSError` where it cannot even be looked at.
    """
    if path.name.lower().endswith(UNFINISHED):
        raise BadData(say("files.unfinished"), where=path.name, hint=say("files.unfinished_hint"), code="unfinished")
    if path.name.endswith(WAITING):
        raise BadData(say("files.elsewhere"), where=path.name, hint=say("files.elsewhere_hint"), code="elsewhere")
    if not stat.S_ISREG(path.stat().st_mode):
        raise BadData(say("files.no_file"), where=path.name, hint=say("files.no_file_hint"), code="no_file")


def unreadable(path: Path, error: OSError) -> BadData:
    """The refusal of a file that the system does not let us read, or copy before it is read."""
    if error.errno in ROOM:
        folder = tempfile.gettempdir()
        return BadData(say("files.room", folder=folder), hint=say("files.room_hint"), code="unreadable")
    reason = REASONS.get(error.errno or 0, "")
    if error.errno == errno.ENOENT and path.is_symlink():
        reason = "gone"
    if not reason:
        return BadData(say("files.other", why=error.strerror or error), code="unreadable")
    where = {"target": os.fsdecode(path.readlink())} if reason == "gone" else {}
    return BadData(say(f"files.{reason}", **where), hint=say(f"files.{reason}_hint"), code="unreadable")
