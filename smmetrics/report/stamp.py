"""The stamp of a report: what it looks at, until when its data go, what made it, and for whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from smmetrics import __version__
from smmetrics.panels.texts import fresh_words, platform_words

if TYPE_CHECKING:
    from datetime import date

    from smmetrics.panels.source import Source, View
    from smmetrics.report.editions import Edition

GRAINS = {"day": "by day", "week": "by week", "month": "by month", "quarter": "by quarter", "total": "as one period"}
COMPARISONS = {"none": "not compared", "previous": "the period before", "last_year": "the same days a year before"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Stamp:
    """What belongs to a number that leaves the house. ``rows``: words and what they say, ready to read."""

    created: date
    data_until: str
    rows: tuple[tuple[str, str], ...]


def stamp_of(source: Source, view: View, edition: Edition, today: date, *, versions: str = "") -> Stamp:
    """The stamp of a report over ``view``, made on ``today``."""
    until = _data_until(source)
    goals = ", ".join(goal.name for goal in source.goals if not view.goals or goal.name in view.goals)
    rows = (
        ("Goals", goals or "none yet"),
        ("Days", _window(source, view)),
        ("Shown", GRAINS.get(view.grain, view.grain)),
        ("Compared with", COMPARISONS.get(view.comparison, view.comparison)),
        ("Platforms", _platforms(source, view)),
        ("Chosen", "; ".join(f"{name}: {', '.join(values)}" for name, values in sorted(view.selected.items()))),
        ("Data until", until),
        ("Zone", source.zone),
        ("Edition", f"{edition.name}: {edition.words}"),
        ("Made", today.isoformat()),
        ("Made with", versions or f"smmetrics {__version__}"),
    )
    return Stamp(created=today, data_until=until, rows=tuple((name, value) for name, value in rows if value))


def _window(source: Source, view: View) -> str:
    """The first and the last day looked at, whatever the view leaves open."""
    first, end = source.days() or (None, None)
    since, until = view.since or first, view.until or end
    if since is None or until is None:
        return "no data yet"
    more = f" (data begin {first.isoformat()})" if first is not None and first < since else ""
    return f"{since.isoformat()} – {_day_before(until).isoformat()}{more}"


def _day_before(day: date) -> date:
    return day.fromordinal(max(1, day.toordinal() - 1))


def _platforms(source: Source, view: View) -> str:
    return ", ".join(platform_words(name, source) for name in view.platforms) or "all"


def _data_until(source: Source) -> str:
    """The last day of data by platform."""
    return fresh_words(source) or "no data yet"
