"""Binding: which channel's sources can feed which metric of which question, why not, and what would do.

From declarations alone; no data is read. Nothing is ever substituted: what cannot be measured is said to be so.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from smmetrics.contracts.feeding import Verdict, feed, feeds
from smmetrics.contracts.formula.pending import NOT_COMPUTED
from smmetrics.contracts.reach import Reach, takes_part
from smmetrics.contracts.references import pack_of
from smmetrics.registry.known import known
from smmetrics.words import say

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from smmetrics.api.capability import BindingStatus, ChannelRef, QuestionRef
    from smmetrics.contracts.catalogue import Catalogue

Role = Literal["lead", "guard"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Cell:
    """One metric of one question on one channel.

    ``source`` is the best source (several where several tables are read, joined by `` + ``), ``have`` the imported
    ones that feed it and ``came_in`` all of this platform that were imported; ``would_do`` what could be imported
    instead or besides: ids of sources of the same platform, words of the sources themselves, then ids of others.
    """

    goal: str
    question: str
    metric: str
    role: Role
    channel: str
    platform: str
    source: str = ""
    status: BindingStatus = "unknown"
    reason: str = ""
    note: str = ""
    have: str = ""
    came_in: tuple[str, ...] = ()
    would_do: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """What binding may look at: ``files`` only what came in; ``only`` these sources on these channels (by name).

    ``gone``: platforms that are supposed not to be there, with all their sources.
    """

    files: bool = False
    only: Mapping[str, tuple[str, ...]] | None = None
    gone: frozenset[str] = frozenset()

    def of(self, channel: str) -> tuple[str, ...]:
        """The sources a channel is limited to; empty: all of its platform."""
        return (self.only or {}).get(channel, ())


def bind(
    questions: Iterable[QuestionRef],
    channels: Iterable[ChannelRef],
    catalogue: Catalogue,
    imported: Collection[str] = (),
    limits: Limits | None = None,
) -> tuple[Cell, ...]:
    """Bind every metric of every question to every channel that serves its goal, with its best source.

    ``imported`` are the ids (``platform.kind``) of the sources that have come in. Order: questions, their leads before
    their guards, channels, each as given.
    """
    within = limits or Limits()
    reach = Reach(catalogue, imported, gone=within.gone)
    return tuple(_judged(cell, reach, within) for cell in _empty(questions, channels, catalogue))


def bind_sources(
    questions: Iterable[QuestionRef],
    channels: Iterable[ChannelRef],
    catalogue: Catalogue,
    imported: Collection[str] = (),
    limits: Limits | None = None,
) -> tuple[Cell, ...]:
    """The same, with a cell for each source of a channel's platform by itself, what it can and what it cannot."""
    within = limits or Limits()
    reach = Reach(catalogue, imported, gone=within.gone)
    return tuple(each for cell in _empty(questions, channels, catalogue) for each in _by_source(cell, reach, within))


def _empty(questions: Iterable[QuestionRef], channels: Iterable[ChannelRef], catalogue: Catalogue) -> Iterator[Cell]:
    """The cells, not judged yet."""
    known = ((channel, catalogue.platform(channel.platform)) for channel in channels)
    served = [(channel, platform.id if platform else channel.platform) for channel, platform in known]
    for question in questions:
        for metric, role in _metrics(question):
            for channel, platform in served:
                if not channel.serves or question.goal in channel.serves:
                    yield Cell(
                        goal=question.goal,
                        question=question.ask,
                        metric=metric,
                        role=role,
                        channel=channel.name,
                        platform=platform,
                    )


def _metrics(question: QuestionRef) -> Iterator[tuple[str, Role]]:
    yield from ((metric, "lead") for metric in dict.fromkeys(question.lead))
    yield from ((metric, "guard") for metric in dict.fromkeys(question.guard) if metric not in question.lead)


def _judged(cell: Cell, reach: Reach, limits: Limits) -> Cell:
    """The cell with its best source, or why there is none."""
    refused = _refused(cell, reach)
    if refused is not None:
        return refused
    ids = reach.ids(cell.platform, only=limits.of(cell.channel))
    came = reach.ids(cell.platform, came_in=True, only=limits.of(cell.channel))
    best, mine = reach.verdict(cell.metric, ids), reach.verdict(cell.metric, came)
    if cell.platform not in reach.catalogue.platforms and not feeds(best):
        return _with(cell, _absent_platform(cell.platform), would_do=reach.feeders(cell.metric))
    have = ", ".join(mine.sources) if feeds(mine) else ""
    if have and mine.status == best.status:
        return _with(cell, mine, have=have, reach=reach)
    shown = _of_files(mine, came) if limits.files else best
    if not feeds(best):
        own = reach.feeders(cell.metric, cell.platform)
        ways = (*own, *best.would_do, *reach.feeders(cell.metric))
        return _with(cell, shown, reach=reach, would_do=ways)
    lacking = (*best.sources, *reach.feeders(cell.metric, cell.platform))
    ways = tuple(id_ for id_ in lacking if id_ not in reach.imported)
    return _with(cell, shown, have=have, reach=reach, would_do=ways)


