"""Posts as formulas see them: always one row a post, made only of what is asked for; and threads, by their root."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import polars as pl

from smmetrics.api.views import PARTS
from smmetrics.derive import (
    ages,
    campaigns,
    counts,
    followers,
    follows,
    labelled,
    months,
    order,
    replies,
    reuse,
    texts,
    threads,
    who,
)
from smmetrics.derive.keys import KEY

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from smmetrics.derive.ages import Age
    from smmetrics.derive.base import Base
    from smmetrics.derive.months import Quarter
    from smmetrics.store.parts import Kept, Part

OF_COUNTS = frozenset({"scope", "age_days", "engagements"})
FOLLOWERS = "followers_at_post"
WIDE = frozenset({"title", "text", "permalink", "links", "mentions", "hashtags"})
"""Columns as large as all others together: read where they are, never kept a second time."""
_SECONDS_A_DAY = 86_400


def posts(base: Base, columns: Collection[str], age: Age | None = None) -> pl.LazyFrame:
    """Posts with (at least) ``columns``; at an age, only those that have reached it, with their counts of that time.

    Where the same observation of each post is read whatever is asked, all questions read the same rows: they are made
    once and kept. At an age another observation may be read of a post that was counted twice.
    """
    asked = frozenset(columns)
    by_label = base.asks_for_labels(asked)
    of_age = age is not None and asked & (reported_columns(base) | OF_COUNTS)
    if are_kept(base, asked) and (base.single_counts or not of_age):
        found = by_month(base)
        rows = base.snapshot.shelf.scan(found, found.parts)
        rows = rows if age is None else _of_age(rows, base, asked, age)
    else:
        rows = _made(base, asked, age)
    rows = _with_the_rest(rows, base, asked)
    return labelled.with_labels(rows, base, by_label) if by_label else rows


def _of_age(rows: pl.LazyFrame, base: Base, asked: frozenset[str], age: Age) -> pl.LazyFrame:
    """Of posts that were counted once: those counted at an age, or that have reached it where nothing is counted."""
    if not asked & (reported_columns(base) | OF_COUNTS):
        return ages.old_enough(rows, age, base.scope.zone)
    return ages.of_age(rows, age, base.scope.zone)


def _with_the_rest(
    rows: pl.LazyFrame, base: Base, asked: frozenset[str], quarter: Quarter | None = None
) -> pl.LazyFrame:
    """Posts with what is kept beside them, and what is made when they are read."""
    if asked & replies.COLUMNS:
        rows = replies.with_replies(rows, base, asked, quarter)
    return followers.with_followers(rows, base) if FOLLOWERS in asked else rows


def beside(base: Base, columns: Collection[str]) -> frozenset[str]:
    """The columns that are equal in runs of posts, within a platform and a day; none where posts are not kept."""
    return order.BESIDE if are_kept(base, frozenset(columns)) else frozenset()


def are_kept(base: Base, asked: frozenset[str]) -> bool:
    """Whether posts with these columns are kept: in the same rows for all questions, but for what labels fill.

    Where another observation may be read for another question, rows are the same for those that ask for no count.
    """
    return not asked & WIDE and (base.settled_counts or not asked & (reported_columns(base) | OF_COUNTS))


def by_quarter(base: Base, asked: frozenset[str]) -> dict[str, Callable[[], pl.LazyFrame]]:
    """Kept posts by quarter of a year, under a name that follows from nothing but their rows; none if not kept."""
    if base.asks_for_labels(asked) or not are_kept(base, asked) or FOLLOWERS in asked:
        return {}
    kept = by_month(base)
    found: dict[str, Callable[[], pl.LazyFrame]] = {}
    for quarter, parts in months.quarters(kept).items():
        names = [part.name for part in parts]
        if asked & replies.COLUMNS:
            names += base.talks.of(replies.TOLD).names(quarter, first="is_first" in asked)
        found[" ".join(names)] = partial(_of_quarter, base, asked, kept, (quarter, parts))
    return found


def conversations_by_quarter(base: Base, asked: frozenset[str]) -> dict[str, Callable[[], pl.LazyFrame]]:
    """The same of conversations, by the quarter in which they were opened."""
    if reuse.COLUMN in asked:
        return {}
    talk = base.talks.of(threads.TOLD)
    said = by_quarter(base, asked - threads.COLUMNS)
    if not said:
        return {}
    quarters = months.quarters(by_month(base))
    return {
        " ".join([name, *talk.names(quarter, first=False)]): partial(_opened, base, asked, read, quarter)
        for (name, read), quarter in zip(said.items(), quarters, strict=True)
    }


def _of_quarter(base: Base, asked: frozenset[str], kept: Kept, of: tuple[Quarter, Sequence[Part]]) -> pl.LazyFrame:
    quarter, parts = of
    return _with_the_rest(base.snapshot.shelf.scan(kept, parts), base, asked, quarter)


def _opened(base: Base, asked: frozenset[str], read: Callable[[], pl.LazyFrame], quarter: Quarter) -> pl.LazyFrame:
    return _with_conversations(read(), base, asked, quarter)


def by_age(base: Base, days: float) -> pl.DataFrame:
    """How many posts have counts at an age, see `ages.counted`."""
    zone, place = base.scope.zone, ("account", "created_on")
    if base.single_counts:
        rows = posts(base, frozenset({*place, "likes"})).filter(pl.col(ages.COUNTED_AT).is_not_null())
    else:
        seen = _lifetime(base).select(*KEY, pl.col("observed_at").alias(ages.COUNTED_AT)).unique()
        said = base.posts().select(*KEY, *place, "created_at", "created_precision")
        rows = seen.join(said, on=KEY, how="inner")
    return ages.counted(rows, days, zone)


def by_month(base: Base) -> Kept:
    """The kept posts."""
    return months.kept(base, partial(_everything, base))


def conversations(base: Base, columns: Collection[str], age: Age | None = None) -> pl.LazyFrame:
    """Threads: every column of the root, and what became of it. ``root_id`` is the root's own id.

    ``comments`` are those of the root without our own postscripts.
    """
    rows = posts(base, frozenset(columns) - threads.COLUMNS, age)
    return _with_conversations(rows, base, columns)


def _with_conversations(
    rows: pl.LazyFrame, base: Base, columns: Collection[str], quarter: Quarter | None = None
) -> pl.LazyFrame:
    """Posts that opened a conversation, with what became of it. Those of one quarter come in any order."""
    told = base.talks.of(threads.TOLD).rows(quarter).drop("created_on")
    # Keeping the order takes as long as all else that joining does, and rows that are only counted need none.
    joined = rows.join(told, on=KEY, how="inner", maintain_order="left" if quarter is None else "none")
    if reuse.COLUMN in columns:
        joined = joined.join(base.reused.lazy(), on=KEY, how="left", maintain_order="left")
    reported = "comments" in columns and "comments" in rows.collect_schema()
    heard = [pl.col("comments") - pl.col(threads.POSTSCRIPTS).fill_null(0)] if reported else []
    return joined.with_columns(*heard, root_id=pl.col("post_id"))


def _everything(base: Base, some: pl.LazyFrame | None) -> pl.LazyFrame:
    """All columns that any question may ask of posts, but for the wide ones and those that threads fill.

    Of all posts, without the numbers that nothing reports; or of some stored ones. No counts where these differ by
    what is asked: they are read anew for each question.
    """
    numbers, of_counts = reported_columns(base), OF_COUNTS
    if not base.settled_counts:
        numbers, of_counts = frozenset[str](), frozenset[str]()
    elif some is None:
        counted = _lifetime(base).select(pl.col(name).count() for name in sorted(numbers)).collect()
        numbers = frozenset(name for name, n in counted.row(0, named=True).items() if n)
    rows = _made(base, frozenset(numbers | of_counts | who.COLUMNS | texts.COLUMNS), some=some)
    return rows.select(name for name in rows.collect_schema() if name not in WIDE and not name.startswith("_"))


def _made(base: Base, asked: frozenset[str], age: Age | None = None, some: pl.LazyFrame | None = None) -> pl.LazyFrame:
    """Posts made from all that are stored, or from some of them, but for what `_with_the_rest` adds."""
    rows = base.posts(some)
    if asked & who.COLUMNS:
        rows = base.known(rows, some)
    reported = reported_columns(base) & asked
    if reported or asked & OF_COUNTS:
        rows = _with_counts(rows, base, reported, asked, age=age, some=some)
    elif age is not None:
        rows = ages.old_enough(rows, age, base.scope.zone)
    exact = pl.when((pl.col("created_precision") != "day").fill_null(value=True)).then("created_at")
    made = {"created_at": exact, "is_reply": pl.col("kind") == "reply", **_texts(base, asked)}
    if base.scope.campaigns:
        made[campaigns.COLUMN] = campaigns.campaign(base.scope.campaigns)
    return rows.with_columns(**made)


def reported_columns(base: Base) -> frozenset[str]:
    """Columns that are numbers reported of a post, plugins' among them."""
    table = base.snapshot.tables["post_counts"]
    return frozenset(fact.name for fact in table.columns if fact.type in {"int", "number"})


