"""Reads a WordPress export (WXR 1.0 to 1.2): posts, pages and approved comments to canonical frames.

A record is an item of type post or page, or a comment under one. Other items (menu entries, attachments) and
comments nobody approved are counted as not taken. Persons are put in at the end, when every author's number and
e-mail has been seen. Damaged elements and a cut end are the core's business: it hands over whole elements only.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from smmetrics.api import Batch, Rejected
from smmetrics_blogs import items
from smmetrics_blogs.blog import Blog, blog_of
from smmetrics_blogs.clock import observed
from smmetrics_blogs.frames import frame
from smmetrics_blogs.people import People, Signature

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from smmetrics.api import Context, Element, Preview, Record, Source

NAMESPACES = ("wordpress.org/export/", "undeclared:wp}")
"""WordPress's own words; the second where a program lost their declaration."""
HEAD = ("title", "link", "base_blog_url", "pubDate")


def read(preview: Preview, source: Source, context: Context) -> Iterable[Batch]:
    """Read a WXR file. One batch: a comment's writer may be known only from a later comment."""
    del source
    head = context.head(*HEAD)
    reading = Reading(blog=blog_of(head), zone=ZoneInfo(context.zone), context=context)
    for author in _authors(context):
        reading.people.add_author(items.fields(author.xml))
    for element in context.elements("item", "comment"):
        reading.take(element)
    yield reading.batch(observed(preview.path, head.get("pubDate", "")))


def _authors(context: Context) -> Iterable[Element]:
    """The authors, who stand before the first item."""
    for element in context.elements("author", "item"):
        if element.tag == "item":
            return
        if _is_own(element, items.fields(element.xml), "author_login"):
            yield element


def _is_own(element: Element, values: Mapping[str, str], field_of_its_own: str) -> bool:
    """Whether an element is WordPress's: by its name space or, where that was hurt, by a field nobody else has."""
    return any(name in element.tag for name in NAMESPACES) or field_of_its_own in values


