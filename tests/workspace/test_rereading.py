"""A kept copy is read again with today's reader: in one step, and only where that can be done."""

from __future__ import annotations

import json
import signal
import subprocess
import sys

import pytest

from smmetrics.workspace import Workspace
from smmetrics.workspace.rereading import answers_of, outdated, reread

OLD = """
import sys
from dataclasses import replace
from smmetrics.workspace import Workspace, importing

real = importing.batch_of
importing.batch_of = lambda *given: replace(real(*given), adapter_version="0.0.1/0")
Workspace(sys.argv[1]).import_(sys.argv[2])
"""


def values(workspace):
    snapshot = Workspace(workspace.root).store.snapshot()
    dropped = ("adapter_version", "batch_id")
    return {
        name: snapshot.current(name).collect().drop(dropped, strict=False).to_dicts()
        for name in snapshot.head.tables
        if name in snapshot.tables
    }


@pytest.fixture
def workspace(tmp_path, posts_file):
    root = tmp_path / "work"
    root.mkdir()
    subprocess.run([sys.executable, "-c", OLD, str(root), str(posts_file)], check=True, timeout=120)
    return Workspace(root)


def test_what_an_older_version_read_is_read_again_and_nothing_else_changes(workspace):
    before = values(workspace)
    assert [row.id for row in outdated(workspace)] == ["b1-1"]
    (told,) = reread(workspace)
    assert (told.was, told.id, told.status) == ("b1-1", "b2-1", "read again")
    assert told.kept == told.kept_before > 0
    assert values(workspace) == before
    rows = workspace.store.snapshot().imports().select("id", "status", "reason", "kept", "duplicate").to_dicts()
    assert [(row["id"], row["status"]) for row in rows] == [("b1-1", "undone"), ("b2-1", "imported")]
    assert rows[0]["reason"] == "read again as b2-1"
    assert (rows[1]["kept"], rows[1]["duplicate"]) == (rows[0]["kept"], rows[0]["duplicate"])
    assert outdated(workspace) == []
    assert reread(workspace) == ()


def test_a_dry_run_reads_and_changes_nothing(workspace):
    head = workspace.store.head
    (told,) = reread(workspace, dry_run=True)
    assert (told.status, told.kept, told.id) == ("dry run", told.kept_before, "")
    assert workspace.store.head == head


def test_without_its_copy_an_import_stays_and_the_reason_is_told(workspace):
    for copy in (workspace.root / "sources").iterdir():
        copy.unlink()
    before = values(workspace)
    (told,) = reread(workspace)
    assert told.status == "not read"
    assert "No copy of the file" in told.reason
    assert values(workspace) == before


def test_answers_come_back_as_they_were_given():
    said = {"accept_quarantine": True, "account": "@acme", "year": 2026, "since": "2026-06-01",
            "observed_at": "2026-07-01 09:30:00+00:00"}  # fmt: skip
    given = answers_of(json.dumps(said))
    assert (given.account, given.year, given.accept_quarantine) == ("@acme", 2026, True)
    assert (str(given.since), str(given.observed_at)) == ("2026-06-01", "2026-07-01 09:30:00+00:00")
    assert answers_of("{}").zone == ""


@pytest.mark.usefixtures("workspace")
def test_the_command_shows_both_ids_and_refuses_what_is_not_there(run):
    (row,) = json.loads(run("imports", "reread", "--json"))
    assert (row["was"], row["id"], row["status"]) == ("b1-1", "b2-1", "read again")
    assert "newest version of its reader" in run("imports", "reread")
    run("imports", "reread", "b1-1", code=2)
    run("imports", "reread", "--adapter", "nobody", code=2)
    assert "read again" in run("imports", "reread", "b2-1")
    assert json.loads(run("imports", "undo", "b3-1", "--json"))[0]["status"] == "undone"


CHILD = """
import os, signal, sys
from smmetrics.workspace import Workspace
from smmetrics.workspace.rereading import reread

def die(step):
    if step == sys.argv[2]:
        os.kill(os.getpid(), signal.SIGKILL)

workspace = Workspace(sys.argv[1])
workspace.store._steps = die
reread(workspace)
"""


IN_EVERY_RUN = ("before_head_write", "after_head_rename")
IN_THE_LONG_RUN = ("after_taking_back", "after_table:posts")


@pytest.mark.parametrize("step", [*IN_EVERY_RUN, *(pytest.param(s, marks=pytest.mark.slow) for s in IN_THE_LONG_RUN)])
def test_killed_while_reading_again_the_old_reading_or_the_new_one_is_there_whole(workspace, step):
    before = values(workspace)
    child = subprocess.run([sys.executable, "-c", CHILD, str(workspace.root), step], timeout=120, check=False)
    assert child.returncode == -signal.SIGKILL
    assert values(workspace) == before
    waiting = [row.id for row in outdated(Workspace(workspace.root))]
    assert waiting == ([] if step == "after_head_rename" else ["b1-1"])
    assert [each.status for each in reread(Workspace(workspace.root))] == ["read again"] * len(waiting)
    assert values(workspace) == before
