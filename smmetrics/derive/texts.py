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
_TEXTS = pl.List(pl.String())


def is_question() -> pl.Expr:
    """Whether the text, links removed, holds a question mark; unknown without a text."""
    return pl.col("text").str.replace_all(LINK, "").str.contains("?", literal=True)


def names_us(ours: Iterable[tuple[str, str]]) -> pl.Expr:
    """Whether a text names us. ``ours``: (platform, handle or person) that we are known by."""
    return _mentioned().list.set_intersection(_known(ours)).list.len() > 0


def other_mentions(ours: Iterable[tuple[str, str]]) -> pl.Expr:
    """How many others a text names, each once. ``ours``: (platform, handle or person) that are not others.

    The source's own list of mentions counts where it has one; else names are read from the text.
    """
    return _mentioned().list.set_difference(_known(ours)).list.len().cast(pl.Int64)


def _mentioned() -> pl.Expr:
    """The names in a text, each once."""
    read = pl.col("text").str.replace_all(LINK, "").str.extract_all(NAME)
    names = read.list.eval(pl.element().str.extract(NAME).str.to_lowercase())
    listed = pl.col("mentions").list.eval(pl.element().str.strip_prefix("@").str.to_lowercase())
    return pl.coalesce(listed, names).list.unique()


def _known(ours: Iterable[tuple[str, str]]) -> pl.Expr:
    """Our names on the platform of each row."""
    by_platform: dict[str, list[str]] = {}
    for platform, name in ours:
        by_platform.setdefault(platform, []).append(name.removeprefix("@").lower())
    known = pl.lit(None, dtype=_TEXTS)
    for platform, handles in by_platform.items():
        known = (
            pl.when(pl.col("platform") == platform).then(pl.lit(sorted(set(handles)), dtype=_TEXTS)).otherwise(known)
        )
    return known.fill_null(pl.lit([], dtype=_TEXTS))


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
