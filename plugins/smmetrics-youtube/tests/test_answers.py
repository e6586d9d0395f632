"""Answers of the Data API: conversations with roots and authors, counts as texts, and what an answer does not say."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest

from smmetrics.intake import Answers
from smmetrics_youtube.samples import CHANNEL_ID, write


def comment(id_, author="UCmira", **snippet):
    said = {
        "authorDisplayName": "@mira",
        "authorChannelId": {"value": author},
        "textDisplay": "a &amp; b<br>c",
        "publishedAt": "2026-02-03T10:00:00Z",
        "likeCount": 2,
    }
    return {"kind": "youtube#comment", "id": id_, "snippet": said | snippet}


def thread(id_="Ug1", replies=(), total=0, **more):
    snippet = {"videoId": "vid", "topLevelComment": comment(id_), "totalReplyCount": total} | more
    given = {"kind": "youtube#commentThread", "id": id_, "snippet": snippet}
    return given | ({"replies": {"comments": list(replies)}} if replies else {})


def answer(*items, kind="commentThreadListResponse"):
    return json.dumps({"kind": f"youtube#{kind}", "items": list(items)}, indent=1)


def posts(result):
    return {row["post_id"]: row for row in result.frames["posts"].to_dicts()}


def test_a_thread_is_a_comment_on_a_video_and_replies_to_it(read):
    replies = [comment("Ug1.a", "UCours", parentId="Ug1", channelId="UCours"), comment("Ug1.b", parentId="Ug1")]
    result = read(answer(thread(replies=replies, total=4, channelId="UCours")), "threads_2026-02-28.json")
    found = posts(result)

    assert (result.kind, result.records_in, result.kept) == ("youtube.api_threads", 1, 1)
    assert {id_: (row["in_reply_to"], row["root_id"], row["kind"]) for id_, row in found.items()} == {
        "Ug1": ("vid", "vid", "reply"),
        "Ug1.a": ("Ug1", "vid", "reply"),
        "Ug1.b": ("Ug1", "vid", "reply"),
    }
    assert found["Ug1"]["text"] == "a & b\nc"
    assert found["Ug1"]["person"] == found["Ug1.b"]["person"] != found["Ug1.a"]["person"]
    assert result.observed_at == datetime(2026, 3, 1, tzinfo=UTC)
    assert any("4 replies" in message and "2 of them" in message for message in result.messages)
    assert set(result.frames["spans"]["complete"]) == {False}


def test_a_channels_own_answer_can_be_told_even_where_the_answer_names_no_channel(read):
    found = posts(read(answer(thread(replies=[comment("Ug1.a", "UCours", parentId="Ug1")], total=1)), "t.json"))

    assert (found["Ug1"]["account_id"], found["Ug1.a"]["account_id"]) == ("UCmira", "UCours")


def test_a_comment_on_a_channel_is_a_post_of_its_own(read):
    value = thread(channelId="UCours")
    del value["snippet"]["videoId"]
    (row,) = posts(read(answer(value), "t.json")).values()

    assert (row["kind"], row["in_reply_to"], row["root_id"], row["account_id"]) == ("post", None, "Ug1", "UCours")


def test_an_author_who_left_is_unknown_and_nobody_else(read):
    value = thread()
    del value["snippet"]["topLevelComment"]["snippet"]["authorChannelId"]
    (row,) = posts(read(answer(value), "t.json")).values()

    assert row["person"] is None


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"publishedAt": "yesterday"}, "not_a_date"),
        ({"publishedAt": None}, "missing_required"),
        ({"likeCount": "many"}, "not_an_integer"),
    ],
)
def test_what_is_wrong_with_a_comment_sets_its_thread_aside_with_the_reason(read, change, reason):
    bad = thread("Ug9")
    bad["snippet"]["topLevelComment"]["snippet"] |= change
    result = read(answer(thread(), bad), "t.json", accept_quarantine=True)

    assert (result.records_in, result.kept, result.quarantined) == (2, 1, 1)
    assert result.quarantine["reason"].to_list() == [reason]


def video(id_, **more):
    snippet = {"publishedAt": "2026-02-03T10:00:00Z", "channelId": "UCours", "title": "T", "description": "D"}
    return {"kind": "youtube#video", "id": id_, "snippet": snippet} | more


def test_statistics_are_texts_and_what_is_hidden_is_not_reported(read):
    items = [
        video(
            "a", statistics={"viewCount": "9007199254740993", "likeCount": "0"}, contentDetails={"duration": "PT1H2M3S"}
        ),
        video("b", statistics={"viewCount": "5"}),
    ]
    result = read(answer(*items, kind="videoListResponse"), "videos_2026-02-28.json")
    rows = result.frames["post_counts"].select("post_id", "views", "likes", "comments").rows()

    assert rows == [("a", 9007199254740993, 0, None), ("b", 5, None, None)]
    assert result.frames["posts"]["duration_seconds"].to_list() == [3723.0, None]
    assert set(result.frames["accounts"]["kind"]) == {"other"}


def test_one_resource_an_array_of_them_and_one_a_line_are_the_same(read):
    shapes = (
        json.dumps(video("a")),
        json.dumps([video("a")]),
        json.dumps(video("a")) + "\n" + json.dumps(video("b")) + "\n",
    )
    for shape, count in zip(shapes, (1, 1, 2), strict=True):
        result = read(shape, "video.json")
        assert (result.kind, result.kept) == ("youtube.api_videos", count)


def test_an_answer_of_another_kind_is_refused_with_the_nearest(read):
    result = read(
        json.dumps({"kind": "youtube#subscriptionListResponse", "items": [{"id": "x", "snippet": {}}]}), "s.json"
    )

    assert (result.status, result.exit_code) == ("refused", 4)
    assert result.hint


def test_collected_lists_without_channel_ids_are_nobodys(read):
    header = "video_id,trending_date,title,channel_title,publish_time,tags,views,likes,dislikes,comment_count\n"
    result = read(
        header + "a,17.14.11,T,Somebody,2017-11-13T17:13:01.000Z,x|y,748374,57527,2966,15954\n", "USvideos.csv"
    )

    assert result.kind == "youtube.trending"
    assert set(result.frames["post_counts"]["observed_at"]) == {datetime(2017, 11, 14, tzinfo=UTC)}
    assert "spans" not in result.frames
    assert "account_id" not in result.frames["posts"] or result.frames["posts"]["account_id"].null_count() == 1


LISTED_IN_2017 = (
    "video_id,title,channel_title,tags,views,likes,dislikes,comment_total,date\na,T,Somebody,x|y,7,5,2,1,22.1\n"
)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (LISTED_IN_2017, "without a year"),
        ("video_id,comment_text,likes,replies\na,Nice,3,0\n", "neither whose they are nor when"),
    ],
)
def test_the_lists_of_2017_are_refused_for_they_do_not_say_when(read, text, said):
    result = read(text, "USvideos.csv")
    assert (result.status, result.exit_code) == ("refused", 4)
    assert said in result.reason
    assert "November 2017" in result.hint


@pytest.mark.parametrize("tags", ['"x y"|"z, w"|"v"', '"x y|""z, w""|""v"""'])
def test_tags_that_each_stand_in_quotation_marks_are_tags(read, tags):
    header = "video_id,trending_date,title,tags,views,description\n"
    result = read(f'{header}a,17.14.11,"T, U",{tags},7,"He said ""no"", twice"\n', "USvideos.csv")

    (row,) = posts(result).values()
    assert (row["hashtags"], row["title"], row["text"]) == (["x y", "z, w", "v"], "T, U", 'He said "no", twice')


