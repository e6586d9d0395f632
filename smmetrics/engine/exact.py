"""Sums of numbers with fractions that are the same in whatever order they are added, and by however many hands.

Floats lose digits where they are added, and which ones depends on the order; several threads never keep to one. So
each number is cut into three parts, whole multiples of three powers of two, of which millions add up without losing
anything: their sums are exact, and the order is of no account. A number is held to 2⁻⁶⁷. Sums below 2⁵¹ of up to 67
million numbers (262,144 for the last part) keep every digit; beyond that they are as good as plain sums of floats.

The parts come from adding and taking away a number so large that only multiples of the power are left beside it
(Demmel, Nguyen 2013).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

STEPS = (1.5 * 2.0**50, 1.5 * 2.0**22, 1.5 * 2.0**-14)
"""Beside them only multiples of 2⁻², 2⁻³⁰ and 2⁻⁶⁶ are left."""
MARKS = ("", "'", "''")
"""What follows a role's name for the sum of its first, second and third parts."""


def parts(number: pl.Expr) -> tuple[pl.Expr, pl.Expr, pl.Expr]:
    """A number in three parts; what is left of it after them is nothing, or too small to matter."""
    large, middle, small = STEPS
    first = (number + large) - large
    rest = number - first
    second = (rest + middle) - middle
    third = ((rest - second) + small) - small
    return first, second, third


def together(first: pl.Expr, second: pl.Expr, third: pl.Expr) -> pl.Expr:
    """The sum of all numbers from the sums of their parts."""
    return first + (second + third)
