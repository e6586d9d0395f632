"""What stands beside a reading: another metric where it has no value, the platform's own figure if it has one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from smmetrics.contracts.formula.nodes import Column, rebuilt
from smmetrics.engine.lens import aggregate_of, leaves
from smmetrics.workspace import measuring
from smmetrics.workspace.explaining.native import native_formulas
from smmetrics.workspace.explaining.working import UNTOLD, asked, root_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from smmetrics.contracts.formula.nodes import Node
    from smmetrics.workspace.explaining.locating import Located

_SHOWN = ("value", "unit", "state", "reason", "low", "high", "n")


def instead(found: Located) -> list[dict[str, Any]]:
    """The metrics that may stand in, each with its reading in the same period and slice; those with a value first."""
    metrics = found.workspace.catalogue.metrics
    near = [(metrics[name], why) for name, why in found.wanted.metric.nearest if name in metrics]
    if not near:
        return []
    wanted = [measuring.Wanted(metric=metric) for metric, _ in near]
    requests = measuring.requests_of(found.workspace, found.source, wanted, found.window)
    rows = found.again(requests)
    told = [
        {
            "metric": metric.id,
            "title": metric.metric.title,
            "why": why,
            **{name: rows[metric.id][name] if metric.id in rows else None for name in _SHOWN},
        }
        for metric, why in near
    ]
    return sorted(told, key=lambda each: each["state"] != "value")


def natives(found: Located, kinds: Collection[str]) -> list[dict[str, Any]]:
    """The platform's own number of the same name, over the same rows, as files of these kinds bring it.

    ``theirs`` and ``ours`` are of that platform alone; both are None where theirs cannot be put beside ours.
    """
    rows = []
    for each in native_formulas(found.wanted.metric, found.workspace.catalogue):
        if found.row["platform"] in {"", each["on"]} and set(each["sources"].split(", ")) & set(kinds):
            theirs, ours = _figures(found, each)
            rows.append({**each, "theirs": theirs, "ours": ours})
    return rows


def _figures(found: Located, native: Mapping[str, str]) -> tuple[float | None, float | None]:
    root = root_of(found)
    theirs = _in_their_way(found, root, native)
    if theirs is None or found.row["state"] in UNTOLD:
        return None, None
    by = found.by if "platform" in found.by else ("platform", *found.by)
    here = replace(found, by=by, row={**found.row, "platform": native["on"]})
    rows = here.again([asked(found, root, "ours"), asked(found, theirs, "theirs")])
    values = [rows[name]["value"] if name in rows else None for name in ("theirs", "ours")]
    return (values[0], values[1]) if values[0] is not None else (None, None)


def _in_their_way(found: Located, root: Node, native: Mapping[str, str]) -> Node | None:
    """Our formula with the platform's own count in the place of ours; None where the two do not meet."""
    word, fact = native["word"].casefold().replace(" ", "_"), native["fact"].rpartition(".")[2]
    tables = {aggregate_of(leaf).table for leaf in leaves(root)}
    views = {table: found.source.views[table] for table in tables}
    named = {Column(table, word) for table, view in views.items() if view.column(fact) and view.column(word)}

    def change(node: Node) -> Node:
        return Column(node.table, fact) if isinstance(node, Column) and node in named else node

    changed = rebuilt(root, change)
    return changed if changed != root else None
