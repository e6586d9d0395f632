"""Files that came in and that no loaded plugin reads: what they cannot say is not known, so they are not counted."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from smmetrics.words import say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from smmetrics.workspace.core import Workspace

BESIDE = frozenset({"accounts", "people", "spans"})
"""Tables that files of every kind bring beside what they are of."""


def verdicts(workspace: Workspace) -> Mapping[str, tuple[str, str]]:
    """For each platform of such files that nothing can be measured there, and why. Time people gave is of none."""
    by_platform: dict[str, list[str]] = {}
    for kind in kinds(workspace):
        by_platform.setdefault(kind.partition(".")[0], []).append(kind)
    return {
        platform: ("not_measurable", f"plugin.missing: {say('readings.unread.files', kinds=', '.join(ids))}")
        for platform, ids in by_platform.items()
    }


def kinds(workspace: Workspace) -> Sequence[str]:
    """The kinds (``platform.kind``) of files that no loaded plugin reads, of which a platform has rows."""
    snapshot, catalogue = workspace.snapshot(), workspace.catalogue
    if snapshot is None or workspace.imported_kinds() <= catalogue.sources.keys():
        return ()
    found: set[str] = set()
    for row in snapshot.imports().filter(status="imported").iter_rows(named=True):
        brought = (catalogue.views.get(table) for table in json.loads(row["tables"] or "{}") if table not in BESIDE)
        if row["kind"] not in catalogue.sources and any(view and view.column("platform") for view in brought):
            found.add(row["kind"])
    return sorted(found)
