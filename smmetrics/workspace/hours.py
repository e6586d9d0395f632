"""The strategy's office hours and campaigns, as the engine takes them."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import TYPE_CHECKING

from smmetrics.engine.office import Office

if TYPE_CHECKING:
    from smmetrics.strategy import Strategy

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MIDNIGHT = "24:00"


def offices(strategy: Strategy | None) -> dict[str, Office]:
    """Office hours by their name in the strategy; without days stated, Monday to Friday."""
    if strategy is None:
        return {}
    return {
        name: Office(
            days=frozenset(WEEKDAYS.index(day) for day in stated.days or WEEKDAYS[:5]),
            opens=time.fromisoformat(stated.open),
            closes=time.max if stated.close == _MIDNIGHT else time.fromisoformat(stated.close),
            closed_on=frozenset(stated.closed_on),
        )
        for name, stated in strategy.hours.items()
    }


def campaigns(strategy: Strategy | None) -> dict[str, tuple[tuple[date, date], ...]]:
    """Stretches of days by name: campaigns, and days of the calendar by their title and kind. Ends are excluded."""
    if strategy is None:
        return {}
    found: dict[str, list[tuple[date, date]]] = {}
    for name, campaign in strategy.campaigns.items():
        if campaign.since is not None:
            found.setdefault(name, []).append(_span(campaign.since, campaign.until or date.max - timedelta(days=1)))
    for entry in strategy.calendar:
        for name in dict.fromkeys(word for word in (entry.title, entry.kind) if word):
            found.setdefault(name, []).append(_span(entry.date, entry.until or entry.date))
    return {name: tuple(spans) for name, spans in found.items()}


def _span(first: date, last: date) -> tuple[date, date]:
    return first, last + timedelta(days=1)
