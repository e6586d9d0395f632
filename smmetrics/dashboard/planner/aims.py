"""The step of the goals: what should be different for whom, who works for it, and with how many hours."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from smmetrics.dashboard.planner.draft import Edit, found, put
from smmetrics.dashboard.planner.fields import Field, Group, Screen, Suppose, key_of
from smmetrics.dashboard.planner.filling import choice, line, lines, number, ticks, words_of
from smmetrics.dashboard.planner.naming import adding, handling, tables
from smmetrics.dashboard.planner.promised import voice
from smmetrics.words import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from smmetrics.dashboard.planner.draft import Document
    from smmetrics.dashboard.planner.source import PlanSource

LISTENS = frozenset({"customer_service", "product_development"})
NEW = {"why": "", "for_them": "", "audience": [], "people": [], "activities": []}
Pairs = tuple[tuple[str, str], ...]


def goals(draft: Document, source: PlanSource) -> Screen:
    """The goals, one after the other."""
    listed = {
        "kinds": ((("", say("planner.none.type")), *_kinds(source))),
        "uses": (("", say("planner.none.use")), *words_of("use")),
    }
    whom, who = _named(draft, "audiences", "who"), _named(draft, "people", "role")
    groups = [_goal(draft, name, whom=whom, who=who) for name in tables(draft, "goals")]
    return Screen(step="goals", groups=(*groups, adding(draft, "goals", NEW, titled="title")), lists=listed)


def titled(draft: Document, goal: str) -> str:
    """What a goal is called."""
    words = found(draft, ("goals", goal, "title"))
    return f"{words} ({goal})" if isinstance(words, str) and words else goal


def _goal(draft: Document, name: str, *, whom: Pairs, who: Pairs) -> Group:
    place = ("goals", name)
    return Group(
        key=key_of(place), title=titled(draft, name), places=(place,), folds=True, acts=handling(draft, *place),
        fields=(
            line(draft, *place, "title", optional=True),
            line(draft, *place, "part_of", optional=True),
            line(draft, *place, "why", look="words"),
            line(draft, *place, "for_them", look="words"),
            choice(draft, *place, "type", options="kinds"),
            ticks(draft, *place, "audience", options=whom),
            ticks(draft, *place, "activities"),
            choice(draft, *place, "use", options="uses"),
            _people(draft, name, who),
            *_hours(draft, name),
            lines(draft, *place, "consulted"),
            *_heard(draft, name),
            *voice(draft, name),
            choice(draft, *place, "review_every"),
            line(draft, *place, "decision", optional=True, look="words"),
            line(draft, *place, "risk", optional=True, look="words"),
        ),
    )  # fmt: skip


def _people(draft: Document, goal: str, who: Pairs) -> Field:
    """Who works for it; the hours of those who do not any more go with them."""
    plain = ticks(draft, "goals", goal, "people", options=who)

    def write(now: Any) -> Sequence[Edit | Suppose]:  # noqa: ANN401 (what the page sends)
        left = [name for name in _planned(draft, goal) if name in plain.value and name not in list(now)]
        return [*plain.write(now), *(put(("goals", goal, "hours", name), None) for name in left)]

    return replace(plain, write=write)


def _hours(draft: Document, goal: str) -> Iterator[Field]:
    """Hours a week of everybody who works for it."""
    working = found(draft, ("goals", goal, "people"), [])
    working = [working] if isinstance(working, str) else working
    for name in dict.fromkeys([*map(str, working), *_planned(draft, goal)]):
        yield number(draft, "goals", goal, "hours", name, label=say("planner.hours", name=name))


def _planned(draft: Document, goal: str) -> list[str]:
    hours = found(draft, ("goals", goal, "hours"), {})
    return list(hours) if isinstance(hours, dict) else []


def _heard(draft: Document, goal: str) -> Iterator[Field]:
    """What people may say and where it goes, for goals that ask them to say it."""
    place = ("goals", goal, "customer_voice")
    if found(draft, ("goals", goal, "use")) in {*LISTENS, "support"} or found(draft, place):
        yield lines(draft, *place, "may")
        yield line(draft, *place, "goes_to")
        yield line(draft, *place, "owner", optional=True)


def _kinds(source: PlanSource) -> Iterator[tuple[str, str]]:
    words = dict(words_of("activities"))
    for kind in source.kinds.values():
        doing = ", ".join(words.get(each, each) for each in kind.activities)
        yield kind.id, f"{kind.title} ({doing})" if doing else kind.title


def _named(draft: Document, part: str, told: str) -> Pairs:
    """Names with what they stand for."""
    return tuple(
        (name, f"{name}: {table[told]}" if isinstance(table.get(told), str) and table[told] else name)
        for name, table in tables(draft, part).items()
    )
