"""The review of a workspace: its strategy, what its channels can show and, where that is asked for, what came in."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from smmetrics.api.capability import ChannelRef
from smmetrics.contracts.binding import bind

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from smmetrics.api.capability import QuestionRef
    from smmetrics.contracts.binding import Cell
    from smmetrics.strategy import Finding, Strategy
    from smmetrics.workspace.core import Workspace


def reviewed(workspace: Workspace, *, data: bool = False, today: date | None = None) -> tuple[Finding, ...]:
    """See `Workspace.review`. What can be shown is judged from declarations; data is read only for ``data``."""
    from smmetrics import strategy as room  # noqa: PLC0415 (pydantic is heavy)

    strategy, catalogue = workspace.need_strategy(), workspace.catalogue
    asked = room.questions(strategy, catalogue)
    channels = room.channels(strategy)
    day = today or datetime.now(UTC).astimezone(ZoneInfo(strategy.timezone)).date()
    facts = None
    if data:
        from smmetrics.workspace.facts import gather  # noqa: PLC0415 (polars is heavy)

        facts = gather(workspace, day)
    return room.review(
        strategy,
        catalogue,
        bind(asked, channels, catalogue, workspace.imported_kinds()),
        promised=bind(room.promises(strategy), channels, catalogue),
        possible=_possible(workspace, strategy, asked, channels),
        facts=facts,
        today=day,
    )


def _possible(
    workspace: Workspace, strategy: Strategy, asked: Sequence[QuestionRef], channels: Sequence[ChannelRef]
) -> tuple[Cell, ...]:
    """What each installed platform could show of the goals that no channel serves, under the platform's title."""
    bare = {name for name in strategy.goals if not any(not c.serves or name in c.serves for c in channels)}
    if not bare:
        return ()
    titles = [ChannelRef(name=each.title, platform=each.id) for each in workspace.catalogue.platforms.values()]
    return bind([question for question in asked if question.goal in bare], titles, workspace.catalogue)
