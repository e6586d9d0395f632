"""The first steps: what it is for, for whom, and who does it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smmetrics.dashboard.planner.fields import Group, Screen
from smmetrics.dashboard.planner.filling import choice, day, line, lines, number, tick
from smmetrics.dashboard.planner.naming import adding, handling, tables
from smmetrics.dashboard.planner.promised import ALL, promise, promises
from smmetrics.words import say

if TYPE_CHECKING:
    from smmetrics.dashboard.planner.draft import Document
    from smmetrics.dashboard.planner.source import PlanSource


def purpose(draft: Document) -> Screen:
    """What should be different, and who above the team stands behind it."""
    whole = Group(
        key="purpose", title=say("planner.groups.purpose"), places=(("purpose",), ("title",)),
        fields=(line(draft, "purpose", look="words"), line(draft, "title")),
    )  # fmt: skip
    backing = Group(
        key="backing", title=say("planner.groups.backing"), places=(("backing",),),
        words=say("planner.groups.backing_words"),
        fields=(*(line(draft, "backing", key) for key in ("who", "gives", "it")), day(draft, "backing", "since")),
    )  # fmt: skip
    return Screen(step="purpose", groups=(whole, backing))


def audiences(draft: Document, source: PlanSource) -> Screen:
    """The people it is for, and what they are promised; for colleagues and children, what was agreed."""
    held = tables(draft, "audiences")
    groups = [group for name in held for group in (_audience(draft, name), *promises(draft, name, source))]
    lists = {ALL: [("", say("planner.none.number")), *source.numbers.items()]}
    if any(table.get("inside") is True or table.get("minors") is True for table in held.values()) or "privacy" in draft:
        groups.append(_privacy(draft))
    groups.append(adding(draft, "audiences", {"who": "", "kind": "community", "shares": "", "where": ""}))
    return Screen(step="audiences", groups=tuple(groups), lists=lists)


def people(draft: Document) -> Screen:
    """Those who do the work, their hours, and how they are known when they speak."""
    groups = (_person(draft, name) for name in tables(draft, "people"))
    return Screen(step="people", groups=(*groups, adding(draft, "people", {"role": ""})))


def _audience(draft: Document, name: str) -> Group:
    place = ("audiences", name)
    return Group(
        key="/".join(place), title=name, places=(place,), folds=True,
        acts=(promise(draft, name), *handling(draft, *place)),
        fields=(
            line(draft, *place, "who", look="words"),
            choice(draft, *place, "kind"),
            line(draft, *place, "shares", look="words"),
            line(draft, *place, "where", look="words"),
            number(draft, *place, "size", whole=True),
            tick(draft, *place, "inside"),
            tick(draft, *place, "minors"),
        ),
    )  # fmt: skip


def _privacy(draft: Document) -> Group:
    return Group(
        key="privacy", title=say("planner.groups.privacy"), words=say("planner.groups.privacy_words"),
        places=(("privacy",),),
        fields=(
            line(draft, "privacy", "agreed_with"),
            day(draft, "privacy", "agreed_on"),
            number(draft, "privacy", "smallest_group", whole=True),
        ),
    )  # fmt: skip


def _person(draft: Document, name: str) -> Group:
    place = ("people", name)
    return Group(
        key="/".join(place), title=name, places=(place,), folds=True, acts=handling(draft, *place),
        fields=(
            line(draft, *place, "role"),
            number(draft, *place, "hours_per_week"),
            lines(draft, *place, "speaks_as"),
            lines(draft, *place, "signs"),
            lines(draft, *place, "marks"),
            lines(draft, *place, "trained_for"),
        ),
    )  # fmt: skip
