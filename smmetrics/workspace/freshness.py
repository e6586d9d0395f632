"""How far the data reach that a reading is made of: a fine number over old data must not look fresh."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import polars as pl

from smmetrics.engine.asking import CANNOT
from smmetrics.engine.coverage import Coverage, feeds

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from smmetrics.derive import Derived
    from smmetrics.engine import Request


def with_days(readings: pl.DataFrame, requests: Sequence[Request], source: Derived) -> pl.DataFrame:
    """Readings with ``data_until``: the last day that everything they are counted from covers.

    Of several platforms (tables, accounts) the one whose data end first; null where none covers any day.
    """
    coverage = Coverage(source.spans())
    ends = {request.metric: _ends(request, source, coverage) for request in requests}
    known: dict[tuple[str, str, str], date | None] = {}
    days = []
    for metric, platform, account in readings.select("metric", "platform", "account").iter_rows():
        if (metric, platform, account) not in known:
            known[metric, platform, account] = _day(platform, account, ends[metric])
        days.append(known[metric, platform, account])
    return readings.with_columns(pl.Series("data_until", days, dtype=pl.Date))


def by_platform(source: Derived) -> Mapping[str, date]:
    """The last day of data by platform."""
    last = source.spans().group_by("platform").agg(pl.col("end").max()).sort("platform").drop_nulls()
    return {name: end - timedelta(days=1) for name, end in last.iter_rows()}


def _ends(request: Request, source: Derived, coverage: Coverage) -> list[pl.DataFrame]:
    """For each table the formula reads, the last covered day by platform and account; those that cannot feed left out.

    One platform's files may end later for one account: the account named, or the latest of all.
    """
    unable = [name for name, (status, _) in request.verdicts.items() if status in CANNOT]
    views = (source.views[name] for name in sorted(request.formula.tables) if name in source.views)
    fed = dict.fromkeys(tables for view in views if (tables := feeds(view)))
    days = (coverage.days(tables).filter(~pl.col("platform").is_in(unable)) for tables in fed)
    return [each.group_by("platform", "account").agg(pl.col("day").max()) for each in days]


def _day(platform: str, account: str, ends: Iterable[pl.DataFrame]) -> date | None:
    """The earliest of the tables' last days; null where one of them covers nothing."""
    found: list[date | None] = []
    for each in ends:
        there = each.filter(platform=platform) if platform else each
        there = there.filter(account=account) if account else there
        # A table of no platform (time people gave) is the same for all of them.
        there = each.filter(platform="") if there.is_empty() else there
        last: date | None = there.group_by("platform").agg(pl.col("day").max()).select(pl.col("day").min()).item()
        found.append(last)
    days = [day for day in found if day is not None]
    return min(days) if days and len(days) == len(found) else None
