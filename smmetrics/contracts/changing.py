"""What if: the channels without some and with others, and what becomes of every number then."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NoReturn

from smmetrics.api.capability import ChannelRef
from smmetrics.api.errors import UserMistake
from smmetrics.contracts.feeding import RANK
from smmetrics.contracts.formula import nearest
from smmetrics.words import say

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from smmetrics.api.capability import BindingStatus
    from smmetrics.contracts.binding import Cell, Role
    from smmetrics.contracts.catalogue import Catalogue

Change = Literal["same", "lost", "weaker", "stronger", "gained"]
FED = frozenset({"measurable", "partly"})
Key = tuple[str, str, str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Shift:
    """What becomes of one metric of one question. ``before`` and ``after``: its best cell, None where no channel is.

    ``change``: there will be no number any more (lost), less of one (weaker), more (stronger), one at last (gained).
    ``fewer``: channels that feed it now and no longer then, where it keeps a number from the others.
    """

    goal: str
    question: str
    metric: str
    role: Role
    change: Change
    before: Cell | None = None
    after: Cell | None = None
    fewer: tuple[str, ...] = ()


def changed(
    channels: Iterable[ChannelRef], catalogue: Catalogue, *, without: Iterable[str] = (), with_: Iterable[str] = ()
) -> tuple[tuple[ChannelRef, ...], Mapping[str, tuple[str, ...]]]:
    """The channels after the change, and the sources that new ones are limited to.

    ``without`` are names of channels, or of platforms and then all their channels; ``with_`` are platforms, perhaps
    ``PLATFORM:SOURCE``. A new channel takes over the goals of those left out; where none is, it serves every goal.

    Raises:
        UserMistake: for a word that names nothing, with the nearest one.
    """
    there = tuple(channels)
    gone = {channel.name for word in without for channel in _named(word, there, catalogue)}
    left = [channel for channel in there if channel.name not in gone]
    served = _served(channel for channel in there if channel.name in gone)
    only: dict[str, tuple[str, ...]] = {}
    for word in with_:
        platform, sources = _place(word, there, catalogue)
        name = _free(platform, {channel.name for channel in left})
        left.append(ChannelRef(name=name, platform=platform, serves=served))
        if sources:
            only[name] = sources
    return tuple(left), only


def shifts(before: Sequence[Cell], after: Sequence[Cell]) -> tuple[Shift, ...]:
    """What becomes of each metric of each question, the best of its channels against the best of the others."""
    was, is_ = best(before), best(after)
    fed, still = _feeding(before), _feeding(after)
    return tuple(
        _shift(was.get(key), is_.get(key), fewer=_fewer(fed.get(key, ()), still.get(key, ())))
        for key in dict.fromkeys((*was, *is_))
    )


def _feeding(cells: Iterable[Cell]) -> Mapping[Key, tuple[str, ...]]:
    """The channels that feed each metric of each question with files of their own platform."""
    found: dict[Key, tuple[str, ...]] = {}
    for cell in cells:
        own = (id_.partition(".")[0] == cell.platform for id_ in cell.source.split(" + "))
        if cell.status in FED and any(own):
            key = (cell.goal, cell.question, cell.metric)
            found[key] = (*found.get(key, ()), cell.channel)
    return found


def _fewer(before: Sequence[str], after: Sequence[str]) -> tuple[str, ...]:
    """Those that are gone, where others are left."""
    return tuple(name for name in before if name not in after) if after else ()


def left_out(before: Iterable[ChannelRef], after: Iterable[ChannelRef], catalogue: Catalogue) -> frozenset[str]:
    """Platforms that had a channel and have none any more."""
    there = {_id(channel.platform, catalogue) for channel in after}
    return frozenset(_id(channel.platform, catalogue) for channel in before) - there


def best(cells: Iterable[Cell]) -> dict[Key, Cell]:
    """The best cell of each metric of each question: the first of equals."""
    found: dict[Key, Cell] = {}
    for cell in cells:
        key = (cell.goal, cell.question, cell.metric)
        if key not in found or RANK[cell.status] < RANK[found[key].status]:
            found[key] = cell
    return found


def _shift(before: Cell | None, after: Cell | None, *, fewer: tuple[str, ...]) -> Shift:
    cell = before or after
    if cell is None:
        message = "a shift needs a cell before or after"
        raise ValueError(message)
    change = _change(before.status if before else None, after.status if after else None)
    return Shift(
        goal=cell.goal,
        question=cell.question,
        metric=cell.metric,
        role=cell.role,
        change=change,
        before=before,
        after=after,
        fewer=fewer,
    )


def _change(before: BindingStatus | None, after: BindingStatus | None) -> Change:
    if (before in FED) != (after in FED):
        return "lost" if before in FED else "gained"
    if before is None or after is None or before not in FED or before == after:
        return "same"
    return "stronger" if RANK[after] < RANK[before] else "weaker"


def _named(word: str, channels: Sequence[ChannelRef], catalogue: Catalogue) -> tuple[ChannelRef, ...]:
    """The channel of this name, or all channels of this platform."""
    by_name = tuple(channel for channel in channels if channel.name == word)
    if by_name:
        return by_name
    wanted = _id(word, catalogue)
    found = tuple(channel for channel in channels if _id(channel.platform, catalogue) == wanted)
    if not found:
        known = [name for channel in channels for name in (channel.name, channel.platform)]
        _refuse(say("next.coverage.no_such_channel", word=word), word, known, code="channel.unknown")
    return found


def _place(word: str, channels: Sequence[ChannelRef], catalogue: Catalogue) -> tuple[str, tuple[str, ...]]:
    """A platform and the sources it is limited to, of ``PLATFORM`` or ``PLATFORM:SOURCE``."""
    said, _, kind = word.partition(":")
    platform = _id(said, catalogue)
    named = {_id(channel.platform, catalogue) for channel in channels}
    if platform not in catalogue.platforms and platform not in named:
        _refuse_platform(said, catalogue)
    if not kind.strip():
        return platform, ()
    own = {source.kind: source.id for source in catalogue.sources.values() if source.platform == platform}
    kind = kind.strip().removeprefix(f"{platform}.")
    if kind not in own:
        message = say("next.coverage.no_such_source", platform=platform, word=kind)
        _refuse(message, kind, own, code="source.unknown")
    return platform, (own[kind],)


def _refuse_platform(word: str, catalogue: Catalogue) -> NoReturn:
    """A platform that nothing reads: the nearest one that is read, else how a table of it can be read all the same."""
    names = [name for each in catalogue.platforms.values() for name in (each.id, *each.aliases)]
    like = nearest(word.casefold(), names)
    known = ", ".join(sorted(catalogue.platforms))
    hint = say("next.coverage.did_you_mean", word=like) if like else say("next.coverage.map_it", known=known)
    raise UserMistake(say("next.coverage.no_such_platform", word=word), hint=hint, code="platform.unknown")


def _id(word: str, catalogue: Catalogue) -> str:
    platform = catalogue.platform(word.strip())
    return platform.id if platform else word.strip()


def _served(gone: Iterable[ChannelRef]) -> tuple[str, ...]:
    """All goals that the channels left out serve; empty: every goal."""
    served = [channel.serves for channel in gone]
    return () if () in served else tuple(dict.fromkeys(goal for goals in served for goal in goals))


def _free(name: str, taken: Collection[str]) -> str:
    """A name that no channel has."""
    while name in taken:
        name = say("next.coverage.new_channel", platform=name)
    return name


def _refuse(message: str, word: str, known: Iterable[str], *, code: str) -> NoReturn:
    names = tuple(dict.fromkeys(known))
    like = nearest(word.casefold(), names)
    hint = say("next.coverage.did_you_mean", word=like) if like else say("next.coverage.known", names=", ".join(names))
    raise UserMistake(message, hint=hint if names else "", code=code)
