"""Which paths stand at the beginning of a JSON file, even if that beginning ends in the middle of a value."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

HEAD, DEPTH = 1 << 18, 100
"""Bytes that are looked at, and how deep: no export nests that far, and the path of each level holds all above it."""
TOKEN = re.compile(rb'\s*(?:(?P<text>"(?:[^"\\]|\\.)*+")|(?P<sign>[{}\[\]:,])|(?P<word>[^\s"{}\[\]:,]++))')
SHORT, MOST = 64, 5000
UNQUOTED = re.compile(rb"[\s\[]*\{[\s{]*(?P<name>'[^'\n]*'|[A-Za-z_$][\w$]*)\s*:")
DECODER = json.JSONDecoder(strict=False)
BETWEEN, COMMA = re.compile(r"[ \t\r\n]*"), re.compile(r"[ \t\r\n]*,")
START = re.compile(rb"\s*(?:\{\s*[\"}]|\[\s*(?:[\[{\]\"\d]|-|true|false|null))")


def json_start(head: bytes) -> bool:
    """Whether bytes begin like a JSON object or array, and not like a table whose first cell has a bracket."""
    match = START.match(head)
    return match is not None and next(_values(head[:HEAD]), None) is not None


def unquoted(head: bytes) -> str:
    """The first name of an object if no double quotes are around it, as programs print them; empty where they are."""
    match = UNQUOTED.match(head)
    return match["name"].decode("utf-8", "replace") if match else ""


def paths(head: bytes) -> frozenset[str]:
    """Paths of all values from the root, elements of arrays as ``[]``; ``path=text`` where a text is short."""
    seen = _Seen()
    rest = seen.take(head[:HEAD])
    for path, text in _values(rest):
        seen.note(path, text)
    return frozenset(seen.found)


class _Seen:
    """The paths met so far, and by each the paths of what lies in it."""

    def __init__(self) -> None:
        self.found: set[str] = set()
        self._inside: dict[str, dict[str, str]] = {}

    def note(self, path: str, text: str | None) -> None:
        """Take down a value, and what it says if it is a short text."""
        self.found.add(path)
        if text is not None and len(text) <= SHORT and len(self.found) < MOST:
            self.found.add(f"{path}={text}")

    def take(self, head: bytes) -> bytes:
        """Take down the values that stand whole at the beginning, of a document, an array or lines; give the rest.

        A value at once, by the standard library, is several times faster than a token at a time.
        """
        text = head.decode("utf-8", "replace")
        array = text.lstrip()[:1] == "["
        base, at = ("[]", text.index("[") + 1) if array else ("", 0)
        if array:
            self.note("", None)
        while True:
            between = BETWEEN.match(text, at)
            at = between.end() if between else at
            try:
                value, end = DECODER.raw_decode(text, at)
                self._walk(value, base, DEPTH - 1)
            except (ValueError, RecursionError):
                return b"[" * array + text[at:].encode("utf-8", "replace")
            at = end
            if array and (comma := COMMA.match(text, at)):
                at = comma.end()

    def _walk(self, value: object, path: str, room: int) -> None:
        if not room:
            raise RecursionError
        if isinstance(value, dict):
            self.found.add(path)
            inside = self._inside.setdefault(path, {})
            for key, each in value.items():
                below = inside.get(key)
                if below is None:
                    below = inside[key] = f"{path}.{key}" if path else key
                self._walk(each, below, room - 1)
        elif isinstance(value, list):
            self.found.add(path)
            below = f"{path}[]"
            for each in value:
                self._walk(each, below, room - 1)
        else:
            self.note(path, value if isinstance(value, str) else None)


def _values(head: bytes) -> Iterator[tuple[str, str | None]]:
    """Each value: its path, and what it says if it is a text."""
    stack: list[str] = []
    arrays: list[bool] = []
    key: str | None = None
    at = 0
    while match := TOKEN.match(head, at):
        at = match.end()
        sign = match["sign"]
        if match["text"] is not None:
            text = _text(match["text"])
            if arrays and not arrays[-1] and key is None:
                key = text
                continue
            yield _path(stack, key, arrays), text
            key = None
        elif sign in (b"{", b"["):
            path = _path(stack, key, arrays)
            yield path, None
            if len(stack) == DEPTH:
                return
            stack.append(path)
            arrays.append(sign == b"[")
            key = None
        elif sign in (b"}", b"]"):
            if not stack:
                return
            stack.pop()
            arrays.pop()
        elif match["word"] is not None:
            if arrays and not arrays[-1] and key is None:
                return  # a name without quotes: whatever this is, it is no JSON
            yield _path(stack, key, arrays), None
            key = None


def _path(stack: list[str], key: str | None, arrays: list[bool]) -> str:
    if not stack:
        return ""
    if arrays[-1]:
        return f"{stack[-1]}[]"
    return f"{stack[-1]}.{key}" if stack[-1] else str(key)


def _text(raw: bytes) -> str:
    if b"\\" not in raw and b"\0" not in raw:
        return raw[1:-1].decode("utf-8", "replace")
    try:
        return str(json.loads(raw))
    except ValueError:
        return raw[1:-1].decode("utf-8", "replace")
