"""Are the people thought of: those it is for, and those who do it?"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from smmetrics.strategy.faults import Finding, Level
    from smmetrics.strategy.rules.ground import Ground

LISTENS = frozenset({"customer_service", "product_development"})


def unprotected(ground: Ground) -> Iterator[Finding]:
    """S007: colleagues or children are measured and nothing says what was agreed."""
    strategy = ground.strategy
    if strategy.privacy is not None:
        return
    served = {word for goal in strategy.goals.values() for word in goal.audience}
    for name, audience in strategy.audiences.items():
        if name in served and (audience.inside or audience.minors):
            who = "People under age" if audience.minors else "People inside your house"
            message = f"{who} are measured here (`{name}`): write down what was agreed, with whom."
            hint = "Write [privacy] with agreed_with, agreed_on and smallest_group" + (
                ", and minors = true." if audience.minors else "."
            )
            yield ground.find("S007", "error", message, "audiences", name, hint=hint)


def nothing_for_them(ground: Ground) -> Iterator[Finding]:
    """S052: what do people get out of it?"""
    for name, goal in ground.strategy.goals.items():
        if not goal.for_them.strip():
            message = f"What do people get out of `{name}`?"
            yield ground.find("S052", "warning", message, "goals", name, hint='Write for_them = "…".')


def voices_that_go_nowhere(ground: Ground) -> Iterator[Finding]:
    """S053: people can tell you things, and nothing says where it goes."""
    for name, goal in ground.strategy.goals.items():
        if goal.use in LISTENS and not goal.customer_voice.goes_to.strip():
            message = "People can tell you things here, and nothing says where it goes."
            hint = 'Write customer_voice = { may = ["propose"], goes_to = "…", owner = "…" }.'
            yield ground.find("S053", "warning", message, "goals", name, hint=hint)


def target_groups(ground: Ground) -> Iterator[Finding]:
    """S054: a goal that connects needs a community, not a target group."""
    strategy = ground.strategy
    wanted = {word for goal in strategy.goals.values() if "connecting" in goal.activities for word in goal.audience}
    for name, audience in strategy.audiences.items():
        if name in wanted and not (audience.shares.strip() or audience.where.strip()):
            message = "This describes a target group. What do these people share, and where do they talk without you?"
            yield ground.find("S054", "warning", message, "audiences", name, hint='Write shares = "…" and where = "…".')


def shared_accounts(ground: Ground) -> Iterator[Finding]:
    """S058: named people speak on one account and leave no sign of who it was."""
    people = ground.strategy.people
    by_account: dict[str, list[str]] = defaultdict(list)
    for name, person in people.items():
        for handle in person.speaks_as:
            by_account[handle.casefold()].append(name)
    for account, names in by_account.items():
        unsigned = [name for name in names if not people[name].signs]
        if len(names) > 1 and unsigned:
            message = f"Nobody will be able to tell {' and '.join(names)} apart on {account}."
            hint = f'Say how they sign: signs = ["^AM"] at {", ".join(f"people.{name}" for name in unsigned)}.'
            yield ground.find("S058", "warning", message, "people", unsigned[0], hint=hint)


def nobody_covers(ground: Ground) -> Iterator[Finding]:
    """S061: one person carries a support goal alone."""
    for name, goal in ground.strategy.goals.items():
        if goal.use == "customer_service" and len(goal.people) == 1:
            message = f"Nobody covers `{name}` when {goal.people[0]} is away."
            yield ground.find("S061", "note", message, "goals", name, "people")


def nobody_was_asked(ground: Ground) -> Iterator[Finding]:
    """S068: nobody outside the team was asked."""
    for name, goal in ground.strategy.goals.items():
        if not goal.consulted:
            message = f"Nobody outside the team was asked about `{name}`."
            level: Level = "warning" if goal.use in LISTENS else "note"
            yield ground.find("S068", level, message, "goals", name, hint='Write consulted = ["…"].')


def no_time_given(ground: Ground) -> Iterator[Finding]:
    """S057: a goal that nobody's time goes to; and more time planned than people have."""
    strategy = ground.strategy
    planned: dict[str, float] = defaultdict(float)
    for name, goal in strategy.goals.items():
        for who, hours in goal.hours.items():
            planned[who] += hours
        if not sum(goal.hours.values()):
            message = f"Nobody's time is given to `{name}`."
            hint = "Write hours a week for each person: hours = { NAME = 2 }."
            yield ground.find("S057", "warning", message, "goals", name, hint=hint)
    for who, hours in planned.items():
        has = strategy.people[who].hours_per_week if who in strategy.people else None
        if has is not None and hours > has:
            message = f"{who} has {has:g} h a week, and the goals plan {hours:g} h."
            yield ground.find("S057", "warning", message, "people", who, hint="Plan fewer hours, or give more.")
