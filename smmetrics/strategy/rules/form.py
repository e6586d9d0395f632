"""Slips that each value alone does not show: days that end before they begin, names alike, rules nobody can read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smmetrics.strategy.deciding import condition
from smmetrics.strategy.rules.ground import day_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from smmetrics.strategy.faults import Finding, Path
    from smmetrics.strategy.model import Strategy
    from smmetrics.strategy.rules.ground import Ground

Span = tuple[str, "date | None", "date | None", "Path"]
"""What it is, its first and its last day, and where the last one stands."""


def ends_before_it_begins(ground: Ground) -> Iterator[Finding]:
    """S029: spans and opening hours that end before they begin, targets due before their baseline ends."""
    for what, since, until, path in _spans(ground.strategy):
        if since and until and until < since:
            about = {"what": what, "since": day_text(since), "until": day_text(until)}
            yield ground.find("S029", "error", *path, said="span", **about)
    for name, goal in ground.strategy.goals.items():
        for n, target in enumerate(goal.targets):
            if target.by and target.baseline_until and target.by < target.baseline_until:
                path = ("goals", name, "targets", n, "by")
                days = {"by": day_text(target.by), "until": day_text(target.baseline_until)}
                yield ground.find("S029", "error", *path, said="target", metric=target.metric, **days)
    for name, hours in ground.strategy.hours.items():
        if hours.close <= hours.open:
            path, hint = ("hours", name, "close"), ground.tell("S029", "hours")
            about = {"name": name, "open": hours.open, "close": hours.close}
            yield ground.find("S029", "error", *path, said="clock", hint=hint, **about)


def _spans(strategy: Strategy) -> Iterator[Span]:
    for name, campaign in strategy.campaigns.items():
        yield f"`{name}`", campaign.since, campaign.until, ("campaigns", name, "until")
    for n, entry in enumerate(strategy.calendar):
        yield f"“{entry.title or entry.kind}”", entry.date, entry.until, ("calendar", n, "until")
    for name, goal in strategy.goals.items():
        for n, target in enumerate(goal.targets):
            path = ("goals", name, "targets", n, "baseline_until")
            yield f"The baseline of `{target.metric}`", target.baseline_from, target.baseline_until, path


def names_alike(ground: Ground) -> Iterator[Finding]:
    """S030: two names of one kind that differ only in capitals, ``-`` and ``_``."""
    strategy = ground.strategy
    tables: dict[str, Iterable[str]] = {
        "audiences": strategy.audiences, "people": strategy.people, "hours": strategy.hours, "goals": strategy.goals,
        "stories": strategy.stories, "others": strategy.others, "topics": strategy.topics,
        "campaigns": strategy.campaigns, "channels": strategy.channels,
    }  # fmt: skip
    for table, names in tables.items():
        first: dict[str, str] = {}
        for name in names:
            one = first.setdefault(name.casefold().replace("_", "-"), name)
            if one != name:
                yield ground.find("S030", "warning", table, name, one=one, other=name)


def rules_nobody_can_read(ground: Ground) -> Iterator[Finding]:
    """S031: when to decide is no comparison of a number with an amount."""
    for name, goal in ground.strategy.goals.items():
        for n, decision in enumerate(goal.decisions):
            if condition(decision.when) is None:
                example = goal.targets[0].metric if goal.targets else "pack.metric"
                path = ("goals", name, "decisions", n, "when")
                yield ground.find("S031", "warning", *path, when=decision.when, example=example)
