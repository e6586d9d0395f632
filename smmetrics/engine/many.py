"""Many numbers looked at together: how sure each is, once it is said how many were looked at.

Benjamini and Hochberg 1995 (the part of false findings), Benjamini and Yekutieli 2001 (the same under any dependence),
Holm 1979 (not one false finding).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np
from scipy import special

from smmetrics.engine.intervals import CONFIDENCE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

Method = Literal["bh", "by", "holm"]
FALSE = 0.10
"""The part of false findings that a dashboard allows."""


def adjusted(p: Sequence[float], method: Method = "bh") -> Floats:
    """The p values once the whole family is counted, in the order given."""
    values = np.asarray(p, dtype=np.float64)
    n = len(values)
    order = np.argsort(values, kind="stable")
    ranks = np.arange(1, n + 1)
    if method == "holm":
        raised = np.maximum.accumulate((n - ranks + 1) * values[order])
    else:
        weight = (1 / ranks).sum() if method == "by" else 1.0
        raised = np.minimum.accumulate((weight * n / ranks * values[order])[::-1])[::-1]
    found = np.empty(n)
    found[order] = np.minimum(raised, 1.0)
    return found


def p_of_change(change: float, low: float, high: float) -> float:
    """The two-sided p value of a change from its interval: the distance to nothing on the side where nothing lies."""
    half = change - low if change >= 0 else high - change
    if not half > 0:
        return 1.0 if change == 0 else 0.0
    z = abs(change) / half * float(special.ndtri(0.5 + CONFIDENCE / 2))
    return float(2 * special.ndtr(-z))
