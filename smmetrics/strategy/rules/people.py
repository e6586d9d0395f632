"""Are the people thought of: those it is for, and those who do it?"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from smmetrics.strategy.rules.ground import PLACEHOLDER, joined

if TYPE_CHECKING:
    from collections.abc import Iterator

    from smmetrics.strategy.faults import Finding, Level
    from smmetrics.strategy.goal import Goal
    from smmetrics.strategy.model import Strategy
    from smmetrics.strategy.rules.ground import Ground

LISTENS = frozenset({"customer_service", "product_development"})
NAMED = re.compile(r"\bnamed\b|\bin person\b", re.IGNORECASE)
"""Words of ``voice.speaker`` that promise a person and not a logo."""


def unprotected(ground: Ground) -> Iterator[Finding]:
    """S007: colleagues or children are measured and nothing is agreed; S063: it does not say with whom."""
    strategy = ground.strategy
    privacy = strategy.privacy
    if privacy is not None and privacy.agreed_with.strip():
        return
    served = {word for goal in strategy.goals.values() for word in goal.audience}
    for name, audience in strategy.audiences.items():
        if name in served and (audience.inside or audience.minors):
            said = "minors" if audience.minors else "inside"
            if privacy is not None:
                yield ground.find("S063", "error", "privacy", "agreed_with", said=said, audience=name)
            else:
                hint = ground.tell("S007", "hint_minors" if audience.minors else "hint")
                yield ground.find("S007", "error", "audiences", name, said=said, hint=hint, audience=name)


def nothing_for_them(ground: Ground) -> Iterator[Finding]:
    """S052: what do people get out of it?"""
    for name, goal in ground.strategy.goals.items():
        if not goal.for_them.strip():
            yield ground.find("S052", "warning", "goals", name, "for_them", goal=name)


def voices_that_go_nowhere(ground: Ground) -> Iterator[Finding]:
    """S053: people can tell you things, and nothing says where it goes."""
    for name, goal in ground.strategy.goals.items():
        if goal.use in LISTENS and not goal.customer_voice.goes_to.strip():
            yield ground.find("S053", "warning", "goals", name, "customer_voice", "goes_to", goal=name)


def target_groups(ground: Ground) -> Iterator[Finding]:
    """S054: nobody can tell who an audience is; a goal that connects needs a community, not a target group."""
    strategy = ground.strategy
    served = {word for goal in strategy.goals.values() for word in goal.audience}
    for name, audience in strategy.audiences.items():
        if name in served and not audience.who.strip():
            hint = ground.tell("S054", "describe", audience=name)
            yield ground.find("S054", "warning", "audiences", name, "who", said="who", hint=hint, audience=name)
    connecting = (goal for goal in strategy.goals.values() if "connecting" in ground.activities(goal))
    wanted = {word for goal in connecting for word in goal.audience}
    for name, audience in strategy.audiences.items():
        if name in wanted and not (audience.shares.strip() or audience.where.strip()):
            yield ground.find("S054", "warning", "audiences", name, "shares", audience=name)


def shared_accounts(ground: Ground) -> Iterator[Finding]:
    """S058: a named person is promised, several speak on one account, and nothing says who it was."""
    people = ground.strategy.people
    by_account: dict[str, list[str]] = defaultdict(list)
    for name, person in people.items():
        for handle in person.speaks_as:
            if name not in by_account[handle.casefold()]:
                by_account[handle.casefold()].append(name)
    for account, names in by_account.items():
        unsigned = [name for name in names if not any(sign.strip() for sign in people[name].signs)]
        if len(names) > 1 and unsigned and _named_speakers(ground.strategy, names):
            places = ", ".join(f"people.{name}" for name in unsigned)
            path = ("people", unsigned[0], "signs")
            yield ground.find("S058", "warning", *path, names=joined(names), account=account, places=places)


def _named_speakers(strategy: Strategy, names: list[str]) -> bool:
    """Whether a goal of theirs promises that a named person speaks."""
    return any(NAMED.search(goal.voice.speaker) for goal in strategy.goals.values() if {*names} & {*goal.people})


def nobody_covers(ground: Ground) -> Iterator[Finding]:
    """S061: one person carries a support goal alone."""
    for name, goal in ground.strategy.goals.items():
        if goal.use == "customer_service" and len(set(goal.people)) == 1:
            yield ground.find("S061", "note", "goals", name, "people", goal=name, who=goal.people[0])


def nobody_is_trained(ground: Ground) -> Iterator[Finding]:
    """S062: nobody at all is trained, nobody on a goal is, or nobody on a support goal for what people ask about."""
    strategy = ground.strategy
    if not strategy.people or not strategy.goals:
        return
    first = next(iter(strategy.people))
    if not any(_trained(strategy, name) for name in strategy.people):
        yield ground.find("S062", "warning", "people", first, "trained_for", said="nobody", who=first)
        return
    for name, goal in strategy.goals.items():
        known = {word for who in goal.people for word in _trained(strategy, who)}
        who = next((each for each in goal.people if each in strategy.people), "")
        path = ("people", who, "trained_for")
        if who and not known:
            yield ground.find("S062", "warning", *path, said="goal", goal=name, who=who)
        elif who and (asked := _untrained(strategy, goal, known)):
            yield ground.find("S062", "warning", *path, said="topics", goal=name, who=who, topics=joined(asked))


def _trained(strategy: Strategy, who: str) -> set[str]:
    found = strategy.people[who].trained_for if who in strategy.people else ()
    return {word.strip().casefold() for word in found} - {"", PLACEHOLDER}


def _untrained(strategy: Strategy, goal: Goal, known: set[str]) -> list[str]:
    """The topics of the file that nobody on a support goal is trained for."""
    topics = strategy.topics.items() if goal.use == "customer_service" else ()
    return [name for name, topic in topics if not {name.casefold(), topic.title.casefold()} & known]


def nobody_was_asked(ground: Ground) -> Iterator[Finding]:
    """S068: nobody outside the team was asked."""
    for name, goal in ground.strategy.goals.items():
        if not any(word.strip() for word in goal.consulted):
            level: Level = "warning" if goal.use in LISTENS else "note"
            yield ground.find("S068", level, "goals", name, "consulted", goal=name)


def no_time_given(ground: Ground) -> Iterator[Finding]:
    """S057: a goal that nobody's time goes to."""
    strategy = ground.strategy
    planned = _planned(strategy)
    for name, goal in strategy.goals.items():
        if sum(goal.hours.values()):
            continue
        free = {who: _left(strategy, who, planned) for who in goal.people if who in strategy.people}
        left = [ground.tell("S057", "one", who=who, hours=f"{hours:g}") for who, hours in free.items() if hours > 0]
        who = next(iter(free), "NAME")
        said = "left" if left else "message"
        path = ("goals", name, "hours")
        yield ground.find("S057", "warning", *path, said=said, goal=name, who=who, left=", ".join(left))


