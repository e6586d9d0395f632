"""All four exports of one account in one workspace: nothing adds up with what it must not."""

import csv
from datetime import date
from decimal import Decimal

import pytest

from smmetrics.workspace import init
from smmetrics_x.samples import write


@pytest.fixture(scope="module")
def drawn(tmp_path_factory):
    return write(tmp_path_factory.mktemp("drawn"), 5, date(2024, 9, 1), 1)


@pytest.fixture(scope="module")
def workspace(drawn, tmp_path_factory):
    workspace = init(tmp_path_factory.mktemp("workspace"))
    assert {each.status for each in workspace.import_(*drawn)} == {"imported"}
    return workspace


def native(drawn, pattern):
    (path,) = [path for path in drawn if path.match(pattern)]
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def value(workspace, formula):
    frame = workspace.measure(formula).frame
    return frame["value"].item()


def test_posts_of_two_exports_are_the_same_posts(workspace, drawn):
    by_tweet, content = native(drawn, "tweet_*"), native(drawn, "*content*")
    assert {row["Tweet id"] for row in by_tweet} == {row["Post id"] for row in content}
    assert value(workspace, "count(posts)") == len(by_tweet)


def test_by_tweet_and_by_day_never_add_up(workspace, drawn):
    by_tweet, by_day = native(drawn, "tweet_*"), native(drawn, "daily_*")
    assert value(workspace, "sum(posts.impressions)") == sum(Decimal(row["impressions"]) for row in by_tweet)
    overview = native(drawn, "*overview*")
    days = value(workspace, "sum(account_counts.impressions)")
    assert days in {
        sum(Decimal(row[name]) for row in rows) for rows, name in ((by_day, "impressions"), (overview, "Impressions"))
    }


def test_what_the_legacy_export_lacks_the_new_one_brings(workspace, drawn):
    content = native(drawn, "*content*")
    assert value(workspace, "sum(posts.saves)") == sum(Decimal(row["Bookmarks"]) for row in content)
