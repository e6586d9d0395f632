"""One per cent of new posts, beside making everything anew: readings of five metrics, and what stands before them.

``SMMETRICS_BENCH_POSTS`` takes another number of posts. Seconds are of all cores; those on the clock stand behind.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from smmetrics.engine import kept, measure
from tests.benchmarks import _stored
from tests.benchmarks.cached import goal, timed, window

if TYPE_CHECKING:
    from collections.abc import Callable

POSTS = int(os.environ.get("SMMETRICS_BENCH_POSTS", "1000000"))
BAR = 10.0
"""Per cent."""
Steps = dict[str, tuple[float, float]]


def run() -> None:
    """Print each step of a rebuild and of a refresh, and what the second is of the first."""
    with tempfile.TemporaryDirectory() as name:
        root = Path(name) / "work"
        store = _stored.make(root, POSTS)
        asked(root)
        _stored.add(store, _stored.new(POSTS, POSTS // 100))
        fresh = asked(root)
        shutil.rmtree(root / "cache")
        kept.forget_all()
        rebuilt = asked(root)
    for word, (cpu, wall) in rebuilt.items():
        now = fresh[word]
        sys.stdout.write(f"  {word:28} rebuilt {cpu:6.2f} s ({wall:6.2f}), refreshed {now[0]:6.2f} s ({now[1]:6.2f})\n")
    whole, part = (sum(cpu for cpu, _ in each.values()) for each in (rebuilt, fresh))
    sys.stdout.write(
        f"  together {100 * part / whole:5.1f} % of a rebuild (bar {BAR:.0f} %), {POSTS:,} posts and 1 %\n"
    )


def asked(root: Path) -> Steps:
    """The steps from stored rows to readings, each with its seconds."""
    tables = _stored.derived(root)
    snapshot = tables._base.snapshot
    steps: dict[str, Callable[[], object]] = {
        "what is so now: posts": lambda: snapshot.current("posts").head(1).collect(),
        "what is so now: counts": lambda: snapshot.current("post_counts").head(1).collect(),
        "posts as formulas see them": lambda: tables.frame("posts", frozenset({"likes"})).head(1).collect(),
        "readings": lambda: measure(goal(), tables, window("month", 0), ("platform",)),
    }
    taken = {word: timed(what) for word, what in steps.items()}
    return {word: (cpu, wall) for word, (wall, cpu) in taken.items()}
