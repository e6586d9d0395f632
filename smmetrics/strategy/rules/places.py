"""Are the places well chosen: each with work of its own, each promise with a place that shows it?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from smmetrics.strategy.lookup import platform_id
from smmetrics.strategy.rules.ground import day_text, joined
from smmetrics.strategy.rules.numbers import CANNOT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from smmetrics.strategy.faults import Finding
    from smmetrics.strategy.goal import Goal
    from smmetrics.strategy.model import Channel, Strategy
    from smmetrics.strategy.rules.ground import Ground

OFFLINE = "offline"
"""The file's word for what happens off all platforms and is written down by hand."""
QUIET = "quiet"
"""The kind of a calendar entry in which nobody speaks."""
NOBODY = "nobody"


def listening_for_nothing(ground: Ground) -> Iterator[Finding]:
    """S059: a goal that only listens, and nothing to listen for."""
    strategy = ground.strategy
    heard = strategy.stories or strategy.others or any(c.whose == "others" for c in strategy.channels.values())
    for name, goal in strategy.goals.items():
        if ground.activities(goal) == ("monitoring",) and not heard:
            yield ground.find("S059", "warning", "goals", name, "stories", goal=name)


def two_for_the_same(ground: Ground) -> Iterator[Finding]:
    """S060: places of ours that do the same for the same people. A sheet kept by hand is no place."""
    alike: dict[tuple[tuple[str, ...], tuple[str, ...]], list[str]] = {}
    for name, channel in ground.strategy.channels.items():
        audience = _audience(ground.strategy, channel)
        place = channel.whose == "ours" and platform_id(ground.catalogue, channel.platform) != OFFLINE
        if channel.does and audience and place:
            alike.setdefault((tuple(sorted(set(channel.does))), audience), []).append(name)
    for (does, audience), names in alike.items():
        if len(names) > 1:
            quoted = joined([f"`{name}`" for name in names])
            about = {"names": quoted, "does": ", ".join(does), "audience": ", ".join(audience)}
            yield ground.find("S060", "note", "channels", names[1], "does", **about)


def _audience(strategy: Strategy, channel: Channel) -> tuple[str, ...]:
    """Whom a channel is for: what it says, else whom its goals are for."""
    goals = [goal for name, goal in strategy.goals.items() if not channel.serves or name in channel.serves]
    return tuple(sorted({*(channel.audience or (word for goal in goals for word in goal.audience))}))


def speaking_in_a_quiet_time(ground: Ground) -> Iterator[Finding]:
    """S069: a quiet time that is not over, and goals that speak."""
    speaks = {name: goal for name, goal in ground.strategy.goals.items() if _speaks(ground, goal)}
    for n, entry in enumerate(ground.strategy.calendar):
        until = entry.until or entry.date
        if entry.kind.strip().casefold() != QUIET or until < ground.today or not speaks:
            continue
        unsaid = [name for name, goal in speaks.items() if QUIET not in " ".join(goal.voice.never).casefold()]
        hint = ground.tell("S069", "hint", goals=joined(unsaid)) if unsaid else ground.tell("S069", "said")
        about = {"since": day_text(entry.date), "until": day_text(until), "title": entry.title or entry.kind}
        yield ground.find("S069", "note", "calendar", n, hint=hint, goals=joined(list(speaks)), **about)


def _speaks(ground: Ground, goal: Goal) -> bool:
    """Whether somebody may speak for a goal: what its voice says, else whether it does more than listen."""
    speaker = goal.voice.speaker.strip().casefold()
    return not speaker.startswith(NOBODY) if speaker else ground.activities(goal) != ("monitoring",)


def no_platform_needed(ground: Ground) -> Iterator[Finding]:
    """S070: only channels off all platforms serve a goal, and nothing it asks is out of their reach."""
    short = {cell.goal for cell in ground.cells or () if cell.status in CANNOT}
    for name in ground.strategy.goals:
        serving = [c for c in ground.strategy.channels.values() if not c.serves or name in c.serves]
        by_hand = serving and all(platform_id(ground.catalogue, c.platform) == OFFLINE for c in serving)
        if by_hand and name not in short:
            yield ground.find("S070", "note", "goals", name, goal=name)


def promises_nobody_can_check(ground: Ground) -> Iterator[Finding]:
    """S071: a promise without a number, with a forbidden one, or with one that no channel can show."""
    privacy = ground.strategy.privacy
    forbidden = privacy.forbid if privacy else ()
    for name, audience in ground.strategy.audiences.items():
        for n, promise in enumerate(audience.promises):
            path, metric = ("audiences", name, "promises", n), promise.metric
            statuses = {c.status for c in ground.promised or () if (c.metric, c.question) == (metric, promise.text)}
            if not metric:
                said, hint = "none", ground.tell("S071", "metric")
            elif metric in forbidden or (statuses and statuses <= CANNOT):
                said = "forbidden" if metric in forbidden else "message"
                hint = ground.tell("S071", "hint", metric=metric)
            else:
                continue
            yield ground.find("S071", "warning", *path, said=said, hint=hint, text=promise.text)
