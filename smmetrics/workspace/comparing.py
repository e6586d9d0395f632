"""Readings of a view beside those of the time it is compared with.

Neighbouring periods of a series are compared where they are computed. What is compared here are readings that have no
neighbour among those asked for: a whole stated period with the one before it, and any period with that of last year.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import polars as pl

from smmetrics.engine.ages import REASON
from smmetrics.engine.compare import with_changes
from smmetrics.panels.spans import before

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date, datetime

    from smmetrics.panels.source import View

_CHANGES = ("previous", "change", "change_low", "change_high")
_WEEKS = timedelta(weeks=52)
"""A year back on the same weekday: days and weeks are compared with their like."""
_BY_DAYS = frozenset({"day", "week"})


def compared(
    readings: pl.DataFrame,
    view: View,
    asked: Callable[[date, date], pl.DataFrame],
    *,
    grain: str,
    maturity: Mapping[str, float],
    as_of: datetime,
) -> pl.DataFrame:
    """Readings with the changes a view asks for. ``asked``: the same readings in other days, with their ages.

    What stands beside readings of their ages (`ages.HIDDEN`) stays there.
    """
    neighbours = view.comparison == "previous" and grain != "total"
    if neighbours or readings.is_empty():
        return readings
    alone = readings.with_columns(
        *(pl.lit(None, dtype=pl.Float64).alias(name) for name in _CHANGES), **_unsaid(readings)
    )
    days = _days(readings, view)
    if view.comparison == "none" or days is None:
        return alone
    year = view.comparison == "last_year"
    former = asked(*(_back(day, grain) for day in days)) if year else asked(*before(*days, "previous"))
    starts = {start: _back(start, grain) if year else before(*days, "previous")[0] for start in _starts(alone)}
    return _paired(alone, former, starts, maturity=maturity, as_of=as_of)


def meets_other_days(view: View, grain: str) -> bool:
    """Whether `compared` may ask for other days: only then do readings need to be known at their ages."""
    if view.comparison == "previous":
        return grain == "total" and bool(view.since and view.until)
    return view.comparison == "last_year"


def _days(readings: pl.DataFrame, view: View) -> tuple[date, date] | None:
    """The days compared; “all there is” has nothing before it, and a year ago only where periods are whole."""
    if view.comparison == "previous":
        return (view.since, view.until) if view.since and view.until else None
    first, last = readings.select(pl.col("period_start").min(), pl.col("period_end").max()).row(0)
    return (first, last) if first and last else None


def _back(day: date, grain: str) -> date:
    return day - _WEEKS if grain in _BY_DAYS else before(day, day, "last_year")[0]


def _starts(readings: pl.DataFrame) -> list[date]:
    return readings.get_column("period_start").drop_nulls().unique().to_list()


def _paired(
    readings: pl.DataFrame,
    former: pl.DataFrame,
    starts: Mapping[date, date],
    *,
    maturity: Mapping[str, float],
    as_of: datetime,
) -> pl.DataFrame:
    """Each reading after its former one, as neighbours in a series of their own."""
    later = {start: now for now, start in starts.items()}
    now = pl.col("period_start").replace_strict(later, default=None, return_dtype=pl.Date)
    moved = former.with_columns(now.alias("__now")).filter(pl.col("__now").is_not_null())
    earlier = moved.with_columns(
        _series("__now"), period_start=pl.col("__now") - pl.duration(days=1), period_end=pl.col("__now")
    ).drop("__now")
    own = readings.with_columns(_series("period_start"))
    together = with_changes(pl.concat([earlier, own]), maturity=maturity, as_of=as_of).tail(own.height)
    return readings.with_columns(together.select(*_CHANGES, "age_basis", "reason"))


def _unsaid(readings: pl.DataFrame) -> dict[str, pl.Expr]:
    """Nothing said of a comparison with the neighbour."""
    reason = {"reason": pl.coalesce(REASON, "reason")} if REASON in readings.columns else {}
    return {"age_basis": pl.lit(""), **reason}


def _series(day: str) -> pl.Expr:
    return (pl.col("grain") + "|" + pl.col(day).cast(pl.String)).alias("grain")
