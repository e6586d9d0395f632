"""How far sources reach: which of a platform's sources, or of those that came in, feed a metric."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from smmetrics.contracts.feeding import Feeding, Verdict, feeds
from smmetrics.contracts.labelling import TABLE as LABELS
from smmetrics.contracts.needing import holds

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from smmetrics.api.sources import Source
    from smmetrics.contracts.catalogue import Catalogue


class Reach:
    """The sources each platform has, and what came in. The catalogue keeps verdicts: many questions ask for one."""

    def __init__(
        self, catalogue: Catalogue, imported: Collection[str] = (), *, gone: frozenset[str] = frozenset()
    ) -> None:
        """Nothing is judged yet. ``imported``: ids (``platform.kind``) of the sources that came in.

        ``gone``: platforms whose sources serve no channel any more.
        """
        self.catalogue = catalogue
        self.imported = frozenset(imported)
        self.gone = gone
        self._judged = catalogue.judged
        self._ids: dict[tuple[str, bool, tuple[str, ...]], tuple[str, ...]] = {}

    @cached_property
    def everywhere(self) -> tuple[Source, ...]:
        """Sources whose rows belong to no platform (time people gave) or to any (labels): they serve every channel."""
        views = self.catalogue.views
        bare = [view.name for view in views.values() if view.computed and view.column("platform") is None]
        there = (source for source in self.catalogue.sources.values() if source.platform not in self.gone)
        return tuple(each for each in there if each.table == LABELS or any(holds(each, name, views) for name in bare))

    def ids(self, platform: str, *, came_in: bool = False, only: Collection[str] = ()) -> tuple[str, ...]:
        """The platform's sources (``only`` those), imported ones first, then those that serve every channel."""
        key = (platform, came_in, tuple(only))
        if key not in self._ids:
            known = self.catalogue.sources.values()
            there = (source for source in known if source.platform == platform)
            own = [each.id for each in there if (each.id in only if only else self._counts(each))]
            both = dict.fromkeys((*own, *(source.id for source in self.everywhere)))
            ordered = sorted(both, key=lambda id_: id_ not in self.imported)
            self._ids[key] = tuple(id_ for id_ in ordered if not came_in or id_ in self.imported)
        return self._ids[key]

    def _counts(self, source: Source) -> bool:
        """Whether a source that nobody named has a say: it came in, or may be proposed."""
        return is_advised(source) or source.id in self.imported

    def held(self, platform: str) -> tuple[str, ...]:
        """The platform's own sources that came in."""
        own = (source.id for source in self.catalogue.sources.values() if source.platform == platform)
        return tuple(id_ for id_ in own if id_ in self.imported)

    def verdict(self, metric: str, ids: Iterable[str]) -> Verdict:
        """What these sources together make of a metric that is in the catalogue."""
        key = (metric, tuple(ids))
        if key not in self._judged.verdicts:
            given = [self.catalogue.sources[id_] for id_ in key[1]]
            self._judged.verdicts[key] = self._feeding(metric).verdict(given)
        return self._judged.verdicts[key]

    def alone(self, metric: str, id_: str) -> Verdict:
        """What one source makes of a metric, with those that serve every channel."""
        return self.verdict(metric, (id_, *(other.id for other in self.everywhere if other.id != id_)))

    def feeders(self, metric: str, platform: str = "") -> tuple[str, ...]:
        """Ids of sources (of one platform) that would feed a metric and have a part in it."""
        key = (metric, self.gone)
        if key not in self._judged.feeders:
            known = self.catalogue.sources
            advised = (id_ for id_, source in known.items() if is_advised(source))
            self._judged.feeders[key] = tuple(id_ for id_ in advised if takes_part(self.alone(metric, id_), id_))
        found = self._judged.feeders[key]
        return tuple(id_ for id_ in found if self.catalogue.sources[id_].platform == platform) if platform else found

    def _feeding(self, metric: str) -> Feeding:
        feedings = self._judged.feedings
        if metric not in feedings:
            feedings[metric] = Feeding(self.catalogue.metrics[metric].formula, self.catalogue)
        return feedings[metric]


def is_advised(source: Source) -> bool:
    """Whether a source may be proposed to somebody who looks for data."""
    return source.advised and not source.refuses


def takes_part(verdict: Verdict, id_: str) -> bool:
    """Whether there will be a number, and this source is needed for it."""
    return feeds(verdict) and id_ in verdict.sources