def people_without_hours(ground: Ground) -> Iterator[Finding]:
    """S057: somebody works for goals, and nothing says how many hours a week they have."""
    strategy = ground.strategy
    planned = _planned(strategy)
    for who, person in strategy.people.items():
        goals = [name for name, goal in strategy.goals.items() if who in goal.people]
        if goals and person.hours_per_week is None and not sum(planned.get(who, {}).values()):
            path, hint = ("people", who, "hours_per_week"), ground.tell("S057", "week", who=who)
            yield ground.find("S057", "warning", *path, said="person", hint=hint, who=who, goals=joined(goals))


def _left(strategy: Strategy, who: str, planned: dict[str, dict[str, float]]) -> float:
    return round((strategy.people[who].hours_per_week or 0.0) - sum(planned.get(who, {}).values()), 2)


def _planned(strategy: Strategy) -> dict[str, dict[str, float]]:
    """Hours a week by person and goal."""
    found: dict[str, dict[str, float]] = defaultdict(dict)
    for name, goal in strategy.goals.items():
        for who, hours in goal.hours.items():
            found[who][name] = hours
    return found


def more_time_than_there_is(ground: Ground) -> Iterator[Finding]:
    """S021: the goals plan more of somebody's hours than they have."""
    strategy = ground.strategy
    for who, goals in _planned(strategy).items():
        has = strategy.people[who].hours_per_week if who in strategy.people else None
        hours = round(sum(goals.values()), 2)
        if has is not None and hours > has:
            path = ("people", who, "hours_per_week")
            about = {"has": f"{has:g}", "planned": f"{hours:g}", "goals": ", ".join(g for g in goals if goals[g])}
            yield ground.find("S021", "warning", *path, who=who, **about)
