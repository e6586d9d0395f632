"""Which campaign of the strategy a post belongs to: what the source says, else what marks the strategy gives it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import polars as pl

from smmetrics.derive.texts import LINK
from smmetrics.tables.scope import bare

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from smmetrics.tables.scope import Campaign

COLUMN = "campaign"
_TAG = r"(?:^|[^\w&/])[#＃](\w+)"
"""A ``#tag`` in a text; not the fragment of a link, not ``&#39;``."""


def campaign(known: Iterable[Campaign]) -> pl.Expr:
    """The campaign a post belongs to: of several whose marks it bears, the one the strategy names first.

    Over stored columns of posts and ``created_on``. A tag or a link marks a post of the campaign's days only, where the
    strategy states them: tags come again every year. A post that is named belongs to it whenever it was made.
    """
    tags = pl.col("text").str.replace_all(LINK, "").str.to_lowercase().str.extract_all(_TAG)
    read = tags.list.eval(pl.element().str.extract(_TAG))
    told = pl.col("hashtags").list.eval(pl.element().str.strip_prefix("#").str.to_lowercase())
    links = pl.concat_str(pl.col("links").list.join(" "), "text", separator=" ", ignore_nulls=True).str.to_lowercase()
    address = pl.col("permalink").str.strip_chars().str.to_lowercase().str.replace(r"^https?://(?:www\.)?", "")
    id_ = pl.concat_list(pl.col("post_id").str.to_lowercase(), address.str.strip_chars_end("/"))
    chosen = [
        pl.when(pl.any_horizontal(*_marked(each, pl.coalesce(told, read), links, id_))).then(pl.lit(each.name))
        for each in known
    ]
    return pl.coalesce(COLUMN, *chosen) if chosen else pl.col(COLUMN)


def _marked(each: Campaign, tags: pl.Expr, links: pl.Expr, id_: pl.Expr) -> Iterator[pl.Expr]:
    """Ways in which a post bears a campaign's marks; none of them: not."""
    yield pl.lit(value=False)
    day = pl.col("created_on")
    since = day >= each.since if each.since else pl.lit(value=True)
    then = since & (day <= each.until if each.until else pl.lit(value=True))
    if each.hashtags:
        named = [tag.strip().removeprefix("#").lower() for tag in each.hashtags]
        yield tags.list.eval(pl.element().is_in(named)).list.any() & then
    if each.links:
        parts = "|".join(re.escape(part.strip().lower()) for part in each.links)
        yield links.str.contains(rf"(?:{parts})(?:$|[^\w-])") & then
    if each.posts:
        yield id_.list.eval(pl.element().is_in([bare(post) for post in each.posts])).list.any()
