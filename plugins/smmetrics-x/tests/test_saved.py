"""Archives of every age, saved answers in every form, collections: what a file means, and what it must not mean."""

import io
import json
import zipfile
from datetime import UTC, date, datetime

import pytest

from smmetrics.intake import Answers
from smmetrics.testing import reader_of
from smmetrics_x.clock import moment

OWN = {"id": 11, "id_str": "11", "screen_name": "Acme"}
MIRA = {"id": 12, "id_str": "12", "screen_name": "mira"}
AT, ID = "Sat Nov 09 12:14:18 +0000 2024", "1855222379102340306"
NEXT, PARENT = str(int(ID) + 1), "1855200000000000000"


@pytest.fixture
def read_all(tmp_path):
    reader = reader_of("smmetrics_x", tmp_path)

    def reading(text, name, **answers):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return list(reader.read_all(path, Answers(**answers)))

    return reading


@pytest.fixture
def read(read_all):
    def reading(text, name, **answers):
        results = read_all(text, name, **answers)
        (result,) = [each for each in results if each.status == "read"] or results
        return result

    return reading


def old(user=OWN, **more):
    values = {"id": int(ID), "id_str": ID, "created_at": AT, "text": "hi", "retweet_count": 1, "favorite_count": 2}
    return values | ({"user": user} if user else {}) | more


def new(**more):
    return {"id": ID, "text": "hi", "created_at": "2024-11-09T12:14:18.000Z", "author_id": "11"} | more


def only(result, table="posts"):
    assert (result.status, result.kept, result.quarantined) == ("read", 1, 0), result.reason
    (row,) = result.frames[table].to_dicts()
    return row


def js(name, records):
    return f"window.YTD.{name}.part0 = {json.dumps(records)}"


def archive(**files):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        for name, text in files.items():
            made.writestr(f"data/{name}.js", text)
    return buffer.getvalue()


def manifest(*counts):
    files = [
        {"fileName": f"data/tweets{f'-part{part}' if part else ''}.js", "count": str(count)}
        for part, count in enumerate(counts)
    ]
    listed = {"archiveInfo": {"generationDate": "2025-01-02T03:04:05.000Z"}, "dataTypes": {"tweets": {"files": files}}}
    return f"window.__THAR_CONFIG = {json.dumps(listed)}"


ACCOUNT = js("account", [{"account": {"username": "Acme", "accountId": "11", "email": "secret@acme.example"}}])


def test_an_id_is_a_clock_since_november_2010():
    assert moment(ID).replace(microsecond=0) == datetime(2024, 11, 9, 12, 14, 18, tzinfo=UTC)
    assert [moment(each) for each in ("20", "29700859246", "", None, "x", "9" * 20)] == [None] * 6


@pytest.mark.parametrize("hour", ["12:14", "12:13", "10:14"])
def test_ids_that_disagree_with_their_dates_are_counted(read, hour):
    posts = [new(created_at=f"2024-11-09T{hour}:00.000Z"), new(id=PARENT, created_at="2024-11-09T10:45:31.000Z")]
    result = read(json.dumps({"data": posts, "meta": {"result_count": 2}}), "x.json", account="Acme")
    told = [message for message in result.messages if "disagrees with their date" in message]
    assert bool(told) == (hour == "10:14"), told
    assert all(message.startswith("1 posts") and "12:14 UTC, not 2024-11-09 10:14" in message for message in told)


@pytest.mark.parametrize(("stated", "said"), [((1,), False), ((3,), True), ((1, 1), False), ((1, 2), True)])
def test_the_interfaces_own_number_of_posts_is_held_against_the_file(read, stated, said):
    pages = [
        {"data": [new(id=str(int(ID) + place))], "meta": {"result_count": number}}
        for place, number in enumerate(stated)
    ]
    text = "\n".join(map(json.dumps, pages)) if len(pages) > 1 else json.dumps(pages[0])
    result = read(text, "x.jsonl", account="Acme")
    told = [message for message in result.messages if "answered" in message]
    assert bool(told) == said
    assert all(f"{sum(stated)} posts" in message for message in told)


@pytest.mark.parametrize(
    "text",
    [
        js("tweets", [{"tweet": old(None, full_text="hi")}]),
        js("tweet", [{"tweet": old(None)}]),
        js("tweet", [old(None)]),
        json.dumps([{"tweet": old(None)}]),
        js("community_tweet", [{"tweet": old(None)}]),
    ],
    ids=["now", "until 2022", "until 2019", "without javascript", "communities"],
)
def test_posts_of_archives_of_every_age(read, text):
    result = read(text, "tweets.js", account="Acme")
    assert result.kind == "x.archive_posts"
    row, counts = only(result), result.frames["post_counts"].to_dicts()[0]
    assert (row["post_id"], row["text"], row["account_id"], row["person"]) == (ID, "hi", "Acme", None)
    assert (counts["likes"], counts["shares"]) == (2, 1)


