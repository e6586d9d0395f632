"""Steps about places and files: where to be, what to install, and which file answers most of the leading questions."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from smmetrics.contracts.binding import awaited, likely
from smmetrics.contracts.changing import best
from smmetrics.contracts.steps import Step
from smmetrics.words import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from smmetrics.api.sources import Source
    from smmetrics.contracts.binding import Cell
    from smmetrics.workspace.core import Workspace

FED = frozenset({"measurable", "partly"})
NAMED = 3
"""How many numbers a step names before it counts the rest."""


@dataclass(frozen=True, slots=True)
class _Way:
    """A file to get: the first numbers it answers, wholly or in part, and those that its channel cannot answer."""

    source: Source
    answers: dict[str, bool] = field(default_factory=dict)
    cannot: dict[str, None] = field(default_factory=dict)


def places(workspace: Workspace) -> Iterator[Step]:
    """Goals and no channels: where could it be answered?"""
    strategy = workspace.need_strategy()
    if strategy.goals and not strategy.channels:
        yield Step(text=say("next.files.no_channels"), command="smmetrics channels suggest", minutes=10)


def installs(workspace: Workspace) -> Iterator[Step]:
    """What leading numbers and channels need and is not installed, in one step."""
    leads = [cell for cell in workspace.coverage() if cell.role == "lead"]
    waiting: dict[str, dict[str, None]] = {}
    for cell in leads:
        if name := awaited(cell, workspace.catalogue):
            waiting.setdefault(name, {}).setdefault(cell.metric)
    if waiting:
        said = ", ".join(say("next.files.waits", name=name, count=len(metrics)) for name, metrics in waiting.items())
        command = f"pip install {' '.join(sorted(likely(name) for name in waiting))}"
        yield Step(text=say("next.files.install", names=said), command=command, minutes=2)


def files(workspace: Workspace) -> Iterator[Step]:
    """Files that would answer leading questions no file has answered yet, those that answer most first."""
    for way in sorted(_ways(workspace).values(), key=lambda way: -len(way.answers)):
        text = say("next.files.get", title=way.source.title, how=way.source.how_to_get, takes=way.source.takes)
        text += " " + say("next.files.answers", metrics=_counted(workspace, way.answers))
        if way.cannot:
            text += " " + say("next.files.cannot", metrics=_counted(workspace, way.cannot))
        yield Step(text=text, command="smmetrics import FILE", minutes=way.source.minutes)


def _ways(workspace: Workspace) -> Mapping[str, _Way]:
    """Files of the goals' own channels that are not there and that a leading number lacks.

    Where no channel of the strategy can show a number, files of other places are for `smmetrics coverage` to name:
    to open a channel is a decision, not a step.
    """
    cells = [cell for cell in workspace.coverage() if cell.role == "lead"]
    have = {(cell.goal, cell.question, cell.metric) for cell in cells if cell.have}
    found: dict[str, _Way] = {}
    for key, cell in best(cells).items():
        if key in have or cell.status not in FED:
            continue
        for id_ in cell.source.split(" + "):
            if id_ in workspace.catalogue.sources and id_ not in workspace.imported_kinds():
                way = found.setdefault(id_, _Way(workspace.catalogue.sources[id_]))
                way.answers[cell.metric] = cell.status == "partly"
    for way in found.values():
        way.cannot.update(dict.fromkeys(_unable(way.source.platform, cells)))
    return found


def _unable(platform: str, cells: Sequence[Cell]) -> Iterator[str]:
    """Leading numbers that a platform is asked for and none of its sources can answer."""
    for cell in cells:
        if cell.platform == platform and cell.status not in FED and cell.reason != "plugin.missing":
            yield cell.metric


def _counted(workspace: Workspace, metrics: Mapping[str, object]) -> str:
    """Numbers by their titles, those answered in part marked, and how many more there are."""
    titles = [_title(workspace, metric, partly=given is True) for metric, given in metrics.items()]
    if len(titles) > NAMED + 1:
        return say("next.files.more", titles="; ".join(titles[:NAMED]), count=len(titles) - NAMED)
    return "; ".join(titles)


def _title(workspace: Workspace, metric: str, *, partly: bool) -> str:
    known = workspace.catalogue.metrics.get(metric)
    title = known.metric.title if known else metric
    return say("next.files.in_part", title=title) if partly else title
