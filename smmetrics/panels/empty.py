"""Empty screens that say what to do next: one to three steps, each with its command. Never an empty chart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smmetrics.panels.asked import asked
from smmetrics.panels.gaps import would_do
from smmetrics.panels.results import Card, PanelResult
from smmetrics.panels.telling import listed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from smmetrics.panels.source import GoalInfo, Source, View

STEPS = 3

_NO_STRATEGY = (
    "Say what should be different, and for whom: smmetrics init acme writes a strategy to fill in.",
    "See what it still lacks: smmetrics review. It needs no data; channels come last.",
    "Look at a finished one: smmetrics demo.",
)
_NO_GOALS = (
    "Write a goal into strategy.toml: why, for whom, who has time for it, and the question that shows it is met.",
    "See what it still lacks: smmetrics review.",
    "Look for a number that answers the question: smmetrics metrics.",
)


def empty_workspace(source: Source) -> PanelResult | None:
    """The screen of a workspace without strategy, goals or data; None where there is something to look at."""
    if not source.goals:
        if not source.purpose:
            return _screen("There is no strategy yet", _NO_STRATEGY)
        return _screen("There are no goals yet", _NO_GOALS)
    if source.days() is None:
        return _screen("Nothing came in yet", _first_files(source))
    return None


def empty_goal(source: Source, view: View, goal: GoalInfo) -> PanelResult:
    """The screen of a goal of which nothing can be measured; nothing to show for any other."""
    every = asked(source, view, goal)
    if any(not one.is_gap for one in every):
        return PanelResult(panel="empty", title="", goal=goal.name)
    if not every:
        ask = f"Ask a question in goals.{goal.name} of strategy.toml and name the number that answers it."
        return _screen("This goal asks for no number yet", (ask, "Choose from: smmetrics metrics."), goal.name)
    ways = _ways(source.coverage(goal.name), {one.metric: one.title for one in every})
    steps = [f"{way} Then: smmetrics import FILE. It answers: {titles}." for way, titles in ways]
    why = f"See why, for each question and channel: smmetrics coverage {goal.name}."
    return _screen("Nothing this goal asks can be measured yet", (*steps[: STEPS - 1], why), goal.name)


def _first_files(source: Source) -> tuple[str, ...]:
    """What to import first: the files that answer the goals' questions, or where to look which would."""
    cells = [cell for goal in source.goals for cell in source.coverage(goal.name)]
    titles = {cell["metric"]: _title(cell["metric"], source) for cell in cells}
    ways = _ways(cells, titles)
    steps = [f"{way} Then: smmetrics import FILE. It answers: {answered}." for way, answered in ways]
    if not steps:
        steps = ["Take in what your platforms exported: smmetrics import FILE."]
    return (*steps[: STEPS - 1], "See which question each channel can answer: smmetrics coverage.")


def _ways(cells: Sequence[Mapping[str, Any]], titles: Mapping[str, str]) -> list[tuple[str, str]]:
    """Files that would do, those that answer most first, with the titles of what they answer."""
    answers: dict[str, list[str]] = {}
    for cell in cells:
        title = titles.get(cell["metric"], cell["metric"])
        for way in would_do([cell]) or _declared(cell):
            if title not in answers.setdefault(way, []):
                answers[way].append(title)
    most = sorted(answers.items(), key=lambda pair: -len(pair[1]))
    return [(_sentence(way), listed(found[:STEPS])) for way, found in most]


def _sentence(way: str) -> str:
    """A way in words ends with a full stop; a bare word is the kind of a file."""
    return way if way.endswith(".") else f"{way}." if " " in way else f"Get a file of the kind {way}."


def _declared(cell: Mapping[str, Any]) -> tuple[str, ...]:
    """The kind of file that could feed a cell and is not there yet."""
    source = str(cell.get("source") or "")
    return (source,) if source and not cell.get("have") and cell["status"] in {"measurable", "partly"} else ()


def _title(metric: str, source: Source) -> str:
    info = source.metric(metric)
    return info.title if info else metric


def _screen(title: str, steps: Sequence[str], goal: str = "") -> PanelResult:
    numbered = tuple(f"{place}. {step}" for place, step in enumerate(steps[:STEPS], start=1))
    card = Card(kind="empty", title=title, reason_text="What to do now:", would_do=numbered)
    return PanelResult(panel="empty", title=title, goal=goal, cards=(card,))
