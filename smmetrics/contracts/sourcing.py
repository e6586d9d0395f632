"""What a source claims must exist: facts, platform; nothing stands both in what it can and what it cannot report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smmetrics.contracts.compiled import Fault
from smmetrics.contracts.formula import nearest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from smmetrics.api.sources import Source
    from smmetrics.contracts.collect import Answer


def source_faults(
    found: Iterable[tuple[Source, Answer]], facts: Collection[str], platforms: Collection[str]
) -> tuple[Fault, ...]:
    """Everything that sources claim and that cannot be so."""
    return tuple(
        Fault.of(answer, f"the source {source.id} {why}.", code="source.malformed", subject=source.id, hint=hint)
        for source, answer in found
        for why, hint in _problems(source, facts, platforms)
    )


def _problems(source: Source, facts: Collection[str], platforms: Collection[str]) -> Iterator[tuple[str, str]]:
    if source.platform not in platforms:
        yield f"belongs to the platform {source.platform!r}, which no plugin defines", ""
    can = {capability.fact for capability in source.can}
    cannot = {gap.fact for gap in source.cannot}
    for fact in sorted(can - frozenset(facts)):
        like = nearest(fact, facts)
        yield f"claims the fact {fact!r}, which is unknown", f"Did you mean {like!r}?" if like else ""
    for fact in sorted(can & cannot):
        yield f"says both that it can and that it cannot report {fact}", ""
