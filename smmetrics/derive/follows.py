"""What each column of kept posts follows from, and so which posts may differ after an import.

Every column that is kept says it here. One that does not counts as following from everything: then nothing of a former
state is used.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Literal

import polars as pl

from smmetrics.derive.keys import KEY

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from smmetrics.derive.base import Base

From = Literal["row", "counts", "above", "account", "person", "names"]
"""``row``: the post as it is stored. ``counts``: what was reported of it. ``above``: what is stored of the posts it
answers or says it is under. ``account``, ``person``: what is known of its account and its author. ``names``: the names
and addresses that are ours."""
Months = Collection[date | None]
"""Months, by their first day; none: posts without a day."""
PERSON, ACCOUNT = ("platform", "person"), ("platform", "account_id")
_PLACE: tuple[From, ...] = ("row", "above", "account")
_WHO: tuple[From, ...] = (*_PLACE, "person")
FOLLOWS: Mapping[str, tuple[From, ...]] = {
    "created_at": ("row",), "created_on": ("row",), "is_reply": ("row",), "is_question": ("row",),
    "campaign": ("row",),
    "account_id": ("row", "above"), "account": _PLACE, "brand": _PLACE, "person": ("row", "account", "person"),
    **dict.fromkeys(("ours", "theirs", "staff", "member", "bot", "rival", "roles", "unit"), _WHO),
    **dict.fromkeys(("scope", "engagements", "age_days", "counted_at"), ("row", "counts")),
    **dict.fromkeys(("other_mentions", "other_links"), ("row", "names")),
}  # fmt: skip
"""Of columns that are made. Which rows there are follows from the row itself, and from whether a program wrote it."""
MONTH = "_month"
_DATES = ("created_at", "created_on", "created_precision")
FEW = 100_000
"""Texts that are looked up one by one."""
_HASHES = ("_h1", "_h2")


def stated(base: Base, columns: Collection[str]) -> bool:
    """Whether all these columns say what they follow from: stored ones and numbers reported of posts need not."""
    tables, current = base.snapshot.tables, base.snapshot.current("posts")
    own = {*current.collect_schema().names(), *(fact.name for fact in tables["post_counts"].columns)}
    return own | FOLLOWS.keys() >= set(columns)


@dataclass(frozen=True, slots=True)
class Changed:
    """What an import brought: posts and counts by their keys, and whose account or person is known otherwise now."""

    posts: pl.DataFrame
    counts: pl.DataFrame
    accounts: pl.DataFrame
    people: pl.DataFrame

    def rows(self, base: Base, before: pl.LazyFrame) -> pl.DataFrame:
        """All posts that may differ: `KEY`, and `MONTH`, the one they stood in before or the one they stand in now.

        ``before``: kept posts of the state before.
        """
        return pl.concat(pl.collect_all(list(self._touched(base, before)))).unique()

    def _touched(self, base: Base, before: pl.LazyFrame) -> Iterator[pl.LazyFrame]:
        keys = pl.concat([self.posts, self.counts]).unique()
        stored = base.snapshot.current("posts")
        for rows, day in ((before, pl.col("created_on")), (stored, base.day())):
            for known, on in ((keys, KEY), (self.accounts, ACCOUNT), (self.people, PERSON)):
                yield _of(rows, known, on, day)
        below = stored.filter(pl.col("account_id").is_null() | pl.col("person").is_null())
        for column in ("in_reply_to", "root_id"):
            named = self.posts.select("platform", pl.col("post_id").alias(column))
            yield _of(below, named, ("platform", column), base.day())


def _of(rows: pl.LazyFrame, known: pl.DataFrame, on: Sequence[str], day: pl.Expr) -> pl.LazyFrame:
    """The rows that have one of some keys."""
    if not known.height:
        return pl.LazyFrame(schema={**dict.fromkeys(KEY, pl.String()), MONTH: pl.Date()})
    near = rows.select({*KEY, *on, *_DATES}).filter(among(on[-1], known.get_column(on[-1])))
    dated = near.join(known.lazy(), on=list(on), how="semi")
    return dated.with_columns(created_on=day).select(*KEY, month().alias(MONTH))


def among(column: str, values: pl.Series) -> pl.Expr:
    """Whether a text may be one of some: parts of a file that can hold none stay unread, and few are looked up."""
    if not len(values):
        return pl.lit(value=False)
    between = pl.col(column).is_between(pl.lit(values.min()), pl.lit(values.max()))
    return between & pl.col(column).is_in(values.implode()) if len(values) <= FEW else between


def month() -> pl.Expr:
    """The first day of the month of a post; null where it has no day."""
    return pl.col("created_on").dt.month_start()


def within(months: Months) -> pl.Expr:
    """Whether a post is of one of some months."""
    dated = month().is_in(sorted(each for each in months if each is not None)).fill_null(value=False)
    return dated | month().is_null() if None in months else dated


def near(months: Months) -> pl.Expr:
    """The same of stored rows, and a day around it: enough to leave most of a file unread."""
    day, margin = pl.col("created_on"), timedelta(days=1)
    found = pl.all_horizontal(pl.col("created_at").is_null(), day.is_null()) if None in months else pl.lit(value=False)
    for first in sorted(each for each in months if each is not None):
        since, until = first - margin, (first + timedelta(days=31)).replace(day=1) + margin
        begun, ended = (datetime.combine(each, time(), UTC) for each in (since, until))
        found |= pl.col("created_at").is_between(begun, ended) | day.is_between(since, until)
    return found.fill_null(value=False)


def differing(before: pl.DataFrame, now: pl.DataFrame, key: Collection[str]) -> pl.DataFrame:
    """The keys of rows that stand in one frame only, or otherwise in the other."""
    if before.schema != now.schema:
        return pl.concat([before.select(key), now.select(key)]).unique()
    one, other = (
        frame.select(key).with_columns(frame.hash_rows(seed=seed).alias(name) for seed, name in enumerate(_HASHES))
        for frame in (before, now)
    )
    on = [*key, *_HASHES]
    apart = [one.join(other, on=on, how="anti", nulls_equal=True), other.join(one, on=on, how="anti", nulls_equal=True)]
    return pl.concat(apart).select(key).unique()
