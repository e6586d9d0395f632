"""Twenty metrics over ten million posts in Parquet, by platform and day, against reading the columns they need.

Posts stand in the files as a workspace keeps them (`smmetrics.derive.order`), whichever way they came in.
Each run has a process of its own, so that peaks of memory are its own. Beside seconds on the clock stand seconds of all
cores (user and system): on a busy machine only these compare well. ``SMMETRICS_BENCH_POSTS`` takes another number.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from smmetrics.api.views import CORE_VIEWS
from smmetrics.contracts.formula import parse
from smmetrics.derive.order import BESIDE, side_by_side
from smmetrics.engine import Request, Window, measure
from tests.benchmarks._turns import measured, show, take_turns

if TYPE_CHECKING:
    from collections.abc import Callable

ZONE = "Europe/Berlin"
POSTS = int(os.environ.get("SMMETRICS_BENCH_POSTS", "10000000"))
PIECE = 1_000_000
DAYS = 1_000
ROUNDS, ALLOWED = 5, 3.0
FIRST = date(2023, 1, 1)
LAST = date(2025, 9, 27)
COUNTS = ("likes", "comments", "shares", "quotes", "saves", "link_clicks", "views", "reach")
OWN = "ours and not is_reply"
FORMULAS = (
    f"count(posts, {OWN}) / period_days * 7",
    "ratio(posts, engagements, impressions, ours)",
    "ratio(posts, engagements, reach, ours)",
    "ratio(posts, engagements, views, ours)",
    "ratio(posts, link_clicks, impressions, ours)",
    "ratio(posts, saves, reach, ours)",
    f"mean(posts.engagements, {OWN})",
    f"mean(captured(posts.shares, quotes), {OWN})",
    f"mean(posts.likes, {OWN})",
    f"mean(posts.comments, {OWN})",
    f"median(posts.engagements, {OWN})",
    "share(posts, is_reply, of=ours)",
    f"share(posts, is_question, of={OWN})",
    "share(posts, kind in ('share', 'quote'), of=ours)",
    "distinct(posts.person, theirs)",
    "sum(posts.impressions, ours)",
    "sum(posts.engagements, ours)",
    "sum(posts.link_clicks, ours)",
    "count(posts, theirs)",
    "count(posts, ours and is_reply)",
)


VIEWS = {view.name: view for view in CORE_VIEWS}
PLATFORMS = ("blue", "green", "red")


class Files:
    """Posts in Parquet, each with one observation."""

    head = "benchmark"

    def __init__(self, folder: Path, *, in_order: bool = True) -> None:
        self.folder, self.in_order = folder, in_order
        self.views = VIEWS

    def frame(self, view: str, columns: frozenset[str]) -> pl.LazyFrame:
        assert view == "posts"
        return pl.scan_parquet(self.folder / "*.parquet").select(sorted(columns))

    def single(self, view: str) -> bool:
        return view == "posts"

    def dated(self, view: str, zone: str) -> bool:
        return view == "posts" and zone == ZONE

    def side_by_side(self, view: str, columns: frozenset[str]) -> frozenset[str]:
        return BESIDE if self.in_order and view == "posts" and columns else frozenset()

    def spans(self) -> pl.DataFrame:
        data = [(name, f"a{i}", f"{name}.made", "event", FIRST, LAST, "posts") for name in PLATFORMS for i in range(20)]
        columns = ["platform", "account_id", "source_kind", "grain", "start", "end", "facts"]
        return pl.DataFrame(data, schema=columns, orient="row")


def make(folder: Path, posts: int = POSTS) -> None:
    """Write generated posts in the order in which a workspace keeps them; the same every time."""
    made = pl.concat([piece(first, min(PIECE, posts - first)) for first in range(0, posts, PIECE)])
    kept = side_by_side(made)
    for number, first in enumerate(range(0, posts, PIECE)):
        kept.slice(first, PIECE).write_parquet(folder / f"{number:04}.parquet")


def piece(first: int, size: int) -> pl.DataFrame:
    """Posts ``first`` … ``first + size``, counts spread over four orders of magnitude, a tenth of them missing."""
    start = int(datetime(FIRST.year, FIRST.month, FIRST.day, tzinfo=UTC).timestamp() * 1_000_000)

    def part(seed: int) -> pl.Expr:
        return (pl.col("i").hash(seed) % 1_000_003) / 1_000_003.0

    def counted(name: str, seed: int, size: float) -> pl.Expr:
        value = (10 ** (part(seed) * size) - 1).cast(pl.Int64)
        return pl.when(part(seed + 50) > 0.1).then(value).alias(name)

    at = (start + (part(1) * (DAYS * 86_400 * 1_000_000)).cast(pl.Int64)).cast(pl.Datetime("us", "UTC"))
    ours = part(3) < 0.6
    counts = [counted(name, 10 + place, 2.0 + place % 2) for place, name in enumerate(COUNTS)]
    kinds = (
        pl.when(part(4) < 0.3).then(pl.lit("reply")).when(part(4) < 0.4).then(pl.lit("share")).otherwise(pl.lit("post"))
    )
    frame = pl.DataFrame({"i": pl.int_range(first, first + size, eager=True)}).with_columns(
        pl.format("p{}", "i").alias("post_id"),
        pl.when(part(2) < 0.5)
        .then(pl.lit("blue"))
        .when(part(2) < 0.8)
        .then(pl.lit("green"))
        .otherwise(pl.lit("red"))
        .alias("platform"),
        (pl.lit("a") + (pl.col("i") % 20).cast(pl.String)).alias("account"),
        (pl.col("i").hash(6) % 50_000).cast(pl.String).str.zfill(16).alias("person"),
        at.alias("created_at"),
        at.dt.convert_time_zone(ZONE).dt.date().alias("created_on"),
        ours.alias("ours"),
        (~ours).alias("theirs"),
        kinds.alias("kind"),
        (part(5) < 0.2).alias("is_question"),
        pl.lit("total").alias("scope"),
        (10 ** (part(7) * 4)).cast(pl.Int64).alias("impressions"),
        *counts,
    )
    captured = pl.sum_horizontal("likes", "comments", "shares", "quotes", "saves").alias("engagements")
    return frame.drop("i").with_columns((pl.col("kind") == "reply").alias("is_reply"), captured)


def requests() -> list[Request]:
    """Requests for the twenty metrics."""
    return [
        Request(metric=f"metric.m{place:02}", formula=parse(text, views=VIEWS, adhoc=True, pairing="benchmark"))
        for place, text in enumerate(FORMULAS)
    ]


def needed() -> frozenset[str]:
    """The columns the metrics, their days and their slices read."""
    read = {column.name for request in requests() for column in request.formula.columns}
    return frozenset(read | {"created_at", "created_on", "platform", "scope"})


def window() -> Window:
    """All days, one by one."""
    return Window(as_of=datetime(2026, 1, 1, tzinfo=UTC), zone=ZONE, grain="day")


def prepared(name: str, folder: Path) -> Callable[[Path], int]:
    """What is timed: reading the columns, or measuring; the files and the formulas are ready."""
    files = Files(folder, in_order=name == "measure")
    asked, columns = requests(), needed()
    if name == "read":
        return lambda _: files.frame("posts", columns).collect().height
    return lambda _: measure(asked, files, window(), by=("platform",)).height


def run() -> None:
    """Print seconds of reading and measuring, their ratios and peaks of memory; the two take turns."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        # Of its own, too: a process starts with the peak of the one that started it.
        subprocess.run([sys.executable, "-m", "tests.benchmarks.measure", "make", name], check=True)
        middle = take_turns("tests.benchmarks.measure", ("read", "measure", "looked up"), folder, ROUNDS)
        scattered = middle.pop("looked up")
        show(middle, ALLOWED)
        print(
            f"  each row looked up, as where posts have several observations: {scattered.wall / middle['read'].wall:.2f}"
        )
    print(f"  {len(FORMULAS)} metrics, {POSTS:,} posts")


if __name__ == "__main__":
    path = Path(sys.argv[2])
    if sys.argv[1] == "make":
        make(path)
    else:
        measured(prepared(sys.argv[1], path), path)
