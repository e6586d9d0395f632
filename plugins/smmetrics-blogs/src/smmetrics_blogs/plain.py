"""HTML of posts and comments to plain text and links.

What people type into comment forms is rarely sound HTML, and some of it is meant to do harm: the standard
library's parser takes four minutes over 120 KB of ``<a <a <a``. This one goes through the text once.
"""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from smmetrics_blogs.markup import Tag, scan

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
SPACES = re.compile(r"[^\S\n]+")
LINES = re.compile(r" ?\n(?:[ \n])*")


def to_text(html: str) -> tuple[str, list[str]]:
    """Plain text and the links in it (web addresses, in order, each once)."""
    parts: list[str] = []
    hrefs: list[str] = []
    for piece in scan(without(without(html, "<!--", "-->"), "<![", ">")):
        if isinstance(piece, str):
            parts.append(resolved(piece))
        else:
            parts.append("\n" if piece.name in BLOCKS else "")
            hrefs += _links(piece)
    text = "".join(parts)
    links = [*hrefs, *(link.rstrip(".,;:!?") for link in BARE_LINK.findall(text))]
    return tidy(text), list(dict.fromkeys(links))


def to_line(html: str) -> str:
    """A title as one line of text: entities resolved, tags left out."""
    text = to_text(html)[0] if "<" in html else resolved(html)
    return " ".join(text.split())


def resolved(text: str) -> str:
    """Character references as characters; numbers no character can have become a replacement mark."""
    return unescape(TOO_LONG.sub("\ufffd", text)) if "&" in text else text


def tidy(text: str) -> str:
    """Runs of spaces become one, runs of empty lines become one."""
    text = SPACES.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " "))
    return LINES.sub(lambda found: "\n\n" if found[0].count("\n") > 1 else "\n", text).strip()


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
