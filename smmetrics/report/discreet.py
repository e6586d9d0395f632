"""A source that holds back what an edition may not show, before any panel sees it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from smmetrics.report.scrub import Scrub
from smmetrics.report.withholding import impersonal, withhold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    import polars as pl

    from smmetrics.contracts.steps import Step
    from smmetrics.panels.source import GoalInfo, MetricInfo, Source, View
    from smmetrics.report.editions import Edition

TOLD = ("formula", "table")
"""What the evidence of a number may say: neither files nor counts, which could be of a few."""

TEAM_TABLES = frozenset({"effort", "plan", "people"})
"""Tables whose rows are what members of the team do."""


class Discreet:
    """Answers as ``source`` does, without names of persons, without quotes, without numbers about a few."""

    def __init__(self, source: Source, edition: Edition) -> None:
        """``edition`` says how few are too few."""
        self._source = source
        self._edition = edition
        self.scrub = Scrub.of(source.goals)

    @property
    def title(self) -> str:
        """The strategy's title."""
        return self.scrub(self._source.title)

    @property
    def purpose(self) -> str:
        """The strategy's purpose."""
        return self.scrub(self._source.purpose)

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
        """The goals without who works on them."""
        return tuple(
            replace(
                goal,
                why=self.scrub(goal.why),
                for_them=self.scrub(goal.for_them),
                audience=self.scrub(goal.audience),
                decision=self.scrub(goal.decision),
                people=(),
                hours={},
                occasions=tuple(replace(each, title=self.scrub(each.title)) for each in goal.occasions),
            )
            for goal in self._source.goals
        )

    @property
    def platforms(self) -> Mapping[str, str]:
        """Platforms that came in."""
        return self._source.platforms

    def metric(self, id: str) -> MetricInfo | None:  # noqa: A002 (the metric's word)
        """A metric in words."""
        return self._source.metric(id)

    def readings(self, view: View, *, by: Sequence[str] = (), grain: str = "total") -> pl.DataFrame:
        """Readings; those of a few are suppressed, and what is cut by anything but platforms is not given."""
        frame = self._source.readings(view, by=by, grain=grain)
        if not self._edition.smallest:
            return frame
        if set(by) - {"platform"}:
            return frame.clear()
        return withhold(frame, self._edition.smallest, also=self._of_the_team(frame))

    def _of_the_team(self, frame: pl.DataFrame) -> frozenset[str]:
        """Metrics of the time that a small team gives: they speak of a few, however many rows they count."""
        team = {person for goal in self._source.goals for person in (*goal.people, *goal.hours)}
        if len(team) >= self._edition.smallest or "metric" not in frame.columns:
            return frozenset()
        known = ((name, self._source.metric(name)) for name in frame["metric"].unique().to_list())
        return frozenset(name for name, metric in known if metric and TEAM_TABLES.intersection(metric.tables))

    def table(
        self, name: str, view: View, *, columns: Sequence[str] = (), limit: int = 50, offset: int = 0
    ) -> pl.DataFrame:
        """Rows without anything a person wrote or is called."""
        return impersonal(self._source.table(name, view, columns=columns, limit=limit, offset=offset))

    def count(self, name: str, view: View) -> int:
        """How many rows there are in all; none where that could be a few people."""
        count = self._source.count(name, view)
        return count if count >= self._edition.smallest else 0

    def coverage(self, goal: str) -> Sequence[Mapping[str, Any]]:
        """The cells of a goal, without what names a handle or a file."""
        return tuple(
            {key: self.scrub.inside(value) for key, value in cell.items() if key not in {"have", "came_in"}}
            for cell in self._source.coverage(goal)
        )

    def evidence(self, reading_id: str, view: View) -> Mapping[str, Any]:
        """What is behind a reading, without the files it came from."""
        told = self._source.evidence(reading_id, view)
        return {key: told[key] for key in TOLD if key in told}

    def working(self, reading_id: str, view: View) -> Mapping[str, Any]:  # noqa: ARG002 (as all sources have it)
        """Nothing: parts of a number could be of a few."""
        return {}

    def findings(self) -> Sequence[Mapping[str, Any]]:
        """Nothing: findings are for those who can mend them."""
        return ()

    def next_steps(self) -> Sequence[Step]:
        """None: what is to be done is for those who do it."""
        return ()

    def freshness(self) -> Mapping[str, date]:
        """The last day of data by platform."""
        return self._source.freshness()

    def days(self) -> tuple[date, date] | None:
        """First day covered and first day not covered any more."""
        return self._source.days()

    def plugin_panels(self) -> Sequence[tuple[str, str, Any]]:
        """None: nobody can say what a plugin's panel names."""
        return ()
