"""Time people gave, and time the strategy plans.

Planned hours are spread evenly over all seven days of the week: hours x 60 / 7 minutes a day. So a whole week holds
exactly the hours stated, whichever day it begins on, and part of a week its part. Working days would ask for a
calendar of holidays that the strategy need not have.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from smmetrics.derive import ahead

if TYPE_CHECKING:
    from datetime import date

    from smmetrics.derive.base import Base

DAYS_A_WEEK = 7
MINUTES_AN_HOUR = 60
_SCHEMA = {"goal": pl.String(), "person": pl.String(), "since": pl.Date(), "until": pl.Date(), "minutes": pl.Float64()}


def effort(base: Base) -> pl.LazyFrame:
    """Entries as they stand, of days that have come."""
    return ahead.come(base.snapshot.current("effort"), base, "day")


def plan(base: Base) -> pl.LazyFrame:
    """One row a goal, person and day, over the days that data covers; the strategy's own limits inside them.

    Two statements for one goal, person and day add up.
    """
    bounds = covered(base)
    if bounds is None:
        return pl.LazyFrame(
            schema={"goal": pl.String(), "person": pl.String(), "day": pl.Date(), "minutes": pl.Float64()}
        )
    first, end = bounds
    rows = [
        (each.goal, each.person, max(each.since or first, first), min(each.until or end, end),
         each.hours_per_week * MINUTES_AN_HOUR / DAYS_A_WEEK)
        for each in base.scope.plan
    ]  # fmt: skip
    frame = pl.DataFrame(rows, schema=_SCHEMA, orient="row").filter(pl.col("since") < pl.col("until"))
    days = frame.with_columns(day=pl.date_ranges("since", "until", closed="left")).explode(
        "day", empty_as_null=False, keep_nulls=False
    )
    return days.group_by("goal", "person", "day").agg(pl.col("minutes").sum()).sort("goal", "person", "day").lazy()


def covered(base: Base) -> tuple[date, date] | None:
    """The first day that any file covers or anybody logged, and the day after the last; None where there is nothing."""
    from datetime import timedelta  # noqa: PLC0415

    stored = ahead.clipped(base.snapshot.current("spans"), base)
    spans = stored.select(pl.col("start").min(), pl.col("end").max()).collect().row(0)
    logged = effort(base).select(pl.col("day").min(), last=pl.col("day").max()).collect().row(0)
    starts = [day for day in (spans[0], logged[0]) if day is not None]
    ends = [day for day in (spans[1], logged[1] and logged[1] + timedelta(days=1)) if day is not None]
    return (min(starts), max(ends)) if starts and ends else None
