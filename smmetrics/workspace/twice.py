"""Numbers of people over several platforms: whoever is on two of them counts twice, unless they agreed to be one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smmetrics.contracts.persons import counts_persons
from smmetrics.engine.asking import CANNOT
from smmetrics.words import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from smmetrics.api.facts import View
    from smmetrics.derive import Derived
    from smmetrics.engine import Request
    from smmetrics.workspace.measuring import Wanted


def people_on(request: Request, views: Mapping[str, View]) -> tuple[str, ...]:
    """The platforms whose people a number counts; none where it counts no people."""
    if not counts_persons(request.formula.root, views):
        return ()
    return tuple(name for name, (said, _) in request.verdicts.items() if said not in CANNOT)


def noted(wanted: Sequence[Wanted], requests: Sequence[Request], source: Derived, by: Sequence[str]) -> Iterator[str]:
    """A sentence for all numbers that sum people over platforms; none where each platform stands for itself."""
    if "platform" in by:
        return
    titles = [
        each.metric.metric.title
        for each, request in zip(wanted, requests, strict=True)
        if len(people_on(request, source.views)) > 1
    ]
    if titles:
        yield f"{'; '.join(dict.fromkeys(titles))}: {sentence(agreed=bool(source.links.agreed))}"


def sentence(*, agreed: bool) -> str:
    """What has to be said; ``agreed``: some are known to be one. How many is not said: they may be few."""
    return say("readings.twice.but") if agreed else say("readings.twice.all")
