"""Rows to frames of the canonical tables, with the types their facts declare."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

RECORD = "record"
EPOCH, TICK = datetime(1970, 1, 1, tzinfo=UTC), timedelta(microseconds=1)
_TEXTS, _INSTANT = pl.List(pl.String()), pl.Datetime("us", "UTC")
SCHEMAS: Mapping[str, Mapping[str, pl.DataType]] = {
    "posts": {
        **dict.fromkeys(("platform", "post_id", "account_id", "person"), pl.String()),
        "created_at": _INSTANT,
        "created_on": pl.Date(),
        **dict.fromkeys(("created_precision", "kind", "kind_basis", "format", "in_reply_to", "root_id"), pl.String()),
        **dict.fromkeys(("title", "text", "permalink", "status", "visibility"), pl.String()),
        **dict.fromkeys(("links", "hashtags"), _TEXTS),
    },
    "post_counts": {
        **dict.fromkeys(("platform", "post_id", "account_id", "scope", "window"), pl.String()),
        **dict.fromkeys(("comments", "trackbacks", "views"), pl.Int64()),
    },
    "people": {
        **dict.fromkeys(("platform", "platform_author_id", "person", "handle", "display_name"), pl.String()),
        "roles": _TEXTS,
    },
    "accounts": dict.fromkeys(("platform", "account_id", "handle", "name", "url", "kind"), pl.String()),
    "spans": {
        **dict.fromkeys(("platform", "account_id", "grain", "facts", "basis"), pl.String()),
        **dict.fromkeys(("start", "end"), pl.Date()),
        "complete": pl.Boolean(),
    },
}


def frame(table: str, rows: Iterable[Mapping[str, object]], seen_at: datetime | None) -> pl.DataFrame:
    """A table's rows as a frame with record numbers (null where a row belongs to no single record).

    ``seen_at``: when the export was made, as it says itself; every row was true then.
    """
    given = list(rows)
    return of_columns(table, {name: [row.get(name) for row in given] for name in (*SCHEMAS[table], RECORD)}, seen_at)


def of_columns(table: str, columns: Mapping[str, Sequence[Any]], seen_at: datetime | None) -> pl.DataFrame:
    """The same of a table's columns, each as long as the others."""
    schema = {**SCHEMAS[table], RECORD: pl.Int64()}
    found = pl.DataFrame([_column(name, columns[name], dtype) for name, dtype in schema.items()])
    return found.with_columns(pl.lit(seen_at, dtype=_INSTANT).alias("observed_at"))


def _column(name: str, values: Sequence[Any], dtype: pl.DataType) -> pl.Series:
    """A column of plain values. Lists and instants with a zone are slow to take over as they are."""
    if dtype == _TEXTS:
        return _lists(values).alias(name)
    if dtype == _INSTANT:
        ticks = [None if at is None else (at - EPOCH) // TICK for at in values]
        return pl.Series(name, ticks, dtype=pl.Int64()).cast(dtype)
    return pl.Series(name, values, dtype=dtype)


def _lists(values: Sequence[list[str] | None]) -> pl.Series:
    """Lists of texts, made of all texts one below the other."""
    rows = [row for row, texts in enumerate(values) for _ in texts or (None,)]
    flat = [text for texts in values for text in texts or (None,)]
    made = pl.DataFrame({"row": rows, "text": flat}, schema={"row": pl.UInt32(), "text": pl.String()})
    lists = made.group_by("row", maintain_order=True).agg(pl.col("text").drop_nulls()).get_column("text")
    absent = pl.Series([texts is None for texts in values], dtype=pl.Boolean())
    return lists.set(absent, None) if absent.any() else lists
