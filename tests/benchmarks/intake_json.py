"""A JSON document of posts, from recognition to canonical frames, against a typed read of the same records by Polars.

Polars reads the form it is quickest with: a record a line. Ours reads the document as platforms give it out.
``SMMETRICS_BENCH_MIB`` takes another size.
"""

from __future__ import annotations

import json
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

MIB = int(os.environ.get("SMMETRICS_BENCH_MIB", "100"))
RUNS, ALLOWED = 5, 4.0
FACTS = ("impressions", "views", "likes", "comments", "shares", "quotes", "saves", "clicks")
SOURCE = Source(
    kind="items",
    platform="bench",
    table="posts",
    title="Items",
    container="json",
    how_to_get="Made here.",
    takes="Nothing.",
    layout=Layout(records="items[]"),
    signature=Signature(required=("id", "snippet.text")),
    columns=(
        Column(names=("id",), fact="posts.post_id", parse="id", required=True),
        Column(names=("snippet.channel",), fact="posts.account_id"),
        Column(names=("snippet.text",), fact="posts.text"),
        Column(names=("snippet.at",), fact="posts.created_at", parse="instant %Y-%m-%dT%H:%M:%SZ", required=True),
        *(Column(names=(f"statistics.{fact}",), fact=f"post_counts.{fact}", parse="int") for fact in FACTS),
    ),
)


def make(path: Path, size: int) -> None:
    """Write about ``size`` bytes: a document with an array of records, and beside it ``.ndjson`` with the same."""
    dice = random.Random(7)
    texts = [" ".join(dice.choices(["open", "“review”", "🎉", "\n", "#tag", "we", "thank"], k=20)) for _ in range(500)]
    at, number, written = datetime(2016, 1, 1, tzinfo=UTC), 1079874844840255488, 0
    with path.open("w", encoding="utf-8") as file, path.with_suffix(".ndjson").open("w", encoding="utf-8") as lines:
        file.write('{"kind": "list", "items": [')
        while written < size:
            number += dice.randint(10**9, 10**12)
            at += timedelta(minutes=dice.randint(1, 9))
            snippet = {
                "channel": "ada",
                "text": dice.choice(texts),
                "at": at.strftime("%Y-%m-%dT%H:%M:%SZ"),
                "lang": "en",
            }
            counts = {fact: int(dice.paretovariate(1) * 20) for fact in FACTS}
            raw = json.dumps(
                {"kind": "post", "id": number, "snippet": snippet, "statistics": counts}, ensure_ascii=False
            )
            written += file.write((", " if written else "") + raw)
            lines.write(raw + "\n")
        file.write("]}")


def plain(path: Path) -> int:
    """What anybody would write who knows the types."""
    snippet = pl.Struct(dict.fromkeys(("channel", "text", "at"), pl.String()))
    schema = {"id": pl.Int64(), "snippet": snippet, "statistics": pl.Struct(dict.fromkeys(FACTS, pl.Int64()))}
    return pl.read_ndjson(path.with_suffix(".ndjson"), schema=schema).height


def ours(path: Path) -> int:
    """Copy, hash, recognise, split, cast, check, shape."""
    return kept(SOURCE, path)


def run() -> None:
    """Print seconds, their ratios and peaks of memory; the two take turns."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "items.json"
        make(path, MIB << 20)
        print(f"{MIB} MiB")
        show(take_turns("tests.benchmarks.intake_json", ("plain", "ours"), path, RUNS), ALLOWED)


if __name__ == "__main__":
    measured({"plain": plain, "ours": ours}[sys.argv[1]], Path(sys.argv[2]))
