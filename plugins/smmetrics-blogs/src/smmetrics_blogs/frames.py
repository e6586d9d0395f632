"""Rows to frames of the canonical tables, with the types their facts declare."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

_TEXTS = pl.List(pl.String())
SCHEMAS: Mapping[str, Mapping[str, pl.DataType]] = {
    "posts": {
        **dict.fromkeys(("platform", "post_id", "account_id", "person"), pl.String()),
        "created_at": pl.Datetime("us", "UTC"),
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
    found = pl.DataFrame(list(rows), schema={**SCHEMAS[table], "record": pl.Int64()})
    return found.with_columns(pl.lit(seen_at, dtype=pl.Datetime("us", "UTC")).alias("observed_at"))
