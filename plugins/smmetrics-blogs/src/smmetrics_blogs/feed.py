"""Reads feeds: the newest posts of a blog, or the newest comments on it, to canonical frames.

A feed says little of people: its posts stand for the blog, and who wrote them is not taken. Comments of a comments'
feed have a writer by name, as a pseudonym. Ids agree with those of a WordPress export wherever the feed shows the
post's number.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import repeat
from typing import TYPE_CHECKING, NamedTuple
from xml.etree.ElementTree import Element as Tree
from zoneinfo import ZoneInfo

from smmetrics.api import Batch, Rejected
from smmetrics_blogs.blog import Blog, blog_of, parts_of
from smmetrics_blogs.entry import Entry, entry
from smmetrics_blogs.feedclock import dated
from smmetrics_blogs.feeds import ALONE
from smmetrics_blogs.frames import frame, of_columns
from smmetrics_blogs.people import People, Signature

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from smmetrics.api import Context, Preview, Record, Source
    from smmetrics_blogs.clock import When
    from smmetrics_blogs.items import Row

ITEMS = ("item", "entry")
SEEN = ("lastBuildDate", "updated", "modified", "pubDate", "date")
"""Where a feed says when it was made."""
NUMBER = re.compile(r"[?&]p=(\d+)")
COMMENT = re.compile(r"#comment-(\d+)$")
HOST = re.compile(r"[a-z0-9.-]+")
APART, LENGTH = "\x1f", 32
"""What stands between the parts of which an id is made, and how long it is."""
NO_POSTS = {"settings", "template"}
"""What else stands among the entries of a Blogger export."""


def read(preview: Preview, source: Source, context: Context) -> Iterable[Batch]:
    """Read a feed, or an entry that stands alone; one batch, as a feed holds the newest items only."""
    del preview
    head = _head(context)
    reading = Reading(blog=blog_of(head), context=context, head=head, is_alone=source.kind == ALONE)
    for element in context.elements(*ITEMS):
        reading.take(entry(element.xml), element.record)
    yield reading.batch()


def _head(context: Context) -> dict[str, str]:
    """What the feed says of itself before its first item: title, link, and when it was made."""
    found: dict[str, str] = {}
    for element in context.elements("title", "link", *SEEN, *ITEMS):
        name, tree = element.tag.rpartition("}")[2], element.xml
        assert isinstance(tree, Tree)
        if name in ITEMS:
            if not found.get("link"):
                parts = parts_of(entry(tree).link)
                found["link"] = f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""
            break
        text = "".join(tree.itertext()).strip()
        if name == "link" and tree.get("href"):
            text = tree.get("href", "") if tree.get("rel", "alternate") == "alternate" else ""
        if text:
            found.setdefault(name, text)
    return found


class Post(NamedTuple):
    """A row of the posts. A feed may have many, and each as a dictionary would take a kilobyte."""

    platform: str
    post_id: str
    account_id: str | None
    person: str | None
    created_at: datetime | None
    created_on: date | None
    created_precision: str
    kind: str
    kind_basis: str
    format: str | None
    in_reply_to: str | None
    root_id: str | None
    title: str | None
    text: str
    permalink: str | None
    status: str
    links: list[str]
    hashtags: list[str]
    visibility: str
    record: int


@dataclass(slots=True)
class Reading:
    """What was read so far."""

    blog: Blog
    context: Context
    head: dict[str, str]
    zone: ZoneInfo = field(init=False)
    people: People = field(init=False)
    host: str = field(init=False)
    here: tuple[str, ...] = field(init=False)
    posts: list[Post] = field(default_factory=list)
    counts: list[Row] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    not_taken: Counter[str] = field(default_factory=Counter)
    unnamed: Counter[str] = field(default_factory=Counter)
    is_export: bool = False
    is_alone: bool = False

    def __post_init__(self) -> None:
        """The people of this blog, how its addresses begin, and the zone of times that carry none."""
        self.zone = ZoneInfo(self.context.zone)
        self.people = People(self.blog, self.context)
        self.host = self.blog.id.split("/", 1)[0].split(":", 1)[0]
        self.here = (f"https://{self.host}/", f"http://{self.host}/") if HOST.fullmatch(self.host) else ()

    def take(self, found: Entry, record: Record) -> None:
        """Take an item."""
        self.is_export |= bool(found.sort)
        if found.sort in NO_POSTS:
            self.not_taken[found.sort] += 1
            return
        number, parent = self._ids(found)
        if not number:
            self.rejected.append(Rejected(record=record, column="guid", reason="missing_key"))
            return
        try:
            moment = dated(found.date, self.zone)
            comments, views = _number(found.comments), _number(found.views)
        except ValueError:
            column = "pubDate" if not (found.comments + found.views).strip("0123456789") else "comments"
            reason = "not_a_date" if column == "pubDate" else "not_an_integer"
            self.rejected.append(Rejected(record=record, column=column, reason=reason))
            return
        post = self._post(found, (number, parent), moment, record.number)
        self.posts.append(post)
        if comments is not None or views is not None:
            key = {"platform": "blogs", "post_id": number, "account_id": post.account_id}
            counted = {"comments": comments, "views": views, "scope": "total", "window": "lifetime"}
            self.counts.append({**key, **counted, "record": record.number})

    def _ids(self, found: Entry) -> tuple[str, str | None]:
        """The world-wide id of an item and, of a comment, of the post it stands under (empty: not known)."""
        comment = _commented(found.id) or _commented(found.link)
        numbered = NUMBER.search(found.id)
        numbered = numbered if numbered and self._is_here(found.id) else None
        if comment:
            return self.blog.comment(comment[1]), self.blog.post(numbered[1]) if numbered else ""
        if numbered:
            return self.blog.post(numbered[1]), None
        own = found.id or found.link or self._made(found)
        is_unique = parts_of(own).scheme in {"http", "https", "tag", "urn", "yt"} if own else True
        return own if is_unique else f"{self.blog.id}/{own}", found.answers or None

    def _made(self, found: Entry) -> str:
        """An id for an item that bears neither id nor address, as RSS 0.92 allows: of what it says, if anything.

        The same item in the next copy of the feed has the same one; of equal ones in a file each has its own.
        """
        if not (found.title or found.text):
            return ""
        said = APART.join((found.date, found.title, found.text))
        self.unnamed[said] += 1
        return hashlib.sha256(f"{said}{APART}{self.unnamed[said]}".encode()).hexdigest()[:LENGTH]

    def _is_here(self, address: str) -> bool:
        return address.startswith(self.here) or (parts_of(address).hostname or "") == self.host

    def _post(self, found: Entry, ids: tuple[str, str | None], moment: When, record: int) -> Post:
        number, parent = ids
        is_comment = parent is not None
        return Post(
            platform="blogs",
            post_id=number,
            account_id=None if is_comment else self.blog.id,
            person=self.people.commenter(Signature(name=found.writer)) if is_comment else None,
            created_at=moment.at,
            created_on=moment.on,
            created_precision="instant" if moment.at else "day" if moment.on else "none",
            kind="reply" if is_comment else "post",
            kind_basis="field",
            format=None if is_comment else found.format,
            in_reply_to=parent or None,
            root_id=(parent or None) if is_comment else number,
            title=found.title or None,
            text=found.text,
            permalink=found.link or (found.id if found.permanent else "") or None,
            status="draft" if found.is_draft else "published",
            links=found.links,
            hashtags=[] if is_comment else found.subjects,
            visibility="public",
            record=record,
        )

    def batch(self) -> Batch:
        """Everything."""
        seen_at = self._seen_at()
        name = {"handle": self.blog.id, "name": self.blog.title or None, "url": self.blog.url or None}
        rows: dict[str, Iterable[Row]] = {
            "post_counts": self.counts,
            "people": self.people.rows(),
            "accounts": [{"platform": "blogs", "account_id": self.blog.id, **name}] if self.posts else [],
            "spans": self._spans(seen_at),
        }
        return Batch(
            frames={
                "posts": of_columns("posts", _columns(self.posts), seen_at),
                **{table: frame(table, each, seen_at) for table, each in rows.items()},
            },
            records=len(self.posts) + len(self.rejected),
            rejected=tuple(self.rejected),
            not_taken=dict(self.not_taken),
            messages=(*self.blog.messages, *self._said()) if self.posts else (),
        )

    def _seen_at(self) -> datetime | None:
        """When the feed was made, as it says; not before its newest item."""
        moments = [post.created_at for post in self.posts]
        for name in SEEN:
            try:
                moments.append(dated(self.head.get(name, ""), self.zone).at)
            except ValueError:
                continue
        return max(filter(None, moments), default=None)

    def _spans(self, seen_at: datetime | None) -> Iterator[Row]:
        """From the oldest item on, whose own day is not whole; comments, and a part of a site, are never all of it."""
        days = [post.created_on for post in self.posts if post.created_on]
        if not days or seen_at is None:
            return
        first, today = min(days), max(seen_at.astimezone(UTC).date(), *days)
        whole = "/" not in self.blog.id and all(post.account_id for post in self.posts)
        yield self._span(first, first + timedelta(days=1), complete=False)
        if first + timedelta(days=1) < today:
            yield self._span(first + timedelta(days=1), today, complete=whole)
        if first < today and seen_at.time() > time():
            yield self._span(today, today + timedelta(days=1), complete=False)

    def _span(self, start: date, end: date, *, complete: bool) -> Row:
        spoken = {"platform": "blogs", "account_id": self.blog.id, "grain": "event", "facts": "post_counts,posts"}
        return {**spoken, "start": start, "end": end, "complete": complete, "basis": "items of the feed"}

    def _said(self) -> Iterator[str]:
        if unnamed := self.unnamed.total():
            yield (
                f"{unnamed} items bear neither id nor address: they are known by what they say, "
                "so that one that is changed later counts as another."
            )
        if self.is_export or self.is_alone:
            return
        yield f"A feed holds the newest items only: this one {len(self.posts)}. Import it again before they scroll off."


def _columns(posts: Sequence[Post]) -> dict[str, Sequence[object]]:
    """What each of some posts says, one below the other."""
    return dict(zip(Post._fields, zip(*posts, strict=True) if posts else repeat(()), strict=False))


def _commented(address: str) -> re.Match[str] | None:
    return COMMENT.search(address) if "#" in address else None


def _number(text: str) -> int | None:
    if not text or not text.strip():
        return None
    if not text.strip().isdigit():
        raise ValueError(text)
    return int(text)
