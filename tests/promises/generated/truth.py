"""What stands in a store, and what must: rows of a file by record, as the file's maker meant them."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from smmetrics.workspace import Workspace
    from tests.promises.generated.dialects import File

TABLES = ("posts", "post_counts", "account_counts", "breakdowns", "effort", "events")
Rows = dict[tuple[str, int, str], dict[str, object]]


def meant(file: File) -> Rows:
    """Rows by table, record, and scope or name of a number."""
    found: Rows = defaultdict(dict)
    for number, facts in file.kept.items():
        for place, value in facts.items():
            table, _, rest = place.partition(".")
            fact, _, part = rest.partition("/")
            if table == "posts":
                part = ""
            found[table, number, part][fact] = value
    for (table, number, part), row in list(found.items()):
        empty = all(value is None for value in row.values())
        if empty and (part == "paid" or (table == "breakdowns" and part)):
            del found[table, number, part]
        elif table in {"account_counts", "breakdowns"} and part:
            row.update(found[table, number, ""])
    for table, number, part in list(found):
        if table in {"account_counts", "breakdowns"} and not part:
            del found[table, number, part]
    return dict(found)


def stored(workspace: Workspace) -> dict[str, Rows]:
    """All rows of the store by the id of their source, and then as `meant` gives them."""
    found: dict[str, Rows] = defaultdict(dict)
    snapshot = workspace.snapshot()
    for table in TABLES:
        for row in snapshot.observations(table).collect().iter_rows(named=True):
            part = row.get("scope") or (row["fact"] if table == "breakdowns" else "")
            key = (table, row["record"], part if table != "posts" else "")
            if key in found[row["source_id"]]:
                message = f"two rows for {key}: {row}"
                raise AssertionError(message)
            found[row["source_id"]][key] = row
    return found


def plain(value: object) -> object:
    """Times as text."""
    return value.isoformat() if isinstance(value, date | datetime) else value


def differences(rows: Rows, truth: Rows) -> list[str]:
    """What is there and must not, must be there and is not, or says something else."""
    found = [f"no row {key}: {truth[key]}" for key in truth.keys() - rows.keys()]
    found += [
        f"a row too many {key}: {rows[key]}"
        for key in rows.keys() - truth.keys()
        if not (key[0] == "breakdowns" and rows[key]["number"] is None)
    ]
    for key in truth.keys() & rows.keys():
        for fact, value in truth[key].items():
            there = plain(rows[key][fact])
            if there != value or type(there) is not type(value):
                found.append(f"{key}.{fact} is {there!r} and must be {value!r}")
    return found
