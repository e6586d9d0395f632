"""Is it a whole strategy: why, who, what, and only then where?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from smmetrics.strategy.rules.ground import accept_block
from smmetrics.strategy.rules.numbers import CANNOT
from smmetrics.strategy.turn import AIM

if TYPE_CHECKING:
    from collections.abc import Iterator

    from smmetrics.strategy.faults import Finding
    from smmetrics.strategy.rules.ground import CellLike, Ground

LATER = frozenset({"table.not_computed", "labels.absent"})
"""Reasons that no place can change: this release does not compute it yet."""
CAN = frozenset({"measurable", "partly"})
PARTS = frozenset({"questions", "targets", "decisions"})
"""What of a goal stands in tables of its own, each of which names the goal again."""
KINDS = 6
"""So many kinds of goals are named."""
SUGGESTED = 5
"""Places named where channels are missing."""


def no_purpose(ground: Ground) -> Iterator[Finding]:
    """S001: nothing says what all this is for."""
    if not ground.strategy.purpose.strip():
        yield ground.find("S001", "error", "purpose")


def goals_without_parts(ground: Ground) -> Iterator[Finding]:
    """S002, S003, S004: a goal for nobody, by nobody, or that asks nothing; S006: one that only parts of it name."""
    for name, goal in ground.strategy.goals.items():
        path = ("goals", name)
        if others := parts_alone(ground, name):
            hint = ground.tell("S006", "parts", word=name, known=", ".join(others))
            yield ground.find("S006", "error", *path, hint=hint, kind="goal", word=name)
            continue
        if not any(word.strip() for word in goal.audience):
            yield ground.find("S002", "error", *path, "audience", goal=name)
        if not any(word.strip() for word in goal.people):
            yield ground.find("S003", "error", *path, "people", goal=name)
        if not (goal.type or goal.questions or goal.targets):
            yield ground.find("S004", "error", *path, "type", hint=_kinds(ground, name), goal=name)


def parts_alone(ground: Ground, name: str) -> list[str]:
    """The goals that have a table of their own, where this one has none: its name was changed there and not here."""
    goals = ground.strategy.raw["goals"]
    own = [other for other in goals if set(goals[other]) - PARTS]
    return [] if name in own else own


def _kinds(ground: Ground, goal: str) -> str:
    """How to ask: the kinds of goals that are installed, if there are any."""
    ids = sorted(ground.catalogue.goal_types)
    said = "more" if len(ids) > KINDS else "types" if ids else "hint"
    types = ", ".join(f'type = "{each}"' for each in ids[:KINDS])
    return ground.tell("S004", said, types=types, goal=goal)


def no_goals_yet(ground: Ground) -> Iterator[Finding]:
    """S008: places and no aim; S015: not even places yet."""
    if not ground.strategy.goals and ground.strategy.channels:
        yield ground.find("S008", "error", "channels")
    elif not ground.strategy.goals:
        yield ground.find("S015", "warning", "goals")


def no_channels_yet(ground: Ground) -> Iterator[Finding]:
    """S050: goals first, places later. A goal that no channel serves is told likewise."""
    strategy = ground.strategy
    if strategy.goals and not strategy.channels:
        places = _places(ground, "")
        hint = ground.tell("S050", "suggest") if places else _readers(ground)
        yield ground.find("S050", "note", "channels", said="could" if places else "message", hint=hint, places=places)
        return
    for name in strategy.goals:
        if not any(not channel.serves or name in channel.serves for channel in strategy.channels.values()):
            places, hint = _places(ground, name), ground.tell("S050", "serves", goal=name)
            said = "goal_could" if places else "goal"
            yield ground.find("S050", "note", "goals", name, said=said, hint=hint, goal=name, places=places)


def _places(ground: Ground, goal: str) -> str:
    """The installed platforms that could answer most questions (of one goal), best first."""
    asked = {(question.goal, question.ask) for question in ground.questions(goal)}
    answered: dict[str, set[tuple[str, str]]] = {}
    for cell in ground.possible:
        if cell.status in CAN and (cell.goal, cell.question) in asked:
            answered.setdefault(cell.channel, set()).add((cell.goal, cell.question))
    best = sorted(answered.items(), key=lambda item: (-len(item[1]), item[0]))[:SUGGESTED]
    return ", ".join(ground.tell("S050", "place", title=title, n=len(met), of=len(asked)) for title, met in best)


def _readers(ground: Ground) -> str:
    titles = sorted(platform.title for platform in ground.catalogue.platforms.values())
    return ground.tell("S050", "readers", titles=", ".join(titles)) if titles else ground.tell("S050", "none")


def channels_that_cannot_feed(ground: Ground) -> Iterator[Finding]:
    """S009: channels are named, and none of them can show any number of a question."""
    by_question: dict[tuple[str, str], list[CellLike]] = {}
    for cell in ground.cells if ground.cells and ground.strategy.channels else ():
        by_question.setdefault((cell.goal, cell.question), []).append(cell)
    for (goal, question), cells in by_question.items():
        if question == AIM or not {cell.status for cell in cells} <= CANNOT:
            continue
        if {cell.reason for cell in cells} <= LATER:
            hint = ground.tell("S009", "plan")
            yield ground.find("S009", "warning", "goals", goal, said="later", hint=hint, goal=goal, question=question)
        else:
            yield ground.find("S009", "error", "goals", goal, goal=goal, question=question)


def targets_no_channel_shows(ground: Ground) -> Iterator[Finding]:
    """S019: channels are named, and none of them can show the number of a target."""
    statuses = ground.statuses if ground.strategy.channels else {}
    for name, goal in ground.strategy.goals.items():
        for n, target in enumerate(goal.targets):
            if statuses.get((name, target.metric), {""}) <= CANNOT:
                path = ("goals", name, "targets", n)
                yield ground.find("S019", "warning", *path, goal=name, metric=target.metric)


def channels_that_feed_nothing(ground: Ground) -> Iterator[Finding]:
    """S026: a channel on which no number of its goals can be measured."""
    by_channel: dict[str, list[CellLike]] = {}
    for cell in ground.cells or ():
        by_channel.setdefault(cell.channel, []).append(cell)
    for name in ground.strategy.channels:
        cells = by_channel.get(name, [])
        if cells and {cell.status for cell in cells} <= CANNOT:
            goal, block = cells[0].goal, accept_block("SMM-S026", f"channels.{name}", today=ground.today)
            hint = "\n".join([ground.tell("S026", "hint", goal=goal), ground.tell("S026", "accept"), block])
            yield ground.find("S026", "note", "channels", name, hint=hint, channel=name, goal=goal)


def no_backing(ground: Ground) -> Iterator[Finding]:
    """S051: nobody above the team stands behind it."""
    backing = ground.strategy.backing
    if backing is None or not backing.who.strip():
        yield ground.find("S051", "warning", "backing", "who")