def _lifetime(base: Base) -> pl.LazyFrame:
    return base.snapshot.current("post_counts").filter(counts.lifetime())


def _with_counts(
    rows: pl.LazyFrame,
    base: Base,
    reported: Collection[str],
    asked: Collection[str],
    *,
    age: Age | None,
    some: pl.LazyFrame | None,
) -> pl.LazyFrame:
    parts = PARTS if "engagements" in asked else ()
    names = sorted({*reported, *parts})
    observed = _lifetime(base).select(*KEY, "scope", "source_kind", "observed_at", *names)
    if some is not None:
        observed = _of(observed, some.select(KEY).collect())
    if age is not None:
        observed = ages.at_age(observed, base.posts(), age, base.scope.zone)
    if age is not None or not base.single_counts:
        first = age is not None and age.basis == "equal"
        observed = counts.added_up(observed, KEY, names, base.adds)
        observed = counts.chosen(observed, KEY, asked=reported, parts=parts, first=first)
    engaged = {"engagements": counts.captured(PARTS)} if parts else {}
    read = observed.with_columns(**engaged).drop("source_kind").rename({"observed_at": ages.COUNTED_AT})
    days = (pl.col(ages.COUNTED_AT) - pl.col("created_at")).dt.total_milliseconds() / 1000 / _SECONDS_A_DAY
    exact = (pl.col("created_precision") != "day").fill_null(value=True)
    joined = rows.join(read, on=KEY, how="left" if age is None else "inner", maintain_order="left")
    return joined.with_columns(age_days=pl.when(exact).then(days))


def _of(observed: pl.LazyFrame, posts: pl.DataFrame) -> pl.LazyFrame:
    """The observations of some posts."""
    observed = observed.filter(follows.among("post_id", posts.get_column("post_id")))
    return observed.join(posts.lazy(), on=KEY, how="semi", maintain_order="left")


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
