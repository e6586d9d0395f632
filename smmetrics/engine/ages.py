"""Which readings are compared at which age of posts, and what they come to there.

The value of a reading is computed from the newest numbers there are, whatever their age. What is compared with the
period before is computed again from posts of one age: at equal age where at least `ENOUGH` of the posts of both periods
were seen at it, else from matured ones. Younger posts leave both sides and are counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

import polars as pl

from smmetrics.derive.ages import VIEWS, Age
from smmetrics.engine.calendar import CODE
from smmetrics.engine.measures import family, reading_rows, reported

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from smmetrics.api.facts import View
    from smmetrics.derive.ages import Basis
    from smmetrics.engine.asking import Ask
    from smmetrics.engine.calendar import Calendar
    from smmetrics.engine.lens import Leaf
    from smmetrics.engine.request import Aging, Request, Tables

    Measured = Callable[[Sequence[Ask], Tables], pl.DataFrame]

ENOUGH = 0.8
"""The part of a period's posts that must have been seen at equal age, on both sides of a comparison."""
TAKEN = ("value", "low", "high", "n", "state")
"""What is kept of a reading at an age, under ``<basis>.<name>``."""
SHARE, YOUNG, KIND, REASON = "equal.share", "aged.young", "aged", "aged.reason"
HIDDEN = (*(f"{basis}.{name}" for basis in ("equal", "matured") for name in TAKEN), SHARE, YOUNG, KIND, REASON)
"""Columns that readings carry until they are compared."""
EXTENSIVE = frozenset({"count", "sum", "distinct", "last", "spread", "extreme"})
"""Families that a post left out makes smaller: comparable only where none is left out."""
_KEYS = ("metric", "goal", "question", "parameters", "platform", "account", "slice", "period_start")


@dataclass(frozen=True, slots=True)
class Aged:
    """A request whose posts have an age. ``counts``: it reads numbers reported of them; ``extensive``: it adds up."""

    ask: Ask
    counts: bool
    extensive: bool

    @property
    def request(self) -> Request:
        """What was asked for."""
        return self.ask.request


def aged(asks: Sequence[Ask], views: Mapping[str, View]) -> list[Aged]:
    """The requests whose readings depend on how old posts are."""
    found = []
    for one in asks:
        rows = [part for part in reading_rows(one.root) if part.table in VIEWS and part.table in views]
        if one.state or one.request.maturity <= 0 or not rows:
            continue
        counts = any(reported(part, views[part.table]) for part in rows)
        extensive = any(_adds_up(leaf) for leaf in one.aggregates)
        found.append(Aged(one, counts, extensive))
    return found


def _adds_up(leaf: Leaf) -> bool:
    return family(leaf) in EXTENSIVE and any(part.table in VIEWS for part in reading_rows(leaf))


def with_ages(
    made: pl.DataFrame,
    found: Sequence[Aged],
    tables: Aging,
    *,
    calendar: Calendar,
    as_of: datetime,
    measured: Measured,
) -> pl.DataFrame:
    """Readings with what they come to at each age (`HIDDEN`). ``measured``: the same readings of other tables."""
    if not found or made.get_column("period_start").null_count():
        return _complete(made.with_columns(pl.col("reason").alias(REASON)))
    frames = []
    for days in sorted({each.request.maturity for each in found}):
        group = [each for each in found if each.request.maturity == days]
        shares = _shares(tables.ages(days), made, calendar)
        told = _told(made, group, shares, calendar)
        for basis in ("matured", "equal"):
            asked = [each.ask for each in group if _needed(each, basis, shares, made, as_of)]
            if asked:
                there = measured(asked, tables.at_age(Age(days, basis, as_of)))
                told = told.join(_named(there, basis), on=list(_KEYS), how="left", nulls_equal=True)
        frames.append(_settled(_complete(told), made))
    whole = pl.concat([frame.select(*_KEYS, *HIDDEN) for frame in frames])
    joined = made.join(whole, on=list(_KEYS), how="left", nulls_equal=True, maintain_order="left")
    return joined.with_columns(pl.col("reason").alias(REASON))


