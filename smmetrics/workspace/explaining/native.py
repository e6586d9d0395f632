"""How a platform itself computes a number that people will hold beside ours, where a source says it.

A person compares by name: what the platform calls *engagements* with our interactions, its *engagement rate* with a
metric that has these words in its title. A source's formula stands beside a metric that bears its name.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from smmetrics.api.capability import Capability
    from smmetrics.contracts.catalogue import Catalogue, CompiledMetric


def native_formulas(found: CompiledMetric, catalogue: Catalogue) -> list[dict[str, str]]:
    """One row for each way a platform computes it: its word, its formula, how that is known, in which files."""
    rows: dict[tuple[str, str, str], dict[str, str]] = {}
    for source_id, capability in _stated(catalogue):
        if not _bears(capability.native, found):
            continue
        source = catalogue.sources[source_id]
        platform = catalogue.platforms.get(source.platform)
        key = (source.platform, capability.native, capability.native_formula)
        row = rows.setdefault(
            key,
            {
                "platform": platform.title if platform else source.platform,
                "word": capability.native,
                "formula": capability.native_formula,
                "evidence": capability.evidence,
                "sources": source_id,
                "fact": capability.fact,
                "on": source.platform,
            },
        )
        if source_id not in row["sources"].split(", "):
            row["sources"] += f", {source_id}"
    return list(rows.values())


def _stated(catalogue: Catalogue) -> Iterator[tuple[str, Capability]]:
    for id_, source in sorted(catalogue.sources.items()):
        yield from ((id_, capability) for capability in source.can if capability.native_formula)


def _bears(native: str, found: CompiledMetric) -> bool:
    """Whether a metric bears the platform's word: in a column it reads, or in its title."""
    words = re.findall(r"\w+", native.casefold())
    columns = {column.name for column in found.formula.known.values()}
    title = re.findall(r"\w+", found.metric.title.casefold())
    return "_".join(words) in columns or (len(words) > 1 and set(words) <= set(title))
