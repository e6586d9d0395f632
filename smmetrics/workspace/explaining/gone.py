"""A reading that the data give no more: what it was at a former state, or in a file exported into the folder."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from smmetrics.api.errors import UserMistake
from smmetrics.workspace.explaining.locating import by_id
from smmetrics.workspace.explaining.reading import explain_reading
from smmetrics.workspace.former import formers
from smmetrics.workspace.published import SUFFIXES, published

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from smmetrics.workspace.core import Workspace
    from smmetrics.workspace.explaining.locating import Half
    from smmetrics.workspace.published import Published

REPORTS = "reports"


def what_it_was(workspace: Workspace, word: str, found: Sequence[Half]) -> dict[str, Any] | None:
    """The record of then, with ``gone`` saying where it was found; None where nothing is known of it."""
    for former in formers(workspace) if found else ():
        located = by_id(former, word, found)
        if located is not None:
            return {**explain_reading(located), "gone": {"head": former.snapshot().number}}
    for file in _exports(workspace):
        there = [row for row in file.frame.iter_rows(named=True) if row["reading_id"].startswith(word)]
        if len(there) == 1:
            document = file.provenance.get("readings", {}).get(there[0].get("provenance"), {})
            return {**there[0], "document": document, "gone": {"file": file.name}}
    return None


def _exports(workspace: Workspace) -> Iterator[Published]:
    """Files of readings in the folder's reports."""
    for path in sorted((workspace.root / REPORTS).glob("*")):
        if path.suffix.lower() in SUFFIXES:
            try:
                yield published(path)
            except UserMistake:
                continue  # another table: it says nothing of readings
