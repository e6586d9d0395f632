r"""Where in the text each key stands. No TOML reader for Python says so, therefore the text is walked once more.

The text has been read by `tomllib` before: this scanner may trust its syntax and only follows it: tables, arrays
of tables, dotted and quoted keys, inline tables, nested lists, and strings of all four kinds.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from smmetrics.strategy.faults import Path

BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
SPACE = re.compile(r"[ \t]*")
BARE = re.compile(r"[A-Za-z0-9_-]+")
PLAIN = re.compile(r"""([A-Za-z0-9_-]+)[ \t]*=[ \t]*(?:"[^"\\\n]*"(?!")|[^\s"'\[{#][^#\n]*)""")
"""What most lines are: a bare key, and a text or another value that ends with the line and holds no further places."""
SCALAR = re.compile(r"[^,\]}#\n]*")
BASIC = re.compile(r'"((?:[^"\\]|\\.)*)"', re.DOTALL)
LITERAL = re.compile(r"'([^']*)'")
LONG_BASIC = re.compile(r'"""(?:[^\\]|\\.)*?"{3,5}(?!")', re.DOTALL)
LONG_LITERAL = re.compile(r"'''.*?'{3,5}(?!')", re.DOTALL)
ESCAPE = re.compile(r"\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)", re.DOTALL)
ESCAPES = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r"}


class Lines:
    """Line numbers by place: ``lines.of("goals", "answer-people", "why")``."""

    def __init__(self, places: Mapping[Path, int], headers: Sequence[tuple[Path, int]] = ()) -> None:
        """Keep the places, and the lines of ``[table]`` and ``[[table]]`` in the order of the file."""
        self.places = places
        self.headers = tuple(headers)

    def of(self, *path: str | int) -> int:
        """The line of a place, or of the nearest place around it that the file has (1: the file itself)."""
        for end in range(len(path), 0, -1):
            if path[:end] in self.places:
                return self.places[path[:end]]
        return 1


def locate(text: str) -> Lines:
    """Find the line of every table, key and list item of a valid TOML text."""
    walk = _Walk(text.replace("\r\n", "\n"))
    return Lines(walk.document(), walk.headers)


class _Walk:
    """One pass over the text. ``at`` is the next character; every method starts at its thing and ends behind it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.places: dict[Path, int] = {}
        self.headers: list[tuple[Path, int]] = []
        self.counts: dict[Path, int] = {}
        self.line = 1
        self.counted = 0

    def document(self) -> dict[Path, int]:
        """Walk headers and keys to the end."""
        table: Path = ()
        self.skip(BLANK)
        while self.at < len(self.text):
            if self.text[self.at] == "[":
                table = self.header()
            elif plain := PLAIN.match(self.text, self.at):
                self.mark((*table, plain[1]))
                self.at = plain.end()
            else:
                self.pair(table)
            self.skip(BLANK)
        return self.places

    def skip(self, pattern: re.Pattern[str]) -> str:
        """Step over what the pattern matches here."""
        match = pattern.match(self.text, self.at)
        assert match is not None, f"a valid TOML text does not stop at character {self.at}"
        self.at = match.end()
        return match[0]

    def mark(self, path: Path, *, again: bool = False) -> None:
        """Note that a place begins on this line; the first mention stands unless ``again``."""
        self.line += self.text.count("\n", self.counted, self.at)
        self.counted = self.at
        if again or path not in self.places:
            self.places[path] = self.line

    def header(self) -> Path:
        """``[a.b]`` or ``[[a.b]]``: which table the keys that follow belong to."""
        many = self.text.startswith("[[", self.at)
        self.at += 2 if many else 1
        keys = self.key()
        table: Path = ()
        for part in keys[:-1]:
            table = self.newest((*table, part))
            self.mark(table)
        table = (*table, keys[-1])
        self.at += 2 if many else 1
        if not many:
            table = self.newest(table)
            self.mark(table, again=True)
            self.headers.append((table, self.line))
            return table
        self.mark(table)
        self.counts[table] = self.counts.get(table, -1) + 1
        table = (*table, self.counts[table])
        self.mark(table)
        self.headers.append((table, self.line))
        return table

    def newest(self, table: Path) -> Path:
        """The table itself, or the last one of an array of tables."""
        return (*table, self.counts[table]) if table in self.counts else table

    def key(self) -> list[str]:
        """A key with its dots and quotes, as a list of parts."""
        parts = [self.part()]
        while self.text.startswith(".", self.at):
            self.at += 1
            parts.append(self.part())
        return parts

    def part(self) -> str:
        """One part of a key."""
        self.skip(SPACE)
        start = self.text[self.at]
        if start == '"':
            found = ESCAPE.sub(_unescape, self.skip(BASIC)[1:-1])
        elif start == "'":
            found = self.skip(LITERAL)[1:-1]
        else:
            found = self.skip(BARE)
        self.skip(SPACE)
        return found

    def pair(self, table: Path) -> None:
        """``key = value``; a dotted key also names the tables on its way."""
        begin = self.at
        parts = self.key()
        end, self.at = self.at, begin
        for depth in range(1, len(parts) + 1):
            self.mark((*table, *parts[:depth]))
        self.at = end + 1
        self.skip(SPACE)
        self.value((*table, *parts))

    def value(self, path: Path) -> None:
        """Any value; only lists and inline tables hold further places."""
        start = self.text[self.at]
        if start == "[":
            self.items(path)
        elif start == "{":
            self.inline(path)
        elif start in "\"'":
            long = self.text.startswith(start * 3, self.at)
            basic, literal = (LONG_BASIC, LONG_LITERAL) if long else (BASIC, LITERAL)
            self.skip(basic if start == '"' else literal)
        else:
            self.skip(SCALAR)

    def items(self, path: Path) -> None:
        """A list: each item is a place of its own."""
        self.at += 1
        self.skip(BLANK)
        number = 0
        while self.text[self.at] != "]":
            self.mark((*path, number))
            self.value((*path, number))
            self.comma()
            number += 1
        self.at += 1

    def inline(self, path: Path) -> None:
        """An inline table: keys between braces."""
        self.at += 1
        self.skip(BLANK)
        while self.text[self.at] != "}":
            self.pair(path)
            self.comma()
        self.at += 1

    def comma(self) -> None:
        """Step over a separator with the blanks and comments around it."""
        self.skip(BLANK)
        if self.text[self.at] == ",":
            self.at += 1
            self.skip(BLANK)


def _unescape(match: re.Match[str]) -> str:
    code = match[1]
    return chr(int(code[1:], 16)) if len(code) > 1 else ESCAPES.get(code, code)
