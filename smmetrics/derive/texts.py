"""What a text holds: a question, other people's names, links that lead away from us."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Iterable

COLUMNS = frozenset({"is_question", "other_mentions", "other_links"})
LINK = r"(?i)\b(?:https?://|www\.)[^\s<>\"]+"
NAME = r"(?:^|[^\w@/.])@([\w](?:[\w.\-]*\w)?(?:@[\w.\-]+\w)?)"
"""An ``@name``, also with a host; not an e-mail address, not a part of a link."""


def is_question() -> pl.Expr:
    """Whether the text, links removed, holds a question mark; unknown without a text."""
    return pl.col("text").str.replace_all(LINK, "").str.contains("?", literal=True)


def names_us(ours: Iterable[tuple[str, str]]) -> pl.Expr:
    """Whether a text names us. ``ours``: (platform, handle or person) that we are known by."""
    return _of_us(_mentioned(), ours) > 0


def other_mentions(ours: Iterable[tuple[str, str]]) -> pl.Expr:
    """How many others a text names, each once. ``ours``: (platform, handle or person) that are not others.

    The source's own list of mentions counts where it has one; else names are read from the text.
    """
    named = _mentioned()
    return (named.list.len() - _of_us(named, ours)).cast(pl.Int64)


def _mentioned() -> pl.Expr:
    """The names in a text, each once."""
    read = pl.col("text").str.replace_all(LINK, "").str.extract_all(NAME)
    names = read.list.eval(pl.element().str.extract(NAME).str.to_lowercase())
    listed = pl.col("mentions").list.eval(pl.element().str.strip_prefix("@").str.to_lowercase())
    return pl.coalesce(listed, names).list.unique()


def _of_us(named: pl.Expr, ours: Iterable[tuple[str, str]]) -> pl.Expr:
    """How many of the names in each row are ours on its platform: each is looked up, no row is held to all of ours."""
    by_platform: dict[str, set[str]] = {}
    for platform, name in ours:
        by_platform.setdefault(platform, set()).add(name.removeprefix("@").lower())
    found: pl.Expr = pl.when(named.is_not_null()).then(pl.lit(0, dtype=pl.Int64))
    for platform, names in sorted(by_platform.items()):
        known = named.list.eval(pl.element().is_in(sorted(names))).list.sum().cast(pl.Int64)
        found = pl.when(pl.col("platform") == platform).then(known).otherwise(found)
    return found


def other_links(own: Iterable[str]) -> pl.Expr:
    """How many links lead elsewhere, each once. ``own``: addresses of our accounts; what lies below them is ours."""
    found = pl.coalesce("links", pl.col("text").str.extract_all(LINK)).list.unique()
    places = sorted({re.escape(place) for url in own if (place := _place(url))})
    if not places:
        return found.list.len().cast(pl.Int64)
    ours = rf"(?i)^(?:https?://)?(?:www\.)?(?:{'|'.join(places)})(?:$|[/?#])"
    return found.list.eval(pl.element().filter(~pl.element().str.contains(ours))).list.len().cast(pl.Int64)


def _place(url: str) -> str:
    return re.sub(r"^(?:https?://)?(?:www\.)?", "", url.strip().lower()).rstrip("/")
