"""Possible shifts of a series: where its level may have changed, never why.

Untuned detection finds a shift in nearly every series that remembers yesterday. So a series is whitened first (the part
of each value that the one before it tells is taken away, with the small-sample correction of Kendall 1954), its noise
is measured robustly, and segments are chosen by optimal partitioning (Jackson 2005; PELT, Killick 2012, finds the same
faster). The price of a further segment is set by simulation: of series without any shift, at most one in twenty a year
has one.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

LEAST = 40
"""Values below which nothing is said."""
SHORTEST = 4
"""Values a level must last to be one."""
WEEK, WEEKS = 7, 8
"""Days come with a weekly pattern, and eight weeks are needed to know it."""
PRICES = ((40, 28.0), (52, 26.0), (104, 24.0), (365, 23.0))
"""Length of a series, and the price of a further segment in units of its noise: from the simulation in the tests."""
_MAD = 1.4826
_MOST = 0.95
_CLIP = 3.0
"""Noise beyond which a value says no more: one wild week is no new level."""


@dataclass(frozen=True, slots=True)
class Shift:
    """A level that may have changed: the place of the first value after it, and the levels on its two sides."""

    at: int
    before: float
    after: float


def shifts(values: Sequence[float], *, daily: bool = False) -> tuple[Shift, ...]:
    """The possible shifts of a series without gaps, in order. ``daily``: values of days, with a weekly pattern."""
    y = np.asarray(values, dtype=np.float64)
    if len(y) < (WEEK * WEEKS if daily else LEAST) or not np.isfinite(y).all():
        return ()
    white = whitened(_without_week(y) if daily else y)
    if white is None:
        return ()
    starts = partition(white, price(len(y)))
    # A value is whitened by the one before it: what begins at place i of the white series begins at i + 1 of the other.
    bounds = [0, *(start + 1 for start in starts), len(y)]
    levels = [float(np.median(y[a:b])) for a, b in pairwise(bounds)]
    return tuple(
        Shift(at, before, after)
        for at, before, after in zip(bounds[1:-1], levels, levels[1:], strict=False)
        if before != after
    )


def price(n: int) -> float:
    """The price of a further segment of a series of ``n`` values."""
    lengths, prices = zip(*PRICES, strict=True)
    return float(np.interp(np.log(n), np.log(lengths), prices))


def whitened(y: Floats) -> Floats | None:
    """The series without what each value tells of the next, in units of its noise; None without any noise.

    How much is told is read beside the one shift that would explain most: else a shift would pass for memory.
    """
    level = _levelled(y)
    centred = y - level
    below = float((centred[:-1] ** 2).sum())
    told = float((centred[1:] * centred[:-1]).sum()) / below if below > 0 else 0.0
    n = len(y)
    memory = float(np.clip((n * told + 1) / (n - 3), 0.0, _MOST))
    noise = _spread(centred[1:] - memory * centred[:-1])
    if not noise > 0:
        return None
    whole = y - np.median(y)
    left = whole[1:] - memory * whole[:-1]
    return np.clip((left - np.median(left)) / noise, -_CLIP, _CLIP)


def _levelled(y: Floats) -> Floats:
    """The means on the two sides of the split that leaves the smallest squares."""
    n, sums = len(y), np.cumsum(y)
    k = np.arange(SHORTEST, n - SHORTEST + 1)
    gained = (sums[k - 1] - k * sums[-1] / n) ** 2 * n / (k * (n - k))
    at = int(k[int(np.argmax(gained))])
    return np.asarray(np.where(np.arange(n) < at, y[:at].mean(), y[at:].mean()), dtype=np.float64)


def _spread(left: Floats) -> float:
    return _MAD * float(np.median(np.abs(left - np.median(left))))


def partition(white: Floats, beta: float) -> tuple[int, ...]:
    """The first places of all segments but the first, of the cheapest partition: squares around means, and ``beta``."""
    n = len(white)
    sums, squares = np.concatenate([[0.0], np.cumsum(white)]), np.concatenate([[0.0], np.cumsum(white**2)])
    best = np.full(n + 1, np.inf)
    best[0] = -beta
    last = np.zeros(n + 1, dtype=np.int64)
    for end in range(SHORTEST, n + 1):
        starts = np.arange(end - SHORTEST + 1)
        length = end - starts
        cost = squares[end] - squares[starts] - (sums[end] - sums[starts]) ** 2 / length
        whole = best[starts] + cost + beta
        last[end] = int(np.argmin(whole))
        best[end] = float(whole[last[end]])
    places: list[int] = []
    at = n
    while last[at] > 0:
        at = int(last[at])
        places.append(at)
    return tuple(reversed(places))


def _without_week(y: Floats) -> Floats:
    """The series without its weekly pattern: what each weekday differs from the level around it, by the median."""
    around = np.convolve(np.pad(y, WEEK // 2, mode="edge"), np.ones(WEEK) / WEEK, mode="valid")
    off = y - around
    pattern = np.array([np.median(off[day::WEEK]) for day in range(WEEK)])
    return y - np.resize(pattern - pattern.mean(), len(y))
