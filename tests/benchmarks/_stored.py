"""A workspace of generated posts, as imports leave it: own posts of accounts, and what others answered below them."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import polars as pl

from smmetrics.derive import Derived
from smmetrics.store import ImportBatch, Store
from smmetrics.tables.schema import conform, stored_schema
from smmetrics.tables.scope import Scope
from tests.benchmarks.measure import COUNTS, FIRST, PIECE, PLATFORMS, ZONE, piece

if TYPE_CHECKING:
    from pathlib import Path

SEEN = datetime(2025, 10, 10, tzinfo=UTC)
UNTIL = date(2025, 10, 5)
ACCOUNTS, STAFF, NEAR = 20, 30, 50
WEEK = 7 * 86_400


def make(root: Path, posts: int) -> Store:
    """A store of so many posts over a thousand days, in files of a million."""
    store = Store.create(root)
    for first in range(0, posts, PIECE):
        add(store, piece(first, min(PIECE, posts - first)))
    return store


def add(store: Store, rows: pl.DataFrame, *, since: int = 0, late: int = 0) -> None:
    """Take in posts with their counts as one file.

    Answers stand below one of the posts before them, from number ``since`` on; of a thousand ``late`` below any post
    ever said.
    """
    name = f"{rows.item(0, 'post_id')} and {rows.height - 1} more"
    batch = ImportBatch(
        source_id=hashlib.sha256(name.encode()).hexdigest(), file=name, kind="made.posts",
        frames=_frames(store, rows, since, late), observed_at=SEEN,
    )  # fmt: skip
    store.commit([batch])


def new(first: int, size: int) -> pl.DataFrame:
    """Posts of one week more."""
    start = datetime(2025, 9, 27, tzinfo=UTC)
    at = pl.lit(start) + pl.duration(seconds=pl.col("post_id").hash(3) % WEEK)
    rows = piece(first, size).with_columns(at.alias("created_at"))
    return rows.with_columns(pl.col("created_at").dt.convert_time_zone(ZONE).dt.date().alias("created_on"))


def derived(root: Path) -> Derived:
    """The tables as formulas see them."""
    return Derived(Store.open(root).snapshot(), Scope(zone=ZONE))


def _frames(store: Store, rows: pl.DataFrame, since: int, late: int) -> dict[str, pl.DataFrame]:
    number = pl.col("post_id").str.slice(1).cast(pl.Int64)
    near = (number - 1 - (number.hash(77) % NEAR).cast(pl.Int64)).clip(since)
    ever = (number.hash(78) % number.clip(1).cast(pl.UInt64)).cast(pl.Int64)
    above = pl.when(number.hash(79) % 1000 < late).then(ever).otherwise(near)
    others = rows.with_columns(pl.when("theirs").then("person").alias("person"))
    said = others.select(
        "platform", "post_id", "person", "created_at", "kind",
        pl.col("account").alias("account_id"),
        pl.when(pl.col("kind") == "reply").then(pl.format("p{}", above)).alias("in_reply_to"),
        pl.lit("instant").alias("created_precision"), pl.lit("published").alias("status"),
        pl.lit("public").alias("visibility"), pl.format("We thank you for post {}, say more?", "post_id").alias("text"),
    )  # fmt: skip
    counted = rows.select("platform", "post_id", "scope", "impressions", *COUNTS, pl.lit("lifetime").alias("window"))
    names = [(platform, f"a{place}") for platform in PLATFORMS for place in range(ACCOUNTS)]
    known = pl.DataFrame(names, schema=["platform", "account_id"], orient="row")
    staff = pl.DataFrame(
        [(PLATFORMS[0], f"{n:016}") for n in range(STAFF)], schema=["platform", "person"], orient="row"
    )
    told = {
        "posts": said,
        "post_counts": counted,
        "accounts": known.with_columns(pl.lit("ours").alias("kind")),
        "people": staff.with_columns(pl.lit(["staff"]).alias("roles"), pl.col("person").alias("platform_author_id")),
        "spans": known.with_columns(
            pl.lit("event").alias("grain"), pl.lit(FIRST).alias("start"), pl.lit(UNTIL).alias("end"),
            pl.lit("posts").alias("facts"), pl.lit(value=True).alias("complete"),
        ),
    }  # fmt: skip
    return {name: _whole(store, name, frame) for name, frame in told.items()}


def _whole(store: Store, name: str, frame: pl.DataFrame) -> pl.DataFrame:
    stamp = {"source_kind": pl.lit("made.posts"), "observed_at": pl.lit(SEEN), "observed_basis": pl.lit("name")}
    stamped, schema = frame.with_columns(**stamp), stored_schema(store.tables[name])
    absent = [pl.lit(None, dtype=dtype).alias(each) for each, dtype in schema.items() if each not in stamped.columns]
    full = stamped.with_columns(absent).select(pl.col(each).cast(dtype) for each, dtype in schema.items())
    return conform(full, store.tables[name])
