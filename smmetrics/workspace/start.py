"""Begin a workspace: its folders and a commented strategy file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from smmetrics.api.errors import UserMistake
from smmetrics.words import say
from smmetrics.workspace.absent import named_as_unicode
from smmetrics.workspace.core import STRATEGY, Workspace

if TYPE_CHECKING:
    from smmetrics.registry import Registry
    from smmetrics.strategy import Answers

FOLDERS = ("inbox", "reports")


def init(
    root: str | Path,
    *,
    zone: str = "UTC",
    template: str = "blank",
    answers: Answers | None = None,
    registry: Registry | None = None,
) -> Workspace:
    """Make a workspace in ``root`` with a strategy file to fill in.

    ``zone`` decides where days begin and end; ``template`` is one that `smmetrics init --templates` lists; ``answers``
    go into the blank one. An existing strategy file is never overwritten, and other files of the folder are left alone:
    `UserMistake` where one stands in the way.
    """
    from smmetrics.strategy import write_new  # noqa: PLC0415 (pydantic is heavy; only this command needs it)

    folder = named_as_unicode(Path(root))
    for name in FOLDERS if not (folder / STRATEGY).exists() else ():
        if (folder / name).exists() and not (folder / name).is_dir():
            message, hint = say("start.init.in_the_way"), say("start.init.in_the_way_hint")
            raise UserMistake(message, where=str(folder / name), hint=hint, code="workspace.in_the_way")
    write_new(folder, zone=zone, name=template, answers=answers)
    for name in FOLDERS:
        (folder / name).mkdir(exist_ok=True)
    workspace = Workspace(folder, registry=registry)
    workspace.make_store()
    return workspace
