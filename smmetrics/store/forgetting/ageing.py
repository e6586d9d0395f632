"""What is older than was agreed: rows about people whose day has passed, and people of whom nothing younger is left."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from smmetrics.store.forgetting.jobs import Part

if TYPE_CHECKING:
    from datetime import date

    from smmetrics.api.facts import Table

ABOUT_PEOPLE = frozenset({"person", "platform_author_id"})
OF_POSTS = frozenset({"post_id"})
PEOPLE, SPANS, DELETE_BY = "people", "spans", "delete_by"
WITHDRAWN = "withdrawn_on"
"""The day on which somebody took back what they agreed to; until then it holds, as long as they are there."""
REPORTED = frozenset({"account_counts", "visits", "pulse", "accounts", "places", "effort", "plan"})
"""Numbers nobody stands behind, and our own hours: they are not kept for people and not deleted with them."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Age:
    """Take out what happened before ``before``, or was to be deleted by ``today``.

    ``active``: the persons who are named by something younger; only others leave the table of people.
    """

    before: date
    today: date
    active: frozenset[str] = frozenset()

    def part(self, table: str, declared: Table | None, frame: pl.DataFrame) -> Part:
        """Old rows go; what a file covers begins with the day from which something is kept."""
        if table == SPANS:
            fresh = shortened(frame, self.before)
            return Part(frame=fresh, gone=frame.head(0), changed=abs(frame.height - fresh.height))
        old = self.old(table, declared, frame)
        return Part(frame=frame.filter(~old), gone=frame.filter(old))

    def old(self, table: str, declared: Table | None, frame: pl.DataFrame) -> pl.Series:
        """Which rows are due."""
        due = pl.Series("due", [False], dtype=pl.Boolean()).new_from_index(0, frame.height)
        if DELETE_BY in frame.columns:
            due = due | (frame.get_column(DELETE_BY) <= self.today).fill_null(value=False)
        if table in REPORTED or not is_about_people(declared, frame):
            return due
        if table == PEOPLE:
            seen = frame.get_column("observed_at").dt.date() < self.before
            return due | (seen.fill_null(value=False) & self._quiet(frame))
        past = (days(frame) < self.before).fill_null(value=False)
        if WITHDRAWN in frame.columns:
            taken_back = (frame.get_column(WITHDRAWN) < self.before).fill_null(value=False)
            return due | taken_back | (past & self._quiet(frame))
        return due | past

    def _quiet(self, frame: pl.DataFrame) -> pl.Series:
        """Which rows are of somebody whom nothing younger names."""
        return ~frame.get_column("person").is_in(sorted(self.active)).fill_null(value=False)


def is_about_people(declared: Table | None, frame: pl.DataFrame) -> bool:
    """Whether rows are of a person or of what people said."""
    personal = declared is not None and any(fact.personal for fact in declared.columns)
    return personal or bool((ABOUT_PEOPLE | OF_POSTS) & set(frame.columns))


def days(frame: pl.DataFrame) -> pl.Series:
    """The last day of each row: the latest of its times; of a time from … to …, its end (open: never).

    A row without any time is as old as the file that brought it.
    """
    if {"from", "to"} <= set(frame.columns):
        return frame.get_column("to").cast(pl.Date())
    times = [name for name, dtype in frame.schema.items() if dtype.is_temporal() and name != DELETE_BY]
    own = [pl.col(name).cast(pl.Date()) for name in times if name != "observed_at"]
    seen = pl.col("observed_at").cast(pl.Date())
    return frame.select(pl.coalesce(pl.max_horizontal(own), seen) if own else seen).to_series()


def shortened(spans: pl.DataFrame, before: date) -> pl.DataFrame:
    """Spans as they are once nothing about people is left of the time before: not an empty month, an unknown one.

    Of what is only reported of accounts everything stays, so such facts keep a span of their own.
    """
    reaches = pl.col("start") < before
    untouched, old = spans.filter(~reaches.fill_null(value=False)), spans.filter(reaches.fill_null(value=False))
    if not old.height:
        return spans
    each = old.with_columns(pl.col("facts").str.split(",").alias("_each"))
    reported = pl.element().str.split(".").list.first().is_in(sorted(REPORTED))
    stays = each.with_columns(pl.col("_each").list.eval(pl.element().filter(reported)).list.join(",").alias("facts"))
    goes = each.with_columns(pl.col("_each").list.eval(pl.element().filter(~reported)).list.join(",").alias("facts"))
    goes = goes.filter(pl.col("end") > before).with_columns(pl.lit(before, dtype=pl.Date()).alias("start"))
    parts = [part.filter(pl.col("facts") != "").drop("_each") for part in (stays, goes)]
    return pl.concat([untouched, *parts])
