"""From merged states to numbers: one row a cell for each measure, with what a reading says beside its value."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from smmetrics.engine import rates
from smmetrics.engine.columns import floats, having
from smmetrics.engine.intervals import quantile_ranks, survival_band, wilson
from smmetrics.engine.levels import NEWEST
from smmetrics.engine.measures import family, quantile_of
from smmetrics.engine.partials import COUNT, DONE, SCOPE, UNTIL, VALUE, Partial, Pass, regrouped
from smmetrics.engine.spread import spread

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from smmetrics.contracts.formula.nodes import Aggregate
    from smmetrics.engine.intervals import Floats
    from smmetrics.engine.layout import Slot
    from smmetrics.engine.places import Bools

_TOLERANCE = 1e-12
PLATFORM = "__e_platform"
_NONE: Mapping[str, pl.Series] = {
    name: pl.Series(name, [None], dtype=dtype)
    for name, dtype in {
        "value": pl.Float64,
        "numerator": pl.Float64,
        "denominator": pl.Float64,
        "n_eff": pl.Float64,
        "low": pl.Float64,
        "high": pl.Float64,
        "method": pl.String,
    }.items()
}
_COUNTS = ("rows", "unknown", "n", "negative")
_SUMS = ("a", "b", "aa", "bb", "ab")


def finish(
    partial: Partial, done: Pass, keys: Sequence[str], measures: Sequence[Aggregate]
) -> dict[Aggregate, pl.DataFrame]:
    """The numbers of some measures, by ``keys``.

    Columns: the keys, rows, unknown, n, negative, scopes, scope, value, numerator, denominator, n_eff, low, high,
    method, exact; for ratios and means the sums too, for newest levels their platforms and newest day. Cells
    without a row of the measure's table are not there.
    """
    states = [state for place, a in enumerate(measures) for state in _states(done.layout.slots[a], partial, place)]
    gathered = partial.moments.group_by(keys).agg(states)
    named = [gathered.get_column(name) for name in keys]
    made: dict[Aggregate, pl.DataFrame] = {}
    for place, aggregate in enumerate(measures):
        prefix = f"{place}."
        own = (each for each in gathered.get_columns() if each.name.startswith(prefix))
        cells = _cells(named, [each.alias(each.name.removeprefix(prefix)) for each in own])
        exact = pl.Series([aggregate not in partial.coarse])
        table = partial.long.get(aggregate)
        kind = family(aggregate)
        numbers = _PLAIN[kind](aggregate, cells) if table is None else _LONG[kind](aggregate, cells, table, keys)
        made[aggregate] = having(numbers, exact=exact.new_from_index(0, numbers.height))
    return made


def _cells(keys: Sequence[pl.Series], own: Sequence[pl.Series]) -> pl.DataFrame:
    """A measure's states, counts and sums in one type each, and columns without anything for what is made of them."""
    height = len(own[0])
    types = dict.fromkeys(_COUNTS, pl.Int64) | dict.fromkeys(_SUMS, pl.Float64)
    typed = [each.cast(types[each.name]) if each.name in types else each for each in own]
    return pl.DataFrame([*keys, *typed, *(none.new_from_index(0, height) for none in _NONE.values())])


def _states(slot: Slot, partial: Partial, place: int) -> list[pl.Expr]:
    known = {"rows": slot.rows(), "unknown": slot.unknown(), "n": slot.rows()}
    for role in slot.roles:
        if role in {"rows", "unknown"} or role.endswith("'"):
            continue
        if role in {"extreme", "over"}:
            known[role] = slot.state(role, "min" if slot.aggregate.name == "min" else "max")
        else:
            known[role] = slot.total(role)
    known.setdefault("negative", pl.lit(0))
    if SCOPE in partial.keys:
        scopes = pl.col(SCOPE).filter(slot.keeps()).drop_nulls()
        known |= {"scopes": scopes.n_unique(), "scope": scopes.first()}
    else:
        known |= {"scopes": pl.lit(0), "scope": pl.lit(None, dtype=pl.String)}
    return [expr.alias(f"{place}.{role}") for role, expr in known.items()]


def _count(_aggregate: Aggregate, cells: pl.DataFrame) -> pl.DataFrame:
    return having(cells, value=cells.get_column("rows").cast(pl.Float64))


def _sum(_aggregate: Aggregate, cells: pl.DataFrame) -> pl.DataFrame:
    # Rows that report nothing are no zero; no rows at all are.
    return having(cells, value=_where(_told(cells), cells.get_column("a")))


def _told(cells: pl.DataFrame) -> Bools:
    return np.asarray((floats(cells, "n") > 0) | (floats(cells, "rows") == 0))


