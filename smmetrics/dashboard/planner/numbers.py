"""The steps of questions and of targets: which numbers show whether a goal is met, and how far they should go."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from smmetrics.dashboard.html import Markup, some, tag
from smmetrics.dashboard.planner.aims import titled
from smmetrics.dashboard.planner.draft import Edit, added, found, put
from smmetrics.dashboard.planner.fields import Act, Field, Group, Screen, key_of
from smmetrics.dashboard.planner.filling import choice, day, line, words_of
from smmetrics.dashboard.planner.naming import removing, tables
from smmetrics.dashboard.planner.promised import ALL, decision, decisions, others, stories
from smmetrics.words import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from smmetrics.dashboard.planner.draft import Document, Keys
    from smmetrics.dashboard.planner.source import Judged, Number, PlanSource


def questions(draft: Document, source: PlanSource) -> Screen:
    """What each goal asks, and the numbers that answer it."""
    groups = [group for name in tables(draft, "goals") for group in _asked(draft, name, source)]
    lists = {
        ALL: [("", say("planner.none.number")), *source.numbers.items()],
        "story kinds": [("", say("planner.none.story")), *words_of("story")],
        "other kinds": words_of("other"),
    }
    told = (*stories(draft), *others(draft))
    return Screen(step="questions", groups=(*(tuple(groups) or (_nothing("goals"),)), *told), lists=lists)


def targets(draft: Document, source: PlanSource, judged: Judged) -> Screen:
    """How far the numbers of each goal should go, and what will be done when they do not."""
    groups = [group for name in tables(draft, "goals") for group in _aimed(draft, name, source, judged)]
    return Screen(step="targets", groups=tuple(groups) or (_nothing("goals"),))


def _nothing(part: str) -> Group:
    return Group(key="nothing", title=say(f"planner.nothing.{part}"))


def _asked(draft: Document, goal: str, source: PlanSource) -> Iterator[Group]:
    place = ("goals", goal)
    kind = source.kinds.get(str(found(draft, (*place, "type"), "")))
    own = found(draft, (*place, "questions"), [])
    words = "" if kind or own else say("planner.questions.none")
    yield Group(
        key=key_of(place), title=titled(draft, goal), words=words, folds=True, acts=(_another(goal, source),),
        places=((*place, "type"), (*place, "drop"), (*place, "questions")),
    )  # fmt: skip
    for n, question in enumerate(kind.questions if kind else ()):
        yield Group(
            key=f"{key_of(place)}/brought/{n}", title=question.ask, within=key_of(place),
            fields=(
                _kept(draft, goal, question.ask, key=f"{n}", label=say("planner.questions.keep")),
                *(_number(draft, goal, source, id_, key=f"{n}/{id_}", beside=False) for id_ in question.lead),
                *(_number(draft, goal, source, id_, key=f"{n}/{id_}", beside=True) for id_ in question.beside),
            ),
        )  # fmt: skip
    for n, _ in enumerate(own if isinstance(own, list) else ()):
        yield _own(draft, source, (*place, "questions", n), key_of(place))


def _own(draft: Document, source: PlanSource, place: Keys, within: str) -> Group:
    """A question of the goal's own."""
    ask = str(found(draft, (*place, "ask"), ""))
    chosen = [_chosen(draft, source, (*place, role)) for role in ("lead", "beside")]
    more = [_one_more(draft, (*place, role)) for role in ("lead", "beside")]
    return Group(
        key=key_of(place), title=ask or say("planner.questions.own"), within=within, places=(place,),
        fields=(line(draft, *place, "ask", look="words"), *(field for fields in chosen for field in fields)),
        acts=(*more, removing(*place, title=say("planner.questions.this"))),
    )  # fmt: skip


def _another(goal: str, source: PlanSource) -> Act:
    """A number more, with its own question."""

    def run(id_: str) -> Sequence[Edit] | str:
        if not id_:
            return say("planner.questions.choose")
        return [added(("goals", goal, "questions"), {"ask": source.number(id_).asks or id_, "lead": [id_]})]

    key = key_of(("goals", goal))
    return Act(
        key=f"number/{key}", label=say("planner.questions.add"), asks=say("planner.questions.which"), options=ALL,
        run=run, then=lambda _: key,
    )  # fmt: skip


def _one_more(draft: Document, place: Keys) -> Act:
    held = [id_ for id_ in found(draft, place, []) if isinstance(id_, str)]
    role = str(place[-1])
    return Act(
        key=f"number/{key_of(place)}", label=say(f"planner.questions.{role}.add"), options=ALL,
        asks=say(f"planner.questions.{role}.which"), then=lambda _: key_of(place[:-1]),
        run=lambda id_: [put(place, [*held, id_])] if id_ else say("planner.questions.choose"),
    )  # fmt: skip


