"""Tables of collectors' programs that say it in ways of their own."""

import pytest

from smmetrics.intake import Answers
from smmetrics.testing import reader_of

ID, PARENT = "1855229847000000123", "1855229840000000045"
OF_R = (
    "text,favorited,favoriteCount,replyToSN,created,truncated,replyToSID,id,replyToUID,statusSource,screenName,"
    "retweetCount,isRetweet,retweeted,longitude,latitude\n"
)
OLD_OF_R = "text,favorited,replyToSN,created,truncated,replyToSID,id,replyToUID,statusSource,screenName\n"


@pytest.fixture
def read(tmp_path):
    def reading(text):
        (tmp_path / "tweets.csv").write_text(text, encoding="utf-8", newline="")
        return reader_of("smmetrics_x", tmp_path).read(tmp_path / "tweets.csv", Answers())

    return reading


def test_a_table_of_the_oldest_package_for_r_is_read_with_what_its_posts_answer(read):
    lines = (
        f'"hi, all",FALSE,5,NA,2024-11-09 12:14:18,FALSE,NA,"{PARENT}",NA,web,Acme,2,FALSE,FALSE,NA,NA',
        f"@Acme yes,FALSE,1,Acme,2024-11-09 12:15:18,FALSE,{PARENT},{ID},77,web,Bob,0,FALSE,FALSE,NA,NA",
        f"RT @Acme: hi,FALSE,0,NA,2024-11-09 12:15:18,FALSE,NA,{ID[:-1]}4,NA,web,Bob,90,TRUE,FALSE,NA,NA",
    )
    result = read(OF_R + "\n".join((*lines, "")))
    assert (result.kind, result.kept) == ("x.collected", 3)
    posts = result.frames["posts"].sort("post_id").select("post_id", "kind", "in_reply_to", "account_id")
    assert posts.rows()[:2] == [(PARENT, "post", None, None), (ID, "reply", PARENT, None)]
    counts = result.frames["post_counts"].sort("post_id").select("post_id", "shares", "likes")
    assert counts.rows() == [(PARENT, 2, 5), (ID, 0, 1)]


def test_beside_a_list_of_those_who_are_answered_the_count_is_read(read):
    head = "id,date,username,tweet,replies,replies_count,retweets,retweets_count,likes_count,link\n"
    link = f"https://twitter.com/Acme/status/{ID}"
    result = read(f"{head}{ID},2024-11-09,Acme,hi,\"[{{'id': 7}}, {{'id': 8}}]\",4,[],2,5,{link}\n")
    assert result.frames["post_counts"].select("comments", "shares", "likes").rows() == [(4, 2, 5)]


def test_replies_that_a_collector_calls_comments_are_counted(read):
    head = "Name,Handle,Timestamp,Content,Comments,Retweets,Likes,Tweet Link,Tweet ID\n"
    link = f"https://twitter.com/Acme/status/{ID}"
    result = read(f"{head}Acme Gardens,@Acme,2024-11-09T12:14:18.000Z,hi,4,2,5,{link},tweet_id:{ID}\n")
    assert result.frames["posts"].select("post_id", "account_id").rows() == [(ID, "Acme")]
    assert result.frames["post_counts"].select("comments", "shares", "likes").rows() == [(4, 2, 5)]


@pytest.mark.parametrize(
    ("head", "line"),
    [
        ("Datetime,Tweet Id,Text,Username\n", f"2024-11-09 12:14:18+00:00,{ID},hi,Acme\n"),
        ("tweet_id,text,date,user,url\n", f"{ID},hi,Sat Nov 09 12:14:18 +0000 2024,Acme,https://x.com/Acme/status/{ID}\n"),
        (OLD_OF_R, f"hi,FALSE,NA,2024-11-09 12:14:18,FALSE,NA,{ID},NA,web,Acme\n"),
    ],
    ids=["snscrape", "made by hand", "R"],
)  # fmt: skip
def test_posts_of_x_without_counts_are_posts(read, head, line):
    result = read(head + line)
    assert (result.kind, result.kept) == ("x.collected_uncounted", 1)
    assert result.frames["posts"].select("post_id", "account_id", "text").rows() == [(ID, "Acme", "hi")]
    assert "post_counts" not in result.frames


def test_posts_without_counts_that_nothing_says_are_xs_are_not_taken_for_them(read):
    assert read(f"id,created_at,text,username\n{ID},2024-11-09 12:14:18,hi,Acme\n").status == "refused"


def test_an_id_that_is_no_number_was_rounded_by_nobody(read):
    result = read("TweetID,text,created_at,username,like_count,reposts\n9518fa89cf,hi,2024-11-09T12:14:18Z,Acme,1,2\n")
    assert (result.status, "no whole number" in result.reason) == ("refused", True)


@pytest.mark.parametrize(
    "author",
    [
        "\"{'id': 7, 'id_str': '7', 'name': 'A {b}', 'screen_name': 'Acme', 'followers_count': 3}\"",
        "\"User(username='Acme', id=7, displayname='x')\"",
        "https://twitter.com/Acme",
        "@Acme",
    ],
)
def test_an_author_whom_a_program_wrote_down_whole_is_known_by_handle(read, author):
    head = "created_at,id,id_str,text,user,retweet_count,favorite_count\n"
    rounded = f"{int(ID):.15e}"
    line = f"Sat Nov 09 12:14:18 +0000 2024,{rounded},{ID},hi,{author},2,5\n"
    other = line.replace(ID, PARENT).replace("'followers_count': 3", "'followers_count': 4")
    result = read(head + line + other)
    assert (result.kind, result.kept) == ("x.collected", 2)
    posts = result.frames["posts"].sort("post_id")
    assert posts.select("post_id", "account_id").rows() == [(PARENT, "Acme"), (ID, "Acme")]
    assert posts["person"].n_unique() == 1
