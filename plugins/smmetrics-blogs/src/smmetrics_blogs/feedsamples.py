"""Feeds of the made-up blog, in all dialects: the same seed gives the same bytes.

Planted: comment counts, a post without a number in its address, a comment whose post is not shown, HTML's words for
letters, a date in another zone, one with a day only, and an episode of sound.
"""

from __future__ import annotations

import json
import random
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from smmetrics_blogs import voices
from smmetrics_blogs.samples import HOST

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

RFC, ISO = "%a, %d %b %Y %H:%M:%S", "%Y-%m-%dT%H:%M:%S"
RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
  xmlns:wfw="http://wellformedweb.org/CommentAPI/" xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:atom="http://www.w3.org/2005/Atom" xmlns:slash="http://purl.org/rss/1.0/modules/slash/">
<channel>
<title>{title}</title>
<atom:link href="https://{host}/feed/" rel="self" type="application/rss+xml" />
<link>https://{host}</link>
<description>Gardening without fear</description>
<lastBuildDate>{made:%a, %d %b %Y %H:%M:%S} +0000</lastBuildDate>
{items}</channel>
</rss>
"""
RDF = """<?xml version="1.0" encoding="UTF-8"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
  xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://{host}/index.rdf"><title>{title}</title><link>https://{host}</link>
<dc:date>{made:%Y-%m-%dT%H:%M:%S}+00:00</dc:date></channel>
{items}</rdf:RDF>
"""
ATOM = """<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:thr="http://purl.org/syndication/thread/1.0"
  xmlns:media="http://search.yahoo.com/mrss/">
<title>{title}</title>
<link rel="self" href="https://{host}/atom.xml"/>
<link rel="alternate" href="https://{host}/"/>
<updated>{made:%Y-%m-%dT%H:%M:%S}Z</updated>
{items}</feed>
"""
ENTRY = """<?xml version="1.0" encoding="UTF-8"?>
<entry xmlns="http://www.w3.org/2005/Atom" xmlns:thr="http://purl.org/syndication/thread/1.0"
  xmlns:media="http://search.yahoo.com/mrss/">{inner}
"""
OLD_ATOM = """<?xml version="1.0" encoding="UTF-8"?>
<feed version="0.3" xmlns="http://purl.org/atom/ns#">
<title>{title}</title>
<link rel="alternate" type="text/html" href="https://{host}/"/>
<modified>{made:%Y-%m-%dT%H:%M:%S}Z</modified>
{items}</feed>
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Post:
    """A made-up post as feeds show it."""

    number: int
    at: datetime
    title: str
    body: str
    comments: int

    @property
    def slug(self) -> str:
        """Its address for people."""
        return f"https://{HOST}/{self.at:%Y/%m}/post-{self.number}/"


def write(folder: Path, seed: int, start: date, months: int) -> Sequence[Path]:
    """Write the feeds as they stand ``months`` months after ``start`` into ``folder``; give their paths."""
    rng = random.Random(seed)  # noqa: S311 (made-up data, no secrets)
    first = datetime(start.year, start.month, start.day, 8, tzinfo=UTC)
    made = first + timedelta(days=30 * months)
    posts = [_post(rng, place, made - timedelta(days=3 * place + 1)) for place in range(10)]
    texts = {
        "feed.rss": _document(RSS, made, (_item(rng, post) for post in posts)),
        "comments.rss": _document(RSS, made, (_comment(rng, place, post) for place, post in enumerate(posts))),
        "index.rdf": _document(RDF, made, map(_rdf, posts)),
        "feed.atom": _document(ATOM, made, (_entry(rng, post) for post in posts)),
        "old.atom": _document(OLD_ATOM, made, map(_old_entry, posts)),
        "entry.atom": ENTRY.format(inner=_entry(rng, posts[1]).removeprefix("<entry>").rstrip()),
        "feed.json": json.dumps(_json_feed(posts), indent=1) + "\n",
    }
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, text in texts.items():
        paths.append(folder / name)
        paths[-1].write_text(text, encoding="utf-8", newline="\n")
    return paths


def _document(form: str, made: datetime, items: Iterable[str]) -> str:
    return form.format(host=HOST, title="Acme Gardens", made=made, items="".join(items))


def _post(rng: random.Random, place: int, at: datetime) -> Post:
    title, body = voices.post(rng)
    return Post(number=100 + 3 * place, at=at, title=title, body=body, comments=rng.choice((0, 1, 4, 9)))


