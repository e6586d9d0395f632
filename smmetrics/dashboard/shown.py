"""Results of panels as markup: cards, words and tables. Every text of a result enters here, as a text."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from smmetrics.dashboard.html import Markup, joined, some, table, tag

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from smmetrics.panels.results import Card, PanelResult, Spark, Table

HEADLINE = "headline"
"""The panel that says in words how a goal stands."""
_KINDS = frozenset({"kpi", "gap", "error", "empty"})
_STATUSES = frozenset(
    {"met", "on_track", "behind", "missed", "uncertain", "before_baseline", "day_passed", "no_baseline"}
)
_WIDTH, _HEIGHT, _EDGE = 120.0, 28.0, 3.0
_LEAST = 2
"""A line needs two points."""


@dataclass(frozen=True, slots=True)
class Parts:
    """A panel in three parts, its charts between the second and the third."""

    head: Markup
    top: Markup
    end: Markup


def parts(result: PanelResult, *, asks: bool = False) -> Parts:
    """A panel without its charts. A goal's headline opens its section; the goal's other panels stand below it.

    ``asks``: whether numbers have a button that opens what is behind them.
    """
    head, heading = (tag("h4", result.title), "h5") if is_below(result) else (tag("h3", result.title), "h4")
    top = joined([*(tag("p", words) for words in result.words), cards(result.cards, heading=heading, asks=asks)])
    notes = (tag("p", note, class_="smm-soft") for note in result.notes)
    return Parts(head, top, joined([*(_table(each, heading) for each in result.tables), *notes]))


def is_below(result: PanelResult) -> bool:
    """Whether a panel stands below the headline of its goal."""
    return bool(result.goal) and result.panel != HEADLINE


def look(result: PanelResult) -> str:
    """The classes of a panel's section."""
    return "smm" if is_below(result) else "smm smm-goal"


def label(result: PanelResult) -> str:
    """What a panel's section is called by those who do not see it."""
    return f"{result.title}: {result.goal}" if result.goal else result.title


def cards(all_: Sequence[Card], *, heading: str, asks: bool = False) -> Markup:
    """Cards beside each other; nothing where there are none."""
    return some("div", *(_card(card, heading, asks=asks) for card in all_), class_="smm-cards")


def _card(card: Card, heading: str, *, asks: bool) -> Markup:
    """A card in three rows that stand level with those of the cards beside it."""
    kind = card.kind if card.kind in _KINDS else "error"
    beside = " smm-guard" if card.role == "guard" else ""
    measured = " · ".join(part for part in (card.interval_text, card.sample_text, card.reported_text) if part)
    role = "Watch this too" if beside else ""
    top = tag(heading, card.title, class_="smm-name"), some("p", role, class_="smm-soft")
    body = (
        some("p", card.value_text, class_="smm-value"),
        some("p", measured, class_="smm-soft"),
        _status(card),
        some("p", card.change_text),
        some("p", card.reason_text, class_="smm-reason"),
        some("p", card.widened_text),
        _instead(card),
    )
    foot = spark(card.spark), _ask(card) if asks and card.reading_id else ""
    rows = (tag("div", *row) for row in (top, body, foot))
    return tag("article", *rows, class_=f"smm-card smm-{kind}{beside}")


def _ask(card: Card) -> Markup:
    """The button that opens what is behind a number."""
    words = "Where this comes from"
    return tag(
        "button", words, type="button", class_="smm-ask", data_reading=card.reading_id, aria_expanded="false",
        aria_label=f"{words}: {card.title}",
    )  # fmt: skip


def _status(card: Card) -> Markup:
    """How the target stands: a glyph and its words, never a colour alone."""
    look = f"smm-{card.status}" if card.status in _STATUSES else "smm-soft"
    stands = joined([some("span", card.glyph, aria_hidden="true"), " " if card.glyph else "", card.status_text])
    return joined([some("p", stands, class_=look), some("p", card.target_text, class_="smm-soft")])


def _instead(card: Card) -> Markup:
    """What could be measured instead, and what would do."""
    near = [tag("li", name, ": " if why else "", why) for name, why in card.nearest]
    return joined(
        [
            some("p", "Nearest:" if near else ""),
            some("ul", *near),
            some("p", "What would do:" if card.would_do and card.kind != "empty" else ""),
            some("ul", *(tag("li", each) for each in card.would_do)),
        ]
    )


def spark(points: Sequence[Spark]) -> Markup:
    """A small line of values; where one is missing the line is broken."""
    known = [point.value for point in points if point.value is not None and math.isfinite(point.value)]
    if len(known) < _LEAST:
        return joined(())
    low, high = min(known), max(known)
    step = (_WIDTH - 2 * _EDGE) / (len(points) - 1)
    scale = (_HEIGHT - 2 * _EDGE) / (high - low) if high > low else 0.0
    lines = [
        [(_EDGE + place * step, _HEIGHT - _EDGE - (value - low) * scale) for place, value in run]
        for run in _runs(points)
    ]
    drawn = joined(_line(line) for line in lines)
    title = tag("title", f"{len(known)} values from {points[0].start} to {points[-1].start}")
    return tag(
        "svg", title, drawn, class_="smm-spark", viewBox=f"0 0 {_WIDTH:g} {_HEIGHT:g}", role="img",
        preserveAspectRatio="none",
    )  # fmt: skip


def _runs(points: Iterable[Spark]) -> Iterable[list[tuple[int, float]]]:
    run: list[tuple[int, float]] = []
    for place, point in enumerate(points):
        if point.value is not None and math.isfinite(point.value):
            run.append((place, point.value))
        elif run:
            yield run
            run = []
    if run:
        yield run


def _line(points: Sequence[tuple[float, float]]) -> Markup:
    if len(points) < _LEAST:
        (x, y) = points[0]
        return tag("circle", cx=f"{x:.1f}", cy=f"{y:.1f}", r="1.5", fill="currentColor")
    told = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    look = {"fill": "none", "stroke": "currentColor", "stroke_width": "1.5", "vector_effect": "non-scaling-stroke"}
    return tag("polyline", points=told, **look)


def _table(given: Table, heading: str) -> Markup:
    shown = len(given.rows)
    count = f"{shown:,} of {given.total:,} rows" if given.total > shown else ""
    return joined(
        [
            tag(heading, given.title, class_="smm-name"),
            table(given.columns, given.rows, label=given.title),
            some("p", " · ".join(part for part in (count, given.note) if part), class_="smm-soft"),
        ]
    )


def head(title: str, purpose: str, fresh: str, found: str = "") -> Markup:
    """What the dashboard is of, why, how new its data is, and what the review finds."""
    soft = (some("p", said, class_="smm-soft") for said in (fresh, found))
    parts = tag("h2", title), some("p", purpose), *soft
    return tag("div", *parts, class_="smm")
