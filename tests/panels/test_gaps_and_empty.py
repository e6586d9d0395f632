from __future__ import annotations

from datetime import date

from smmetrics.contracts.steps import Step
from smmetrics.panels import build
from smmetrics.panels.empty import empty_goal, empty_workspace
from smmetrics.panels.gaps import gaps
from smmetrics.panels.texts import fresh_words

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
    assert card.reason_text == "the export does not say who wrote what"
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


def test_a_number_no_release_computes_has_one_reason_and_it_is_nobodys_file(fake, goal, cell, reading, october):
    row = reading(state="not_measurable", reason="labels.absent: posts.promo needs labels")
    note = "not in this release yet: posts.promo needs labels"
    cells = tuple(cell(channel=name, platform=name, reason="labels.absent", note=note) for name in ("sorrel", "yarrow"))
    asks = goal(leads=(SHARE, RATE))
    (card, _) = gaps(fake(goals=(asks,), rows=[row], cells=cells), october, asks).cards
    assert card.reason_text == "not in this release yet: promo needs labels"


def test_where_no_channel_has_words_the_readings_reason_stands(fake, goal, reading, october):
    asks = goal(leads=(SHARE, RATE))
    (card, _) = gaps(fake(goals=(asks,), rows=[reading(**GONE)], cells=()), october, asks).cards
    assert card.reason_text == "this export does not report which post a reply answers"


def test_gaps_are_counted_by_role(fake, goal, reading, october):
    asks = goal(leads=(SHARE, RATE), guards=(GUARD, "other.unknown"))
    result = gaps(fake(goals=(asks,), rows=[reading(RATE, value=1.0, unit="count")]), october, asks)
    assert result.title == "What cannot be measured (3)"
    assert result.words == ("3 of 4 numbers cannot be measured here: 1 first number and 2 to watch too.",)
    assert [card.reason_text for card in result.cards if card.metric == "other.unknown"] == [
        "no installed plugin defines it"
    ]


def test_the_only_lead_is_not_collected_with_the_gaps(fake, goal, reading, october):
    source = fake(goals=(goal(),), rows=[reading(**GONE)])
    assert gaps(source, october, goal()).empty


BEGIN = Step(text="Begin a strategy.", command="smmetrics init acme", minutes=20)
MEND = Step(text="Say who stands behind this.", where="strategy.toml line 9", command="smmetrics review", minutes=2)
WAIT = Step(text="Wait.")


def test_without_a_strategy_the_screen_says_how_to_begin(fake, october):
    (result,) = build(fake(purpose="", steps=(BEGIN,)), october)
    (card,) = result.cards
    assert (result.panel, result.title, card.kind) == ("empty", "There is no strategy yet", "empty")
    assert card.title.startswith("What to do now")
    assert card.would_do == ("1. Begin a strategy. Type: smmetrics init acme (20 min)",)


def test_a_strategy_without_goals_says_the_next_steps(fake, october):
    (result,) = build(fake(steps=(MEND, WAIT)), october)
    assert result.title == "There are no goals yet"
    assert result.cards[0].would_do == (
        "1. Say who stands behind this. Write it into strategy.toml line 9. (2 min)",
        "2. Wait.",
    )


def test_without_data_the_screen_says_the_next_steps_and_never_more_than_three(fake, goal):
    result = empty_workspace(fake(goals=(goal(),), covered=None, platforms={}, steps=(MEND, WAIT, BEGIN, BEGIN)))
    assert result.title == "Nothing came in yet"
    assert [step[:2] for step in result.cards[0].would_do] == ["1.", "2.", "3."]


def test_what_came_in_without_a_day_is_not_called_nothing(fake, goal):
    source = fake(goals=(goal(),), covered=None)
    assert empty_workspace(source).title == "What came in does not say of which days it is"
    source.freshness = lambda: {"yarrow": date(2026, 10, 3)}
    assert fresh_words(source) == "Sorrel (day not known), Yarrow 2026-10-03"


def test_a_goal_nothing_can_measure_says_the_next_steps_and_where_the_reasons_are(fake, goal, reading, october):
    source = fake(goals=(goal(),), rows=[reading(**GONE)], steps=(MEND, WAIT, BEGIN))
    (card,) = empty_goal(source, october, goal()).cards
    assert [step[:7] for step in card.would_do] == ["1. Say ", "2. Wait", "3. See "]
    assert card.would_do[-1] == "3. See why, for each question and channel. Type: smmetrics coverage answer"
    assert [result.panel for result in build(source, october)] == ["headline", "empty", "cards"]


def test_a_goal_without_a_question_says_so(fake, goal, october):
    assert empty_goal(fake(), october, goal(leads=())).title == "This goal asks for no number yet"


def test_a_reader_who_can_do_nothing_is_given_no_command(fake, goal, reading, october):
    source = fake(goals=(goal(),), rows=[reading(**GONE)], steps=())
    (card,) = empty_goal(source, october, goal()).cards
    assert (card.title, card.reason_text, card.would_do) == ("Nothing this goal asks can be measured yet", "", ())


def test_a_reader_who_can_do_nothing_is_told_only_that_it_is_empty(fake, goal):
    (card,) = empty_workspace(fake(goals=(goal(),), covered=None, platforms={}, steps=())).cards
    assert (card.title, card.reason_text, card.would_do) == ("Nothing came in yet", "", ())


def test_a_goal_with_a_number_has_no_empty_screen(fake, goal, reading, october):
    assert empty_goal(fake(rows=[reading(value=0.5, n=20)]), october, goal()).empty
