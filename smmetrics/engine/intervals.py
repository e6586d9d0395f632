"""Intervals, 95 % two-sided unless said otherwise (methods and sources: the statistics page).

Wilson 1927 for proportions; Garwood 1936 for counts; binomial order statistics for quantiles; Brookmeyer and Crowley
1982 with Greenwood's variance on the log-log scale for waits; delete-one jackknife or delta method with a t quantile
for ratios and means of posts. All functions are vectorised over numpy arrays; nan is *none*.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np
from scipy import special

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Floats: TypeAlias = NDArray[np.float64]
    Pair: TypeAlias = tuple[Floats, Floats]

CONFIDENCE = 0.95
SMALL = 200.0
"""Effective number of posts below which the jackknife is used instead of the delta method."""

Scale = Literal["logit", "log", "plain"]


def _array(values: ArrayLike) -> Floats:
    return np.asarray(values, dtype=np.float64)


def wilson(successes: ArrayLike, n: ArrayLike, confidence: float = CONFIDENCE) -> Pair:
    """Wilson score interval of a proportion; ``n`` need not be whole (an effective number)."""
    k, n = _array(successes), _array(n)
    z = special.ndtri(0.5 + confidence / 2)
    with np.errstate(invalid="ignore", divide="ignore"):
        p = k / n
        centre = (p + z * z / (2 * n)) / (1 + z * z / n)
        half = z / (1 + z * z / n) * np.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
        low = np.where(k <= 0, 0.0, np.maximum(centre - half, 0.0))
        high = np.where(k >= n, 1.0, np.minimum(centre + half, 1.0))
    return np.where(n > 0, low, np.nan), np.where(n > 0, high, np.nan)


def garwood(count: ArrayLike, confidence: float = CONFIDENCE) -> Pair:
    """Exact interval of a Poisson count."""
    k = _array(count)
    tail = (1 - confidence) / 2
    low = np.where(k > 0, special.gammaincinv(np.maximum(k, 1), tail), 0.0)
    return _array(low), _array(special.gammaincinv(k + 1, 1 - tail))


def t_quantile(degrees: ArrayLike, confidence: float = CONFIDENCE) -> Floats:
    """Two-sided quantile of Student's t; nan without a positive number of degrees of freedom."""
    degrees = _array(degrees)
    positive = np.where(degrees > 0, degrees, np.nan)
    return _array(special.stdtrit(positive, 0.5 + confidence / 2))


def on_scale(value: ArrayLike, error: ArrayLike, degrees: ArrayLike, scale: Scale) -> Pair:
    """The interval of ``value`` whose standard ``error`` is known on a scale, mapped back from it."""
    value, reach = _array(value), t_quantile(degrees) * _array(error)
    with np.errstate(invalid="ignore", divide="ignore", over="ignore"):
        if scale == "plain":
            low, high = value - reach, value + reach
        elif scale == "log":
            low, high = value * np.exp(-reach), value * np.exp(reach)
        else:
            centre = np.log(value) - np.log1p(-value)
            low, high = special.expit(centre - reach), special.expit(centre + reach)
    usable = np.isfinite(reach) & np.isfinite(low) & np.isfinite(high)
    return np.where(usable, low, np.nan), np.where(usable, high, np.nan)


def delta_error(n: ArrayLike, a: ArrayLike, b: ArrayLike, squares: tuple[ArrayLike, ArrayLike, ArrayLike]) -> Floats:
    """Standard error of Σa/Σb over ``n`` posts from the sums of a², b² and ab."""
    n, a, b = _array(n), _array(a), _array(b)
    aa, bb, ab = (_array(square) for square in squares)
    with np.errstate(invalid="ignore", divide="ignore"):
        r = a / b
        residual = np.maximum(aa - 2 * r * ab + r * r * bb, 0.0)
        return _array(np.sqrt(residual * n / (n - 1)) / np.abs(b))


def to_scale(value: ArrayLike, error: ArrayLike, scale: Scale) -> Floats:
    """A standard error carried to the log or logit scale, to first order."""
    value, error = _array(value), _array(error)
    with np.errstate(invalid="ignore", divide="ignore"):
        if scale == "plain":
            return error
        return _array(error / value if scale == "log" else error / (value * (1 - value)))


def quantile_ranks(n: ArrayLike, q: float, confidence: float = CONFIDENCE) -> Pair:
    """Ranks (from 1) of the order statistics around quantile ``q`` of ``n`` values; nan where there are none."""
    # Cells of equal size are many, and the inverse binomial is slow.
    sizes, place = np.unique(_array(n), return_inverse=True)
    low, high = _ranks(sizes, q, (1 - confidence) / 2)
    return low[place], high[place]


def _ranks(n: Floats, q: float, tail: float) -> Pair:
    low, high = _binomial_quantile(tail, n, q), _binomial_quantile(1 - tail, n, q) + 1
    there = (low >= 1) & (high <= n)
    return np.where(there, low, np.nan), np.where(there, high, np.nan)


def _binomial_quantile(p: float, n: Floats, q: float) -> Floats:
    """The least k with P(X ≤ k) ≥ p, X binomial."""
    with np.errstate(invalid="ignore"):
        k = np.ceil(special.bdtrik(p, n, q))
        below = np.maximum(k - 1, 0)
        return np.where(special.bdtr(below, np.maximum(n, 1).astype(np.int64), q) >= p, below, k)


def survival_band(survival: ArrayLike, greenwood: ArrayLike, confidence: float = CONFIDENCE) -> Pair:
    """Band of a Kaplan-Meier curve on the log-log scale; ``greenwood`` is Σ d / (Y (Y - d))."""
    s, g = _array(survival), _array(greenwood)
    z = special.ndtri(0.5 + confidence / 2)
    with np.errstate(invalid="ignore", divide="ignore"):
        reach = z * np.sqrt(g) / np.abs(np.log(s))
        low, high = s ** np.exp(reach), s ** np.exp(-reach)
    inside = (s > 0) & (s < 1)
    return np.where(inside, low, s), np.where(inside, high, s)
