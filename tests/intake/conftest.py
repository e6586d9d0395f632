from __future__ import annotations

from dataclasses import replace

import pytest

from smmetrics.api.facts import Fact
from smmetrics.api.sources import Column, Layout, NameRange, Signature, Source
from smmetrics.api.stored import CORE_TABLES
from smmetrics.intake import Answers, Reader

SHARES = Fact(table="post_counts", name="z__rate", type="number", unit="ratio", additivity="non_additive")


def tables():
    known = {table.name: table for table in CORE_TABLES}
    counts = known["post_counts"]
    return known | {"post_counts": replace(counts, columns=(*counts.columns, SHARES))}


def count(name, fact, **more):
    return Column(names=name if isinstance(name, tuple) else (name,), fact=f"post_counts.{fact}", parse="int", **more)


POSTS = Source(
    kind="posts",
    platform="zed",
    table="posts",
    title="Zed, by post",
    container="csv",
    how_to_get="Zed, export.",
    takes="Posts.",
    constants=(("kind_rule", "text_mention"), ("status", "published")),
    signature=Signature(required=("Post id", "Text", "time"), any_of=(("likes", "favorites"),)),
    layout=Layout(missing=("-",), footer=("^Total$",)),
    columns=(
        Column(names=("Post id",), fact="posts.post_id", parse="id", required=True),
        Column(
            names=("link",), fact="posts.permalink", extract=r"zed\.example/(?P<account_id>\w+)/status/(?P<post_id>\d+)"
        ),
        Column(names=("Text",), fact="posts.text"),
        Column(names=("time",), fact="posts.created_at", parse="instant %Y-%m-%d %H:%M %z", required=True),
        count(("likes", "favorites"), "likes", scope="total"),
        count("replies", "comments", scope="total"),
        Column(names=("rate",), fact="post_counts.z__rate", parse="number", scope="total"),
        count("promoted likes", "likes", scope="paid"),
    ),
    name_range=NameRange(pattern=r"^zed_(?P<account>\w+)_(?P<start>\d{8})_(?P<end>\d{8})"),
    covers=("posts", "post_counts"),
)
DAYS = Source(
    kind="days",
    platform="zed",
    table="account_counts",
    title="Zed, by day",
    container="csv",
    how_to_get="Zed, export.",
    takes="Days.",
    signature=Signature(required=("Date", "Impressions"), forbidden=("Post id",), name_pattern="days"),
    columns=(
        Column(names=("Date",), fact="account_counts.window_start", parse="date %Y-%m-%d", required=True),
        Column(names=("Impressions",), fact="account_counts.impressions", parse="int"),
    ),
    grain="day",
    window="day",
    covers=("account_counts",),
)


@pytest.fixture
def posts():
    return POSTS


@pytest.fixture
def days():
    return DAYS


@pytest.fixture
def known_tables():
    return tables()


@pytest.fixture
def reading_all(tmp_path):
    """Write bytes to a file of a name and read all its parts with sources (by default the two above)."""
    made = iter(range(1_000_000))

    def read(raw, name="zed.csv", *, sources=(POSTS, DAYS), use=None, **answers):
        folder = tmp_path / str(next(made))
        folder.mkdir()
        path = folder / name
        path.write_bytes(raw if isinstance(raw, bytes) else raw.encode())
        reader = Reader(sources, tables(), copies=tmp_path / "copies", key=bytes(32), use=use or {}.__getitem__)
        return reader.read_all(path, Answers(**answers))

    return read


@pytest.fixture
def reading(reading_all):
    """The same for a file of which one part is read, or none."""

    def read(raw, name="zed.csv", **how):
        results = list(reading_all(raw, name, **how))
        (result,) = [each for each in results if each.status == "read"] or results
        return result

    return read