def _extreme(_aggregate: Aggregate, cells: pl.DataFrame) -> pl.DataFrame:
    extreme = cells.get_column("extreme")
    is_number = extreme.dtype.is_numeric() or extreme.dtype == pl.Boolean()
    return having(cells, value=extreme.cast(pl.Float64) if is_number else extreme)


def _share(_aggregate: Aggregate, cells: pl.DataFrame) -> pl.DataFrame:
    a, n = floats(cells, "a"), floats(cells, "n")
    low, high = wilson(a, n)
    there = n > 0
    with np.errstate(invalid="ignore", divide="ignore"):
        value = np.where(there, a / n, np.nan)
    method = np.array(["wilson" if known else None for known in there.tolist()], dtype=np.object_)
    n_eff = np.where(there, n, np.nan)
    return having(cells, value=value, numerator=a, denominator=n, n_eff=n_eff, low=low, high=high, method=method)


def _mean(aggregate: Aggregate, cells: pl.DataFrame) -> pl.DataFrame:
    n, a = floats(cells, "n"), cells.get_column("a")
    return _ratio(aggregate, having(cells, b=n, bb=n, ab=a, over=np.zeros(len(n), dtype=np.int32)))


def _ratio(aggregate: Aggregate, cells: pl.DataFrame) -> pl.DataFrame:
    a, b, n = (floats(cells, name) for name in ("a", "b", "n"))
    with np.errstate(invalid="ignore", divide="ignore", over="ignore"):
        value = _where(b != 0, pl.Series(a / b))
    divided = having(cells, value=value, numerator=np.where(n > 0, a, np.nan), denominator=b)
    return rates.effective(divided, aggregate)


def _where(there: Bools, values: pl.Series) -> pl.Series:
    """The values that are there; one that is no number stays one."""
    return values if there.all() else values.set(pl.Series(~there), None)


def _distinct(_aggregate: Aggregate, cells: pl.DataFrame, table: pl.DataFrame, keys: Sequence[str]) -> pl.DataFrame:
    if VALUE in table.columns:
        table = regrouped(table, [*keys, VALUE], last=False).group_by(keys).agg(pl.len().alias(COUNT))
    found = table.select(*keys, pl.col(COUNT).cast(pl.Float64).alias("found"))
    joined = cells.join(found, on=keys, how="left")
    return having(joined.drop("found"), value=_where(_told(joined), joined.get_column("found").fill_null(0.0)))


def _last(_aggregate: Aggregate, cells: pl.DataFrame, table: pl.DataFrame, keys: Sequence[str]) -> pl.DataFrame:
    entity = [name for name in table.columns if name.startswith("__e_")]
    newest = regrouped(table, [*keys, *entity, VALUE], last=True)
    found = newest.group_by(keys).agg(
        pl.col(VALUE).sum().cast(pl.Float64).alias("found"),
        pl.col(UNTIL).max().alias(NEWEST),
        pl.len().cast(pl.Int64).alias("entities"),
        (pl.col(PLATFORM).n_unique() if PLATFORM in entity else pl.lit(1)).cast(pl.Int64).alias("platforms"),
    )
    joined = cells.join(found, on=keys, how="left")
    return joined.with_columns(pl.col("found").alias("value")).drop("found")


def _values(aggregate: Aggregate, cells: pl.DataFrame, table: pl.DataFrame, keys: Sequence[str]) -> pl.DataFrame:
    """A quantile between neighbours, linear; its interval from the order statistics."""
    read = _listed if table.schema[VALUE] == pl.List else _ordered
    values, upto, totals = read(cells.select(keys), table)
    before, q = np.cumsum(totals) - totals, quantile_of(aggregate)

    def picked(rank: Floats) -> Floats:
        """The value at a rank (from 0) of each cell; nan without one."""
        known = (rank >= 0) & (rank < totals)
        number = (before + np.where(known, rank, 0))[known]
        found = np.full(len(totals), np.nan)
        # Where each value stands for itself its number is its place.
        found[known] = values[number.astype(np.int64) if upto is None else np.searchsorted(upto, number, side="right")]
        return found

    at = (totals - 1) * q
    low, high = quantile_ranks(totals, q)
    lower, part = picked(np.floor(at)), at - np.floor(at)
    value = np.where(part > 0, lower + (picked(np.ceil(at)) - lower) * part, lower)
    numbers = {"value": value, "low": picked(low - 1), "high": picked(high - 1)}
    made = cells.with_columns(pl.Series(name, number).fill_nan(None) for name, number in numbers.items())
    return made.with_columns(
        pl.when(pl.col("low").is_not_null()).then(pl.lit("order_statistics")).alias("method"),
        pl.col("n").cast(pl.Float64).alias("n_eff"),
    )


