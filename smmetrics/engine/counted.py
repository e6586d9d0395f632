"""Counts as draws from a rate: two rates against each other, and a rate held to its own history."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, inf, sqrt

from scipy import special

from smmetrics.engine.intervals import CONFIDENCE, wilson


@dataclass(frozen=True, slots=True)
class Compared:
    """The first rate by the second, how far that can be trusted, and how likely so much difference is by chance."""

    ratio: float
    low: float
    high: float
    p: float


def two_rates(counts: tuple[int, int], exposures: tuple[float, float], confidence: float = CONFIDENCE) -> Compared:
    """Compare two counts, each over its time or whatever it was counted of: the exact conditional test.

    Of both counts together, the first is binomial with the part of the exposure it had (Przyborowski and Wilenski
    1940): exact p, two-sided by the sum of what is no more likely; the score interval of the part, mapped to the ratio.
    """
    (k, j), (t, u) = counts, exposures
    n, part = k + j, t / (t + u)
    low, high = (float(end) for end in wilson(k, n, confidence))
    ratio = (k / t) / (j / u) if j else inf
    return Compared(ratio, _odds(low) * u / t, _odds(high) * u / t, _binomial_p(k, n, part))


def _odds(part: float) -> float:
    return inf if part >= 1 else part / (1 - part)


def _binomial_p(k: int, n: int, part: float) -> float:
    """The two-sided exact p value: the chance of all outcomes that are no more likely than this one."""
    if n == 0:
        return 1.0
    chances = [
        float(special.xlogy(i, part) + special.xlog1py(n - i, -part) - special.betaln(i + 1, n - i + 1))
        for i in range(n + 1)
    ]
    most = max(chances)
    weights = [exp(each - most) for each in chances]
    allowed = weights[k] * (1 + 1e-7)
    return min(1.0, sum(w for w in weights if w <= allowed) / sum(weights))


@dataclass(frozen=True, slots=True)
class Held:
    """A rate held to its history: the mean of what is left possible, and its interval."""

    mean: float
    low: float
    high: float


def held(count: float, exposure: float, *, shape: float, rate: float, confidence: float = CONFIDENCE) -> Held:
    """Gamma-Poisson: a history Gamma(``shape``, ``rate``) and a new count over an exposure give a Gamma again."""
    tail = (1 - confidence) / 2
    a, b = shape + count, rate + exposure
    low, high = (float(special.gammaincinv(a, each)) / b for each in (tail, 1 - tail))
    return Held(a / b, low, high)


def dispersion(days: list[float]) -> float:
    """Variance by mean of daily counts: 1 where days differ by chance only; none (1) for fewer than two days."""
    n = len(days)
    mean = sum(days) / n if n else 0.0
    if n < 2 or mean == 0:  # noqa: PLR2004 (a variance needs two)
        return 1.0
    return sum((day - mean) ** 2 for day in days) / (n - 1) / mean


def over_days(days: list[float], confidence: float = CONFIDENCE) -> tuple[float, float]:
    """The interval of a sum of daily counts whose days differ by more than chance: quasi-Poisson, on the root scale."""
    total, wide = sum(days), max(1.0, dispersion(days))
    reach = float(special.ndtri(0.5 + confidence / 2)) * sqrt(wide) / 2
    root = sqrt(total)
    return max(0.0, root - reach) ** 2, (root + reach) ** 2
