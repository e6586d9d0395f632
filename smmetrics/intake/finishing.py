"""What a whole file adds to its rows: accounts, what it covers, since when its counts hold, where they came from."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import polars as pl

from smmetrics.intake import contrary
from smmetrics.intake.ranges import DAY, STATED, Range, event_days, observed
from smmetrics.intake.records import NOT_NAMED
from smmetrics.intake.seen import APART, Seen
from smmetrics.tables.parted import put
from smmetrics.tables.schema import POLARS
from smmetrics.tables.stamping import RECORD, stamped
from smmetrics.words import say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from smmetrics.api.facts import Table
    from smmetrics.api.sources import Source
    from smmetrics.intake.records import Answers
    from smmetrics.tables.parted import Gathering

BY_NAME, BY_RECORDS = "file name", "records"
BY_HAND = frozenset({"effort", "cases"})
"""Tables that people keep: they are of no account, unless somebody says so."""
OUTSIDE = "outside --since/--until"


@dataclass(slots=True)
class Gathered:
    """A file's rows by table while they come together, with what has to be said of them.

    ``rows`` takes them in; ``outside`` counts records outside ``--since`` and ``--until``, ``below`` numbers that are
    less than zero.
    """

    source: Source
    tables: Mapping[str, Table]
    answers: Answers
    named: Range
    rows: Gathering
    facts: tuple[str, ...] = ()
    messages: list[str] = field(default_factory=list)
    outside: int = 0
    below: Counter[str] = field(default_factory=Counter)
    complete: bool = True
    agreed: frozenset[str] = frozenset()
    _seen: Seen = field(default_factory=Seen)
    _accounts: list[pl.DataFrame] = field(default_factory=list)

    def take(self, frames: Mapping[str, pl.DataFrame]) -> None:
        """Take rows of some records: all of a record's rows come together."""
        kept = self._left_out(dict(frames))
        self._seen.note(kept, self.source, self.tables)
        for name, frame in kept.items():
            if name == "accounts" and not self.source.load:
                self._accounts.append(frame)
            else:
                self._note_below(name, frame)
                self.rows.add(name, frame)

    def finish(self, source_id: str) -> tuple[Mapping[str, pl.DataFrame], datetime | None, str]:
        """Rows with accounts, spans and provenance; when they were observed, and how that is known."""
        fallback = self._fallback()
        seen = self._seen
        at, basis = observed(self.named, self.answers, stated=seen.stated, newest=seen.newest)
        if at is None and seen.filled:
            self.messages.append("Nothing says when these counts were true; say it with --observed-at.")

        def finished(name: str, frame: pl.DataFrame) -> pl.DataFrame:
            return self._stamped(name, self._named(name, frame, fallback), source_id, at, basis)

        frames = self.rows.done(finished)
        joined = seen.nameless & seen.naming  # a name filled in makes rows the same only where others bear one
        if said := contrary.told(frames, self.tables, self.agreed - joined):
            self.messages.append(said)
        if self.below:
            names = ", ".join(sorted(self.below))
            self.messages.append(say("intake.below_zero", count=self.below.total(), names=names))
        accounts = self._accounts_of(fallback)
        for name, frame in (("accounts", self._account_rows(accounts)), ("spans", self._span_rows(accounts))):
            if frame is not None:
                stamped = self._stamped(name, frame, source_id, at, basis)
                frames = put(frames, name, stamped)
        return frames, at, basis

    def _note_below(self, table: str, frame: pl.DataFrame) -> None:
        """Count what is below zero where that is odd and allowed: numbers of a whole life, not changes of a day."""
        if self.source.window != "lifetime":
            return
        for column in self.source.columns:
            where, _, name = column.fact.partition(".")
            if column.negative and where == table and name in frame.columns:
                self.below[name] += int((frame.get_column(name) < 0).sum())
        self.below = +self.below

    def _fallback(self) -> str:
        """The account of rows that name none: by the file's name, the user's word, or the only one in the file.

        A source's code has filled what is to be filled: there, a post without an account is somebody else's.
        """
        if self.source.load:
            return ""
        said = self.named.account or self.answers.account
        if said or not self._seen.nameless or not self.source.own:
            return said
        if len(self._seen.accounts) == 1:
            return next(iter(self._seen.accounts))
        if self._seen.nameless <= BY_HAND:
            return NOT_NAMED
        self.messages.append(
            "The file does not name its account; it is kept as the only one you have, or say it with --account."
        )
        return NOT_NAMED

    def _named(self, name: str, frame: pl.DataFrame, fallback: str) -> pl.DataFrame:
        """Fill accounts that a row does not name."""
        if self.source.load or name in APART or not _has(self.tables[name], "account_id"):
            return frame
        if not self.source.own and not fallback:
            return frame  # other people's posts: a nameless one is nobody's rather than ours
        value = pl.lit(fallback or NOT_NAMED)
        if "account_id" in frame.columns:
            return frame.with_columns(pl.col("account_id").fill_null(value))
        return frame.with_columns(value.alias("account_id"))

    def _left_out(self, frames: dict[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
        """Leave out records outside ``--since`` and ``--until``, and count them."""
        since, until = self.answers.since, self.answers.until
        main = frames.get(self.source.table)
        days = None if main is None or (since is None and until is None) else event_days(main)
        if main is None or days is None:
            return frames
        inside = pl.Series([True]).new_from_index(0, len(days))
        inside = inside & (days >= since).fill_null(value=True) if since else inside
        inside = inside & (days < until).fill_null(value=True) if until else inside
        gone = main.filter(~inside).get_column(RECORD).unique().drop_nulls()
        self.outside += len(gone)
        kept = ~pl.col(RECORD).is_in(gone.implode()).fill_null(value=False)
        return {name: frame.filter(kept) if RECORD in frame.columns else frame for name, frame in frames.items()}

    def _accounts_of(self, fallback: str) -> list[str]:
        """Accounts the rows are of, or the one the name or the user speaks of where there are no rows."""
        table = self.source.table
        if table in self._seen.filled and not (self.source.load or _has(self.tables[table], "account_id")):
            return [NOT_NAMED]  # a table of no account: its days are covered all the same
        if table in self._seen.filled:
            filled = {fallback} if fallback and table in self._seen.nameless else set()
            return sorted(self._seen.own | filled)
        named = self.named.account or self.answers.account
        return [named] if named and table in self._seen.tables and _has(self.tables[table], "account_id") else []

    def _account_rows(self, accounts: Sequence[str]) -> pl.DataFrame | None:
        said = pl.concat(self._accounts, how="diagonal_relaxed") if self._accounts else None
        ids = [account for account in accounts if account != NOT_NAMED]
        if self.source.load or "accounts" not in self.tables or not ids:
            return said
        kind = "ours" if self.source.own else "other"
        rows = pl.DataFrame({"account_id": ids}, schema={"account_id": pl.String})
        rows = rows.with_columns(platform=pl.lit(self.source.platform), kind=pl.lit(kind))
        if said is not None:
            columns = [name for name in said.columns if name not in {"account_id", *rows.columns}]
            first = said.group_by("account_id").agg(pl.col(name).drop_nulls().first() for name in columns)
            rows = rows.join(first.drop(RECORD, strict=False), on="account_id", how="left")
        return rows.with_columns(pl.lit(None, dtype=pl.Int64).alias(RECORD))

    def _span_rows(self, accounts: Sequence[str]) -> pl.DataFrame | None:
        """What the file covers: without this, a month without rows would be unknown and not zero."""
        if "spans" in self._seen.tables or "spans" not in self.tables:
            return None
        start, end, basis = self._covered()
        if start is None or end is None or start >= end or not accounts:
            return None
        covers = self.source.covers or (self.source.table,)
        return pl.DataFrame({"account_id": accounts}).with_columns(
            platform=pl.lit(self.source.platform),
            grain=pl.lit(self.source.grain),
            start=pl.lit(start),
            end=pl.lit(end),
            facts=pl.lit(",".join(sorted({*covers, *self.facts}))),
            complete=pl.lit(self.complete),
            basis=pl.lit(basis),
            record=pl.lit(None, dtype=pl.Int64),
        )

    def _covered(self) -> tuple[date | None, date | None, str]:
        start, end, basis = self.named.start, self.named.end, BY_NAME
        if start is None or end is None:
            if self._seen.first is None or self._seen.last is None:
                return None, None, ""
            start, end, basis = self._seen.first, self._seen.last + DAY, BY_RECORDS
        elif self.named.stated:
            basis = STATED
        since, until = self.answers.since, self.answers.until
        return max(start, since) if since else start, min(end, until) if until else end, basis

    def _stamped(self, name: str, frame: pl.DataFrame, source_id: str, at: datetime | None, basis: str) -> pl.DataFrame:
        """A table's rows in their stored form, with where they came from and their record."""
        said: dict[str, str | datetime | pl.Series | None] = {
            "source_id": source_id,
            "source_kind": self.source.id,
            "adapter_version": self.source.version,
            "observed_at": at,
            "observed_basis": basis,
        }
        if "observed_at" in frame.columns:
            stated = pl.col("observed_at").is_not_null()
            words = pl.when(stated).then(pl.lit(STATED)).otherwise(pl.lit(basis)).alias("observed_basis")
            moment = pl.col("observed_at").fill_null(pl.lit(at, dtype=POLARS["instant"]))
            said |= frame.select(moment, words).to_dict()
        shaped = stamped(frame, self.tables[name], said)
        shaped.drop_in_place("batch_id")
        return shaped


def _has(table: Table, column: str) -> bool:
    return any(fact.name == column for fact in table.columns)