def _by_source(cell: Cell, reach: Reach, limits: Limits) -> Iterator[Cell]:
    """A cell for each source that has to do with the channel; the one cell there is where none has."""
    found = _refused(cell, reach)
    ids = reach.ids(cell.platform, came_in=limits.files, only=limits.of(cell.channel)) if found is None else ()
    elsewhere = {source.id for source in reach.everywhere if source.platform != cell.platform}
    some = False
    for id_ in ids:
        verdict = reach.verdict(cell.metric, (id_,)) if id_ in elsewhere else reach.alone(cell.metric, id_)
        if not feeds(verdict) and id_ not in verdict.sources:
            verdict = reach.verdict(cell.metric, (id_,))  # what it says of itself, not what others say
        if takes_part(verdict, id_) or not (feeds(verdict) or id_ in elsewhere):
            some = True
            have = id_ if id_ in reach.imported and feeds(verdict) else ""
            came_in = (id_,) if id_ in reach.imported else ()
            judged = _with(cell, verdict, have=have, would_do=verdict.would_do)
            yield replace(judged, source=id_, came_in=came_in)
    if not some:
        yield found or _judged(cell, reach, limits)


def _with(
    cell: Cell, verdict: Verdict, *, have: str = "", reach: Reach | None = None, would_do: Iterable[str] = ()
) -> Cell:
    """The cell with its verdict. What needs no file at all says so: no cell is without a source or a reason."""
    plain = verdict.status == "measurable" and not verdict.sources and not verdict.note
    return replace(
        cell,
        source=verdict.source,
        status=verdict.status,
        reason=verdict.reason,
        note=say("next.coverage.no_file_needed") if plain else verdict.note,
        have=have,
        came_in=reach.held(cell.platform) if reach else (),
        would_do=tuple(dict.fromkeys(would_do)),
    )


def _of_files(mine: Verdict, came: Collection[str]) -> Verdict:
    """What the files make of it; where none came in, that is the reason."""
    return mine if came else replace(mine, note=say("next.coverage.no_file_came_in"))


def _refused(cell: Cell, reach: Reach) -> Cell | None:
    """A cell that no source can change: nobody defines the metric, or no release computes it."""
    if cell.metric not in reach.catalogue.metrics:
        return _with(cell, _absent_metric(cell.metric, reach.catalogue))
    formula = reach.catalogue.metrics[cell.metric].formula
    if not formula.pending:
        return None
    verdict = feed(formula, (), reach.catalogue)
    note = verdict.note if verdict.reason == NOT_COMPUTED else say("goals.coverage.not_yet", why=verdict.note)
    return _with(cell, replace(verdict, note=note))


def _absent_metric(metric: str, catalogue: Catalogue) -> Verdict:
    pack = pack_of(metric)
    if metric in catalogue.defined or metric in {fault.subject for fault in catalogue.faults}:
        see = "smmetrics plugins doctor" if pack else "smmetrics review"
        note = say("next.coverage.metric_at_fault", metric=metric, see=see)
    elif pack in catalogue.packs:
        note = say("next.coverage.metric_unknown", metric=metric, pack=pack)
    elif pack:
        note = say("next.coverage.pack_absent", pack=pack, brings=brings(likely(pack)))
    else:
        note = say("next.coverage.own_metric_absent", metric=metric)
    return Verdict(status="unknown", reason="plugin.missing", note=note)


def _absent_platform(platform: str) -> Verdict:
    note = say("next.coverage.platform_absent", platform=platform, brings=brings(likely(platform)))
    return Verdict(status="unknown", reason="plugin.missing", note=note)


def awaited(cell: Cell, catalogue: Catalogue) -> str:
    """The pack or the platform whose plugin a cell waits for; empty where none is missing."""
    if cell.metric not in catalogue.metrics:
        pack = pack_of(cell.metric)
        return pack if pack and pack not in catalogue.packs else ""
    return cell.platform if cell.reason == "plugin.missing" else ""


def likely(word: str) -> str:
    """The likely name of the distribution that brings a pack or a platform."""
    return f"smmetrics-{word.strip().lower().replace('_', '-').replace(' ', '-')}"


def brings(distribution: str) -> str:
    """What to install, in brackets; nothing where nobody knows of such a distribution: a guess is anybody's name."""
    return say("next.coverage.brings", distribution=distribution) if known(distribution) else ""


__all__ = ["Cell", "Limits", "Verdict", "awaited", "bind", "bind_sources", "brings", "feed", "likely"]
