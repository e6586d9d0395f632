"""One answer of the oracle: a value, or why there is none, by the rules the contract states in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

LEAST_UNITS, LEAST_DENOMINATOR = 5, 10
"""Below them a share, ratio, mean or middle value says too little."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """``state`` *value* with a value, else the state and the reason's code. ``n``: the sample; None: not told."""

    state: str = "value"
    reason: str = ""
    value: float | None = None
    n: int | None = None


def count(number: int) -> Answer:
    """So many rows; none is 0."""
    return Answer(value=float(number), n=number)


def total(numbers: Sequence[float | None]) -> Answer:
    """The sum of what is reported; rows that report nothing are no zero, no rows are."""
    known = [number for number in numbers if number is not None]
    if numbers and not known:
        return Answer(state="not_reported", reason="report.absent", n=0)
    return Answer(value=float(sum(known)), n=len(known))


def mean(numbers: Sequence[float | None]) -> Answer:
    """The sum by the number of rows that report."""
    known = [number for number in numbers if number is not None]
    short = _short(len(numbers), len(known), len(known), least=0)
    return short or Answer(value=sum(known) / len(known), n=len(known))


def middle(numbers: Sequence[float]) -> Answer:
    """The middle value, or halfway between the two in the middle."""
    short = _short(len(numbers), len(numbers), len(numbers), least=0)
    if short:
        return short
    ordered = sorted(numbers)
    half = len(ordered) // 2
    value = ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2
    return Answer(value=value, n=len(ordered))


def share(truths: Sequence[bool]) -> Answer:
    """How many of them are true."""
    short = _short(len(truths), len(truths), len(truths))
    return short or Answer(value=sum(truths) / len(truths), n=len(truths))


def ratio(pairs: Sequence[tuple[float | None, float | None]]) -> Answer:
    """One sum by another, over the rows that report both."""
    both = [(over, under) for over, under in pairs if over is not None and under is not None]
    below = sum(under for _, under in both)
    short = _short(len(pairs), len(both), below)
    return short or Answer(value=sum(over for over, _ in both) / below, n=len(both))


def quotient(over: Answer, under: Answer, *, counts: bool = False) -> Answer:
    """One number by another. ``counts``: the lower one counts things, of which there must be some."""
    for part in (over, under):
        if part.state != "value":
            return part
    n = min(over.n or 0, under.n or 0)
    assert over.value is not None
    if not under.value:
        return Answer(state="zero_activity", reason="denominator.zero", n=n)
    if counts and under.value < LEAST_DENOMINATOR:
        return Answer(state="too_few", reason="sample.small", n=n)
    return Answer(value=over.value / under.value, n=n)


def waited(times: Sequence[tuple[float, bool]]) -> Answer:
    """The time after which half have been answered; who still waits counts for as long as they have waited.

    ``times``: hours, and whether an answer ended them. (Kaplan and Meier, 1958.)
    """
    short = _short(len(times), len(times), len(times), least=0)
    if short:
        return short
    left = 1.0
    for hours in sorted({hours for hours, ended in times if ended}):
        waiting = sum(1 for other, _ in times if other >= hours)
        ending = sum(1 for other, ended in times if ended and other == hours)
        left *= 1 - ending / waiting
        if left <= 0.5 + 1e-12:
            return Answer(value=hours, n=len(times))
    return Answer(state="immature", reason="wait.not_reached", n=len(times))


def _short(rows: int, known: int, below: float, *, least: int = LEAST_DENOMINATOR) -> Answer | None:
    """Why a sample is too small to say anything; None where it is not."""
    if rows and not known:
        return Answer(state="not_reported", reason="report.absent", n=0)
    if not known or not below:
        return Answer(state="zero_activity", reason="denominator.zero", n=known)
    if known < LEAST_UNITS or below < least:
        return Answer(state="too_few", reason="sample.small", n=known)
    return None
