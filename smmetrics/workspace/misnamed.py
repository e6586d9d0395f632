"""Words of the hours sheet that the strategy does not know: slips of the pen, which no number would tell."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from smmetrics.strategy.facts import Misnamed
from smmetrics.strategy.faults import nearest
from smmetrics.tables.parted import parts
from smmetrics.words import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    import polars as pl

    from smmetrics.strategy import Strategy

HOURS = "effort"
PARTS: Mapping[str, str] = {"person": "people", "goal": "goals", "channel": "channels"}
"""Columns of the hours sheet, and the part of the strategy whose words they take."""


def misnamed(frames: Iterable[pl.DataFrame], strategy: Strategy) -> tuple[Misnamed, ...]:
    """What stands in the hours and not in the strategy, as far as the strategy has such words at all."""
    seen: Counter[tuple[str, str]] = Counter()
    for frame in frames:
        for column in set(PARTS) & set(frame.columns):
            counted = frame.drop_nulls(column).group_by(column).len().iter_rows()
            seen.update({(column, str(word)): int(lines) for word, lines in counted})
    return tuple(_unknown(seen, strategy))


def _unknown(seen: Mapping[tuple[str, str], int], strategy: Strategy) -> Iterator[Misnamed]:
    for column, part in PARTS.items():
        known = tuple(getattr(strategy, part))
        words = {word: lines for (where, word), lines in sorted(seen.items()) if where == column and known}
        for word, lines in words.items():
            if word.strip() and word not in known:
                yield Misnamed(part=part, word=word, near=nearest(word, known), lines=lines)


def at_import(frames: Mapping[str, pl.DataFrame], strategy: Strategy | None) -> tuple[str, ...]:
    """What is said of a file whose hours name what the strategy does not know; nothing of others."""
    if strategy is None or HOURS not in frames:
        return ()
    found = misnamed(parts(frames, HOURS), strategy)
    return (say("files.misnamed", words=", ".join(each.said for each in found)),) if found else ()
