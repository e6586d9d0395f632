"""Coverage: each question of each goal against each channel, from declarations and from what came in.

Set arithmetic alone: no data is read, and nothing here needs Polars.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from smmetrics.api.capability import ChannelRef
from smmetrics.contracts.binding import Limits, bind, bind_sources
from smmetrics.contracts.changing import changed, shifts
from smmetrics.contracts.suggesting import suggest
from smmetrics.workspace.asking import refuse_unknown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from smmetrics.api.capability import QuestionRef
    from smmetrics.contracts.binding import Cell
    from smmetrics.contracts.changing import Shift
    from smmetrics.contracts.suggesting import Suggestion
    from smmetrics.workspace.core import Workspace


def coverage(
    workspace: Workspace,
    goal: str = "",
    *,
    sources: bool = False,
    files: bool = False,
    without: Sequence[str] = (),
    with_: Sequence[str] = (),
) -> tuple[Cell, ...]:
    """Bind the questions of one goal, or of all, to the strategy's channels; see `Workspace.coverage`."""
    asked = questions(workspace, (goal,) if goal else ())
    served, only = changed(channels(workspace), workspace.catalogue, without=without, with_=with_)
    binding = bind_sources if sources else bind
    return binding(asked, served, workspace.catalogue, workspace.imported_kinds(), Limits(files=files, only=only))


def what_if(
    workspace: Workspace,
    goal: str = "",
    *,
    files: bool = False,
    without: Sequence[str] = (),
    with_: Sequence[str] = (),
) -> tuple[Shift, ...]:
    """What would be lost and gained without some channels and with others, metric by metric."""
    before = coverage(workspace, goal, files=files)
    return shifts(before, coverage(workspace, goal, files=files, without=without, with_=with_))


def suggestions(workspace: Workspace, goal: str = "") -> tuple[Suggestion, ...]:
    """Every source there is, with the questions of one goal, or of all, that it could answer."""
    return suggest(questions(workspace, (goal,) if goal else ()), workspace.catalogue)


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
