"""Platforms that a number was taken without: those that serve its goal with why, the others as so many."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from smmetrics.panels import words
from smmetrics.panels.telling import listed
from smmetrics.words import say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from smmetrics.panels.source import GoalInfo, Source


def without(row: Mapping[str, Any]) -> dict[str, str]:
    """Platforms a value was taken without, each with why."""
    found = (words.left_out(part) for part in words.parts(row["reason"]))
    return {who: words.why_words(why) for who, why in (each for each in found if each)}


def told(found: Mapping[str, str], source: Source, goal: GoalInfo | None = None) -> list[str]:
    """The same in words, platforms of one reason together; those that do not serve the goal are counted, not named."""
    serving = [who for who in found if goal is None or not goal.platforms or who in goal.platforms]
    by_reason: dict[str, list[str]] = {}
    for who in serving:
        by_reason.setdefault(found[who], []).append(source.platforms.get(who, who))
    said = [say("panels.without.why", who=listed(names), why=why) for why, names in by_reason.items()]
    rest = len(found) - len(serving)
    if not rest:
        return said
    return [*said, say("panels.without.one") if rest == 1 else say("panels.without.several", count=rest)]
