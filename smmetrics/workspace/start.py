"""Begin a workspace: its folders and a commented strategy file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from smmetrics.workspace.core import Workspace

if TYPE_CHECKING:
    from smmetrics.registry import Registry

FOLDERS = ("inbox", "reports")


def init(root: str | Path, *, zone: str = "UTC", registry: Registry | None = None) -> Workspace:
    """Make a workspace in ``root`` with a strategy file to fill in.

    ``zone`` decides where days begin and end. An existing strategy file is never overwritten: `UserMistake`.
    """
    from smmetrics.strategy import write_new  # noqa: PLC0415 (pydantic is heavy; only this command needs it)

    folder = Path(root)
    write_new(folder, zone=zone)
    for name in FOLDERS:
        (folder / name).mkdir(exist_ok=True)
    workspace = Workspace(folder, registry=registry)
    workspace.make_store()
    return workspace
