"""Labels of posts: what a labeller says of their texts, and over it what people say.

Nothing is labelled before a formula asks for it. A labeller's answers are kept, and it is asked again only for posts
that are new or whose text, or whatever else it reads, has changed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import polars as pl

from smmetrics.api.errors import PluginFault
from smmetrics.api.labellers import HUMAN
from smmetrics.derive.keys import KEY
from smmetrics.store import cache
from smmetrics.store.files import oldest_first

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

MADE: Mapping[str, pl.DataType] = {"value": pl.String(), "confidence": pl.Float64()}
_WHAT = "_read"


class Rule(Protocol):
    """What a labeller's ``load`` names: columns of posts in, a value and how sure it is out, row by row."""

    def __call__(self, posts: pl.DataFrame, /) -> pl.DataFrame:
        """Label these posts."""
        ...


@dataclass(frozen=True, kw_only=True, slots=True)
class Chosen:
    """The labeller that labels a kind: its name and version, what it reads, what it may say, and its code.

    ``people`` is who alone may label (empty: everybody), where the strategy pins a person or people.
    """

    kind: str
    name: str = ""
    version: str = ""
    reads: tuple[str, ...] = ("text",)
    values: tuple[str, ...] = ()
    rule: Rule | None = None
    people: str = ""

    @property
    def record(self) -> tuple[str, ...]:
        """What a reading has to name of it."""
        return (self.kind, self.name, self.version, self.people)


def human(labels: pl.LazyFrame, posts: pl.LazyFrame, kind: str, people: str = "") -> pl.LazyFrame:
    """The labels of one kind that people put on posts: platform, post_id, value, confidence.

    A post may be named by its address. Of two labels of one post the one seen last counts; of two of one file, that
    of the person whose name is first.
    """
    said = labels.filter((pl.col("kind") == kind) & (pl.col("labeller") == HUMAN) & pl.col("value").is_not_null())
    if people:
        said = said.filter(pl.col("version") == people)
    by_address = posts.select("platform", _address("permalink").alias("_at"), pl.col("post_id").alias("_id"))
    unique = by_address.drop_nulls().unique(["platform", "_at"], keep="first", maintain_order=True)
    placed = said.with_columns(_at=_address("post_id")).join(unique, on=["platform", "_at"], how="left")
    newest = placed.with_columns(post_id=pl.coalesce("_id", "post_id")).sort(
        "observed_at", "version", descending=[True, False], nulls_last=True
    )
    one = newest.unique(list(KEY), keep="first", maintain_order=True)
    return one.select(*KEY, "value", confidence=pl.col("confidence").fill_null(1.0))


def _address(column: str) -> pl.Expr:
    """An address as it is compared: without scheme, ``www`` and the last slash."""
    text = pl.col(column).str.strip_chars().str.to_lowercase()
    bare = text.str.replace(r"^https?://(?:www\.)?", "").str.strip_chars_end("/")
    return pl.when(text.str.contains(r"^https?://")).then(bare)


def machine(posts: pl.LazyFrame, chosen: Chosen, folder: Path, state: str) -> pl.LazyFrame:
    """What the labeller says of posts (with its columns): platform, post_id, value, confidence. Kept and reused."""
    name = f"label_{chosen.kind}_{chosen.name}_{chosen.version}".replace("-", "_").replace("/", "_")
    path = folder / f"{name}-{state}.parquet"
    kept = cache.kept(path, lambda: _made(posts, chosen, _newest(folder, name)))
    return kept.select(*KEY, *MADE)


def _newest(folder: Path, name: str) -> pl.DataFrame | None:
    """What the labeller said before; None where nothing is kept or can be read."""
    older = oldest_first(folder, f"{name}-*.parquet")
    try:
        return pl.read_parquet(older[-1], glob=False, hive_partitioning=False) if older else None
    except (pl.exceptions.PolarsError, OSError):
        return None


def _made(posts: pl.LazyFrame, chosen: Chosen, before: pl.DataFrame | None) -> pl.DataFrame:
    rows = posts.select(list(dict.fromkeys((*KEY, *chosen.reads)))).collect().rechunk()
    texts = [pl.col(n).list.join("\x1f") for n, t in rows.select(chosen.reads).schema.items() if isinstance(t, pl.List)]
    read = rows.lazy().with_columns(texts).select(pl.struct(chosen.reads).hash()).collect().to_series()
    rows = rows.with_columns(read.alias(_WHAT))
    if before is None:
        return _labelled(rows, chosen)
    known = rows.select(*KEY, _WHAT).join(before, on=[*KEY, _WHAT], how="inner", nulls_equal=True)
    new = rows.join(known, on=[*KEY, _WHAT], how="anti", nulls_equal=True)
    return pl.concat([known, _labelled(new, chosen)])


def _labelled(rows: pl.DataFrame, chosen: Chosen) -> pl.DataFrame:
    """Ask the labeller, and hold it to its word: as many rows, and nothing but its values."""
    if chosen.rule is None:
        raise AssertionError(chosen)
    given = chosen.rule(rows.select(chosen.reads)) if rows.height else pl.DataFrame(schema=MADE)
    absent = [pl.lit(None, dtype=dtype).alias(name) for name, dtype in MADE.items() if name not in given.columns]
    said = given.with_columns(absent).select(pl.col(name).cast(dtype) for name, dtype in MADE.items())
    if said.height != rows.height:
        raise _broken(chosen, f"gave {said.height:,} rows for {rows.height:,} posts")
    odd = set(said.get_column("value").drop_nulls().unique()) - set(chosen.values) if chosen.values else set()
    if odd:
        raise _broken(chosen, f"gave the value {min(odd)!r}, which is none of {', '.join(chosen.values)}")
    return pl.concat([rows.select(*KEY, _WHAT), said], how="horizontal")


def _broken(chosen: Chosen, what: str) -> PluginFault:
    message = f"the labeller {chosen.name}@{chosen.version} of {chosen.kind} {what}"
    hint = "A labeller gives one row a post, in the order in which it was given them."
    return PluginFault(message, hint=hint, code="labeller.broken")
