from __future__ import annotations

from smmetrics.panels import build
from smmetrics.panels.empty import empty_goal, empty_workspace
from smmetrics.panels.gaps import gaps

GUARD, RATE, SHARE = "garden.left", "garden.replies", "garden.answered"
GONE = {"state": "not_measurable", "reason": "field.missing: posts.in_reply_to"}


def test_a_gap_says_why_what_is_nearest_and_what_would_do(fake, goal, cell, reading, october):
    asks = goal(leads=(SHARE, RATE))
    cells = (
        cell(
            note="The export does not say who wrote what.",
            would_do=("The archive (settings, download).", "garden.forms"),
        ),
        cell(
            channel="yarrow",
            platform="yarrow",
            note="The export does not say who wrote what.",
            would_do=("garden.forms",),
        ),
    )
    rows = [reading(**GONE), reading(RATE, unit="count", value=5.0, n=20)]
    result = gaps(fake(goals=(asks,), rows=rows, cells=cells), october, asks)
    (card,) = result.cards
    assert (card.kind, card.title, card.value, card.value_text) == ("gap", "Answered", None, "not measurable")
    assert card.reason_text == (
        "this export does not report which post a reply answers; Sorrel and Yarrow: the export does not say who wrote what"
    )
    assert card.nearest == (("Replies per post", "counts replies only"),)
    assert card.would_do == ("The archive (settings, download).", "garden.forms")
    assert result.words == ("1 of 2 numbers cannot be measured here: 1 first number.",)


def test_reasons_that_differ_by_platform_are_told_by_platform_once(fake, goal, cell, reading, october):
    note = "Readers' bookmarks are not seen."
    row = reading(state="not_measurable", reason=f"yarrow: field.missing: {note}; sorrel: platform.closed")
    asks = goal(leads=(SHARE, RATE))
    cells = (cell(channel="yarrow", platform="yarrow", note=note), cell(reason="platform.closed"))
    (card, _) = gaps(fake(goals=(asks,), rows=[row], cells=cells), october, asks).cards
    assert card.reason_text == "Yarrow: readers' bookmarks are not seen; Sorrel: the platform does not offer it"


def test_gaps_are_counted_by_role(fake, goal, reading, october):
    asks = goal(leads=(SHARE, RATE), guards=(GUARD, "other.unknown"))
    result = gaps(fake(goals=(asks,), rows=[reading(RATE, value=1.0, unit="count")]), october, asks)
    assert result.title == "What cannot be measured (3)"
    assert result.words == ("3 of 4 numbers cannot be measured here: 1 first number and 2 beside.",)
    assert [card.reason_text for card in result.cards if card.metric == "other.unknown"] == [
        "no installed plugin defines it"
    ]


def test_the_only_lead_is_not_collected_with_the_gaps(fake, goal, reading, october):
    source = fake(goals=(goal(),), rows=[reading(**GONE)])
    assert gaps(source, october, goal()).empty


def test_without_a_strategy_the_screen_says_how_to_begin(fake, october):
    (result,) = build(fake(purpose=""), october)
    (card,) = result.cards
    assert (result.panel, card.kind, card.title) == ("empty", "empty", "There is no strategy yet")
    assert "smmetrics init" in card.would_do[0]
    assert 1 <= len(card.would_do) <= 3


def test_a_strategy_without_goals_is_asked_for_one(fake, october):
    (result,) = build(fake(), october)
    assert "strategy.toml" in result.cards[0].would_do[0]


def test_without_data_the_screen_names_the_files_that_answer_most(fake, goal, cell):
    cells = (
        cell(would_do=("One file.",)),
        cell(would_do=("Many files.",)),
        cell(RATE, would_do=("Many files.",)),
        cell(GUARD, source="yarrow.file", status="measurable"),
    )
    result = empty_workspace(fake(goals=(goal(),), covered=None, cells=cells))
    assert result.cards[0].would_do == (
        "1. Many files. Then: smmetrics import FILE. It answers: Answered and Replies per post.",
        "2. One file. Then: smmetrics import FILE. It answers: Answered.",
        "3. See which question each channel can answer: smmetrics coverage.",
    )


def test_without_data_and_channels_the_screen_still_says_what_to_do(fake, goal):
    result = empty_workspace(fake(goals=(goal(),), covered=None))
    assert "smmetrics import FILE" in result.cards[0].would_do[0]


def test_a_goal_nothing_can_measure_says_what_to_do_next(fake, goal, cell, reading, october):
    source = fake(goals=(goal(),), rows=[reading(**GONE)], cells=(cell(would_do=("yarrow.archive",)),))
    (card,) = empty_goal(source, october, goal()).cards
    assert card.would_do == (
        "1. Get a file of the kind yarrow.archive. Then: smmetrics import FILE. It answers: Answered.",
        "2. See why, for each question and channel: smmetrics coverage answer.",
    )
    assert [result.panel for result in build(source, october)] == ["headline", "empty", "cards"]


def test_a_goal_without_a_question_is_asked_for_one(fake, goal, october):
    (card,) = empty_goal(fake(), october, goal(leads=())).cards
    assert "Ask a question in goals.answer" in card.would_do[0]


def test_a_goal_with_a_number_has_no_empty_screen(fake, goal, reading, october):
    assert empty_goal(fake(rows=[reading(value=0.5, n=20)]), october, goal()).empty
