from __future__ import annotations

import json
import re
from datetime import date, timedelta

import pytest

from smmetrics.panels import charts
from smmetrics.panels.charts.columns import MOST_ROWS
from tests.panels.charts.conftest import ALL, PLATFORMS, days, every, month


def walk(part):
    """Every object inside a specification."""
    if isinstance(part, dict):
        yield part
    for inner in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
        yield from walk(inner)


def test_vega_lites_schema_accepts_it_and_altair_gives_it_back_unchanged(chart):
    import altair as alt

    spec = dict(chart.spec)
    again = alt.Chart.from_dict(spec).to_dict()
    assert again["layer"] == spec["layer"]
    assert again["usermeta"] == spec["usermeta"]


def test_it_holds_no_data_and_takes_the_width_it_finds(chart):
    assert chart.spec["data"] == {"name": "table"}
    assert chart.spec["width"] == "container"
    assert not any("values" in part and "name" in part for part in walk(chart.spec))


def test_it_reads_only_columns_of_its_own_naming(chart):
    fields = [part["field"] for part in walk(chart.spec) if "field" in part]
    assert fields
    assert all(re.fullmatch(r"f\d+", field) for field in fields)
    assert all(set(row) == set(chart.rows[0]) for row in chart.rows)
    assert {*fields} <= {*(chart.rows[0] if chart.rows else fields)}


def test_it_is_described_in_words_and_its_numbers_can_be_read_as_a_table(chart):
    assert chart.description.startswith(("Answered", "Depth", "Hours"))
    columns = chart.spec["usermeta"]["smmetrics"]["columns"]
    assert len(columns) >= 2
    assert all(column["title"] for column in columns)
    assert all(isinstance(row[column["field"]], str) for row in chart.rows for column in columns)


def test_it_links_to_nothing_and_shows_no_picture(chart):
    text = json.dumps(chart.spec)
    assert not re.search(r'"(href|url|image|loader)"', text)
    assert [found for found in re.findall(r'https?://[^"]+', text) if "vega.github.io/schema" not in found] == []


def test_the_same_rows_give_the_same_specification():
    assert {each.name: each.spec for each in every()} == {name: each.spec for name, each in ALL.items()}


def test_other_values_and_a_gap_change_rows_and_never_the_structure():
    first = charts.trend([month(1), month(2), month(3)], name="a", title="A", unit="percent")
    other = charts.trend([month(4, 0.1), month(6, None, why="too few")], name="a", title="A", unit="percent")
    assert first.spec == other.spec
    assert first.rows != other.rows


@pytest.mark.parametrize("shown", [["forum", "blog", "club"], ["club"], ["blog", "club"]])
def test_a_platform_keeps_its_colour_dash_and_shape_whatever_is_filtered_away(shown):
    rows = [month(1, platform=key) for key in shown]
    spec = charts.trend(rows, name="a", title="A", unit="percent", platforms=PLATFORMS).spec
    scales = [part["scale"] for part in walk(spec) if {"domain", "range"} <= set(part.get("scale") or {})]
    assert len(scales) >= 4
    assert all(scale["domain"] == list(PLATFORMS.values()) for scale in scales)
    assert [scale["range"][2] for scale in scales] == ["#009E73", "#009E73", [2, 2], "#009E73", "triangle-up"]


def test_bars_and_small_charts_give_a_platform_the_colour_it_has_in_lines():
    bars = charts.bars([{"key": "club", "value": 1}], name="b", title="B", unit="count", platforms=PLATFORMS)
    colours = [part["color"]["scale"] for part in walk(bars.spec) if "scale" in (part.get("color") or ())]
    assert [(scale["domain"], scale["range"][2]) for scale in colours] == [(list(PLATFORMS), "#009E73")]
    (small,) = charts.small_multiples(
        [month(1, platform="club")], name="s", title="S", unit="percent", platforms=PLATFORMS
    )
    assert {part["color"] for part in walk(small.spec) if isinstance(part.get("color"), str)} == {"#009E73"}


def test_a_platform_without_a_place_comes_after_those_that_have_one():
    rows = [month(1, platform=key) for key in ("(unknown)", "forum")]
    spec = charts.trend(rows, name="a", title="A", unit="percent", platforms=PLATFORMS).spec
    domains = [part["scale"]["domain"] for part in walk(spec) if "domain" in (part.get("scale") or {})]
    assert domains[0] == [*PLATFORMS.values(), "(unknown)"]


def test_more_rows_than_help_are_refused_with_what_to_do():
    with pytest.raises(ValueError, match="a chart of 5,001 rows: aggregate to at most 5,000"):
        charts.trend(days(MOST_ROWS + 1), name="a", title="A", unit="count", grain="day")
    assert len(charts.trend(days(MOST_ROWS), name="a", title="A", unit="count", grain="day").rows) == MOST_ROWS


def test_two_rows_for_one_period_are_refused_instead_of_one_winning():
    with pytest.raises(ValueError, match="two rows for 2026-01-01"):
        charts.trend([month(1, 0.1), month(1, 0.9)], name="a", title="A", unit="percent")


@pytest.mark.parametrize(
    ("first", "count", "form"),
    [(date(2026, 1, 1), 200, "%-d %b"), (date(2025, 12, 1), 60, "%-d %b %Y"), (date(2024, 6, 1), 700, "%b %Y")],
)
def test_an_axis_of_time_over_several_years_names_them(first, count, form):
    rows = [{"period_start": first + timedelta(days=at), "value": 1.0} for at in range(count)]
    text = json.dumps(charts.trend(rows, name="a", title="A", unit="count", grain="day").spec)
    assert set(re.findall(r'"format": "(%[^"]*)"', text)) == {form}
