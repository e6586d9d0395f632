"""Exports that are no tables: an interface's answers, an archive's posts, a feed; with what they mean."""

from __future__ import annotations

import json
from datetime import timedelta, timezone
from email.utils import format_datetime
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from tests.promises.generated import cells
from tests.promises.generated.answers import newer, older
from tests.promises.generated.dialects import File
from tests.promises.generated.dumping import dumped, whole
from tests.promises.generated.wordpress import blog

if TYPE_CHECKING:
    import random

GARDEN = "https://blog.example.org"
HEAD = (
    '<rss version="2.0" xmlns:slash="http://purl.org/rss/1.0/modules/slash/"><channel><title>Acme</title>'
    f"<link>{GARDEN}</link>"
)


def videos(dice: random.Random) -> File:
    """Answers of a video platform's interface: counts are texts there."""
    file = File(name="videos.json", raw=b"", kind="youtube.api_videos")
    records: list[object] = []
    for number in range(1, dice.choice([1, 2, 4, 9]) + 1):
        moment = cells.instant(dice)
        id_, title, views, likes = cells.named_id(dice)[0], cells.title(dice)[0], whole(dice), whole(dice)
        said = {"viewCount": dice.choice([views, str(views)])} | (
            {"likeCount": str(likes)} if dice.random() < 0.8 else {}
        )
        snippet = {"publishedAt": f"{moment:%Y-%m-%dT%H:%M:%SZ}", "channelId": "UCacme", "title": title}
        records.append({"kind": "youtube#video", "id": id_, "snippet": snippet, "statistics": said})
        bad = dice.random() < 0.03
        if bad:
            said["viewCount"] = dice.choice(["many", "1.5", -3, 2**63, 1.5, True])
            file.aside.add(number)
            continue
        file.kept[number] = {
            "posts.post_id": id_, "posts.title": title, "posts.account_id": "UCacme",
            "posts.created_at": moment.isoformat(), "post_counts.views/total": views,
            "post_counts.likes/total": likes if "likeCount" in said else None,
        }  # fmt: skip
    answer = {"kind": "youtube#videoListResponse", "pageInfo": {"totalResults": 9}, "items": records}
    file.raw = dumped(records, dice, wrapped=dice.choice([None, answer, answer]))
    return file


def archive(dice: random.Random) -> File:
    """An archive's own posts, as JavaScript."""
    file = File(name="tweets.js", raw=b"", kind="x.archive_posts")
    records: list[object] = []
    for number in range(1, dice.choice([1, 2, 4, 9]) + 1):
        moment = cells.instant(dice)
        id_, text, likes = cells.clock_id(moment, dice), cells.title(dice)[0], dice.randrange(10**6)
        made = f"{moment:%a %b %d %H:%M:%S} +0000 {moment:%Y}"
        tweet = {"id_str": id_, "id": id_, "created_at": made, "full_text": text, "favorite_count": str(likes)}
        tweet |= {"retweet_count": "0", "entities": {"urls": [], "hashtags": [], "user_mentions": []}, "lang": "en"}
        if dice.random() < 0.03:
            tweet |= dice.choice([{"created_at": "yesterday"}, {"favorite_count": "some"}, {"id_str": "", "id": ""}])
            file.aside.add(number)
        else:
            file.kept[number] = {
                "posts.post_id": id_, "posts.text": text, "posts.created_at": moment.isoformat(),
                "post_counts.likes/total": likes, "post_counts.shares/total": 0,
            }  # fmt: skip
        records.append({"tweet": tweet})
    text = json.dumps(records, ensure_ascii=dice.random() < 0.5, indent=dice.choice([None, 2]))
    file.raw = f"window.YTD.tweets.part0 = {text}".encode()
    return file


def feed(dice: random.Random) -> File:
    """A feed: letters as they are, escaped, or in CDATA; times of any zone."""
    file = File(name="feed.xml", raw=b"", kind="blogs.rss")
    items = []
    newline = dice.choice(["\n", "\r\n", ""])
    for number in range(1, dice.choice([1, 2, 4, 9]) + 1):
        moment = cells.instant(dice) + timedelta(seconds=dice.randrange(60))
        id_, comments = dice.randrange(10**9), dice.randrange(10**6)
        title = "".join(sign for sign in cells.title(dice)[0] if sign.isprintable())
        title = " ".join(title.split())
        inside = f"<![CDATA[{title}]]>" if dice.random() < 0.4 else escape(title)
        zone = timezone(timedelta(hours=dice.randrange(-11, 12)))
        date = format_datetime(moment.astimezone(zone))
        said = str(comments) if dice.random() > 0.03 else "some"
        items.append(
            f"<item><title>{inside}</title><link>{GARDEN}/?p={id_}</link><pubDate>{date}</pubDate>"
            f'<guid isPermaLink="false">{GARDEN}/?p={id_}</guid><slash:comments>{said}</slash:comments></item>'
        )
        if said == "some":
            file.aside.add(number)
            continue
        file.kept[number] = {
            "posts.post_id": f"blog.example.org/{id_}", "posts.title": title, "posts.account_id": "blog.example.org",
            "posts.created_at": moment.isoformat(), "post_counts.comments/total": comments,
        }  # fmt: skip
    encoding = dice.choice(["UTF-8", "UTF-8", "utf-16"])
    text = f'<?xml version="1.0" encoding="{encoding}"?>{newline}{HEAD}{newline.join(items)}</channel></rss>{newline}'
    file.raw = text.encode(encoding)
    return file


TREES = (videos, archive, feed, older, newer, blog)