def test_an_archive_writes_numbers_as_texts(read):
    text = js("tweets", [{"tweet": old(None, id=ID, retweet_count="7", favorite_count="0")}])
    assert [only(read(text, "tweets.js"), "post_counts")[name] for name in ("shares", "likes")] == [7, 0]


def test_the_zip_names_account_and_day_and_leaves_private_things_alone(read_all):
    raw = archive(
        account=ACCOUNT,
        manifest=manifest(1),
        tweets=js("tweets", [{"tweet": old(None)}]),
        **{
            "direct-messages": js("direct_messages", [{"dmConversation": {"conversationId": "1-2", "messages": []}}]),
            "deleted-tweets": js("deleted_tweets", [{"tweet": old(None, id_str="5")}]),
        },
    )
    every = read_all(raw, "twitter-2025-01-02-abc.zip")
    results = {each.kind: each for each in every if each.status == "read"}
    assert results.keys() == {"x.archive_account", "x.archive_posts"}
    posts = results["x.archive_posts"]
    assert only(posts)["account_id"] == "Acme"
    assert posts.observed_at == datetime(2025, 1, 2, 3, 4, 5, tzinfo=UTC)
    assert posts.frames["spans"].select("start", "end", "complete").rows() == [
        (date(2024, 11, 9), date(2025, 1, 2), True)
    ]
    assert {(each.name, each.no_loss) for each in every if each.status == "refused"} == {
        ("direct-messages.js", "left_out"),
        ("deleted-tweets.js", "left_out"),
        ("manifest.js", "left_out"),
    }
    assert "secret@" not in str([frame.to_dicts() for each in results.values() for frame in each.frames.values()])


@pytest.mark.parametrize(("count", "said"), [(1, False), (2, True)])
def test_the_archives_own_list_is_held_against_its_files(read, count, said):
    raw = archive(manifest=manifest(count), tweets=js("tweets", [{"tweet": old(None)}]))
    messages = " ".join(read(raw, "twitter-2025-01-02-abc.zip").messages)
    assert ("own list says" in messages) == said


def test_a_part_that_the_archives_own_list_names_and_the_zip_lacks_is_told_once_and_no_day_is_whole(read_all):
    tweets = {f"tweets{part}": js("tweets", [{"tweet": old(None)}]) for part in ("", "-part2")}
    found = read_all(archive(manifest=manifest(1, 250, 1, 0), **tweets), "twitter-2025-01-02-abc.zip")
    posts = [each for each in found if each.kind == "x.archive_posts"]
    (told,) = [message for each in posts for message in each.messages if "own list" in message]
    assert "names tweets-part1.js too, with 250 records" in told
    assert [each.frames["spans"].get_column("complete").to_list() for each in posts] == [[False], [False]]


@pytest.mark.parametrize(
    ("name", "record", "word"),
    [
        ("direct_messages", {"dmConversation": {"conversationId": "1-2"}}, "private"),
        ("deleted_tweets", {"tweet": {"id_str": "1", "full_text": "x"}}, "took back"),
        ("tweet_headers", {"tweet": {"tweet_id": "1", "user_id": "2"}}, "took back"),
    ],
)
def test_what_is_private_or_taken_back_is_refused_with_a_reason(read, name, record, word):
    result = read(js(name, [record]), "x.js")
    assert (result.status, result.exit_code) == ("refused", 4)
    assert word in result.reason


def test_a_repost_in_an_archive_is_told_by_its_text_and_has_no_counts(read):
    result = read(js("tweets", [{"tweet": old(None, full_text="RT @mira: look")}]), "tweets.js")
    assert (only(result)["kind"], only(result)["kind_basis"]) == ("share", "text")
    assert "post_counts" not in result.frames


def test_a_post_that_names_an_account_that_is_gone_is_kept(read):
    gone = {"id": "-1", "id_str": "-1", "screen_name": "gone", "name": ""}
    there = {"id": "12", "id_str": "12", "screen_name": "mira"}
    post = old(None, full_text="RT @gone: with @mira", entities={"user_mentions": [gone, there]})
    result = read(js("tweets", [{"tweet": post}]), "tweets.js")
    assert only(result)["post_id"] == ID
    handles = dict(result.frames["people"].select("platform_author_id", "handle").iter_rows())
    assert handles == {"@gone": "gone", "12": "mira"}


def test_followers_and_likes_are_acts_without_a_date(read):
    people = [
        {"follower": {"accountId": str(n), "userLink": "https://twitter.com/intent/user?user_id=1"}} for n in (21, 22)
    ]
    result = read(archive(manifest=manifest(1), follower=js("follower", people)), "x.zip", account="Acme")
    acts = result.frames["acts"].to_dicts()
    assert [(each["act"], each["target_id"], each["at"]) for each in acts] == [("follow", "Acme", None)] * 2
    assert len({each["person"] for each in acts} - {"21", "22"}) == 2
    assert result.frames["account_counts"].select("followers", "window_start").rows() == [(2, date(2025, 1, 2))]
    liked = read(js("like", [{"like": {"tweetId": PARENT, "fullText": "private words"}}]), "like.js", account="Acme")
    assert (only(liked, "acts")["act"], only(liked, "acts")["target_id"]) == ("like", PARENT)
    assert "private words" not in str([frame.to_dicts() for frame in liked.frames.values()])


