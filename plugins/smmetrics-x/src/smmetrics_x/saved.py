"""What a made-up account's archive, a collector's files and a support desk's table look like: one seed, one output.

Planted in all of them: replies whose parent is in the file and replies whose is not, reposts, quotes, posts of before
2023 without impressions, a record that X itself reports an error for, customers who are numbers.
"""

from __future__ import annotations

import csv
import io
import json
import random
import zipfile
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from smmetrics_x.samples import HANDLE, post
from smmetrics_x.voices import HANDLES, post_text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from smmetrics_x.samples import Post

OWNER = "1180000000000000001"
NUMBERS = {name: str(1_200_000_000_000_000_000 + place * 7_919) for place, name in enumerate(HANDLES)}
OLD, NEW = "%a %b %d %H:%M:%S +0000 %Y", "%Y-%m-%dT%H:%M:%S.000Z"
EPOCH = (1980, 1, 1, 0, 0, 0)


def write(folder: Path, seed: int, start: date, months: int) -> Sequence[Path]:
    """Write the files of ``months`` months from ``start`` on into ``folder``; give their paths."""
    rng = random.Random(seed)  # noqa: S311 (made-up data, no secrets)
    end = start + timedelta(days=30 * months)
    posts = _posts(rng, start, end)
    folder.mkdir(parents=True, exist_ok=True)
    texts = {
        "tweets.js": _js("tweets", [{"tweet": _status(each, user=False)} for each in posts]),
        "timeline_1.1.json": json.dumps([_status(each, user=True) for each in posts], indent=1),
        "follower_list_1.1.json": json.dumps({"users": [_user1(HANDLE, OWNER, rng)], "next_cursor_str": "0"}),
        "timeline_2.json": json.dumps(_page(rng, posts), indent=1),
        "profile_2.json": json.dumps({"data": _user2(HANDLE, OWNER, rng)}, indent=1),
        "tweets.csv": _table(OLD_TABLE, [_row(each) for each in posts]),
        "collected.csv": _table(COLLECTED, [_collected(each) for each in posts]),
        "uncounted.csv": _table(UNCOUNTED, [_uncounted(each) for each in posts]),
        "support.csv": _table(SUPPORT, _support(rng, start)),
    }
    paths = []
    for name, text in texts.items():
        paths.append(folder / name)
        paths[-1].write_text(text, encoding="utf-8", newline="\n")
    return [*paths, *_archives(folder, rng, end)]


def _posts(rng: random.Random, start: date, end: date) -> list[Post]:
    """Posts and replies, newest first, as all of X's files have them."""
    midnight = datetime(start.year, start.month, start.day, tzinfo=UTC)
    minutes = sorted(rng.sample(range((end - start).days * 1440), 40), reverse=True)
    made = []
    for minute in minutes:
        text, reply = post_text(rng)
        made.append(post(rng, midnight + timedelta(minutes=minute), text, reply=reply))
    return made


def _parent(each: Post) -> str:
    """The post that a reply answers: an hour older, and so is its id."""
    return str(int(each.id) - (3_600_000 << 22))


def _entities(each: Post) -> dict[str, Any]:
    named = [name for name in HANDLES if f"@{name}" in each.text]
    return {
        "hashtags": [{"text": word[1:], "tag": word[1:]} for word in each.text.split() if word.startswith("#")],
        "urls": [],
        "user_mentions": [{"screen_name": name, "id_str": NUMBERS[name], "id": int(NUMBERS[name])} for name in named],
    }


def _status(each: Post, *, user: bool) -> dict[str, Any]:
    """A post in the words of version 1.1; the archive has no users, and writes numbers as texts."""
    answers = each.text.startswith("@")
    number = int if user else str
    values: dict[str, Any] = {
        "created_at": f"{each.at:{OLD}}",
        "id": number(each.id),
        "id_str": each.id,
        "full_text": each.text,
        "entities": _entities(each),
        "retweet_count": number(each.counts["retweets"]),
        "favorite_count": number(each.counts["likes"]),
        "favorited": False,
        "lang": "en",
    }
    if "pic https" in each.text:
        values["extended_entities"] = {"media": [{"type": "photo"}]}
    if answers:
        values |= {"in_reply_to_status_id_str": _parent(each), "in_reply_to_status_id": number(_parent(each))}
    return values | ({"user": {"id": int(OWNER), "id_str": OWNER, "screen_name": HANDLE}} if user else {})


def _page(rng: random.Random, posts: list[Post]) -> dict[str, Any]:
    """A page of version 2: posts, what they refer to, and one that X could not show."""
    gone = {"resource_type": "tweet", "parameter": "ids", "title": "Not Found Error", "value": "1"}
    named = [{"id": NUMBERS[name], "username": name, "name": name} for name in HANDLES]
    return {
        "data": [_post2(rng, each) for each in posts],
        "includes": {"users": [{"id": OWNER, "username": HANDLE, "name": HANDLE}, *named], "media": [PHOTO]},
        "errors": [gone],
        "meta": {"result_count": len(posts)},
    }


PHOTO = {"media_key": "3_1", "type": "photo"}


