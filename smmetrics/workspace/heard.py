"""What posts say, for the review: which tell a story, and which fall in a quiet time."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from smmetrics.derive import Derived
    from smmetrics.strategy.model import CalendarDay, Story

QUIET = "quiet"


def stories(derived: Derived, told: Mapping[str, Story]) -> tuple[int, Mapping[str, int]]:
    """How many posts have a text, and how many of them each story matches."""
    if not told:
        return 0, {}
    posts = derived.frame("posts", frozenset({"title", "text", "language"}))
    said = pl.concat_str("title", "text", separator="\n", ignore_nulls=True)
    texts = posts.filter(pl.col("text").is_not_null()).select("language", said.alias("said"))
    row = texts.select(pl.len().alias("*"), *(_tells(story).sum().alias(name) for name, story in told.items()))
    counted = row.collect().row(0, named=True)
    return int(counted.pop("*")), {name: int(n or 0) for name, n in counted.items()}


def _tells(story: Story) -> pl.Expr:
    """Whether a text holds one of ``any``, each of ``all`` and none of ``none``; as whole words, capitals aside."""
    said, tells = pl.col("said"), pl.lit(value=bool(_words(story.any) or _words(story.all)))
    if _words(story.any):
        tells &= said.str.contains(_one_of(story.any))
    for word in _words(story.all):
        tells &= said.str.contains(_one_of((word,)))
    if _words(story.none):
        tells &= ~said.str.contains(_one_of(story.none))
    if story.languages:
        tells &= pl.col("language").is_in(list(story.languages)).fill_null(value=True)
    return tells.fill_null(value=False)


def _words(words: Iterable[str]) -> list[str]:
    return [word.strip() for word in words if word.strip()]


def _one_of(words: Iterable[str]) -> str:
    return rf"(?i)(?:^|\W)(?:{'|'.join(map(re.escape, _words(words)))})(?:\W|$)"


def quiet(derived: Derived, calendar: Sequence[CalendarDay], today: date) -> Mapping[int, int | None]:
    """Posts of ours in each quiet time that has begun; none where no post of ours came in."""
    begun = {
        n: (entry.date, entry.until or entry.date)
        for n, entry in enumerate(calendar)
        if entry.kind.strip().casefold() == QUIET and entry.date <= today
    }
    if not begun:
        return {}
    days = derived.frame("posts", frozenset({"ours"})).filter(pl.col("ours")).select("created_on").collect()
    if not days.height:
        return dict.fromkeys(begun)
    return {n: days.filter(pl.col("created_on").is_between(*span)).height for n, span in begun.items()}
