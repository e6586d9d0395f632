"""Readings held against those of another time: which are new, which differ, which were final before, which are gone.

Two readings are the same if all that is said of them is the same, numbers to 1e-9. Where they come from
(`provenance`) and how far the data reach are left aside: these change with every file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from smmetrics.engine.schema import SCHEMA

if TYPE_CHECKING:
    from collections.abc import Sequence

ID = "reading_id"
ALIKE = 1e-9
"""So far apart, relative to the larger, two runs over the same rows may be."""
IDENTITY = (
    "goal", "question", "metric", "version", "parameters", "subject", "platform", "account", "channel", "campaign",
    "audience", "slice", "grain", "period_start", "period_end", "unit", ID,
)  # fmt: skip
"""What a reading is of; it stays where the reading itself is gone."""
GONE = ("not_measurable", "reading.gone")
SAID = ("state", "value", "low", "high", "n", "numerator", "denominator")
"""What a reading says: if one of these is another, a final reading was restated."""
COUNTED = ("value", "too_few", "zero_activity", "immature")
"""States of readings that were counted from rows."""
_ASIDE = frozenset({ID, "provenance"})
_THEN = "__then."


def held_against(readings: pl.DataFrame, former: pl.DataFrame | None) -> pl.DataFrame:
    """Readings with ``restated`` (it was final, and says another number now) and ``changed`` (new ones among them).

    ``former``: readings of another time, perhaps with fewer columns; None where nothing is known of another time:
    then nothing can be said, and both are null.
    """
    if former is None:
        unknown = pl.lit(None, dtype=pl.Boolean)
        return readings.with_columns(unknown.alias("restated"), unknown.alias("changed"))
    compared = [name for name in SCHEMA if name in former.columns and name not in _ASIDE]
    then = former.select(ID, *(pl.col(name).alias(_THEN + name) for name in compared), pl.lit(value=True).alias(_THEN))
    joined = readings.join(then.unique(ID), on=ID, how="left", maintain_order="left")
    known = pl.col(_THEN).fill_null(value=False)
    other = pl.any_horizontal(_differs(name) for name in compared)
    said = pl.any_horizontal(_differs(name) for name in SAID if name in compared)
    return joined.with_columns(
        (known & said & _final(compared)).alias("restated"), (~known | other).alias("changed")
    ).drop(_THEN, *(_THEN + name for name in compared))


def gone(readings: pl.DataFrame, former: pl.DataFrame) -> pl.DataFrame:
    """Of readings that are there no more: what they were of, without any number, and that they are gone."""
    lost = former.join(readings, on=ID, how="anti", maintain_order="left")
    state, reason = GONE
    kept: dict[str, pl.Expr] = {name: pl.col(name) for name in IDENTITY if name in lost.columns}
    kept |= {"state": pl.lit(state), "reason": pl.lit(reason)}
    texts = {name: pl.lit("") for name, dtype in SCHEMA.items() if dtype == pl.String()}
    nothing: dict[str, pl.Expr] = {name: pl.lit(None) for name in SCHEMA}
    made = nothing | texts | kept
    return lost.select(made[name].cast(dtype).alias(name) for name, dtype in SCHEMA.items())


def _final(compared: Sequence[str]) -> pl.Expr:
    """Whether it was counted, and its period over and wholly covered: nobody expected another number."""
    counted = pl.col(_THEN + "state").is_in(COUNTED).fill_null(value=False)
    over = ~pl.col(_THEN + "incomplete").fill_null(value=True) if "incomplete" in compared else pl.lit(value=True)
    return counted & over


def _differs(name: str) -> pl.Expr:
    now, then = pl.col(name), pl.col(_THEN + name)
    match SCHEMA[name]:
        case pl.String():
            return now.fill_null("") != then.fill_null("")
        case pl.Float64():
            apart = (now - then).abs() > ALIKE * pl.max_horizontal(now.abs(), then.abs())
            return (now.is_null() != then.is_null()) | apart.fill_null(value=False)
        case _:
            return now.ne_missing(then)
