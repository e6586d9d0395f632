"""How many followers an account had when it posted: the newest number of before, if it is not too old."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from smmetrics.derive import who

if TYPE_CHECKING:
    from smmetrics.derive.base import Base

STALE = "35d"
"""A number older than this says nothing of the day: monthly reports still count."""
PLACE = ("platform", "account")


def with_followers(rows: pl.LazyFrame, base: Base) -> pl.LazyFrame:
    """Posts with ``followers_at_post``; null where no number was seen in the five weeks before the post's day.

    A window's number is that of its last day, a number without one that of the day it was seen; what was paid for is no
    level of its own. Of several numbers of one day the one seen last counts.
    """
    placed = who.with_account(base.snapshot.current("account_counts"), base.accounts)
    seen = pl.col("observed_at").dt.convert_time_zone(base.scope.zone).dt.date()
    levels = (
        placed.filter(pl.col("followers").is_not_null() & pl.col("account").is_not_null())
        .select(*PLACE, "observed_at", "followers", _day=pl.coalesce(pl.col("window_end").dt.offset_by("-1d"), seen))
        .drop_nulls("_day")
        .sort("_day", "observed_at", "followers")
        .unique([*PLACE, "_day"], keep="last", maintain_order=True)
        .select(*PLACE, "_day", followers_at_post="followers")
        .sort("_day")
    )
    dated = rows.with_row_index("_row").sort("created_on", nulls_last=True)
    found = dated.join_asof(
        levels, left_on="created_on", right_on="_day", by=list(PLACE), strategy="backward", tolerance=STALE,
        check_sortedness=False,
    )  # fmt: skip
    return found.sort("_row").drop("_row", "_day", strict=False)
