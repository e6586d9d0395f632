"""All panels of a view, in order. A panel that fails becomes a card that says so and names its plugin."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from smmetrics.panels.asked import goal_title
from smmetrics.panels.audience import audience
from smmetrics.panels.cards import cards, more
from smmetrics.panels.conversations import conversations
from smmetrics.panels.empty import empty_goal, empty_workspace
from smmetrics.panels.gaps import gaps
from smmetrics.panels.guests import Guest
from smmetrics.panels.headline import headline
from smmetrics.panels.hours import hours
from smmetrics.panels.posts import posts
from smmetrics.panels.remember import Remembered
from smmetrics.panels.results import Card, PanelResult
from smmetrics.panels.series import platforms, trend
from smmetrics.panels.sharing import OWN, shared_once
from smmetrics.panels.source import GoalInfo, Source, View
from smmetrics.panels.telling import listed
from smmetrics.words import cut, say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    Panel: TypeAlias = Callable[[Source, View, GoalInfo], PanelResult]

ALL: tuple[tuple[str, Panel], ...] = (
    ("headline", headline),
    ("empty", empty_goal),
    ("cards", cards),
    ("more", more),
    ("trend", trend),
    ("platforms", platforms),
    ("conversations", conversations),
    ("posts", posts),
    ("hours", hours),
    ("gaps", gaps),
)
"""The panels of a goal, in the order they are shown."""
EVERYWHERE = GoalInfo(name="")
"""The goal of a panel that speaks of the whole workspace."""
LONGEST = 300
"""Characters of an error that a card shows."""


def build(source: Source, view: View, *, heard: Callable[[PanelResult], None] | None = None) -> tuple[PanelResult, ...]:
    """All panels of all goals of the view that have something to show, then what goals have in common, then context.

    ``heard`` is told each panel of a goal's own as soon as it is there, while the next ones are counted.
    """
    known: Source = Remembered(source)
    nothing = run("empty", lambda source, _view, _goal: _workspace(source), known, view, EVERYWHERE)
    if not nothing.empty:
        return (nothing,)
    told: Iterator[PanelResult] = (result for result in _each(known, view) if not result.empty)
    if heard:
        told = _heard(told, heard)
    return tuple(shared_once(told, {goal.name: goal_title(goal) for goal in source.goals}))


def _heard(results: Iterable[PanelResult], heard: Callable[[PanelResult], None]) -> Iterator[PanelResult]:
    for result in results:
        if result.panel in OWN and result.goal:
            heard(result)
        yield result


def begin(source: Source, view: View) -> tuple[PanelResult, ...]:
    """The first goal's own panels, where several goals are looked at: what can be seen while the rest is counted.

    The last says which goals are still to come. Nothing where one goal is looked at, or nothing can be counted.
    """
    goals = chosen(source, view)
    if len(goals) <= 1 or source.days() is None:
        return ()
    first, *rest = goals
    known: Source = Remembered(source)
    only = view.with_(goals=(first.name,))
    told = [run(id_, function, known, only, first) for id_, function in ALL if id_ in OWN]
    later = say("panels.later", goals=listed([goal_title(goal) for goal in rest]))
    waiting = PanelResult(panel="later", title=say("panels.later_title"), words=(later,))
    return (*(result for result in told if not result.empty), waiting)


def run(
    id: str,  # noqa: A002 (the panel's word)
    function: Panel | Exception,
    source: Source,
    view: View,
    goal: GoalInfo,
    *,
    plugin: str = "",
) -> PanelResult:
    """One panel's result. What it raises, or gives instead of a result, becomes an error card with its plugin's name.

    ``function`` may be the exception that loading it raised.
    """
    title = function.title if isinstance(function, Guest) else ""
    if isinstance(function, Exception):
        return _failed(id, function, goal, plugin)
    try:
        result: object = function(source, view, goal)
    except (Exception, SystemExit) as error:  # noqa: BLE001 (a guest: whatever it raises must not take the page along)
        return _failed(id, error, goal, plugin, title)
    if not isinstance(result, PanelResult):
        return _failed(
            id, TypeError(f"gave a {type(result).__name__} where a PanelResult belongs"), goal, plugin, title
        )
    return replace(result, panel=id, goal=goal.name)


def chosen(source: Source, view: View) -> tuple[GoalInfo, ...]:
    """The goals a view shows, in the strategy's order; all where it names none."""
    return tuple(goal for goal in source.goals if not view.goals or goal.name in view.goals)


def _each(source: Source, view: View) -> Iterator[PanelResult]:
    goals = chosen(source, view)
    guests = source.plugin_panels()
    for goal in goals:
        for id_, function in ALL:
            yield run(id_, function, source, view, goal)
        for id_, plugin, function in guests:
            if not isinstance(function, Guest) or function.is_for(goal):
                yield run(id_, function, source, view, goal, plugin=plugin)
    yield run("audience", audience, source, view, EVERYWHERE)


def _workspace(source: Source) -> PanelResult:
    return empty_workspace(source) or PanelResult(panel="empty", title="")


def _failed(id_: str, error: BaseException, goal: GoalInfo, plugin: str, title: str = "") -> PanelResult:
    """The card of a failing panel. The message may hold outside text: sinks escape it, as all texts."""
    who = f"The panel {id_} of the plugin {plugin}" if plugin else f"The panel {id_}"
    told = " ".join(f"{type(error).__name__}: {error}".split())
    card = Card(
        kind="error",
        title=f"{who} failed",
        reason_text=cut(told, LONGEST),
        would_do=(("See what is wrong with it: smmetrics plugins doctor",) if plugin else ()),
    )
    return PanelResult(panel=id_, title=title or id_.capitalize(), goal=goal.name, cards=(card,))
