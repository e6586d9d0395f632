"""How numbers are spread over entities: standard deviation, inequality, concentration, what the largest have.

All are read from values with counts, cell after cell in ascending order, so pieces merge exactly. Negative numbers have
no shares: then gini, hhi and the parts of the largest are none.

Gini: Σ(2i - n - 1)xᵢ / (n Σx), the plain one (no correction for small n). hhi: Σ(xᵢ/Σx)². ``sd``: the sample's, n - 1.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from smmetrics.engine.measures import number_option
from smmetrics.engine.partials import COUNT, VALUE, regrouped

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from smmetrics.contracts.formula.nodes import Aggregate
    from smmetrics.engine.intervals import Floats


def spread(aggregate: Aggregate, cells: pl.DataFrame, table: pl.DataFrame, keys: Sequence[str]) -> pl.DataFrame:
    """The cells with the spread of each as their value."""
    rows = regrouped(table, [*keys, VALUE], last=False).sort(*keys, VALUE)
    numbers = _from_the_smallest(rows.schema[VALUE]) if aggregate.name == "sd" else pl.col(VALUE)
    lists = rows.group_by(keys, maintain_order=True).agg(numbers.cast(pl.Float64), COUNT)
    measure = _MEASURES[aggregate.name]
    found = [
        measure(np.asarray(values), np.asarray(counts, dtype=np.float64), aggregate)
        for values, counts in lists.select(VALUE, COUNT).iter_rows()
    ]
    named = lists.select(keys).with_columns(pl.Series("value", found, dtype=pl.Float64).fill_nan(None))
    joined = cells.drop("value").join(named, on=keys, how="left")
    return joined.with_columns(pl.col("n").cast(pl.Float64).alias("n_eff"))


def _from_the_smallest(kind: pl.DataType) -> pl.Expr:
    """How far each number lies above its cell's smallest: of large numbers that differ little, floats lose the rest."""
    number = pl.col(VALUE).cast(pl.Int128) if kind.is_integer() else pl.col(VALUE)
    return number - number.first()


def _sd(values: Floats, counts: Floats, _aggregate: Aggregate) -> float:
    n = counts.sum()
    if n < 2:  # noqa: PLR2004 (one number has no spread)
        return float("nan")
    apart = values - (values * counts).sum() / n
    squares = (counts * apart**2).sum() - (counts * apart).sum() ** 2 / n
    return float(np.sqrt(max(squares, 0.0) / (n - 1)))


def _gini(values: Floats, counts: Floats, _aggregate: Aggregate) -> float:
    total = (values * counts).sum()
    if values[0] < 0 or total <= 0:
        return float("nan")
    n = counts.sum()
    after = np.cumsum(counts)
    # Ranks of equal values, summed: from after - count + 1 to after.
    ranks = counts * (2 * after - counts + 1) / 2
    return float((values * (2 * ranks - (n + 1) * counts)).sum() / (n * total))


def _hhi(values: Floats, counts: Floats, _aggregate: Aggregate) -> float:
    total = (values * counts).sum()
    if values[0] < 0 or total <= 0:
        return float("nan")
    return float((counts * (values / total) ** 2).sum())


def _top_share(values: Floats, counts: Floats, aggregate: Aggregate) -> float:
    """The part the ``k`` largest have; below 1 that part of the entities, at least one."""
    k, total = number_option(aggregate, "k", float("nan")), (values * counts).sum()
    if values[0] < 0 or total <= 0 or k <= 0:
        return float("nan")
    largest = max(1.0, np.ceil(k * counts.sum() - 1e-9)) if k < 1 else np.floor(k)
    taken = np.clip(largest - (np.cumsum(counts[::-1]) - counts[::-1]), 0, counts[::-1])
    return float((taken * values[::-1]).sum() / total)


def _top_count(values: Floats, counts: Floats, aggregate: Aggregate) -> float:
    """The fewest entities that together have at least ``part`` of all."""
    wanted, total = number_option(aggregate, "part", float("nan")), (values * counts).sum()
    if values[0] < 0 or total <= 0:
        return float("nan")
    needed, so_far = 0.0, 0.0
    goal = wanted * total
    for value, count in zip(values[::-1], counts[::-1], strict=True):
        if so_far >= goal or value == 0:
            break
        taken = min(count, np.ceil((goal - so_far) / value - 1e-9))
        needed, so_far = needed + taken, so_far + taken * value
    return needed


_MEASURES: Mapping[str, Callable[[Floats, Floats, Aggregate], float]] = {
    "sd": _sd,
    "gini": _gini,
    "hhi": _hhi,
    "top_share": _top_share,
    "top_count": _top_count,
}
