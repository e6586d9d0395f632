"""Commands that a dashboard names work when they are pasted."""

from __future__ import annotations

import shlex
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING

import smmetrics as smm
from smmetrics.cli.app import SECTIONS
from smmetrics.dashboard import Dashboard
from smmetrics.dashboard.commands import Commands
from smmetrics.words.commands import NAMES
from tests.dashboard.conftest import Memory

if TYPE_CHECKING:
    import pytest

WITHOUT = frozenset({"init", "demo"})
"""Commands that make a folder and are told it otherwise."""
FOLDER = Path("/home/ada/our garden")


def test_every_command_that_asks_for_a_folder_is_known():
    assert set(NAMES) == {name for section in SECTIONS.values() for name in section} - WITHOUT


def test_commands_name_their_folder_and_nothing_else_does():
    typed = Commands(FOLDER).typed
    told = typed("The review finds 1 error: smmetrics review --data")
    assert shlex.split(told.partition(": ")[2]) == ["smmetrics", "-w", str(FOLDER), "review", "--data"]
    for other in ("a newer smmetrics wrote it", "smmetrics init garden", "smmetrics reviewed it", "no command"):
        assert typed(other) == other
    assert Commands(None).typed("smmetrics next") == "smmetrics next"


def test_empty_screens_and_the_head_name_the_folder():
    source = Memory(["next"], goals=False)
    source.posts = source.posts.clear()
    board = Dashboard(source, folder=FOLDER)
    steps = [step for result in board.results for card in result.cards for step in card.would_do]
    assert any(f"smmetrics -w '{FOLDER}' next" in step for step in steps), steps
    head = unescape(str(board._header()))
    assert f"smmetrics -w '{FOLDER}' review --data" in head


def test_a_workspace_says_its_folder_unless_one_has_begun_in_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    workspace = smm.init(tmp_path / "garden")
    said = []
    for place in (tmp_path, workspace.root):
        monkeypatch.chdir(place)
        said.append(f"smmetrics -w {workspace.root} review --data" in str(workspace.dashboard()._header()))
    assert said == [True, False]
