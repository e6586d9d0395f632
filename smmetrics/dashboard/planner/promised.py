"""What stands behind aims: promises to people, what is done when a number says so, who speaks, stories and others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smmetrics.dashboard.planner.draft import added, found
from smmetrics.dashboard.planner.fields import Act, Field, Group, Options, key_of
from smmetrics.dashboard.planner.filling import choice, day, line, lines, number
from smmetrics.dashboard.planner.naming import adding, handling, removing, tables
from smmetrics.words import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from smmetrics.dashboard.planner.draft import Document, Edit, Keys
    from smmetrics.dashboard.planner.source import PlanSource

ALL = "numbers"
"""The list of all numbers, which several fields share."""


def promises(draft: Document, audience: str, source: PlanSource) -> Iterator[Group]:
    """What an audience is promised, one after the other."""
    for place in _listed(draft, "audiences", audience, "promises"):
        yield Group(
            key=key_of(place), title=_words(draft, (*place, "text")) or say("planner.promises.one"),
            within=key_of(place[:2]), places=(place,),
            acts=(removing(*place, title=say("planner.promises.this")),),
            fields=(
                line(draft, *place, "text", look="words"),
                choice(draft, *place, "metric", options=_numbers(draft, (*place, "metric"), source)),
                line(draft, *place, "value", optional=True),
            ),
        )  # fmt: skip


def promise(draft: Document, audience: str) -> Act:
    """One promise more."""
    return _one_more(draft, ("audiences", audience, "promises"), "text", {})


def decisions(draft: Document, goal: str, people: Sequence[str]) -> Iterator[Group]:
    """What will be done about a goal when a number says so; once decided, what was, and what came of it."""
    for place in _listed(draft, "goals", goal, "decisions"):
        yield Group(
            key=key_of(place), title=_words(draft, (*place, "then")) or say("planner.decisions.one"),
            within=key_of(place[:2]), places=(place,),
            acts=(removing(*place, title=say("planner.decisions.this")),),
            fields=(
                line(draft, *place, "when"),
                line(draft, *place, "lasting", optional=True),
                line(draft, *place, "then", look="words"),
                choice(draft, *place, "who", options=_among(people, _words(draft, (*place, "who")))),
                line(draft, *place, "decided", optional=True, look="words"),
                day(draft, *place, "decided_on"),
                line(draft, *place, "outcome", optional=True, look="words"),
            ),
        )  # fmt: skip


def decision(draft: Document, goal: str) -> Act:
    """One rule more."""
    return _one_more(draft, ("goals", goal, "decisions"), "then", {"when": ""})


def voice(draft: Document, goal: str) -> tuple[Field, ...]:
    """Who speaks for a goal, how, what they never do, and how much may promote."""
    place = ("goals", goal, "voice")
    return (
        line(draft, *place, "speaker", optional=True),
        line(draft, *place, "tone", optional=True),
        lines(draft, *place, "never"),
        number(draft, *place, "promo_cap"),
    )


def stories(draft: Document) -> Iterator[Group]:
    """What is told, by us or about us, with the words that show it."""
    for name in tables(draft, "stories"):
        place = ("stories", name)
        yield Group(
            key=key_of(place), title=say("planner.stories.one", name=name), places=(place,), folds=True,
            acts=handling(draft, *place),
            fields=(
                line(draft, *place, "title", optional=True),
                choice(draft, *place, "kind", options="story kinds"),
                lines(draft, *place, "any"),
                lines(draft, *place, "all"),
                lines(draft, *place, "none"),
                line(draft, *place, "claim", optional=True, look="words"),
                line(draft, *place, "proof", optional=True, look="words"),
            ),
        )  # fmt: skip
    yield adding(draft, "stories", {"any": []}, titled="title")


def others(draft: Document) -> Iterator[Group]:
    """Rivals, voices people trust, advocates and partners."""
    for name in tables(draft, "others"):
        place = ("others", name)
        yield Group(
            key=key_of(place), title=say("planner.others.one", name=name), places=(place,), folds=True,
            acts=handling(draft, *place),
            fields=(
                choice(draft, *place, "kind", options="other kinds"),
                lines(draft, *place, "names"),
                lines(draft, *place, "accounts"),
                lines(draft, *place, "marks"),
            ),
        )  # fmt: skip
    yield adding(draft, "others", {"kind": "rival", "names": []})


def _one_more(draft: Document, place: tuple[str, str, str], first: str, table: Document) -> Act:
    """One more of a list; the words asked for are its first key."""
    of, new = place[2], (*place, len(tuple(_listed(draft, *place))))

    def run(words: str) -> Sequence[Edit] | str:
        said = " ".join(words.split())
        return [added(place, {first: said, **table})] if said else say(f"planner.{of}.empty")

    return Act(
        key=f"{of}/{key_of(place[:2])}", label=say(f"planner.{of}.add"), asks=say(f"planner.{of}.asks"), run=run,
        then=lambda _: key_of(new),
    )  # fmt: skip


def _listed(draft: Document, *place: str) -> Iterator[Keys]:
    """The places of a list of tables."""
    held = found(draft, place, [])
    for n in range(len(held) if isinstance(held, list) else 0):
        yield (*place, n)


def _words(draft: Document, place: Keys) -> str:
    words = found(draft, place)
    return words if isinstance(words, str) else ""


def _numbers(draft: Document, place: Keys, source: PlanSource) -> Options:
    """All numbers; with the one that is named and that nothing installed knows."""
    named = _words(draft, place)
    if not named or named in source.numbers:
        return ALL
    return [("", say("planner.none.number")), (named, named), *source.numbers.items()]


def _among(names: Sequence[str], chosen: str) -> Options:
    known = dict.fromkeys((*names, *([chosen] if chosen else [])))
    return [("", say("planner.none.who")), *((name, name) for name in known)]
