"""Reads JSON Feeds (jsonfeed.org, 1.0 and 1.1): what the feeds of XML say, in other words."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from smmetrics.api import Rejected
from smmetrics_blogs.blog import blog_of, parts_of
from smmetrics_blogs.entry import MEDIA, Entry
from smmetrics_blogs.feed import Reading
from smmetrics_blogs.plain import tidy, to_line, to_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from smmetrics.api import Batch, Context, Preview, Record, Source

TOGETHER = 256
"""Items that are taken apart at once: to begin anew for each takes as long as the item itself."""


def read(preview: Preview, source: Source, context: Context) -> Iterable[Batch]:
    """Read a feed; one batch, as a feed holds the newest items only."""
    del source
    records = list(context.records())
    head = _head(_around(preview, records), records)
    reading = Reading(blog=blog_of(head), context=context, head=head)
    for record, values in zip(records, _items(records), strict=True):
        if values is None:
            reading.rejected.append(Rejected(record=record, column="", reason="malformed_record"))
        else:
            reading.take(entry(values), record)
    yield reading.batch()


def _items(records: Sequence[Record]) -> Iterator[dict[str, Any] | None]:
    """The objects that items are, many at a time; where some are none together, each is looked at alone."""
    for first in range(0, len(records), TOGETHER):
        some = [record.raw for record in records[first : first + TOGETHER]]
        together = _parsed(b"[%b]" % b",".join(some))
        if isinstance(together, list) and len(together) == len(some):
            yield from (each if isinstance(each, dict) else None for each in together)
        else:
            yield from map(_loaded, some)


def _loaded(raw: bytes) -> dict[str, Any] | None:
    values = _parsed(raw)
    return values if isinstance(values, dict) else None


def _parsed(raw: bytes) -> object:
    try:
        return json.loads(raw)
    except (ValueError, RecursionError):
        return None


def _around(preview: Preview, records: Sequence[Record]) -> dict[str, Any]:
    """What stands in a feed around its items; nothing where it breaks off."""
    feed = preview.path.read_bytes()
    around = feed[: records[0].start] + feed[records[-1].end :] if records else b""
    return _loaded(around) or _loaded(feed) or {}


def _head(said: dict[str, Any], records: Sequence[Record]) -> dict[str, str]:
    """What the feed says of itself; of one that breaks off only where its first item lies."""
    link = _text(said, "home_page_url") or _text(said, "feed_url").rpartition("/")[0]
    if not link:
        first = next((each for record in records if (each := _loaded(record.raw)) is not None), {})
        parts = parts_of(_text(first, "url"))
        link = f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""
    return {name: text for name, text in (("title", _text(said, "title")), ("link", link)) if text}


def entry(values: dict[str, Any]) -> Entry:
    """The item that an object is."""
    html = _text(values, "content_html")
    text, links = to_text(html) if html else _plain(_text(values, "content_text") or _text(values, "summary"))
    return Entry(
        id=_text(values, "id"),
        permanent=False,
        link=_text(values, "url") or _text(values, "external_url"),
        date=_text(values, "date_published") or _text(values, "date_modified"),
        title=to_line(_text(values, "title")),
        text=text,
        links=links,
        subjects=_subjects(values),
        format=_format(values),
    )


def _plain(text: str) -> tuple[str, list[str]]:
    """A text that is no HTML, and the links in it."""
    return tidy(text), to_text(text)[1]


def _text(values: dict[str, Any], name: str) -> str:
    """A text; numbers stand for ids in feeds that do not keep to the letter."""
    value = values.get(name)
    if type(value) is str:
        return value.strip()
    return str(value).strip() if isinstance(value, int) and not isinstance(value, bool) else ""


def _subjects(values: dict[str, Any]) -> list[str]:
    tags = values.get("tags")
    if not isinstance(tags, list):
        return []
    lines = [to_line(each) for each in tags if isinstance(each, str)]
    return [each for each in dict.fromkeys(lines) if each]


def _format(values: dict[str, Any]) -> str:
    attached = values.get("attachments")
    for each in attached if isinstance(attached, list) else ():
        kind = _text(each, "mime_type").partition("/")[0] if isinstance(each, dict) else ""
        if kind in MEDIA:
            return "photo" if kind == "image" else kind
    return "standard"
