"""What has to be known of all of a file's rows, noted while they pass: accounts, days, and the newest moments."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from smmetrics.intake.ranges import DAY, event_days, newest

if TYPE_CHECKING:
    from collections.abc import Mapping

    import polars as pl

    from smmetrics.api.facts import Table
    from smmetrics.api.sources import Source

LONG = frozenset({"week", "month"})
APART = frozenset({"accounts", "spans"})
"""Tables whose rows say themselves which account they are of."""
PLANS = frozenset({"events", "effort", "roster"})
"""Tables that may hold what is still to come."""


@dataclass(slots=True)
class Seen:
    """``accounts``: all that any row names; ``own``: those in the source's table; ``nameless``: tables that lack one.

    ``naming``: tables of which some row names one.
    ``first`` and ``last`` are days of the source's own records, ``stated`` the newest time of observation a row
    states, ``newest`` the newest moment of a record that is out; ``tables``: all that came, ``filled``: with rows.
    """

    accounts: set[str] = field(default_factory=set)
    own: set[str] = field(default_factory=set)
    nameless: set[str] = field(default_factory=set)
    naming: set[str] = field(default_factory=set)
    tables: set[str] = field(default_factory=set)
    filled: set[str] = field(default_factory=set)
    first: date | None = None
    last: date | None = None
    stated: datetime | None = None
    newest: datetime | None = None

    def note(self, frames: Mapping[str, pl.DataFrame], source: Source, declared: Mapping[str, Table]) -> None:
        """Note what a part of the rows says."""
        self.tables |= frames.keys()
        for name, frame in frames.items():
            if frame.height:
                self.filled.add(name)
            self._note_accounts(name, frame, source, declared[name])
            if "observed_at" in frame.columns:
                self.stated = _later(self.stated, frame.get_column("observed_at").max())
            if name in {source.table, *source.covers}:
                self.newest = _later(self.newest, newest(frame, datetime.now(UTC) if name in PLANS else None))
        main = frames.get(source.table)
        days = None if main is None else event_days(main)
        if days is not None:
            first, last = days.min(), _last(days, main, source)
            if isinstance(first, date) and isinstance(last, date):
                self.first = first if self.first is None else min(self.first, first)
                self.last = last if self.last is None else max(self.last, last)

    def _note_accounts(self, name: str, frame: pl.DataFrame, source: Source, table: Table) -> None:
        known = frame.get_column("account_id") if "account_id" in frame.columns else None
        if known is not None:
            ids = {str(each) for each in known.unique() if each is not None}
            self.accounts |= ids
            self.naming |= {name} if ids else set()
            self.own |= ids if name == source.table else set()
        declared = any(fact.name == "account_id" for fact in table.columns)
        if declared and name not in APART and frame.height and (known is None or known.null_count()):
            self.nameless.add(name)


def _last(days: pl.Series, rows: pl.DataFrame | None, source: Source) -> object:
    """The last day that records are of: of counts of a week or a month, the last day of that."""
    if rows is not None and source.window in LONG and "window_end" in rows.columns:
        end = rows.get_column("window_end").max()
        return end - DAY if isinstance(end, date) else days.max()
    return days.max()


def _later(one: datetime | None, other: object) -> datetime | None:
    if not isinstance(other, datetime):
        return one
    return other if one is None else max(one, other)
