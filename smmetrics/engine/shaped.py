"""The columns of the contract around what was found: who asked, which slice and period, and a name for each reading."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from smmetrics.engine.identity import BETWEEN, HALF, PLACE, half, measured
from smmetrics.engine.passes import key
from smmetrics.engine.provenance import canonical, digest, document
from smmetrics.engine.schema import FIXED, SCHEMA

if TYPE_CHECKING:
    from collections.abc import Sequence

    from smmetrics.engine.asking import Ask
    from smmetrics.engine.grid import Context

ASK = "__ask"
"""The place of its request among those asked."""
TOLD = (
    "value",
    "state",
    "reason",
    "low",
    "high",
    "interval_method",
    "confidence",
    "n",
    "n_eff",
    "numerator",
    "denominator",
    "scope",
    "reported_share",
    "incomplete",
    "exact",
)
"""What is found out of each reading, in columns as `SCHEMA` has them."""
_EMPTY = ("subject", "age_basis", "status")
"""Texts that others fill."""
_FIRST = "__first"


def shaped(found: pl.DataFrame, asks: Sequence[Ask], context: Context) -> pl.DataFrame:
    """The columns of the contract, in their order; ``reading_id`` as `identified` takes it.

    ``found``: `ASK`, the dimensions' columns, the period's two days, `TOLD`.
    """
    by = context.setting.by
    slices = [pl.col(key(name)).alias(name) if name in by else pl.lit("").alias(name) for name in FIXED]
    rows = [_asked(one, context) for one in asks]
    asked = pl.DataFrame(rows, schema=dict.fromkeys(rows[0], pl.String))
    wide = (
        found.lazy()
        .join(asked.lazy().with_row_index(ASK).with_columns(pl.col(ASK).cast(pl.Int32)), on=ASK, maintain_order="left")
        .with_columns(*slices, _slice(by).alias("slice"), *(pl.lit("").alias(name) for name in _EMPTY))
        .with_columns(_told().alias("reading_id"))
    )
    there = {*rows[0], *FIXED, *TOLD, *_EMPTY, "slice", "period_start", "period_end", "reading_id"}
    return wide.select(
        pl.col(name).cast(dtype) if name in there else pl.lit(None, dtype=dtype).alias(name)
        for name, dtype in SCHEMA.items()
    ).collect()


def _asked(one: Ask, context: Context) -> dict[str, str]:
    """What is the same in all readings of a request, by column."""
    request, grain = one.request, context.window.grain
    first = measured(
        request.metric,
        goal=request.goal,
        question=request.question,
        version=request.version,
        parameters=one.parameters,
        grain=grain,
        scope=request.scope,
    )
    return {
        "goal": request.goal,
        "question": request.question,
        "metric": request.metric,
        "version": request.version,
        "parameters": canonical(one.parameters),
        "unit": request.unit,
        "grain": grain,
        "target": request.target,
        "provenance": digest(document(request, head=context.setting.tables.head, window=context.window)),
        _FIRST: first,
    }


def _slice(by: Sequence[str]) -> pl.Expr:
    others = [name for name in by if name not in FIXED]
    if not others:
        return pl.lit("")
    return pl.struct(pl.col(key(name)).alias(name) for name in others).struct.json_encode()


def _told() -> pl.Expr:
    """What tells a reading apart: half an id for its metric, then slice and period in words."""
    told = [pl.col(name).cast(pl.String).fill_null("") for name in PLACE]
    return pl.concat_str([pl.col(_FIRST), pl.concat_str(told, separator=BETWEEN)])


def identified(made: pl.DataFrame) -> pl.DataFrame:
    """Readings with their ids: 64 bits for metric, parameters and grain, and 64 for slice and period.

    Many metrics have the same slices and periods: each of these is hashed once.
    """
    told = pl.col("reading_id").str.slice(HALF)
    names = made.select(told.unique()).to_series()
    halves = pl.Series([half(name) for name in names], dtype=pl.String)
    second = told.replace_strict(names, halves, return_dtype=pl.String)
    return made.with_columns(pl.concat_str(pl.col("reading_id").str.slice(0, HALF), second))