def _ordered(cells: pl.DataFrame, table: pl.DataFrame) -> tuple[Floats, Floats | None, Floats]:
    """Values in ascending order, cell after cell; how many there are up to each; how many each cell has."""
    numbered = cells.with_row_index("__cell")
    long = regrouped(table, [*cells.columns, VALUE], last=False).join(numbered, on=cells.columns)
    ordered = long.select("__cell", pl.col(VALUE).cast(pl.Float64), COUNT).sort("__cell", VALUE)
    totals = np.bincount(ordered["__cell"], weights=ordered[COUNT], minlength=numbered.height)
    return ordered[VALUE].to_numpy(), np.cumsum(ordered[COUNT].to_numpy()), totals.astype(np.float64)


def _listed(cells: pl.DataFrame, table: pl.DataFrame) -> tuple[Floats, Floats | None, Floats]:
    """The same of cells that keep each number, in order."""
    joined = cells.join(table, on=cells.columns, how="left", maintain_order="left")
    lists = joined.select(VALUE, pl.col(VALUE).list.len().fill_null(0).alias(COUNT))
    totals = lists.get_column(COUNT).to_numpy()
    values = lists.get_column(VALUE).drop_nulls().explode().cast(pl.Float64).to_numpy()
    return values, None, totals.astype(np.float64)


def _wait(aggregate: Aggregate, cells: pl.DataFrame, table: pl.DataFrame, keys: Sequence[str]) -> pl.DataFrame:
    """Kaplan-Meier: the first time at which no more than 1 - q still wait."""
    left = 1 - quantile_of(aggregate)
    curve = _survival(regrouped(table, [*keys, VALUE, DONE], last=False), keys)
    low, high = survival_band(curve["survival"].to_numpy(), curve["greenwood"].to_numpy())
    banded = curve.with_columns(pl.Series("lower", np.nan_to_num(low)), pl.Series("upper", np.nan_to_num(high)))
    reached = {"value": "survival", "low": "lower", "high": "upper"}
    found = banded.group_by(keys).agg(
        pl.col(VALUE).filter(pl.col(curve_) <= left + _TOLERANCE).min().alias(name) for name, curve_ in reached.items()
    )
    named = found.with_columns(pl.when(pl.col("value").is_not_null()).then(pl.lit("kaplan_meier")).alias("method"))
    n = pl.col("n").cast(pl.Float64)
    sides = [pl.col("a").alias("numerator"), n.alias("denominator"), n.alias("n_eff")]
    return _with(cells, named, keys).with_columns(sides)


def _survival(table: pl.DataFrame, keys: Sequence[str]) -> pl.DataFrame:
    times = table.group_by(*keys, VALUE).agg(
        pl.col(COUNT).filter(pl.col(DONE)).sum().alias("ended"), pl.col(COUNT).sum().alias("all")
    )
    ordered = times.sort(*keys, VALUE)
    waiting = pl.col("all").sum().over(keys) - pl.col("all").cum_sum().over(keys) + pl.col("all")
    still = ordered.with_columns(waiting.cast(pl.Float64).alias("waiting"), pl.col("ended").cast(pl.Float64))
    stepped = still.with_columns(
        (1 - pl.col("ended") / pl.col("waiting")).alias("step"),
        pl.when(pl.col("waiting") > pl.col("ended"))
        .then(pl.col("ended") / (pl.col("waiting") * (pl.col("waiting") - pl.col("ended"))))
        .otherwise(0.0)
        .alias("added"),
    )
    return stepped.with_columns(
        pl.col("step").cum_prod().over(keys).alias("survival"), pl.col("added").cum_sum().over(keys).alias("greenwood")
    )


def _with(cells: pl.DataFrame, found: pl.DataFrame, keys: Sequence[str]) -> pl.DataFrame:
    return cells.drop("value", "low", "high", "method").join(found, on=keys, how="left")


_PLAIN: Mapping[str, Callable[[Aggregate, pl.DataFrame], pl.DataFrame]] = {
    "count": _count,
    "sum": _sum,
    "extreme": _extreme,
    "share": _share,
    "mean": _mean,
    "ratio": _ratio,
}
_LONG: Mapping[str, Callable[[Aggregate, pl.DataFrame, pl.DataFrame, Sequence[str]], pl.DataFrame]] = {
    "distinct": _distinct,
    "last": _last,
    "values": _values,
    "spread": spread,
    "wait": _wait,
}
