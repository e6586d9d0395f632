"""Rates of single posts held to the account's own history, so that a post seen three times does not lead.

Gamma-Poisson shrinkage with the method of moments (Marshall 1991): a post's rate a / b becomes (a + k·m) / (b + k),
where m is the history's rate and k its weight, in units of b. Posts of one platform are held to that platform.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import polars as pl

ENOUGH = 5
"""Posts with a number that a platform needs before any of them is ranked."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Prior:
    """A platform's history: its rate, and the weight it is given. An infinite weight: posts differ by chance only."""

    mean: float
    weight: float
    posts: int

    def held(self, top: float, below: float) -> float:
        """A post's rate, held to the history."""
        if not math.isfinite(self.weight):
            return self.mean
        return (top + self.weight * self.mean) / (below + self.weight)


def priors(history: pl.DataFrame) -> dict[str, Prior]:
    """The history of each platform with enough posts, from columns ``platform``, ``top`` and ``below``."""
    usable = history.filter(pl.col("top").is_not_null() & (pl.col("below") > 0))
    total = usable.group_by("platform").agg(
        pl.len().alias("posts"), pl.col("top").sum().alias("tops"), pl.col("below").sum().alias("belows")
    )
    mean, rate = pl.col("tops") / pl.col("belows"), pl.col("top") / pl.col("below")
    spread = (
        usable.join(total, on="platform")
        .group_by("platform")
        .agg((pl.col("below") * (rate - mean) ** 2).sum().alias("squares"))
    )
    rows = total.join(spread, on="platform").sort("platform").iter_rows(named=True)
    return {row["platform"]: _prior(**row) for row in rows if row["posts"] >= ENOUGH and row["tops"] >= 0}


def _prior(*, platform: str, posts: int, tops: float, belows: float, squares: float) -> Prior:  # noqa: ARG001 (a row)
    mean = tops / belows
    beyond_chance = squares / belows - mean * posts / belows
    return Prior(mean=mean, weight=mean / beyond_chance if beyond_chance > 0 else math.inf, posts=posts)
