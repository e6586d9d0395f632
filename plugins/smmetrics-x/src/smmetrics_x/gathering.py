"""A file's posts and persons on their way to frames: batch by batch, with the days they cover and what must be said."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

import polars as pl

from smmetrics.api import Batch, Rejected
from smmetrics.api.errors import BadData
from smmetrics_x.clock import is_strange
from smmetrics_x.frames import frames
from smmetrics_x.said import People, Post, Row, count_rows, post_row

if TYPE_CHECKING:
    from datetime import datetime

    from smmetrics.api import Context, Record

HINT = "If they are X's, get them again with X's own ids. Else say what their fields mean: smmetrics map FILE."
MANY = 20_000
"""Posts a batch."""


@dataclass(slots=True)
class Gathering:
    """What was read since the last batch, and of the whole file what is said at its end."""

    context: Context
    people: People
    seen_at: datetime | None = None
    records: int = 0
    rows: dict[str, list[Row]] = field(default_factory=dict)
    rejected: list[Rejected] = field(default_factory=list)
    not_taken: Counter[str] = field(default_factory=Counter)
    messages: list[str] = field(default_factory=list)
    whole: dict[str, list[pl.DataFrame]] = field(default_factory=dict)
    days: dict[str, tuple[date, date]] = field(default_factory=dict)
    posts: int = 0
    strange: int = 0

    def post(self, record: Record, post: Post, account: str | None) -> None:
        """Take a post as a record of its own."""
        self.records += 1
        self.posts += 1
        self.strange += is_strange(post.number, post.at)
        row = post_row(post, self.people, account, record.number)
        self.add("posts", row)
        for counts in count_rows(post, account, record.number, family=self.people.family):
            self.add("post_counts", counts)
        on = row["created_on"]
        if account and isinstance(on, date):
            self._cover(account, on, on)

    def take(self, posts: pl.DataFrame, counts: pl.DataFrame) -> None:
        """Take many posts at once, each a record of its own, with what was counted of them."""
        self.records += posts.height
        self.posts += posts.height
        for table, frame in (("posts", posts), ("post_counts", counts)):
            self.whole.setdefault(table, []).append(frame)
        days = posts.drop_nulls("account_id").group_by("account_id")
        on = pl.col("created_on")
        for account, first, last in days.agg(on.min().alias("first"), on.max().alias("last")).iter_rows():
            self._cover(account, first, last)

    def _cover(self, account: str, start: date, end: date) -> None:
        first, last = self.days.get(account, (start, end))
        self.days[account] = min(first, start), max(last, end)

    def add(self, table: str, row: Row) -> None:
        """Take a row of any table."""
        self.rows.setdefault(table, []).append(row)

    def reject(self, record: Record, column: str, reason: str) -> None:
        """Set a record aside."""
        self.records += 1
        self.rejected.append(Rejected(record=record, column=column, reason=reason))

    @property
    def is_full(self) -> bool:
        """Whether it is time for a batch."""
        return self.records >= MANY

    def batch(self) -> Batch:
        """Hand over what was gathered and begin anew."""
        people = self.people.taken()
        rows = {**self.rows, "people": [*self.rows.get("people", []), *people]}
        made = Batch(
            frames=frames(rows, self.seen_at, self.whole),
            records=self.records,
            rejected=tuple(self.rejected),
            not_taken=dict(self.not_taken),
            messages=tuple(self.messages),
        )
        self.records, self.rows, self.whole, self.rejected, self.messages = 0, {}, {}, [], []
        self.not_taken = Counter()
        return made

    def check_ids(self) -> None:
        """Raise `BadData` where no post has an id that X could have given it: other programs' lists look alike."""
        if self.posts and self.strange == self.posts:
            message = "Its posts have ids that X has given to none since 2010: they are another platform's."
            raise BadData(message, hint=HINT, code="format.other")

    def end(self, *, complete: bool = False, basis: str = "first to last post in the file") -> Batch:
        """The last batch: with it the days the file covers."""
        for account, (first, last) in self.days.items():
            self.add("spans", span(account, first, last + timedelta(days=1), complete=complete, basis=basis))
        return self.batch()


def span(account: str, start: date, end: date, *, complete: bool, basis: str, facts: str = "post_counts,posts") -> Row:
    """A row of spans."""
    return {
        "platform": "x",
        "account_id": account,
        "grain": "event",
        "start": start,
        "end": end,
        "facts": facts,
        "complete": complete,
        "basis": basis,
        "record": None,
    }
