"""Conversations of ten million posts: who answers whom, each root, and what became of it.

In a process of its own, so that the peak of memory is its own. ``SMMETRICS_BENCH_POSTS`` takes another number of posts.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import polars as pl

from smmetrics.derive import threads
from tests.benchmarks import _stored
from tests.benchmarks._turns import measured

POSTS = int(os.environ.get("SMMETRICS_BENCH_POSTS", "10000000"))
BAR = 60.0
"""Seconds for ten million posts."""


def run() -> None:
    """Print seconds, peak of memory and the bar."""
    with tempfile.TemporaryDirectory() as name:
        for word in ("make", "fold", "threads"):
            command = [sys.executable, "-m", "tests.benchmarks.threads", word, name]
            done = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        wall, cpu, peak, rows = done.split()
    sys.stdout.write(
        f"  {float(wall):6.1f} s (bar {BAR:.0f}), all cores {float(cpu):6.1f} s, peak {peak} MiB, "
        f"{int(rows):,} conversations of {POSTS:,} posts (load {os.getloadavg()[0]:.1f})\n"
    )


def _made(root: Path) -> int:
    rows = _stored.derived(root)._base.talks.of(threads.TOLD).rows()
    return rows.select(pl.len()).collect().item()


def _folded(root: Path) -> None:
    """What a first look at the workspace leaves behind: the posts as they stand now."""
    tables = _stored.derived(root)
    tables.spans()
    tables.frame("posts", frozenset({"text"})).head(1).collect()


if __name__ == "__main__":
    what, folder = sys.argv[1], Path(sys.argv[2]) / "work"
    if what == "make":
        _stored.make(folder, POSTS)
    elif what == "fold":
        _folded(folder)
    else:
        measured(_made, folder)
