"""Reads comment threads and comments of the Data API: a record is a thread or a comment, and gives a row a comment."""

from __future__ import annotations

import html
import json
import re
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import polars as pl

from smmetrics.api import Batch, Rejected

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from smmetrics.api import Context, Preview, Record, Source

TAG, BREAK = re.compile(r"<[^>]+>"), re.compile(r"<br\s*/?>", re.IGNORECASE)
INSTANT = pl.Datetime("us", "UTC")
SCHEMAS: Mapping[str, Mapping[str, Any]] = {
    "posts": {
        **dict.fromkeys(("platform", "post_id", "account_id", "person"), pl.String),
        "created_at": INSTANT,
        "created_on": pl.Date,
        **dict.fromkeys(("created_precision", "kind", "kind_basis", "in_reply_to", "root_id"), pl.String),
        **dict.fromkeys(("text", "status"), pl.String),
    },
    "post_counts": {
        **dict.fromkeys(("platform", "post_id", "account_id", "scope", "window"), pl.String),
        **dict.fromkeys(("likes", "comments"), pl.Int64),
    },
    "people": dict.fromkeys(("platform", "platform_author_id", "person", "handle", "display_name"), pl.String),
    "accounts": dict.fromkeys(("platform", "account_id", "kind"), pl.String),
}
SPAN = {
    **dict.fromkeys(("platform", "account_id", "grain", "facts", "basis"), pl.String),
    **dict.fromkeys(("start", "end"), pl.Date),
    "complete": pl.Boolean,
}


def read(preview: Preview, source: Source, context: Context) -> Iterable[Batch]:
    """Read a file of threads or comments. One batch: the channels they stand under are known at its end."""
    reading = Reading(source, context, preview.encoding or "utf-8")
    for record in context.records():
        reading.take(record)
    yield reading.batch()


@dataclass(frozen=True, slots=True)
class Under:
    """What a comment stands under, as far as the answer says: channel, video, and the thread's first comment."""

    channel: str = ""
    video: str = ""
    parent: str = ""


@dataclass(slots=True)
class Reading:
    """What was read so far."""

    source: Source
    context: Context
    encoding: str
    rows: dict[str, list[dict[str, object]]] = field(default_factory=lambda: {name: [] for name in SCHEMAS})
    rejected: list[Rejected] = field(default_factory=list)
    records: int = 0
    promised: int = 0
    given: int = 0
    channels: set[str] = field(default_factory=set)
    people: dict[str, dict[str, object]] = field(default_factory=dict)

    def take(self, record: Record) -> None:
        """A thread with its replies, or a comment: all of it, or none where a part is not as expected."""
        self.records += 1
        try:
            rows = self._rows(_loaded(record.raw, self.encoding))
        except Unreadable as error:
            self.rejected.append(Rejected(record=record, column=error.column, reason=error.reason))
            return
        for post, counts, author in rows:
            self.rows["posts"].append(post | {"record": record.number})
            self.rows["post_counts"].append(counts | {"record": record.number})
            if author:
                self.people.setdefault(str(author["person"]), author | {"record": record.number})

    def _rows(self, value: object) -> list[Row]:
        top = _part(_part(value, "snippet"), "topLevelComment")
        return self._thread(value) if top else [self._comment(value, Under())]

    def _thread(self, thread: object) -> list[Row]:
        snippet = _part(thread, "snippet")
        top = _part(snippet, "topLevelComment")
        said = _part(top, "snippet")
        under = Under(channel=_word(snippet, "channelId") or _word(said, "channelId"), video=_word(snippet, "videoId"))
        listed = _part(thread, "replies").get("comments")
        replies = listed if isinstance(listed, list) else []
        count = _count(snippet, "totalReplyCount")
        first = self._comment(top, under, replies=count)
        below = replace(under, video=under.video or _word(said, "videoId"), parent=_word(top, "id"))
        rows = [first, *(self._comment(each, below) for each in replies)]
        self.promised += max(count or 0, len(replies))
        self.given += len(replies)
        return rows

    def _comment(self, comment: object, under: Under, replies: int | None = None) -> Row:
        said, id_ = _part(comment, "snippet"), _word(comment, "id")
        if not id_:
            raise Unreadable(column="id", reason="missing_key")
        at = _moment(_word(said, "publishedAt"))
        author = _word(_part(said, "authorChannelId"), "value")
        channel = under.channel or _word(said, "channelId")
        video = under.video or _word(said, "videoId")
        parent = under.parent or _word(said, "parentId") or (id_.partition(".")[0] if "." in id_ else "")
        if channel:
            self.channels.add(channel)
        person = self.context.pseudonym("youtube", author) if author else None
        common: dict[str, object] = {"platform": "youtube", "post_id": id_, "account_id": channel or author or None}
        post = common | {
            "person": person,
            "created_at": at,
            "created_on": at.date(),
            "created_precision": "instant",
            "kind": "reply" if parent or video else "post",
            "kind_basis": "field",
            "in_reply_to": parent or video or None,
            "root_id": video or (id_ if channel and not parent else None),
            "text": _text(said),
            "status": "published",
        }
        counts = common | {
            "scope": "total",
            "window": "lifetime",
            "likes": _count(said, "likeCount"),
            "comments": replies,
        }
        return post, counts, _author(person, author, _word(said, "authorDisplayName"))

    def batch(self) -> Batch:
        """All that was read, in frames of declared types."""
        self.rows["people"] = list(self.people.values())
        self.rows["accounts"] = [
            {"platform": "youtube", "account_id": channel, "kind": "other", "record": None}
            for channel in sorted(self.channels)
        ]
        frames = {
            name: pl.DataFrame(rows, schema={**SCHEMAS[name], "record": pl.Int64})
            for name, rows in self.rows.items()
            if rows
        }
        spans = self._spans()
        frames["spans"] = pl.DataFrame(spans, schema={**SPAN, "record": pl.Int64})
        messages = (self._lacking(),) if self.promised > self.given else ()
        return Batch(frames=frames, records=self.records, rejected=tuple(self.rejected), messages=messages)

    def _lacking(self) -> str:
        said = f"The threads have {self.promised} replies, and the file holds {self.given} of them."
        return f"{said} comments.list with the parentId of a thread gives the others."

    def _spans(self) -> list[dict[str, object]]:
        """Days from the first comment to the last, never complete: somebody chose what to ask for."""
        days = [post["created_on"] for post in self.rows["posts"]]
        if not days:
            return []
        first, last = min(days), max(days)  # type: ignore[type-var]
        end = datetime.fromordinal(last.toordinal() + 1).replace(tzinfo=UTC).date()  # type: ignore[attr-defined]
        facts = ",".join(sorted((*self.source.covers, "post_counts.comments", "post_counts.likes")))
        span: dict[str, object] = {
            "platform": "youtube",
            "grain": self.source.grain,
            "facts": facts,
            "basis": "records",
            "complete": False,
        }
        span |= {"start": first, "end": end, "record": None}
        return [span | {"account_id": channel} for channel in sorted(self.channels)]


