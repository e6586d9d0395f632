"""How much a review finds, in words: what nobody has answered, by how grave it is."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from smmetrics.words import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

LEVELS = ("error", "warning", "note")


def in_words(levels: Mapping[str, int]) -> str:
    """``1 error, 3 warnings``; empty where there is nothing."""
    several = (level for level in LEVELS if levels.get(level))
    return ", ".join(
        f"{levels[level]} {say(f'levels.one.{level}') if levels[level] == 1 else say(f'levels.several.{level}')}"
        for level in several
    )


def found_words(levels: Iterable[str]) -> str:
    """What a review finds and where to read it; empty where it finds nothing."""
    said = in_words(Counter(levels))
    return say("goals.found", said=said) if said else ""
