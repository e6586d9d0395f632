"""The readings of one goal when its period changes, of a million posts: put together from numbers kept by day.

``SMMETRICS_BENCH_POSTS`` takes another number of posts. Beside seconds on the clock stand seconds of all cores.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from smmetrics.engine import Request, Window, measure
from tests.benchmarks import _stored
from tests.benchmarks._turns import spent
from tests.benchmarks.measure import ZONE, requests

POSTS = int(os.environ.get("SMMETRICS_BENCH_POSTS", "1000000"))
GOAL = (0, 1, 6, 11, 15)
"""Of the metrics of `measure`: a number a week, a ratio, a mean, a share, a sum."""
BAR = 0.05
"""Seconds."""
RUNS = 9


def goal() -> list[Request]:
    """What one goal asks."""
    return [each for place, each in enumerate(requests()) if place in GOAL]


def window(grain: str, month: int) -> Window:
    """A year and more, from the first of a month of 2023 on."""
    whole = Window(as_of=datetime(2026, 1, 1, tzinfo=UTC), zone=ZONE, grain=grain)
    return replace(whole, since=date(2023, month, 1), until=date(2024, month, 15)) if month else whole


def run() -> None:
    """Print the first time, another period by then, and the same read from disk by another process's eyes."""
    with tempfile.TemporaryDirectory() as name:
        _stored.make(Path(name) / "work", POSTS)
        tables = _stored.derived(Path(name) / "work")
        tables.frame("posts", frozenset({"likes"})).head(1).collect()
        asked = goal()
        for grain in ("total", "month"):
            first = timed(lambda grain=grain: measure(asked, tables, window(grain, 0), ("platform",)))
            again = [
                timed(lambda grain=grain, month=month: measure(asked, tables, window(grain, month), ("platform",)))
                for month in range(1, RUNS + 1)
            ]
            wall, cpu = (statistics.median(each[part] for each in again) for part in (0, 1))
            sys.stdout.write(
                f"  {grain:6} first {first[0] * 1e3:6.0f} ms, another period {wall * 1e3:5.0f} ms "
                f"(bar {BAR * 1e3:.0f}), all cores {cpu * 1e3:5.0f} ms, load {os.getloadavg()[0]:.1f}\n"
            )
        sys.stdout.write(f"  {len(GOAL)} metrics by platform, {POSTS:,} posts\n")


def timed(what: object) -> tuple[float, float]:
    """Seconds on the clock and of all cores."""
    began, used = time.perf_counter(), spent()
    assert callable(what)
    what()
    return time.perf_counter() - began, spent() - used
