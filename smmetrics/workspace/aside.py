"""What is said of a record that was set aside: the cell at fault, and the words that could stand there.

Cells of dates, numbers and closed lists are nobody's words; those of a sheet of one's own have to be seen to be mended.
All else of a record stays out of sight where people are.
"""

from __future__ import annotations

import csv
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from smmetrics.api.errors import SmmetricsError
from smmetrics.intake.contents import opened
from smmetrics.intake.names import plain
from smmetrics.intake.records import REASONS
from smmetrics.intake.refusing import words_known
from smmetrics.intake.sniff import sniff
from smmetrics.store.ledger import part_of, rows_of
from smmetrics.words import say
from smmetrics.workspace.agreed import excerpt

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from smmetrics.api import Preview, Source
    from smmetrics.store import ImportRow, Snapshot
    from smmetrics.workspace.core import Workspace

    Row = dict[str, Any]

NUMBERS = frozenset({
    "not_a_number", "not_an_integer", "out_of_range", "non_finite", "negative", "not_a_date", "ambiguous_date",
    "not_a_duration", "ends_first",
})  # fmt: skip
WORDS = frozenset({"not_in_list", "not_a_bool"})
LONGEST = 24
"""Letters of a cell that is shown."""


def aside(workspace: Workspace) -> list[Row]:
    """The records set aside, with ``why`` in words, the ``cell`` at fault where it may be shown, and the ``part``."""
    snapshot = workspace.snapshot()
    if snapshot is None:
        return []
    imports = {row.id: row for row in rows_of(snapshot.imports())}
    rows: list[Row] = snapshot.quarantine().to_dicts()
    cells = _cells(snapshot, rows, imports)
    return [
        row | {
            "why": _why(row, workspace.installed.sources.get(imports[row["import_id"]].kind)),
            "excerpt": excerpt(workspace, row["excerpt"]),
            "cell": cells.get(place, ""),
            "part": part_of(row),
        }
        for place, row in enumerate(rows)
    ]  # fmt: skip


def _why(row: Row, source: Source | None) -> str:
    why = REASONS.get(row["reason"], row["reason"])
    words = words_known(source, row["column"]) if row["reason"] == "not_in_list" else ""
    return say("intake.aside.words", why=why, words=words) if words else why


def _cells(snapshot: Snapshot, rows: Sequence[Row], imports: dict[str, ImportRow]) -> dict[int, str]:
    """The cells at fault by the place of their row, of files of which a copy is kept."""
    wanted: dict[str, list[int]] = defaultdict(list)
    for place, row in enumerate(rows):
        if row["column"] and row["excerpt"] and row["reason"] in NUMBERS | WORDS:
            wanted[imports[row["import_id"]].source_id.partition("#")[0]].append(place)
    found: dict[int, str] = {}
    for source_id, places in wanted.items():
        try:
            heads = dict(_heads(snapshot.source_bytes(source_id), Path(rows[places[0]]["file"]).name))
        except SmmetricsError:  # no copy is kept, or none that opens any more: then no cell is shown
            continue
        for place in places:
            row = rows[place]
            head = heads.get(row["member"] or "")
            found[place] = _shown(_cell(row, head), row["reason"]) if head is not None else ""
    return found


def _heads(data: bytes, name: str) -> Iterator[tuple[str, Preview]]:
    """What each part of a file begins with."""
    with tempfile.TemporaryDirectory(prefix="smmetrics-") as folder:
        path = Path(folder) / "copy"
        path.write_bytes(data)
        with opened(path, name, Path(folder)) as contents:
            for content in contents:
                try:
                    yield content.part, sniff(content.peek(), name=content.name, sheet=content.sheet)
                except SmmetricsError:  # a part that is not read has no records that were set aside
                    continue
                finally:
                    content.close()


def _cell(row: Row, head: Preview) -> str:
    """The cell of a record below the name of its column; nothing where they cannot be told."""
    column = plain(row["column"])
    names = next((names for each in head.headers if column in (names := [plain(cell) for cell in each])), [])
    if head.container != "csv" or names.count(column) != 1:
        return ""
    cells = next(csv.reader([row["excerpt"]], delimiter=head.delimiter or ","), [])
    place = names.index(column)
    whole = len(cells) == len(names) or place < len(cells) - 1
    return cells[place].strip() if whole and place < len(cells) else ""


def _shown(cell: str, reason: str) -> str:
    """The cell, if it can be what its column is of: a number or date has digits, a list's word is one word."""
    fits = any(letter.isdigit() for letter in cell) if reason in NUMBERS else len(cell.split()) == 1
    return cell if fits and len(cell) <= LONGEST else ""
