"""A wide CSV of posts, from recognition to canonical frames, against a typed ``polars.read_csv`` of the same file.

Each run has a process of its own, so that peaks of memory are its own. Beside seconds on the clock stand seconds of all
cores (user and system): on a busy machine only these compare well. ``SMMETRICS_BENCH_MIB`` takes another size.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import polars as pl

from smmetrics.api.sources import Column, Layout, Signature, Source
from tests.benchmarks._reading import kept
from tests.benchmarks._turns import measured, show, take_turns

MIB = int(os.environ.get("SMMETRICS_BENCH_MIB", "200"))
RUNS = 5
ALLOWED = 3.0
FACTS = (
    "impressions", "views", "clicks", "link_clicks", "likes", "comments", "shares", "quotes", "saves", "sends",
    "engaged_views", "viewable_impressions", "follows_gained", "profile_visits", "media_views", "trackbacks", "reach",
)  # fmt: skip
HEAD = ("Post id", "Permalink", "Text", "time", *FACTS, *(f"promoted {fact}" for fact in FACTS))
WORDS = [
    "open",
    "science",
    "“review”",
    "we",
    "thank",
    "you,",
    "R",
    "community:",
    "new",
    '"blog"',
    "post",
    "🎉",
    "@ada",
    "#rstats\nhttps://t.example/aB3",
]
SOURCE = Source(
    kind="wide",
    platform="bench",
    table="posts",
    title="Wide",
    container="csv",
    how_to_get="Made here.",
    takes="Posts.",
    constants=(("kind_rule", "text_mention"),),
    signature=Signature(required=HEAD[:5]),
    layout=Layout(missing=("-",)),
    columns=(
        Column(names=("Post id",), fact="posts.post_id", parse="id", required=True),
        Column(names=("Permalink",), fact="posts.permalink", extract=r"\.example/(?P<account_id>\w+)/status/\d+"),
        Column(names=("Text",), fact="posts.text"),
        Column(names=("time",), fact="posts.created_at", parse="instant %Y-%m-%d %H:%M %z", required=True),
        *(Column(names=(fact,), fact=f"post_counts.{fact}", parse="int") for fact in FACTS),
        *(Column(names=(f"promoted {fact}",), fact=f"post_counts.{fact}", parse="int", scope="paid") for fact in FACTS),
    ),
)


def make(path: Path, size: int) -> None:
    """Write about ``size`` bytes: everything quoted, newlines in texts, counts as ``12.0``, nothing promoted."""
    dice = random.Random(7)
    tails = []
    for number in range(2000):
        text = " ".join(dice.choices(WORDS, k=dice.randint(8, 30))).replace('"', '""')
        counts = [f"{int(dice.paretovariate(1) * 20)}.0" for _ in FACTS]
        tails.append(('"@bo ' if number % 7 == 0 else '"') + text + '","{}","' + '","'.join(counts) + '"')
    none = ',"-"' * len(FACTS) + "\n"
    at, number, written = datetime(2016, 1, 1, tzinfo=UTC), 1079874844840255488, 0
    with path.open("w", encoding="utf-8", newline="") as file:
        written += file.write(",".join(f'"{name}"' for name in HEAD) + "\n")
        while written < size:
            number += dice.randint(10**9, 10**12)
            at += timedelta(minutes=dice.randint(1, 9))
            tail = tails[number % len(tails)].format(at.strftime("%Y-%m-%d %H:%M +0000"))
            written += file.write(f'"{number}","https://x.example/ada/status/{number}",{tail}{none}')


def plain(path: Path) -> int:
    """What anybody would write who knows the types."""
    types = dict.fromkeys(HEAD[:4], pl.String()) | dict.fromkeys(HEAD[4:], pl.Float64())
    return pl.read_csv(path, schema=types, null_values=["-"]).height


def ours(path: Path) -> int:
    """Copy, hash, recognise, split, cast, check, shape."""
    return kept(SOURCE, path)


def run() -> None:
    """Print seconds, their ratios and peaks of memory; the two take turns."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "wide.csv"
        make(path, MIB << 20)
        print(f"{MIB} MiB")
        show(take_turns("tests.benchmarks.intake", ("plain", "ours"), path, RUNS), ALLOWED)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        measured({"plain": plain, "ours": ours}[sys.argv[1]], Path(sys.argv[2]))
    else:
        run()
