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
    from collections.abc import Iterable, Iterator

    from smmetrics.api import Batch, Context, Preview, Record, Source

PLAIN = b'{"'
"""How UTF-8 begins: nothing has to be found out about its letters."""


def read(preview: Preview, source: Source, context: Context) -> Iterable[Batch]:
    """Read a feed; one batch, as a feed holds the newest items only."""
    del source
    found = [(record, _loaded(record.raw)) for record in context.records()]
    said = _around(preview, [record for record, _ in found])
    head = _head(said, [values for _, values in found if values is not None])
    reading = Reading(blog=blog_of(head), context=context, head=head)
    for record, values in found:
        if values is None:
            reading.rejected.append(Rejected(record=record, column="", reason="malformed_record"))
        else:
            reading.take(entry(values), record)
    yield reading.batch()


def _loaded(raw: bytes) -> dict[str, Any] | None:
    try:
        values = json.loads(raw.decode("utf-8", "surrogatepass") if raw.startswith(PLAIN) else raw)
    except (ValueError, RecursionError):
        return None
    return values if isinstance(values, dict) else None


def _around(preview: Preview, records: list[Record]) -> dict[str, Any]:
    """What stands in a feed around its items; nothing where it breaks off."""
    feed = preview.path.read_bytes()
    around = feed[: records[0].start] + feed[records[-1].end :] if records else b""
    return _loaded(around) or _loaded(feed) or {}


def _head(said: dict[str, Any], items: list[dict[str, Any]]) -> dict[str, str]:
    """What the feed says of itself; of one that breaks off only where its first item lies."""
    link = _text(said, "home_page_url") or _text(said, "feed_url").rpartition("/")[0]
    if not link and items:
        parts = parts_of(_text(items[0], "url"))
        link = f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""
    return {name: text for name, text in (("title", _text(said, "title")), ("link", link)) if text}


def entry(values: dict[str, Any]) -> Entry:
    """The item that an object is."""
    html = _text(values, "content_html")
    plain = _text(values, "content_text") or _text(values, "summary")
    text, links = to_text(html) if html else (tidy(plain), to_text(plain)[1])
    return Entry(
        id=_text(values, "id"),
        permanent=False,
        link=_text(values, "url") or _text(values, "external_url"),
        date=_text(values, "date_published") or _text(values, "date_modified"),
        title=to_line(_text(values, "title")),
        text=text,
        links=links,
        subjects=[each for each in dict.fromkeys(map(to_line, _tags(values))) if each],
        format=_format(values),
    )


def _text(values: dict[str, Any], name: str) -> str:
    """A text; numbers stand for ids in feeds that do not keep to the letter."""
    value = values.get(name)
    if value is None:
        return ""
    if type(value) is str:
        return value.strip()
    return str(value).strip() if isinstance(value, str | int) and not isinstance(value, bool) else ""


def _tags(values: dict[str, Any]) -> Iterator[str]:
    tags = values.get("tags")
    yield from (each for each in tags if isinstance(each, str)) if isinstance(tags, list) else ()


def _format(values: dict[str, Any]) -> str:
    attached = values.get("attachments")
    for each in attached if isinstance(attached, list) else ():
        kind = _text(each, "mime_type").partition("/")[0] if isinstance(each, dict) else ""
        if kind in MEDIA:
            return "photo" if kind == "image" else kind
    return "standard"
