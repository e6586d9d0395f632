"""Where an export comes from as a whole: the store's state, every file in it, label pins, and what privacy asks for."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, Any

import polars as pl

if TYPE_CHECKING:
    from smmetrics.workspace.core import Workspace

_FILE = ("id", "kind", "sha256", "member", "adapter", "adapter_version", "observed_at", "observed_basis", "kept")


def origin(workspace: Workspace) -> dict[str, Any]:
    """``head``: the store's state by its number; ``files`` that count; ``labels`` by kind; ``privacy`` as agreed."""
    snapshot = workspace.snapshot()
    strategy = workspace.strategy
    return {
        "head": snapshot.number if snapshot else 0,
        "files": files_of(workspace),
        "labels": dict(strategy.labels) if strategy else {},
        "privacy": strategy.privacy.model_dump(mode="json", exclude_none=True) if strategy and strategy.privacy else {},
    }


def files_of(workspace: Workspace) -> list[dict[str, Any]]:
    """Every file that counts: its name without a folder, hash, what read it, and when what it says was so."""
    snapshot = workspace.snapshot()
    if snapshot is None:
        return []
    rows = snapshot.imports().filter(pl.col("status") == "imported").iter_rows(named=True)
    return [
        {
            "file": PurePath(row["file"]).name,
            **{name: row[name] for name in _FILE},
            "set_aside": row["quarantined"],
        }
        for row in rows
    ]
