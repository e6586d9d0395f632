"""Conversations: a post and all that was said below it.

Audience: known authors who are not ours. Our replies are those of our staff and of our accounts. Who answers
themself before anybody else spoke has not been answered: such self-replies count in no turn, no reply and no wait, and
ours are taken off the comments of the root. A reply dated before the root counts as a reply and leaves the waits.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from smmetrics.derive.nodes import answered
from smmetrics.derive.talk import Told

if TYPE_CHECKING:
    from smmetrics.derive.base import Base

COLUMNS = frozenset({
    "authors", "audience_authors", "turns", "depth", "alternations", "audience_replies", "staff_replies",
    "depth_is_lower_bound", "first_reply_ours", "first_audience_reply_at", "first_staff_reply_at",
    "first_followup_at", "opener_followup_at",
})  # fmt: skip
POSTSCRIPTS = "_postscripts"
"""Our replies to ourselves below a root: they are among the comments a platform reports, and nobody's answer."""
_READ = (
    "i", "root", "depth", "platform", "post_id", "kind", "chained", "created_at", "created_on", "ours", "theirs",
    "broken", "self_reply",
)  # fmt: skip
_COUNTS = ("authors", "audience_authors", "turns", "depth", "alternations", "audience_replies", "staff_replies")


def threads(nodes: pl.DataFrame) -> pl.DataFrame:
    """One row a root: platform, post_id, created_on and `COLUMNS`.

    Null throughout where a source does not say what replies answer. There, replies are no rows: they
    belong to conversations nobody can see. Mentions open no conversation and belong to none.
    """
    slim = nodes.select(_READ, _answered=answered(nodes), _author=_codes(nodes.get_column("author")))
    spoken = slim.filter((pl.col("kind") != "mention").fill_null(value=True)).rename({"_author": "author"})
    elsewhere = (pl.col("kind") == "reply").fill_null(value=False) & ~pl.col("chained")
    opened = spoken.filter((pl.col("root") == pl.col("i")) & ~elsewhere).select(
        "root",
        "platform",
        "post_id",
        "created_on",
        "chained",
        "theirs",
        "depth",
        "_answered",
        pl.col("broken").alias("_broken"),
        pl.col("created_at").alias("opened_at"),
        pl.col("author").alias("opener"),
    )
    several = spoken.filter("_answered")
    roots = opened.filter("_answered").select("root", "opened_at", "opener")
    turns = several.filter(~pl.col("self_reply")).join(roots, on="root")
    frame = opened.filter("_answered").drop("theirs", "depth")
    for part in (_sizes(several, turns), _firsts(turns), _followups(turns), _changes(turns)):
        frame = frame.join(part, on="root", how="left", maintain_order="left")
    filled = frame.with_columns(pl.col("alternations").fill_null(0))
    whole = pl.concat([filled, _alone(opened.filter(~pl.col("_answered")))], how="diagonal_relaxed").sort("root")
    known = [pl.when("chained").then(name).alias(name) for name in (*sorted(COLUMNS), POSTSCRIPTS)]
    rows = whole.select("platform", "post_id", "created_on", *known)
    return rows.with_columns(pl.col(*_COUNTS, POSTSCRIPTS).cast(pl.Int64))


def _said(_: Base, nodes: pl.DataFrame) -> pl.DataFrame:
    return threads(nodes)


def _codes(authors: pl.Series) -> pl.Series:
    """A number for each author: comparing and counting numbers costs a fraction of what texts cost."""
    return authors.cast(pl.Categorical()).to_physical()


def _alone(opened: pl.DataFrame) -> pl.DataFrame:
    """Posts that nobody answered: conversations of one turn."""
    known = pl.col("opener").is_not_null()
    none = pl.lit(0)
    return opened.with_columns(
        authors=known.cast(pl.Int64),
        audience_authors=(known & pl.col("theirs").fill_null(value=False)).cast(pl.Int64),
        depth_is_lower_bound="_broken",
        turns=pl.lit(1),
        depth="depth",
        audience_replies=none,
        staff_replies=none,
        alternations=none,
        **{POSTSCRIPTS: none},
    ).drop("theirs")


def _reply() -> pl.Expr:
    return pl.col("root") != pl.col("i")


def _timely() -> pl.Expr:
    return _reply() & (pl.col("created_at") >= pl.col("opened_at"))


def _sizes(spoken: pl.DataFrame, turns: pl.DataFrame) -> pl.DataFrame:
    """How many spoke, how often and how deep. A root lies at depth 0, a reply to a reply at 2."""
    whole = spoken.group_by("root").agg(
        pl.col("author").drop_nulls().n_unique().alias("authors"),
        pl.col("author").filter(pl.col("theirs")).drop_nulls().n_unique().alias("audience_authors"),
        pl.col("broken").any().alias("depth_is_lower_bound"),
        (pl.col("self_reply") & pl.col("ours").fill_null(value=False)).sum().alias(POSTSCRIPTS),
    )
    counted = turns.group_by("root").agg(
        pl.len().alias("turns"),
        pl.col("depth").max(),
        (_reply() & pl.col("theirs")).sum().alias("audience_replies"),
        (_reply() & pl.col("ours")).sum().alias("staff_replies"),
    )
    return whole.join(counted, on="root", how="left")


def _firsts(turns: pl.DataFrame) -> pl.DataFrame:
    """The first reply of each side, and whether the first of all was ours."""
    timely = turns.filter(_timely())
    first = (
        timely.sort("created_at", "i")
        .group_by("root", maintain_order=True)
        .agg(pl.col("ours").first().alias("first_reply_ours"))
    )
    times = timely.group_by("root").agg(
        pl.col("created_at").filter(pl.col("theirs")).min().alias("first_audience_reply_at"),
        pl.col("created_at").filter(pl.col("ours")).min().alias("first_staff_reply_at"),
    )
    return times.join(first, on="root")


def _followups(turns: pl.DataFrame) -> pl.DataFrame:
    """Whether we, and whether the opener, came back after somebody had answered."""
    timely = turns.filter(_timely())
    by_other = pl.col("author").ne_missing(pl.col("opener"))
    started = timely.group_by("root").agg(
        pl.col("created_at").filter(pl.col("theirs")).min().alias("_audience"),
        pl.col("created_at").filter(by_other).min().alias("_other"),
    )
    later = timely.join(started, on="root")
    return later.group_by("root").agg(
        pl.col("created_at").filter(pl.col("ours") & (pl.col("created_at") > pl.col("_audience"))).min()
        .alias("first_followup_at"),
        pl.col("created_at").filter(~by_other & (pl.col("created_at") > pl.col("_other"))).min()
        .alias("opener_followup_at"),
    )  # fmt: skip


def _changes(turns: pl.DataFrame) -> pl.DataFrame:
    """How often the word passed between our side and theirs, in the order in which things were said."""
    sided = turns.filter(pl.col("ours").is_not_null() & pl.col("created_at").is_not_null())
    ordered = sided.sort("root", "created_at", "depth", "i").select("root", "ours")
    changed = (pl.col("root") == pl.col("root").shift(1)) & (pl.col("ours") != pl.col("ours").shift(1))
    return (
        ordered.with_columns(changed.fill_null(value=False).alias("_c"))
        .group_by("root")
        .agg(pl.col("_c").sum().alias("alternations"))
    )


TOLD = Told("view_threads", _said)
