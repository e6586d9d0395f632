"""When a post was answered: the first reply by another person, and the other side's next word in the thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from smmetrics.derive.keys import KEY
from smmetrics.derive.talk import FIRST, Told

if TYPE_CHECKING:
    from collections.abc import Collection

    from smmetrics.derive.base import Base
    from smmetrics.derive.months import Quarter

COLUMNS = frozenset({"to_us", "is_first", "replied_at", "answered_at"})
_AT = "_at"
DEEPEST = 10_000
"""Steps up a chain that a reply is counted for."""


def replies(nodes: pl.DataFrame) -> pl.DataFrame:
    """For each post: platform, post_id, created_on and `COLUMNS` but for ``is_first``; who said it, and when.

    A reply dated before what it answers is left out of waits. Sources that do not say what replies answer give
    nulls: nothing is known.
    """
    frame = nodes.with_columns(to_us=_to_us(nodes))
    frame = frame.join(_replied(nodes), on="i", how="left", maintain_order="left")
    frame = frame.join(_answered(nodes), on="i", how="left", maintain_order="left")
    known = pl.col("chained")
    chain = [pl.when(known).then(name).alias(name) for name in ("to_us", "replied_at", "answered_at")]
    return frame.select("platform", "post_id", "created_on", "person", pl.col("created_at").alias(_AT), *chain)


def with_replies(
    rows: pl.LazyFrame, base: Base, asked: Collection[str], quarter: Quarter | None = None
) -> pl.LazyFrame:
    """Posts with those of `COLUMNS` that are asked for, in their order.

    ``is_first``: whether it is the first thing its author said.
    """
    talk = base.talks.of(TOLD)
    told = talk.rows(quarter)
    if "is_first" in asked:
        first = talk.rows(quarter, (FIRST,)).select(*KEY, _first=True)
        dated = pl.col("person").is_not_null() & pl.col(_AT).is_not_null()
        is_first = pl.when(dated).then(pl.col("_first").fill_null(value=False))
        told = told.join(first, on=KEY, how="left").with_columns(is_first=is_first)
    return rows.join(told.select(*KEY, *sorted(COLUMNS & {*asked})), on=KEY, how="left", maintain_order="left")


def negative(nodes: pl.DataFrame) -> int:
    """How many replies are dated before the post that opens their thread."""
    opened = nodes.get_column("created_at").gather(nodes.get_column("root"))
    return int((nodes.get_column("created_at") < opened).sum())


def _to_us(nodes: pl.DataFrame) -> pl.Expr:
    """Whether a post answers us; unknown where it answers a post nobody imported, or mentions who knows whom."""
    ours = nodes.get_column("ours")
    to_nobody = pl.col("in_reply_to").is_null() & (pl.col("kind") != "mention").fill_null(value=True)
    parent = ours.gather(nodes.get_column("parent"))
    return pl.when(to_nobody).then(pl.lit(value=False)).otherwise(parent)


def _said(_: Base, nodes: pl.DataFrame) -> pl.DataFrame:
    return replies(nodes)


def first_said(rows: pl.LazyFrame) -> pl.LazyFrame:
    """The first thing each person said; of two at one time the one with the smaller id."""
    dated = rows.filter(pl.col("person").is_not_null() & pl.col(_AT).is_not_null()).select(
        *KEY, "person", "created_on", _AT
    )
    return dated.sort(_AT, *reversed(KEY)).unique(["platform", "person"], keep="first", maintain_order=True)


def _first(base: Base, rows: pl.LazyFrame) -> pl.LazyFrame:
    first = first_said(rows)
    if base.links:
        first = first.with_columns(whose=base.links.behind("person"))
        first = first.unique("whose", keep="first", maintain_order=True).drop("whose")
    return first


def _replied(nodes: pl.DataFrame) -> pl.DataFrame:
    """The first post by another person anywhere below: i, replied_at. Climbs the chains one step at a time."""
    slim = nodes.select("i", "author", "created_at")
    up = nodes.get_column("up")
    authors, times = slim.get_column("author"), slim.get_column("created_at")
    walk = nodes.filter(pl.col("up") != pl.col("i")).select("author", "created_at", at="up")
    found = []
    for _ in range(DEEPEST):
        if walk.is_empty():
            break
        here = walk.with_columns(_who=authors.gather(walk["at"]), _when=times.gather(walk["at"]))
        other = here.filter(pl.col("author").ne_missing(pl.col("_who")) & (pl.col("created_at") >= pl.col("_when")))
        found.append(other.group_by("at").agg(pl.col("created_at").min()))
        above = up.gather(walk["at"])
        walk = (
            walk.with_columns(next=above)
            .filter(pl.col("next") != pl.col("at"))
            .select("author", "created_at", at="next")
        )
    if not found:
        return pl.DataFrame(schema={"i": slim.schema["i"], "replied_at": slim.schema["created_at"]})
    merged = pl.concat(found).group_by("at").agg(pl.col("created_at").min())
    return merged.select(pl.col("at").alias("i"), pl.col("created_at").alias("replied_at"))


def _answered(nodes: pl.DataFrame) -> pl.DataFrame:
    """The other side's next post in the thread: i, answered_at. Read backwards through each thread.

    Of two posts of one moment the deeper one is the later. What opens a thread answers nobody in it, even where a
    reply is dated before it.
    """
    order = nodes.filter(pl.col("created_at").is_not_null()).sort("root", "created_at", "depth", "i")
    numbered = order.select("i", "root", "created_at", "ours").with_row_index("_row")
    answers = pl.col("root") != pl.col("i")
    times, roots = numbered.get_column("created_at"), numbered.get_column("root")
    next_of = {
        side: pl.when(answers & (pl.col("ours") == is_ours)).then("_row").shift(-1).backward_fill()
        for side, is_ours in (("_ours_next", True), ("_theirs_next", False))
    }
    seen = numbered.with_columns(**next_of)
    other = seen.select(pl.when("ours").then("_theirs_next").when(~pl.col("ours")).then("_ours_next")).to_series()
    within = seen.with_columns(_root=roots.gather(other), _at=times.gather(other))
    return within.filter(pl.col("_root") == pl.col("root")).select("i", pl.col("_at").alias("answered_at"))


TOLD = Told("view_replies", _said, first=_first)
