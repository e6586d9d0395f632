"""What a reading was made from: versions, sources, the store's head and the window."""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from smmetrics.derive import Derived
    from smmetrics.engine import Window
    from smmetrics.workspace.core import Workspace


def provenance_of(workspace: Workspace, source: Derived, window: Window) -> dict[str, Any]:
    """Everything two people need to get the same number, as plain values."""
    return {
        "smmetrics": version("smmetrics"),
        "polars": version("polars"),
        "tzdata": version("tzdata"),
        "plugins": {
            state.distribution: state.version
            for state in sorted(workspace.registry.plugins, key=lambda state: state.name)
            if state.status == "loaded"
        },
        "store_head": source.head,
        "sources": sources_of(workspace),
        "zone": window.zone,
        "week_starts": window.week_starts,
        "as_of": window.as_of.isoformat(),
    }


def sources_of(workspace: Workspace) -> list[str]:
    """The SHA-256 of every file that counts."""
    snapshot = workspace.snapshot()
    if snapshot is None:
        return []
    rows = snapshot.imports().select("sha256", "status").iter_rows()
    return sorted({sha256 for sha256, status in rows if status == "imported"})
