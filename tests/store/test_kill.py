"""A writer that dies at any named step leaves the old store or the new one, across all tables."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from smmetrics.store import Store

CHILD = """
import os, signal, sys
sys.path.insert(0, sys.argv[1])
from batches import make_batch
from smmetrics.store import Store

def die(step):
    if step == sys.argv[3]:
        os.kill(os.getpid(), signal.SIGKILL)

store = Store.open(sys.argv[2], steps=die)
if sys.argv[4] == "undo":
    store.undo("b1-1")
else:
    copy = store.root / "copy"
    copy.write_bytes(b"x")
    posts = [{"post_id": f"n{i}", "text": "new"} for i in range(5)]
    store.commit([make_batch("new.csv", posts, copy=copy,
                             people=[{"platform_author_id": "u2", "person": "bb"}])])
"""
IMPORT_STEPS = ["after_lock", "after_source_copy", "after_table:people", "after_table:posts", "after_table:imports",
                "before_head_write", "after_head_temp", "after_head_rename"]  # fmt: skip
UNDO_STEPS = ["after_table:posts", "before_head_write", "after_head_rename"]


def state(store):
    snapshot = store.snapshot()
    tables = {name: snapshot.current(name).collect().drop("source_id").to_dicts() for name in ("posts", "people")}
    return tables | {"imports": snapshot.imports().select("file", "status").rows()}


@pytest.fixture
def filled(store, batch):
    store.commit(
        [batch("old.csv", [{"post_id": "o1", "text": "old"}], people=[{"platform_author_id": "u1", "person": "aa"}])]
    )
    return store


def run(store, step, what):
    arguments = [sys.executable, "-c", CHILD, str(Path(__file__).parent), str(store.root), step, what]
    return subprocess.run(arguments, timeout=60, capture_output=True, check=False)


@pytest.mark.parametrize("step", IMPORT_STEPS)
def test_killed_while_importing_the_store_is_the_old_or_the_new_one(filled, batch, step):
    old = state(filled)
    assert run(filled, step, "import").returncode == -signal.SIGKILL
    opened = Store.open(filled.root)
    found = state(opened)
    if step == "after_head_rename":
        assert found["imports"] == [("old.csv", "imported"), ("new.csv", "imported")]
        assert [row["post_id"] for row in found["posts"]] == ["n0", "n1", "n2", "n3", "n4", "o1"]
        assert [row["person"] for row in found["people"]] == ["aa", "bb"]
    else:
        assert found == old
    opened.commit([batch("later.csv", [{"post_id": "l1"}])])
    after = state(opened)
    assert {row["post_id"] for row in after["posts"]} == {row["post_id"] for row in found["posts"]} | {"l1"}
    assert after["people"] == found["people"]


@pytest.mark.parametrize("step", UNDO_STEPS)
def test_killed_while_undoing_the_store_is_the_old_or_the_new_one(filled, step):
    old = state(filled)
    assert run(filled, step, "undo").returncode == -signal.SIGKILL
    opened = Store.open(filled.root)
    found = state(opened)
    if step == "after_head_rename":
        assert found == {"posts": [], "people": [], "imports": [("old.csv", "undone")]}
    else:
        assert found == old
        assert opened.undo("b1-1").status == "undone"
        assert state(opened)["posts"] == []


def test_what_a_dead_writer_left_is_cleared_away_by_the_next(filled, batch):
    run(filled, "before_head_write", "import")
    folder = filled.root / "store" / "posts"
    assert len(list(folder.rglob("*.parquet"))) == 2
    filled.commit([batch("later.csv", [{"post_id": "l1"}])])
    assert json.loads((filled.root / "store" / "HEAD.json").read_text())["tables"]["posts"] == 1
    assert len(list(folder.rglob("*.parquet"))) == 2
    assert not any(b"n0" in path.read_bytes() for path in folder.rglob("*") if path.is_file())


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(40))
def test_killed_at_any_moment_the_store_is_the_old_or_the_new_one(filled, seed):
    old = state(filled)
    arguments = [sys.executable, "-c", CHILD, str(Path(__file__).parent), str(filled.root), "never", "import"]
    child = subprocess.Popen(arguments)
    head = filled.root / "store" / ".lock.owner"
    while not head.exists() and child.poll() is None:
        time.sleep(0.001)
    time.sleep(random.Random(seed).uniform(0, 0.15))
    child.kill()
    child.wait()
    found = state(Store.open(filled.root))
    assert found == old or [name for name, _ in found["imports"]] == ["old.csv", "new.csv"]
    assert len(found["posts"]) in {1, 6}
    assert (len(found["posts"]), len(found["people"])) in {(1, 1), (6, 2)}
