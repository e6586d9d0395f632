"""One per cent of new posts, beside making everything anew: readings of eleven metrics, and what stands before them.

``SMMETRICS_BENCH_POSTS`` takes another number of posts. Seconds are of all cores; those on the clock stand behind.

Answers to posts of every month miss the bar by what follows from touching every month. Of 5.5 s at 600,000 posts 1.3 s
go into loading the months of conversations, answers and acts, taking touched rows out and writing them again (as parts of
a quarter they took longer: fewer files, but more rows that nothing touched); 1.0 s into counting every quarter anew, most
of it joins of posts with what is kept of conversations; 3.2 s into what posts of a week cost as well.
Patches beside a month, joined off when it is read, would save at most the 1.3 s, and each reading would pay for the
joins. For the rest the counting would have to take old rows off kept partials too, which counts and sums allow (different
people as well: their tables say how often each was met), and extremes and newest levels do not. That would be two ways
to read a month and two to keep its numbers, and the bar would be missed still: what a week costs is 13 % of a rebuild
at 600,000 posts, 9 % at a million.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from smmetrics.contracts.formula import parse
from smmetrics.engine import Request, kept, measure
from tests.benchmarks import _stored
from tests.benchmarks.cached import goal, timed, window
from tests.benchmarks.measure import VIEWS

if TYPE_CHECKING:
    from collections.abc import Callable

POSTS = int(os.environ.get("SMMETRICS_BENCH_POSTS", "1000000"))
BAR = 10.0
"""Per cent."""
Steps = dict[str, tuple[float, float]]


def run() -> None:
    """Print each step of a rebuild and of two refreshes, and what these are of the first."""
    with tempfile.TemporaryDirectory() as name:
        root, part = Path(name) / "work", POSTS // 100
        store = _stored.make(root, POSTS)
        asked(root)
        _stored.add(store, _stored.new(POSTS, part), since=POSTS)
        week = asked(root)
        _stored.add(store, _stored.new(POSTS + part, part), since=POSTS, late=10)
        late = asked(root)
        shutil.rmtree(root / "cache")
        kept.forget_all()
        rebuilt = asked(root)
    for word, (cpu, wall) in rebuilt.items():
        told = ", ".join(f"{each[word][0]:5.2f} s ({each[word][1]:5.2f})" for each in (week, late))
        sys.stdout.write(f"  {word:28} rebuilt {cpu:6.2f} s ({wall:6.2f}), refreshed {told}\n")
    whole, first, second = (sum(cpu for cpu, _ in each.values()) for each in (rebuilt, week, late))
    sys.stdout.write(
        f"  together {100 * first / whole:5.1f} % of a rebuild for posts of a week that answer one another, "
        f"{100 * second / whole:5.1f} % where some answer posts of any month before "
        f"(bar {BAR:.0f} %), {POSTS:,} posts and 1 %\n"
    )


def talk() -> list[Request]:
    """Of conversations: how long they are, how many come back, how fast we answer."""
    return [
        _request("mean(threads.turns, theirs)"),
        _request("share(threads, opener_followup_at is not None, of=turns > 1)"),
        _request("count(threads, depth > 2)"),
    ]


def waits() -> list[Request]:
    """Of posts: who was answered, and who spoke for the first time."""
    return [_request("share(posts, replied_at is not None, of=theirs)"), _request("count(posts, is_first and theirs)")]


def acts() -> list[Request]:
    """Of acts: how many met us."""
    return [_request("count(acts, other_ours and theirs)")]


def _request(formula: str) -> Request:
    return Request(metric=formula, formula=parse(formula, views=VIEWS, adhoc=True))


def asked(root: Path) -> Steps:
    """The steps from stored rows to readings, each with its seconds."""
    tables = _stored.derived(root)
    snapshot = tables._base.snapshot
    steps: dict[str, Callable[[], object]] = {
        "what is so now: posts": lambda: snapshot.current("posts").head(1).collect(),
        "what is so now: counts": lambda: snapshot.current("post_counts").head(1).collect(),
        "posts as formulas see them": lambda: tables.frame("posts", frozenset({"likes"})).head(1).collect(),
        "readings of posts": lambda: measure(goal(), tables, window("month", 0), ("platform",)),
        "conversations": lambda: tables.pieces("threads", frozenset({"turns"})),
        "readings of conversations": lambda: measure(talk(), tables, window("month", 0), ("platform",)),
        "when posts were answered": lambda: tables.pieces("posts", frozenset({"replied_at"})),
        "readings of waits": lambda: measure(waits(), tables, window("month", 0), ("platform",)),
        "acts": lambda: tables.pieces("acts", frozenset({"other"})),
        "readings of acts": lambda: measure(acts(), tables, window("month", 0), ("platform",)),
    }
    taken = {word: timed(what) for word, what in steps.items()}
    return {word: (cpu, wall) for word, (wall, cpu) in taken.items()}
