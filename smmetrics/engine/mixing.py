"""A change of a whole, split into mix and rate: whether the parts changed, or only how much of each there is.

Kitagawa 1955: Δ = Σ Δw · r̄ + Σ w̄ · Δr, exact, with w the parts' weights and r their rates, bars being means of the
two times. Where the two pull in opposite ways (Simpson), the whole may rise although every part falls.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    Side = Mapping[str, tuple[float, float]]
    """By part: what is counted, and of how much."""


@dataclass(frozen=True, slots=True)
class Split:
    """The whole before and after, and what mix and rates have done."""

    before: float
    after: float
    mix: float
    rate: float

    @property
    def opposed(self) -> bool:
        """Whether mix and rates pull in opposite ways."""
        return self.mix * self.rate < 0


def split(then: Side, now: Side) -> Split | None:
    """Split the change of Σ numerators ÷ Σ denominators; None where one of the wholes has nothing below its line.

    A part that is there on one side only has no rate on the other: it is taken at the rate it has, so that its coming
    and going is mix.
    """
    below = [sum(of for _, of in side.values()) for side in (then, now)]
    if not all(below):
        return None
    mix = rate = 0.0
    for part in sorted({*then, *now}):
        (a, of_a), (b, of_b) = then.get(part, (0.0, 0.0)), now.get(part, (0.0, 0.0))
        if not of_a and not of_b:
            continue
        before = a / of_a if of_a else b / of_b
        after = b / of_b if of_b else a / of_a
        w_before, w_after = of_a / below[0], of_b / below[1]
        mix += (w_after - w_before) * (before + after) / 2
        rate += (w_after + w_before) / 2 * (after - before)
    wholes = [sum(top for top, _ in side.values()) / of for side, of in zip((then, now), below, strict=True)]
    return Split(wholes[0], wholes[1], mix, rate)
