"""Panels of plugins: under which goals they are shown, and what stands over them where they fail."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from smmetrics.panels.results import PanelResult
    from smmetrics.panels.source import GoalInfo, Source, View


@dataclass(frozen=True, kw_only=True, slots=True)
class Guest:
    """A plugin's panel: its function (or the exception its loading raised), title, and the metrics it needs."""

    code: Callable[[Source, View, GoalInfo], PanelResult] | Exception
    title: str
    needs: tuple[str, ...] = ()

    def is_for(self, goal: GoalInfo) -> bool:
        """Whether a goal asks for all that it needs."""
        return {*self.needs} <= {metric for _, *lists in goal.questions for each in lists for metric in each}

    def __call__(self, source: Source, view: View, goal: GoalInfo) -> PanelResult:
        """What it shows of a goal. Raises what its code raises."""
        if isinstance(self.code, Exception):
            raise self.code
        return self.code(source, view, goal)