def test_made_up_answers_hold_what_was_planted(reader, tmp_path):
    drawn = {path.name.partition("_")[0]: path for path in write(tmp_path / "drawn", 7, date(2026, 1, 1), 2)}
    threads = json.loads(drawn["commentThreads"].read_text(encoding="utf-8"))["items"]
    result = reader.read(drawn["commentThreads"], Answers())
    spoken = [each for item in threads for each in item.get("replies", {}).get("comments", [])]
    own = [each for each in spoken if each["snippet"]["authorChannelId"]["value"] == CHANNEL_ID]

    authors = dict(result.frames["people"].select("person", "platform_author_id").iter_rows())
    by_channel = [row for row in posts(result).values() if authors[row["person"]] == CHANNEL_ID]
    assert len(posts(result)) == len(threads) + len(spoken)
    assert len(by_channel) == len(own) > 0


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("videos.csv", "Video ID,Video Title (Original),Privacy,Video Create Timestamp\na,T,Public,2023-01-01T00:00:00Z\n", "no numbers"),
        ("comments.csv", 'Comment ID,Channel ID,Comment create timestamp,Video ID,Comment text\na,UC,2023-01-01T00:00:00Z,v,"{}"\n', "none of the answers"),
        ("watch-history.json", json.dumps([{"header": "YouTube", "title": "Watched", "time": "2024-01-01T00:00:00Z", "products": ["YouTube"]}]), "private"),
    ],
)  # fmt: skip
def test_a_copy_of_an_account_is_known_and_what_says_more_is_named(read, name, text, said):
    result = read(text, name)
    assert (result.status, result.exit_code) == ("refused", 4)
    assert said in result.reason
    assert "Studio" in result.hint or "Data API" in result.hint


