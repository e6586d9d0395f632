"""From a word to a reading's record: an id, or the beginning of one, or a metric with a period and slices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from smmetrics.api.errors import UserMistake
from smmetrics.engine.identity import HALF
from smmetrics.words import say
from smmetrics.workspace import measuring
from smmetrics.workspace.asking import metric_of
from smmetrics.workspace.explaining.gone import what_it_was
from smmetrics.workspace.explaining.locating import ID, askable, by_id, by_place, halves
from smmetrics.workspace.explaining.places import Place, span_of
from smmetrics.workspace.explaining.reading import explain_reading

if TYPE_CHECKING:
    from collections.abc import Mapping

    from smmetrics.workspace.core import Workspace
    from smmetrics.workspace.measuring import Wanted


def reading_by_id(workspace: Workspace, word: str) -> dict[str, Any]:
    """The record of the reading whose id begins with ``word``; of one that is no more, what it was.

    Raises `UserMistake` where several begin so, or nothing is known of it.
    """
    found = halves(workspace, word)
    located = by_id(workspace, word, found)
    if located is not None:
        return explain_reading(located)
    was = what_it_was(workspace, word, found)
    if was is not None:
        return was
    if not found or len(word) < HALF:
        raise UserMistake(say("reading.unknown", word=word), hint=say("reading.unknown_hint"), code="reading.unknown")
    metric, goal = found[0].wanted.metric.id, found[0].wanted.goal
    named = say("reading.of_goal", metric=metric, goal=goal) if goal else metric
    raise UserMistake(
        say("reading.no_more", word=word, metric=named, grain=found[0].grain),
        hint=say("reading.no_more_hint", metric=metric),
        code="reading.unknown",
    )


def reading_at(
    workspace: Workspace, word: str, *, at: str = "all", slices: Mapping[str, str], goal: str = ""
) -> dict[str, Any]:
    """The record of a metric's or formula's reading in a period and slice."""
    span = span_of(at or "all", week_starts=workspace.scope.week_starts)
    place = Place(span=span, slices=dict(slices), goal=goal)
    return explain_reading(by_place(workspace, _wanted(workspace, word, goal), place))


def _wanted(workspace: Workspace, word: str, goal: str) -> Wanted:
    """The metric as a goal asks it, with the goal's parameters: the one named, else the first; else by itself.

    An id, or the beginning of one, stands for the metric its readings are of.
    """
    known = halves(workspace, word) if ID.fullmatch(word) and word not in workspace.catalogue.metrics else []
    if len({(each.wanted.metric.id, each.wanted.goal, each.wanted.question) for each in known}) == 1:
        return known[0].wanted
    metric = metric_of(workspace.catalogue, word)
    asking = [each for each in askable(workspace) if each.metric.id == metric.id and each.goal]
    if goal:
        found = next((each for each in asking if each.goal == goal), None)
        if found is None:
            goals = list(dict.fromkeys(each.goal for each in asking))
            raise UserMistake(
                say("reading.not_asked", goal=goal, metric=metric.id),
                hint=say("reading.asked_by", goals=", ".join(goals)) if goals else "",
                code="goal.unknown",
            )
        return found
    return asking[0] if asking else measuring.Wanted(metric=metric)
