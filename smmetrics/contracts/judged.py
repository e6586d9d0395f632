"""What was judged of a catalogue's metrics and sources: it depends on nothing else, and is asked for often."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from smmetrics.contracts.feeding import Feeding, Verdict


@dataclass(slots=True)
class Judged:
    """Kept by the catalogue itself (`Catalogue.judged`), so that every binding of it judges a metric once.

    ``verdicts`` by metric and sources; ``feeders`` by metric and the platforms whose sources serve no channel.
    """

    feedings: dict[str, Feeding] = field(default_factory=dict)
    verdicts: dict[tuple[str, tuple[str, ...]], Verdict] = field(default_factory=dict)
    feeders: dict[tuple[str, frozenset[str]], tuple[str, ...]] = field(default_factory=dict)
