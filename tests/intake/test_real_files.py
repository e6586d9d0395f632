"""Real monthly exports through a source written here, against counts of the standard library alone."""

from __future__ import annotations

import csv
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from smmetrics.api.sources import Column, Layout, NameRange, Signature, Source
from smmetrics.api.stored import CORE_TABLES
from smmetrics.intake import Answers, Reader

FOLDER = Path(__file__).parents[3] / "shared" / "datasets" / "x" / "ropensci-org"
FILES = sorted(FOLDER.glob("*.csv"))
pytestmark = pytest.mark.skipif(not FILES, reason="the shared real exports are not on this machine")
SOURCE = Source(
    kind="monthly",
    platform="zed",
    table="posts",
    title="Monthly",
    container="csv",
    how_to_get="Zed.",
    takes="Posts.",
    signature=Signature(required=("Tweet id", "Tweet text", "time", "impressions")),
    layout=Layout(missing=("-",)),
    columns=(
        Column(names=("Tweet id",), fact="posts.post_id", parse="id"),
        Column(names=("Tweet permalink",), fact="posts.permalink", extract=r"\.com/(?P<account_id>\w+)/status/"),
        Column(names=("Tweet text",), fact="posts.text"),
        Column(names=("time",), fact="posts.created_at", parse="instant %Y-%m-%d %H:%M %z"),
        Column(names=("impressions",), fact="post_counts.impressions", parse="int"),
        Column(names=("likes",), fact="post_counts.likes", parse="int"),
        Column(names=("replies",), fact="post_counts.comments", parse="int"),
        Column(names=("promoted likes",), fact="post_counts.likes", parse="int", scope="paid"),
    ),
    name_range=NameRange(pattern=r"_(?P<account>\w+)_(?P<start>\d{8})_(?P<end>\d{8})_"),
)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem[-20:])
def test_rows_and_sums_are_those_of_the_standard_library(path, tmp_path):
    tables = {table.name: table for table in CORE_TABLES}
    result = Reader((SOURCE,), tables, copies=tmp_path, key=b"", use={}.__getitem__).read(path, Answers())
    with path.open(encoding="utf-8", newline="") as file:
        expected = list(csv.DictReader(file))
    assert (result.records_in, result.kept, result.quarantined) == (len(expected), len(expected), 0)
    posts = result.frames["posts"]
    assert posts.get_column("post_id").to_list() == [row["Tweet id"] for row in expected]
    assert posts.get_column("text").to_list() == [row["Tweet text"] or None for row in expected]
    assert Counter(posts.get_column("created_at").dt.strftime("%Y-%m-%d %H:%M +0000")) == Counter(
        row["time"] for row in expected
    )
    counts = result.frames["post_counts"]
    assert set(counts.get_column("scope")) == {"total"}
    for ours, theirs in (("impressions", "impressions"), ("likes", "likes"), ("comments", "replies")):
        assert counts.get_column(ours).sum() == sum(Decimal(row[theirs]) for row in expected)
    assert result.observed_at.strftime("%Y%m%d") == path.stem.split("_")[-2]
