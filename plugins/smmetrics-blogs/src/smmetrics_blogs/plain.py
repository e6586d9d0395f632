"""HTML of posts and comments to plain text and links.

What people type into comment forms is rarely sound HTML, and some of it is meant to do harm: the standard
library's parser takes four minutes over 120 KB of ``<a <a <a``. This one goes through the text once.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape
from typing import TYPE_CHECKING

from smmetrics_blogs.markup import NAME, RAW, Tag, scan

if TYPE_CHECKING:
    from collections.abc import Iterator

BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "br", "dd", "div", "dl", "dt", "figcaption", "figure", "footer",
    "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section",
    "table", "td", "th", "tr", "ul",
})  # fmt: skip
HREF = re.compile(r"""(?:^|\s)href\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
BARE_LINK = re.compile(r"https?://[^\s<>\"')\]]+")
TOO_LONG = re.compile(r"&#(?:\d{8,}|[xX][0-9a-fA-F]{8,});?")
SPACES, EDGES = re.compile(r"[^\S\n]{2,}|[^\S \n]"), re.compile(r" *\n *")
"""Runs of blanks that are not one already, and blanks around a line end."""
LONG = 512
"""Letters from which on a tag, or a comment, is too long to be kept in mind."""
WHOLE_COMMENT = re.compile(r"!--.*--", re.DOTALL)


def to_text(html: str) -> tuple[str, list[str]]:
    """Plain text and the links in it (web addresses, in order, each once)."""
    parts, hrefs = _taken_apart(html)
    text = "".join(parts)
    if "://" in text:
        hrefs += [link.rstrip(".,;:!?") for link in BARE_LINK.findall(text)]
    return tidy(text), list(dict.fromkeys(hrefs))


def _taken_apart(html: str) -> tuple[list[str], list[str]]:
    """The texts between tags, with line ends where these divide, and the addresses in them."""
    found = _taken_apart_quickly(html)
    if found is None and "<!" in html:
        html = without(without(html, "<!--", "-->"), "<![", ">")
        found = _taken_apart_quickly(html)
    return found or _taken_apart_slowly(html)


def _taken_apart_quickly(html: str) -> tuple[list[str], list[str]] | None:
    """The same where all tags are written soundly; None where any is not."""
    before, *pieces = html.split("<")
    parts = [before]
    hrefs: list[str] = []
    for piece in pieces:
        tag, closed, text = piece.partition(">")
        told = _told(tag) if closed and len(tag) < LONG else None
        if told is None:
            return None
        mark, addresses = told
        parts.append(mark)
        parts.append(text)
        if addresses:
            hrefs.extend(addresses)
    return list(map(resolved, parts)) if "&" in html else parts, hrefs


@lru_cache(maxsize=1 << 12)
def _told(tag: str) -> tuple[str, tuple[str, ...]] | None:
    """What a tag that is written soundly stands for in a text, and its address; None for any other, and for scripts."""
    if WHOLE_COMMENT.fullmatch(tag):
        return "", ()
    named = NAME.match(tag)
    if named is None or "'" in tag or tag.count('"') % 2 or named[2].lower() in RAW:
        return None
    found = Tag(named[2].lower(), tag[named.end() :], bool(named[1]))
    return _stands_for(found), tuple(_links(found))


def _taken_apart_slowly(html: str) -> tuple[list[str], list[str]]:
    """The same of what may be broken."""
    parts: list[str] = []
    hrefs: list[str] = []
    for piece in scan(html):
        if isinstance(piece, str):
            parts.append(resolved(piece))
        else:
            parts.append(_stands_for(piece))
            hrefs += _links(piece)
    return parts, hrefs


def _stands_for(tag: Tag) -> str:
    return "\n" if tag.name in BLOCKS else ""


def to_line(html: str) -> str:
    """A title as one line of text: entities resolved, tags left out."""
    text = to_text(html)[0] if "<" in html else resolved(html)
    return " ".join(text.split())


def resolved(text: str) -> str:
    """Character references as characters; numbers no character can have become a replacement mark."""
    return unescape(TOO_LONG.sub("\ufffd", text)) if "&" in text else text


def tidy(text: str) -> str:
    """Runs of spaces become one, runs of empty lines become one."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "  " in text or not (text.isascii() and text.replace("\n", "").isprintable()):
        text = SPACES.sub(" ", text)
    if " \n" in text or "\n " in text:
        text = EDGES.sub("\n", text)
    while "\n\n\n" in text:  # each time a third of the longest run is left out
        text = text.replace("\n\n\n", "\n\n")
    return text.strip()


def without(text: str, opening: str, closing: str) -> str:
    """Cut out every section between two marks; a mark without its end is cut out alone."""
    kept, position = [], 0
    while (start := text.find(opening, position)) >= 0:
        kept.append(text[position:start])
        end = text.find(closing, start + len(opening))
        if end < 0:
            return "".join([*kept, text[start:].replace(opening, "")])
        position = end + len(closing)
    return "".join([*kept, text[position:]])


def _links(tag: Tag) -> Iterator[str]:
    found = HREF.search(tag.attributes) if tag.name == "a" and not tag.closing else None
    address = resolved(next((group for group in found.groups() if group), "")).strip() if found else ""
    if address.lower().startswith(("http://", "https://")):
        yield address
