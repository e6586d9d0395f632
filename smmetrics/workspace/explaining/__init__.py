"""All there is to know of a metric, a goal, a kind of goal, a finding's code or a reading, as one record.

Only for a reading anything is computed.

Records are plain (texts, numbers, lists, mappings by name): `smmetrics explain` prints them, and gives them as JSON.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from smmetrics.strategy.pages import page
from smmetrics.workspace.explaining.code import explain_code
from smmetrics.workspace.explaining.finding import Found, find
from smmetrics.workspace.explaining.goal import explain_goal
from smmetrics.workspace.explaining.goal_type import explain_goal_type, goal_type_record
from smmetrics.workspace.explaining.metric import explain_metric, metric_record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from smmetrics.contracts.catalogue import Catalogue
    from smmetrics.workspace.core import Workspace

__all__ = ["Found", "explain", "explain_at", "explain_metric", "find", "goal_type_record", "metric_record"]


READING = re.compile(r"[0-9a-f]{6,32}")
"""A reading's id, or the beginning of one (as `locating.ID`, which is not loaded for other words)."""


def explain(workspace: Workspace, word: str, catalogue: Catalogue | None = None) -> dict[str, Any]:
    """The record of what ``word`` names: a metric, a formula, a goal, a kind of goal, a finding's code, a reading's id.

    ``catalogue`` stands in for the workspace's own where its strategy cannot be read: then no goal is known.

    Raises:
        UserMistake: nothing is called so; the nearest word is named.

    """
    if code := page(word):
        return {"kind": "code", **explain_code(code, None if catalogue is not None else workspace), "also": ""}
    strategy = None if catalogue is not None else workspace.strategy
    known = catalogue if catalogue is not None else workspace.catalogue
    goals = strategy.goals if strategy else ()
    if catalogue is None and READING.fullmatch(word) and word not in goals:
        from smmetrics.workspace.explaining.asking import reading_by_id  # noqa: PLC0415 (polars is heavy)

        return {"kind": "reading", **reading_by_id(workspace, word), "also": ""}
    found = find(word, known, goals)
    match found.kind:
        case "goal":
            record = explain_goal(workspace, found.name)
        case "goal_type":
            record = explain_goal_type(known.goal_types[found.name], known, strategy)
        case "formula":
            record = explain_metric(known.own_metric(word, title=word, formula=word, adhoc=True), known)
        case "metric":
            record = explain_metric(known.metrics[found.name], known)
    return {"kind": "metric" if found.kind == "formula" else found.kind, **record, "also": found.also}


def explain_at(workspace: Workspace, word: str, *, at: str, goal: str, slices: Mapping[str, str]) -> dict[str, Any]:
    """The record of a metric's or formula's reading in a period and slice, as a goal asks it."""
    from smmetrics.workspace.explaining.asking import reading_at  # noqa: PLC0415 (polars is heavy)

    return {"kind": "reading", **reading_at(workspace, word, at=at, goal=goal, slices=slices), "also": ""}
