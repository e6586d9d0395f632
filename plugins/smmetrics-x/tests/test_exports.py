import csv
from datetime import date
from decimal import Decimal

import pytest

from smmetrics.intake import Answers
from smmetrics.testing import reader_of
from smmetrics_x.samples import write

CONTENT = (
    "Post id,Date,Post text,Post Link,Impressions,Likes,Engagements,Bookmarks,Shares,New follows,Replies,Reposts,"
    "Profile visits,Detail Expands,URL Clicks,Hashtag Clicks,Permalink Clicks\n"
)
OLDER = (
    "Post id,Date,Post text,Link,Impressions,Likes,Engagements,Bookmarks,Share,New follows,Replies,Reposts,"
    "Profile visits,Detail expands,Url clicks,Hashtag clicks,Permalink clicks\n"
)
OVERVIEW = (
    "Date,Impressions,Likes,Engagements,Bookmarks,Shares,New follows,Unfollows,Replies,Reposts,Profile visits,"
    "Create Post,Video views,Media views\n"
)
NAME = "account_analytics_content_2026-04-01_2026-04-30.csv"


@pytest.fixture
def reader(tmp_path):
    return reader_of("smmetrics_x", tmp_path)


@pytest.fixture
def read(reader, tmp_path):
    def reading(text, name, **answers):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return reader.read(path, Answers(**answers))

    return reading


