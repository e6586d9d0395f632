"""Ratios and means of posts: the number, its effective sample, and how far it can be trusted.

A mean is a ratio whose lower side is one for every post that reports.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from smmetrics.contracts.formula.nodes import Aggregate, Op, walk
from smmetrics.engine import compile as compiling
from smmetrics.engine.intervals import SMALL, Scale, delta_error, on_scale, to_scale, wilson
from smmetrics.engine.layout import value
from smmetrics.engine.measures import condition, family

if TYPE_CHECKING:
    from collections.abc import Sequence

    from smmetrics.engine.intervals import Floats, Pair

SCALES: tuple[Scale, ...] = ("logit", "log", "plain")


def signed(aggregate: Aggregate) -> bool:
    """Whether a post's number may well be negative: then no logarithm is taken."""
    return any(isinstance(node, Op) and node.kind in {"-", "neg"} for arg in aggregate.args for node in walk(arg))


def effective(cells: pl.DataFrame, aggregate: Aggregate) -> pl.DataFrame:
    """Add n_eff = (Σw)² / Σw², the weights being the lower side of the ratio."""
    if family(aggregate) == "mean":
        return cells.with_columns(pl.col("n").cast(pl.Float64).alias("n_eff"))
    return cells.with_columns(pl.when(pl.col("bb") > 0).then(pl.col("b") ** 2 / pl.col("bb")).alias("n_eff"))


def small(cells: pl.DataFrame) -> pl.DataFrame:
    """The cells whose interval needs a second pass over their posts."""
    return cells.filter((pl.col("n") > 1) & (pl.col("n_eff") < SMALL) & (pl.col("a") != 0))


def left_out(aggregate: Aggregate, scope: compiling.Scope, prefix: str) -> tuple[list[pl.Expr], list[pl.Expr]]:
    """Columns a row and sums a group that give the jackknife variance of the ratio on each scale.

    A group's columns are ``<prefix><scale>``: (n - 1)/n Σ (θ₍ᵢ₎ - θ̄)², θ₍ᵢ₎ the ratio without post i on that scale.
    """
    top = value(aggregate.args[0], scope).cast(pl.Float64)
    ratio = family(aggregate) == "ratio"
    bottom = value(aggregate.args[1], scope).cast(pl.Float64) if ratio else pl.lit(1.0)
    kept = top.is_not_null() & bottom.is_not_null()
    where = condition(aggregate)
    if where is not None:
        kept = kept & compiling.expression(where, scope)
    names = f"{prefix}a", f"{prefix}b"
    rows = [pl.when(kept).then(side).alias(name) for side, name in zip((top, bottom), names, strict=True)]
    a, b = pl.col(names[0]), pl.col(names[1])
    over, under, n = a.sum() - a, b.sum() - b, a.count().cast(pl.Float64)
    on: dict[Scale, pl.Expr] = {
        "logit": (over / (under - over)).log(),
        "log": (over / under).log(),
        "plain": over / under,
    }
    wanted = [scale for scale in SCALES if ratio or scale != "logit"]
    return rows, [(on[scale].var() * (n - 1) ** 2 / n).alias(f"{prefix}{scale}") for scale in wanted]


def limits(cells: pl.DataFrame, aggregate: Aggregate, prefix: str) -> pl.DataFrame:
    """Add low, high and method to cells with n, a, b, aa, bb, ab, over, n_eff and the jackknife's columns."""
    r = _floats(cells, "a") / np.where(_floats(cells, "b") != 0, _floats(cells, "b"), np.nan)
    logit = (_floats(cells, "over") == 0) & (r < 1) & (family(aggregate) == "ratio")
    low, high = np.full(len(r), np.nan), np.full(len(r), np.nan)
    method = np.full(len(r), "", dtype=object)
    for scale, rows in _scales(aggregate, logit):
        chosen, names = _on(cells, r, scale, prefix)
        use = rows & np.isfinite(chosen[0]) & np.isfinite(chosen[1])
        low, high = np.where(use, chosen[0], low), np.where(use, chosen[1], high)
        method = np.where(use, names, method)
    if family(aggregate) == "ratio":
        edge = wilson(r * _floats(cells, "n_eff"), _floats(cells, "n_eff"))
        use = np.isnan(low) & (r >= 0) & (r <= 1) & np.isfinite(edge[0]) & ~np.array(signed(aggregate))
        low, high = np.where(use, edge[0], low), np.where(use, edge[1], high)
        method = np.where(use, "wilson_n_eff", method)
    return cells.with_columns(
        pl.Series("low", low).fill_nan(None),
        pl.Series("high", high).fill_nan(None),
        pl.Series("method", method.tolist(), dtype=pl.String),
    )


def _scales(aggregate: Aggregate, logit: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> Sequence[tuple[Scale, Floats]]:
    if signed(aggregate):
        return [("plain", np.ones_like(logit))]
    return [("logit", logit), ("log", ~logit)]  # type: ignore[list-item]


def _on(cells: pl.DataFrame, r: Floats, scale: Scale, prefix: str) -> tuple[Pair, Floats]:
    """Interval on one scale: jackknife where the effective sample is small, else the delta method."""
    n_eff = _floats(cells, "n_eff")
    squares = (_floats(cells, "aa"), _floats(cells, "bb"), _floats(cells, "ab"))
    delta = to_scale(r, delta_error(_floats(cells, "n"), _floats(cells, "a"), _floats(cells, "b"), squares), scale)
    few = n_eff < SMALL
    name = f"{prefix}{scale}"
    jack = np.sqrt(_floats(cells, name)) if name in cells.columns else np.full(len(r), np.nan)
    error = np.where(few, jack, delta)
    with np.errstate(invalid="ignore"):
        usable = np.where((r > 0) | (scale == "plain"), error, np.nan)
    names = np.where(few, f"jackknife_{scale}", f"delta_{scale}")
    return on_scale(r, usable, n_eff - 1, scale), names


def _floats(cells: pl.DataFrame, name: str) -> Floats:
    return cells.get_column(name).cast(pl.Float64).fill_null(np.nan).to_numpy()
