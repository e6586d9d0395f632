"""When a conversation was first used again: shared, quoted, or linked to from outside of it, by anybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from smmetrics.derive.texts import LINK

if TYPE_CHECKING:
    from smmetrics.derive.base import Base

COLUMN = "reused_at"
_CARRYING = ("share", "quote", "mention")
"""Kinds of post that carry on what they name; a mention is what another site's link left."""
_ADDRESS = r"^https?://(?:www\.)?|#.*$|[/.,;:!?)]+(?:#.*)?$"


def reused(base: Base) -> pl.DataFrame:
    """By root (platform, post_id): `COLUMN`, the first time after it was opened; who was not is not there."""
    nodes = base.nodes.select("i", "root", "parent", "kind", "created_at", "platform", "post_id")
    roots = nodes.select(pl.col("i").alias("of"), pl.col("root").alias("_root"))
    carried = nodes.filter(pl.col("kind").is_in(_CARRYING) & pl.col("parent").is_not_null()).select(
        pl.col("parent").alias("of"), "created_at", pl.lit(None, dtype=nodes.schema["root"]).alias("from")
    )
    linked = _linked(base, nodes).rename({"root": "from"}).select("of", "created_at", "from")
    used = pl.concat([carried, linked]).join(roots, on="of")
    outside = used.filter(pl.col("from").ne_missing(pl.col("_root")))
    opened = nodes.select(pl.col("i").alias("_root"), "platform", "post_id", pl.col("created_at").alias("_opened"))
    later = outside.join(opened, on="_root").filter(pl.col("created_at") > pl.col("_opened"))
    return later.group_by("platform", "post_id").agg(pl.col("created_at").min().alias(COLUMN))


def _linked(base: Base, nodes: pl.DataFrame) -> pl.DataFrame:
    """Posts that hold the address of another: its number (``of``), their own root and time."""
    texts = base.posts().select(
        "platform", "post_id", "permalink", pl.coalesce("links", pl.col("text").str.extract_all(LINK))
    )
    rows = nodes.join(texts.collect(), on=["platform", "post_id"], how="left", maintain_order="left")
    places = rows.select(pl.col("i").alias("of"), _bare("permalink").alias("_address")).drop_nulls()
    held = rows.select("root", "created_at", pl.col("links").alias("_address")).explode("_address")
    return held.with_columns(_bare("_address")).join(places.unique("_address", keep="first"), on="_address")


def _bare(name: str) -> pl.Expr:
    """An address as it is compared: without scheme, www., fragment and last slash, in small letters."""
    return pl.col(name).str.strip_chars().str.to_lowercase().str.replace_all(_ADDRESS, "")
