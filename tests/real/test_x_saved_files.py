"""All real files of X that are no analytics exports, against the standard library's json and csv alone."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest
from python_calamine import CalamineWorkbook

from smmetrics.intake import Answers
from smmetrics.testing import reader_of
from smmetrics.workspace import init

X = Path(__file__).parents[3] / "shared" / "datasets" / "x"
pytestmark = pytest.mark.skipif(not X.is_dir(), reason="the shared real files are not on this machine")

OLD = (
    "bear/get_mentions", "bear/get_replies", "bear/get_retweets_count", "bear/get_statuses.1",
    "bear/get_user_timeline_count", "sferik/search", "sferik/status", "sferik/statuses",
)  # fmt: skip
NEW = (
    "sns-sdks/search_tweets_for_nyc", "sns-sdks/search_tweets_query", "sns-sdks/timeline_reverse_chronological",
    "sns-sdks/tweet", "sns-sdks/tweet_quote_tweets_resp", "sns-sdks/tweet_retweet_tweets_resp", "sns-sdks/tweets_resp",
)  # fmt: skip
NAMELESS = (
    "sns-sdks/timeline_mentions", "sns-sdks/timeline_tweets", "sns-sdks/tweet_resp", "sns-sdks/tweets_by_user_bookmark",
)  # fmt: skip
USERS = ("sferik/followers_list", "sferik/sferik", "sns-sdks/following_resp", "sns-sdks/user", "sns-sdks/users_resp")
REFUSED = {
    "bear/get_follower_ids_stringify": "does not say of whom",
    "sns-sdks/expansions": "without the posts themselves",
    "sns-sdks/tweets_counts_all_resp": "does not say what was searched for",
    "sns-sdks/tweets_counts_recent_resp": "does not say what was searched for",
}


@pytest.fixture(scope="module")
def reader(tmp_path_factory):
    return reader_of("smmetrics_x", tmp_path_factory.mktemp("copies"))


def records(name):
    """The posts or accounts of a file, wherever the interface puts them."""
    found = json.loads((X / f"{name}.json").read_text(encoding="utf-8"))
    if isinstance(found, dict):
        found = next((found[key] for key in ("statuses", "users", "data") if key in found), found)
    return found if isinstance(found, list) else [found]


def old_date(text):
    return datetime.strptime(text, "%a %b %d %H:%M:%S %z %Y").astimezone(UTC)


def clock(number):
    return datetime.fromtimestamp(((int(number) >> 22) + 1288834974657) / 1000, UTC)


def posts(result):
    return {row["post_id"]: row for row in result.frames["posts"].to_dicts()}


def counts(result):
    frame = result.frames.get("post_counts", pl.DataFrame())
    return {row["post_id"]: row for row in frame.to_dicts() if row["scope"] == "total"}


def test_every_shared_file_is_accounted_for_here_or_among_the_exports():
    known = {f"{name}.json" for name in (*OLD, *NEW, *NAMELESS, *USERS, *REFUSED)}
    known |= {"fivethirtyeight/BarackObama.csv", "yosingh1/twcs_sample.csv", "sarah-avila/NPLF Twitter Q1.xls"}
    there = {str(path.relative_to(X)) for path in X.rglob("*") if path.is_file()}
    assert {name for name in there if not name.startswith("ropensci-org/")} == known


@pytest.mark.parametrize("name", OLD)
def test_posts_of_the_older_interface_record_by_record(reader, name):
    result, native = reader.read(X / f"{name}.json", Answers()), records(name)
    assert (result.status, result.kind, result.kept) == ("read", "x.api1_posts", len(native))
    found, counted = posts(result), counts(result)
    assert found.keys() == {each["id_str"] for each in native}
    for each in native:
        row, answers = found[each["id_str"]], each["in_reply_to_status_id_str"]
        assert row["created_at"] == old_date(each["created_at"])
        assert row["text"] == each.get("full_text", each.get("text"))
        shared = "retweeted_status" in each
        assert (row["kind"] == "share") == shared
        assert shared or (row["kind"] == "reply") == bool(answers or each["in_reply_to_user_id_str"])
        assert row["in_reply_to"] == answers
        assert answers is None or abs(row["in_reply_to_at"] - clock(answers)) < timedelta(seconds=1)
        numbers = counted.get(each["id_str"])
        assert (numbers is None) == shared
        if not shared:
            assert (numbers["shares"], numbers["likes"]) == (each["retweet_count"], each.get("favorite_count"))
    people = {row["person"]: row for row in result.frames["people"].to_dicts()}
    pairs = {(each["user"]["id_str"], found[each["id_str"]]["person"]) for each in native}
    assert len({user for user, _ in pairs}) == len({person for _, person in pairs}) == len(pairs)
    assert all(people[person]["platform_author_id"] == user for user, person in pairs)


@pytest.mark.parametrize("name", OLD)
def test_a_timeline_is_its_accounts_and_a_mixed_file_is_nobodys(reader, name):
    result, native = reader.read(X / f"{name}.json", Answers()), records(name)
    authors = {each["user"].get("screen_name") for each in native}
    expected = authors if len({each["user"]["id_str"] for each in native}) == 1 else {None}
    assert set(result.frames["posts"]["account_id"]) == expected
    assert ("spans" in result.frames) == (expected != {None})


@pytest.mark.parametrize("name", NEW)
def test_posts_of_the_newer_interface_record_by_record(reader, name):
    result, native = reader.read(X / f"{name}.json", Answers()), records(name)
    assert (result.status, result.kind, result.kept) == ("read", "x.api2_posts", len(native))
    found, counted = posts(result), counts(result)
    words = {"retweeted": "share", "replied_to": "reply", "quoted": "quote"}
    for each in native:
        row = found[each["id"]]
        refers = {ref["type"]: ref["id"] for ref in each.get("referenced_tweets", ())}
        kinds = [word for kind, word in words.items() if kind in refers]
        assert row["text"] == each["text"]
        assert row["created_at"] == datetime.fromisoformat(each["created_at"])
        assert abs(row["created_at"] - clock(each["id"])) < timedelta(seconds=2)
        assert row["kind"] in (kinds[:1] or ["post", "reply"])
        assert row["in_reply_to"] == refers.get("replied_to") or row["kind"] == "share"
        public = each.get("public_metrics", {})
        if public and row["kind"] != "share":
            numbers = counted[each["id"]]
            assert [numbers[n] for n in ("likes", "shares", "comments", "quotes")] == [
                public[n] for n in ("like_count", "retweet_count", "reply_count", "quote_count")
            ]
    handles = dict(result.frames["people"].select("person", "handle").iter_rows())
    document = json.loads((X / f"{name}.json").read_text(encoding="utf-8"))
    for user in document.get("includes", {}).get("users", ()):
        shown = {handles[found[each["id"]]["person"]] for each in native if each["author_id"] == user["id"]}
        assert shown <= {user["username"]}


@pytest.mark.parametrize("name", NAMELESS)
def test_posts_without_authors_are_asked_for_and_then_read_whole(reader, name):
    refused = reader.read(X / f"{name}.json", Answers())
    assert (refused.status, refused.exit_code) == ("refused", 2)
    assert "--account" in refused.hint
    result = reader.read(X / f"{name}.json", Answers(account="Acme"))
    assert (result.kept, set(result.frames["posts"]["account_id"])) == (len(records(name)), {"Acme"})
    assert {row["text"] for row in result.frames["posts"].to_dicts()} == {each["text"] for each in records(name)}


@pytest.mark.parametrize("name", USERS)
def test_accounts_are_persons_with_their_handles(reader, name):
    result, native = reader.read(X / f"{name}.json", Answers()), records(name)
    assert (result.status, result.kept) == ("read", len(native))
    shown = result.frames["people"].select("platform_author_id", "handle").rows()
    assert set(shown) == {(str(each["id"]), each.get("username") or each["screen_name"]) for each in native}


@pytest.mark.parametrize("name", ["sferik/followers_list", "sferik/sferik", "sns-sdks/user"])
def test_followers_are_of_the_day_the_user_names(reader, name):
    at = datetime(2020, 5, 6, 7, tzinfo=UTC)
    result, (native,) = reader.read(X / f"{name}.json", Answers(observed_at=at)), records(name)
    (row,) = result.frames["account_counts"].to_dicts()
    expected = native.get("followers_count", native.get("public_metrics", {}).get("followers_count"))
    assert (row["followers"], row["window_start"]) == (expected, at.date())


@pytest.mark.parametrize("name", REFUSED)
def test_what_says_too_little_is_refused_with_a_reason(reader, name):
    result = reader.read(X / f"{name}.json", Answers())
    assert (result.status, result.exit_code) == ("refused", 4)
    assert REFUSED[name] in result.reason
    assert len(result.hint.split()) > 5


def collected():
    raw = (X / "fivethirtyeight" / "BarackObama.csv").read_bytes()
    return list(csv.DictReader(io.StringIO(raw.decode("mac-roman"), newline="")))


def test_the_collected_posts_row_by_row(reader):
    result, native = reader.read(X / "fivethirtyeight" / "BarackObama.csv", Answers()), collected()
    *whole, cut = native  # the file has no line end: its last record cannot be told from one that was cut
    assert (result.kind, result.records_in, result.kept, result.quarantined) == (
        "x.collected",
        len(native),
        len(whole),
        1,
    )
    assert result.quarantine["reason"].to_list() == ["unterminated_last_record"]
    assert "mac-roman" in " ".join(result.messages)
    found, counted = posts(result), counts(result)
    number = {re.search(r"status/(\d+)", each["url"])[1]: each for each in whole}
    assert found.keys() == number.keys()
    assert re.search(r"status/(\d+)", cut["url"])[1] not in found
    for post, each in number.items():
        row = found[post]
        assert row["created_at"].replace(second=0) == datetime.strptime(each["created_at"], "%m/%d/%y %H:%M").replace(
            tzinfo=UTC
        )
        assert (row["text"], row["account_id"]) == (each["text"], each["user"])
    own = [each for post, each in number.items() if found[post]["kind"] != "share"]
    for theirs, ours in {"replies": "comments", "retweets": "shares", "favorites": "likes"}.items():
        assert sum(row[ours] for row in counted.values()) == sum(Decimal(each[theirs]) for each in own)


@pytest.fixture(scope="module")
def support():
    with (X / "yosingh1" / "twcs_sample.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_support_conversations_row_by_row(reader, support):
    result = reader.read(X / "yosingh1" / "twcs_sample.csv", Answers())
    assert (result.kind, result.kept, result.quarantined) == ("x.support", len(support), 0)
    found = posts(result)
    for each in support:
        row, answers = found[f"twcs:{each['tweet_id']}"], each["in_response_to_tweet_id"]
        assert (row["text"], row["created_at"]) == (each["text"], old_date(each["created_at"]))
        assert row["in_reply_to"] == (f"twcs:{answers}" if answers else None)
        assert row["account_id"] == (each["author_id"] if each["inbound"] == "False" else None)
        assert (row["in_reply_to_at"], row["permalink"]) == (None, None)
    writers = {(each["author_id"], found[f"twcs:{each['tweet_id']}"]["person"]) for each in support}
    assert len({name for name, _ in writers}) == len({person for _, person in writers}) == len(writers)
    companies = {each["author_id"] for each in support if each["inbound"] == "False"}
    handles = set(result.frames["people"]["handle"].drop_nulls())
    assert companies <= handles
    assert not [handle for handle in handles if handle.isdigit()]


def test_first_answers_of_support_equal_a_count_by_hand(support, tmp_path):
    workspace = init(tmp_path)
    workspace.import_(X / "yosingh1" / "twcs_sample.csv")
    threads = workspace.table("posts", columns=["post_id", "created_at", "replied_at"])
    shown = {
        post.removeprefix("twcs:"): replied - created
        for post, created, replied in threads.select("post_id", "created_at", "replied_at").rows()
        if replied is not None
    }
    rows = {each["tweet_id"]: each for each in support}
    below = defaultdict(list)
    for each in support:
        above = each["in_response_to_tweet_id"]
        while above in rows:
            below[above].append(each)
            above = rows[above]["in_response_to_tweet_id"]
    expected = {}
    for post, answers in below.items():
        waits = [
            old_date(each["created_at"]) - old_date(rows[post]["created_at"])
            for each in answers
            if each["author_id"] != rows[post]["author_id"]
        ]
        waits = [wait for wait in waits if wait >= timedelta(0)]
        if waits:
            expected[post] = min(waits)
    assert shown == expected


def test_the_workbook_of_days_sheet_by_sheet(reader):
    path = X / "sarah-avila" / "NPLF Twitter Q1.xls"
    results = list(reader.read_all(path, Answers(account="NPLF")))
    book = CalamineWorkbook.from_path(path)
    assert [each.sheet for each in results] == book.sheet_names
    for result in results:
        header, *rows = book.get_sheet_by_name(result.sheet).to_python()
        rows = [row for row in rows if row[0]]
        frame = result.frames["account_counts"].filter(scope="total")
        assert (result.kind, result.kept, frame.height) == ("x.legacy_days", len(rows), len(rows))
        for theirs, ours in {
            "impressions": "impressions",
            "likes": "likes",
            "Tweets published": "posts_published",
        }.items():
            place = header.index(theirs)
            assert frame[ours].sum() == sum(Decimal(str(row[place])) for row in rows)
    days = Counter(day.month for each in results for day in each.frames["account_counts"]["window_start"].unique())
    assert days == {4: 30, 5: 31, 6: 30}
