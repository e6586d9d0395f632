from __future__ import annotations

import re
from datetime import date

import pytest

from smmetrics.panels import charts
from tests.panels.charts.conftest import PLATFORMS


def column(chart, title):
    (alias,) = [each["field"] for each in chart.spec["usermeta"]["smmetrics"]["columns"] if each["title"] == title]
    return [row[alias] for row in chart.rows]


def test_bars_keep_the_order_they_are_given_and_say_why_one_is_missing():
    rows = [{"key": "club", "value": None, "why": "this export does not report times"}, {"key": "forum", "value": 0.5}]
    chart = charts.bars(rows, name="b", title="Answered", unit="percent", platforms=PLATFORMS, heading="Platform")
    assert column(chart, "Platform") == ["Club evenings", "Forum"]
    assert column(chart, "Why there is none") == ["this export does not report times", ""]
    drawn = charts.svg(chart)
    assert drawn.index(">Club evenings<") < drawn.index(">Forum<")
    assert "this export does not report times" in drawn


def test_bars_of_one_name_stay_two_bars():
    chart = charts.bars([{"key": at, "label": "Ada", "value": 1} for at in "ab"], name="b", title="T", unit="count")
    assert column(chart, "Name") == ["Ada", "Ada (2)"]


def test_bars_beyond_the_limit_are_left_out_and_said_to_be():
    chart = charts.bars([{"key": str(at), "value": at} for at in range(12)], name="b", title="T", unit="count", limit=5)
    assert len(chart.rows) == 5
    assert chart.title == "T: the first 5 of 12"
    assert chart.description == "T. 0: 0, 1: 1, 2: 2, 3: 3, 4: 4, and 7 more."


def test_a_selection_is_by_key_and_told_by_label():
    chart = charts.bars(
        [{"key": "forum", "value": 1}], name="b", title="T", unit="count", platforms=PLATFORMS, selects="platform"
    )
    meta = chart.spec["usermeta"]["smmetrics"]
    assert chart.selects == "platform"
    assert (chart.rows[0][meta["key"]], chart.rows[0][meta["label"]]) == ("forum", "Forum")
    assert charts.bars([], name="b", title="T", unit="count").spec["usermeta"]["smmetrics"]["key"] == ""


def test_unanswered_conversations_stand_first_apart_and_deep_ones_together():
    rows = [{"depth": depth, "threads": count} for depth, count in [(9, 1), (7, 2), (0, 12), (1, 44)]]
    chart = charts.threads_by_depth(rows, name="d", title="Depth", deepest=4)
    assert column(chart, "Answers") == ["no answer", "1", "2", "3", "4+"]
    assert column(chart, "Conversations") == ["12", "44", "0", "0", "3"]
    assert chart.description.startswith("Depth (conversations). no answer: 12, 1 answer: 44, 2 answers: 0")
    assert charts.svg(chart).count("#D55E00") == 1


def test_hours_nobody_wrote_down_are_not_zero_hours():
    rows = [{"period_start": date(2026, 3, at), "hours": hours, "planned": 4} for at, hours in [(2, 3.0), (16, None)]]
    chart = charts.hours_against_plan(rows, name="h", title="Hours")
    assert column(chart, "Period") == ["2 Mar", "9 Mar", "16 Mar"]
    assert column(chart, "Hours") == ["3 h", "not written down", "not written down"]
    assert column(chart, "Planned") == ["4 h", "", "4 h"]
    drawn = charts.svg(chart)
    places = [drawn.index(f">{label}<") for label in ("2 Mar", "9 Mar", "16 Mar")]
    assert places == sorted(places)


@pytest.mark.parametrize("width", [360, 1400])
def test_every_name_of_a_category_is_read_at_both_widths(width):
    rows = [{"key": key, "value": at + 1.0} for at, key in enumerate(PLATFORMS)]
    drawn = charts.svg(charts.bars(rows, name="b", title="T", unit="duration", platforms=PLATFORMS), width=width)
    assert f'width="{width}"' in drawn
    assert all(f">{title}<" in drawn for title in PLATFORMS.values())


def test_a_picture_cuts_names_that_have_no_room_and_draws_each_in_a_row_of_its_own():
    long = "Answering all the people who have a first garden and ask about "
    rows = [{"key": f"{long}{what}", "hours": 1, "planned": 2} for what in ("moles", "roses")]
    drawn = charts.svg(charts.hours_against_plan(rows, name="h", title="T", heading="Who"))
    assert len(re.findall(r">Answering all the peopl[^<]*…<", drawn)) == 2
    assert long not in re.sub(r'aria-label="[^"]*"', "", drawn)
