from __future__ import annotations

import json
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from smmetrics.panels import charts
from smmetrics.panels.charts.columns import Columns
from tests.browser.payloads import PAYLOADS
from tests.panels.charts.conftest import month

TEXTS = [payload.text for payload in PAYLOADS]
ORDERS = [
    "{{datum.f0}}",
    "datum['f0']",
    "signal",
    "\\u0000",
    "\x00\x1b",
    "\ud800",
    "]]>",
    "'; picked = 1; '",
    "image",
    "title",
]


def mean(text):
    """Charts that hold one text wherever a chart holds text."""
    row = {"key": text, "label": text, "value": 1, "text": text, "why": text}
    look = {"name": "a", "title": text, "noun": text}
    yield charts.bars([row, {**row, "value": None}], unit="percent", heading=text, platforms={text: text}, **look)
    yield charts.trend(
        [month(1, platform=text, why=text, text=text), month(2, None, platform=text, why=text)],
        unit="percent",
        platforms={text: text, "b": "B"},
        **look,
    )
    yield charts.trend([month(1, previous=0.1)], unit="percent", compare=text or "x", **look)
    yield charts.threads_by_depth([{"depth": 0, "threads": 1}], **look)
    yield charts.hours_against_plan([{"key": text, "label": text, "hours": 1, "planned": 2}], name="h", title=text)


def test_no_text_reaches_an_expression_or_a_fields_name():
    plain = [json.dumps(_codes(chart.spec), sort_keys=True) for chart in mean("plain")]
    for text in [*TEXTS, *ORDERS]:
        assert [json.dumps(_codes(chart.spec), sort_keys=True) for chart in mean(text)] == plain, text


def _codes(part):
    """All that Vega reads as code or as a column: tests, expressions and fields."""
    if isinstance(part, list):
        return [_codes(each) for each in part]
    if not isinstance(part, dict):
        return None
    return {
        key: value if key in {"test", "expr", "labelExpr", "field", "calculate", "filter"} else _codes(value)
        for key, value in part.items()
    }


@pytest.mark.parametrize("place", range(5), ids=["bars", "platforms", "compared", "threads", "hours"])
def test_pictures_hold_hostile_texts_as_text(place):
    for text in [*TEXTS[::40], *ORDERS]:
        root = ET.fromstring(charts.svg(list(mean(text))[place]))
        names = {element.tag.rpartition("}")[2] for element in root.iter()}
        assert names <= {"svg", "g", "path", "rect", "text", "line", "defs", "clipPath", "tspan"}, text
        attributes = {name.rpartition("}")[2] for element in root.iter() for name in element.attrib}
        assert not any(name.lower().startswith("on") or name == "href" for name in attributes), text


def test_a_column_called_image_is_no_picture_where_one_points():
    columns = Columns()
    found = columns.tooltip(columns.read("image", ["https://outside.example/a.png"]), columns.read("title", ["b"]))
    assert [each["title"] for each in found] == ["Image", "Title"]


def test_texts_that_no_file_may_hold_are_marked():
    columns = Columns()
    columns.read("\x00a", ["\x1b[31m", "\ud800", None, 3])
    assert columns.titles == ["\ufffda"]
    assert columns.values == [["\ufffd[31m", "?", "", "3"]]


def test_a_picture_survives_characters_that_end_its_renderer_and_labels_as_long_as_a_book():
    texts = ["a\x0cb", "c\x00d", "e\ufffef", "g\ud800h", "very " * 20_000]
    told = charts.bars([{"key": "k", "value": 1.0}], name="b", title="T", unit="count")
    rows = tuple({**told.rows[0], "f0": text} for text in texts)
    drawn = charts.svg(replace(told, rows=rows, description="d\x0c"))
    ET.fromstring(drawn)
    assert "a\ufffdb" in drawn
    assert len(drawn) < 100_000
