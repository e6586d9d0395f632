"""All that one report says, gathered once: every format is a way to write this down."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from smmetrics.panels.spans import day_words
from smmetrics.panels.telling import listed
from smmetrics.report.discreet import Discreet
from smmetrics.report.evidence import Evidence, evidence_of, versions_of
from smmetrics.report.stamp import Stamp, stamp_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date

    from smmetrics.panels.results import Card, Chart, PanelResult
    from smmetrics.panels.source import GoalInfo, Source, View
    from smmetrics.report.editions import Edition


@dataclass(frozen=True, kw_only=True, slots=True)
class Section:
    """What a report says of one goal; of the whole workspace where there is no goal."""

    goal: GoalInfo | None
    results: tuple[PanelResult, ...]

    @property
    def headline(self) -> tuple[str, ...]:
        """The plain words at the top."""
        return next((result.words for result in self.results if result.panel == "headline"), ())

    @property
    def charts(self) -> tuple[Chart, ...]:
        """The charts, in the order they are seen."""
        return tuple(chart for result in self.results for chart in result.charts)


@dataclass(frozen=True, kw_only=True, slots=True)
class Document:
    """A report before it is written down."""

    title: str
    purpose: str
    edition: Edition
    stamp: Stamp
    sections: tuple[Section, ...]
    evidence: Mapping[str, Evidence]
    findings: tuple[Mapping[str, object], ...] = ()
    left_out: tuple[str, ...] = ()
    metric_titles: Mapping[str, str] = field(default_factory=dict)
    asks: Mapping[str, str] = field(default_factory=dict)
    """By title, the question a number answers: for readers who do not work with these numbers."""

    def metric_title(self, name: str) -> str:
        """What people call a metric."""
        return self.metric_titles.get(name, name)

    def due(self, goal: GoalInfo) -> str:
        """Which numbers are to be reached by which day, those of one day together."""
        days: dict[date, list[str]] = {}
        for name, day in goal.due.items():
            if day:
                days.setdefault(day, []).append(self.metric_title(name))
        return "; ".join(f"{listed(names)} by {day_words(day)}" for day, names in sorted(days.items()))

    @property
    def charts(self) -> tuple[Chart, ...]:
        """The charts of all sections."""
        return tuple(chart for section in self.sections for chart in section.charts)


def gather(
    source: Source,
    view: View,
    edition: Edition,
    *,
    today: date | None = None,
    begin: Callable[[Iterable[PanelResult]], None] | None = None,
) -> Document:
    """Everything the edition shows of the view.

    ``begin`` is told of panels with charts before what stands around them, of each goal's before the next are counted.
    """
    from smmetrics import panels  # noqa: PLC0415 (altair is heavy)

    plugins = frozenset(id_ for id_, _, _ in source.plugin_panels())
    told: Source = Discreet(source, edition) if edition.private else source
    built = panels.build(told, view, heard=_ahead(told, edition, plugins, begin) if begin else None)
    results = [_fit(result, told, edition) for result in built if edition.shows(result, plugins)]
    sections = _sections(told, view, _chosen(results, edition))
    if begin:
        begin(result for section in sections for result in section.results)
    cards = [card for section in sections for result in section.results for card in result.cards]
    return Document(
        title=told.title or "Report",
        purpose=told.purpose,
        edition=edition,
        stamp=stamp_of(told, view, edition, today or _today(source.zone), versions=_versions(source, view, built)),
        sections=sections,
        evidence=_evidence(told, view, cards) if edition.evidence else {},
        findings=tuple(told.findings()) if edition.findings else (),
        left_out=_left_out(built, results, plugins, edition),
        metric_titles={name: metric.title for goal in told.goals for name in goal.due if (metric := told.metric(name))},
        asks=_asks(told) if edition.private else {},
    )


def _ahead(
    told: Source, edition: Edition, plugins: frozenset[str], begin: Callable[[Iterable[PanelResult]], None]
) -> Callable[[PanelResult], None]:
    """Tells ``begin`` of what is seen of a goal's panels, panel by panel."""
    kept: list[PanelResult] = []

    def heard(result: PanelResult) -> None:
        if result.charts and edition.shows(result, plugins):
            kept.append(_fit(result, told, edition))
            begin(_chosen(kept, edition)[-1:])

    return heard


