"""What was agreed about people's data, as plain values: from `[privacy]` and the audiences of a strategy."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

SMALLEST = 5
"""Fewer people than this are too few, where nothing else was agreed."""
SMALLEST_INSIDE = 10
"""The same among colleagues, and among people under age."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Agreement:
    """What may leave a workspace.

    ``everyone``: all numbers about people are held to the smallest group, not only those of metrics that say they are
    about people. ``closed``: colleagues or minors are measured, and nobody of them is shown. ``names``: whether people
    may be named, or told apart by pseudonyms, at all. ``forbidden``: why a metric may not be shown, by id; ``formulas``
    by the hash of its formula. ``moods``: why labels of moods may not be shown; empty: they may.
    """

    smallest: int = SMALLEST
    everyone: bool = False
    closed: bool = False
    names: bool = True
    minors: bool = False
    forbidden: Mapping[str, str] = field(default_factory=dict)
    formulas: Mapping[str, str] = field(default_factory=dict)
    moods: str = ""

    def record(self) -> dict[str, object]:
        """What of it changes readings, as plain values; nothing where nothing was agreed."""
        if self == Agreement():
            return {}
        held = {"smallest": self.smallest, "everyone": self.everyone, "closed": self.closed, "minors": self.minors}
        return held | {"forbidden": sorted(self.forbidden)}
