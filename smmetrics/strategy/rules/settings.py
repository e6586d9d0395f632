"""Does each number know what it is set to: its parameters, and the opening hours it counts in?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from smmetrics.strategy.faults import nearest
from smmetrics.strategy.rules.numbers import targets_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from smmetrics.strategy.faults import Finding, Path
    from smmetrics.strategy.model import Strategy
    from smmetrics.strategy.rules.ground import Ground

CLOCK = "hours"
"""Every metric takes the name of a calendar of working hours under this parameter."""


@dataclass(frozen=True, slots=True)
class Given:
    """What a place of the file sets, and for which numbers."""

    path: Path
    metrics: tuple[str, ...]
    values: Mapping[str, Any]


def parameters_unknown(ground: Ground) -> Iterator[Finding]:
    """S067: a parameter that no number there has, or a calendar the file does not have."""
    for given in _given(ground.strategy):
        known = _known(ground, given.metrics)
        for name, value in given.values.items():
            if name == CLOCK:
                yield from _calendar(ground, str(value), given.path)
            elif known is not None and name not in known:
                yield _unknown(ground, name, known, given)


def _unknown(ground: Ground, name: str, known: tuple[str, ...], given: Given) -> Finding:
    near = nearest(name, known)
    hint = ground.tell("S067", "near" if near else "remove", near=near)
    said = "several" if len(given.metrics) > 1 else "message"
    metrics = ", ".join(f"`{metric}`" for metric in given.metrics)
    about = {"metric": given.metrics[0], "metrics": metrics, "known": ", ".join(known), "found": name}
    return ground.find("S067", "warning", *given.path, "with", name, said=said, hint=hint, **about)


def _calendar(ground: Ground, value: str, path: Path) -> Iterator[Finding]:
    calendars = tuple(ground.strategy.hours)
    if value not in calendars:
        near = nearest(value, calendars)
        sentence = "near" if near else "there" if calendars else "write"
        hint = ground.tell("S067", sentence, near=near, known=", ".join(calendars), found=value)
        yield ground.find("S067", "warning", *path, "with", CLOCK, said="calendar", hint=hint, found=value)


def _known(ground: Ground, metrics: tuple[str, ...]) -> tuple[str, ...] | None:
    """What can be set of any of these numbers; none where nothing is known of one of them."""
    names: dict[str, None] = {}
    for metric in metrics:
        own, known = ground.strategy.metrics.get(metric), ground.catalogue.metrics.get(metric)
        if own is None and known is None:
            return None
        stated = tuple(own.parameters) if own else tuple(p.name for p in known.metric.parameters) if known else ()
        names |= dict.fromkeys(stated)
    return (*names, CLOCK)


def _given(strategy: Strategy) -> Iterator[Given]:
    for path, target in targets_of(strategy):
        yield Given(path, (target.metric,), target.parameters)
    for name, goal in strategy.goals.items():
        for n, question in enumerate(goal.questions):
            if metrics := tuple(dict.fromkeys((*question.lead, *question.beside))):
                yield Given(("goals", name, "questions", n), metrics, question.parameters)
    for name, audience in strategy.audiences.items():
        for n, promise in enumerate(audience.promises):
            if promise.metric:
                yield Given(("audiences", name, "promises", n), (promise.metric,), promise.parameters)
