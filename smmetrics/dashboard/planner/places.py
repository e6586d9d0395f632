"""The last step: where. Channels, what each can measure, and what would be with others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smmetrics.dashboard.html import Markup, joined, tag
from smmetrics.dashboard.planner import matrix
from smmetrics.dashboard.planner.aims import titled
from smmetrics.dashboard.planner.draft import Edit, gone, made
from smmetrics.dashboard.planner.fields import Act, Field, Group, Screen, Suppose, key_of
from smmetrics.dashboard.planner.filling import choice, line, lines, ticks, words_of
from smmetrics.dashboard.planner.naming import adding, handling, removing, short, tables
from smmetrics.words import say

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from smmetrics.dashboard.planner.draft import Document
    from smmetrics.dashboard.planner.source import Judged, PlanSource


def channels(draft: Document, source: PlanSource, judged: Judged, tried: Collection[str]) -> Screen:
    """The channels; none is offered before a goal has a number."""
    held = tables(draft, "channels")
    goals = [(name, titled(draft, name)) for name in tables(draft, "goals")]
    lists = {"often": (("", say("planner.none.expect")), *words_of("expect"))}
    groups = [_channel(draft, name, source, judged, goals) for name in held]
    if not judged.asked:
        early = Group(
            key="channels",
            title=say("planner.channels.early"),
            places=(("channels",),),
            words=say("planner.channels.early_words"),
        )
        return Screen(step="channels", groups=(*groups, early), lists=lists)
    groups += [_adding(draft, source), _supposing(draft, source, tried)]
    groups += [_unused(draft, name) for name in tables(draft, "not_using")]
    return Screen(step="channels", groups=(*groups, adding(draft, "not_using", {"because": ""})), lists=lists)


def supposed(draft: Document, source: PlanSource, tried: Collection[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The channels that are supposed to be gone, and the platforms that are supposed to be there."""
    held = tables(draft, "channels")
    without = tuple(name for name in held if name in tried)
    return without, tuple(id_ for id_ in source.platforms if f"+{id_}" in tried)


def _channel(draft: Document, name: str, source: PlanSource, judged: Judged, goals: Sequence[tuple[str, str]]) -> Group:
    place = ("channels", name)
    platform = str(tables(draft, "channels")[name].get("platform", ""))
    known = {"": say("planner.none.platform"), **source.platforms}
    options = [*known.items()] if platform in known else [*known.items(), (platform, platform)]
    return Group(
        key=key_of(place), title=name, places=(place,), folds=True, acts=handling(draft, *place),
        body=matrix.can(cell for cell in judged.cells if cell.channel == name),
        fields=(
            choice(draft, *place, "platform", options=options),
            line(draft, *place, "account", optional=True),
            ticks(draft, *place, "serves", options=goals),
            ticks(draft, *place, "does"),
            lines(draft, *place, "because"),
            choice(draft, *place, "expect", options="often"),
        ),
    )  # fmt: skip


def _adding(draft: Document, source: PlanSource) -> Group:
    """A new channel, named after its platform."""

    def run(words: str) -> Sequence[Edit] | str:
        if not short(words):
            return say("planner.names.empty")
        return [_new(draft, _platform(words, source), words)]

    add = Act(
        key="add/channels", label=say("planner.channels.label"), asks=say("planner.channels.asks"), run=run,
        then=lambda words: key_of(("channels", _free(draft, short(words)))),
    )  # fmt: skip
    title = say("planner.channels.more") if tables(draft, "channels") else say("planner.channels.first")
    return Group(key="channels", title=title, places=(("channels",),), acts=(add,))


def _supposing(draft: Document, source: PlanSource, tried: Collection[str]) -> Group:
    """What would be with fewer or other channels: ticked are those that would be there."""
    held = tables(draft, "channels")
    fields = [_supposition(name, label=name, on=name not in tried, toggles=name) for name in held]
    fields += [
        _supposition(
            f"+{id_}", label=say("planner.suppose.one_more", title=title), on=f"+{id_}" in tried, toggles=f"+{id_}"
        )
        for id_, title in source.platforms.items()
        if id_ not in source.closed
    ]
    return Group(
        key="suppose", title=say("planner.suppose.title"), words=say("planner.suppose.words"), fields=tuple(fields),
        acts=tuple(_so(draft, source, tried)), body=_outcome(draft, source, tried),
    )  # fmt: skip


def _supposition(name: str, *, label: str, on: bool, toggles: str) -> Field:
    gone_when = not toggles.startswith("+")
    return Field(
        key=f"suppose/{name}", place=("suppose", name), look="tick", label=label, value=on,
        write=lambda now: [Suppose(name=toggles, on=bool(now) != gone_when)],
    )  # fmt: skip


def _outcome(draft: Document, source: PlanSource, tried: Collection[str]) -> Markup:
    without, with_ = supposed(draft, source, tried)
    if not (without or with_):
        return joined(())
    shifts = source.supposed(draft, without=without, with_=with_).shifts
    told = matrix.changes(shifts, goal=lambda name: titled(draft, name), number=lambda id_: source.number(id_).title)
    return tag("div", told, class_="smm-plan-changes")


def _so(draft: Document, source: PlanSource, tried: Collection[str]) -> Iterator[Act]:
    """Do what was supposed."""
    without, with_ = supposed(draft, source, tried)
    if without or with_:
        edits = [*(gone(("channels", name)) for name in without), *(_new(draft, id_, id_) for id_ in with_)]
        still = [Suppose(name=name, on=False) for name in tried]
        yield Act(
            key="suppose/so", label=say("planner.suppose.so"), run=lambda _: [*still, *edits], then=lambda _: "suppose"
        )


def _new(draft: Document, platform: str, words: str) -> Edit:
    table: Mapping[str, object] = {"platform": platform, "account": "", "serves": [], "does": [], "because": ""}
    return made(("channels", _free(draft, short(words))), table)


def _free(draft: Document, name: str) -> str:
    """A name that no channel has."""
    taken, number, free = tables(draft, "channels"), 1, name
    while free in taken:
        number += 1
        free = f"{name}-{number}"
    return free


def _platform(words: str, source: PlanSource) -> str:
    """The platform of a title, or the word itself."""
    folded = words.strip().casefold()
    return next((id_ for id_, title in source.platforms.items() if folded in {id_, title.casefold()}), short(words))


def _unused(draft: Document, name: str) -> Group:
    place = ("not_using", name)
    return Group(
        key=key_of(place), title=say("planner.channels.unused", name=name), places=(place,), folds=True,
        acts=(removing(*place, title=name),), fields=(lines(draft, *place, "because"),),
    )  # fmt: skip