@pytest.mark.parametrize(("listed", "counted"), [(True, [(3, date(2025, 1, 2))]), (False, [])])
def test_followers_in_several_files_are_counted_together_or_not_at_all(read_all, listed, counted):
    people = [js("follower", [{"follower": {"accountId": str(n)}} for n in part]) for part in ((21, 22), (23,))]
    own = {"manifest": manifest(2, 1).replace("tweets", "follower")} if listed else {}
    raw = archive(**own, **dict(zip(("follower", "follower-part1"), people, strict=True)))
    found = read_all(raw, "twitter-2025-01-02-abc.zip", account="Acme")
    counts = [each.frames["account_counts"] for each in found if "account_counts" in each.frames]
    assert [row for frame in counts for row in frame.select("followers", "window_start").rows()] == counted


def test_the_table_of_old_archives(read):
    header = (
        "tweet_id,in_reply_to_status_id,in_reply_to_user_id,timestamp,source,text,retweeted_status_id,"
        "retweeted_status_user_id,retweeted_status_timestamp,expanded_urls\n"
    )
    lines = (
        f'"{ID}","{PARENT}","12","2024-11-09 12:14:18 +0000","web","@mira yes","","","",""\n'
        f'"{NEXT}","","","2024-11-09 12:14:19 +0000","web","RT @mira: x","{PARENT}","12","","http://a.example"\n'
    )
    result = read(header + lines, "tweets.csv", account="Acme")
    first, second = result.frames["posts"].to_dicts()
    assert (result.kind, first["kind"], first["in_reply_to"], second["kind"]) == (
        "x.archive_table",
        "reply",
        PARENT,
        "share",
    )
    assert first["created_at"] == datetime(2024, 11, 9, 12, 14, 18, tzinfo=UTC)
    assert first["in_reply_to_at"] < first["created_at"]
    assert (second["links"], "post_counts" in result.frames) == (["http://a.example"], False)


def test_replies_whose_target_a_spreadsheet_rounded_stay_replies_to_whom_they_name(read):
    cells = '"{what}","{whom}","2024-11-09 12:14:18 +0000","web","@mira yes","","","",""\n'
    header = (
        "tweet_id,in_reply_to_status_id,in_reply_to_user_id,timestamp,source,text,retweeted_status_id,"
        "retweeted_status_user_id,retweeted_status_timestamp,expanded_urls\n"
    )
    rounded = f"{float(PARENT):.15e}"
    answered = [(rounded, "12.0"), (PARENT, "12.0"), (rounded, rounded), (PARENT, rounded)]
    lines = [f'"{int(ID) + n}",' + cells.format(what=what, whom=whom) for n, (what, whom) in enumerate(answered)]
    result = read(header + "".join(lines), "twitter-archive.csv", account="Acme")
    posts = result.frames["posts"].sort("post_id")
    assert posts["kind"].to_list() == ["reply"] * 4
    assert posts["in_reply_to"].to_list() == [None, PARENT, None, PARENT]
    assert (result.kept, result.quarantined) == (4, 0)
    assert any("1 replies do not say what they answer any more, only whom" in each for each in result.messages)
    assert any("1 replies say neither what they answer nor whom" in each for each in result.messages)


FIRST_AGE = (
    "tweet_id,in_reply_to_status_id,in_reply_to_user_id,retweeted_status_id,retweeted_status_user_id,timestamp,source,"
    "text,expanded_urls\n"
)


@pytest.mark.parametrize(
    "links", [[], ["http://a.example"], ["http://a.example", "https://b.example", "http://c.example"]]
)
def test_the_first_archives_give_each_link_a_cell_behind_the_last_column(read, links):
    cells = [ID, "", "", "", "", "2024-11-09 12:14:18 +0000", "web", "so, so", *links]
    row = only(read(FIRST_AGE + ",".join(f'"{cell}"' for cell in cells) + "\n", "2024_11.csv", account="Acme"))
    assert (row["post_id"], row["text"], row["links"]) == (ID, "so, so", links)


@pytest.mark.parametrize("behind", [["no link"], ["http://a.example", "no link"]])
def test_a_cell_too_many_that_is_no_link_is_no_link(read, behind):
    cells = [ID, "", "", "", "", "2024-11-09 12:14:18 +0000", "web", "so", *behind]
    good = ",".join(f'"{cell}"' for cell in cells[:8]) + "\n"
    result = read(FIRST_AGE + good * 30 + ",".join(f'"{cell}"' for cell in cells) + "\n", "2024_11.csv")
    assert result.quarantine["reason"].to_list() == (["too_many_fields"] if len(behind) > 1 else [])


