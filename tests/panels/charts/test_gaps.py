from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from smmetrics.panels import charts
from smmetrics.panels.results import Spark
from tests.panels.charts.conftest import PLATFORMS, days, month, strokes


def drawn(rows, **more):
    return charts.trend(rows, **{"name": "a", "title": "Answered", "unit": "percent", **more})


def named(chart, title):
    (alias,) = [each["field"] for each in chart.spec["usermeta"]["smmetrics"]["columns"] if each["title"] == title]
    return [row[alias] for row in chart.rows]


@pytest.mark.parametrize(
    ("months", "runs"),
    [((1, 2, 3, 4), 1), ((1, 2, 4, 5), 2), ((1, 2, 5, 6, 8, 9), 3)],
    ids=["whole", "one gap", "two gaps"],
)
def test_no_line_crosses_a_period_that_no_row_states(months, runs):
    assert strokes(charts.svg(drawn([month(at) for at in months])), layer=1) == runs


def test_no_line_crosses_a_period_whose_value_is_withheld():
    rows = [month(1), month(2), month(3, None, why="too few to say"), month(4), month(5)]
    chart = drawn(rows)
    assert strokes(charts.svg(chart), layer=1) == 2
    assert named(chart, "Why there is none") == ["", "", "too few to say", "", ""]


def test_missing_periods_stand_in_the_rows_as_missing():
    chart = drawn([month(11), month(2)], grain="quarter")
    assert named(drawn([month(1), month(4)]), "Period") == ["Jan 2026", "Feb 2026", "Mar 2026", "Apr 2026"]
    assert named(drawn([month(1), month(4)]), "Why there is none") == ["", "no data", "no data", ""]
    assert len(chart.rows) == 4


def test_a_day_is_the_same_day_in_every_zone():
    chart = drawn(days(40), grain="day", unit="count")
    instants = [row["f6"] for row in chart.rows]
    assert instants[0] == 1767225600000
    assert {later - earlier for earlier, later in pairwise(instants)} == {86_400_000}


def test_weeks_in_one_year_are_named_without_it_and_over_two_with_it():
    weeks = [{"period_start": date(2026, 12, 14), "value": 1}, {"period_start": date(2026, 12, 28), "value": 1}]
    later = [*weeks, {"period_start": "2027-01-04", "value": 1}]
    assert named(drawn(weeks, grain="week"), "Period") == ["14 Dec", "21 Dec", "28 Dec"]
    assert named(drawn(later, grain="week"), "Period")[-1] == "4 Jan 2027"


def test_an_interval_with_an_open_end_is_told_and_not_drawn():
    chart = drawn([{**month(1), "high": None}, month(2), {**month(3, None), "low": 0.1, "high": 0.2}])
    assert named(chart, "Likely between") == ["40 % or more", "40–60 %", ""]
    assert chart.rows[0]["f9"] is None


def test_infinite_and_missing_numbers_are_gaps():
    chart = drawn([month(1, float("nan")), month(2, float("inf")), month(3, 0.5)])
    assert named(chart, "Value") == ["–", "–", "50 %"]
    assert [row["f8"] for row in chart.rows] == [None, None, 0.5]


def test_the_description_says_first_last_least_most_and_how_many_are_missing():
    rows = [month(1, 0.3), month(2, 0.9), month(4, 0.5)]
    assert drawn(rows).description == (
        "Answered, Jan 2026 to Apr 2026. 30 % in Jan 2026, 50 % in Apr 2026; between 30 % and 90 %. 1 period has no value."
    )
    two = drawn([month(1, platform="forum"), month(1, None, platform="club")], platforms=PLATFORMS).description
    assert two == "Answered, Jan 2026. Forum: 50 % in Jan 2026. Club evenings: no value in any period."
    assert drawn([]).description == "Answered: no period to show."


def test_small_charts_share_one_scale_and_only_platforms_with_rows_have_one():
    rows = [month(1, 0.2, platform="forum"), month(1, 0.7, platform="club")]
    found = charts.small_multiples(rows, name="s", title="Answered", unit="percent", platforms=PLATFORMS)
    assert [chart.name for chart in found] == ["s-forum", "s-club"]
    assert [chart.title for chart in found] == ["Forum", "Club evenings"]
    assert [(row["f7"], row["f8"]) for chart in found for row in chart.rows] == [(0, pytest.approx(0.8))] * 2
    assert {chart.spec["usermeta"]["smmetrics"]["group"] for chart in found} == {"s"}


def test_a_sparkline_breaks_at_a_gap_and_marks_its_last_value():
    steps = [Spark(start=str(at), value=value) for at, value in enumerate([1.0, 2.0, None, 3.0, None])]
    small = charts.spark(steps, label='a <b> & "c"')
    assert small.count("<polyline") == 1
    assert small.count("<circle") == 2
    assert 'aria-label="a &lt;b&gt; &amp; &quot;c&quot;"' in small
    assert charts.spark([Spark(start="1", value=None)]) == ""
    assert "aria-hidden" in charts.spark(steps)
