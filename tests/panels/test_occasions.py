"""Campaigns and the calendar on charts: which periods they shade, and what is said of them."""

from __future__ import annotations

from datetime import date

from smmetrics.panels.series import platforms, trend
from smmetrics.panels.source import Occasion

SHARE = "garden.answered"
SEASON = Occasion(title="planting season", first=date(2026, 2, 27), last=date(2026, 3, 1))
FAIR = Occasion(title="fair", first=date(2026, 3, 1), last=date(2026, 3, 1))
BEFORE = Occasion(title="last year's fair", first=date(2025, 3, 1), last=date(2025, 12, 31))
AFTER = Occasion(title="the next one", first=date(2026, 5, 1), last=None)
GOING_ON = Occasion(title="open garden", first=date(2026, 4, 30), last=None)


def months(reading, **given):
    return [
        reading(
            SHARE,
            grain="month",
            period_start=date(2026, place, 1),
            period_end=date(2026, place + 1, 1),
            **{"value": 0.5, "low": 0.4, "high": 0.6, "n": 100, "numerator": 50.0, "denominator": 100.0, **given},
        )
        for place in range(1, 5)
    ]


def told(chart):
    """What is said of each period of a chart by its column of occasions; nothing where it has none."""
    titles = {each["title"]: each["field"] for each in chart.spec["usermeta"]["smmetrics"]["columns"]}
    return [row[titles["Occasion"]] for row in chart.rows] if "Occasion" in titles else []


def stripes(chart):
    return [layer for layer in chart.spec["layer"] if layer["mark"]["type"] == "bar"]


def test_periods_that_share_a_day_with_an_occasion_are_shaded_and_a_line_says_what_it_was(fake, goal, reading, october):
    own = goal(occasions=(SEASON, FAIR, BEFORE, AFTER, GOING_ON))
    whole = reading(value=0.5, low=0.4, high=0.6, n=100, numerator=50.0, denominator=100.0)
    result = trend(fake(goals=(own,), rows=[whole, *months(reading)]), october, own)
    (chart,) = result.charts
    assert told(chart) == ["", "planting season", "planting season, fair", "open garden"]
    assert len(stripes(chart)) == 1
    assert result.notes == (
        "Shaded: planting season (27 February to 1 March 2026); fair (1 March 2026); open garden (since 30 April 2026).",
    )
    assert "Shaded for: planting season; planting season, fair; open garden." in chart.description


def test_without_an_occasion_in_sight_nothing_is_shaded_or_said(fake, goal, reading, october):
    own = goal(occasions=(BEFORE, AFTER))
    whole = reading(value=0.5, low=0.4, high=0.6, n=100, numerator=50.0, denominator=100.0)
    result = trend(fake(goals=(own,), rows=[whole, *months(reading)]), october, own)
    (chart,) = result.charts
    assert (told(chart), stripes(chart), result.notes) == ([], [], ())


def test_each_platform_s_chart_is_shaded(fake, goal, reading, october):
    own = goal(occasions=(FAIR,))
    whole = reading(value=0.5, low=0.4, high=0.6, n=100, numerator=50.0, denominator=100.0)
    each = [row for name in ("yarrow", "sorrel") for row in months(reading, platform=name)]
    source = fake(goals=(own,), rows=[whole, *each], platforms={"yarrow": "Yarrow", "sorrel": "Sorrel"})
    drawn = platforms(source, october, own).charts
    assert [(told(chart), len(stripes(chart))) for chart in drawn] == [(["", "", "fair", ""], 1)] * 2


def test_more_occasions_than_a_line_holds_are_counted(fake, goal, reading, october):
    own = goal(
        occasions=tuple(Occasion(title=f"day {n}", first=date(2026, 2, n), last=date(2026, 2, n)) for n in range(1, 10))
    )
    whole = reading(value=0.5, low=0.4, high=0.6, n=100, numerator=50.0, denominator=100.0)
    (note,) = trend(fake(goals=(own,), rows=[whole, *months(reading)]), october, own).notes
    assert note.endswith("day 6 (6 February 2026); and 3 more.")