def test_a_month_of_the_first_archives_may_hold_no_answer_and_no_repost(read):
    post = {
        "source": "web",
        "geo": {},
        "id_str": ID,
        "text": "hi",
        "id": int(ID),
        "user": OWN,
        "entities": {"urls": []},
    }
    text = f"Grailbird.data.tweets_2024_11 = \n {json.dumps([post | {'created_at': '2024-11-09 12:14:18 +0000'}])}"
    assert only(read(text, "2024_11.js"))["text"] == "hi"


@pytest.mark.parametrize("form", ["list", "one"])
def test_direct_messages_are_refused_as_private(read, form):
    message = {
        "id": 1,
        "sender_id": 11,
        "recipient_id": 12,
        "text": "psst",
        "created_at": AT,
        "sender": OWN,
        "recipient": MIRA,
    }
    result = read(json.dumps([message] if form == "list" else message), "direct_messages.json")
    assert (result.exit_code, "private on both sides" in result.reason) == (4, True)


def test_the_months_of_old_archives_are_the_older_interfaces_posts(read):
    text = "Grailbird.data.tweets_2013_05 = " + json.dumps([old(created_at="2024-11-09 12:14:18 +0000")], indent=1)
    assert only(read(text, "2013_05.js"))["account_id"] == "Acme"


FORMS = {
    "list": lambda posts: json.dumps(posts, indent=1),
    "a post a line": lambda posts: "".join(json.dumps(each) + "\n" for each in posts),
    "search": lambda posts: json.dumps({"statuses": posts, "search_metadata": {"count": 2}}),
}


@pytest.mark.parametrize("form", FORMS)
def test_posts_of_the_older_interface_in_every_form(read, form):
    posts = [old(), old(id_str=NEXT, id=int(NEXT))]
    result = read(FORMS[form](posts), "x.jsonl")
    assert (result.kind, result.kept) == ("x.api1_posts", 2)
    assert set(result.frames["posts"]["account_id"]) == {"Acme"}


def test_ids_come_from_their_texts_as_numbers_may_have_been_rounded(read):
    row = only(read(json.dumps([old(id=int(ID[:15] + "0000"))]), "x.json"))
    assert row["post_id"] == ID


def test_long_texts_are_whole(read):
    whole = {"full_text": "a long text", "entities": {"hashtags": [{"text": "seeds"}]}}
    row = only(read(json.dumps([old(truncated=True, extended_tweet=whole)]), "x.json"))
    assert (row["text"], row["hashtags"]) == ("a long text", ["seeds"])


@pytest.mark.parametrize(
    ("more", "kind", "counted"),
    [
        ({"in_reply_to_status_id_str": PARENT}, "reply", True),
        ({"in_reply_to_status_id_str": None, "in_reply_to_user_id_str": "12"}, "reply", True),
        ({"is_quote_status": True, "quoted_status_id_str": PARENT}, "quote", True),
        ({"retweeted_status": {"id_str": PARENT}}, "share", False),
        ({}, "post", True),
    ],
)
def test_kinds_of_the_older_interface(read, more, kind, counted):
    result = read(json.dumps([old(**more)]), "x.json")
    assert only(result)["kind"] == kind
    assert ("post_counts" in result.frames) == counted


def test_a_mixed_file_is_nobodys_unless_the_user_says_so(read):
    text = json.dumps([old(), old(MIRA, id_str=NEXT)])
    assert read(text, "x.json").frames["posts"]["account_id"].to_list() == [None, None]
    assert read(text, "x.json", account="@acme").frames["posts"]["account_id"].to_list() == ["acme", None]


def test_notices_of_a_stream_are_no_posts(read):
    lines = [old(), {"delete": {"status": {"id": 1}}}, {"limit": {"track": 3}}]
    result = read(FORMS["a post a line"](lines), "x.jsonl")
    assert (result.kept, sum(result.not_taken.values())) == (1, 2)


@pytest.mark.parametrize(
    ("broken", "column", "reason"),
    [
        ({"id_str": None, "id": None}, "id_str", "missing_key"),
        ({"created_at": "soon"}, "created_at", "not_a_date"),
        ({"favorite_count": "many"}, "favorite_count", "not_an_integer"),
    ],
)
def test_a_broken_post_is_set_aside_alone(read, broken, column, reason):
    result = read(json.dumps([old(), old(**broken)]), "x.json")
    assert (result.kept, result.quarantine.select("column", "reason").rows()) == (1, [(column, reason)])


