"""A strategy turned into the plain records of other rooms: questions, channels, scope, own metrics, targets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from smmetrics.api.capability import ChannelRef, QuestionRef
from smmetrics.strategy.agreed import agreement
from smmetrics.strategy.lookup import platform_id
from smmetrics.tables.scope import AccountRef, Campaign, Handle, OtherRef, PlanHours, Scope

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from smmetrics.strategy.goal import Goal, GoalTarget
    from smmetrics.strategy.lookup import Known
    from smmetrics.strategy.model import Person, Strategy

AIM = "Is what we aimed at reached?"
"""The question of targets that no other question of their goal asks about."""


@dataclass(frozen=True, kw_only=True, slots=True)
class OwnMetric:
    """An analyst's own metric as the catalogue takes it. ``parameters`` are the defaults by name."""

    name: str
    title: str
    formula: str
    better: str
    pairing: str
    unit: str
    parameters: Mapping[str, object]
    line: int
    caveat: str = ""


def questions(strategy: Strategy, catalogue: Known) -> tuple[QuestionRef, ...]:
    """Every question of every goal: the goal type's without what is dropped, then the goal's own.

    A goal type whose pack is not installed gives none. Targets on metrics that no question names are asked in one
    further question, so that they are measured too. Metrics the agreement forbids are not watched beside others.
    """
    forbidden = frozenset(strategy.privacy.forbid) if strategy.privacy else frozenset()
    return tuple(
        question for name, goal in strategy.goals.items() for question in _questions(name, goal, catalogue, forbidden)
    )


def _questions(name: str, goal: Goal, catalogue: Known, forbidden: frozenset[str]) -> Iterator[QuestionRef]:
    asked: set[str] = set()
    for ref in (*_of_type(name, goal, catalogue), *_of_goal(name, goal)):
        guard = tuple(metric for metric in ref.guard if metric not in forbidden)
        asked.update(ref.lead, guard)
        yield _asked(goal, ref.ask, name=name, lead=ref.lead, guard=guard, given=ref.parameters)
    left = tuple(dict.fromkeys(target.metric for target in goal.targets if target.metric not in asked))
    if left:
        yield _asked(goal, AIM, name=name, lead=left)


def _of_type(name: str, goal: Goal, catalogue: Known) -> Iterator[QuestionRef]:
    """The goal type's questions. A question whose every lead is dropped is dropped with them."""
    kind = catalogue.goal_types.get(goal.type)
    for question in kind.questions if kind else ():
        lead = tuple(metric for metric in question.lead if metric not in goal.drop)
        guard = tuple(metric for metric in question.guard if metric not in goal.drop)
        if lead and question.text not in goal.drop:
            yield QuestionRef(goal=name, ask=question.text, lead=lead, guard=guard)


def _of_goal(name: str, goal: Goal) -> Iterator[QuestionRef]:
    for question in goal.questions:
        given = dict.fromkeys((*question.lead, *question.beside), question.parameters) if question.parameters else {}
        yield QuestionRef(goal=name, ask=question.ask, lead=question.lead, guard=question.beside, parameters=given)


def _asked(
    goal: Goal,
    ask: str,
    *,
    name: str,
    lead: tuple[str, ...],
    guard: tuple[str, ...] = (),
    given: Mapping[str, Mapping[str, object]] | None = None,
) -> QuestionRef:
    """A question with the parameters its metrics are measured with: its own, else those of the goal's target."""
    parameters = {metric: dict(values) for metric in (*lead, *guard) if (values := _with(goal, metric, given or {}))}
    return QuestionRef(goal=name, ask=ask, lead=lead, guard=guard, parameters=parameters)


def _with(goal: Goal, metric: str, given: Mapping[str, Mapping[str, object]]) -> Mapping[str, object]:
    if metric in given:
        return given[metric]
    whole = (target for target in goal.targets if target.metric == metric and not target.channel)
    return next((target.parameters for target in whole if target.parameters), {})


def promises(strategy: Strategy) -> tuple[QuestionRef, ...]:
    """Every promise with a number as a question of each goal for its audience: the question is the promise's text."""
    return tuple(
        QuestionRef(
            goal=goal, ask=promise.text, lead=(promise.metric,), parameters={promise.metric: promise.parameters}
        )
        for name, audience in strategy.audiences.items()
        for promise in audience.promises
        for goal in strategy.goals
        if promise.metric and name in strategy.goals[goal].audience
    )


def channels(strategy: Strategy, catalogue: Known | None = None) -> tuple[ChannelRef, ...]:
    """The strategy's channels. With a catalogue, other words for a platform become its id.

    A channel that names no goals serves all of them (empty ``serves``).
    """
    return tuple(
        ChannelRef(
            name=name, platform=platform_id(catalogue, channel.platform), account=channel.account, serves=channel.serves
        )
        for name, channel in strategy.channels.items()
    )


