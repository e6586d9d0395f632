"""Posts at one age, so that a week that is over is not held beside one whose numbers still grow.

Maturity M days. *Equal*: the first observation of a post at an age of M to M + max(1, M/4) days. *Matured*: the newest,
if the post was at least M days old then. Posts with neither are too young and leave. A post of which only the day is
known was born at that day's end. Where no reported count is read, the age is that of the day the reading is made.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Literal

import polars as pl

from smmetrics.derive.keys import KEY

if TYPE_CHECKING:
    from datetime import datetime

Basis = Literal["equal", "matured"]
VIEWS = frozenset({"posts", "threads", "posts_by_subject", "posts_by_topic", "posts_by_story", "posts_by_idea"})
"""Tables whose rows are posts, and so have an age."""
COUNTED_AT = "counted_at"
"""When a post's numbers were seen."""
_BORN = "_born"


@dataclass(frozen=True, slots=True)
class Age:
    """An age of ``days``, reached by one of two ways; ``as_of``: when the reading is made."""

    days: float
    basis: Basis
    as_of: datetime

    @property
    def until(self) -> float:
        """The age up to which an observation is one at equal age."""
        return until(self.days)


def until(days: float) -> float:
    """The age in days up to which an observation counts as one at equal age."""
    return days + max(1.0, days / 4)


def born(zone: str) -> pl.Expr:
    """When a post was said, at the latest."""
    day = pl.col("created_on").cast(pl.Datetime("us")).dt.offset_by("1d")
    ended = day.dt.replace_time_zone(zone, ambiguous="earliest", non_existent="null").dt.convert_time_zone("UTC")
    exact = (pl.col("created_precision") != "day").fill_null(value=True)
    return pl.when(exact & pl.col("created_at").is_not_null()).then("created_at").otherwise(ended)


def old_enough(rows: pl.LazyFrame, age: Age, zone: str) -> pl.LazyFrame:
    """The rows of posts that have reached an age when the reading is made."""
    return rows.filter(born(zone) + timedelta(days=age.days) <= pl.lit(age.as_of))


def at_age(observed: pl.LazyFrame, posts: pl.LazyFrame, age: Age, zone: str) -> pl.LazyFrame:
    """The observations of posts that are of an age."""
    births = posts.select(*KEY, born(zone).alias(_BORN))
    placed = observed.join(births, on=list(KEY), how="inner")
    return placed.filter(_is_of(age, _days("observed_at", pl.col(_BORN)))).drop(_BORN)


def of_age(rows: pl.LazyFrame, age: Age, zone: str) -> pl.LazyFrame:
    """Posts with their one observation (`COUNTED_AT`): those that are of an age."""
    return rows.filter(_is_of(age, _days(COUNTED_AT, born(zone))))


def _is_of(age: Age, days: pl.Expr) -> pl.Expr:
    old = (days >= age.days).fill_null(value=False)
    return old if age.basis == "matured" else old & (days <= age.until)


def _days(observed: str, birth: pl.Expr) -> pl.Expr:
    """The days from a post's birth to an observation of it."""
    return (pl.col(observed) - birth).dt.total_microseconds() / timedelta(days=1).total_seconds() / 1e6


def counted(rows: pl.LazyFrame, days: float, zone: str) -> pl.DataFrame:
    """How many posts with counts have an observation at an age, by platform, account and created_on.

    ``rows``: posts with their observations (`COUNTED_AT`). Columns: equal, matured (those at equal age among them),
    young (all of whose observations are younger).
    """
    age, place = _days(COUNTED_AT, born(zone)), ("platform", "account", "created_on")
    each = rows.group_by("post_id", *place).agg(
        ((age >= days) & (age <= until(days))).any().alias("equal"), (age >= days).any().alias("matured")
    )
    found = each.group_by(place).agg(
        pl.col("equal").sum(), pl.col("matured").sum(), (~pl.col("matured")).sum().alias("young")
    )
    return found.sort(place).collect()
