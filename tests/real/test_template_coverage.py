"""Coverage of the eight complete strategies: every cell has a status, and a source or a reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from smmetrics.contracts.feeding import RANK
from smmetrics.contracts.steps import MOST
from smmetrics.workspace import Workspace

FOLDER = Path(__file__).parents[3] / "shared" / "templates"
FILES = sorted(FOLDER.glob("*.toml"))
pytestmark = pytest.mark.skipif(not FILES, reason="the shared templates are not on this machine")
EACH = pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)


@pytest.fixture
def opened(tmp_path):
    def _opened(file):
        (tmp_path / "strategy.toml").write_bytes(file.read_bytes())
        return Workspace(tmp_path)

    return _opened


@EACH
@pytest.mark.parametrize("sources", [False, True])
@pytest.mark.parametrize("files", [False, True])
def test_every_cell_has_a_status_and_a_source_or_a_reason(opened, file, sources, files):
    workspace = opened(file)
    cells = workspace.coverage(sources=sources, files=files)
    assert {cell.goal for cell in cells} == set(workspace.strategy.goals)
    for cell in cells:
        assert cell.status in RANK
        assert cell.source or cell.note, cell
        assert cell.status == "measurable" or (cell.reason and cell.note), cell


@EACH
def test_no_channel_more_takes_anything_away_and_none_that_comes_back_changes_anything(opened, file):
    workspace = opened(file)
    from smmetrics.workspace.covering import what_if

    for platform in workspace.catalogue.platforms:
        gained = what_if(workspace, with_=[platform])
        assert {shift.change for shift in gained} <= {"same", "gained", "stronger"}
    for name, channel in workspace.strategy.channels.items():
        lost = what_if(workspace, without=[name])
        assert {shift.change for shift in lost} <= {"same", "lost", "weaker"}
        back = what_if(workspace, without=[channel.platform], with_=[channel.platform])
        assert {shift.change for shift in back} == {"same"}


@EACH
def test_there_is_something_to_do_and_never_more_than_three(opened, file):
    steps = opened(file).next()
    assert 1 <= len(steps) <= MOST
    assert all(step.text and step.command for step in steps)
