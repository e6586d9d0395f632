"""All there is to know of a metric, a goal, a kind of goal or a finding's code, as one record; nothing is computed.

Records are plain (texts, numbers, lists, mappings by name): `smmetrics explain` prints them, and gives them as JSON.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from smmetrics.strategy.pages import page
from smmetrics.workspace.explaining.code import explain_code
from smmetrics.workspace.explaining.finding import Found, find
from smmetrics.workspace.explaining.goal import explain_goal
from smmetrics.workspace.explaining.goal_type import explain_goal_type, goal_type_record
from smmetrics.workspace.explaining.metric import explain_metric, metric_record

if TYPE_CHECKING:
    from smmetrics.contracts.catalogue import Catalogue
    from smmetrics.workspace.core import Workspace

__all__ = ["Found", "explain", "explain_metric", "find", "goal_type_record", "metric_record"]


def explain(workspace: Workspace, word: str, catalogue: Catalogue | None = None) -> dict[str, Any]:
    """The record of what ``word`` names: a metric, a formula, a goal, a kind of goal, or a finding's code.

    ``catalogue`` stands in for the workspace's own where its strategy cannot be read: then no goal is known.

    Raises:
        UserMistake: nothing is called so; the nearest word is named.

    """
    if code := page(word):
        return {"kind": "code", **explain_code(code, None if catalogue is not None else workspace), "also": ""}
    strategy = None if catalogue is not None else workspace.strategy
    known = catalogue if catalogue is not None else workspace.catalogue
    found = find(word, known, strategy.goals if strategy else ())
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
