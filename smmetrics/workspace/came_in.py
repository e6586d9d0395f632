"""What the files that came in can feed: by platform whether they can, and which of them cannot tell what is meant."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import polars as pl

from smmetrics.contracts.feeding import Feeding, feeds
from smmetrics.contracts.labelling import TABLE as LABELS
from smmetrics.contracts.needing import has_place
from smmetrics.contracts.roles import AUTHOR, STAFF, VIA, roles_asked
from smmetrics.words import section
from smmetrics.workspace import unread

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from smmetrics.api.sources import Source
    from smmetrics.contracts.catalogue import Catalogue, CompiledMetric
    from smmetrics.contracts.feeding import Verdict
    from smmetrics.derive import Derived
    from smmetrics.engine import Window
    from smmetrics.workspace.core import Workspace

Said: TypeAlias = tuple[str, str]
"""Whether files can feed a metric, and why not."""


@dataclass(frozen=True, kw_only=True, slots=True)
class CameIn:
    """The files that came in, looked at once for all metrics of a question.

    ``serving``: by platform its sources, with those whose rows belong to no platform (time people gave). These stand
    for themselves only where nothing else came in. ``unread``: what is said of platforms whose files no loaded plugin
    reads. ``seen``: the kinds of files that cover some day asked for.
    """

    catalogue: Catalogue
    source: Derived
    serving: Mapping[str, Sequence[Source]]
    unread: Mapping[str, Said]
    seen: frozenset[str]

    @classmethod
    def of(cls, workspace: Workspace, source: Derived, window: Window) -> CameIn:
        """Those of a workspace, with an eye on the days asked for."""
        catalogue = workspace.catalogue
        there = [catalogue.sources[kind] for kind in sorted(workspace.imported_kinds()) if kind in catalogue.sources]
        placed = {each.id for each in there if each.table != LABELS and has_place(each, catalogue.views)}
        platforms = {each.platform for each in there if each.id in placed} or {each.platform for each in there}
        serving = {
            platform: [each for each in there if each.platform == platform or each.id not in placed]
            for platform in sorted(platforms)
        }
        return cls(
            catalogue=catalogue,
            source=source,
            serving=serving,
            unread=unread.verdicts(workspace),
            seen=_seen(source, window),
        )

    def verdicts(self, metric: CompiledMetric) -> tuple[dict[str, Said], frozenset[str]]:
        """For each platform, whether its files can feed the metric, and why not; and blind kinds of files.

        Of files that no loaded plugin reads nobody knows what they cannot say: their platform is left out. Blind are
        those that cannot tell which rows are meant, where others of their platform can; where none of these others
        covers a day asked for, the blind ones decide.
        """
        feeding, judged, blind = Feeding(metric.formula, self.catalogue), dict[str, Said](), frozenset[str]()
        for platform, serving in self.serving.items():
            unable, able = feeding.blind(serving)
            absent = able if self.seen.isdisjoint(able) else frozenset[str]()
            there = [each for each in serving if each.id not in absent]
            judged[platform] = self._said(metric, platform, self._found(feeding, platform, there))
            blind |= unable
        return judged | dict(self.unread), blind

    def _found(self, feeding: Feeding, platform: str, serving: Sequence[Source]) -> Verdict:
        """What a platform's sources make of it; why not, as those say that have the days asked for."""
        found = feeding.verdict(serving)
        there = [each for each in serving if each.id in self.seen]
        if feeds(found) or not any(each.platform == platform for each in there):
            return found
        told = feeding.verdict(there)
        return told if told.status == found.status else found

    def _said(self, metric: CompiledMetric, platform: str, found: Verdict) -> Said:
        reason = f"{found.reason}: {found.note}" if found.reason and found.note else found.reason
        if feeds(found) and (unknown := _unknown_role(self.source, platform, metric)):
            return ("not_measurable", unknown)
        return (found.status, reason)


def _seen(source: Derived, window: Window) -> frozenset[str]:
    """The kinds of files that cover some day asked for."""
    spans = source.spans().filter(pl.col("start") < pl.col("end"))
    if window.since is not None:
        spans = spans.filter(pl.col("end") > window.since)
    if window.until is not None:
        spans = spans.filter(pl.col("start") < window.until)
    return frozenset(spans.get_column("source_kind").drop_nulls().unique())


def _unknown_role(source: Derived, platform: str, metric: CompiledMetric) -> str:
    """Why a number about a role means nothing: “nobody of ours answered” would be a believable, false zero."""
    role = next((role for role in roles_asked(metric) if not source.roles.knows(platform, role)), "")
    if not role:
        return ""
    told = section("readings.role")
    if role.startswith(VIA):
        return f"roles.unmatched: {told['via'].format(role=role.removeprefix(VIA))}"
    if role != "ours" and not source.roles.knows(platform, AUTHOR):
        return "roles.unknown"
    return "roles.unmatched" if role == STAFF else f"roles.unmatched: {told.get(role, told['other']).format(role=role)}"
