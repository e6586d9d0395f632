"""What a file that breaks off can still be said to cover: nothing beyond what was read of it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import polars as pl

from smmetrics.intake.ranges import DAY, EVENTS, event_days
from smmetrics.tables.parted import columns, put

if TYPE_CHECKING:
    from collections.abc import Mapping

OUT = ("published", "private")
_RECORD = "record"
NEEDED = (_RECORD, *EVENTS, "status", "in_reply_to", "root_id", "post_id")
"""Columns that say on which days what was read stood."""


def told(frames: Mapping[str, pl.DataFrame], table: str) -> tuple[Mapping[str, pl.DataFrame], str]:
    """The rows of a broken file with its spans cut to the days read, and the sentence that says so.

    No day of it is known to be whole. Records in order of time say that everything up to the cut was read; records
    in no order say nothing outside the first and the last day seen.
    """
    if "spans" not in frames:
        return frames, _said(None)
    known = _known(columns(frames, table, NEEDED))
    spans = _cut(frames["spans"], *known) if known else frames["spans"].clear()
    return put(frames, "spans", spans), _said(spans)


def _known(rows: pl.DataFrame) -> tuple[date | None, date | None] | None:
    """First day and the day after the last one that were read; None for an end that the cut does not touch."""
    if _RECORD not in rows.columns:
        return None
    days = event_days(_for_themselves(rows).sort(_RECORD))
    days = None if days is None else days.drop_nulls()
    if days is None or days.is_empty():
        return None
    first, last = days.min(), days.max()
    assert isinstance(first, date)
    assert isinstance(last, date)
    several = first != last
    start = None if several and days.is_sorted() else first
    end = None if several and days.is_sorted(descending=True) else last + DAY
    return start, end


def _for_themselves(rows: pl.DataFrame) -> pl.DataFrame:
    """Rows that are out and answer nothing: what answers a post stands beside it in the file, whatever its date."""
    fit = pl.lit(value=True)
    if "status" in rows.columns:
        fit &= pl.col("status").is_null() | pl.col("status").is_in(OUT)
    if "in_reply_to" in rows.columns:
        fit &= pl.col("in_reply_to").is_null()
    if {"root_id", "post_id"} <= set(rows.columns):
        fit &= pl.col("root_id").is_null() | (pl.col("root_id") == pl.col("post_id"))
    return rows.filter(fit)


def _cut(spans: pl.DataFrame, start: date | None, end: date | None) -> pl.DataFrame:
    return spans.with_columns(
        pl.max_horizontal("start", pl.lit(start, dtype=pl.Date)).alias("start"),
        pl.min_horizontal("end", pl.lit(end, dtype=pl.Date)).alias("end"),
        pl.lit(value=False).alias("complete"),
    ).filter(pl.col("start") < pl.col("end"))


def _said(spans: pl.DataFrame | None) -> str:
    words = "The file breaks off before its end: get the export again and import it."
    if spans is None or spans.is_empty():
        return f"{words} Until then no period counts as covered by it."
    start, end = spans.select(pl.col("start").min(), pl.col("end").max() - DAY).row(0)
    return (
        f"{words} Until then only {start:%Y-%m-%d} to {end:%Y-%m-%d} counts as covered, and records of these days may "
        "be missing too."
    )
