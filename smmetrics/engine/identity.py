"""What makes a reading the same reading: 64 bits for what is measured, 64 for the slice and the period.

Each half can be told without measuring anything, so that a reading is found again by its id.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from smmetrics.engine.provenance import canonical
from smmetrics.engine.schema import FIXED

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

HALF = 16
"""Hexadecimal digits of half an id."""
BETWEEN = "\x1f"
PLACE = (*FIXED, "slice", "period_start", "period_end")
"""What the second half is of."""


def measured(
    metric: str,
    *,
    goal: str,
    question: str,
    version: str,
    parameters: Mapping[str, object],
    grain: str,
    scope: str,
) -> str:
    """The first half: the metric with all its parameters, asked by a goal's question, by day or month."""
    return half(canonical([metric, goal, question, version, canonical(parameters), grain, scope]))


def placed(start: date | None, end: date | None, slices: Mapping[str, str]) -> str:
    """The second half: slices (``slice`` as JSON among them) and the period, its end excluded."""
    return together(sliced(slices), dated(start, end))


def sliced(slices: Mapping[str, str]) -> str:
    """Slices as the second half names them."""
    return BETWEEN.join(slices.get(name, "") for name in PLACE[:-2])


def dated(start: date | None, end: date | None) -> str:
    """A period as the second half names it."""
    return BETWEEN.join(str(day) if day else "" for day in (start, end))


def together(slices: str, period: str) -> str:
    """The second half, of what `sliced` and `dated` give."""
    return half(f"{slices}{BETWEEN}{period}")


def half(told: str) -> str:
    """Half an id of anything said in words."""
    return sha256(told.encode()).hexdigest()[:HALF]
