"""Which posts of others speak to us: they answer us, name us, or stand under our account."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from smmetrics.derive import replies, texts
from smmetrics.derive.keys import KEY

if TYPE_CHECKING:
    from smmetrics.derive.base import Base


def addressed(base: Base) -> pl.LazyFrame:
    """platform, post_id, addressed: false of what is ours, and of what speaks to nobody we know as us."""
    rows = base.known(base.posts())
    to_us = base.talks.of(replies.TOLD).rows().select(*KEY, pl.col("to_us").alias("_to_us"))
    joined = rows.join(to_us, on=KEY, how="left", maintain_order="left")
    known = (pl.col("_to_us") | pl.col("_account_ours")).fill_null(value=False)
    named = texts.names_us(base.our_names).fill_null(value=False)
    return joined.select(*KEY, addressed=(known | named) & ~pl.col("ours").fill_null(value=False))