PAGE = {
    "data": [new()],
    "includes": {"users": [{"id": "11", "username": "Acme", "name": "A"}]},
    "meta": {"result_count": 1},
}
PAGES = {
    "a page": json.dumps(PAGE, indent=1),
    "a page a line": json.dumps(PAGE) + "\n" + json.dumps(PAGE | {"data": [new(id=NEXT)]}) + "\n",
    "a list of pages": json.dumps([PAGE, PAGE | {"data": [new(id=NEXT)]}]),
    "one answer": json.dumps(PAGE | {"data": new()}),
    "a post a line": json.dumps(new(author={"id": "11", "username": "Acme"}, public_metrics={})) + "\n" + json.dumps(new(author={"id": "11", "username": "Acme"})) + "\n",
}  # fmt: skip


@pytest.mark.parametrize("form", PAGES)
def test_posts_of_the_newer_interface_in_every_form(read, form):
    result = read(PAGES[form], "x.jsonl")
    assert (result.status, result.kind) == ("read", "x.api2_posts")
    assert result.kept == 1 + (form in {"a page a line", "a list of pages", "a post a line"})
    assert set(result.frames["posts"]["account_id"]) == {"Acme"}
    assert result.frames["people"]["handle"].to_list() == ["Acme"]


def test_impressions_nobody_counted_are_not_none(read):
    public = {"like_count": 0, "retweet_count": 0, "reply_count": 0, "quote_count": 0, "impression_count": 0}
    early = new(id="1275840892285399041", created_at="2020-06-24T16:28:14.000Z", public_metrics=public)
    late = new(public_metrics=public)
    counts = read(json.dumps({"data": [early, late]}), "x.json").frames["post_counts"]
    assert dict(counts.select("post_id", "impressions").iter_rows()) == {early["id"]: None, ID: 0}
    assert counts["likes"].to_list() == [0, 0]


def test_what_was_promoted_stands_apart(read):
    organic, paid = {"impression_count": 7, "like_count": 1}, {"impression_count": 100, "like_count": 2}
    public = {"like_count": 3, "retweet_count": 0, "impression_count": 107}
    post = new(public_metrics=public, organic_metrics=organic, promoted_metrics=paid)
    result = read(json.dumps({"data": [post]}), "x.json")
    found = {row["scope"]: row["impressions"] for row in result.frames["post_counts"].to_dicts()}
    assert found == {"total": 107, "organic": 7, "paid": 100}


def test_posts_that_x_cannot_show_are_set_aside_and_refuse_nothing(read):
    gone = {"resource_type": "tweet", "parameter": "ids", "value": "1", "title": "Not Found Error"}
    quoted = {"resource_type": "tweet", "parameter": "referenced_tweets.id", "value": "2"}
    result = read(json.dumps(PAGE | {"errors": [gone, gone, quoted]}), "x.json")
    assert (result.kept, result.quarantine["reason"].to_list()) == (1, ["platform_error"] * 2)
    assert "1 things" in " ".join(result.messages)


def test_a_conversation_of_both_interfaces_has_the_same_persons(read):
    first = only(read(json.dumps([old()]), "x.json"))
    second = only(read(PAGES["a page"], "y.json"))
    assert first["person"] == second["person"] is not None
    assert (first["post_id"], first["created_at"]) == (second["post_id"], second["created_at"])


COLLECTED = "Datetime,Tweet Id,Text,Username,url,replyCount,retweetCount,likeCount,quoteCount,conversationId,lang\n"
LINE = f"2024-11-09 12:14:18+00:00,{{id}},hi,Acme,{{url}},1,2,3,4,{ID},en\n"
URL = f"https://twitter.com/Acme/status/{ID}"


def test_a_collectors_table_with_other_names(read):
    result = read(COLLECTED + LINE.format(id=ID, url=URL), "x.csv")
    row = only(result)
    assert (result.kind, row["post_id"], row["account_id"], row["root_id"]) == ("x.collected", ID, "Acme", ID)
    assert row["created_at"] == datetime(2024, 11, 9, 12, 14, 18, tzinfo=UTC)
    assert [only(result, "post_counts")[name] for name in ("comments", "shares", "likes", "quotes")] == [1, 2, 3, 4]


def test_a_part_of_an_archive_that_lacks_something_is_told_by_its_name(read):
    result = read(js("tweets", [{"tweet": {"id_str": ID, "full_text": "hi"}}]), "tweets.js")
    assert result.exit_code == 4
    assert "Nearest: x.archive_posts" in result.hint
    assert "lacks 'tweet.created_at or created_at'" in result.hint


def test_the_video_overview_is_refused_with_the_export_that_has_the_views(read):
    header = (
        "Video overview,,,,,\nDate,Views,Watch Time (ms),Completion Rate,Average Watch Time (ms),Estimated Revenue\n"
    )
    result = read(header + '"Mon, Aug 24, 2026",50,500000,0.5,100,0\n', "video_overview_analytics.csv")
    assert (result.status, result.exit_code) == ("refused", 4)
    assert "watch time" in result.reason
    assert "account_overview_analytics.csv" in result.hint


