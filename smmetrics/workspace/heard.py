"""What posts say, for the review: which tell a story, and which fall in a quiet time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from smmetrics.derive.labellers import declared

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from smmetrics.derive import Derived
    from smmetrics.strategy.model import CalendarDay, Story, Topic

QUIET = "quiet"


def stories(derived: Derived, told: Mapping[str, Story]) -> tuple[int, Mapping[str, int]]:
    """How many posts have a text, and how many of them each story matches."""
    if not told:
        return 0, {}
    posts = derived.frame("posts", frozenset({"title", "text", "language"}))
    texts = posts.filter(pl.col("text").is_not_null()).select("language", declared.said().alias("said"))
    found = {name: declared.finds(query_of(story), pl.col("said")) for name, story in told.items()}
    row = texts.select(pl.len().alias("*"), *(expr.sum().alias(name) for name, expr in found.items()))
    counted = row.collect().row(0, named=True)
    return int(counted.pop("*")), {name: int(n or 0) for name, n in counted.items()}


def query_of(told: Story | Topic) -> declared.Query:
    """What a story or topic is found by."""
    languages = getattr(told, "languages", ())
    return declared.Query(any=told.any, all=told.all, none=told.none, languages=languages)


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
