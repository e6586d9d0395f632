"""An export of 91 days and a million posts, taken in again with newer counts: its seconds, one commit a batch.

``SMMETRICS_BENCH_POSTS`` takes another number of posts.
"""

from __future__ import annotations

import os
import tempfile
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import polars as pl

from smmetrics.intake import release
from smmetrics.store import ImportBatch, Store
from tests.benchmarks import intake
from tests.benchmarks._reading import read
from tests.benchmarks._turns import spent

POSTS = int(os.environ.get("SMMETRICS_BENCH_POSTS", "1000000"))
DAYS, ALLOWED = 91, 20.0
FACTS = intake.FACTS[:12]
SOURCE = replace(intake.SOURCE, columns=intake.SOURCE.columns[: 4 + len(FACTS)])


def make(path: Path, more: int) -> None:
    """Write the export; a third of the posts have ``more`` of everything than they had."""
    first = int(datetime(2026, 1, 1, tzinfo=UTC).timestamp())
    step = DAYS * 86_400 / POSTS
    number = pl.int_range(POSTS, eager=True).alias("n").to_frame()
    at = pl.from_epoch(first + (pl.col("n") * step).cast(pl.Int64)).dt.strftime("%Y-%m-%d %H:%M +0000")
    newer = pl.when(pl.col("n") % 3 == 0).then(more).otherwise(0)
    frame = number.select(
        pl.format("{}", 1_950_000_000_000_000_000 + pl.col("n") * 7_919).alias("Post id"),
        pl.format("https://x.example/ada/status/{}", 1_950_000_000_000_000_000 + pl.col("n") * 7_919).alias(
            "Permalink"
        ),
        pl.format("We thank you, “review” {} 🎉, and say more of it #tag", pl.col("n").hash(1) % 5000).alias("Text"),
        at.alias("time"),
        *((pl.col("n").hash(place) % 4_000 + newer).alias(fact) for place, fact in enumerate(FACTS)),
    )
    frame.write_csv(path, quote_style="non_numeric")


def run() -> None:
    """Print seconds of the first import and of the next, each with its commits."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        store = Store.create(folder / "store")
        for word, more in (("first", 0), ("again", 5)):
            path = folder / f"{word}.csv"
            make(path, more)
            before, began, used = store.head.number, time.perf_counter(), spent()
            kept = _import(store, path, folder / "copies")
            wall, cpu = time.perf_counter() - began, spent() - used
            commits = store.head.number - before
            print(
                f"  {word}: {wall:6.2f} s (allowed {ALLOWED}; load {os.getloadavg()[0]:.1f}), all cores {cpu:6.2f} s, "
                f"{kept:,} posts, {path.stat().st_size >> 20} MiB, {commits} commit",
                flush=True,
            )
            path.unlink()
            if commits != 1:
                raise AssertionError(commits)


def _import(store: Store, path: Path, copies: Path) -> int:
    """Read a file and keep it, as the workspace does."""
    result = read(SOURCE, path, copies)
    batch = ImportBatch(
        source_id=result.source_id, file=result.file, kind=result.kind, frames=result.frames, copy=result.copy,
        counts={"records_in": result.records_in, "kept": result.kept}, observed_at=result.observed_at,
        observed_basis=result.observed_basis,
    )  # fmt: skip
    (row,) = store.commit([batch])
    release(result)
    return int(row.kept)
