"""Numbers about a few people are withheld, and others with them, so that no subtraction gives them back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Collection

NUMBERS = (
    *("value", "low", "high", "n", "n_eff", "numerator", "denominator", "reported_share"),
    *("previous", "change", "change_low", "change_high"),
)
DIMENSIONS = ("platform", "account", "channel", "campaign", "audience", "slice")
SPEAKING = frozenset({"value", "too_few", "immature", "suppressed"})
"""States that say something of how much there was; all others speak of files."""
_WHAT = ("goal", "question", "metric", "parameters", "subject")
_WHEN = ("grain", "period_start", "period_end")


def withhold(readings: pl.DataFrame, smallest: int, *, also: Collection[str] = ()) -> pl.DataFrame:
    """The readings, those of fewer than ``smallest`` (or of nobody knows how many) turned to *suppressed*.

    ``also``: metrics that are about few, whatever their numbers say.

    What is hidden in one set (the slices of a period, the periods of a slice) must itself be about ``smallest`` or
    more: else its next smallest members are hidden too, until it is.
    """
    if readings.is_empty():
        return readings
    few = pl.min_horizontal("n", "denominator").fill_null(0) < smallest
    speaking = pl.col("state").is_in(list(SPEAKING))
    hidden = readings.select(few=speaking & (few | pl.col("metric").is_in(list(also))))["few"].to_list()
    sizes = [int(n or 0) for n in readings["n"].to_list()]
    before = -1
    while before != sum(hidden):
        before = sum(hidden)
        for axis in (_WHEN, DIMENSIONS):
            for members in _sets(readings, (*_WHAT, *axis)):
                _cover(hidden, sizes, members, smallest)
    return _suppressed(readings, pl.Series("hidden", hidden))


def _sets(readings: pl.DataFrame, axis: tuple[str, ...]) -> list[list[int]]:
    """The rows that add up to something people can see elsewhere: all that share ``axis``."""
    known = [name for name in axis if name in readings.columns]
    groups = readings.with_row_index("row_").group_by(known, maintain_order=True).agg("row_")
    return [rows for rows in groups["row_"].to_list() if len(rows) > 1]


def _cover(hidden: list[bool], sizes: list[int], members: list[int], smallest: int) -> None:
    """Hide the next smallest members of a set while what is hidden in it could be told from the rest."""
    out = [row for row in members if hidden[row] and sizes[row] > 0]
    while out and (len(out) == 1 or sum(sizes[row] for row in out) < smallest):
        left = [row for row in members if not hidden[row] and sizes[row] > 0]
        if not left:
            return
        chosen = min(left, key=lambda row: (sizes[row], row))
        hidden[chosen] = True
        out.append(chosen)


def _suppressed(readings: pl.DataFrame, hidden: pl.Series) -> pl.DataFrame:
    numbers = [name for name in NUMBERS if name in readings.columns]
    words = {"state": "suppressed", "reason": "people.few", "status": ""}
    return (
        readings.with_columns(hidden)
        .with_columns(
            *(pl.when("hidden").then(None).otherwise(pl.col(name)).alias(name) for name in numbers),
            *(
                pl.when("hidden").then(pl.lit(word)).otherwise(pl.col(name)).alias(name)
                for name, word in words.items()
                if name in readings.columns
            ),
        )
        .drop("hidden")
    )


PLAIN = frozenset({"platform", "format", "kind", "direction", "language", "visibility"})
"""Columns of text that say nothing of a person: all others are emptied."""


def impersonal(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows without anything a person wrote or is called: numbers, times and plain words stay."""
    return rows.with_columns(
        pl.lit(None, dtype=kind).alias(name) for name, kind in rows.schema.items() if not _is_plain(name, kind)
    )


def _is_plain(name: str, kind: pl.DataType) -> bool:
    return kind.is_numeric() or kind.is_temporal() or kind == pl.Boolean or name in PLAIN