def _needed(each: Aged, basis: Basis, shares: pl.DataFrame, made: pl.DataFrame, as_of: datetime) -> bool:
    """Whether readings may differ at an age from those of the newest numbers."""
    if basis == "equal":
        return each.counts and bool(shares.get_column(SHARE).fill_null(0.0).ge(ENOUGH).any())
    if each.counts:
        return bool(shares.get_column(YOUNG).sum())
    last = made.get_column("period_end").max()
    return not isinstance(last, date) or datetime.combine(last, time(), UTC) + _days(each) > as_of


def _days(each: Aged) -> timedelta:
    return timedelta(days=each.request.maturity + 1)


def _told(made: pl.DataFrame, group: Sequence[Aged], shares: pl.DataFrame, calendar: Calendar) -> pl.DataFrame:
    """The readings of a group of metrics, with how many posts of their places were seen at which age."""
    kinds = {each.request.metric: _kind(each) for each in group}
    own = made.filter(pl.col("metric").is_in(list(kinds))).select(_KEYS).unique(list(_KEYS), maintain_order=True)
    coded = own.with_columns(calendar.code(pl.col("period_start")).cast(pl.Int32).alias(CODE))
    told = coded.join(shares, on=["platform", "account", CODE], how="left").drop(CODE)
    return told.with_columns(pl.col("metric").replace_strict(kinds, return_dtype=pl.String).alias(KIND))


def _kind(each: Aged) -> str:
    return ("sum" if each.extensive else "mean") + (".counts" if each.counts else "")


def _named(there: pl.DataFrame, basis: Basis) -> pl.DataFrame:
    named = there.select(*_KEYS, *(pl.col(name).alias(f"{basis}.{name}") for name in TAKEN))
    return named.unique(list(_KEYS), keep="first", maintain_order=True)


def _settled(told: pl.DataFrame, made: pl.DataFrame) -> pl.DataFrame:
    """Where no post is too young, matured numbers are the newest ones."""
    newest = _named(made, "matured").rename({f"matured.{name}": f"newest.{name}" for name in TAKEN})
    joined = told.join(newest, on=list(_KEYS), how="left", nulls_equal=True, maintain_order="left")
    same = pl.col("matured.state").is_null()
    return joined.with_columns(
        pl.when(same).then(f"newest.{name}").otherwise(f"matured.{name}").alias(f"matured.{name}") for name in TAKEN
    )


def _complete(frame: pl.DataFrame) -> pl.DataFrame:
    absent = [name for name in HIDDEN if name not in frame.columns]
    return frame.with_columns(pl.lit(None, dtype=_dtype(name)).alias(name) for name in absent)


def _dtype(name: str) -> pl.DataType:
    ends: dict[str, pl.DataType] = {
        "n": pl.Int64(), "state": pl.String(), "reason": pl.String(), "young": pl.Int64(), KIND: pl.String(),
    }  # fmt: skip
    return ends.get(name.rpartition(".")[2], pl.Float64())


def _shares(ages: pl.DataFrame, made: pl.DataFrame, calendar: Calendar) -> pl.DataFrame:
    """By platform, account (empty: all) and period: the part of matured posts seen at equal age, and the young ones."""
    bounds = made.select(pl.col("period_start").min(), pl.col("period_end").max()).row(0)
    inside = ages.filter((pl.col("created_on") >= bounds[0]) & (pl.col("created_on") < bounds[1]))
    coded = inside.with_columns(calendar.code(pl.col("created_on")).cast(pl.Int32).alias(CODE))
    part = (pl.col("equal").sum() / pl.col("matured").sum()).fill_nan(None).alias(SHARE)
    young = pl.col("young").sum().cast(pl.Int64).alias(YOUNG)
    cuts = ((), ("platform",), ("account",), ("platform", "account"))
    whole = [pl.lit("").alias(name) for name in ("platform", "account")]
    frames = [
        coded.with_columns(each for each in whole if each.meta.output_name() not in cut)
        .group_by("platform", "account", CODE)
        .agg(part, young)
        .select("platform", "account", CODE, SHARE, YOUNG)
        for cut in cuts
    ]
    return pl.concat(frames).unique(["platform", "account", CODE], keep="first", maintain_order=True)
