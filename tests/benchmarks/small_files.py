"""A folder of many small files, imported in one go: milliseconds of processor time for each, and the commits it takes.

Each file is an export of X's content of six posts, no two alike. All sources are installed, so that each file is held
against all of them. ``SMMETRICS_BENCH_FILES`` takes another number of files.
"""

from __future__ import annotations

import csv
import os
import random
import tempfile
import time
from pathlib import Path

from smmetrics.workspace import Workspace

FILES = int(os.environ.get("SMMETRICS_BENCH_FILES", "500"))
WARM, POSTS, ALLOWED = 5, 6, 25.0
TEXTS = ("Post id", "Date", "Post text", "Post Link")
COUNTS = (
    "Impressions", "Likes", "Engagements", "Bookmarks", "Shares", "New follows", "Replies", "Reposts",
    "Profile visits", "Detail Expands", "URL Clicks", "Hashtag Clicks", "Permalink Clicks",
)  # fmt: skip


def make(folder: Path, files: int) -> None:
    """Write the files."""
    dice = random.Random(files)
    folder.mkdir()
    for number in range(files):
        name = f"account_analytics_content_2026-04-01_2026-04-30 ({number}).csv"
        with (folder / name).open("w", encoding="utf-8", newline="") as file:
            rows = csv.writer(file, lineterminator="\n")
            rows.writerow(TEXTS + COUNTS)
            for _ in range(POSTS):
                post = dice.randrange(10**18, 2 * 10**18)
                said = (post, "Thu, Apr 23, 2026", "hello", f"https://x.com/acme/status/{post}")
                rows.writerow([*said, *(dice.randrange(10**6) for _ in COUNTS)])


def run() -> None:
    """Print what a file costs, once everything is loaded."""
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        for folder, files in (("warm", WARM), ("many", FILES)):
            make(root / folder, files)
        Workspace(root / "first").import_(root / "warm")
        workspace = Workspace(root / "second")
        before, began = time.process_time(), time.perf_counter()
        outcomes = workspace.import_(root / "many")
        used, wall = time.process_time() - before, time.perf_counter() - began
        if {each.status for each in outcomes} != {"imported"}:
            raise AssertionError(outcomes)
        each, commits = used / FILES * 1000, workspace.store.head.number
        print(
            f"  {FILES} files: {each:.1f} ms each of all cores (allowed {ALLOWED}), {wall:.1f} s on the clock, "
            f"{commits} commits (load {os.getloadavg()[0]:.1f})"
        )


if __name__ == "__main__":
    run()
