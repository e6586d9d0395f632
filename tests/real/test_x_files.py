"""All real by-tweet exports at hand, record by record, against the standard library's csv and Decimal."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from datetime import date
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from smmetrics.intake import Answers
from smmetrics.testing import reader_of

LEGACY = Path(__file__).parents[3] / "shared" / "datasets" / "x" / "ropensci-org"
pytestmark = pytest.mark.skipif(not LEGACY.is_dir(), reason="the shared real exports are not on this machine")

COUNTS = {
    "impressions": "impressions",
    "engagements": "x__engagements",
    "retweets": "shares",
    "replies": "comments",
    "likes": "likes",
    "user profile clicks": "profile_visits",
    "url clicks": "link_clicks",
    "hashtag clicks": "x__hashtag_clicks",
    "detail expands": "x__detail_expands",
    "permalink clicks": "x__permalink_clicks",
    "app opens": "x__app_opens",
    "app installs": "x__app_installs",
    "follows": "follows_gained",
    "email tweet": "x__email_shares",
    "dial phone": "x__phone_calls",
    "media views": "media_views",
    "media engagements": "x__media_engagements",
}


def by_the_standard_library(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def native():
    return {path.name: by_the_standard_library(path) for path in sorted(LEGACY.glob("*.csv"))}


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    reader = reader_of("smmetrics_x", tmp_path_factory.mktemp("copies"))
    return {path.name: reader.read(path, Answers()) for path in sorted(LEGACY.glob("*.csv"))}


@pytest.fixture(scope="module")
def posts(results):
    return pl.concat([each.frames["posts"] for each in results.values()], how="diagonal_relaxed")


@pytest.fixture(scope="module")
def counts(results, posts):
    frame = pl.concat([each.frames["post_counts"] for each in results.values()], how="diagonal_relaxed")
    return frame.join(posts.select("post_id", "created_at"), on="post_id", validate="m:1")


def test_every_file_is_recognised_and_nothing_is_lost(results, native):
    assert len(results) == 36
    assert {each.kind for each in results.values()} == {"x.legacy_posts"}
    assert {name: each.records_in for name, each in results.items()} == {
        name: len(rows) for name, rows in native.items()
    }
    assert {name: each.kept for name, each in results.items()} == {name: len(rows) for name, rows in native.items()}
    assert {each.quarantined + each.blank + each.footer for each in results.values()} == {0}


@pytest.mark.parametrize("column", COUNTS)
def test_sums_per_month_equal_the_files_own_columns(counts, native, column):
    expected = defaultdict(Decimal)
    for rows in native.values():
        for row in rows:
            expected[row["time"][:7]] += Decimal(row[column])
    month = pl.col("created_at").dt.strftime("%Y-%m")
    summed = counts.group_by(month.alias("month")).agg(pl.col(COUNTS[column]).sum())
    assert dict(summed.iter_rows()) == expected


def test_posts_per_month_equal_the_files_rows(posts, native):
    expected = Counter(row["time"][:7] for rows in native.values() for row in rows)
    assert Counter(posts["created_at"].dt.strftime("%Y-%m").to_list()) == expected


def test_ids_texts_and_times_are_the_files_own(posts, native):
    expected = {row["Tweet id"]: (row["Tweet text"], row["time"]) for rows in native.values() for row in rows}
    shown = posts.select("post_id", "text", pl.col("created_at").dt.strftime("%Y-%m-%d %H:%M +0000"))
    assert {post: (text, time) for post, text, time in shown.iter_rows()} == expected


def test_replies_are_the_texts_that_begin_with_a_name(posts, native):
    expected = Counter(
        "reply" if row["Tweet text"].startswith("@") else "post" for rows in native.values() for row in rows
    )
    assert Counter(posts["kind"].to_list()) == expected
    assert posts["kind_basis"].unique().to_list() == ["text"]


def test_what_was_never_promoted_gives_no_paid_counts(counts):
    assert counts["scope"].unique().to_list() == ["total"]
    assert counts["window"].unique().to_list() == ["lifetime"]


def test_saves_and_quotes_are_absent_and_not_zero(counts):
    for name in ("saves", "quotes", "reach"):
        assert name not in counts.columns or counts[name].null_count() == counts.height


def test_the_account_comes_from_permalink_and_file_name(posts, results):
    assert posts["account_id"].unique().to_list() == ["rOpenSci"]
    assert {account for each in results.values() for account in each.frames["spans"]["account_id"]} == {"rOpenSci"}


def test_spans_are_the_months_in_the_file_names(results):
    for name, each in results.items():
        start, end = (date.fromisoformat(part) for part in name.split("_")[4:6])
        spans = each.frames["spans"]
        assert spans.select("start", "end").rows() == [(start, end)]
        assert set(spans["facts"].item().split(",")) >= {"posts", "post_counts"}