Row = tuple[dict[str, object], dict[str, object], dict[str, object] | None]


class Unreadable(Exception):
    """A comment that lacks what every comment has."""

    def __init__(self, *, column: str, reason: str) -> None:
        super().__init__(column)
        self.column, self.reason = column, reason


def _loaded(raw: bytes, encoding: str) -> object:
    try:
        return json.loads(raw.decode(encoding))
    except UnicodeDecodeError as error:
        raise Unreadable(column="", reason="bad_encoding") from error
    except ValueError as error:
        raise Unreadable(column="", reason="malformed_record") from error


def _part(value: object, name: str) -> Mapping[str, object]:
    """An object inside an object; an empty one where there is none."""
    found = value.get(name) if isinstance(value, dict) else None
    return found if isinstance(found, dict) else {}


def _word(value: object, name: str) -> str:
    """A text inside an object; empty where there is none."""
    found = value.get(name) if isinstance(value, dict) else None
    return str(found) if isinstance(found, str | int) and not isinstance(found, bool) else ""


def _count(value: Mapping[str, object], name: str) -> int | None:
    """A count, written as a number or as a text; None where it is not reported."""
    found = value.get(name)
    if found is None:
        return None
    if isinstance(found, int | str) and str(found).isdigit():
        return int(found)
    raise Unreadable(column=name, reason="not_an_integer")


def _moment(text: str) -> datetime:
    if not text:
        raise Unreadable(column="publishedAt", reason="missing_required")
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        raise Unreadable(column="publishedAt", reason="not_a_date") from error
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)


def _author(person: str | None, channel: str, name: str) -> dict[str, object] | None:
    if person is None:
        return None
    return {
        "platform": "youtube",
        "platform_author_id": channel,
        "person": person,
        "handle": name if name.startswith("@") else None,
        "display_name": name or None,
    }


def _text(said: Mapping[str, object]) -> str | None:
    """The text as it was typed; where only the displayed form is there, without its markup."""
    if isinstance(typed := said.get("textOriginal"), str):
        return typed
    shown = said.get("textDisplay")
    return html.unescape(TAG.sub("", BREAK.sub("\n", shown))) if isinstance(shown, str) else None
