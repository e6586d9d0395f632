"""What a whole file adds to its rows: accounts, what it covers, since when its counts hold, where they came from."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

import polars as pl

from smmetrics.intake.ranges import DAY, STATED, Range, event_days, observed
from smmetrics.intake.records import NOT_NAMED
from smmetrics.tables.schema import POLARS, conform

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from smmetrics.api.facts import Table
    from smmetrics.api.sources import Source
    from smmetrics.intake.records import Answers

RECORD = "record"
BY_NAME, BY_RECORDS = "file name", "records"
OUTSIDE = "outside --since/--until"


@dataclass(slots=True)
class Gathered:
    """A file's rows by table while they come together, with what has to be said of them."""

    source: Source
    tables: Mapping[str, Table]
    answers: Answers
    named: Range
    sha256: str
    facts: tuple[str, ...] = ()
    frames: dict[str, pl.DataFrame] = field(default_factory=dict)
    messages: list[str] = field(default_factory=list)
    outside: int = 0
    complete: bool = True

    def finish(self) -> tuple[dict[str, pl.DataFrame], datetime | None, str]:
        """Rows with accounts, spans and provenance; when they were observed, and how that is known."""
        self._name_accounts()
        self._leave_out()
        self._add_accounts()
        self._add_spans()
        at, basis = observed(self.source, self.named, self.answers, self.frames)
        if at is None and any(frame.height for frame in self.frames.values()):
            self.messages.append("Nothing says when these counts were true; say it with --observed-at.")
        finished = {name: self._stamped(name, frame, at, basis) for name, frame in self.frames.items()}
        return finished, at, basis

    def _name_accounts(self) -> None:
        """Fill accounts that a row does not name: by the file's name, the user's word, or the only one in the file.

        A source's code has filled what is to be filled: there, a post without an account is somebody else's.
        """
        if self.source.load:
            return
        columns = [f.get_column("account_id") for f in self.frames.values() if "account_id" in f.columns]
        found = pl.concat([column.unique() for column in columns]).drop_nulls().unique() if columns else pl.Series()
        fallback = self.named.account or self.answers.account
        if not fallback and len(found) == 1:
            fallback = str(found[0])
        lacking = False
        for name, frame in self.frames.items():
            if not _has(self.tables[name], "account_id") or name in {"accounts", "spans"}:
                continue
            known = frame.get_column("account_id") if "account_id" in frame.columns else None
            if known is None or known.null_count():
                lacking = lacking or (not fallback and frame.height > 0)
                value = pl.lit(fallback or NOT_NAMED)
                filled = value if known is None else pl.col("account_id").fill_null(value)
                self.frames[name] = frame.with_columns(filled.alias("account_id"))
        if lacking:
            self.messages.append(
                "The file does not name its account; it is kept as the only one you have, or say it with --account."
            )

    def _leave_out(self) -> None:
        """Leave out records outside ``--since`` and ``--until``, and count them."""
        since, until = self.answers.since, self.answers.until
        main = self.frames.get(self.source.table)
        if (since is None and until is None) or main is None:
            return
        days = event_days(main)
        if days is None:
            return
        inside = pl.Series([True]).new_from_index(0, len(days))
        inside = inside & (days >= since).fill_null(value=True) if since else inside
        inside = inside & (days < until).fill_null(value=True) if until else inside
        gone = main.filter(~inside).get_column(RECORD).unique().drop_nulls()
        self.outside = len(gone)
        for name, frame in self.frames.items():
            if RECORD in frame.columns:
                kept = ~pl.col(RECORD).is_in(gone.implode()).fill_null(value=False)
                self.frames[name] = frame.filter(kept)

    def _accounts(self) -> list[str]:
        """Accounts the rows are of, or the one the name or the user speaks of where there are no rows."""
        main = self.frames.get(self.source.table)
        if main is not None and main.height and "account_id" in main.columns:
            return [str(account) for account in main.get_column("account_id").unique().drop_nulls().sort()]
        named = self.named.account or self.answers.account
        return [named] if named and main is not None and _has(self.tables[self.source.table], "account_id") else []

    def _add_accounts(self) -> None:
        ids = [account for account in self._accounts() if account != NOT_NAMED]
        if self.source.load or "accounts" not in self.tables or not ids:
            return
        kind = "ours" if self.source.own else "other"
        rows = pl.DataFrame({"account_id": ids}, schema={"account_id": pl.String})
        rows = rows.with_columns(platform=pl.lit(self.source.platform), kind=pl.lit(kind))
        said = self.frames.get("accounts")
        if said is not None:
            columns = [name for name in said.columns if name not in {"account_id", *rows.columns}]
            first = said.group_by("account_id").agg(pl.col(name).drop_nulls().first() for name in columns)
            rows = rows.join(first.drop(RECORD, strict=False), on="account_id", how="left")
        self.frames["accounts"] = rows.with_columns(pl.lit(None, dtype=pl.Int64).alias(RECORD))

    def _add_spans(self) -> None:
        """What the file covers: without this, a month without rows would be unknown and not zero."""
        if "spans" in self.frames or "spans" not in self.tables:
            return
        start, end, basis = self._covered()
        accounts = self._accounts()
        if start is None or end is None or start >= end or not accounts:
            return
        covers = self.source.covers or (self.source.table,)
        self.frames["spans"] = pl.DataFrame({"account_id": accounts}).with_columns(
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
            days = event_days(self.frames[self.source.table]) if self.source.table in self.frames else None
            days = None if days is None else days.drop_nulls()
            if days is None or days.is_empty():
                return None, None, ""
            start, end, basis = _day(days.min()), _day(days.max()) + DAY, BY_RECORDS
        since, until = self.answers.since, self.answers.until
        return max(start, since) if since else start, min(end, until) if until else end, basis

    def _stamped(self, name: str, frame: pl.DataFrame, at: datetime | None, basis: str) -> pl.DataFrame:
        """A table's rows in their stored form, with where they came from and their record."""
        stamps = {
            "source_id": pl.lit(self.sha256),
            "source_kind": pl.lit(self.source.id),
            "adapter_version": pl.lit(self.source.version),
        }
        moment, words = pl.lit(at, dtype=POLARS["instant"]), pl.lit(basis)
        if "observed_at" in frame.columns:
            stated = pl.col("observed_at").is_not_null()
            stamps["observed_basis"] = pl.when(stated).then(pl.lit(STATED)).otherwise(words)
            stamps["observed_at"] = pl.col("observed_at").fill_null(moment)
        else:
            stamps |= {"observed_at": moment, "observed_basis": words}
        record = pl.lit(None, dtype=pl.Int64) if RECORD not in frame.columns else pl.col(RECORD).cast(pl.Int64)
        numbers = frame.select(record.alias(RECORD)) if frame.width else pl.DataFrame(schema={RECORD: pl.Int64})
        shaped = conform(frame.drop(RECORD, strict=False).with_columns(**stamps), self.tables[name])
        return shaped.drop("batch_id").with_columns(numbers.to_series())


def concat(parts: Mapping[str, Sequence[pl.DataFrame]]) -> dict[str, pl.DataFrame]:
    """One frame a table from many; columns a part lacks are null."""
    return {name: pl.concat(frames, how="diagonal_relaxed") for name, frames in parts.items() if frames}


def _has(table: Table, column: str) -> bool:
    return any(fact.name == column for fact in table.columns)


def _day(value: object) -> date:
    if not isinstance(value, date):
        raise TypeError(value)
    return value
