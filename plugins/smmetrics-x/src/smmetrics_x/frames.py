"""Rows to frames of the canonical tables, with the types their facts declare."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from operator import itemgetter
from typing import TYPE_CHECKING, Any

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

BETWEEN = "\x1f"
"""Stands between texts of a list; no link, tag or pseudonym holds it."""
TEXTS, INSTANT = pl.List(pl.String()), pl.Datetime("us", "UTC")
EPOCH, TICK = datetime(1970, 1, 1, tzinfo=UTC), timedelta(microseconds=1)
COUNTS = (
    "impressions", "likes", "comments", "shares", "quotes", "saves", "link_clicks", "profile_visits",
    "x__engagements",
)  # fmt: skip
SCHEMAS: Mapping[str, Mapping[str, pl.DataType]] = {
    "posts": {
        **dict.fromkeys(("platform", "post_id", "account_id", "person"), pl.String()),
        "created_at": INSTANT,
        "created_on": pl.Date(),
        **dict.fromkeys(("created_precision", "kind", "kind_basis", "format", "in_reply_to", "root_id"), pl.String()),
        "in_reply_to_at": INSTANT,
        **dict.fromkeys(("text", "language", "permalink", "status"), pl.String()),
        **dict.fromkeys(("links", "mentions", "hashtags"), TEXTS),
    },
    "post_counts": {
        **dict.fromkeys(("platform", "post_id", "account_id", "scope", "window"), pl.String()),
        **dict.fromkeys(COUNTS, pl.Int64()),
    },
    "account_counts": {
        **dict.fromkeys(("platform", "account_id", "scope", "window", "day_zone"), pl.String()),
        **dict.fromkeys(("window_start", "window_end"), pl.Date()),
        "followers": pl.Int64(),
    },
    "people": dict.fromkeys(("platform", "platform_author_id", "person", "handle", "display_name"), pl.String()),
    "accounts": dict.fromkeys(("platform", "account_id", "handle", "name", "url", "kind"), pl.String()),
    "acts": {
        **dict.fromkeys(("platform", "person", "act", "target_id", "other", "account_id"), pl.String()),
        "at": INSTANT,
    },
    "spans": {
        **dict.fromkeys(("platform", "account_id", "grain", "facts", "basis"), pl.String()),
        **dict.fromkeys(("start", "end"), pl.Date()),
        "complete": pl.Boolean(),
    },
}


def frames(
    rows: Mapping[str, Iterable[Mapping[str, object]]],
    seen_at: datetime | None,
    whole: Mapping[str, Sequence[pl.DataFrame]],
) -> dict[str, pl.DataFrame]:
    """Frames by table, each with record numbers (null where a row belongs to no single record); no empty ones.

    ``seen_at``: when all of it was true, where the file says so; ``whole``: what is in frames already, in full form.
    """
    made = {table: _frame(list(each), {**SCHEMAS[table], "record": pl.Int64()}) for table, each in rows.items()}
    made |= {table: pl.concat([*each, *_beside(made, table)]).sort("record") for table, each in whole.items()}
    found = {table: frame for table, frame in made.items() if frame.height}
    slim = {table: frame.drop(name for name in COUNTS if _is_empty(frame, name)) for table, frame in found.items()}
    if seen_at is None:
        return slim
    return {
        table: frame.with_columns(pl.lit(seen_at, dtype=INSTANT).alias("observed_at")) for table, frame in slim.items()
    }


def in_form(frame: pl.DataFrame, table: str) -> pl.DataFrame:
    """The columns of a table, those that say nothing too."""
    schema = {**SCHEMAS[table], "record": pl.Int64()}
    nothing = {name: pl.lit(None, dtype=kind) for name, kind in schema.items() if name not in frame.columns}
    return frame.with_columns(**nothing).select(list(schema))


def _beside(made: Mapping[str, pl.DataFrame], table: str) -> Sequence[pl.DataFrame]:
    return [made[table]] if table in made else []


def _frame(rows: Sequence[Mapping[str, object]], schema: Mapping[str, pl.DataType]) -> pl.DataFrame:
    """Column by column, which is quicker than row by row."""
    columns = _columns(rows, tuple(schema))
    told = zip(schema.items(), columns, strict=True)
    return pl.DataFrame([_column(name, values, kind) for (name, kind), values in told])


def _columns(rows: Sequence[Mapping[str, object]], names: Sequence[str]) -> list[Sequence[object]]:
    """What rows hold, by column; quicker where all rows have all names."""
    try:
        return list(zip(*map(itemgetter(*names), rows), strict=True)) if rows else [()] * len(names)
    except KeyError:
        return [[row.get(name) for row in rows] for name in names]


def _column(name: str, values: Sequence[Any], kind: pl.DataType) -> pl.Series:
    """A column of values, each kind given as Polars takes it in most quickly (not as instants, not as lists)."""
    if kind == INSTANT:
        ticks = [None if at is None else (at - EPOCH) // TICK for at in values]
        return pl.Series(name, ticks, dtype=pl.Int64()).cast(kind)
    if kind != TEXTS:
        return pl.Series(name, values, dtype=kind)
    texts = pl.Series(name, [None if each is None else BETWEEN.join(each) for each in values], dtype=pl.String())
    return texts.str.split(BETWEEN).list.eval(pl.element().filter(pl.element() != ""))


def _is_empty(frame: pl.DataFrame, name: str) -> bool:
    return name in frame.columns and frame.get_column(name).null_count() == frame.height
