"""What several goals show alike is shown once, after them, and says whose it is.

A panel that cuts by goal says something else for each; one that does not (who answered whom, hours that name no goal)
would stand under every goal word for word, and people would look for a difference that is not there.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from smmetrics.panels.telling import listed
from smmetrics.words import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from smmetrics.panels.results import PanelResult


OWN = frozenset({"headline", "empty", "cards", "more", "trend", "platforms", "posts", "gaps"})
"""Panels that answer a goal's questions: they stay with it, whatever another goal asks."""


def shared_once(results: Iterable[PanelResult], titles: Mapping[str, str]) -> list[PanelResult]:
    """The results in their order, each that stands under several goals moved to the end and said once.

    ``titles``: of the goals, by name.
    """
    every = list(results)
    kinds = [_alike(result) for result in every]
    goals = [[one.goal for one, kind in zip(every, kinds, strict=True) if one.goal and kind == own] for own in kinds]
    single = [result for result, whose in zip(every, goals, strict=True) if len(whose) <= 1]
    last: list[PanelResult] = []
    for place, (result, whose) in enumerate(zip(every, goals, strict=True)):
        if len(whose) > 1 and kinds.index(kinds[place]) == place:
            last.append(_of_all(result, [titles.get(name, name) for name in whose]))
    return [*(one for one in single if one.goal), *last, *(one for one in single if not one.goal)]


def _alike(result: PanelResult) -> PanelResult:
    """The result without what tells whose it is; two that are alike show people the same."""
    charts = tuple(replace(chart, name="") for chart in result.charts)
    whose = result.goal if result.panel in OWN or not result.goal else ""
    return replace(result, goal=whose, charts=charts)


def _of_all(result: PanelResult, titles: list[str]) -> PanelResult:
    """The result as one of the whole workspace, with a line that names its goals."""
    return replace(result, goal="", notes=(*result.notes, say("panels.shared", goals=listed(titles))))
