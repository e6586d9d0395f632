"""Posts as nodes of conversations: who answers whom, which root each belongs to, how deep it lies."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from smmetrics.derive.base import Base

ROUNDS = 40
"""Doublings before a chain counts as endless: 2^40 posts would have to answer each other in a row."""


def nodes(base: Base, some: pl.LazyFrame | None = None) -> pl.DataFrame:
    """One row a post, small columns only, numbered by ``i``. ``some``: of these stored ones only (`Base.some`).

    ``up``: number of the post it answers (its own where it answers none that is known); ``root``, ``depth``;
    ``author``: the person, or the account where that speaks; ``self_reply``: below a post of their own before anybody
    else spoke; ``broken``: it answers a post that is not known, so the depth below it is a lower bound; ``ring``: it
    answers one that answers it in the end. Mentions answer nobody.
    """
    rows = base.known(base.posts(some), some).select(
        "platform", "post_id", "account", "person", "ours", "theirs", "staff", "member", "roles", "unit", "kind",
        "in_reply_to", "root_id", "created_at", "created_on", "source_kind", "visibility", "place_id", "account_id",
        "rival", "brand",
    )  # fmt: skip
    frame = rows.collect().with_row_index("i")
    spoken = pl.when(pl.col("ours").is_not_null()).then(pl.concat_str(pl.lit("@"), "account"))
    frame = frame.with_columns(pl.coalesce("person", spoken).alias("author"), _chained(base.unchained).alias("chained"))
    return _with_root(_with_parent(frame))


def _with_parent(frame: pl.DataFrame) -> pl.DataFrame:
    """Number of the post each is directed at (``parent``), and of the next one up in its conversation (``up``).

    Where the post answered is not known, the root is next, if a source named that.
    """
    ids = frame.select("platform", pl.col("post_id").alias("_id"), pl.col("i").alias("_found"))
    joined = frame.with_columns(_number(frame, ids, "in_reply_to", "parent"), _number(frame, ids, "root_id", "_above"))
    answers = pl.col("in_reply_to").is_not_null() & (pl.col("kind") != "mention").fill_null(value=True)
    above = pl.when(answers).then(pl.coalesce("parent", "_above"))
    return joined.with_columns(up=pl.coalesce(above, "i"), broken=answers & pl.col("parent").is_null()).drop("_above")


def _number(frame: pl.DataFrame, ids: pl.DataFrame, column: str, name: str) -> pl.Series:
    """For each row the number of the post a column names; only what is small is joined, and what names none is not."""
    asked = frame.select("i", "platform", pl.col(column).alias("_id")).filter(pl.col("_id").is_not_null())
    found = asked.join(ids, on=["platform", "_id"], how="inner").select("i", pl.col("_found").alias(name))
    return frame.select("i").join(found, on="i", how="left", maintain_order="left").get_column(name)


def _with_root(frame: pl.DataFrame) -> pl.DataFrame:
    up = frame.get_column("up")
    root, depth = climb(up)
    endless = up.gather(root) != root
    if endless.any():  # posts that answer each other in a ring: each becomes a root of its own
        own = frame.get_column("i")
        up = pl.select(pl.when(endless).then(own).otherwise(up)).to_series()
        frame = frame.with_columns(up=up, broken=pl.col("broken") | endless)
        root, depth = climb(up)
    return _with_self_replies(frame.with_columns(root=root, depth=depth, ring=endless))


def _with_self_replies(frame: pl.DataFrame) -> pl.DataFrame:
    """Mark replies to oneself: below a post of one's own, with nobody else speaking in between.

    Where comments are not nested, an author's answer stands directly under their own article. It is an answer all the
    same, if somebody spoke before it.
    """
    up = frame.get_column("up")
    spoke = _others_before(frame)
    other = frame.select("i").join(spoke, on="i", how="left", maintain_order="left").get_column("_other")
    by, at = frame["author"].gather(up).alias("_by"), frame["created_at"].gather(up).alias("_at")
    paired = frame.with_columns(by, at, other)
    same = (pl.col("author") == pl.col("_by")).fill_null(value=False) & (pl.col("up") != pl.col("i"))
    between = (pl.col("_other") > pl.col("_at")).fill_null(value=False)
    return paired.with_columns(self_reply=same & ~between).drop("_by", "_at", "_other")


def _others_before(frame: pl.DataFrame) -> pl.DataFrame:
    """For each post, when somebody else last spoke before it in its conversation: ``_other``. Mentions do not speak."""
    spoke = pl.col("created_at").is_not_null() & (pl.col("kind") != "mention").fill_null(value=True)
    several = spoke & answered(frame)
    ordered = frame.filter(several).select("i", "root", "author", "created_at").sort("root", "created_at", "i")
    inside = pl.col("root") == pl.col("root").shift(1)
    turned = inside & pl.col("author").ne_missing(pl.col("author").shift(1))
    other = pl.when(turned).then(pl.col("created_at").shift(1)).forward_fill().over("root")
    return ordered.select("i", other.alias("_other"))


def answered(frame: pl.DataFrame) -> pl.Series:
    """Whether each row's conversation has more than its root: most have not, and need not be looked at."""
    roots = frame.filter(pl.col("root") != pl.col("i")).get_column("root").unique()
    marked = pl.zeros(frame.height, dtype=pl.Boolean(), eager=True).scatter(roots, values=True)
    return marked.gather(frame.get_column("root")).alias("_answered")


def climb(up: pl.Series) -> tuple[pl.Series, pl.Series]:
    """From each number's next one up (its own at the top) to its root and the number of steps to there.

    Each round doubles the steps taken, so a chain of a million takes twenty.
    """
    at = up
    steps = (up != pl.int_range(len(up), eager=True).cast(up.dtype)).cast(pl.Int64)
    for _ in range(ROUNDS):
        further = at.gather(at)
        if (further == at).all():
            break
        steps = steps + steps.gather(at)
        at = further
    return at, steps


def unchained(base: Base) -> frozenset[str]:
    """The kinds of source that do not say what replies answer. Those that nobody described are judged by their rows."""
    kinds = (
        base.snapshot.current("posts")
        .group_by("platform", "source_kind")
        .agg(replies=(pl.col("kind") == "reply").any(), answers=pl.col("in_reply_to").is_not_null().any())
    )
    without = []
    for platform, kind, replies, answers in kinds.collect().iter_rows():
        stated = base.chains.get(kind or "", base.chains.get(f"{platform}.{kind}"))
        if stated is False or (stated is None and replies and not answers):
            without.append(f"{platform} {kind}")
    return frozenset(without)


def _chained(unchained: frozenset[str]) -> pl.Expr:
    """Whether the source of a row says what replies answer."""
    return ~pl.concat_str("platform", pl.lit(" "), pl.col("source_kind").fill_null("None")).is_in(list(unchained))
