"""What an item of a feed says, whichever of the feeds' dialects it is in: RSS 0.9 to 2.0, RDF, Atom 0.3 and 1.0."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element as Tree

from smmetrics_blogs.plain import tidy, to_line, to_text

if TYPE_CHECKING:
    from collections.abc import Iterator

DATES = ("pubDate", "published", "issued", "created", "date", "updated", "modified")
"""Where a date of writing stands, the best first; the last two change when a text is corrected."""
BODIES = ("encoded", "content", "description", "summary")
MEDIA = ("audio", "video", "image")
SORT = "http://schemas.google.com/blogger/2008/kind#"
"""With this begins the category by which Blogger's own exports tell posts, comments, settings and templates apart."""


@dataclass(slots=True)
class Entry:
    """An item: its id, addresses, date, texts and counts as written."""

    id: str = ""
    permanent: bool = True
    link: str = ""
    date: str = ""
    title: str = ""
    text: str = ""
    links: list[str] = field(default_factory=list)
    writer: str = ""
    subjects: list[str] = field(default_factory=list)
    format: str = ""
    answers: str = ""
    comments: str = ""
    views: str = ""
    sort: str = ""
    is_draft: bool = False


def entry(tree: object) -> Entry:
    """The item that an element is."""
    assert isinstance(tree, Tree)
    values = {_name(child): child for child in reversed(list(tree))}
    guid = values.get("guid")
    named = values.get("id") if guid is None else guid
    text, links = _body(values)
    subjects = [each for each in dict.fromkeys(_subjects(tree)) if each]
    return Entry(
        id=_text(named) or tree.get("{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about", ""),
        permanent=guid is None or guid.get("isPermaLink", "true").strip().lower() != "false",
        link=_text(values.get("origLink")) or _link(tree),
        date=next(filter(None, (_text(values.get(name)) for name in DATES)), ""),
        title=to_line(_text(values.get("title"))),
        text=text,
        links=links,
        writer=" ".join(_writer(values).split()),
        subjects=[each for each in subjects if not each.startswith(SORT)],
        format=_format(tree),
        answers=_answers(values),
        comments=_text(values.get("comments#slash")) or _text(values.get("total")),
        views=next((each.get("views", "") for each in tree.iter() if _local(each) == "statistics"), ""),
        sort=next((each.removeprefix(SORT) for each in subjects if each.startswith(SORT)), ""),
        is_draft=any(_local(each) == "draft" and _text(each) == "yes" for each in tree.iter()),
    )


def _local(element: Tree) -> str:
    return element.tag.rpartition("}")[2]


def _name(element: Tree) -> str:
    """An element's name. RSS has its own ``comments`` (an address) beside that of slash (a number)."""
    name = _local(element)
    if name == "comments" and "slash" in element.tag.rpartition("}")[0]:
        return "comments#slash"
    is_media = "search.yahoo.com" in element.tag or "itunes" in element.tag
    return f"{name}#media" if is_media else name


def _text(element: Tree | None) -> str:
    return "" if element is None else "".join(element.itertext()).strip()


def _body(values: dict[str, Tree]) -> tuple[str, list[str]]:
    for name in BODIES:
        element = values.get(name)
        if element is not None and _text(element):
            if element.get("type") in {"text", "text/plain"}:
                return tidy(_text(element)), to_text(_text(element))[1]
            return to_text(_text(element))
    return "", []


def _link(tree: Tree) -> str:
    """The page of an item: RSS writes it as text, Atom as the link that is not about something else."""
    for child in tree:
        if _name(child) == "link":
            if child.get("href") and child.get("rel", "alternate") == "alternate":
                return child.get("href", "").strip()
            if _text(child):
                return _text(child)
    return ""


def _writer(values: dict[str, Tree]) -> str:
    author = values.get("author")
    if author is not None:
        inner = next((child for child in author if _local(child) == "name"), None)
        return _text(inner if inner is not None else author)
    return _text(values.get("creator"))


def _subjects(tree: Tree) -> Iterator[str]:
    for child in tree:
        if _name(child) in {"category", "subject"}:
            yield to_line(child.get("term") or _text(child))


def _format(tree: Tree) -> str:
    for child in tree:
        is_enclosed = _local(child) == "enclosure" or child.get("rel") == "enclosure"
        kind = child.get("type", "").partition("/")[0]
        if is_enclosed and kind in MEDIA:
            return "photo" if kind == "image" else kind
    return "standard"


def _answers(values: dict[str, Tree]) -> str:
    answered = values.get("in-reply-to")
    return "" if answered is None else answered.get("ref", "").strip()
