"""Workspaces in folders of all names: what the tables' format misreads is refused before anything is written."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest

from smmetrics.api.errors import UserMistake
from smmetrics.store.store import Store
from smmetrics.workspace import Workspace

if TYPE_CHECKING:
    from pathlib import Path

HELD = ("two words/Ünïcode 日本 😀/a#b", "what?/100%/50%off", "it's/a+b & c/{braces}", "e\u0301/tilde~/semi;colon")
"""Three names a path: each is held or not, whatever stands beside it."""
REFUSED = ("a=b", "[2026]", "a^b", "a|b", "a\\b", "tab\tbed", "two%20words", "%41")


def a_sheet(folder: Path, minutes: int) -> Path:
    path = folder / f"activity {minutes}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(("day", "person", "task", "minutes"))
        rows.writerow(("2026-04-01", "ana", "reply", minutes))
    return path


@pytest.mark.parametrize("name", HELD)
def test_a_workspace_works_in_a_folder_of_any_usual_name(tmp_path, name):
    root = tmp_path / name
    root.parent.mkdir(parents=True)
    for minutes in (30, 45):
        (outcome,) = Workspace(root).import_(a_sheet(tmp_path, minutes))
        assert outcome.status == "imported", outcome
    assert Workspace(root).measure("sum(effort.minutes)").frame["value"].to_list() == [75.0]
    assert Workspace(root).store.is_whole(Workspace(root).store.head)


@pytest.mark.parametrize("name", REFUSED)
def test_a_folder_that_the_tables_cannot_be_in_is_refused_and_nothing_is_made(tmp_path, name):
    root = tmp_path / name
    with pytest.raises(UserMistake) as refused:
        Store.create(root)
    assert refused.value.code == "store.place"
    assert refused.value.where == str(root)
    assert not root.exists()


def test_a_workspace_moved_to_such_a_folder_says_so_and_is_whole_again_elsewhere(tmp_path):
    Store.create(tmp_path / "plain")
    moved = (tmp_path / "plain").rename(tmp_path / "a=b")
    with pytest.raises(UserMistake, match="path has '='"):
        Store.open(moved)
    assert Store.open(moved.rename(tmp_path / "again")).head.number == 0
