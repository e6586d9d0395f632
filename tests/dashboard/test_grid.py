from __future__ import annotations

import json
import math
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from smmetrics.dashboard import grid
from smmetrics.dashboard.grid import ChartGrid
from smmetrics.panels import charts

SOURCES = Path(grid.__file__).parent / "js"
TITLES = {"forum": "Forum", "club": "Club"}


def bars(name="bars", value=1.0):
    rows = [{"key": key, "value": value} for key in TITLES]
    return charts.bars(rows, name=name, title="Posts", unit="count", platforms=TITLES, selects="platform")


@pytest.fixture
def sent(monkeypatch):
    """What the widget sends to the page: one list of names a message."""
    messages = []
    monkeypatch.setattr(
        ChartGrid, "send_state", lambda _, key=None: messages.append(key if isinstance(key, str) else sorted(key or ()))
    )
    return messages


def test_what_it_shows_survives_the_way_to_the_page_and_back():
    line = charts.trend([{"period_start": date(2026, 1, 1), "value": 0.5}], name="line", title="A", unit="percent")
    told = ChartGrid([bars(), line]).get_state(["charts", "rows", "words", "selection", "dark"])
    again = json.loads(json.dumps(told, allow_nan=False))
    assert [chart["name"] for chart in again["charts"]] == ["bars", "line"]
    assert json.loads(again["rows"]["line"]) == [dict(row) for row in line.rows]
    assert json.loads(again["charts"][1]["spec"]) == line.spec
    assert again["words"]["line"] == {"title": "A", "description": line.description}
    assert again["charts"][0]["selects"] == "platform"
    back = ChartGrid()
    back.set_state(again)
    assert back.get_state(["charts", "rows"]) == {"charts": again["charts"], "rows": again["rows"]}


def test_a_number_that_is_none_arrives_as_nothing():
    chart = replace(bars(), rows=({"f0": math.nan, "f1": date(2026, 1, 1)},))
    told = ChartGrid([chart]).get_state(["rows"])
    assert json.loads(told["rows"]["bars"]) == [{"f0": None, "f1": "2026-01-01"}]


def test_specifications_and_rows_go_to_the_page_in_one_message(sent):
    shown = ChartGrid()
    sent.clear()
    shown.show([bars()], selected={"platform": ("club",)})
    assert sent == [["charts", "rows", "selection", "words"]]


def test_new_rows_alone_send_no_specification_again(sent):
    shown = ChartGrid([bars()])
    sent.clear()
    shown.show([bars(value=9.0)])
    assert sent == [["rows", "words"]]


def test_only_panels_that_changed_are_sent_and_what_was_asked_goes_with_them(sent):
    section = {"key": "a", "charts": ["bars"], "head": ["A"], "top": [], "end": []}
    shown = ChartGrid()
    shown.show([bars()], sections=[section])
    shown.evidence = {"reading": "r", "tree": ["text"]}
    sent.clear()
    shown.show([bars()], sections=[section])
    assert sent == [["evidence"]]


def test_the_page_knows_every_element_that_panels_are_made_of():
    """What it does not know it refuses to make: scripts, frames, pictures, links."""
    tree = (SOURCES / "tree.js").read_text(encoding="utf-8")
    known = set(re.findall(r"[\w-]+", "".join(re.findall(r"new Set\((.*?)\);", tree, re.DOTALL))))
    assert {"article", "button", "summary", "svg", "polyline", "data-reading", "viewBox"} <= known
    assert known.isdisjoint({"script", "iframe", "img", "image", "a", "style", "href", "src", "onclick", "form"})


def test_nothing_is_sent_where_nothing_changed(sent):
    shown = ChartGrid([bars()])
    sent.clear()
    shown.show([bars()])
    assert sent in ([], [[]])


def test_what_people_choose_arrives_by_dimension():
    shown = ChartGrid([bars()])
    heard = []
    shown.observe(lambda change: heard.append(change["new"]), "selection")
    shown.set_state({"selection": {"platform": ["club"]}})
    assert heard == [{"platform": ["club"]}]
    shown.show([bars(value=2.0)])
    assert shown.selection == {"platform": ["club"]}
    shown.show([bars()], selected={"platform": ()})
    assert shown.selection == {}


def test_two_charts_of_one_name_are_refused_by_name():
    with pytest.raises(ValueError, match="names of their own: bars"):
        ChartGrid([bars(), replace(bars(), title="Another")])


def test_it_wears_light_and_dark_and_takes_no_other_word():
    shown = ChartGrid()
    assert set(shown.themes) == {"light", "dark"}
    assert shown.dark == "auto"
    with pytest.raises(Exception, match="dark"):
        shown.dark = "blue"


def test_its_module_is_whole_and_no_text_of_a_chart_becomes_markup_or_code():
    module = grid.module()
    assert module.rstrip().endswith("export default { render };")
    own = "".join(
        (SOURCES / name).read_text(encoding="utf-8")
        for name in ("tree.js", "chart.js", "sections.js", "evidence.js", "grid.js")
    )
    assert own in module.replace("\n\n/*", "\n/*") or all(line in module for line in own.splitlines())
    for sink in (
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "eval(",
        "new Function",
        "import(",
        "fetch(",
    ):
        assert sink not in own
    assert "vegaEmbed(" not in own


def test_its_module_is_small_enough_to_be_ready_in_time_and_the_libraries_come_beside_it():
    """Anywidget refuses every later change of a widget whose module took longer than two seconds."""
    shown = ChartGrid()
    assert len(shown._esm) < 30_000
    assert "vegaEmbed" not in shown._esm
    assert shown.libraries.startswith("/*!")
    assert shown.libraries.endswith("export { smmetricsEmbed };\n")


def test_its_style_reaches_for_nothing_outside():
    style = grid.stylesheet()
    assert "url(" not in style
    assert "@import" not in style
