"""Binding: which channel's sources can feed which metric of which question, why not, and what would do.

From declarations alone; no data is read. Nothing is ever substituted: what cannot be measured is said to be so.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from smmetrics.contracts.feeding import Verdict, feed, feeds, holds
from smmetrics.contracts.references import pack_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from smmetrics.api.capability import BindingStatus, ChannelRef, QuestionRef
    from smmetrics.api.sources import Source
    from smmetrics.contracts.catalogue import Catalogue
    from smmetrics.contracts.formula import Formula

Role = Literal["lead", "guard"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Cell:
    """One metric of one question on one channel.

    ``source`` is the best source (several where several tables are read, joined by `` + ``), ``have`` the imported
    ones that feed it, ``would_do`` what could be imported instead or besides: ids of sources, and words of the sources
    themselves.
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
    would_do: tuple[str, ...] = ()


def bind(
    questions: Iterable[QuestionRef],
    channels: Iterable[ChannelRef],
    catalogue: Catalogue,
    imported: Collection[str] = (),
) -> tuple[Cell, ...]:
    """Bind every metric of every question to every channel that serves its goal.

    ``imported`` are the ids (``platform.kind``) of the sources that have come in. Order: questions, their leads before
    their guards, channels, each as given.
    """
    reach = _Reach(catalogue, frozenset(imported))
    served = tuple(channels)
    return tuple(
        _cell(question, metric, role, channel, reach)
        for question in questions
        for metric, role in _metrics(question)
        for channel in served
        if not channel.serves or question.goal in channel.serves
    )


def _metrics(question: QuestionRef) -> Iterator[tuple[str, Role]]:
    yield from ((metric, "lead") for metric in dict.fromkeys(question.lead))
    yield from ((metric, "guard") for metric in dict.fromkeys(question.guard) if metric not in question.lead)


class _Reach:
    """The sources each platform has, and what came in."""

    def __init__(self, catalogue: Catalogue, imported: frozenset[str]) -> None:
        self.catalogue = catalogue
        self.imported = imported
        self._verdicts: dict[tuple[str, str, bool], Verdict] = {}

    @cached_property
    def everywhere(self) -> tuple[Source, ...]:
        """Sources whose rows belong to no platform, such as time people gave: they serve every channel."""
        views = self.catalogue.views
        bare = [view.name for view in views.values() if view.computed and view.column("platform") is None]
        return tuple(source for source in self.catalogue.sources.values() if any(holds(source, name) for name in bare))

    def sources(self, platform: str, *, came_in: bool = False) -> tuple[Source, ...]:
        """The platform's sources, imported ones first, then those that serve every channel."""
        own = [source for source in self.catalogue.sources.values() if source.platform == platform]
        both = dict.fromkeys(source.id for source in (*own, *self.everywhere))
        ids = sorted(both, key=lambda id_: id_ not in self.imported)
        return tuple(self.catalogue.sources[id_] for id_ in ids if not came_in or id_ in self.imported)

    def verdict(self, metric: str, platform: str, *, came_in: bool = False) -> Verdict:
        """What the platform's sources, or those of them that came in, make of a metric."""
        key = (metric, platform, came_in)
        if key not in self._verdicts:
            formula = self.catalogue.metrics[metric].formula
            self._verdicts[key] = feed(formula, self.sources(platform, came_in=came_in), self.catalogue)
        return self._verdicts[key]

    def others(self, metric: str, platform: str = "") -> tuple[str, ...]:
        """Ids of sources (of one platform) that would feed a metric, each with those that serve every channel."""
        formula = self.catalogue.metrics[metric].formula
        own = (source for source in self.catalogue.sources.values() if platform in ("", source.platform))
        return tuple(source.id for source in own if _needed(formula, source, self.everywhere, self.catalogue))


def _needed(formula: Formula, source: Source, everywhere: Sequence[Source], catalogue: Catalogue) -> bool:
    """Whether a source, with those that serve every channel, feeds a formula and has a part in it."""
    verdict = feed(formula, (source, *(other for other in everywhere if other.id != source.id)), catalogue)
    return feeds(verdict) and source.id in verdict.sources


def _cell(question: QuestionRef, metric: str, role: Role, channel: ChannelRef, reach: _Reach) -> Cell:
    platform = reach.catalogue.platform(channel.platform)
    name = platform.id if platform else channel.platform
    verdict, have, others = _judged(metric, name, reach)
    return Cell(
        goal=question.goal,
        question=question.ask,
        metric=metric,
        role=role,
        channel=channel.name,
        platform=name,
        source=verdict.source,
        status=verdict.status,
        reason=verdict.reason,
        note=verdict.note,
        have=have,
        would_do=tuple(dict.fromkeys((*others, *verdict.would_do))),
    )


def _judged(metric: str, platform: str, reach: _Reach) -> tuple[Verdict, str, tuple[str, ...]]:
    catalogue = reach.catalogue
    if metric not in catalogue.metrics:
        return _absent_metric(metric, catalogue), "", ()
    formula = catalogue.metrics[metric].formula
    if formula.pending:
        return feed(formula, (), catalogue), "", ()
    best = reach.verdict(metric, platform)
    if platform not in catalogue.platforms and not feeds(best):
        return _absent_platform(platform), "", reach.others(metric)
    mine = reach.verdict(metric, platform, came_in=True)
    have = ", ".join(mine.sources) if feeds(mine) else ""
    if have and mine.status == best.status:
        return mine, have, ()
    if not feeds(best):
        return best, have, reach.others(metric)
    lacking = (id_ for id_ in (*best.sources, *reach.others(metric, platform)) if id_ not in reach.imported)
    return best, have, tuple(dict.fromkeys(lacking))


def _absent_metric(metric: str, catalogue: Catalogue) -> Verdict:
    pack = pack_of(metric)
    if metric in catalogue.defined or metric in {fault.subject for fault in catalogue.faults}:
        see = "smmetrics plugins doctor" if pack else "smmetrics review"
        note = f"the definition of {metric} is at fault; see: {see}"
    elif pack in catalogue.packs:
        note = f"the pack {pack} has no metric {metric}"
    elif pack:
        note = f"the pack {pack} is not installed (likely smmetrics-{pack.replace('_', '-')})"
    else:
        note = f"the strategy defines no metric {metric}"
    return Verdict(status="unknown", reason="plugin.missing", note=note)


def _absent_platform(platform: str) -> Verdict:
    note = f"no plugin for {platform} is installed (likely smmetrics-{platform.replace('_', '-')})"
    return Verdict(status="unknown", reason="plugin.missing", note=note)


__all__ = ["Cell", "Verdict", "bind", "feed"]