def _item(rng: random.Random, post: Post) -> str:
    sound = '<enclosure url="https://x.example/a.mp3" length="1" type="audio/mpeg"/>' if post.number % 2 else ""
    shown = post.at.astimezone(timezone(timedelta(hours=rng.choice((-5, 0, 2)))))
    return (
        f"<item><title>{post.title}</title><link>{post.slug}</link><comments>{post.slug}#comments</comments>"
        f"<dc:creator><![CDATA[Ana]]></dc:creator><pubDate>{shown:{RFC} %z}</pubDate><category>garden</category>"
        f'<guid isPermaLink="false">https://{HOST}/?p={post.number}</guid>'
        f"<description><![CDATA[{post.body[:40]}&hellip;]]></description>"
        f"<content:encoded><![CDATA[{post.body}]]></content:encoded>{sound}"
        f"<wfw:commentRss>{post.slug}feed/</wfw:commentRss><slash:comments>{post.comments}</slash:comments></item>\n"
    )


def _comment(rng: random.Random, place: int, post: Post) -> str:
    name = rng.choice(voices.READERS)[0]
    mark = f"#comment-{500 + place}"
    guid = f"https://{HOST}/?p={post.number}{mark}" if place % 4 else f"{post.slug}{mark}"
    return (
        f"<item><title>Comment on {post.title} by {escape(name)}</title><link>{post.slug}#comment-{500 + place}</link>"
        f"<dc:creator><![CDATA[{name}]]></dc:creator><pubDate>{post.at + timedelta(hours=5):{RFC}} GMT</pubDate>"
        f'<guid isPermaLink="false">{guid}</guid>'
        f"<content:encoded><![CDATA[<p>{voices.question(rng)}</p>]]></content:encoded></item>\n"
    )


def _rdf(post: Post) -> str:
    shown = f"{post.at:%Y-%m-%d}" if post.number % 2 else f"{post.at:{ISO}}+00:00"
    return (
        f'<item rdf:about="{post.slug}"><title>{post.title}</title><link>{post.slug}</link>'
        f"<description>{escape(post.body)}</description><dc:creator>Ana</dc:creator><dc:date>{shown}</dc:date></item>\n"
    )


def _entry(rng: random.Random, post: Post) -> str:
    views = f'<media:community><media:statistics views="{rng.randint(10, 900)}"/></media:community>'
    media = f"<media:group><media:title>x</media:title>{views}</media:group>" if post.number % 2 else ""
    return (
        f'<entry><id>tag:{HOST},2026:{post.number}</id><title type="html">{escape(post.title)}</title>'
        f'<link rel="alternate" href="{post.slug}"/><published>{post.at:{ISO}}Z</published>'
        f"<updated>{post.at + timedelta(days=1):{ISO}}Z</updated><author><name>Ana</name></author>"
        f'<category term="garden"/><content type="html">{escape(post.body)}</content>'
        f"<thr:total>{post.comments}</thr:total>{media}</entry>\n"
    )


def _old_entry(post: Post) -> str:
    return (
        f"<entry><id>tag:{HOST},2026:{post.number}</id><title>{post.title}</title>"
        f'<link rel="alternate" type="text/html" href="{post.slug}"/><issued>{post.at:{ISO}}Z</issued>'
        f"<modified>{post.at:{ISO}}Z</modified><author><name>Ana</name></author>"
        f'<content type="text/html" mode="escaped">{escape(post.body)}</content></entry>\n'
    )


def _json_feed(posts: Sequence[Post]) -> dict[str, object]:
    return {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Acme Gardens",
        "home_page_url": f"https://{HOST}",
        "feed_url": f"https://{HOST}/feed.json",
        "items": list(map(_json_item, posts)),
    }


def _json_item(post: Post) -> dict[str, object]:
    item: dict[str, object] = {
        "id": f"https://{HOST}/?p={post.number}",
        "url": post.slug,
        "title": post.title,
        "content_html": post.body,
        "tags": ["garden"],
        "authors": [{"name": "Ana"}],
        "date_published": f"{post.at:{ISO}}Z",
    }
    if post.number % 2:
        item["attachments"] = [{"url": "https://x.example/a.mp3", "mime_type": "audio/mpeg"}]
    return item