OTHERS = {
    "a list with authors": [{"id": 7, "text": "x", "created_at": "2026-01-01T10:00:00Z", "author_id": 3}],
    "a list with users": [
        {"id": 7, "text": "x", "created_at": "2026-01-01T10:00:00Z", "user": {"id": 3, "name": "a"}, "source": "web"}
    ],
    "people": [{"id": 7, "username": "a", "name": "A", "verified": True}],
}


@pytest.mark.parametrize("form", OTHERS)
def test_lists_of_other_programs_that_look_alike_are_not_taken_for_xs(read, form):
    result = read(json.dumps(OTHERS[form]), "x.json", account="Acme")
    assert (result.status, result.exit_code) == ("refused", 4), result.kind
    assert "smmetrics map FILE" in result.hint


def test_small_ids_of_before_november_2010_are_xs(read):
    text = json.dumps([old(id=20, id_str="20", created_at="Tue Mar 21 20:50:14 +0000 2006")])
    assert only(read(text, "x.json"))["post_id"] == "20"


TWARC = (
    "id,conversation_id,referenced_tweets.replied_to.id,referenced_tweets.retweeted.id,referenced_tweets.quoted.id,"
    "author_id,created_at,text,lang,public_metrics.impression_count,public_metrics.reply_count,"
    "public_metrics.retweet_count,public_metrics.quote_count,public_metrics.like_count,author.username\n"
)


@pytest.mark.parametrize(
    ("refers", "kind", "answers", "likes"),
    [(",,", "post", None, 5), (f"{PARENT},,", "reply", PARENT, 5), (f"{PARENT}.0,,{PARENT}", "reply", PARENT, 5),
     (f",{PARENT},", "share", None, None), (f",,{PARENT}", "quote", None, 5)],
)  # fmt: skip
def test_the_newer_interfaces_posts_as_a_table_say_the_same_as_its_answers(read, refers, kind, answers, likes):
    line = f"{ID},{ID},{refers},11,2024-11-09T12:14:18.000Z,hi,en,9,1,2,4,5,Acme\n"
    result = read(TWARC + line, "tweets.csv")
    row = only(result)
    assert (result.kind, row["kind"], row["in_reply_to"], row["account_id"]) == ("x.collected", kind, answers, "Acme")
    counts = result.frames["post_counts"].to_dicts() if "post_counts" in result.frames else []
    assert [each["likes"] for each in counts] == ([] if likes is None else [likes])
    assert row["person"] == only(read(json.dumps({"data": [new()], "meta": {"result_count": 1}}), "y.json"))["person"]


@pytest.mark.parametrize(
    ("said", "at"),
    [
        ("3/1/09 19:36", (2009, 3, 1, 19, 36)),
        ("03/01/2009  9:06", (2009, 3, 1, 9, 6)),
        ("31/1/2009 19:36", (2009, 1, 31, 19, 36)),
        ("2009-03-01 19:36:05", (2009, 3, 1, 19, 36, 5)),
        ("31/1/09 19:36", None),
        ("3/1/09 24:00", None),
    ],
)
def test_dates_of_collectors_programs_count_where_ids_are_no_clocks(read, said, at):
    line = LINE.format(id=12, url=URL.replace(ID, "12")).replace("2024-11-09 12:14:18+00:00", said)
    result = read(COLLECTED + line, "x.csv", accept_quarantine=True)
    assert (result.kept, result.quarantined) == (int(at is not None), int(at is None))
    if at is not None:
        assert only(result)["created_at"] == datetime(*at, tzinfo=UTC)


@pytest.mark.parametrize("url", [True, False])
def test_ids_that_a_collectors_program_keeps_whole_by_a_letter_are_read(read, url):
    head = "status_id,created_at,screen_name,text,reply_to_status_id,favorite_count,retweet_count" + ",status_url" * url
    line = f"x{NEXT},2024-11-09 12:14:18,Acme,hi,x{ID},2,1" + f",https://twitter.com/Acme/status/{NEXT}" * url
    row = only(read(f"{head}\n{line}\n", "rtweet.csv"))
    assert (row["post_id"], row["in_reply_to"], row["kind"]) == (NEXT, ID, "reply")
    zeros = f"{ID[:15]}0000"
    assert only(read(f"{head}\n{line.replace(NEXT, zeros)}\n", "rtweet.csv"))["post_id"] == zeros


@pytest.mark.parametrize("rounded", [f"{int(ID):.5E}", ID[:15] + "0000", ID[:16] + "000"])
def test_ids_a_spreadsheet_rounded_are_taken_from_links_and_said(read, rounded):
    result = read(COLLECTED + LINE.format(id=rounded, url=URL), "x.csv")
    assert only(result)["post_id"] == ID
    assert "1 ids were rounded" in " ".join(result.messages)


@pytest.mark.parametrize("rounded", [f"{int(ID):.5E}", ID[:15] + "0000"])
def test_rounded_ids_without_links_are_set_aside(read, rounded):
    lines = LINE.format(id=rounded, url="") + LINE.format(id=ID, url="")
    result = read(COLLECTED + lines, "x.csv")
    assert result.quarantine.select("column", "reason").rows() == [("id", "id_precision_lost")]
    assert result.kept == 1


