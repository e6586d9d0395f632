"""A source that remembers what it was asked: the panels of one view ask for the same readings and rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    import polars as pl

    from smmetrics.contracts.steps import Step
    from smmetrics.panels.source import GoalInfo, MetricInfo, Source, View

T = TypeVar("T")


class Remembered:
    """Asks another source once for each thing. For the time of one build: it never forgets."""

    def __init__(self, source: Source) -> None:
        """Nothing was asked yet."""
        self._source = source
        self._answers: dict[tuple[object, ...], Any] = {}

    @property
    def title(self) -> str:
        """The strategy's title."""
        return self._source.title

    @property
    def purpose(self) -> str:
        """The strategy's purpose."""
        return self._source.purpose

    @property
    def zone(self) -> str:
        """The strategy's zone."""
        return self._source.zone

    @property
    def currency(self) -> str:
        """The strategy's currency."""
        return self._source.currency

    @property
    def goals(self) -> Sequence[GoalInfo]:
        """The goals, in the file's order."""
        return self.once(("goals",), lambda: self._source.goals)

    @property
    def platforms(self) -> Mapping[str, str]:
        """Platforms that came in: id to title."""
        return self.once(("platforms",), lambda: self._source.platforms)

    def metric(self, id: str) -> MetricInfo | None:  # noqa: A002 (the metric's word)
        """A metric in words."""
        return self.once(("metric", id), lambda: self._source.metric(id))

    def readings(self, view: View, *, by: Sequence[str] = (), grain: str = "total") -> pl.DataFrame:
        """Readings of the view's goals."""
        key = ("readings", key_of(view), tuple(by), grain)
        return self.once(key, lambda: self._source.readings(view, by=by, grain=grain))

    def table(
        self, name: str, view: View, *, columns: Sequence[str] = (), limit: int = 50, offset: int = 0
    ) -> pl.DataFrame:
        """Rows of a table."""
        key = ("table", name, key_of(view), tuple(columns), limit, offset)
        return self.once(key, lambda: self._source.table(name, view, columns=columns, limit=limit, offset=offset))

    def count(self, name: str, view: View) -> int:
        """How many rows a table has."""
        return self.once(("count", name, key_of(view)), lambda: self._source.count(name, view))

    def coverage(self, goal: str) -> Sequence[Mapping[str, Any]]:
        """The cells of a goal."""
        return self.once(("coverage", goal), lambda: self._source.coverage(goal))

    def evidence(self, reading_id: str, view: View) -> Mapping[str, Any]:
        """What is behind one reading."""
        return self._source.evidence(reading_id, view)

    def working(self, reading_id: str, view: View) -> Mapping[str, Any]:
        """A reading's formula with its numbers in it."""
        return self._source.working(reading_id, view)

    def findings(self) -> Sequence[Mapping[str, Any]]:
        """What the review says."""
        return self.once(("findings",), self._source.findings)

    def next_steps(self) -> Sequence[Step]:
        """What to do now."""
        return self.once(("next_steps",), self._source.next_steps)

    def freshness(self) -> Mapping[str, date]:
        """The last day of data by platform."""
        return self.once(("freshness",), self._source.freshness)

    def days(self) -> tuple[date, date] | None:
        """First day covered and first day not covered any more."""
        return self.once(("days",), self._source.days)

    def plugin_panels(self) -> Sequence[tuple[str, str, Any]]:
        """Panels of plugins."""
        return self._source.plugin_panels()

    def once(self, key: tuple[object, ...], ask: Callable[[], T]) -> T:
        """An answer, worked out the first time: what panels make of answers may be kept here, too."""
        if key not in self._answers:
            self._answers[key] = ask()
        answer: T = self._answers[key]
        return answer


def once(source: Source, key: tuple[object, ...], ask: Callable[[], T]) -> T:
    """An answer, worked out once for a source that remembers, and each time for any other."""
    return source.once(key, ask) if isinstance(source, Remembered) else ask()


def key_of(view: View) -> tuple[object, ...]:
    """A view as something to look answers up by."""
    chosen = tuple(sorted((name, tuple(kept)) for name, kept in view.selected.items()))
    return (view.goals, view.since, view.until, view.comparison, view.platforms, chosen)
