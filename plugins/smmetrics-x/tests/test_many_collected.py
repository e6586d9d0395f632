"""Posts of a collected table that are plainly written are read together: held against a loop over the csv module."""

import csv
import io
import random
from datetime import UTC, datetime, timedelta

import pytest

from smmetrics.intake import Answers
from smmetrics.testing import reader_of

HEADER = ("url", "tweet_id", "date", "text", "username", "retweets", "favorites", "replies", "in_reply_to_status_id")
EPOCH = datetime(2010, 11, 4, 1, 42, 54, 657000, tzinfo=UTC)
WORDS = ("hello", "@ada hi", "RT @bob: x", "two\nlines", 'a, "b"', "é ☃", "@ nobody", "")


def lines(dice):
    for _ in range(200):
        number = str(dice.randrange(3 * 10**17, 19 * 10**17))
        user = dice.choice(("Ada", "ada", "Bob"))
        counts = [dice.choice(("0", "12", "1,234", "5.0", "", "None")) for _ in range(3)]
        yield [
            dice.choice((f"https://twitter.com/{user}/status/{number}", "")),
            dice.choice((number, f"{number}.0")),
            "2020-01-01 00:00:00",
            dice.choice((*WORDS, "a\rreturn")),
            user,
            *counts,
            dice.choice(("", "", str(dice.randrange(3 * 10**17, 19 * 10**17)))),
        ]


def expected(line):
    """The same line as anybody would read it by itself."""
    _, number, _, text, user, shares, likes, comments, answers = line
    number = number.removesuffix(".0")
    named = len(text) > 1 and text[0] == "@" and text[1].isalnum()
    kind = "reply" if answers or named else "share" if text.startswith("RT @") else "post"
    at = EPOCH + timedelta(milliseconds=int(number) >> 22)
    told = [None if each in {"", "None"} else int(each.replace(",", "").removesuffix(".0")) for each in (
        comments, shares, likes,
    )]  # fmt: skip
    has_counts = kind != "share" and any(each is not None for each in told)
    post = (number, at.replace(microsecond=0), at.date(), kind, answers or None, text or None)
    return post, (number, *told) if has_counts else None, f"@{user.lower()}"


@pytest.mark.parametrize("seed", range(3))
def test_many_posts_at_once_say_what_each_says_alone(tmp_path, seed):
    given = list(lines(random.Random(seed)))
    out = io.StringIO(newline="")
    csv.writer(out).writerows((HEADER, *given, ["ragged"]))
    (tmp_path / "x.csv").write_text(out.getvalue(), encoding="utf-8", newline="")
    result = reader_of("smmetrics_x", tmp_path).read(tmp_path / "x.csv", Answers())
    oracle = [expected(line) for line in given]
    assert (result.kind, result.kept, result.quarantined) == ("x.collected", len(given), 1)
    posts = result.frames["posts"]
    names = ("post_id", "created_at", "created_on", "kind", "in_reply_to", "text")
    assert posts.select(names).rows() == [post for post, _, _ in oracle]
    counts = result.frames["post_counts"].select("post_id", "comments", "shares", "likes")
    assert counts.rows() == [told for _, told, _ in oracle if told]
    people = dict(result.frames["people"].select("person", "platform_author_id").rows())
    assert [people[each] for each in posts["person"]] == [who for _, _, who in oracle]
