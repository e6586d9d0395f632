"""The effort form: its columns, its closed list of tasks, and the form written empty."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

COLUMNS = ("day", "person", "task", "minutes", "activity", "goal", "channel", "cost", "currency", "note")
TASKS = ("reply", "post", "listen", "meet", "plan")
TEXTS = ("activity", "goal", "channel", "note")
ALIASES = {"date": "day", "who": "person", "id": "entry_id", "comment": "note"}
"""Words people also put over the columns."""


def write_form(path: Path) -> Path:
    """Write the form with its header only; opened in a spreadsheet, it is ready to be filled in."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerow(COLUMNS)
    return path
