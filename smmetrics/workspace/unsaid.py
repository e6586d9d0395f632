"""What nothing loaded can say now: it is not gone because a plugin failed, and a script must not delete it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smmetrics.api.errors import PluginFault
from smmetrics.contracts.spoken.vocabulary import listed
from smmetrics.words import say
from smmetrics.workspace import unread

if TYPE_CHECKING:
    from collections.abc import Iterator

    import polars as pl

    from smmetrics.workspace.core import Workspace

NAMED = 4


def refuse(workspace: Workspace, lost: pl.DataFrame) -> None:
    """Raise `PluginFault` where readings are missing, or without a platform, only because a plugin is not loaded.

    ``lost``: the readings that would be told as gone: ``metric`` and ``goal`` of each.
    """
    what = list(dict.fromkeys([*unread.kinds(workspace), *_unusable(workspace, lost)]))
    if not what:
        return
    more = say("exporting.unsaid_more", n=len(what) - NAMED) if len(what) > NAMED else ""
    raise PluginFault(
        say("exporting.unsaid", what=listed(what[:NAMED]) if not more else ", ".join(what[:NAMED]) + more),
        hint=workspace.registry.warning or say("exporting.unsaid_hint"),
        code="plugin.missing",
    )


def _unusable(workspace: Workspace, lost: pl.DataFrame) -> Iterator[str]:
    """Metrics of plugins and of the strategy that cannot be used now, and types of goals that nobody knows."""
    strategy, catalogue = workspace.need_strategy(), workspace.catalogue
    for metric, goal in lost.select("metric", "goal").unique(maintain_order=True).iter_rows():
        if metric not in catalogue.metrics and ("." in metric or metric in strategy.metrics):
            yield metric
        elif goal in strategy.goals and (kind := strategy.goals[goal].type) and kind not in catalogue.goal_types:
            yield kind
