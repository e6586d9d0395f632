"""What was agreed about people, obeyed where no reading is asked: coverage, rows that no door shows, a note beside."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from smmetrics.api.errors import UserMistake
from smmetrics.words import say

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from smmetrics.contracts.binding import Cell
    from smmetrics.tables.agreement import Agreement
    from smmetrics.workspace.core import Workspace


def permitted(cells: Iterable[Cell], agreed: Agreement) -> Iterator[Cell]:
    """The cells of coverage; those of metrics that the agreement forbids say so, and nothing would change that."""
    for cell in cells:
        if cell.metric not in agreed.forbidden:
            yield cell
            continue
        reason, _, about = agreed.forbidden[cell.metric].partition(": ")
        yield replace(
            cell, status="not_permitted", reason=reason, note=about, source="", have="", came_in=(), would_do=()
        )


def refuse_rows(workspace: Workspace) -> None:
    """Refuse tables with all their rows, where nobody in them may be shown.

    Raises:
        UserMistake: colleagues or minors are measured here.
    """
    if workspace.scope.agreement.closed:
        raise UserMistake(say("privacy.rows.refused"), hint=say("privacy.rows.hint"), code="person.rows")


def left_out(workspace: Workspace, table: str, columns: Collection[str]) -> str:
    """What is not shown of a table, in words; empty where all of it is."""
    from smmetrics.engine.privacy.rows import is_whole  # noqa: PLC0415 (polars is heavy)

    agreed, view = workspace.scope.agreement, workspace.catalogue.views.get(table)
    if view is None or is_whole(view, agreed, columns):
        return ""
    return say(f"privacy.rows.{'closed' if agreed.closed else 'unnamed'}")


def excerpt(workspace: Workspace, text: str) -> str:
    """A piece of a record as a file held it; nothing of it where it may be somebody's words."""
    return say("privacy.rows.excerpt") if text and workspace.scope.agreement.closed else text
