"""Pictures that other processes draw: the same ones, and nothing else depends on those processes."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from smmetrics.panels import charts, painting
from smmetrics.panels.charts import svg as _svg  # noqa: F401 (the module stays loaded under its own name)
from smmetrics.panels.results import Chart

SVG = sys.modules["smmetrics.panels.charts.svg"]
WIDTHS = (760, 360)


def chart(number=2.0, mark="bar"):
    spec = {
        "data": {"name": "table"},
        "mark": {"type": mark, "clip": True},
        "encoding": {"x": {"field": "a", "type": "ordinal"}, "y": {"field": "b", "type": "quantitative"}},
    }
    rows = ({"a": "Blog", "b": number}, {"a": "Forum é", "b": 1 / 3}, {"a": "None", "b": None})
    return Chart(name="c", title="T", spec=spec, rows=rows, description="Two bars")


@pytest.fixture
def one(monkeypatch):
    """One process, however many cores this machine has; gives those that were started."""
    started, start = [], painting._started
    monkeypatch.setattr(painting, "_count", lambda: 1)
    monkeypatch.setattr(painting, "_started", lambda: started.append(start()) or started[-1])
    return started


def test_pictures_drawn_elsewhere_are_those_drawn_here_and_nobody_stays_behind(one, monkeypatch):
    asked = [(chart(), width) for width in WIDTHS] + [(chart(5.0, "line"), WIDTHS[0])]
    here = [charts.svg(each, width=width) for each, width in asked]
    with painting.painting(), monkeypatch.context() as patch:
        patch.setattr(SVG, "_drawn_here", lambda *_: pytest.fail("drawn here"))
        SVG.begin(asked)
        there = [charts.svg(each, width=width) for each, width in asked]
    assert [counted(each) for each in there] == [counted(each) for each in here]
    assert [process.poll() is None for process in one] == [False]


def test_a_block_inside_a_block_starts_nobody(one):
    with painting.painting(), painting.painting():
        pass
    assert len(one) == 1


def test_nobody_is_started_where_none_is_wanted_or_one_core_is_all_there_is(one, monkeypatch):
    with painting.painting(wanted=False):
        pass
    monkeypatch.setattr(painting, "_count", lambda: 0)
    with painting.painting():
        SVG.begin([(chart(), 360)])
        assert "<svg" in charts.svg(chart(), width=360)
    assert one == []


def test_what_a_process_that_ended_does_not_answer_is_drawn_here(one):
    with painting.painting():
        one[0].kill()
        one[0].wait()
        SVG.begin([(chart(), 360)])
        assert "<svg" in charts.svg(chart(), width=360)


def test_a_process_that_cannot_be_started_is_done_without(monkeypatch):
    monkeypatch.setattr(painting, "_count", lambda: 1)
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with painting.painting():
        SVG.begin([(chart(), 360)])
        assert "<svg" in charts.svg(chart(), width=360)


@pytest.mark.usefixtures("one")
def test_a_chart_that_cannot_be_drawn_is_the_same_error():
    wrong = chart(mark="nonsense")
    with pytest.raises(ValueError, match="conversion failed") as here:
        charts.svg(wrong)
    with painting.painting():
        SVG.begin([(wrong, SVG.WIDTH)])
        with pytest.raises(ValueError, match="conversion failed") as there:
            charts.svg(wrong)
    assert str(there.value) == str(here.value)


def test_what_fails_inside_the_block_ends_the_processes_while_they_draw(one):
    def interrupted():
        with painting.painting():
            SVG.begin([(chart(float(number)), 360) for number in range(50)])
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert one[0].poll() is not None


@pytest.mark.parametrize(("frozen", "name"), [(True, sys.executable), (False, "/opt/app/app"), (False, "")])
def test_a_program_that_is_no_interpreter_is_never_started_again(monkeypatch, frozen, name):
    monkeypatch.setattr(sys, "frozen", frozen, raising=False)
    monkeypatch.setattr(sys, "executable", name)
    assert painting._count() == 0


def test_a_script_without_a_guard_draws_and_its_processes_end_with_it(tmp_path):
    script = tmp_path / "script.py"
    script.write_text(
        "from smmetrics.panels import painting\n"
        "painting._count = lambda: 1\n"
        "with painting.painting():\n"
        "    (process,) = painting._here.get()._all\n"
        "    print(process.pid)\n"
        "    painting.begin([({'mark': 'bar'}, {})])\n"
        "    print('<svg' in painting.drawn({'mark': 'bar'}, {}))\n"
        "print(process.poll() is None)\n"
    )
    ran = subprocess.run(
        [sys.executable, str(script)], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=True
    )
    assert ran.stdout.split()[1:] == ["True", "False"]
    assert ran.stderr == ""


def counted(picture):
    """A picture whose ids are counted from its first one: the renderer goes on counting."""
    ids = dict.fromkeys(re.findall(r'id="(clip\d+)"', picture))
    for place, name in enumerate(ids):
        picture = re.sub(rf"\b{name}\b", f"c{place}", picture)
    return picture