def test_dates_that_disagree_with_ids_are_counted(read):
    line = LINE.replace("2024-11-09", "2024-11-01").format(id=ID, url=URL)
    result = read(COLLECTED + line, "x.csv")
    assert only(result)["created_at"].day == 9
    assert "1 dates are over a day" in " ".join(result.messages)


@pytest.mark.parametrize(
    "answer",
    [
        {"events": [{"type": "message_create", "id": "1", "message_create": {"sender_id": "2", "message_data": {}}}]},
        {"event": {"type": "message_create", "id": "1", "message_create": {"sender_id": "2", "message_data": {}}}},
        {"data": [{"id": ID, "text": "hi", "event_type": "MessageCreate", "dm_conversation_id": "1", "sender_id": "2",
                   "created_at": "2024-11-09T12:14:18.000Z"}]},
    ],
)  # fmt: skip
def test_messages_to_chosen_people_are_never_taken_for_posts(read, answer):
    result = read(json.dumps(answer), "answer.json", account="acme")
    assert (result.status, result.no_loss, "private" in result.reason) == ("refused", "left_out", True)


@pytest.mark.parametrize(
    ("answer", "word"),
    [
        ({"data": {"threaded_conversation_with_injections_v2": {"instructions": [{"type": "a"}]}}}, "pages"),
        ({"data": {"user": {"result": {"timeline_v2": {"timeline": {"instructions": []}}}}}}, "pages"),
        ({"users": [{"id": "1", "username": "a", "public_metrics": {"followers_count": 1}}]}, "refer to"),
    ],
)
def test_answers_without_posts_of_their_own_are_refused_by_name(read, answer, word):
    result = read(json.dumps(answer), "answer.json")
    assert (result.status, result.exit_code, word in result.reason) == ("refused", 4, True)


def test_posts_that_a_program_keeps_by_number_are_not_told_to_be_missing(read):
    result = read(json.dumps({"tweets": {ID: old()}, "users": {"11": OWN}}), "tweets.json")
    assert result.status == "refused"
    assert "refer to" not in result.reason


@pytest.mark.parametrize("none", ["NA", "nan", "", "None", "0"])
def test_a_mark_for_no_post_is_no_post_that_is_answered(read, none):
    head = "status_id,created_at,screen_name,text,reply_to_status_id,quoted_status_id,retweet_status_id,lang,favorite_count,retweet_count"
    links = [(none, none, none), (ID, none, none), (none, ID, none), (none, none, ID), (f"{int(ID):.5E}", none, none)]
    lines = [
        f"{int(NEXT) + n},2024-11-09T12:14:18Z,Acme,hi,{','.join(each)},{none or 'und'},2,90"
        for n, each in enumerate(links)
    ]
    result = read("\n".join((head, *lines, "")), "rtweet.csv")
    posts = result.frames["posts"].sort("post_id")
    assert posts["kind"].to_list() == ["post", "reply", "quote", "share", "reply"]
    assert posts["in_reply_to"].to_list() == [None, ID, None, None, None]
    assert set(posts["language"]) == {None}
    assert result.frames["post_counts"]["shares"].to_list() == [90] * 4


def test_a_table_with_names_in_words_is_a_collection_too(read):
    head = "Tweet Id,Text,Name,Screen Name,UTC,Created At,Favorites,Retweets,Language,Tweet Type"
    line = f'"{ID}",hi,Acme Gardens,Acme,2024-11-09T12:14:18.000Z,Sat Nov 09 12:14:18 +0000 2024,3,1,German,Tweet'
    result = read(f"{head}\n{line}\n", "tweets.csv")
    assert (result.kind, only(result)["account_id"], only(result)["language"]) == ("x.collected", "Acme", None)


def test_an_id_that_ends_in_zeros_among_whole_ones_is_whole(read):
    whole = [str(int(ID) + number * 4_194_304 * 61) for number in range(30)]
    ids = [*(each for each in whole if not each.endswith("000")), ID[:15] + "0000"]
    result = read(COLLECTED + "".join(LINE.format(id=each, url="") for each in ids), "x.csv")
    assert (result.kept, result.quarantined) == (len(ids), 0)
    assert ids[-1] in result.frames["posts"]["post_id"].to_list()


