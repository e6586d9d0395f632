"""One card: a number with all that makes it honest, or why there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smmetrics.panels.charts.spark import spark
from smmetrics.panels.markup import Markup, clean, joined, ours, some, tag

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from smmetrics.panels.results import Card
    from smmetrics.report.evidence import Evidence

ROLES = {"lead": "", "guard": "Watch this too", "context": "Context"}
KINDS = {"kpi": "", "gap": "Not measurable yet", "error": "Failed", "empty": ""}


def card_list(cards: Sequence[Card], evidence: Mapping[str, Evidence]) -> Markup:
    """Cards as a list; nothing where there are none."""
    if not cards:
        return joined(())
    return tag("ul", *(tag("li", card_of(card, evidence)) for card in cards), class_="cards")


def card_of(card: Card, evidence: Mapping[str, Evidence]) -> Markup:
    """A card as HTML, every text escaped."""
    return tag(
        "article",
        some("p", KINDS.get(card.kind, "") or ROLES.get(card.role, ""), class_="role"),
        tag("h4", card.title),
        _number(card),
        _status(card),
        some("p", card.change_text, class_="change"),
        _line(card),
        some("p", joined(filter(None, (card.sample_text, card.reported_text)), " · "), class_="sample"),
        some("p", card.reason_text, class_="reason"),
        some("p", card.widened_text, class_="widened"),
        _nearest(card),
        _would_do(card),
        evidence_of_card(evidence.get(card.reading_id)) if card.reading_id in evidence else "",
        class_=f"card {card.kind} {card.role}",
        data_status=card.status or None,
    )


def _number(card: Card) -> Markup:
    if not card.value_text:
        return joined(())
    interval = some("span", card.interval_text, class_="interval")
    return tag("p", tag("strong", card.value_text), " " if interval else "", interval, class_="value")


def _line(card: Card) -> Markup:
    """The small line of at least two values, with what it does in words; no judgement."""
    values = [step.value for step in card.spark if step.value is not None]
    if len(values) < 2:  # noqa: PLR2004 (a line needs two ends)
        return joined(())
    course = "as high" if values[-1] == values[0] else "higher" if values[-1] > values[0] else "lower"
    words = f"{card.title}, {card.spark[0].start} to {card.spark[-1].start}: at the end {course}"
    return ours(spark(card.spark, label=clean(words)))


def _status(card: Card) -> Markup:
    """The status as glyph and word, so that it needs no colour; and the target."""
    if not (card.status_text or card.target_text):
        return joined(())
    glyph = some("span", card.glyph, aria_hidden="true", class_="glyph")
    word = joined(filter(None, (glyph, card.status_text)), " ")
    return tag(
        "p",
        some("span", word, class_="word") if card.status_text else "",
        ", " if card.status_text and card.target_text else "",
        some("span", card.target_text, class_="target"),
        class_="status",
    )


def _nearest(card: Card) -> Markup:
    if not card.nearest:
        return joined(())
    items = (tag("li", name, f": {why}" if why else "") for name, why in card.nearest)
    return tag("div", tag("p", "Nearest that can be measured"), tag("ul", *items), class_="more")


def _would_do(card: Card) -> Markup:
    if not card.would_do:
        return joined(())
    head = "" if card.kind == "empty" else tag("p", "What would do")
    return tag("div", head, tag("ul", *(tag("li", each) for each in card.would_do)), class_="more")


def evidence_of_card(evidence: Evidence | None) -> Markup:
    """What is behind the number, folded."""
    if evidence is None:
        return joined(())
    formula = [tag("dt", "Formula"), tag("dd", tag("code", evidence.formula))] if evidence.formula else []
    rows = [part for words, value in evidence.rows for part in (tag("dt", words), tag("dd", value))]
    summary = tag("summary", "Where this comes from")
    return tag("details", summary, tag("dl", *formula, *rows), class_="evidence")
