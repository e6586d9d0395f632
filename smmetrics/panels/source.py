"""What panels and the dashboard are given: goals, a view of time and places, and somebody who answers questions."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    import polars as pl

    from smmetrics.contracts.steps import Step

Grain = Literal["day", "week", "month", "quarter", "total"]
Comparison = Literal["none", "previous", "last_year"]


@dataclass(frozen=True, kw_only=True, slots=True)
class View:
    """What is looked at: which goals, days (``until`` excluded), platforms and selected values.

    ``platforms`` empty: all. ``selected``: values chosen in a chart, by dimension (the cross-filter).
    """

    goals: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    grain: Grain = "month"
    comparison: Comparison = "previous"
    platforms: tuple[str, ...] = ()
    selected: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def with_(self, **changes: Any) -> View:  # noqa: ANN401 (the fields of a view)
        """The same view, changed."""
        return replace(self, **changes)


@dataclass(frozen=True, kw_only=True, slots=True)
class Occasion:
    """A campaign or an entry of the calendar: days (both ends included; ``last`` None: still going on) and a title."""

    title: str
    first: date
    last: date | None


@dataclass(frozen=True, kw_only=True, slots=True)
class GoalInfo:
    """A goal as people stated it.

    ``questions``: (words, leads, guards); ``hours``: planned a week by person; ``due``: metrics with a target, and
    the day by which it is to be reached (None: no day was named); ``occasions``: what is worth seeing on its charts;
    ``platforms``: those with a channel that serves it (none: nobody said).
    """

    name: str
    why: str = ""
    for_them: str = ""
    audience: str = ""
    people: tuple[str, ...] = ()
    hours: Mapping[str, float] = field(default_factory=dict)
    activities: tuple[str, ...] = ()
    decision: str = ""
    questions: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = ()
    due: Mapping[str, date | None] = field(default_factory=dict)
    occasions: tuple[Occasion, ...] = ()
    platforms: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class MetricInfo:
    """A metric in words: what a card and its evidence show.

    ``people_on``: the platforms whose people it counts, if it counts people; ``twice``: what then has to be said of
    those who are on two of them.
    """

    id: str
    title: str
    question: str = ""
    formula: str = ""
    unit: str = ""
    noun: str = ""
    better: str = "none"
    caveat: str = ""
    citation: str = ""
    level: str = ""
    nearest: tuple[tuple[str, str], ...] = ()
    tables: tuple[str, ...] = ()
    people_on: tuple[str, ...] = ()
    twice: str = ""


class Source(Protocol):
    """Somebody who knows a workspace. Readings have the engine's columns; nothing is raised for missing data."""

    @property
    def title(self) -> str:
        """The strategy's title."""
        ...

    @property
    def purpose(self) -> str:
        """The strategy's purpose."""
        ...

    @property
    def zone(self) -> str:
        """The strategy's zone."""
        ...

    @property
    def currency(self) -> str:
        """The strategy's currency, such as EUR; empty where none is stated."""
        ...

    @property
    def goals(self) -> Sequence[GoalInfo]:
        """The goals, in the file's order."""
        ...

    @property
    def platforms(self) -> Mapping[str, str]:
        """Platforms that came in: id to title, in the order colours are given."""
        ...

    def metric(self, id: str) -> MetricInfo | None:  # noqa: A002 (the metric's word)
        """A metric in words."""
        ...

    def readings(self, view: View, *, by: Sequence[str] = (), grain: str = "total") -> pl.DataFrame:
        """Readings of the view's goals, cut by dimensions and grain; with previous and change if it compares."""
        ...

    def table(
        self, name: str, view: View, *, columns: Sequence[str] = (), limit: int = 50, offset: int = 0
    ) -> pl.DataFrame:
        """Rows of a table as formulas see them, newest first, inside the view."""
        ...

    def count(self, name: str, view: View) -> int:
        """How many rows `table` has in all."""
        ...

    def coverage(self, goal: str) -> Sequence[Mapping[str, Any]]:
        """The cells of a goal: metric, channel, status, reason, note, have, would_do."""
        ...

    def evidence(self, reading_id: str, view: View) -> Mapping[str, Any]:
        """What is behind one reading: formula, provenance, sources, rows' table, quarantined and immature counts."""
        ...

    def working(self, reading_id: str, view: View) -> Mapping[str, Any]:
        """A reading's formula with its numbers in it: formula, numbers, in_words, parts. Only those who ask wait."""
        ...

    def findings(self) -> Sequence[Mapping[str, Any]]:
        """What the review says: code, level, message, hint."""
        ...

    def next_steps(self) -> Sequence[Step]:
        """What to do now, as `smmetrics next` says it: at most three steps."""
        ...

    def freshness(self) -> Mapping[str, date]:
        """The last day of data by platform."""
        ...

    def days(self) -> tuple[date, date] | None:
        """First day covered and first day not covered any more, or None where nothing came in."""
        ...

    def plugin_panels(self) -> Sequence[tuple[str, str, Any]]:
        """Panels of plugins: id, plugin's name, and the function (or the exception its loading raised)."""
        ...
