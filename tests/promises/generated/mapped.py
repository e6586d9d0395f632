"""Tables that no plugin knows, read by what somebody once said of their columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smmetrics.workspace import Workspace
from smmetrics.workspace.mapping import Given, accept, propose
from tests.promises.generated import cells
from tests.promises.generated.cells import Column
from tests.promises.generated.sheets import sheet

if TYPE_CHECKING:
    import random
    from pathlib import Path

    from tests.promises.generated.sheets import Sheet

FIRST = "Day;Page likes;New followers;Link clicks;Mood\n2026-01-13;1200;3;10;fine\n2026-01-14;1203;0;7;bad\n"


def figures(dice: random.Random) -> Sheet:
    """Daily figures that somebody keeps."""
    columns = [
        Column(("Day",), "account_counts.window_start", cells.day_in("%Y-%m-%d")),
        Column(("Page likes",), "account_counts.followers/total", cells.count),
        Column(("New followers",), "account_counts.gained/total", cells.count),
        Column(("Link clicks",), "account_counts.link_clicks/total", cells.count),
        Column(("Mood",), "", cells.text),
    ]
    return sheet(dice, "tulip.kpis", "figures.csv", columns, delimiters=";", ends_open=True)


def mapped(root: Path) -> None:
    """Say in a folder what the columns of such tables mean."""
    root.mkdir(parents=True, exist_ok=True)
    path = root / "kpis.csv"
    path.write_text(FIRST, encoding="utf-8")
    mapping, _, _ = propose(path, root, Workspace(root).installed, Given(platform="tulip", account="acme"))
    accept(mapping, root)
    path.unlink()