def _asks(source: Source) -> dict[str, str]:
    leads = (metric for goal in source.goals for _, leads, _ in goal.questions for metric in leads)
    known = (source.metric(metric) for metric in dict.fromkeys(leads))
    return {info.title: info.question for info in known if info}


def _today(zone: str) -> date:
    try:
        return datetime.now(tz=ZoneInfo(zone or "UTC")).date()
    except (ZoneInfoNotFoundError, ValueError):
        return datetime.now(tz=ZoneInfo("UTC")).date()


def _fit(result: PanelResult, told: Source, edition: Edition) -> PanelResult:
    """A panel's result, cut to what the edition shows of it."""
    if isinstance(told, Discreet):
        result = told.scrub.result(result)
    if not edition.tables:
        # What a cross in a chart means is said below it: see `_chosen`.
        result = replace(result, tables=(), notes=result.notes if result.panel == "trend" else ())
    if not edition.cards:
        result = replace(result, cards=tuple(card for card in result.cards if card.kind == "empty"))
    if edition.chart_height is None:
        return result
    return replace(result, charts=tuple(_high(chart, edition.chart_height) for chart in result.charts))


def _high(chart: Chart, height: int) -> Chart:
    """The chart at another height, where it has one of its own; one that grows with its rows stays."""
    return replace(chart, spec={**chart.spec, "height": height}) if isinstance(chart.spec.get("height"), int) else chart


def _chosen(results: Iterable[PanelResult], edition: Edition) -> list[PanelResult]:
    """The results with no more charts a goal than the edition has room for; empty ones only for their goal's sake."""
    left: dict[str, int] = {}
    chosen = []
    for result in results:
        if edition.charts is None:
            kept = result
        else:
            room = left.setdefault(result.goal, edition.charts)
            charts = result.charts[:room]
            notes = (note for note in result.notes if any(note.startswith(f"{chart.title}:") for chart in charts))
            kept = replace(result, charts=charts, notes=tuple(notes))
            left[result.goal] = room - len(kept.charts)
        if not kept.empty or kept.notes:
            chosen.append(kept)
    return chosen


def _sections(source: Source, view: View, results: Sequence[PanelResult]) -> tuple[Section, ...]:
    goals = [goal for goal in source.goals if not view.goals or goal.name in view.goals]
    named = {goal.name for goal in goals}
    sections = [
        Section(goal=goal, results=tuple(result for result in results if result.goal == goal.name)) for goal in goals
    ]
    rest = tuple(result for result in results if result.goal not in named)
    if rest and all(result.panel == "empty" for result in results):
        return (Section(goal=None, results=rest),)
    return (*sections, *([Section(goal=None, results=rest)] if rest else []))


def _versions(source: Source, view: View, built: Iterable[PanelResult]) -> str:
    """Versions name nobody: every edition says them."""
    cards = (card for result in built for card in result.cards if card.reading_id)
    return versions_of(source, view, (card.reading_id for card in cards))


def _evidence(source: Source, view: View, cards: Iterable[Card]) -> dict[str, Evidence]:
    return {card.reading_id: evidence_of(source, view, card) for card in cards if card.reading_id}


def _left_out(
    built: Iterable[PanelResult], kept: Sequence[PanelResult], plugins: frozenset[str], edition: Edition
) -> tuple[str, ...]:
    """What a reader of this edition does not see, in words."""
    if not edition.private:
        return ()
    shown = {result.panel for result in kept}
    titles = {
        result.title: None
        for result in built
        if result.title and not result.empty and result.panel not in shown | plugins
    }
    words = [f"Left out of this edition: {', '.join(titles)}."] if titles else []
    if edition.smallest:
        words.append(f"Withheld: every number about fewer than {edition.smallest}, and those that would give it away.")
    return tuple(words)
