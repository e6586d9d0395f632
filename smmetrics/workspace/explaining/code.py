"""A finding's code explained: what it means, why it matters, how to mend and accept it, and where it is open here."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from smmetrics.strategy.rules.ground import accept_block

if TYPE_CHECKING:
    from smmetrics.strategy import Finding
    from smmetrics.strategy.pages import Page
    from smmetrics.workspace.core import Workspace


def explain_code(page: Page, workspace: Workspace | None) -> dict[str, Any]:
    """The record of a code; without a workspace whose strategy can be read, nothing is said of where it is open."""
    return {
        "code": page.code,
        "level": page.level,
        "found": page.found,
        "parts": [{"heading": heading, "text": text} for heading, text in page.parts.items()],
        "open": [_open(each, workspace) for each in _found(page.code, workspace)] if workspace else [],
    }


def _found(code: str, workspace: Workspace) -> list[Finding]:
    if workspace.strategy is None:
        return []
    data = code.startswith("SMM-D") and bool(workspace.imported_kinds())
    return [each for each in workspace.review(data=data) if each.code == code and not each.accepted]


def _open(finding: Finding, workspace: Workspace) -> dict[str, Any]:
    """A finding that is open, with the lines that would accept it; an error has none."""
    today = datetime.now(UTC).astimezone(ZoneInfo(workspace.scope.zone)).date()
    block = "" if finding.level == "error" else accept_block(finding.code, finding.where, today=today)
    return {"message": finding.message, "where": finding.where, "line": finding.line, "accept": block}
