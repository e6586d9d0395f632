"""The change from one period to the next, with its interval; or none, where the two cannot be compared.

Periods are compared by their place in the calendar, within one metric and slice, and only whole ones. What depends on
how old posts are is compared at one age on both sides (`ages`), and says at which: else a count that still grows would
always seem to fall. Sums and counts from which young posts would be missing are not compared. The interval of a
difference is made of the two intervals (method of variance estimates recovery, Zou and Donner 2008); for two shares
with Wilson's intervals that is Newcombe's (1998).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from smmetrics.engine.ages import ENOUGH, KIND, SHARE, YOUNG

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

SERIES = (
    "goal", "question", "metric", "version", "parameters", "subject", "platform", "account", "channel", "campaign",
    "audience", "slice", "grain",
)  # fmt: skip
"""What two periods must share to be compared."""
_SIDES = ("value", "low", "high", "fit", "n")


def with_changes(readings: pl.DataFrame, *, maturity: Mapping[str, float], as_of: datetime) -> pl.DataFrame:
    """Readings with ``previous``, ``change``, ``change_low``, ``change_high`` and ``age_basis`` filled.

    ``maturity``: days by metric id that posts need before their numbers are comparable (absent: 0). Readings with
    `ages.HIDDEN` beside them are compared at one age. The order of rows stays.
    """
    if readings.is_empty():
        return readings
    marked = readings.with_row_index("__row").with_columns(_whole(maturity, as_of))
    marked = marked.with_columns(_sides(aging=KIND in readings.columns)).sort(*SERIES, "period_start")
    before = {name: pl.col(name).shift(1).over(SERIES) for name in (*_names(), "period_end", "__equal")}
    paired = marked.with_columns(expr.alias(f"__before.{name}") for name, expr in before.items())
    chosen = paired.with_columns(_basis().alias("__basis")).with_columns(
        side.alias(f"__{when}.{name}") for when in ("now", "then") for name, side in _chosen(when).items()
    )
    filled = chosen.with_columns(_changes())
    return filled.sort("__row").select(readings.columns)


def _names() -> list[str]:
    return [f"__{basis}.{name}" for basis in ("matured", "equal") for name in _SIDES]


def _whole(maturity: Mapping[str, float], as_of: datetime) -> list[pl.Expr]:
    """Whether a period is whole, and whether all its posts are old enough as far as the calendar tells."""
    days = pl.col("metric").replace_strict(dict(maturity), default=0.0, return_dtype=pl.Float64)
    ripe = pl.col("period_end").cast(pl.Datetime("us", "UTC")) + pl.duration(hours=days * 24) <= pl.lit(as_of)
    return [
        (~pl.col("incomplete").fill_null(value=True)).alias("__complete"),
        ripe.fill_null(value=False).alias("__ripe"),
    ]


def _sides(*, aging: bool) -> list[pl.Expr]:
    """For each age: value, bounds and sample of a reading, and whether it may be compared."""
    valued = pl.col("state") == "value"
    plain = {"value": pl.col("value"), "low": pl.col("low"), "high": pl.col("high"), "n": pl.col("n")}
    plain["fit"] = valued & pl.col("__complete") & pl.col("__ripe")
    none = {name: pl.lit(None, dtype=pl.Float64) for name in ("value", "low", "high", "n")}
    if not aging:
        never = {**none, "fit": pl.lit(value=False)}
        sides = {"matured": plain, "equal": never}
        equal = pl.lit(value=False)
    else:
        sides = {basis: _aged(basis, plain) for basis in ("matured", "equal")}
        part = pl.when(pl.col(KIND).str.starts_with("sum")).then(1.0).otherwise(ENOUGH)
        equal = (pl.col(SHARE) >= part).fill_null(value=False) & sides["equal"]["fit"]
    named = [expr.alias(f"__{basis}.{name}") for basis, side in sides.items() for name, expr in side.items()]
    return [*named, equal.alias("__equal")]


def _aged(basis: str, plain: Mapping[str, pl.Expr]) -> dict[str, pl.Expr]:
    """What a reading comes to at an age. A sum is none where posts are missing from it."""
    kind = pl.col(KIND)
    known = (pl.col(f"{basis}.state") == "value") & pl.col("__complete")
    missing = pl.when(kind.str.ends_with("counts")).then(pl.col(YOUNG).fill_null(0) == 0).otherwise(pl.col("__ripe"))
    whole = pl.when(kind.str.starts_with("sum")).then(missing & pl.col("__ripe")).otherwise(pl.lit(value=True))
    ageless = plain["fit"] if basis == "matured" else pl.lit(value=False)
    fit = pl.when(kind.is_null()).then(ageless).otherwise(known & whole)
    told = {
        name: pl.when(kind.is_null()).then(plain[name]).otherwise(pl.col(f"{basis}.{name}"))
        for name in ("value", "low", "high", "n")
    }
    return {**told, "fit": fit.fill_null(value=False)}


def _basis() -> pl.Expr:
    """The age at which two neighbouring periods are compared: equal on both sides, else matured on both, else none."""
    near = (pl.col("__before.period_end") == pl.col("period_start")).fill_null(value=False)
    both = {
        basis: pl.col(f"__{basis}.fit") & pl.col(f"__before.__{basis}.fit").fill_null(value=False)
        for basis in ("equal", "matured")
    }
    equal = near & both["equal"] & pl.col("__equal") & pl.col("__before.__equal").fill_null(value=False)
    return pl.when(equal).then(pl.lit("equal")).when(near & both["matured"]).then(pl.lit("matured"))


def _chosen(when: str) -> dict[str, pl.Expr]:
    """Value, bounds and sample of one side at the age that was chosen."""
    prefix = "" if when == "now" else "__before."
    return {
        name: pl.when(pl.col("__basis") == "equal")
        .then(f"{prefix}__equal.{name}")
        .when(pl.col("__basis") == "matured")
        .then(f"{prefix}__matured.{name}")
        for name in ("value", "low", "high", "n")
    }


def _changes() -> list[pl.Expr]:
    now = {name: pl.col(f"__now.{name}") for name in ("value", "low", "high")}
    then = {name: pl.col(f"__then.{name}") for name in ("value", "low", "high")}
    change = now["value"] - then["value"]
    down = _spread(now["value"] - now["low"], then["high"] - then["value"])
    up = _spread(now["high"] - now["value"], then["value"] - then["low"])
    bounded = pl.all_horizontal(side[name].is_not_null() for side in (now, then) for name in ("low", "high"))
    return [
        then["value"].alias("previous"),
        change.alias("change"),
        pl.when(bounded).then(change - down).alias("change_low"),
        pl.when(bounded).then(change + up).alias("change_high"),
        pl.coalesce("__basis", "age_basis").alias("age_basis"),
        _reason().alias("reason"),
    ]


def _reason() -> pl.Expr:
    """The reason, with how many posts are too young for the comparison on its two sides."""
    all_ = pl.col("n") + pl.col("n").shift(1).over(SERIES)
    left = (all_ - pl.col("__now.n") - pl.col("__then.n")).cast(pl.Int64)
    said = pl.when((left > 0) & pl.col("__basis").is_not_null()).then(pl.format("posts.young: {}", left))
    first = pl.when(pl.col("reason") != "").then("reason")
    return pl.concat_str(first, said, separator="; ", ignore_nulls=True).fill_null("")


def _spread(one: pl.Expr, other: pl.Expr) -> pl.Expr:
    """Two independent half-widths as one."""
    return (one.pow(2) + other.pow(2)).sqrt()
