"""What a step of the planner consists of: groups of fields, each with the place it fills, and what can be done there.

Plain records. `told` gives what the page needs of them; what is typed there comes back by a field's key.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from smmetrics.dashboard.html import Markup, joined
from smmetrics.words import say

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from smmetrics.dashboard.planner.draft import Edit, Keys

Look = Literal["line", "words", "lines", "number", "day", "choice", "ticks", "tick"]
Options: TypeAlias = "Sequence[tuple[str, str]] | str"
"""Values with their words, or the name of a list that several fields share."""
Nothing = joined(())


@dataclass(frozen=True, kw_only=True, slots=True)
class Suppose:
    """What is tried and not done: a channel gone, or a ``+platform`` there."""

    name: str
    on: bool


@dataclass(frozen=True, kw_only=True)
class Field:
    """One thing to fill in: what it shows now, and the edits that a new value means. ``place``: where remarks point."""

    key: str
    place: Keys
    look: Look
    label: str
    value: Any
    write: Callable[[Any], Sequence[Edit | Suppose]]
    help: str = ""
    options: Options = ()
    more: Markup = Nothing


@dataclass(frozen=True, kw_only=True)
class Act:
    """Something to do: ``asks`` a word first, chosen from ``options`` where there are any.

    ``run`` gives edits, or what stands against them in words. ``then`` gives the key of the group to go to.
    """

    key: str
    label: str
    run: Callable[[str], Sequence[Edit | Suppose] | str]
    asks: str = ""
    options: Options = ()
    then: Callable[[str], str] = lambda _: ""


@dataclass(frozen=True, kw_only=True)
class Group:
    """Fields that belong together. ``places``: remarks from there that fit no field stand at its head.

    ``within``: the key of the group it stands in. ``folds``: it can be folded away.
    """

    key: str
    title: str
    places: tuple[Keys, ...] = ()
    words: str = ""
    fields: tuple[Field, ...] = ()
    acts: tuple[Act, ...] = ()
    body: Markup = Nothing
    within: str = ""
    folds: bool = False


@dataclass(frozen=True, kw_only=True)
class Screen:
    """One step: its groups, and ``lists``: options that several fields share."""

    step: str
    groups: tuple[Group, ...]
    lists: Mapping[str, Sequence[tuple[str, str]]] = field(default_factory=dict)

    @property
    def fields(self) -> Mapping[str, Field]:
        """All fields by key."""
        return {each.key: each for group in self.groups for each in group.fields}

    @property
    def acts(self) -> Mapping[str, Act]:
        """All that can be done, by key."""
        return {each.key: each for group in self.groups for each in group.acts}

    def told(self) -> dict[str, Any]:
        """The step as the page reads it, without what is filled in."""
        return {
            "step": self.step,
            "title": say(f"planner.steps.{self.step}.title"),
            "why": say(f"planner.steps.{self.step}.why"),
            "groups": [_told(group) for group in self.groups],
            "lists": {name: [list(pair) for pair in pairs] for name, pairs in self.lists.items()},
        }

    def values(self) -> dict[str, Any]:
        """What is filled in, by key."""
        return {key: each.value for key, each in self.fields.items()}


def key_of(place: Keys) -> str:
    """A place as one word."""
    return "/".join(map(str, place))


def _told(group: Group) -> dict[str, Any]:
    fields = [
        {"key": each.key, "look": each.look, "label": each.label, "help": each.help,
         "options": _options(each.options), "more": each.more.tree()} for each in group.fields
    ]  # fmt: skip
    acts = [
        {"key": each.key, "label": each.label, "asks": each.asks, "options": _options(each.options)}
        for each in group.acts
    ]
    return {
        "key": group.key, "title": group.title, "words": group.words, "within": group.within, "folds": group.folds,
        "body": group.body.tree(), "fields": fields, "acts": acts,
    }  # fmt: skip


def _options(options: Options) -> Any:  # noqa: ANN401 (a name or pairs)
    return options if isinstance(options, str) else [list(pair) for pair in options]
