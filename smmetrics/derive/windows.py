"""What was reported of a stretch of days: of single posts, and cut by age, country or whatever a platform cuts by.

Numbers of one window only are read, the finest there is, and of stretches that overlap the newest: none counts twice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from smmetrics.derive import counts, posts, who

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date

    from smmetrics.api.facts import Table
    from smmetrics.derive.base import Base

_PLACE = ("platform", "account")
_SPAN = ("window", "window_start", "window_end")


def post_counts(base: Base, columns: Collection[str]) -> pl.LazyFrame:
    """A row a post and window: what it gained in those days, whenever it was said."""
    reported = sorted(posts.reported_columns(base))
    asked = sorted({*reported} & {*columns})
    stored = base.snapshot.current("post_counts").filter(~counts.lifetime())
    rows = who.with_account(_with_account_of_post(stored, base), base.accounts)
    alone = _apart(_finest(rows, asked), _PLACE)
    key = [*_PLACE, "post_id", *_SPAN]
    of_one = [*key, "brand", "_account_ours", "_account_rival"]
    chosen = counts.chosen(counts.added_up(alone, of_one, reported, base.adds), key, asked=asked)
    return chosen.rename({"_account_ours": "ours", "_account_rival": "rival"}, strict=False).sort(key)


def breakdowns(base: Base) -> pl.LazyFrame:
    """A row a cell: a number of a post or account, for one value of one dimension.

    ``counted`` is the number where numbers of its fact may be added up over time and values.
    """
    rows = who.with_account(base.snapshot.current("breakdowns"), base.accounts)
    place = [*_PLACE, "entity", "fact", "dimension"]
    ranked = rows.with_columns(_rank=_rank())
    finest = ranked.filter((pl.col("_rank") == pl.col("_rank").max().over(place)).fill_null(value=False))
    cell = [*place, "value", *_SPAN]
    newest = _apart(finest, (*_PLACE, "fact", "dimension")).sort("observed_at", descending=True, nulls_last=True)
    one = newest.unique(cell, keep="first", maintain_order=True)
    adds = pl.col("fact").is_in(sorted(_additive(base.snapshot.tables)))
    counted = pl.when(adds).then("number")
    named = one.rename({"_account_ours": "ours", "_account_rival": "rival"}, strict=False)
    return named.with_columns(counted=counted, post_id=pl.col("entity").replace("", None)).sort(cell)


def _additive(tables: Mapping[str, Table]) -> frozenset[str]:
    """Names of numbers that may be added up, wherever they are reported."""
    known = (tables[name] for name in ("post_counts", "account_counts", "visits") if name in tables)
    found = [fact for table in known for fact in table.columns]
    never = {fact.name for fact in found if fact.additivity not in {"additive", "none"}}
    return frozenset(fact.name for fact in found if fact.additivity == "additive") - never


def _with_account_of_post(rows: pl.LazyFrame, base: Base) -> pl.LazyFrame:
    """Counts that name no account are under that of their post."""
    said = base.snapshot.current("posts").select("platform", "post_id", pl.col("account_id").alias("_of_post"))
    joined = rows.join(said, on=["platform", "post_id"], how="left", maintain_order="left")
    return joined.with_columns(account_id=pl.coalesce("account_id", "_of_post")).drop("_of_post")


def _rank() -> pl.Expr:
    ranks = {name: rank for rank, name in enumerate(counts.WINDOWS)}
    return pl.col("window").replace_strict(ranks, default=-1, return_dtype=pl.Int16())


def _finest(rows: pl.LazyFrame, asked: Collection[str]) -> pl.LazyFrame:
    """Rows of one window an account: those that report all that is asked first, then the finest."""
    whole = pl.all_horizontal([pl.lit(value=True), *(pl.col(name).is_not_null() for name in asked)])
    best = whole.any().over(*_PLACE, "window").cast(pl.Int16) * 10 + _rank()
    ranked = rows.with_columns(_best=best)
    return ranked.filter(pl.col("_best") == pl.col("_best").max().over(_PLACE)).drop("_best")


def _apart(rows: pl.LazyFrame, place: Collection[str]) -> pl.LazyFrame:
    """Without the rows of stretches that overlap one seen later."""
    spans = rows.select(*place, *_SPAN, "observed_at").drop_nulls(["window_start", "window_end"])
    newest = spans.group_by(*place, *_SPAN).agg(pl.col("observed_at").max()).collect()
    ordered = newest.sort("observed_at", "window_start", "window_end", descending=[True, False, False], nulls_last=True)
    taken: dict[tuple[object, ...], list[tuple[date, date]]] = {}
    kept = [_is_free(taken, row[: len(place)], row[-3], row[-2]) for row in ordered.iter_rows()]
    free = ordered.filter(pl.Series(kept, dtype=pl.Boolean)).drop("observed_at").lazy()
    keys = [*place, *_SPAN]
    undated = rows.filter(pl.col("window_start").is_null() | pl.col("window_end").is_null())
    return pl.concat([rows.join(free, on=keys, how="semi", nulls_equal=True), undated])


def _is_free(
    taken: dict[tuple[object, ...], list[tuple[date, date]]], place: tuple[object, ...], start: date, end: date
) -> bool:
    """Whether no stretch taken before overlaps ``[start, end)``; then it is taken."""
    others = taken.setdefault(place, [])
    if any(start < until and since < end for since, until in others):
        return False
    others.append((start, end))
    return True
