"""Whether a post asks: its text, links removed, holds a question mark."""

from __future__ import annotations

import polars as pl

from smmetrics.api.labellers import NO, YES
from smmetrics.derive import texts


def label(posts: pl.DataFrame) -> pl.DataFrame:
    """Yes or no, a post."""
    return posts.select(
        value=pl.when(texts.is_question()).then(pl.lit(YES)).when(pl.col("text").is_not_null()).then(pl.lit(NO))
    )
