"""Which reported numbers count: those of one observation, in one scope, never a mixture.

For the columns asked for: the newest observation that reports them all; where none does, the newest there is. The
total scope comes first; organic and paid are added only where the source allows it and reports both; else what there
is. Only numbers over a post's lifetime are read here: a day's and a lifetime's never meet in one sum.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

WINDOWS = ("lifetime", "range", "days_28", "week", "day")
"""Windows of account counts, the finest last."""
_RANK = {"paid": 0, "organic": 1, "organic+paid": 2, "total": 3}
ADDED = "organic+paid"


def lifetime() -> pl.Expr:
    """Whether a number is of all days since its post was said, not of a stretch of days."""
    return (pl.col("window") == WINDOWS[0]).fill_null(value=True)


def chosen(
    counts: pl.LazyFrame,
    keys: Sequence[str],
    *,
    asked: Collection[str],
    parts: Collection[str] = (),
    first: bool = False,
) -> pl.LazyFrame:
    """One row a key: the observation to read. ``asked`` must all be there; of ``parts`` at least one.

    The newest such, or (``first``) the oldest. Rows carry scope, observed_at and source_kind. Ties: the kind's name, so
    that no order of imports matters.
    """
    complete = pl.all_horizontal([pl.lit(value=True), *(pl.col(name).is_not_null() for name in sorted(asked))])
    if parts:
        complete &= pl.any_horizontal(pl.col(name).is_not_null() for name in sorted(parts))
    scope = pl.col("scope").replace_strict(_RANK, default=-1, return_dtype=pl.Int8())
    usable = complete & (pl.col("scope") != "paid").fill_null(value=True)  # what was paid for is never the whole
    ranked = counts.with_columns(_whole=usable, _scope=scope)
    order = ["_whole", "_scope", "observed_at", "source_kind"]
    down = [True, True, not first, True]
    newest = ranked.sort(order, descending=down, nulls_last=True).unique(keys, keep="first", maintain_order=True)
    return newest.drop("_whole", "_scope")


def settled(counts: pl.LazyFrame, keys: Sequence[str], names: Sequence[str]) -> bool:
    """Whether `chosen` gives the same row of each key whatever is asked.

    So it is where all observations are of one scope, and the newest has all numbers that any other has.
    """
    told = counts.select(*keys, "scope", "observed_at", "source_kind", *(pl.col(name).is_not_null() for name in names))
    ordered = told.sort("observed_at", "source_kind", descending=True, nulls_last=True, maintain_order=True)
    whole = [pl.col("scope").n_unique() == 1, *(pl.col(name).first() | ~pl.col(name).any() for name in names)]
    each = ordered.group_by(keys).agg(pl.all_horizontal(whole).alias("_settled"))
    return bool(each.select(pl.col("_settled").all()).collect().item())


def added_up(counts: pl.LazyFrame, keys: Sequence[str], names: Sequence[str], kinds: Collection[str]) -> pl.LazyFrame:
    """The rows, and for kinds that allow it the sum of organic and paid of one observation, as a scope of its own.

    A column is summed only where both report it.
    """
    if not kinds:
        return counts
    of_one = [*keys, "source_kind", "observed_at"]
    split = counts.filter(pl.col("source_kind").is_in(list(kinds)) & pl.col("scope").is_in(["organic", "paid"]))
    both = split.group_by(of_one).agg(
        pl.col("scope").n_unique().alias("_scopes"),
        *(pl.when(pl.col(n).count() == 2).then(pl.col(n).sum()).alias(n) for n in names),  # noqa: PLR2004 (one of each)
    )
    total = both.filter(pl.col("_scopes") == 2).drop("_scopes").with_columns(scope=pl.lit(ADDED))  # noqa: PLR2004
    return pl.concat([counts.select(*of_one, *names, "scope"), total.select(*of_one, *names, "scope")])


def captured(parts: Sequence[str]) -> pl.Expr:
    """The sum of the parts that were reported; null where none was."""
    reported = pl.any_horizontal(pl.col(name).is_not_null() for name in parts)
    return pl.when(reported).then(pl.sum_horizontal(parts))
