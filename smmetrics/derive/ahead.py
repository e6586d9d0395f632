"""What lies ahead, such as meetings in a calendar: planned, and counted once its day has come."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import polars as pl

if TYPE_CHECKING:
    from smmetrics.derive.base import Base
    from smmetrics.store import Snapshot

PLANNED = ("events", "effort")
"""Tables in which people note what is still to come."""
_OF_PLANNED = pl.any_horizontal(
    pl.col("facts").str.split(",").list.eval(pl.element().str.split(".").list.first()).list.contains(table)
    for table in PLANNED
)


def ahead(snapshot: Snapshot, zone: str, today: date | None = None) -> date | None:
    """The first day that has not come, where something planned reaches beyond it; None where nothing does.

    So what is read depends on the day only where it must. None, too, where all that came in lies ahead: then the clock
    is wrong, and not the files.
    """
    if not any(table in snapshot.head.tables for table in PLANNED):
        return None
    spans = snapshot.current("spans").select("start", "end", planned=_OF_PLANNED).collect()
    last = spans.filter("planned").get_column("end").max()
    first = spans.get_column("start").min()
    tomorrow = (today or datetime.now(tz=ZoneInfo(zone)).date()) + timedelta(days=1)
    if not isinstance(first, date) or not isinstance(last, date) or last <= tomorrow or first >= tomorrow:
        return None
    return tomorrow


def clipped(spans: pl.LazyFrame, base: Base) -> pl.LazyFrame:
    """Spans, those of what is planned no longer than what has come."""
    if base.ahead is None:
        return spans
    end = pl.when(_OF_PLANNED).then(pl.min_horizontal("end", pl.lit(base.ahead))).otherwise("end")
    return spans.with_columns(end.alias("end")).filter(pl.col("start") < pl.col("end"))


def come(rows: pl.LazyFrame, base: Base, day: str) -> pl.LazyFrame:
    """Rows whose day has come, or is not known."""
    return rows if base.ahead is None else rows.filter((pl.col(day) < base.ahead).fill_null(value=True))


def count(base: Base) -> int:
    """How many entries lie ahead."""
    if base.ahead is None:
        return 0
    found = (base.snapshot.current(table).filter(pl.col("day") >= base.ahead).select(pl.len()) for table in PLANNED)
    return sum(int(each.collect().item()) for each in found)
