"""Columns of posts that labels fill: a person's word first, then the pinned labeller's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from smmetrics.api.labellers import ADDRESSED, SEPARATOR, YES, YES_NO_KINDS
from smmetrics.derive import addressed, labelling
from smmetrics.derive.keys import KEY
from smmetrics.derive.labelling import MADE, Chosen

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from smmetrics.derive.base import Base

_SAME = ("promo", "needs_reply", "sentiment", "intent", "voice", "voice_by", "toxicity", "language")
KINDS: Mapping[str, str] = {**dict(zip(_SAME, _SAME, strict=True)), "topics": "topic", "is_question": "question"}
"""By column, the kind of label that fills it."""
COLUMNS = frozenset(KINDS)


def labels(base: Base, kind: str) -> pl.LazyFrame | None:
    """What is known of posts' labels of a kind: platform, post_id, value, confidence; None where nobody labels it."""
    chosen = base.labelling.get(kind, Chosen(kind=kind))
    said = _human(base, chosen)
    if chosen.rule is None:
        return said
    told = labelling.machine(_read(base, chosen), chosen, base.snapshot.root / "cache", base.state)
    if said is None:
        return told
    both = told.join(said, on=KEY, how="full", coalesce=True, suffix="_said")
    spoken = pl.col("value_said").is_not_null()
    return both.select(*KEY, *(pl.when(spoken).then(f"{name}_said").otherwise(name).alias(name) for name in MADE))


def _human(base: Base, chosen: Chosen) -> pl.LazyFrame | None:
    if chosen.kind not in base.labelled_by_people:
        return None
    return (
        labelling.human(base.snapshot.current("labels"), base.snapshot.current("posts"), chosen.kind, chosen.people)
        .collect()
        .lazy()
    )


def _read(base: Base, chosen: Chosen) -> pl.LazyFrame:
    """The columns a labeller reads, of all posts that have a text."""
    from smmetrics.derive import posts  # noqa: PLC0415 (posts are made with labels, labels of posts)

    wanted = frozenset(chosen.reads) - {ADDRESSED, "text"}
    rows = posts.posts(base, wanted | {"text"})
    if ADDRESSED in chosen.reads:
        rows = rows.join(addressed.addressed(base), on=KEY, how="left", maintain_order="left")
    return rows.filter(pl.col("text").is_not_null())


def with_labels(rows: pl.LazyFrame, base: Base, asked: Collection[str]) -> pl.LazyFrame:
    """Posts with the columns asked for that labels fill; null where nobody labels them."""
    for column in sorted(COLUMNS & set(asked)):
        if column == "is_question" and not base.question_is_labelled:
            continue
        found = labels(base, KINDS[column])
        if found is None:
            continue
        value = found.select(*KEY, typed(KINDS[column]).alias("_label"))
        rows = rows.join(value, on=KEY, how="left", maintain_order="left")
        rows = rows.with_columns(_filled(column).alias(column)).drop("_label")
    return rows


def _filled(column: str) -> pl.Expr:
    """A language that the source reports stands; every other column is the label alone."""
    return pl.coalesce("language", "_label") if column == "language" else pl.col("_label")


def typed(kind: str) -> pl.Expr:
    """A label's value as its column has it."""
    value = pl.col("value")
    if kind in YES_NO_KINDS:
        return value == YES
    if kind == "toxicity":
        return value.cast(pl.Float64(), strict=False)
    return values_of() if kind == "topic" else value


def values_of() -> pl.Expr:
    """The several values of one label, each once; an empty text says that there is none."""
    parts = pl.col("value").str.split(SEPARATOR).list.eval(pl.element().str.strip_chars())
    return parts.list.eval(pl.element().filter(pl.element() != "")).list.unique(maintain_order=True)
