"""Empty screens that say what to do next: the same steps that `smmetrics next` says. Never an empty chart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smmetrics.contracts.steps import MOST, Step
from smmetrics.panels.asked import asked
from smmetrics.panels.results import Card, PanelResult
from smmetrics.words import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from smmetrics.panels.source import GoalInfo, Source, View

LOOK = "smmetrics review"
"""The command that only shows what stands in the file."""


def empty_workspace(source: Source) -> PanelResult | None:
    """The screen of a workspace without strategy, goals or data; None where there is something to look at."""
    if not source.goals:
        title = say(f"next.empty.{'no_goals' if source.purpose else 'no_strategy'}")
        return _screen(title, source.next_steps())
    if source.days() is None:
        return _screen(say("next.empty.no_days" if source.platforms else "next.empty.no_data"), source.next_steps())
    return None


def empty_goal(source: Source, view: View, goal: GoalInfo) -> PanelResult:
    """The screen of a goal of which nothing can be measured; nothing to show for any other.

    Readers who are told no steps, since they can do nothing, are told no command either.
    """
    every = asked(source, view, goal)
    if any(not one.is_gap for one in every):
        return PanelResult(panel="empty", title="", goal=goal.name)
    title = say(f"next.empty.{'nothing_measurable' if every else 'no_number'}")
    why = Step(text=say("next.empty.why"), command=f"smmetrics coverage {goal.name}")
    steps = source.next_steps()[: MOST - 1]
    return _screen(title, (*steps, why) if steps else (), goal.name)


def _screen(title: str, steps: Sequence[Step], goal: str = "") -> PanelResult:
    numbered = tuple(f"{place}. {said(step)}" for place, step in enumerate(steps[:MOST], start=1))
    card = Card(kind="empty", title=say("next.empty.now") if numbered else title, would_do=numbered)
    return PanelResult(panel="empty", title=title, goal=goal, cards=(card,))


def said(step: Step) -> str:
    """A step as one sentence after another: what, with which command, where, and how long it takes."""
    minutes = say("next.step.minutes", minutes=f"{step.minutes:g}") if step.minutes else ""
    if step.where and step.command == LOOK:  # a line to write: the command would only show that it is missing
        beside, command = minutes, say("next.step.write", where=step.where)
    else:
        beside = ", ".join(part for part in (step.where, minutes) if part)
        command = say("next.step.command", command=step.command) if step.command else ""
    return " ".join(part for part in (step.text, command, f"({beside})" if beside else "") if part)
