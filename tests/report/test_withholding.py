"""Numbers about a few are withheld, and no subtraction gives them back."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from smmetrics.report.withholding import NUMBERS, withhold

PLACES = ("blogs", "forum", "mail", "x")


def readings(sizes, *, state="value", **more):
    """One reading a platform and month, as the engine gives them."""
    rows = [
        {
            "metric": "m",
            "platform": platform,
            "period_start": month,
            "state": state,
            "reason": "",
            "status": "met",
            "value": 0.5,
            "n": n,
            "denominator": None if n is None else float(n),
            "change": 1.0,
        }
        | more
        for (platform, month), n in sizes.items()
    ]
    return pl.DataFrame(rows)


def by_platform(*sizes):
    return {(PLACES[place], 1): n for place, n in enumerate(sizes)}


@pytest.mark.parametrize(
    ("sizes", "hidden"),
    [
        ((50, 60, 70), ()),
        ((50, 60, 4), (0, 2)),
        ((50, 4, 5, 3), (1, 2, 3)),
        ((50, 60, 0), (2,)),
        ((50, 60, None), (2,)),
        ((9,), (0,)),
        ((10,), ()),
        ((50, 4, 5), (0, 1, 2)),
    ],
)
def test_few_are_hidden_with_the_next_smallest_that_would_give_them_away(sizes, hidden):
    made = withhold(readings(by_platform(*sizes)), 10)
    assert [place for place, state in enumerate(made["state"]) if state == "suppressed"] == list(hidden)


def test_a_hidden_reading_keeps_no_number_and_says_why():
    (row,) = withhold(readings(by_platform(3)), 10).rows(named=True)
    assert {row[name] for name in NUMBERS if name in row} == {None}
    assert (row["state"], row["reason"], row["status"]) == ("suppressed", "people.few", "")


def test_a_small_denominator_hides_as_a_small_sample_does():
    assert withhold(readings(by_platform(50), denominator=3.0), 10)["state"].to_list() == ["suppressed"]


@pytest.mark.parametrize("state", ["not_measurable", "not_covered", "not_reported", "zero_activity"])
def test_what_a_file_cannot_say_is_no_secret(state):
    assert withhold(readings(by_platform(None), state=state), 10)["state"].to_list() == [state]


def test_metrics_about_few_are_hidden_whatever_they_count():
    assert withhold(readings(by_platform(500)), 10, also={"m"})["state"].to_list() == ["suppressed"]


def test_nothing_in_gives_nothing_out():
    assert withhold(readings(by_platform(5)).clear(), 10).is_empty()


@given(st.dictionaries(st.tuples(st.sampled_from(PLACES), st.integers(1, 4)), st.integers(0, 40), min_size=1))
def test_the_hidden_of_a_set_are_many_or_all_of_it(sizes):
    made = withhold(readings(sizes), 10)
    shown = dict(zip(sizes, made["n"].to_list(), strict=True))
    assert all(n >= 10 for n in shown.values() if n is not None)
    for axis in (0, 1):
        for key in {cell[axis] for cell in sizes}:
            members = [cell for cell in sizes if cell[axis] == key]
            hidden = [sizes[cell] for cell in members if shown[cell] is None and sizes[cell]]
            seen = [cell for cell in members if shown[cell] is not None]
            assert not hidden or not seen or (len(hidden) > 1 and sum(hidden) >= 10)