def _post2(rng: random.Random, each: Post) -> dict[str, Any]:
    c = each.counts
    public = {
        "retweet_count": c["retweets"], "reply_count": c["replies"], "like_count": c["likes"],
        "quote_count": rng.randrange(3), "bookmark_count": c["bookmarks"], "impression_count": c["impressions"],
    }  # fmt: skip
    own = {
        "url_link_clicks": c["url clicks"], "user_profile_clicks": c["user profile clicks"],
        "engagements": c["engagements"], "impression_count": c["impressions"],
    }  # fmt: skip
    values: dict[str, Any] = {
        "id": each.id, "text": each.text, "created_at": f"{each.at:{NEW}}", "author_id": OWNER, "lang": "en",
        "edit_history_tweet_ids": [each.id], "public_metrics": public, "non_public_metrics": own,
        "entities": {"mentions": [{"username": m["screen_name"], "id": m["id_str"]} for m in _mentions(each)]},
    }  # fmt: skip
    if each.text.startswith("@"):
        values |= {"referenced_tweets": [{"type": "replied_to", "id": _parent(each)}], "conversation_id": _parent(each)}
    if "pic https" in each.text:
        values["attachments"] = {"media_keys": ["3_1"]}
    return values


def _mentions(each: Post) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = _entities(each)["user_mentions"]
    return found


def _user1(name: str, number: str, rng: random.Random) -> dict[str, Any]:
    return {
        "id": int(number), "id_str": number, "screen_name": name, "name": "Acme Gardens",
        "followers_count": rng.randint(900, 1400), "friends_count": 120, "statuses_count": 5000,
    }  # fmt: skip


def _user2(name: str, number: str, rng: random.Random) -> dict[str, Any]:
    counts = {"followers_count": rng.randint(900, 1400), "following_count": 120, "tweet_count": 5000}
    return {"id": number, "username": name, "name": "Acme Gardens", "public_metrics": counts}


OLD_TABLE = (
    "tweet_id", "in_reply_to_status_id", "in_reply_to_user_id", "timestamp", "source", "text", "retweeted_status_id",
    "retweeted_status_user_id", "retweeted_status_timestamp", "expanded_urls",
)  # fmt: skip
COLLECTED = ("created_at", "text", "url", "replies", "retweets", "favorites", "user")
UNCOUNTED = ("Datetime", "Tweet Id", "Text", "Username")
SUPPORT = (
    "tweet_id", "author_id", "inbound", "created_at", "text", "response_tweet_id", "in_response_to_tweet_id",
)  # fmt: skip


def _row(each: Post) -> list[object]:
    answers = _parent(each) if each.text.startswith("@") else ""
    said = " ".join(each.text.split())
    return [each.id, answers, "", f"{each.at:%Y-%m-%d %H:%M:%S} +0000", "web", said, "", "", "", ""]


def _collected(each: Post) -> list[object]:
    c = each.counts
    shown = f"{each.at.month}/{each.at.day}/{each.at:%y %H:%M}"
    return [shown, each.text, each.link, c["replies"], c["retweets"], c["likes"], HANDLE]


def _uncounted(each: Post) -> list[object]:
    return [f"{each.at:%Y-%m-%d %H:%M:%S+00:00}", each.id, " ".join(each.text.split()), HANDLE]


def _support(rng: random.Random, start: date) -> list[list[object]]:
    """Questions of customers, answers of the desk, some questions without one, some with two."""
    at = datetime(start.year, start.month, start.day, 9, tzinfo=UTC)
    rows: list[list[object]] = []
    number = 1000
    for _ in range(25):
        at += timedelta(minutes=rng.randint(30, 2000))
        customer, answers = rng.randint(115_000, 116_000), rng.choice((0, 1, 1, 2))
        ids = [number + place for place in range(1, answers + 1)]
        asked = f"@{HANDLE}Care where is my order?"
        rows.append([number, customer, True, f"{at:{OLD}}", asked, ",".join(map(str, ids)), ""])
        for place, answer in enumerate(ids, start=1):
            said = at + timedelta(minutes=place * rng.randint(5, 200))
            rows.append([answer, f"{HANDLE}Care", False, f"{said:{OLD}}", f"@{customer} We look into it.", "", number])
        number += answers + 1
    return rows


def _table(header: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue()


def _js(name: str, records: Sequence[object]) -> str:
    return f"window.YTD.{name}.part0 = {json.dumps(records, indent=2)}\n"


def _archives(folder: Path, rng: random.Random, end: date) -> list[Path]:
    """Archives with one file each beside their own list, as somebody who hands on only what is needed makes them."""
    likes = [{"like": {"tweetId": str(rng.randrange(10**18, 2 * 10**18)), "fullText": "private"}} for _ in range(12)]
    people = [
        {"accountId": number, "userLink": f"https://twitter.com/intent/user?user_id={number}"}
        for number in NUMBERS.values()
    ]
    owner = {"username": HANDLE, "accountId": OWNER, "accountDisplayName": "Acme Gardens", "email": "x@acme.example"}
    born = {"createdAt": "2019-10-04T08:00:00.000Z"}
    files = {
        "account": [{"account": owner | born}],
        "like": likes,
        "follower": [{"follower": each} for each in people],
        "following": [{"following": each} for each in people[:3]],
    }
    return [_archive(folder, end, name, records) for name, records in files.items()]


def _archive(folder: Path, end: date, name: str, records: Sequence[object]) -> Path:
    path = folder / f"twitter-{end}-{name}.zip"
    listed = {"files": [{"fileName": f"data/{name}.js", "globalName": f"YTD.{name}.part0", "count": str(len(records))}]}
    manifest = {"archiveInfo": {"generationDate": f"{end}T12:00:00.000Z"}, "dataTypes": {name: listed}}
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(zipfile.ZipInfo(f"data/{name}.js", EPOCH), _js(name, records))
        archive.writestr(zipfile.ZipInfo("data/manifest.js", EPOCH), f"window.__THAR_CONFIG = {json.dumps(manifest)}\n")
    return path
