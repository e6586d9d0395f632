"""Requests for help: as a sheet has them, else the conversations that somebody else opened with us.

A platform whose cases are kept in a sheet, or come from a desk, has those only, so that nothing counts twice. Of a
conversation nobody knows when it was settled or how content they were.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from smmetrics.api.labellers import SENTIMENTS
from smmetrics.derive import addressed, kept, posts, who
from smmetrics.derive.keys import KEY

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from smmetrics.derive.base import Base

MOODS: Mapping[str, int] = {name: step - 1 for step, name in enumerate(SENTIMENTS)}
"""-1 negative, 0 neutral, 1 positive."""
_MOOD = frozenset({"sentiment_first", "sentiment_last"})
_OF_ROOT = frozenset({"account", "brand", "scope", "person", *who.COLUMNS}) - {"bot"}


def cases(base: Base, asked: Collection[str]) -> pl.LazyFrame:
    """The sheet's rows, then those made of conversations."""
    sheet = kept.cases(base)
    there = sheet.collect_schema()
    made = _conversations(base, frozenset(asked)).select(pl.all()).drop("root_id", strict=False)
    return pl.concat([sheet.drop([c for c in there if c.startswith("_")]), made], how="diagonal_relaxed")


def kept_platforms(base: Base) -> frozenset[str]:
    """Platforms whose cases somebody keeps: those of the rows, and those of the channels a sheet names."""
    rows = base.snapshot.current("cases").select("platform", pl.col("channel").str.strip_chars().str.to_lowercase())
    found = rows.unique().collect()
    named = set(found.get_column("channel").drop_nulls())
    channels = {ref.platform for ref in base.scope.ours if ref.channel.lower() in named}
    return frozenset(found.get_column("platform").drop_nulls()) | channels | named


def _conversations(base: Base, asked: frozenset[str]) -> pl.LazyFrame:
    """A row for each conversation that somebody else opened with us and that is not known to need no reply."""
    wanted = {
        "staff",
        "created_at",
        "created_on",
        "theirs",
        "needs_reply",
        "turns",
        "staff_replies",
        "first_staff_reply_at",
    }
    rows = posts.conversations(base, frozenset(wanted | (asked & _OF_ROOT)))
    ours = rows.join(addressed.addressed(base), on=KEY, how="left", maintain_order="left").filter(
        pl.col("theirs")
        & pl.col("addressed")
        & pl.col("turns").is_not_null()
        & ~pl.col("platform").is_in(sorted(kept_platforms(base)))
    )
    if "needs_reply" not in rows.collect_schema():
        ours = ours.with_columns(needs_reply=pl.lit(None, dtype=pl.Boolean()))
    open_ones = ours.filter(pl.col("needs_reply").fill_null(value=True))
    made = open_ones.select(
        "platform",
        *(name for name in sorted(asked & _OF_ROOT) if name != "staff"),
        "post_id",
        "staff",
        "created_on",
        "needs_reply",
        "staff_replies",
        case_id=pl.concat_str("platform", pl.lit(":"), "post_id"),
        opened_at=pl.col("created_at"),
        first_response_at=pl.col("first_staff_reply_at"),
        by_customer=~pl.col("staff").fill_null(value=False),
    )
    with_mood = made.join(_moods(base), on=KEY, how="left", maintain_order="left") if asked & _MOOD else made
    return with_mood.drop("post_id")


def _moods(base: Base) -> pl.LazyFrame:
    """By root, the mood of the opener's first labelled word and of their last, where they spoke at least twice."""
    nodes = base.nodes.lazy().select("i", "root", "author", "created_at", "depth", *KEY)
    opener = nodes.filter(pl.col("root") == pl.col("i")).select(
        "root", pl.col("author").alias("_opener"), pl.col("post_id").alias("_root_id")
    )
    mood = posts.posts(base, frozenset({"sentiment"}))
    if "sentiment" not in mood.collect_schema():
        return pl.LazyFrame(schema={**dict.fromkeys(KEY, pl.String()), **dict.fromkeys(sorted(_MOOD), pl.Int64())})
    spoken = (
        nodes.join(opener, on="root")
        .filter(pl.col("author") == pl.col("_opener"))
        .join(mood.select(*KEY, "sentiment"), on=KEY, how="left")
        .with_columns(_mood=pl.col("sentiment").replace_strict(MOODS, default=None, return_dtype=pl.Int64()))
        .sort("root", "created_at", "depth", "i")
    )
    several = pl.len() > 1
    return spoken.group_by("platform", pl.col("_root_id").alias("post_id")).agg(
        sentiment_first=pl.col("_mood").first(), sentiment_last=pl.when(several).then(pl.col("_mood").last())
    )
