"""What the agreement says is to be deleted by now."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from typing import TYPE_CHECKING

from smmetrics.store.forgetting.ageing import PEOPLE, REPORTED, Age, days, is_about_people
from smmetrics.workspace.forgetting.linked import owners_of

if TYPE_CHECKING:
    from datetime import date

    import polars as pl

    from smmetrics.store import Snapshot
    from smmetrics.workspace.core import Workspace


@dataclass(frozen=True, kw_only=True, slots=True)
class Due:
    """Rows by table that are older than ``before``; ``months`` is what the strategy says."""

    before: date
    months: int
    rows: dict[str, int]


def cutoff(today: date, months: int) -> date:
    """The day so many months before: the last day of a month stays the last one."""
    year, month = divmod(today.year * 12 + today.month - 1 - months, 12)
    return today.replace(year=year, month=month + 1, day=min(today.day, calendar.monthrange(year, month + 1)[1]))


def agreed_months(workspace: Workspace) -> int:
    """How many months data about people are kept; 0 where nothing says so."""
    strategy = workspace.strategy
    return (strategy.privacy.keep_months or 0) if strategy is not None and strategy.privacy is not None else 0


def due(workspace: Workspace, today: date) -> Due | None:
    """What is due, or None where nothing was agreed or came in."""
    months, snapshot = agreed_months(workspace), workspace.snapshot()
    if not months or snapshot is None:
        return None
    before = cutoff(today, months)
    job = age(snapshot, before, today)
    rows: dict[str, int] = {}
    for name in snapshot.head.tables:
        if name in snapshot.tables:
            found = [job.old(name, snapshot.tables[name], part).sum() for part in _pieces(snapshot, name)]
            rows[name] = int(sum(found))
    return Due(before=before, months=months, rows={name: count for name, count in rows.items() if count})


def age(snapshot: Snapshot, before: date, today: date) -> Age:
    """What is older, with those who are still named by something younger."""
    active: set[str] = set()
    for name in snapshot.head.tables:
        declared = snapshot.tables.get(name)
        if declared is None or name in {PEOPLE, *REPORTED} or "person" not in {fact.name for fact in declared.columns}:
            continue
        for part in _pieces(snapshot, name):
            if is_about_people(declared, part):
                young = part.filter(~(days(part) < before).fill_null(value=False))
                active |= set(young.get_column("person").drop_nulls())
    return Age(before=before, today=today, active=frozenset(active | owners_of(snapshot, active)))


def _pieces(snapshot: Snapshot, name: str) -> list[pl.DataFrame]:
    return list(snapshot.observations(name).collect_batches())
