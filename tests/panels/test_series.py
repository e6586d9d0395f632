from __future__ import annotations

from datetime import date

from smmetrics.panels.series import platforms, trend

RATE, SHARE = "garden.replies", "garden.answered"
FULL = {"value": 0.5, "low": 0.4, "high": 0.6, "n": 100, "numerator": 50.0, "denominator": 100.0}


def months(reading, values, metric=SHARE, **given):
    return [
        reading(metric, grain="month", period_start=date(2026, place, 1), period_end=date(2026, place + 1, 1), **(({**FULL, "value": value} if value is not None else {"state": "too_few", "numerator": 4.0, "denominator": 5.0}) | given))
        for place, value in enumerate(values, start=1)
    ]  # fmt: skip


def test_each_first_number_has_a_line_and_open_periods_say_why(fake, goal, reading, october):
    rows = [reading(**FULL), *months(reading, [0.5, None, 0.7])]
    result = trend(fake(goals=(goal(),), rows=rows), october, goal())
    (chart,) = result.charts
    assert (result.title, chart.title, len(chart.rows)) == ("Per month", "Answered", 3)
    assert result.notes == ("Answered: no number for February 2026 (4 of 5: too few).",)


def test_points_without_a_band_beside_others_that_have_one_say_why(fake, goal, reading, october):
    bare = months(reading, [0.5], low=None, high=None)
    sure = months(reading, [0.5, 0.6])[1:]
    said = {"Answered: where there is no band, too little is known to say how sure the number is."}
    for rows, expected in (([*bare, *sure], said), (months(reading, [0.5, 0.6]), set())):
        result = trend(fake(goals=(goal(),), rows=[reading(**FULL), *rows]), october, goal())
        assert set(result.notes) == expected


def test_one_number_is_no_line(fake, goal, reading, october):
    rows = [reading(**FULL), *months(reading, [None, 0.5])]
    assert trend(fake(goals=(goal(),), rows=rows), october, goal()).empty
    assert trend(fake(goals=(goal(),), rows=rows), october.with_(grain="total"), goal()).empty


def test_a_short_view_reaches_back_twelve_steps_and_not_before_the_data(fake, goal, reading, october):
    source = fake(goals=(goal(),), rows=[reading(**FULL)], covered=(date(2026, 3, 1), date(2026, 11, 1)))
    trend(source, october, goal())
    assert [view.since for view, _, grain in source.asked if grain == "month"] == [date(2026, 3, 1)]
    longer = october.with_(since=date(2025, 1, 1))
    trend(source, longer, goal())
    assert source.asked[-1][0].since == date(2025, 1, 1)


def test_platforms_stand_side_by_side_and_those_that_cannot_feed_it_are_named(fake, goal, reading, october):
    yarrow, sorrel = (months(reading, [0.5, 0.6], platform=name) for name in ("yarrow", "sorrel"))
    tansy = [reading(grain="month", platform="tansy", state="not_measurable", reason="platform.closed")]
    source = fake(
        goals=(goal(),),
        rows=[reading(**FULL), *yarrow, *sorrel, *tansy],
        platforms={"yarrow": "Yarrow", "sorrel": "Sorrel", "tansy": "Tansy"},
    )
    result = platforms(source, october, goal())
    assert [chart.title for chart in result.charts] == ["Yarrow", "Sorrel"]
    assert result.notes == ("Not for Tansy (the platform does not offer it): Answered.",)


def test_one_platform_alone_is_not_compared(fake, goal, reading, october):
    rows = [reading(**FULL), *months(reading, [0.5, 0.6], platform="yarrow")]
    assert platforms(fake(goals=(goal(),), rows=rows), october, goal()).empty


def test_in_all_the_platforms_are_bars(fake, goal, reading, october):
    rows = [reading(**FULL), *(reading(**FULL, platform=name) for name in ("yarrow", "sorrel"))]
    (chart,) = platforms(fake(goals=(goal(),), rows=rows), october.with_(grain="total"), goal()).charts
    assert len(chart.rows) == 2


def test_what_was_chosen_by_platform_leaves_nothing_out_of_the_charts_it_was_chosen_in(fake, goal, reading, october):
    rows = [
        reading(**FULL),
        *(each for name in ("yarrow", "sorrel") for each in months(reading, [0.5, 0.6], platform=name)),
    ]
    source = fake(goals=(goal(),), rows=rows)
    chosen = october.with_(selected={"platform": ("yarrow",), "kind": ("question",)})
    assert [chart.title for chart in platforms(source, chosen, goal()).charts] == ["Yarrow", "Sorrel"]
    assert {tuple(view.selected) for view, by, _ in source.asked if by} == {("kind",)}
