"""Charts of every kind, in every variant that changes their structure, and rows to make more."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from smmetrics.panels import charts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from smmetrics.panels.results import Chart

PLATFORMS = {"forum": "Forum", "blog": "Blog posts", "club": "Club evenings"}


def month(number: int, value: float | None = 0.5, **more: Any) -> dict[str, Any]:
    """A row of one month of 2026."""
    ends = {"low": value - 0.1, "high": value + 0.1} if value is not None else {}
    return {"period_start": date(2026, number, 1), "value": value, **ends, **more}


def days(count: int) -> list[dict[str, Any]]:
    """Rows of so many days from 1 January 2026."""
    first = date(2026, 1, 1).toordinal()
    return [{"period_start": date.fromordinal(first + place), "value": place % 7} for place in range(count)]


def every() -> Iterator[Chart]:
    """One chart of each structure."""
    line = [month(at, previous=0.4, aim=0.8) for at in (1, 2, 4)]
    several = [month(at, platform=key) for at in (1, 2) for key in ("forum", "club")]
    key = {"key": "forum", "value": 3.0, "low": 1.0, "high": 4.0, "aim": 2.0}
    look = {"title": "Answered", "unit": "percent", "noun": "questions"}
    yield charts.trend(line, name="alone", **look)
    yield charts.trend(line, name="compared", compare="a year before", selects="period_start", **look)
    yield charts.trend(several, name="platforms", platforms=PLATFORMS, selects="platform", **look)
    yield charts.trend(days(40), name="days", grain="day", **look | {"unit": "count"})
    yield charts.trend([], name="nothing", **look)
    shaded = [{**row, "occasion": "Open day"} for row in several[:2]] + several[2:]
    yield charts.trend(shaded, name="shaded", platforms=PLATFORMS, selects="platform", **look)
    yield charts.trend([{**days(1)[0], "occasion": "Fair"}, *days(40)[1:]], name="shaded-days", grain="day", **look)
    yield from charts.small_multiples(shaded, name="each-shaded", platforms=PLATFORMS, **look)
    yield from charts.small_multiples(several, name="each", platforms=PLATFORMS, selects="platform", **look)
    yield charts.bars(
        [key, {"key": "club", "value": None}], name="bars", platforms=PLATFORMS, selects="platform", **look
    )
    yield charts.bars([key], name="plain", **look | {"unit": "duration"})
    yield charts.bars([], name="no-bars", **look)
    yield charts.threads_by_depth(
        [{"depth": 0, "threads": 3}, {"depth": 2, "threads": 1}], name="depth", title="Depth", selects="depth"
    )
    yield charts.hours_against_plan(
        [{"period_start": date(2026, 3, 2), "hours": 3.0, "planned": 4}], name="weeks", title="Hours"
    )
    yield charts.hours_against_plan(
        [{"key": "ada", "hours": None, "planned": 4}], name="people", title="Hours", selects="person"
    )


ALL = {chart.name: chart for chart in every()}


@pytest.fixture(params=ALL.values(), ids=ALL.keys())
def chart(request: pytest.FixtureRequest) -> Chart:
    """Each chart in turn."""
    return request.param


def strokes(drawn: str, layer: int) -> int:
    """How many unbroken strokes a line's layer has in an SVG."""
    found = re.search(rf'class="mark-line role-mark layer_{layer}_marks"[^>]*>(.*?)</g>', drawn)
    found = found or re.search(rf'class="mark-line[^"]*layer_{layer}_pathgroup.*?(<path.*?</g>)', drawn)
    assert found, f"layer {layer} is no line"
    return sum(path.count("M") for path in re.findall(r'd="([^"]*)"', found[1]))
