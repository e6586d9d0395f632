"""What a report shows of the story: every part is there, and every card holds the planted number."""

from __future__ import annotations

import pytest

from smmetrics import panels
from smmetrics.panels.source import View
from smmetrics_samples.truth import rows

PLANTED = {row.metric: row for row in rows() if (row.slice, row.period) == ("", "all")}


@pytest.fixture(scope="module")
def built(workspace):
    return panels.build(workspace.source(), View())


@pytest.fixture(scope="module")
def cards(built):
    return [card for panel in built for card in panel.cards]


def test_no_part_fails_and_none_is_empty(cards):
    assert [(card.title, card.reason_text) for card in cards if card.kind in {"error", "empty"}] == []


def test_every_card_holds_the_planted_number(cards):
    shown = [card for card in cards if card.kind == "kpi"]
    assert {card.metric for card in shown} > {"communicating.conversation_rate", "first_answer", "kept_posts"}
    for card in shown:
        assert card.value == pytest.approx(PLANTED[card.metric].value, rel=1e-9), card.metric


def test_every_gap_is_a_planted_one(cards):
    gaps = {card.metric for card in cards if card.kind == "gap"}
    assert gaps == {"communicating.save_rate"}
    assert {PLANTED[metric].state for metric in gaps} == {"not_measurable"}


def test_every_part_of_a_report_has_something_to_show(built, cards):
    # What all goals show alike stands once, after them, and names them.
    talked = [panel for panel in built if panel.goal in {"start-talking", ""}]
    assert {panel.panel for panel in talked} >= {
        "headline",
        "cards",
        "trend",
        "platforms",
        "conversations",
        "posts",
        "hours",
        "gaps",
    }
    assert all(panel.words or panel.cards or panel.charts or panel.tables for panel in talked)
    assert {card.role for card in cards if card.kind == "kpi"} >= {"lead", "guard"}
    assert {card.status for card in cards} >= {"met", "behind", "uncertain", "on_track"}


def test_the_conversations_that_wait_for_us_are_the_planted_ones(built):
    (panel,) = [panel for panel in built if panel.panel == "conversations"]
    assert any("Start talking" in note or "start-talking" in note for note in panel.notes)
    totals = {table.name: table.total for table in panel.tables}
    monologues = PLANTED["communicating.monologue_share"]
    assert totals["unanswered"] == round(monologues.value * monologues.n)
    assert totals["questions"] == PLANTED["unanswered_questions"].value