@pytest.mark.parametrize("number", ["author_id", "user_id"])
@pytest.mark.parametrize("dot", [".", "_"])
def test_posts_whose_authors_have_numbers_only_are_read(read, number, dot):
    head = f"created_at,id,text,{number},public_metrics{dot}retweet_count,public_metrics{dot}like_count,lang"
    lines = (
        f"2024-11-09T12:14:18.000Z,{ID},hi,{{by}},2,5,en\n2024-11-09T12:15:18.000Z,{NEXT},RT @a: b,{{last}},900,0,en\n"
    )
    one = read(f"{head}\n{lines.format(by=77, last=77)}", "one.csv")
    many = read(f"{head}\n{lines.format(by=77, last=78)}", "many.csv")
    assert [each.kind for each in (one, many)] == ["x.collected"] * 2
    assert [each.frames["posts"]["person"].n_unique() for each in (one, many)] == [1, 2]
    assert [each.frames["posts"]["account_id"].to_list() for each in (one, many)] == [["77"] * 2, [None] * 2]
    assert one.frames["post_counts"].select("post_id", "shares", "likes").rows() == [(ID, 2, 5)]


@pytest.mark.parametrize(
    "save",
    [lambda t: b"\xef\xbb\xbf" + t.encode(), lambda t: t.encode("utf-16"), lambda t: t.replace("\n", "\r\n").encode()],
)
def test_tables_saved_again_are_read(read, save):
    assert only(read(save(COLLECTED + LINE.format(id=ID, url=URL)), "x.csv"))["post_id"] == ID


SUPPORT = "tweet_id,author_id,inbound,created_at,text,response_tweet_id,in_response_to_tweet_id\n"


def test_a_support_conversation_goes_up_by_what_the_answer_says(read):
    lines = f'1,115712,True,{AT},@AcmeCare help,"2,3",\n2,AcmeCare,False,{AT},@115712 hi,,1\n3,AcmeCare,False,{AT},hm,,2.0\n'
    result = read(SUPPORT + lines, "twcs.csv")
    rows = {row["post_id"]: row for row in result.frames["posts"].to_dicts()}
    assert [rows[f"twcs:{n}"]["in_reply_to"] for n in "123"] == [None, "twcs:1", "twcs:2"]
    assert [rows[f"twcs:{n}"]["account_id"] for n in "123"] == [None, "AcmeCare", "AcmeCare"]
    assert "1 posts name an answer that names another post" in " ".join(result.messages)
    handles = dict(result.frames["people"].select("platform_author_id", "handle").iter_rows())
    assert handles == {"twcs:115712": None, "@acmecare": "AcmeCare"}


@pytest.mark.parametrize(
    "stated", [AT, "2024-11-09 12:14:18+00:00", "2024-11-09T12:14:18Z", "2024-11-09 13:14:18+01:00"]
)
def test_a_support_conversation_saved_by_another_program_has_the_same_dates(read, stated):
    result = read(SUPPORT + f"1,115712,True,{stated},help,,\n", "twcs.csv")
    assert only(result)["created_at"] == datetime(2024, 11, 9, 12, 14, 18, tzinfo=UTC)


@pytest.mark.parametrize("stated", ["2024-11-09 12:14:18", "2024-11-09T12:14:18.000"])
def test_dates_of_a_support_conversation_that_a_sheet_took_the_zone_from_are_utc_and_it_is_said(read, stated):
    result = read(SUPPORT + f"1,115712,True,{stated},help,,\n", "twcs.csv")
    assert only(result)["created_at"] == datetime(2024, 11, 9, 12, 14, 18, tzinfo=UTC)
    assert "1 dates bear no time zone" in " ".join(result.messages)


def test_two_rows_of_a_table_that_a_hurt_line_end_made_one_are_set_aside(read):
    lines = [f"{number},AcmeCare,False,{AT},hm,," for number in range(1, 31)]
    lines[3:5] = [f"{lines[3]}\r\x1a{lines[4]}"]
    result = read(SUPPORT + "\n".join(lines) + "\n", "twcs.csv")
    assert (result.kept, result.quarantine["reason"].to_list()) == (28, ["too_many_fields"])


def test_the_rest_of_an_archive_is_left_out_by_name_and_with_its_reason(read_all):
    devices = js("device_token", [{"deviceToken": {"token": "a"}}])
    chats = js("direct_messages", [{"dmConversation": {"conversationId": "1-2", "messages": []}}])
    raw = archive(tweets=js("tweets", [{"tweet": old(None)}]), device=devices, mute=js("mute", []), direct=chats)
    _, *others = read_all(raw, "x.zip", account="Acme")
    said = {each.name: each.reason for each in others}
    assert said.keys() == {"device.js", "mute.js", "direct.js"}
    assert said["device.js"] == said["mute.js"]
    assert "settings, devices" in said["mute.js"]
    assert said["direct.js"].startswith("These are messages to chosen people")
    assert {each.no_loss for each in others} == {"left_out"}


@pytest.mark.parametrize(
    "text", [js("ip_audit", [{"ipAudit": {"loginIp": "::1"}}]), js("birdwatch_note", []), "window.__THAR_CONFIG = {}"]
)
def test_a_file_of_the_rest_is_refused_by_itself_with_the_files_that_count(read, text):
    result = read(text, "part.js")
    assert (result.status, result.exit_code) == ("refused", 4)
    assert "tweets.js" in result.hint
