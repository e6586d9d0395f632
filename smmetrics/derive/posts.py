"""Posts as formulas see them: always one row a post, made only of what is asked for; and threads, by their root."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from smmetrics.api.views import PARTS
from smmetrics.derive import ages, counts, followers, labelled, order, replies, reuse, texts, threads, who
from smmetrics.derive.base import KEY
from smmetrics.store import cache

if TYPE_CHECKING:
    from collections.abc import Collection

    from smmetrics.derive.ages import Age
    from smmetrics.derive.base import Base

OF_COUNTS = frozenset({"scope", "age_days", "engagements"})
FOLLOWERS = "followers_at_post"
WIDE = frozenset({"title", "text", "permalink", "links", "mentions", "hashtags"})
"""Columns as large as all others together: read where they are, never kept a second time."""
_SECONDS_A_DAY = 86_400


def posts(base: Base, columns: Collection[str], age: Age | None = None) -> pl.LazyFrame:
    """Posts with (at least) ``columns``; at an age, only those that have reached it, with their counts of that time.

    Where no post has counts of two observations, all questions read the same rows: they are made once and kept.
    """
    asked = frozenset(columns)
    by_label = base.asks_for_labels(asked)
    if _are_kept(base, asked):
        rows = cache.kept(base.snapshot.root / "cache" / f"view_posts-{base.named}.parquet", lambda: _everything(base))
        rows = rows if age is None else _of_age(rows, base, asked, age)
    else:
        rows = _made(base, asked, age)
    return labelled.with_labels(rows, base, by_label) if by_label else rows


def _of_age(rows: pl.LazyFrame, base: Base, asked: frozenset[str], age: Age) -> pl.LazyFrame:
    """Of posts that were counted once: those that were counted at an age, or have reached it where nothing is counted.

    Who is of which age is told once and kept: it is asked for with every comparison.
    """
    if not asked & (reported_columns(base) | OF_COUNTS):
        return ages.old_enough(rows, age, base.scope.zone)
    name = f"aged_{age.basis}_{age.days:g}-{base.named}.parquet"
    found = cache.kept(
        base.snapshot.root / "cache" / name,
        lambda: ages.at_age(_lifetime(base), base.posts(), age, base.scope.zone).select(KEY).unique(),
    )
    return rows.join(found, on=KEY, how="semi", maintain_order="left")


def beside(base: Base, columns: Collection[str]) -> frozenset[str]:
    """The columns that are equal in runs of posts, within a platform and a day; none where posts are not kept."""
    return order.BESIDE if _are_kept(base, frozenset(columns)) and _in_order(base) else frozenset()


def _are_kept(base: Base, asked: frozenset[str]) -> bool:
    return base.single_counts and not asked & (WIDE | replies.COLUMNS | {FOLLOWERS})


def _in_order(base: Base) -> bool:
    return base.post_rows <= order.MOST


def conversations(base: Base, columns: Collection[str], age: Age | None = None) -> pl.LazyFrame:
    """Threads: every column of the root, and what became of it. ``root_id`` is the root's own id.

    ``comments`` are those of the root without our own postscripts.
    """
    rows = posts(base, frozenset(columns) - threads.COLUMNS, age)
    joined = rows.join(base.threads.lazy(), on=KEY, how="inner", maintain_order="left")
    if reuse.COLUMN in columns:
        joined = joined.join(base.reused.lazy(), on=KEY, how="left", maintain_order="left")
    heard = [pl.col("comments") - pl.col(threads.POSTSCRIPTS).fill_null(0)] if "comments" in columns else []
    return joined.with_columns(*heard, root_id=pl.col("post_id"))


def _everything(base: Base) -> pl.LazyFrame:
    """All columns that any question may ask of posts, but for the wide ones and those that threads fill."""
    counted = _lifetime(base).select(pl.col(name).count() for name in sorted(reported_columns(base))).collect()
    reported = {name for name, n in counted.row(0, named=True).items() if n}
    rows = _made(base, frozenset(reported | OF_COUNTS | who.COLUMNS | texts.COLUMNS))
    kept = rows.select(name for name in rows.collect_schema() if name not in WIDE and not name.startswith("_"))
    return order.side_by_side(kept) if _in_order(base) else kept


def _made(base: Base, asked: frozenset[str], age: Age | None = None) -> pl.LazyFrame:
    rows = base.posts()
    if asked & who.COLUMNS:
        rows = base.known(rows)
    if asked & replies.COLUMNS:
        rows = rows.join(base.replies.lazy(), on=KEY, how="left", maintain_order="left")
    reported = reported_columns(base) & asked
    if reported or asked & OF_COUNTS:
        rows = _with_counts(rows, base, reported, asked, age)
    elif age is not None:
        rows = ages.old_enough(rows, age, base.scope.zone)
    if FOLLOWERS in asked:
        rows = followers.with_followers(rows, base)
    exact = pl.when((pl.col("created_precision") != "day").fill_null(value=True)).then("created_at")
    made = {"created_at": exact, "is_reply": pl.col("kind") == "reply", **_texts(base, asked)}
    return rows.with_columns(**made)


def reported_columns(base: Base) -> frozenset[str]:
    """Columns that are numbers reported of a post, plugins' among them."""
    table = base.snapshot.tables["post_counts"]
    return frozenset(fact.name for fact in table.columns if fact.type in {"int", "number"})


def _lifetime(base: Base) -> pl.LazyFrame:
    return base.snapshot.current("post_counts").filter(counts.lifetime())


def _with_counts(
    rows: pl.LazyFrame, base: Base, reported: Collection[str], asked: Collection[str], age: Age | None = None
) -> pl.LazyFrame:
    parts = PARTS if "engagements" in asked else ()
    names = sorted({*reported, *parts})
    observed = _lifetime(base).select(*KEY, "scope", "source_kind", "observed_at", *names)
    if age is not None:
        observed = ages.at_age(observed, base.posts(), age, base.scope.zone)
    if age is not None or not base.single_counts:
        first = age is not None and age.basis == "equal"
        observed = counts.added_up(observed, KEY, names, base.adds)
        observed = counts.chosen(observed, KEY, asked=reported, parts=parts, first=first)
    engaged = {"engagements": counts.captured(PARTS)} if parts else {}
    read = observed.with_columns(**engaged).drop("source_kind").rename({"observed_at": "_counted_at"})
    days = (pl.col("_counted_at") - pl.col("created_at")).dt.total_milliseconds() / 1000 / _SECONDS_A_DAY
    exact = (pl.col("created_precision") != "day").fill_null(value=True)
    joined = rows.join(read, on=KEY, how="left" if age is None else "inner", maintain_order="left")
    return joined.with_columns(age_days=pl.when(exact).then(days))


def _texts(base: Base, asked: Collection[str]) -> dict[str, pl.Expr]:
    made = {}
    if "is_question" in asked:
        made["is_question"] = texts.is_question()
    if "other_mentions" in asked:
        made["other_mentions"] = texts.other_mentions(base.our_names)
    if "other_links" in asked:
        ours = base.accounts.filter("ours").get_column("url").drop_nulls()
        made["other_links"] = texts.other_links(ours)
    return made
