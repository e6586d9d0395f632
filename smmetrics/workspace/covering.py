"""Coverage: each question of each goal against each channel, from declarations and from what came in.

Set arithmetic alone: no data is read, and nothing here needs Polars.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from smmetrics.api.capability import ChannelRef
from smmetrics.contracts.binding import Limits, bind, bind_sources
from smmetrics.contracts.changing import changed, left_out, shifts
from smmetrics.contracts.suggesting import suggest
from smmetrics.workspace.agreed import permitted
from smmetrics.workspace.asking import refuse_unknown
from smmetrics.workspace.kinds import Amount, imported

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

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
    there = channels(workspace)
    served, only = changed(there, workspace.catalogue, without=without, with_=with_)
    limits = Limits(files=files, only=only, gone=left_out(there, served, workspace.catalogue))
    binding = bind_sources if sources else bind
    cells = binding(asked, served, workspace.catalogue, workspace.imported_kinds(), limits)
    return tuple(permitted(cells, workspace.scope.agreement))


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


@dataclass(frozen=True, kw_only=True, slots=True)
class Gone:
    """What came in from platforms that would have no channel any more, by platform, and what came in at all."""

    by_platform: Mapping[str, Amount]
    all: Amount


def gone_with(workspace: Workspace, *, without: Sequence[str] = (), with_: Sequence[str] = ()) -> Gone:
    """The files that would go with some channels."""
    there = channels(workspace)
    served, _ = changed(there, workspace.catalogue, without=without, with_=with_)
    left = left_out(there, served, workspace.catalogue)
    found: dict[str, Amount] = {}
    total = Amount()
    for kind, amount in imported(workspace).items():
        total += amount
        platform = kind.partition(".")[0]
        if platform in left:
            found[platform] = found.get(platform, Amount()) + amount
    return Gone(by_platform=dict(sorted(found.items())), all=total)


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
