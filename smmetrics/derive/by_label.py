"""Posts by a label of which they may have several: subject, topic, story, idea. A post without one has no row."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from smmetrics.derive import labelled, posts
from smmetrics.derive.keys import KEY

if TYPE_CHECKING:
    from collections.abc import Collection

    from smmetrics.derive.ages import Age
    from smmetrics.derive.base import Base

OWN = frozenset({"weight", "confidence", "first_at", "fixed_at"})
FIXED_BY = {"topic": "topic", "story": "story", "idea": "idea_id"}
"""The column of ideas that says of which topic, story or idea something was put right."""


def by_label(base: Base, kind: str, asked: Collection[str], age: Age | None = None) -> pl.LazyFrame:
    """A row a post and value. The weights of one post add up to 1; ``first_at`` looks at every channel."""
    found = labelled.labels(base, kind)
    if found is None:
        return pl.LazyFrame(schema={**dict.fromkeys(KEY, pl.String()), kind: pl.String()})
    values = found.select(*KEY, "confidence", labelled.values_of().alias(kind))
    weighed = values.with_columns(weight=1 / pl.col(kind).list.len())
    each = weighed.explode(kind, empty_as_null=False, keep_nulls=False)
    said = posts.posts(base, (frozenset(asked) - OWN - {kind}) | {"created_at"}, age)
    rows = said.join(each, on=KEY, how="inner", maintain_order="left")
    if "first_at" in asked and age is None:
        rows = rows.with_columns(first_at=pl.col("created_at").min().over(kind))
    elif "first_at" in asked:
        rows = rows.join(_first(base, each, kind), on=kind, how="left", maintain_order="left")
    if "fixed_at" in asked and kind in FIXED_BY:
        rows = rows.join(_fixed(base, kind), on=kind, how="left", maintain_order="left")
    return rows


def _first(base: Base, each: pl.LazyFrame, kind: str) -> pl.LazyFrame:
    """When each value was first spoken of, young posts among them: value, first_at."""
    told = posts.posts(base, frozenset({"created_at"})).select(*KEY, "created_at")
    return each.join(told, on=KEY, how="inner").group_by(kind).agg(pl.col("created_at").min().alias("first_at"))


def _fixed(base: Base, kind: str) -> pl.LazyFrame:
    """When what was asked for was first released: value, fixed_at."""
    ideas = base.snapshot.current("ideas").filter(pl.col("released_at").is_not_null())
    value = pl.col(FIXED_BY[kind]).str.strip_chars().alias(kind)
    return ideas.group_by(value).agg(pl.col("released_at").min().alias("fixed_at")).drop_nulls(kind)
