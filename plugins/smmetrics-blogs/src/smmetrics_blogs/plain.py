"""HTML of posts and comments to plain text and links, with the standard library's parser.

What people type into comment forms is rarely sound HTML. Comments and marked sections are cut out beforehand in
one linear pass: the parser takes quadratic time over unfinished ones and stops at unknown ones.
"""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser

BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "br", "dd", "div", "dl", "dt", "figcaption", "figure", "footer",
    "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section",
    "table", "td", "th", "tr", "ul",
})  # fmt: skip
SILENT = frozenset({"script", "style"})
BARE_LINK = re.compile(r"https?://[^\s<>\"')\]]+")
SPACES = re.compile(r"[^\S\n]+")
LINES = re.compile(r" ?\n(?:[ \n])*")


def to_text(html: str) -> tuple[str, list[str]]:
    """Plain text and the links in it (web addresses, in order, each once)."""
    if "<" not in html and "&" not in html:
        text, hrefs = html, []
    else:
        reader = _Reader()
        reader.feed(without(without(html, "<!--", "-->"), "<![", ">"))
        reader.close()
        text, hrefs = "".join(reader.parts), reader.hrefs
    links = [*hrefs, *(link.rstrip(".,;:!?") for link in BARE_LINK.findall(text))]
    return tidy(text), list(dict.fromkeys(links))


def to_line(html: str) -> str:
    """A title as one line of text: entities resolved, tags left out."""
    text = to_text(html)[0] if "<" in html else unescape(html)
    return " ".join(text.split())


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


class _Reader(HTMLParser):
    """Collects text and addresses; what is no prose (scripts, styles) is passed over."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.hrefs: list[str] = []
        self._silent: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in SILENT:
            self._silent.append(tag)
        if tag in BLOCKS:
            self.parts.append("\n")
        href = dict(attrs).get("href") if tag == "a" else None
        if href and href.strip().lower().startswith(("http://", "https://")):
            self.hrefs.append(href.strip())

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if self._silent and self._silent[-1] == tag:
            self._silent.pop()

    def handle_endtag(self, tag: str) -> None:
        if tag in self._silent:
            while self._silent.pop() != tag:
                pass
        if tag in BLOCKS and tag != "br":
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.parts.append(data)
