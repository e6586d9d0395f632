"""The part of a page that speaks of one goal: who it is for, the headline, and every panel in its order."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from smmetrics.panels.markup import Markup, joined, some, tag
from smmetrics.report.cards import card_list
from smmetrics.report.drawing import about_of, group_of, stand_beside
from smmetrics.report.tables import table_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from smmetrics.panels.results import Chart, PanelResult
    from smmetrics.panels.source import GoalInfo
    from smmetrics.report.document import Document, Section
    from smmetrics.report.drawing import Sketch

WHOLE = "All goals together"
BEGIN = "Where to begin"
"""The title above what to do where there is nothing to look at."""


def section_of(document: Document, section: Section, place: int, sketch: Sketch) -> Markup:
    """A goal's section. ``sketch`` makes the places where charts are seen."""
    name = f"goal-{place}"
    title = title_of(section)
    return tag(
        "section",
        tag("h2", title, id=f"{name}-title"),
        _about(section.goal, document) if section.goal else "",
        _headline(section),
        *(_panel(result, document, sketch) for result in section.results if result.panel != "headline"),
        _decision(section.goal, document) if section.goal and document.edition.decisions else "",
        id=name,
        class_="goal",
        aria_labelledby=f"{name}-title",
    )


def title_of(section: Section) -> str:
    """A goal's name as words: ``answer-people`` is *Answer people*."""
    if section.goal is None:
        return BEGIN if all(result.panel == "empty" for result in section.results) else WHOLE
    words = section.goal.name.replace("-", " ").replace("_", " ").strip()
    return words[:1].upper() + words[1:] or section.goal.name


def facts_of(goal: GoalInfo) -> Iterable[tuple[str, str]]:
    """What belongs to a goal, as pairs of words; what was not stated is left out."""
    hours = ", ".join(f"{person} {number:g} h" for person, number in goal.hours.items())
    told = (
        ("For", goal.audience),
        ("They get", goal.for_them),
        ("By", ", ".join(goal.people)),
        ("Hours a week", hours),
        ("Through", ", ".join(goal.activities)),
    )
    return ((words, value) for words, value in told if value)


def _about(goal: GoalInfo, document: Document) -> Markup:
    facts = [] if document.edition.name == "board" else facts_of(goal)
    pairs = (tag("div", tag("dt", words), tag("dd", value)) for words, value in facts)
    return tag("div", some("p", goal.why, class_="why"), some("dl", *pairs, class_="facts"))


def _headline(section: Section) -> Markup:
    return some("div", *(tag("p", words) for words in section.headline), class_="headline")


def _decision(goal: GoalInfo, document: Document) -> Markup:
    """What was to be decided, for those who decide; others see it where they work."""
    parts = (("To decide", goal.decision), ("Due", document.due(goal)))
    pairs = (tag("div", tag("dt", words), tag("dd", value)) for words, value in parts if value)
    return some("dl", *pairs, class_="facts decision")


def _panel(result: PanelResult, document: Document, sketch: Sketch) -> Markup:
    if result.empty and not result.notes:
        return joined(())
    content = (
        *(tag("p", words) for words in result.words),
        card_list(result.cards, document.evidence),
        *_charts(result, document, sketch),
        *(table_of(table) for table in result.tables),
        *(tag("p", note, class_="note") for note in result.notes),
    )
    if result.folded:
        summary = tag("summary", tag("h3", result.title))
        return tag("details", summary, *content, class_="panel", data_panel=result.panel)
    return tag("div", some("h3", result.title), *content, class_="panel", data_panel=result.panel)


def _charts(result: PanelResult, document: Document, sketch: Sketch) -> Iterator[Markup]:
    """Charts in their order; those of one group stand together below what they all show."""
    for group, found in groupby(result.charts, group_of):
        charts = tuple(found)
        seen = (_figure(chart, result, document, sketch) for chart in charts)
        if group:
            title = about_of(charts[0])
            yield tag(
                "div",
                some("h4", title),
                _asked(title, document),
                tag("div", *seen, class_="charts several"),
                class_="group",
            )
        else:
            yield tag("div", *seen, class_="charts")


def _figure(chart: Chart, result: PanelResult, document: Document, sketch: Sketch) -> Markup:
    """A chart with its title, unless its panel's title says the same, and with what its number answers."""
    title = "" if chart.title == result.title else chart.title
    seen = sketch.draw(chart, beside=stand_beside(result))
    return tag("figure", some("figcaption", title), _asked(title, document), seen, class_="chart")


def _asked(title: str, document: Document) -> Markup:
    """The question a number answers, for readers who do not work with these numbers."""
    return some("p", document.asks.get(title, ""), class_="note")