@dataclass(slots=True)
class Reading:
    """What was read so far."""

    blog: Blog
    zone: ZoneInfo
    context: Context
    people: People = field(init=False)
    posts: list[items.Row] = field(default_factory=list)
    writers: list[str | Signature] = field(default_factory=list)
    counts: dict[str, Counter[str]] = field(default_factory=dict)
    rejected: list[Rejected] = field(default_factory=list)
    not_taken: Counter[str] = field(default_factory=Counter)
    stray: int = 0
    under: items.Place | None = None
    under_type: str = ""

    def __post_init__(self) -> None:
        """The people of this blog."""
        self.people = People(self.blog, self.context)

    def take(self, element: Element) -> None:
        """An item, or a comment of the item before it."""
        self.stray += items.has_stray_text(element.xml)
        values = items.fields(element.xml)
        if element.tag == "item":
            self._item(element, values)
        elif _is_own(element, values, "comment_id"):
            self._comment(element.record, values)
        else:
            self.not_taken["elements of other programs"] += 1

    def _item(self, element: Element, values: Mapping[str, str]) -> None:
        self.under = None
        self.under_type = values.get("post_type", "").strip() or "post"
        if self.under_type not in items.TAKEN:
            self.not_taken[self.under_type] += 1
        elif not items.number(values):
            self.rejected.append(Rejected(record=element.record, column="wp:post_id", reason="missing_key"))
        else:
            self.under = items.place(self.blog, values)
            try:
                row = items.item_row(self.blog, values, element.xml, self.zone)
            except ValueError:
                self._no_date(element.record, "wp:post_date_gmt")
                return
            self._keep(element.record, row, values.get("creator", "").strip())
            if row["status"] in {"published", "private"}:
                self.counts[str(row["post_id"])] = Counter()

    def _comment(self, record: Record, values: Mapping[str, str]) -> None:
        why = items.not_taken(values)
        if why or self.under_type not in items.TAKEN:
            self.not_taken[why or f"comments under items of type {self.under_type}"] += 1
        elif self.under is None:
            self.rejected.append(Rejected(record=record, column="wp:post_id", reason="missing_key"))
        elif not values.get("comment_id", "").strip():
            self.rejected.append(Rejected(record=record, column="wp:comment_id", reason="missing_key"))
        else:
            try:
                row = items.comment_row(self.blog, values, self.under, self.zone)
            except ValueError:
                self._no_date(record, "wp:comment_date_gmt")
                return
            self._keep(record, row, items.signature(values))
            counts = self.counts.setdefault(self.under.post_id, Counter())
            counts["comments" if row["kind"] == "reply" else "trackbacks"] += 1

    def _no_date(self, record: Record, column: str) -> None:
        self.rejected.append(Rejected(record=record, column=column, reason="not_a_date"))

    def _keep(self, record: Record, row: items.Row, writer: str | Signature) -> None:
        self.posts.append(row | {"record": record.number})
        self.writers.append(writer)
        if isinstance(writer, Signature):
            self.people.learn(writer)

    def batch(self, seen_at: datetime | None) -> Batch:
        """Everything, with persons. An author's comment is the blog's own: it speaks for the account."""
        for row, writer in zip(self.posts, self.writers, strict=True):
            row["person"] = self.people.author(writer) if isinstance(writer, str) else self.people.commenter(writer)
            if isinstance(writer, Signature) and self.people.login(writer):
                row["account_id"] = self.blog.id
        newest = self._newest()
        at = max((moment for moment in (newest, seen_at) if moment is not None), default=None)
        rows: dict[str, Iterable[items.Row]] = {
            "posts": self.posts,
            "post_counts": self._counted(),
            "people": self.people.rows(),
            "accounts": [self._account()] if self.posts else [],
            "spans": self._spans(at),
        }
        return Batch(
            frames={table: frame(table, each, at) for table, each in rows.items()},
            records=len(self.posts) + len(self.rejected),
            rejected=tuple(self.rejected),
            not_taken=dict(self.not_taken),
            messages=(*self.blog.messages, *_late(seen_at, newest), *_stray(self.stray)) if self.posts else (),
        )

    def _account(self) -> items.Row:
        return {
            "platform": "blogs",
            "account_id": self.blog.id,
            "handle": self.blog.id,
            "name": self.blog.title or None,
            "url": self.blog.url or None,
            "kind": "ours",
        }

    def _newest(self) -> datetime | None:
        """The newest instant at which something was published."""
        moments = [row["created_at"] for row in self.posts if row["status"] == "published"]
        return max((moment for moment in moments if isinstance(moment, datetime)), default=None)

    def _counted(self) -> Iterable[items.Row]:
        """Comments and pings under each post, exact: the export holds all that were approved."""
        numbers = {row["post_id"]: row["record"] for row in self.posts}
        for post, counts in self.counts.items():
            if post not in numbers:
                continue
            yield {
                "platform": "blogs",
                "post_id": post,
                "account_id": self.blog.id,
                "scope": "total",
                "window": "lifetime",
                "comments": counts["comments"],
                "trackbacks": counts["trackbacks"],
                "record": numbers[post],
            }

    def _spans(self, seen_at: datetime | None) -> Iterable[items.Row]:
        """From the first thing written to the day of the export, which is not over; what is dated later is not yet."""
        rows = [row for row in self.posts if row["status"] in {"published", "private"}]
        days = [row["created_on"] for row in rows if isinstance(row["created_on"], date)]
        days += [row["created_at"].date() for row in rows if isinstance(row["created_at"], datetime)]
        if seen_at is None or not days or min(days) > seen_at.date():
            return
        today = seen_at.date()
        if min(days) < today:
            yield self._span(min(days), today, complete=True)
        if seen_at.time() > time():
            yield self._span(today, today + timedelta(days=1), complete=False)

    def _span(self, start: date, end: date, *, complete: bool) -> items.Row:
        return {
            "platform": "blogs",
            "account_id": self.blog.id,
            "grain": "event",
            "start": start,
            "end": end,
            "facts": "post_counts,posts",
            "complete": complete,
            "basis": "first post to export",
        }


def _late(stated: datetime | None, newest: datetime | None) -> Iterator[str]:
    if stated and newest and newest.date() > stated.date():
        yield (
            f"The file says it was made on {stated:%Y-%m-%d}, and holds posts published until {newest:%Y-%m-%d}: "
            "the later date counts."
        )


def _stray(number: int) -> Iterator[str]:
    if number:
        yield f"Elements with text outside of any field, which was left out: {number}. Was the file changed by hand?"
