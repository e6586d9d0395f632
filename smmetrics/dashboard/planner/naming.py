"""Tables with names: how they are added, called something else, and taken away."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from smmetrics.dashboard.planner.draft import Edit, found, gone, made, put, renamed
from smmetrics.dashboard.planner.fields import Act, Group, key_of
from smmetrics.words import say, section

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from smmetrics.dashboard.planner.draft import Document

LONGEST = 40
_APART = re.compile(r"[^\w-]+")
_USES: Mapping[str, tuple[tuple[str, str], ...]] = {
    "audiences": (("goals", "audience"), ("channels", "audience")),
    "people": (("goals", "people"),),
    "goals": (("channels", "serves"), ("campaigns", "goals")),
}
"""Where the names of a part are used: part and key."""


def tables(draft: Document, part: str) -> dict[str, dict[str, Any]]:
    """The tables of a part of the file by name; what is none is left to the remarks."""
    held = found(draft, (part,))
    return {name: table for name, table in held.items() if isinstance(table, dict)} if isinstance(held, dict) else {}


def short(words: str) -> str:
    """A name out of words: ``Answer people!`` is *answer-people*."""
    return _APART.sub("-", words.strip().lower())[:LONGEST].strip("-_")


def adding(draft: Document, part: str, table: Mapping[str, Any], *, titled: str = "") -> Group:
    """Where a table is added. ``titled``: the key that keeps the words it was named by, where they say more."""

    def run(words: str) -> Sequence[Edit] | str:
        name = short(words)
        against = _against(draft, part, name)
        kept = {titled: words.strip()} if titled and words.strip() != name else {}
        return against or [made((part, name), {**kept, **table})]

    said = section(f"planner.add.{part}")
    add = Act(
        key=f"add/{part}", label=said["label"], asks=said["asks"], run=run,
        then=lambda words: key_of((part, short(words))),
    )  # fmt: skip
    title = said["more" if tables(draft, part) else "first"]
    return Group(key=part, title=title, places=((part,),), acts=(add,))


def handling(draft: Document, part: str, name: str) -> tuple[Act, ...]:
    """Call a table something else, everywhere it is used; take it away."""
    place = (part, name)

    def rename(words: str) -> Sequence[Edit] | str:
        new = short(words)
        return _against(draft, part, new) or [renamed(place, new), *_followed(draft, part, name, new)]

    return (
        Act(
            key=f"rename/{key_of(place)}", label=say("planner.rename.label"), run=rename,
            asks=say("planner.rename.asks", name=name), then=lambda words: key_of((part, short(words))),
        ),
        removing(*place, title=name),
    )  # fmt: skip


def removing(*place: str | int, title: str) -> Act:
    """Take a table away."""
    return Act(
        key=f"remove/{key_of(place)}", label=say("planner.remove", name=title), run=lambda _: [gone(place)],
        then=lambda _: key_of(place[:1]),
    )  # fmt: skip


def _against(draft: Document, part: str, name: str) -> str:
    """What stands against a name, in words."""
    if not name:
        return say("planner.names.empty")
    return say("planner.names.taken", name=name) if name in tables(draft, part) else ""


def _followed(draft: Document, part: str, old: str, new: str) -> Iterator[Edit]:
    """The edits by which all that names a table names it anew."""
    for where, key in _USES.get(part, ()):
        for user, table in tables(draft, where).items():
            named = table.get(key)
            names = [named] if isinstance(named, str) else named
            if isinstance(names, list) and old in names:
                yield put((where, user, key), [new if name == old else name for name in names])
    if part == "people":
        for goal, table in tables(draft, "goals").items():
            yield from _person(goal, table, old, new)


def _person(goal: str, table: Mapping[str, Any], old: str, new: str) -> Iterator[Edit]:
    """Where a goal names one person: whose hours, who hears people, who decides."""
    if isinstance(table.get("hours"), dict) and old in table["hours"]:
        yield put(("goals", goal, "hours", new), table["hours"][old])
        yield put(("goals", goal, "hours", old), None)
    places: list[tuple[str | int, ...]] = [("customer_voice", "owner")]
    places += [("decisions", n, "who") for n, _ in enumerate(table.get("decisions", []))]
    for place in places:
        if found(table, place) == old:
            yield put(("goals", goal, *place), new)
