"""The sample workspace: from a story that a distribution brings, or from the plugins' own generators."""

from __future__ import annotations

import csv
import re
import sys
from importlib.metadata import EntryPoint

import pytest

from smmetrics.api.errors import PluginFault
from smmetrics.cli.main import main
from smmetrics.registry import Registry
from smmetrics.workspace import demo as demos
from smmetrics.workspace.demo import STORIES, make_demo

STRATEGY = 'title = "Told <b>&</b> kept"\npurpose = "to see"\n'
STORY = """
def write(folder, seed, start, months):
    (folder / "strategy.toml").write_text({strategy!r}, encoding="utf-8")
    path = folder / "hours.csv"
    path.write_text("day,person,task,minutes\\n2026-03-02,zoe,reply,30\\n", encoding="utf-8")
    return [folder / "strategy.toml", path]


def empty(folder, seed, start, months):
    return []


def broken(folder, seed, start, months):
    raise OSError("no ink")
"""


@pytest.fixture
def story(tmp_path, monkeypatch):
    (tmp_path / "zz_story.py").write_text(STORY.format(strategy=STRATEGY), encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    yield lambda name: EntryPoint(name=name, value=f"zz_story:{name}", group=STORIES)
    sys.modules.pop("zz_story", None)


def bytes_below(folder):
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def numbers(folder):
    """The readings to ten digits, without what says which state of the store they were read from."""
    with (folder / "reports" / "kpis.csv").open(encoding="utf-8", newline="") as file:
        return [[rounded(cell) for cell in row[:-1]] for row in csv.reader(file)]


def rounded(cell):
    return f"{float(cell):.10g}" if re.fullmatch(r"-?\d+\.\d+(e-?\d+)?", cell) else cell


def test_a_story_is_told_alone_and_its_strategy_is_the_workspaces(story, tmp_path):
    made = make_demo(tmp_path / "work", stories=[story("write")])
    assert made.story == "write"
    assert [(outcome.kept, outcome.status) for outcome in made.outcomes] == [(1, "imported")]
    assert made.workspace.need_strategy().title == "Told <b>&</b> kept"
    assert [path.name for path in (tmp_path / "work" / "inbox").iterdir()] == ["hours.csv"]


def test_making_it_again_changes_nothing_and_keeps_a_strategy_somebody_changed(story, tmp_path):
    make_demo(tmp_path, stories=[story("write")])
    changed = STRATEGY.replace("see", "see more")
    (tmp_path / "strategy.toml").write_text(changed, encoding="utf-8")
    again = make_demo(tmp_path, stories=[story("write")])
    assert [outcome.status for outcome in again.outcomes] == ["duplicate"]
    assert (tmp_path / "strategy.toml").read_text(encoding="utf-8") == changed


@pytest.mark.parametrize(
    ("name", "code"), [("broken", "story.failed"), ("empty", "story.incomplete"), ("no", "story.failed")]
)
def test_a_story_that_fails_is_its_distributions_fault(story, tmp_path, name, code):
    with pytest.raises(PluginFault) as caught:
        make_demo(tmp_path / "work", stories=[story(name)])
    assert (caught.value.code, caught.value.exit_code) == (code, 5)
    assert name in caught.value.message


def test_without_a_story_every_plugins_samples_serve_a_goal_of_every_type(tmp_path):
    made = make_demo(tmp_path, stories=[])
    workspace = made.workspace
    assert made.story == ""
    came = [outcome for outcome in made.outcomes if not outcome.beside]
    assert {outcome.status for outcome in came} == {"imported"}
    read = {id_ for id_, source in workspace.installed.sources.items() if not source.refuses}
    assert {outcome.kind for outcome in came} == read
    types = {goal.type for goal in workspace.need_strategy().goals.values()}
    assert types == set(workspace.installed.goal_types)
    assert workspace.export().frame.filter(state="value").height > 0


def test_a_story_nobody_could_read_is_not_told(story, tmp_path):
    nobody = Registry.of()
    made = make_demo(tmp_path, registry=nobody, stories=[story("broken")])
    assert (made.story, made.outcomes) == ("", ())


def test_the_command_ends_with_the_reports_path_and_is_short(tmp_path, capsys, monkeypatch):
    folder = tmp_path / "sample"
    assert main(["demo", str(folder)]) == 0
    lines = capsys.readouterr().out.splitlines()
    report = folder / "reports" / "demo.html"
    assert lines[-1] == str(report)
    assert "<html" in report.read_text(encoding="utf-8")[:2000]
    assert max(len(line) for line in lines) - len(str(folder)) < 140
    assert len(lines) < 80
    first = bytes_below(folder / "inbox"), numbers(folder)
    monkeypatch.chdir(tmp_path)
    assert main(["demo", "sample"]) == 0
    assert "nothing changed" in capsys.readouterr().out
    assert (bytes_below(folder / "inbox"), numbers(folder)) == first


def test_the_sample_is_the_same_half_year_for_everybody():
    assert (demos.START.isoformat(), demos.MONTHS) == ("2026-03-01", 6)
