"""Coverage: each question of each goal against each channel, from declarations and from what came in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smmetrics.api.capability import ChannelRef
from smmetrics.contracts.binding import bind
from smmetrics.workspace.asking import refuse_unknown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from smmetrics.api.capability import QuestionRef
    from smmetrics.contracts.binding import Cell
    from smmetrics.workspace.core import Workspace


def coverage(workspace: Workspace, goal: str = "") -> tuple[Cell, ...]:
    """Bind the questions of one goal, or of all, to the strategy's channels; no data is read."""
    asked = questions(workspace, (goal,) if goal else ())
    return bind(asked, channels(workspace), workspace.catalogue, workspace.imported_kinds())


def questions(workspace: Workspace, goals: Sequence[str] = ()) -> tuple[QuestionRef, ...]:
    """The questions of the goals named (all, if none is)."""
    from smmetrics import strategy as room  # noqa: PLC0415 (pydantic is heavy)

    strategy = workspace.need_strategy()
    for goal in goals:
        if goal not in strategy.goals:
            refuse_unknown(goal, strategy.goals, kind="goal")
    return tuple(q for q in room.questions(strategy, workspace.catalogue) if not goals or q.goal in goals)


def channels(workspace: Workspace) -> tuple[ChannelRef, ...]:
    """The strategy's channels; where it names none yet, the platforms whose files came in."""
    from smmetrics import strategy as room  # noqa: PLC0415 (pydantic is heavy)

    named = room.channels(workspace.need_strategy())
    if named:
        return tuple(named)
    platforms = {kind.partition(".")[0] for kind in workspace.imported_kinds()}
    return tuple(ChannelRef(name=platform, platform=platform) for platform in sorted(platforms))
