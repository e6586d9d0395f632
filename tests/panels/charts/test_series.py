"""Steps of a series: what is drawn, and what words say of it."""

from __future__ import annotations

from datetime import date

from smmetrics.panels.charts.series import steps


def test_a_wide_interval_does_not_press_the_others_onto_the_axis():
    rows = [
        {"period_start": date(2026, 1, 1), "value": 75.0, "low": 0.8, "high": 7400.0},
        {"period_start": date(2026, 2, 1), "value": 20.0, "low": 15.0, "high": 26.0},
    ]
    wide, narrow = steps(rows, unit="count", grain="month", titles={})
    assert (wide.low, wide.high) == (0.8, 225.0)
    assert "7,400" in wide.between
    assert (narrow.low, narrow.high) == (15.0, 26.0)
