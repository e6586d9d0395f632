"""Panels of plugins are called: one that fails, draws nothing of something or needs what nobody defines is caught."""

from __future__ import annotations

import sys
from types import ModuleType

import pytest

from smmetrics import api
from smmetrics.api import About, Chart, Metric, Panel, PanelResult, hookimpl
from smmetrics.registry import Registry
from smmetrics.testing.panels import panel_faults
from smmetrics.testing.subject import Subject


def chart(description="Two bars."):
    return Chart(name="bars", title="Bars", spec={"mark": "bar"}, rows=({"value": 2.0},), description=description)


def sound(source, view, goal):
    rows = source.readings(view)
    charts = (chart(),) if rows.height and goal.questions and source.days() else ()
    return PanelResult(panel="tulip.bars", title="Bars", charts=charts)


def failing(*_):
    raise ZeroDivisionError


@pytest.fixture
def faults(monkeypatch):
    """What the promise says of a panel."""
    module = ModuleType("tulip_panels")
    monkeypatch.setitem(sys.modules, "tulip_panels", module)

    class Tulip:
        @hookimpl
        def smmetrics_about(self):
            return About(name="tulip", title="Tulip", api=1)

        @hookimpl
        def smmetrics_metrics(self):
            yield Metric(
                id="tulip.posts", version="1.0", title="Posts", question="?", formula="count(posts)", unit="count",
                better="none", level="output",
            )  # fmt: skip

        @hookimpl
        def smmetrics_panels(self):
            yield Panel(id="tulip.bars", title="Bars", needs=(module.needs,), shows="bars", load="tulip_panels:draw")

    def told(draw, needs="tulip.posts"):
        module.draw, module.needs = draw, needs
        return list(panel_faults(Subject(module="tulip", registry=Registry.of(Tulip()))))

    return told


def test_a_sound_panel_keeps_the_promise(faults):
    assert faults(sound) == []


@pytest.mark.parametrize(
    ("draw", "why"),
    [
        (failing, "handed no data, failed: ZeroDivisionError"),
        (lambda *_: sys.exit(3), "handed no data, failed: SystemExit: 3"),
        (lambda *_: "words", "handed no data, failed: TypeError: gave a str where a PanelResult belongs"),
        (lambda *_: PanelResult(panel="p", title=""), "handed no data, has no title"),
        (lambda *_: PanelResult(panel="p", title="T", charts=(chart(),)), "handed no data, draws a chart of nothing"),
        (
            lambda source, view, _: PanelResult(
                panel="p", title="T", charts=(chart(""),) * source.readings(view).height
            ),
            "handed readings, draws 'bars' and does not describe it",
        ),
    ],
)
def test_a_panel_that_breaks_its_word_is_told(faults, draw, why):
    assert any(f"tulip.bars, {why}" in each for each in faults(draw))


def test_a_metric_that_nobody_defines_is_told(faults):
    (fault,) = faults(sound, needs="tulip.psots")
    assert "the panel tulip.bars names 'tulip.psots', which its pack lacks" in fault


def test_what_panels_are_written_with_is_in_the_api_and_loaded_when_it_is_used():
    assert api.PanelTable is api.panels.Table
    assert {"Card", "Chart", "PanelResult", "PanelSource", "PanelView", "PanelGoal"} <= set(api.__all__)
    with pytest.raises(AttributeError, match="no attribute 'Panels'"):
        _ = api.Panels
