"""All that leads to the people who are to be forgotten, in clear: used while they are looked for, never stored."""

from __future__ import annotations

import html
import json
import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal
from unicodedata import normalize

from smmetrics.tables.scope import bare

if TYPE_CHECKING:
    from collections.abc import Iterable

    import polars as pl

Kind = Literal["person", "author", "account", "name", "post"]
Pair = tuple[str, str]
"""A platform and something of that platform."""
MASK = "[forgotten]"
SHORTEST_NAME, SHORTEST_ID, SHORTEST_TEXT = 3, 6, 20
"""What is shorter is not looked for inside texts: it would be found in every second one. As a whole cell it is."""


@dataclass(frozen=True, kw_only=True)
class Traces:
    """The persons (pseudonyms), their ids, accounts, names and posts by platform, and the texts they wrote.

    ``words``: names to be found anywhere, whatever the platform.
    """

    persons: frozenset[Pair] = frozenset()
    authors: frozenset[Pair] = frozenset()
    accounts: frozenset[Pair] = frozenset()
    names: frozenset[Pair] = frozenset()
    posts: frozenset[Pair] = frozenset()
    words: frozenset[str] = frozenset()
    texts: frozenset[str] = field(default=frozenset(), repr=False)

    @cached_property
    def all_words(self) -> tuple[str, ...]:
        """Names and handles as they may stand in a text, the longest first."""
        said = {name.strip().removeprefix("@") for _, name in self.names} | {
            word.strip().removeprefix("@") for word in self.words
        }
        forms = {normalize(form, word) for word in said for form in ("NFC", "NFD")}
        return tuple(
            sorted((each for each in forms if len(each) >= SHORTEST_NAME), key=lambda each: (-len(each), each))
        )

    @cached_property
    def all_ids(self) -> tuple[str, ...]:
        """Ids that are long enough to be nobody else's."""
        pairs = self.persons | self.authors | self.accounts | self.posts
        return tuple(
            sorted({value for _, value in pairs if len(value) >= SHORTEST_ID}, key=lambda each: (-len(each), each))
        )

    def matches(self, kind: Kind, platforms: pl.Series, values: pl.Series) -> pl.Series:
        """Which cells are theirs. Pseudonyms and names said without a platform match on every platform."""
        wanted = {"person": self.persons, "author": self.authors, "account": self.accounts, "post": self.posts}
        if kind == "name":
            anywhere = {bare(word) for word in self.words}
            pairs = {(platform, bare(name)) for platform, name in self.names}
            return _mask(platforms, values.str.strip_chars().str.strip_prefix("@").str.to_lowercase(), pairs, anywhere)
        anywhere = {value for _, value in self.persons} if kind == "person" else set()
        return _mask(platforms, values, wanted[kind], anywhere)

    def redact(self, texts: pl.Series) -> pl.Series:
        """Texts with names, ids and what they wrote masked."""
        rust = self._pattern
        done = texts
        long = [text for text in self.texts if len(text) >= SHORTEST_TEXT]
        literal = sorted({*long, *self.all_ids}, key=lambda each: (-len(each), each))
        if literal:
            done = done.str.replace_many(literal, [MASK] * len(literal), leftmost=True)
        return done.str.replace_all(rust, MASK) if rust else done

    @cached_property
    def _pattern(self) -> str:
        words = {form for word in self.all_words for form in (word, json.dumps(word)[1:-1], html.escape(word))}
        return (
            f"(?i)(?:{'|'.join(_bounded(word) for word in sorted(words, key=lambda each: (-len(each), each)))})"
            if words
            else ""
        )

    @cached_property
    def in_bytes(self) -> re.Pattern[bytes] | None:
        """What to look for in files: names as whole words, ids, texts; also in UTF-16, JSON and HTML spelling."""
        return byte_pattern(self.all_words, (*self.all_ids, *(t for t in self.texts if len(t) >= SHORTEST_TEXT)))


def _mask(platforms: pl.Series, values: pl.Series, pairs: Iterable[Pair], anywhere: Iterable[str]) -> pl.Series:
    mask = values.is_in(sorted(anywhere)) if anywhere else values.is_null() & False
    by_platform: dict[str, list[str]] = {}
    for platform, value in pairs:
        by_platform.setdefault(platform, []).append(value)
    for platform, mine in by_platform.items():
        here = platforms == platform if platform else platforms.is_null() | True
        mask = mask | (values.is_in(mine) & here.fill_null(value=False))
    return mask.fill_null(value=False)


def _bounded(word: str) -> str:
    """The word as a whole one, in the syntax that Polars understands."""
    left = r"\b" if word[0].isalnum() or word[0] == "_" else ""
    right = r"\b" if word[-1].isalnum() or word[-1] == "_" else ""
    return f"{left}{re.escape(word)}{right}"


def byte_pattern(words: Iterable[str], literals: Iterable[str]) -> re.Pattern[bytes] | None:
    """A pattern for files: whole words whatever their case, and literals; in every spelling that files use."""
    parts: dict[bytes, None] = {}
    for word in words:
        for form in dict.fromkeys((word, json.dumps(word)[1:-1], html.escape(word))):
            parts[rb"(?<![0-9A-Za-z_])" + re.escape(form.encode()) + rb"(?![0-9A-Za-z_])"] = None
        for encoding in ("utf-16-le", "utf-16-be", "latin-1"):
            parts |= _encoded(word, encoding)
    for literal in literals:
        for form in dict.fromkeys((literal, json.dumps(literal)[1:-1], html.escape(literal))):
            parts[re.escape(form.encode())] = None
        for encoding in ("utf-16-le", "utf-16-be"):
            parts |= _encoded(literal, encoding)
    return re.compile(b"|".join(parts), re.IGNORECASE) if parts else None


def _encoded(word: str, encoding: str) -> dict[bytes, None]:
    try:
        found = word.encode(encoding)
    except UnicodeEncodeError:
        return {}
    return {} if found == word.encode() else {re.escape(found): None}