def _chosen(draft: Document, source: PlanSource, place: Keys) -> Iterator[Field]:
    """The numbers of an own question: those unticked leave it."""
    held = found(draft, place, [])
    held = [held] if isinstance(held, str) else list(held)
    for id_ in dict.fromkeys(map(str, held)):
        left = [each for each in held if each != id_]
        yield _ticked(
            source.number(id_), key=f"{key_of(place)}/{id_}", place=place, on=True, beside=place[-1] == "beside",
            edits=(put(place, held), put(place, left)),
        )  # fmt: skip


def _number(draft: Document, goal: str, source: PlanSource, id_: str, *, key: str, beside: bool) -> Field:
    """A number that the goal's type brings, and whether the goal keeps it."""
    return _ticked(
        source.number(id_), key=f"goals/{goal}/drop/{key}", place=("goals", goal, "drop"),
        on=id_ not in _dropped(draft, goal), edits=_dropping(draft, goal, id_), beside=beside,
    )  # fmt: skip


def _kept(draft: Document, goal: str, ask: str, *, key: str, label: str) -> Field:
    keep, leave = _dropping(draft, goal, ask)
    return Field(
        key=f"goals/{goal}/keep/{key}", place=("goals", goal, "drop", ask), look="tick", label=label,
        value=ask not in _dropped(draft, goal), write=lambda now: [keep if now else leave],
    )  # fmt: skip


def _ticked(number: Number, *, key: str, place: Keys, on: bool, edits: tuple[Edit, Edit], beside: bool) -> Field:
    keep, leave = edits
    return Field(
        key=key, place=(*place, number.id), look="tick", value=on, write=lambda now: [keep if now else leave],
        label=say("planner.questions.beside.label", title=number.title) if beside else number.title,
        help=number.asks, more=_more(number),
    )  # fmt: skip


@cache
def _more(number: Number) -> Markup:
    """What to be careful about, and how it is computed."""
    return some(
        "div",
        some("p", number.caveat, class_="smm-plan-caveat"),
        some("p", number.in_words),
        tag("p", tag("code", number.id), class_="smm-soft"),
        class_="smm-plan-more",
    )


def _dropping(draft: Document, goal: str, what: str) -> tuple[Edit, Edit]:
    """The edits that keep something the goal's type brings, and that leave it out."""
    place: Keys = ("goals", goal, "drop")
    rest = [each for each in _dropped(draft, goal) if each != what]
    return put(place, rest or None), put(place, [*rest, what])


def _dropped(draft: Document, goal: str) -> list[str]:
    held: Any = found(draft, ("goals", goal, "drop"), [])
    return [held] if isinstance(held, str) else list(held)


def _aimed(draft: Document, goal: str, source: PlanSource, judged: Judged) -> Iterator[Group]:
    place = ("goals", goal)
    ids = dict.fromkeys(id_ for each in judged.asked if each.goal == goal for id_ in (*each.lead, *each.beside))
    pairs = [(id_, source.number(id_).title) for id_ in ids]
    held = found(draft, (*place, "targets"), [])
    words = "" if pairs else say("planner.targets.nothing")
    add = _another_target(goal, pairs)
    yield Group(
        key=key_of(place), title=titled(draft, goal), words=words, folds=True,
        places=((*place, "targets"), (*place, "decisions")), acts=(*((add,) if pairs else ()), decision(draft, goal)),
    )  # fmt: skip
    for n, target in enumerate(held if isinstance(held, list) else ()):
        yield _target(draft, source, (*place, "targets", n), str(found(target, ("metric",), "")), pairs)
    yield from decisions(draft, goal, tuple(tables(draft, "people")))


def _target(draft: Document, source: PlanSource, place: Keys, metric: str, pairs: Sequence[tuple[str, str]]) -> Group:
    known = [*pairs] if metric in dict(pairs) else [*pairs, (metric, source.number(metric).title)]
    title = say("planner.targets.on", title=source.number(metric).title)
    return Group(
        key=key_of(place), title=title, within=key_of(place[:2]), places=(place,),
        acts=(removing(*place, title=say("planner.targets.this")),),
        fields=(
            choice(draft, *place, "metric", options=known),
            line(draft, *place, "value"),
            line(draft, *place, "baseline", optional=True),
            day(draft, *place, "by"),
            line(draft, *place, "because", optional=True, look="words"),
        ),
    )  # fmt: skip


def _another_target(goal: str, pairs: Sequence[tuple[str, str]]) -> Act:
    def run(id_: str) -> Sequence[Edit] | str:
        if not id_:
            return say("planner.questions.choose")
        return [added(("goals", goal, "targets"), {"metric": id_, "value": ""})]

    key = key_of(("goals", goal))
    return Act(
        key=f"target/{key}", label=say("planner.targets.add"), asks=say("planner.targets.which"), run=run,
        options=[("", say("planner.none.number")), *pairs], then=lambda _: key,
    )  # fmt: skip
