"""Counts as draws from a rate: two rates against each other, over stretches of days that need not be equally long."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, inf
from typing import TYPE_CHECKING

from scipy import special

from smmetrics.engine.intervals import CONFIDENCE, wilson

if TYPE_CHECKING:
    from collections.abc import Sequence


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


def dispersion(days: Sequence[float]) -> float:
    """Variance by mean of counts: 1 where they differ by chance only, and for fewer than two of them."""
    n = len(days)
    mean = sum(days) / n if n else 0.0
    if n < 2 or mean == 0:  # noqa: PLR2004 (a variance needs two)
        return 1.0
    return sum((day - mean) ** 2 for day in days) / (n - 1) / mean


def p_of_counts(counts: tuple[float, float], days: tuple[float, float], before: Sequence[float]) -> float:
    """How likely two counts over their days would differ so much by chance, when ``before`` tells how periods differ.

    Posts come in bursts, so that counts differ by more than chance: by as much as earlier counts do, both sides say
    the less (quasi-Poisson).
    """
    wide = max(1.0, dispersion(before))
    k, j = (round(count / wide) for count in counts)
    return two_rates((k, j), days).p
