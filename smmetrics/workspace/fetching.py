"""Steps about places and files: where to be, what to install, and which file answers most of the leading questions."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from smmetrics.contracts.binding import awaited, likely
from smmetrics.contracts.changing import best
from smmetrics.contracts.steps import Step
from smmetrics.registry.known import known
from smmetrics.words import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from smmetrics.api.sources import Source
    from smmetrics.contracts.binding import Cell
    from smmetrics.workspace.core import Workspace

Key = tuple[str, str, str]
"""Goal, question and metric: a number that is asked for."""
FED = frozenset({"measurable", "partly"})
IMPORT = "smmetrics import"
NAMED = 3
"""How many numbers a step names before it counts the rest."""


@dataclass(frozen=True, slots=True)
class _Way:
    """A file to get: the first numbers it answers, wholly or in part, and those that its channel cannot answer."""

    source: Source
    answers: dict[str, bool] = field(default_factory=dict)
    cannot: dict[str, None] = field(default_factory=dict)


def places(workspace: Workspace) -> Iterator[Step]:
    """Goals that ask something and no channels: where could it be answered?"""
    strategy = workspace.need_strategy()
    asking = any(goal.type or goal.questions or goal.targets for goal in strategy.goals.values())
    if asking and not strategy.channels:
        yield Step(text=say("next.files.no_channels"), command="smmetrics channels suggest", minutes=10)


def installs(workspace: Workspace) -> Iterator[Step]:
    """What numbers and channels wait for, in one step; only what is known to exist is named to be installed."""
    there = [name for name in waiting(workspace) if known(likely(name))]
    if there:
        said = ", ".join(say("next.files.waits", name=name, count=len(waiting(workspace)[name])) for name in there)
        command = f"pip install {' '.join(sorted(likely(name) for name in there))}"
        yield Step(text=say("next.files.install", names=said), command=command, minutes=2)


def plans(workspace: Workspace) -> Iterator[Step]:
    """What is asked for and nothing here can measure: what can be meanwhile, and how to go on without the rest."""
    missing = {name: numbers for name, numbers in waiting(workspace).items() if not known(likely(name))}
    if missing:
        shown, asked = measurable(workspace.coverage())
        names = ", ".join(say("next.files.waits", name=name, count=len(numbers)) for name, numbers in missing.items())
        text = say("next.files.plan", shown=shown, asked=asked, names=names)
        unread = sorted(missing.keys() & {each.platform for each in workspace.need_strategy().channels.values()})
        if unread:
            text = f"{text} {say('next.files.map_it', names=', '.join(unread))}"
        yield Step(text=text, command="smmetrics coverage", minutes=5)


def waiting(workspace: Workspace) -> Mapping[str, frozenset[Key]]:
    """The packs and platforms that nothing installed knows, each with the numbers that wait for it."""
    found: dict[str, set[Key]] = {}
    for cell in workspace.coverage():
        if name := awaited(cell, workspace.catalogue):
            found.setdefault(name, set()).add((cell.goal, cell.question, cell.metric))
    return {name: frozenset(numbers) for name, numbers in found.items()}


def measurable(cells: Iterable[Cell]) -> tuple[int, int]:
    """How many of the numbers asked for some channel can show, wholly or in part, and how many are asked for."""
    found = best(cells).values()
    return sum(cell.status in FED for cell in found), len(found)


def files(workspace: Workspace) -> Iterator[Step]:
    """Files that would answer leading questions no file has answered yet: what costs minutes first, then the most."""
    for way in sorted(_ways(workspace).values(), key=_rank):
        text = say("next.files.get", title=way.source.title, how=way.source.how_to_get, takes=way.source.takes)
        text += " " + say("next.files.answers", metrics=_counted(workspace, way.answers))
        if way.cannot:
            text += " " + say("next.files.cannot", metrics=_counted(workspace, way.cannot))
        text += " " + put(workspace)
        yield Step(text=text, command=IMPORT, minutes=way.source.minutes)


def _rank(way: _Way) -> tuple[bool, int, float]:
    """What somebody can have in so many minutes goes before what takes a contract or a key of others."""
    return (not way.source.minutes, -len(way.answers), way.source.minutes)


def put(workspace: Workspace) -> str:
    """Where a file goes before it is imported."""
    return say("next.files.put", inbox=workspace.root / "inbox")


def _ways(workspace: Workspace) -> Mapping[str, _Way]:
    """Files of the goals' own channels that are not there and that a leading number lacks.

    Where no channel of the strategy can show a number, files of other places are for `smmetrics coverage` to name:
    to open a channel is a decision, not a step.
    """
    cells = [cell for cell in workspace.coverage() if cell.role == "lead"]
    have = {(cell.goal, cell.question, cell.metric) for cell in cells if cell.have}
    found: dict[str, _Way] = {}
    fed = [cell for cell in cells if cell.status in FED]
    free = best(cell for cell in fed if not _is_dear(cell, workspace))
    for key, cell in (best(fed) | free).items():
        if key in have:
            continue
        for id_ in _living(cell, workspace.catalogue.sources):
            if id_ in workspace.catalogue.sources and id_ not in workspace.imported_kinds():
                way = found.setdefault(id_, _Way(workspace.catalogue.sources[id_]))
                way.answers[cell.metric] = cell.status == "partly"
    for way in found.values():
        unable = (metric for metric in _unable(way.source.platform, cells) if metric not in way.answers)
        way.cannot.update(dict.fromkeys(unable))
    return found


def _is_dear(cell: Cell, workspace: Workspace) -> bool:
    """Whether a file that a number lacks here takes more than minutes: where it does, nobody states any."""
    known, there = workspace.catalogue.sources, workspace.imported_kinds()
    return any(not known[id_].minutes for id_ in _living(cell, known) if id_ in known and id_ not in there)


def _living(cell: Cell, sources: Mapping[str, Source]) -> Iterator[str]:
    """The sources a number is best fed by; instead of one that nobody can fetch any more, another of its platform."""
    for id_ in cell.source.split(" + "):
        ways = (each for each in cell.would_do if each in sources and sources[each].platform == cell.platform)
        instead = next((each for each in ways if not sources[each].closed), id_)
        yield instead if id_ in sources and sources[id_].closed else id_


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
    found = workspace.catalogue.metrics.get(metric)
    title = found.metric.title if found else metric
    return say("next.files.in_part", title=title) if partly else title