SEARCHED = {"kind": "youtube#searchResult", "id": {"kind": "youtube#channel", "channelId": "UCother"}}


@pytest.mark.parametrize("first", ["video", "channel"])
def test_a_search_that_found_all_sorts_keeps_the_videos_and_leaves_the_rest_by_name(read, first):
    video = {"kind": "youtube#searchResult", "id": {"kind": "youtube#video", "videoId": "vid"}}
    listed = {"kind": "youtube#searchResult", "id": {"kind": "youtube#playlist", "playlistId": "PL1"}}
    broken = {"kind": "youtube#searchResult", "id": {"kind": "youtube#video"}}
    items = [video, SEARCHED, listed, SEARCHED, broken]
    text = answer(*(items if first == "video" else items[::-1]), kind="searchListResponse")
    result = read(text, "search_2026-03-01.json", accept_quarantine=True)
    assert (result.kind, result.records_in, result.kept, result.quarantined) == ("youtube.api_search", 2, 1, 1)
    assert result.not_taken == {"channels found": 2, "playlists found": 1}
    assert list(posts(result)) == ["vid"]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (answer({"kind": "youtube#playlist", "id": "PL1"}, kind="playlistListResponse"), "no numbers"),
        (json.dumps({"kind": "youtube#caption", "id": "c"}), "no numbers"),
        (json.dumps({"kind": "youtube#videoCategory", "id": "1"}), "no numbers"),
        (json.dumps({"kind": "youtube#member", "snippet": {}}), "fewer than there are"),
        (answer({"kind": "youtube#subscription", "id": "s"}, kind="subscriptionListResponse"), "fewer than there are"),
        (answer(SEARCHED, kind="searchListResponse"), "no video"),
        (answer({"videoId": "v", "rating": "like"}, kind="videoGetRatingResponse"), "the one who asked"),
    ],
)
def test_answers_that_say_nothing_are_refused_with_the_ones_that_do(read, text, why):
    result = read(text, "answer.json")
    assert (result.status, result.exit_code) == ("refused", 4)
    assert why in result.reason
    assert ".list" in result.hint


TAKEN_OUT = {
    "comments.csv": "Comment ID,Channel ID,Comment create timestamp,Price,Parent Comment ID,Post ID,Video ID,Comment Text\nc,UC1,2026-01-01,0,,,v,hi\n",
    "live chats.csv": "Live Chat ID,Channel ID,Live Chat Create Timestamp,Price,Video ID,Live Chat Text\nl,UC1,2026-01-01,0,v,hi\n",
    "subscriptions.csv": "Channel Id,Channel Url,Channel Title\nUC1,https://youtube.example/c,A\n",
    "playlists.csv": "Playlist ID,Playlist title (original),Playlist create timestamp\nPL1,A,2026-01-01\n",
    "A videos.csv": "Video ID,Playlist video creation timestamp\nv,2026-01-01\n",
    "watch-history.json": json.dumps(
        [
            {
                "header": "YouTube",
                "title": "Watched A",
                "titleUrl": "u",
                "time": "2026-01-01T10:00:00Z",
                "products": ["YouTube"],
            }
        ]
    ),
}


COPIED = {
    "cid": "Ug1.a",
    "text": "hi",
    "time": "2 years ago",
    "author": "@a",
    "votes": "1",
    "photo": "p",
    "reply": True,
}


@pytest.mark.parametrize(
    "text",
    [
        json.dumps(COPIED) + "\n" + json.dumps(COPIED | {"cid": "Ug2"}) + "\n",
        json.dumps({"comments": [COPIED]}, indent=4),
        "cid,text,time,author,channel,votes,photo,heart\nUg1,hi,1 day ago,@a,UC1,1,p,False\n",
    ],
)
def test_comments_copied_from_pages_are_refused_for_they_say_neither_day_nor_video(read, text):
    result = read(text, "comments.json")
    assert (result.status, result.exit_code) == ("refused", 4)
    assert "no date" in result.reason
    assert "which video" in result.reason
    assert "commentThreads.list" in result.hint


@pytest.mark.parametrize("name", TAKEN_OUT)
def test_what_takeout_gives_of_a_person_is_refused_with_what_says_more_of_a_channel(read, name):
    result = read(TAKEN_OUT[name], name)
    assert (result.status, result.exit_code) == ("refused", 4)
    assert "nothing installed reads" not in result.reason
    assert "Studio" in result.hint or "commentThreads.list" in result.hint
