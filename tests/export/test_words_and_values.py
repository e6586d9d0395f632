from __future__ import annotations

from typing import get_args

import pytest

from smmetrics.api.capability import BindingStatus, ReasonCode
from smmetrics.engine.schema import STATES as ENGINE_STATES
from smmetrics.export import values, words
from smmetrics.panels.words import why_words

STATES = "not_permitted not_measurable failed refused not_covered not_reported stale suppressed too_few immature zero_activity value"


@pytest.mark.parametrize("state", STATES.split())
def test_every_state_has_words(state):
    assert state in words.STATES
    assert "_" not in words.state_words(state)


@pytest.mark.parametrize("code", get_args(ReasonCode))
def test_every_reason_code_has_words_with_and_without_its_subject(code):
    assert code in words.REASONS
    assert code not in words.reason_words(code)
    assert "yarrow" in words.reason_words(f"{code}: yarrow")


def test_every_state_the_engine_gives_has_words():
    assert set(STATES.split()) == set(ENGINE_STATES)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("without yarrow (field.missing)", "without yarrow (this export does not report what it needs)"),
        ("basis.text: yarrow; scope.organic_only", "told from the text (yarrow); unpaid counts only"),
        ("yarrow: field.missing; sorrel: platform.closed", "yarrow: this export does not report what it needs; sorrel: the platform does not offer it"),
        ("field.missing: saves: Bookmarks are not in it; the other export has them.", "saves: Bookmarks are not in it; the other export has them."),
        ("table.not_computed: gini (how unequal, 0 to 1): not computed in this release", "gini (how unequal, 0 to 1): not computed in this release"),
        ("dimension.absent: platform", "it cannot be split by platform"),
        ("time.negative: 3", "3 times that run backwards are left out"),
    ],
)  # fmt: skip
def test_reasons_as_the_engine_joins_them_are_told_one_by_one(text, told):
    assert words.reason_words(text) == told


def test_every_binding_status_has_words():
    assert set(words.STATUSES) == set(get_args(BindingStatus))


def test_a_missing_field_is_named_as_people_call_it():
    assert (
        words.state_words("not_measurable", "field.missing: post_counts.saves")
        == "not measurable: this export does not report saves"
    )
    assert words.reason_words("field.missing: posts.in_reply_to, posts.person") == (
        "this export does not report which post a reply answers, who wrote a post"
    )


@pytest.mark.parametrize(
    "why", ["likes: Some export does not report it.", "no source here brings effort (time somebody gave)."]
)
def test_a_whole_sentence_is_not_put_inside_another(why):
    assert words.reason_words(f"field.missing: {why}") == why


def test_a_sentence_is_left_as_it_is():
    assert words.reason_words("Reach cannot be added over days.") == "Reach cannot be added over days."
    assert words.reason_words(None) == ""


def test_an_unknown_code_is_still_readable():
    assert words.reason_words("moon.too_full") == "moon: too full"


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (12345.0, "count", "12,345"), (3.4567, "count", "3.46"), (0.03456, "ratio", "3.46 %"), (-3.0, "count", "-3"),
        (0.9, "percent", "90 %"), (0.1234, "percent", "12.3 %"), (0.0054, "percent", "0.54 %"), (1.0, "percent", "100 %"),
        (0.9996, "percent", "99.96 %"), (0.0, "percent", "0 %"), (2 + 2 / 3, "duration", "2 h 40 min"), (0.5, "duration", "30 min"),
        (20 / 3600, "duration", "20 s"), (0.0, "duration", "0 min"), (1234.4, "duration", "1,234 h"), (-1.5, "duration", "-1 h 30 min"),
        (1234.5, "money", "1,234.50"), (None, "count", "–"), (float("nan"), "ratio", "–"), (1e-9, "ratio", "1e-07 %"),
        (1.0233, "ratio", "102.3 %"), (0.0115, "ratio", "1.15 %"),
    ],
)  # fmt: skip
def test_a_number_is_shown_by_its_unit(value, unit, text):
    assert values.shown(value, unit) == text


def test_an_interval_says_its_unit_once_and_cannot_be_taken_for_a_minus():
    assert values.interval(0.7, 0.97, "percent") == "70–97 %"
    assert values.interval(2.0, 3.5, "count") == "2–3.50"
    assert values.interval(-1.0, 3.0, "count") == "-1 – 3"
    assert values.interval(1.0, 1.5, "duration") == "1 h – 1 h 30 min"
    assert values.interval(None, None, "percent") == ""
    assert values.interval(1.0, None, "count") == "1 or more"
    assert values.interval(None, 1.5, "duration") == "1 h 30 min or less"


@pytest.mark.parametrize(
    ("why", "told"),
    [
        ("Mastodon does not count how often a post was seen.", "Mastodon does not count how often a post was seen"),
        ("Petals are counted by the day.", "Petals are counted by the day"),
        ("The file holds the account's own posts only.", "the file holds the account's own posts only"),
        ("A feed does not say.", "a feed does not say"),
        ("Posts are not conversations.", "posts are not conversations"),
        ("The Guardian does not tell.", "The Guardian does not tell"),
    ],
)
def test_a_sentence_inside_another_begins_small_unless_it_may_begin_with_a_name(why, told):
    assert why_words(why) == told