def scope(strategy: Strategy, catalogue: Known | None = None) -> Scope:
    """Zone, week, own accounts, people's handles and planned hours."""
    ours = (
        AccountRef(platform=platform_id(catalogue, channel.platform), account=channel.account, channel=name)
        for name, channel in strategy.channels.items()
        if channel.account and channel.whose == "ours"
    )
    staff = (
        handle for name, person in strategy.people.items() for handle in _handles(name, person, catalogue=catalogue)
    )
    return Scope(
        zone=strategy.timezone,
        week_starts=strategy.week_starts,
        ours=tuple(ours),
        staff=tuple(staff),
        plan=tuple(_plan(strategy)),
        people={name: person.role for name, person in strategy.people.items()},
        others=tuple(_others(strategy, catalogue)),
        marks=tuple(sorted(set(_marks(strategy)))),
        campaigns=tuple(_campaigns(strategy)),
        agreement=agreement(strategy, catalogue),
    )


def _others(strategy: Strategy, catalogue: Known | None) -> Iterator[OtherRef]:
    for name, other in strategy.others.items():
        for text in other.accounts:
            platform, _, account = text.partition(":")
            yield OtherRef(
                name=name,
                kind=other.kind,
                platform=platform_id(catalogue, platform.strip()),
                account=account.strip(),
            )


def _campaigns(strategy: Strategy) -> Iterator[Campaign]:
    """The campaigns that say what marks their posts."""
    for name, each in strategy.campaigns.items():
        marks = {key: _said(getattr(each, key)) for key in ("hashtags", "links", "posts")}
        if any(marks.values()):
            yield Campaign(name=name, since=each.since, until=each.until, **marks)


def _said(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(word for word in words if word.strip().removeprefix("#"))


def _marks(strategy: Strategy) -> Iterator[tuple[str, str]]:
    """What links carry as their campaign, with what those are who pass them on."""
    whose = [(person.marks, "staff") for person in strategy.people.values()]
    whose += [(other.marks, other.kind) for other in strategy.others.values()]
    yield from ((" ".join(mark.lower().split()), role) for marks, role in whose for mark in marks if mark.strip())


def _handles(name: str, person: Person, *, catalogue: Known | None) -> Iterator[Handle]:
    for text in person.speaks_as:
        platform, _, handle = text.partition(":")
        yield Handle(
            platform=platform_id(catalogue, platform.strip()), handle=handle.strip(), person=name, signs=person.signs,
            since=person.since, until=person.until,
        )  # fmt: skip


def _plan(strategy: Strategy) -> Iterator[PlanHours]:
    """Planned hours a week: what the goal says, else all hours of a person who works for this goal alone."""
    people = strategy.people
    for name, goal in strategy.goals.items():
        for who, hours in (goal.hours or dict(_whole_weeks(strategy, goal.people))).items():
            since, until = (people[who].since, people[who].until) if who in people else (None, None)
            yield PlanHours(goal=name, person=who, hours_per_week=hours, since=since, until=until)


def _whole_weeks(strategy: Strategy, names: Iterable[str]) -> Iterator[tuple[str, float]]:
    """Those of the people named who work for one goal alone, with all their hours."""
    for name in names:
        goals = [goal for goal in strategy.goals.values() if name in goal.people or name in goal.hours]
        hours = strategy.people[name].hours_per_week if name in strategy.people else None
        if hours is not None and len(goals) == 1:
            yield name, hours


def worded(strategy: Strategy) -> tuple[str, ...]:
    """The kinds of labels that the strategy's own words tell: stories, topics, whom posts are about."""
    found = {
        "story": any(story.any or story.all for story in strategy.stories.values()),
        "topic": any(topic.any or topic.all for topic in strategy.topics.values()),
        "subject": bool(strategy.channels),
    }
    return tuple(kind for kind, there in found.items() if there)


def own_metrics(strategy: Strategy) -> tuple[OwnMetric, ...]:
    """The strategy's own metrics, each with the line it is defined on."""
    return tuple(
        OwnMetric(
            name=name, title=metric.title or name, formula=metric.formula, better=metric.better, pairing=metric.pairing,
            unit=metric.unit, parameters=metric.parameters, line=strategy.line("metrics", name, "formula"),
            caveat=metric.caveat,
        )
        for name, metric in strategy.metrics.items()
    )  # fmt: skip


def targets(goal: Goal) -> tuple[GoalTarget, ...]:
    """The numbers a goal wants to reach, in the order of the file."""
    return goal.targets
