"""Is it a whole strategy: why, who, what, and only then where?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from smmetrics.strategy.turn import AIM

if TYPE_CHECKING:
    from collections.abc import Iterator

    from smmetrics.strategy.faults import Finding
    from smmetrics.strategy.rules.ground import Ground

CANNOT = frozenset({"not_measurable", "not_permitted"})


def no_purpose(ground: Ground) -> Iterator[Finding]:
    """S001: nothing says what all this is for."""
    if not ground.strategy.purpose.strip():
        message = "There is no purpose yet. What should be different, and for whom?"
        hint = 'Write one sentence: purpose = "…". A platform is no purpose.'
        yield ground.find("S001", "error", message, "purpose", hint=hint)


def goals_without_parts(ground: Ground) -> Iterator[Finding]:
    """S002, S003, S004: a goal for nobody, by nobody, or that asks nothing."""
    for name, goal in ground.strategy.goals.items():
        path = ("goals", name)
        if not any(word.strip() for word in goal.audience):
            hint = 'Name one of your audiences: audience = "…".'
            yield ground.find("S002", "error", f"`{name}` says nobody it is for.", *path, hint=hint)
        if not goal.people:
            hint = 'Name who does the work: people = ["…"].'
            yield ground.find("S003", "error", f"Nobody works for `{name}`.", *path, hint=hint)
        if not (goal.type or goal.questions or goal.targets):
            message = f"`{name}` asks no question, so nothing can answer it."
            hint = 'Give it a type = "…", or a question of its own: [[goals.' + name + ".questions]] with ask and lead."
            yield ground.find("S004", "error", message, *path, hint=hint)


def no_goals_yet(ground: Ground) -> Iterator[Finding]:
    """S008: places and no aim; S015: not even places yet."""
    if ground.strategy.goals:
        return
    if ground.strategy.channels:
        message = "A list of channels is not a strategy: you have places and no aim."
        hint = "Begin with: what should be different for whom? Then write a [goals.…]."
        yield ground.find("S008", "error", message, "channels", hint=hint)
    else:
        hint = "What should be different for whom? Write a [goals.…]."
        yield ground.find(
            "S015", "warning", "There is no goal yet, so there is nothing to measure.", "goals", hint=hint
        )


def no_channels_yet(ground: Ground) -> Iterator[Finding]:
    """S050: goals first, places later. A goal that no channel serves is told likewise."""
    strategy = ground.strategy
    if strategy.goals and not strategy.channels:
        yield ground.find("S050", "note", "No channels yet: that is the right order.", "goals", hint=_could(ground))
        return
    for name in strategy.goals:
        if not any(not channel.serves or name in channel.serves for channel in strategy.channels.values()):
            message = f"No channel serves `{name}` yet: nothing can answer its questions."
            hint = f"Add {name!r} to the `serves` of a channel, or name a place for it."
            yield ground.find("S050", "note", message, "goals", name, hint=hint)


def _could(ground: Ground) -> str:
    titles = sorted(platform.title for platform in ground.catalogue.platforms.values())
    return f"Readers are installed for: {', '.join(titles)}." if titles else "No reader of any platform is installed."


def channels_that_cannot_feed(ground: Ground) -> Iterator[Finding]:
    """S009: channels are named, and none of them can show any number of a question."""
    by_question: dict[tuple[str, str], set[str]] = {}
    for cell in ground.cells if ground.cells and ground.strategy.channels else ():
        by_question.setdefault((cell.goal, cell.question), set()).add(cell.status)
    for (goal, question), statuses in by_question.items():
        if statuses <= CANNOT and question != AIM:
            message = f"No channel can show anything of “{question}” (`{goal}`)."
            hint = f"See why, and what would do: smmetrics coverage {goal}"
            yield ground.find("S009", "error", message, "goals", goal, hint=hint)


def targets_no_channel_shows(ground: Ground) -> Iterator[Finding]:
    """S019: channels are named, and none of them can show the number of a target."""
    statuses: dict[tuple[str, str], set[str]] = {}
    for cell in ground.cells if ground.cells and ground.strategy.channels else ():
        statuses.setdefault((cell.goal, cell.metric), set()).add(cell.status)
    for name, goal in ground.strategy.goals.items():
        for n, target in enumerate(goal.targets):
            if statuses.get((name, target.metric), {""}) <= CANNOT:
                message = f"No channel can show `{target.metric}`, so this target will stay without a number."
                hint = f"See why, and what would do: smmetrics coverage {name}"
                yield ground.find("S019", "warning", message, "goals", name, "targets", n, hint=hint)


def no_backing(ground: Ground) -> Iterator[Finding]:
    """S051: nobody above the team stands behind it."""
    backing = ground.strategy.backing
    if backing is None or not backing.who.strip():
        message = "Nobody above the team backs this. Who gives the hours, and who lets the exports out?"
        yield ground.find("S051", "warning", message, "backing", hint='Write [backing] with who = "…" and gives = "…".')