def native(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def total(rows, column):
    return sum(Decimal(row[column]) for row in rows)


@pytest.fixture
def drawn(tmp_path):
    return write(tmp_path / "drawn", 7, date(2024, 1, 1), 4)


@pytest.mark.parametrize(
    ("pattern", "what", "columns"),
    [
        ("tweet_*", ("x.legacy_posts", "post_counts"), {"impressions": "impressions", "replies": "comments", "likes": "likes", "retweets": "shares"}),
        ("daily_*", ("x.legacy_days", "account_counts"), {"impressions": "impressions", "Tweets published": "posts_published", "follows": "x__follows_from_posts"}),
        ("*content*", ("x.content", "post_counts"), {"Impressions": "impressions", "Bookmarks": "saves", "Replies": "comments", "New follows": "follows_gained"}),
        ("*overview*", ("x.overview", "account_counts"), {"New follows": "gained", "Unfollows": "lost", "Create Post": "posts_published"}),
    ],
)  # fmt: skip
def test_sums_equal_a_count_of_the_standard_library(reader, drawn, pattern, what, columns):
    files = [path for path in drawn if path.match(pattern)]
    assert files
    kind, table = what
    for path in files:
        result, rows = reader.read(path, Answers()), native(path)
        assert (result.kind, result.kept, result.quarantined) == (kind, len(rows), 0)
        frame = result.frames[table].filter(scope="total")
        assert {name: frame[name].sum() for name in columns.values()} == {
            ours: total(rows, theirs) for theirs, ours in columns.items()
        }


def test_by_day_and_by_post_never_meet_in_one_table(reader, drawn):
    tables = {reader.read(path, Answers()).kind: set(reader.read(path, Answers()).frames) for path in drawn}
    for kind, counted in tables.items():
        by_day = kind in {"x.legacy_days", "x.overview"}
        assert ("account_counts" in counted, "post_counts" in counted) == (by_day, not by_day)


@pytest.mark.parametrize(
    ("header", "day", "name"),
    [
        (CONTENT, '"Thu, Apr 23, 2026"', NAME),
        (CONTENT, '"Thu, Apr 23, 2026"', "account_analytics_content_2026-04-01_2026-04-30-2.csv"),
        (OLDER, "Thu Apr 23 2026", "account_analytics_content_20260401_20260430.csv"),
        (CONTENT, "2026-04-23", NAME),
    ],
)
def test_the_new_content_export_in_all_its_spellings(read, header, day, name):
    text = (
        header
        + f'2047000000000000001,{day},"@mira Which ""one""?\nThis?",https://x.com/Acme/status/2047000000000000001,10,2,3,4,5,6,7,8,9,10,11,12,13\n'
    )
    result = read(text, name)
    assert (result.kind, result.kept, result.quarantined) == ("x.content", 1, 0)
    (post,) = result.frames["posts"].to_dicts()
    assert (post["post_id"], post["account_id"]) == ("2047000000000000001", "Acme")
    assert (post["created_on"], post["created_precision"], post.get("created_at")) == (date(2026, 4, 23), "day", None)
    assert (post["kind"], post["kind_basis"], post["text"]) == ("reply", "text", '@mira Which "one"?\nThis?')
    (counts,) = result.frames["post_counts"].to_dicts()
    assert [
        counts[name] for name in ("impressions", "likes", "saves", "comments", "shares", "x__share_menu", "link_clicks")
    ] == [10, 2, 4, 7, 8, 5, 11]
    (span,) = result.frames["spans"].to_dicts()
    assert (span["start"], span["end"]) == (date(2026, 4, 1), date(2026, 5, 1))


@pytest.mark.parametrize("day", ['"Mon, Mar 9, 2026"', "Mon Mar 09 2026"])
def test_overview_days_are_account_counts_of_one_day(read, day):
    result = read(OVERVIEW + f"{day},2199,12,26,0,0,3,1,2,0,4,2,5,6\n", "account_overview_analytics.csv")
    (row,) = result.frames["account_counts"].to_dicts()
    assert (row["window"], row["window_start"], row["window_end"]) == ("day", date(2026, 3, 9), date(2026, 3, 10))
    assert (row["gained"], row["lost"], row["impressions"], row["media_views"]) == (3, 1, 2199, 6)


def legacy(favourite="likes", **cells):
    names = [
        "Tweet id",
        "Tweet permalink",
        "Tweet text",
        "time",
        "impressions",
        "engagements",
        "engagement rate",
        "retweets",
        "replies",
        favourite,
        "user profile clicks",
        "url clicks",
        "promoted impressions",
        "promoted likes",
    ]
    given = {
        "Tweet id": "1090311660546347008",
        "Tweet permalink": "https://twitter.com/Acme/status/1090311660546347008",
        "Tweet text": "hello",
        "time": "2019-01-29 18:12 +0000",
        "engagement rate": "9.9E-4",
        "promoted impressions": "-",
        "promoted likes": "-",
    }
    row = [(given | cells).get(name, "424.0") for name in names]
    return "".join(",".join(f'"{cell}"' for cell in line) + "\n" for line in (names, row))


LEGACY = "tweet_activity_metrics_Acme_20190101_20190201_en.csv"


def test_the_last_line_of_the_new_exports_has_no_line_end_and_is_whole(read):
    rows = ['"Tue, Apr 7, 2026",444,4,29,0,0,1,0,6,0,4,0,0,0', '"Mon, Apr 6, 2026",93,19,64,5,0,5,0,7,0,104,8,0,0']
    result = read(OVERVIEW + "\n".join(rows), "account_overview_analytics.csv")

    assert (result.kept, result.quarantined) == (2, 0)
    assert not any("breaks off" in message for message in result.messages)
    cut = read(OVERVIEW + "\n".join(rows)[:-9], "account_overview_analytics.csv")
    assert (cut.kept, cut.quarantined) == (1, 1)


def test_favourites_are_likes_of_an_older_time(read):
    (counts,) = read(legacy("favorites"), LEGACY).frames["post_counts"].to_dicts()
    assert (counts["likes"], counts["x__engagement_rate"]) == (424, 0.00099)


def test_promoted_counts_stand_apart_and_add_nothing(read):
    rows = read(legacy(**{"promoted impressions": "1000", "promoted likes": "5"}), LEGACY).frames["post_counts"]
    found = {row["scope"]: row for row in rows.to_dicts()}
    assert (found["total"]["impressions"], found["paid"]["impressions"], found["paid"]["likes"]) == (424, 1000, 5)
    assert found["paid"]["comments"] is None


def test_an_id_a_spreadsheet_rounded_is_rebuilt_or_set_aside(read):
    rebuilt = read(legacy(**{"Tweet id": "1.09031E+18"}), LEGACY)
    assert rebuilt.frames["posts"]["post_id"].to_list() == ["1090311660546347008"]
    lost = read(legacy(**{"Tweet id": "1.09031E+18", "Tweet permalink": "Twitter Web Client"}), LEGACY)
    assert lost.kept == 0


@pytest.mark.parametrize("text", ["@mira hi", ".@mira hi", "@ mira", "RT @mira: hi", "hi @mira", "“@mira: hi”"])
def test_only_a_text_that_begins_with_a_name_is_a_reply(read, text):
    (post,) = read(legacy(**{"Tweet text": text}), LEGACY).frames["posts"].to_dicts()
    assert post["kind"] == ("reply" if text == "@mira hi" else "post")


@pytest.mark.parametrize(
    "name", [LEGACY, LEGACY.replace("_en", "_ja"), LEGACY.replace(".csv", " (1).csv"), "renamed.csv"]
)
def test_the_file_may_have_another_name(read, name):
    result = read(legacy(), name)
    assert (result.kind, result.kept) == ("x.legacy_posts", 1)
    assert result.frames["posts"]["account_id"].to_list() == ["Acme"]


@pytest.mark.parametrize(
    "change",
    [
        lambda raw: b"\xef\xbb\xbf" + raw,
        lambda raw: raw.replace(b"\n", b"\r\n"),
        lambda raw: raw.decode().encode("utf-16"),
    ],
)
def test_a_spreadsheet_may_have_saved_it_again(read, change):
    result = read(change(legacy().encode()), LEGACY)
    assert (result.kind, result.kept, result.quarantined) == ("x.legacy_posts", 1, 0)
    assert result.frames["post_counts"]["impressions"].to_list() == [424]
