from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smmetrics.panels.telling import (
    MINUS,
    STATUSES,
    aim_text,
    change_text,
    duration,
    interval_text,
    listed,
    plural,
    share_text,
    signed,
    value_text,
)

UNITS = ("count", "ratio", "percent", "duration", "money", "index")
FINITE = st.floats(min_value=-1e9, max_value=1e9, allow_nan=False)


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (74 / 60, "duration", "1 h 14 min"), (59.7 / 60, "duration", "1 h"), (2 + 40 / 60, "duration", "2 h 40 min"), (0.5 / 60, "duration", "30 s"), (2.4 / 60, "duration", "2.4 min"),
        (0.0, "duration", "0 min"), (250.0, "duration", "250 h"), (-20 / 60, "duration", "−20 min"), (0.123, "percent", "12.3 %"), (1.0, "percent", "100 %"),
        (4210.0, "count", "4,210"), (5.2222, "count", "5.22"), (-3.0, "count", "−3"), (219.45, "money", "219.45 EUR"),
        (None, "count", "–"), (float("inf"), "duration", "–"), (float("nan"), "percent", "–"),
    ],
)  # fmt: skip
def test_a_value_is_told_by_its_unit(value, unit, text):
    assert value_text(value, unit, "EUR") == text


def test_money_without_a_currency_names_none():
    assert value_text(219.45, "money") == "219.45"


@pytest.mark.parametrize(
    ("low", "high", "unit", "text"),
    [
        (0.88, 0.95, "percent", "88–95 %"), (41 / 60, 55 / 60, "duration", "41–55 min"), (1.25, 3.0, "duration", "1 h 15 min – 3 h"),
        (200.0, 240.5, "money", "200.00–240.50 EUR"), (3.7, 6.74, "count", "3.70–6.74"), (-1.0, 2.0, "count", "−1 to 2"),
        (1 + 50 / 60, 2 + 10 / 60, "duration", "1 h 50 min – 2 h 10 min"), (None, None, "count", ""), (float("nan"), None, "count", ""),
        (2 + 20 / 60, None, "duration", "2 h 20 min or more"), (None, 0.4, "percent", "40 % or less"), (1.0, float("inf"), "count", "1 or more"),
    ],
)  # fmt: skip
def test_an_interval_says_its_unit_once(low, high, unit, text):
    assert interval_text(low, high, unit, "EUR") == text


@pytest.mark.parametrize(
    ("change", "low", "high", "unit", "text"),
    [
        (0.03, -0.01, 0.07, "percent", "+3 points (−1 to +7)"), (-16 / 60, -27 / 60, -5 / 60, "duration", "−16 min (−27 to −5)"),
        (1.2, -0.3, 2.7, "count", "+1.20 (−0.300 to +2.70)"), (0.0, -0.1, 0.1, "percent", "0 points (−10 to +10)"),
        (-2.0, -3.0, -0.5, "duration", "−2 h (−3 h to −30 min)"), (120.0, 80.0, 160.0, "money", "+120.00 EUR (+80.00 to +160.00)"),
    ],
)  # fmt: skip
def test_a_change_carries_its_sign_and_its_interval(change, low, high, unit, text):
    assert change_text(change, low, high, unit=unit, currency="EUR") == text


@given(change=FINITE, unit=st.sampled_from(UNITS))
def test_a_change_without_an_interval_is_not_told(change, unit):
    assert change_text(change, None, None, unit=unit) == ""
    assert change_text(change, change, None, unit=unit) == ""


@given(value=FINITE, unit=st.sampled_from(UNITS))
def test_every_number_is_told_with_a_digit_and_without_a_hyphen(value, unit):
    text = value_text(value, unit, "EUR")
    assert re.search(r"\d", text)
    assert not text.startswith("-")
    assert text.startswith(MINUS) == (value < 0 and bool(re.search("[1-9]", text))) or not re.search("[1-9]", text)


@given(value=FINITE, unit=st.sampled_from(UNITS))
def test_a_difference_of_nothing_has_no_sign_and_any_other_has_one(value, unit):
    text = signed(value, unit, "EUR")
    if re.search("[1-9]", text):
        assert text[0] == ("+" if value > 0 else MINUS)
    else:
        assert text[0] == "0"


@pytest.mark.parametrize(
    ("target", "unit", "words"),
    [
        (">= 0.9", "ratio", "at least 90 %"),
        ("0.9 .. 1.1", "ratio", "90 to 110 %"),
        (">= 60 %", "ratio", "at least 60 %"),
        ("<= 60 min", "duration", "at most 60 min"),
        (">= 4", "count", "at least 4"),
    ],
)
def test_a_target_is_told_as_its_value_is(target, unit, words):
    assert aim_text(target, unit) == words


@pytest.mark.parametrize(("change", "words"), [(0.0003, "+0.03 points"), (0.012, "+1.2 points"), (-0.2, "−20 points")])
def test_a_small_change_of_a_rate_is_not_rounded_away(change, words):
    assert signed(change, "ratio") == words


@given(hours=st.floats(min_value=0, max_value=1e5, allow_nan=False))
def test_a_duration_read_back_is_the_duration(hours):
    text = duration(hours)
    sizes = {"h": 1.0, "min": 1 / 60, "s": 1 / 3600}
    back = sum(
        float(number.replace(",", "")) * sizes[unit] for number, unit in re.findall(r"([\d.,]+) (h|min|s)", text)
    )
    assert back == pytest.approx(hours, rel=0.06, abs=0.6 / 3600)


@given(low=FINITE, width=st.floats(min_value=0, max_value=1e6), unit=st.sampled_from(UNITS))
def test_an_interval_has_both_ends_in_it(low, width, unit):
    text = interval_text(low, low + width, unit, "EUR")
    number = re.compile(r"[\d.,]+(?:e-?\d+)?")
    ends = [number.findall(value_text(end, unit, "EUR")) for end in (low, low + width)]
    assert number.findall(text) == [*ends[0], *ends[1]]


@pytest.mark.parametrize(
    ("target", "words"),
    [("<= 60 min", "at most 60 min"), (">= 95 %", "at least 95 %"), ("< 5", "less than 5"), ("> 2 h", "more than 2 h"), ("15 .. 25 %", "15 to 25 %"), ("60 min", "60 min")],
)  # fmt: skip
def test_a_target_is_told_in_words(target, words):
    assert aim_text(target) == words


def test_every_status_that_says_something_has_a_glyph_and_a_word():
    judged = {"met", "on_track", "behind", "missed", "uncertain", "before_baseline", "day_passed"}
    assert set(STATUSES) == judged | {"no_target", "no_baseline"}
    assert all(glyph and word for status, (glyph, word) in STATUSES.items() if status != "no_target")
    assert len({glyph for glyph, _ in STATUSES.values()}) == len(STATUSES)


def test_only_whole_numbers_are_told_as_so_many_of_so_many():
    assert share_text(212.0, 1230.0) == "212 of 1,230"
    assert share_text(2.5, 10.0) == ""
    assert share_text(None, 10.0) == ""


def test_lists_and_nouns_read_as_people_write_them():
    assert [listed(names) for names in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == ["", "a", "a and b", "a, b and c"]
    assert [plural(1, "post"), plural(1200, "post"), plural(2, "person", "people")] == [
        "1 post",
        "1,200 posts",
        "2 people",
    ]
