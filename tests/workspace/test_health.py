"""The doctor names what is wrong and what to do; vacuum takes only what nobody needs, and may be killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time

import pytest

from smmetrics.workspace import Workspace
from smmetrics.workspace.health import clear, examine, in_words


@pytest.fixture
def workspace(tmp_path, posts_file):
    made = Workspace(tmp_path / "work")
    made.root.mkdir()
    made.import_(posts_file)
    return Workspace(made.root)


def wrong(workspace, **more):
    return {
        (each.check, each.level): each for each in examine(Workspace(workspace.root), **more) if each.level != "well"
    }


def test_a_whole_folder_is_well_and_its_room_is_told(workspace, run):
    assert wrong(workspace, deep=True) == {}
    parts = [each.what for each in examine(workspace) if each.check == "room"]
    assert any(part.startswith("store: ") for part in parts)
    assert "All is well." in run("doctor")
    assert {row["level"] for row in json.loads(run("doctor", "--json"))} == {"well"}


def test_a_damaged_copy_is_named_with_its_file(workspace, posts_file):
    (copy,) = (workspace.root / "sources").glob("*.zst")
    copy.write_bytes(copy.read_bytes()[:-20])
    assert wrong(workspace) == {}
    found = wrong(workspace, deep=True)[("copies", "error")]
    assert str(posts_file) in found.what
    copy.unlink()
    assert "No private copy is kept of 1 files" in wrong(workspace)[("copies", "note")].what


def test_a_damaged_table_is_named_and_the_command_exits_with_one(workspace, run):
    path = next(path for path in (workspace.root / "store" / "posts").rglob("*.parquet"))
    data = bytearray(path.read_bytes())
    data[-30:] = bytes(30)
    path.write_bytes(data)
    found = wrong(workspace)[("tables", "error")]
    assert path.name in found.what
    assert "damaged" in run("doctor", code=1)


def test_keys_that_others_can_read_and_keys_that_are_gone_are_said(workspace):
    (workspace.root / "keys").chmod(0o644)
    assert "chmod 600" in wrong(workspace)[("keys", "warning")].hint
    (workspace.root / "keys").unlink()
    assert ("keys", "error") in wrong(workspace)


def test_what_is_due_is_said_with_the_command_to_type(workspace):
    (workspace.root / "strategy.toml").write_text('purpose = "x"\n[privacy]\nkeep_months = 1\n', encoding="utf-8")
    found = wrong(workspace)[("retention", "warning")]
    assert found.hint == "smmetrics forget --due --dry-run"


def state(workspace):
    snapshot = Workspace(workspace.root).store.snapshot()
    names = sorted(set(snapshot.head.tables) & set(snapshot.tables))
    return {name: snapshot.current(name).collect().to_dicts() for name in names}


def litter(workspace):
    """What dead writers and undone imports leave."""
    store = workspace.root / "store"
    (store / "posts" / "platform=x").mkdir(exist_ok=True)
    source = next(store.joinpath("posts").rglob("*.parquet"))
    left = [source.with_name("part-left.parquet"), store / ".HEAD.json.new", workspace.root / "sources" / "gone.zst"]
    for path in left:
        path.write_bytes(source.read_bytes())
        os.utime(path, (time.time() - 7200, time.time() - 7200))
    return left


def test_leftovers_are_told_and_cleared_and_nothing_that_counts_is_touched(workspace, run):
    before = state(workspace)
    left = litter(workspace)
    assert "3 files nobody needs" in wrong(workspace)[("leftovers", "note")].what
    assert "3 files would be removed" in run("vacuum", "--dry-run")
    assert all(path.exists() for path in left)
    assert "3 files removed" in run("vacuum")
    assert not any(path.exists() for path in left)
    assert state(workspace) == before
    assert "nothing to clear away" in run("vacuum")
    assert wrong(workspace, deep=True) == {}


def test_a_young_draft_may_be_somebodys_and_stays(workspace):
    draft = workspace.root / "sources" / ".abc.zst.new"
    draft.write_bytes(b"half")
    assert clear(workspace, keep=30).count == 0
    assert draft.exists()


def test_an_import_that_was_taken_back_leaves_no_row_once_former_states_go(workspace):
    workspace.undo("b1-1")
    folder = workspace.root / "store" / "posts"
    assert list(folder.rglob("part-*.parquet"))
    clear(workspace, keep=30)
    assert list(folder.rglob("part-*.parquet"))
    clear(workspace, keep=1)
    assert not list(folder.rglob("part-*.parquet"))
    assert state(workspace)["posts"] == []


CHILD = """
import os, signal, sys
from smmetrics.workspace import Workspace
from smmetrics.workspace.health import clear

def die(step):
    if step == sys.argv[2]:
        os.kill(os.getpid(), signal.SIGKILL)

workspace = Workspace(sys.argv[1])
workspace.store._steps = die
clear(workspace, keep=1)
"""


@pytest.mark.parametrize("step", ["after_heads", "after_file"])
def test_killed_while_clearing_up_everything_that_counts_is_there(workspace, step):
    before = state(workspace)
    left = litter(workspace)
    child = subprocess.run([sys.executable, "-c", CHILD, str(workspace.root), step], timeout=120, check=False)
    assert child.returncode == -signal.SIGKILL
    assert state(workspace) == before
    clear(Workspace(workspace.root), keep=1)
    assert not any(path.exists() for path in left)
    assert state(workspace) == before


@pytest.mark.parametrize(("size", "words"), [(0, "0 B"), (999, "999 B"), (1200, "1.2 kB"), (3_400_000_000, "3.4 GB")])
def test_sizes_are_said_as_people_say_them(size, words):
    assert in_words(size) == words
