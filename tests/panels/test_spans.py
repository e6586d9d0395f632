from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smmetrics.panels.spans import before, before_words, length_words, months, span_words, steps_back, usual


def day(text):
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("2026-10-01", "2026-11-01", "October 2026"), ("2026-07-01", "2026-10-01", "Q3 2026"), ("2026-06-01", "2026-09-01", "June to August 2026"),
        ("2026-01-01", "2027-01-01", "2026"), ("2026-11-01", "2027-02-01", "November 2026 to January 2027"), ("2026-06-01", "2026-06-02", "1 June 2026"),
        ("2026-06-01", "2026-07-15", "1 June to 14 July 2026"), ("2026-12-28", "2027-01-04", "28 December 2026 to 3 January 2027"),
    ],
)  # fmt: skip
def test_a_span_is_called_as_people_call_it(start, end, words):
    assert span_words(day(start), day(end)) == words


def test_an_open_span_has_no_name():
    assert span_words(None, day("2026-01-01")) == ""


@pytest.mark.parametrize(
    ("start", "end", "comparison", "words"),
    [
        ("2026-06-01", "2026-07-01", "previous", "May"), ("2026-01-01", "2026-02-01", "previous", "December 2025"), ("2026-07-01", "2026-10-01", "previous", "Q2 2026"),
        ("2026-10-05", "2026-10-12", "previous", "the week before"), ("2026-06-01", "2026-07-15", "previous", "the 44 days before"), ("2026-06-01", "2026-06-02", "previous", "the day before"),
        ("2026-06-01", "2026-07-01", "last_year", "June 2025"), ("2026-06-01", "2026-07-15", "last_year", "1 June to 14 July 2025"), ("2026-06-01", "2026-07-01", "none", ""),
    ],
)  # fmt: skip
def test_what_is_compared_with_has_a_name(start, end, comparison, words):
    assert before_words(day(start), day(end), comparison) == words


@given(start=st.dates(date(2000, 1, 1), date(2100, 1, 1)), length=st.integers(1, 800))
def test_the_period_before_ends_where_this_one_begins_and_is_as_long(start, length):
    end = start + timedelta(days=length)
    first, last = before(start, end, "previous")
    assert last == start
    assert months(first, last) == months(start, end) or (months(start, end) == 0 and last - first == end - start)


def test_a_leap_day_a_year_earlier_is_the_last_of_february():
    assert before(day("2028-02-29"), day("2028-03-01"), "last_year") == (day("2027-02-28"), day("2027-03-01"))


def test_steps_back_begin_where_a_step_begins():
    assert steps_back(day("2026-11-01"), "month", 12) == day("2025-11-01")
    assert steps_back(day("2026-10-15"), "month", 12) == day("2025-11-01")
    assert steps_back(day("2026-10-01"), "quarter", 4) == day("2025-10-01")
    assert steps_back(day("2026-10-12"), "week", 2) == day("2026-09-28")


def test_a_window_is_told_in_weeks_until_it_is_a_year():
    assert [length_words(days) for days in (7, 28, 91, 364, 45)] == [
        "1 week",
        "4 weeks",
        "13 weeks",
        "12 months",
        "45 days",
    ]


def test_what_goes_back_further_than_a_year_is_looked_at_for_its_latest_year():
    """One file of years ago must not stretch every chart."""
    assert usual((day("2015-03-02"), day("2026-09-01"))) == (day("2025-09-01"), day("2026-09-01"))
    assert usual((day("2015-03-02"), day("2026-08-15"))) == (day("2025-09-01"), day("2026-08-15"))


def test_what_goes_back_a_year_and_a_month_is_looked_at_whole():
    assert usual((day("2025-08-01"), day("2026-09-01"))) == (None, None)
    assert usual(None) == (None, None)
