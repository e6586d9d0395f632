"""Ratios and means of posts: the number, its effective sample, and how far it can be trusted.

A mean is a ratio whose lower side is one for every post that reports.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from smmetrics.engine import compile as compiling
from smmetrics.engine.columns import floats, having
from smmetrics.engine.intervals import SMALL, Scale, delta_error, on_scale, to_scale, wilson
from smmetrics.engine.layout import value
from smmetrics.engine.measures import condition, family, signed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from smmetrics.contracts.formula.nodes import Aggregate
    from smmetrics.engine.intervals import Floats, Pair

    Bools = np.ndarray[tuple[int, ...], np.dtype[np.bool_]]

_READ = ("n", "n_eff", "a", "b", "aa", "bb", "ab", "over", "below")


def effective(cells: pl.DataFrame, aggregate: Aggregate) -> pl.DataFrame:
    """Add n_eff = (Σw)² / Σw², the weights being the lower side of the ratio."""
    of = _floats(cells)
    if family(aggregate) == "mean":
        return having(cells, n_eff=of["n"])
    with np.errstate(invalid="ignore", divide="ignore", over="ignore"):
        return having(cells, n_eff=np.where(of["bb"] > 0, of["b"] ** 2 / of["bb"], np.nan))


def small(cells: pl.DataFrame, aggregate: Aggregate) -> pl.DataFrame:
    """The cells whose interval needs a second pass over their posts; ``tight``: those on the tighter scale."""
    of = _floats(cells)
    few = (of["n"] > 1) & (of["n_eff"] < SMALL) & ((of["a"] != 0) | signed(aggregate))
    told = having(cells, tight=_tight(of, aggregate))
    return told.filter(few) if few.any() else told.clear()


def _scales(aggregate: Aggregate) -> tuple[Scale, Scale]:
    """The two scales that may fit, the tighter one last."""
    return ("plain", "log") if signed(aggregate) else ("log", "logit")


def _tight(of: Mapping[str, Floats], aggregate: Aggregate) -> Bools:
    """Where the tighter scale holds: the number cannot pass its bounds.

    No post was below zero: a difference stays above it. No post's upper side passes its lower one: a ratio stays below
    one.
    """
    if signed(aggregate):
        return np.asarray((of["below"] == 0) & (_ratio(of) > 0))
    return np.asarray((of["over"] == 0) & (_ratio(of) < 1) & (family(aggregate) == "ratio"))


def _ratio(of: Mapping[str, Floats]) -> Floats:
    return of["a"] / np.where(of["b"] != 0, of["b"], np.nan)


def left_out(aggregate: Aggregate, scope: compiling.Scope, prefix: str) -> tuple[list[pl.Expr], pl.Expr]:
    """For each post the cell's ratio without it, on the cell's scale; and the variance of these by cell.

    Rows carry their cell's ``<prefix>a``, ``<prefix>b`` and ``<prefix>tight`` (null where the cell asks for nothing).
    The variance is named ``<prefix>var``.
    """
    top = value(aggregate.args[0], scope).cast(pl.Float64)
    ratio = family(aggregate) == "ratio"
    bottom = value(aggregate.args[1], scope).cast(pl.Float64) if ratio else pl.lit(1.0)
    where = condition(aggregate)
    kept = pl.lit(value=True) if where is None else compiling.expression(where, scope)
    over, under = pl.col(f"{prefix}a") - top, pl.col(f"{prefix}b") - bottom
    tight = pl.col(f"{prefix}tight")
    if signed(aggregate):
        without = pl.when(tight).then((over / under).log()).otherwise(over / under)
    elif ratio:
        without = (over / (under - pl.when(tight).then(over).otherwise(0.0))).log()
    else:
        without = (over / under).log()
    name = f"{prefix}var"
    # Added up from the smallest on: rows come in any order, and each would give other last digits.
    return [pl.when(kept).then(without).alias(name)], pl.col(name).sort().var()


def limits(cells: pl.DataFrame, aggregate: Aggregate, prefix: str) -> pl.DataFrame:
    """Add low, high and method to cells with n, a, b, aa, bb, ab, over, n_eff and the variance of `left_out`."""
    of = _floats(cells, f"{prefix}var")
    r, tight = _ratio(of), _tight(of, aggregate)
    low, high = np.full(len(r), np.nan), np.full(len(r), np.nan)
    method = np.full(len(r), "", dtype=object)
    for scale, rows in zip(_scales(aggregate), (~tight, tight), strict=True):
        if rows.any():
            own = {name: column[rows] for name, column in of.items()}
            chosen, names = _on(own, r[rows], scale, own.get(f"{prefix}var"))
            use = np.isfinite(chosen[0]) & np.isfinite(chosen[1])
            at = np.flatnonzero(rows)[use]
            low[at], high[at], method[at] = chosen[0][use], chosen[1][use], names[use]
    if family(aggregate) == "ratio":
        edge = wilson(r * of["n_eff"], of["n_eff"])
        use = np.isnan(low) & (r >= 0) & (r <= 1) & np.isfinite(edge[0]) & ~np.array(signed(aggregate))
        low, high = np.where(use, edge[0], low), np.where(use, edge[1], high)
        method = np.where(use, "wilson_n_eff", method)
    return having(cells, low=low, high=high, method=method)


def _on(of: Mapping[str, Floats], r: Floats, scale: Scale, variance: Floats | None) -> tuple[Pair, Floats]:
    """Interval on one scale: jackknife where the effective sample is small, else the delta method."""
    n_eff = of["n_eff"]
    delta = to_scale(r, delta_error(of["n"], of["a"], of["b"], (of["aa"], of["bb"], of["ab"])), scale)
    few = n_eff < SMALL
    error = np.where(few, _jackknife(of["n"], variance), delta)
    with np.errstate(invalid="ignore"):
        usable = np.where((r > 0) | (scale == "plain"), error, np.nan)
    names = np.where(few, f"jackknife_{scale}", f"delta_{scale}")
    return on_scale(r, usable, n_eff - 1, scale), names


def _jackknife(n: Floats, variance: Floats | None) -> Floats:
    """The standard error from the variance of the ratios without each post: (n - 1)/n Σ (θ₍ᵢ₎ - θ̄)²."""
    if variance is None:
        return np.full(len(n), np.nan)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(np.sqrt(variance * (n - 1) ** 2 / n))


def _floats(cells: pl.DataFrame, *also: str) -> Mapping[str, Floats]:
    """The columns an interval is made of; none is nan."""
    names = [name for name in (*_READ, *also) if name in cells.columns]
    return {name: floats(cells, name) for name in names}
