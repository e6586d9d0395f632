from __future__ import annotations

import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from smmetrics.api.errors import Unavailable
from smmetrics.store import Store, delta, lock

WRITER = """
import sys
sys.path.insert(0, sys.argv[1])
from batches import make_batch
from smmetrics.store import Store
store = Store.open(sys.argv[2])
for n in range(int(sys.argv[4])):
    store.commit([make_batch(f"{sys.argv[3]}-{n}", [{"post_id": f"{sys.argv[3]}-{n}"}])], timeout=900)
"""
TIME_OUT = 1800


@pytest.mark.parametrize(("writers", "batches"), [(2, 6), pytest.param(8, 50, marks=pytest.mark.slow)])
def test_writers_at_once_lose_nothing_and_double_nothing(store, writers, batches):
    arguments = [sys.executable, "-c", WRITER, str(Path(__file__).parent), str(store.root)]
    started = [subprocess.Popen([*arguments, f"w{n}", str(batches)]) for n in range(writers)]
    seen, until = [], time.monotonic() + TIME_OUT
    try:
        while any(each.poll() is None for each in started) and time.monotonic() < until:
            snapshot = store.snapshot()
            seen.append((snapshot.current("posts").collect().height, snapshot.imports().height))
            time.sleep(0.02)  # whoever reads without a pause takes the writers' turn on a small machine
    finally:
        for each in started:
            each.kill()
    assert [each.wait() for each in started] == [0] * writers
    assert all(posts == imports for posts, imports in seen)
    assert [posts for posts, _ in seen] == sorted(posts for posts, _ in seen)
    ids = store.snapshot().observations("posts").collect().get_column("post_id").to_list()
    assert sorted(ids) == sorted(f"w{w}-{n}" for w in range(writers) for n in range(batches))
    imports = store.snapshot().imports()
    assert imports.get_column("id").n_unique() == imports.height == writers * batches


def test_who_waits_is_told_for_whom_and_how_long_it_has_been(store, batch):
    told = []
    other = Store.open(store.root, waiting=told.append)
    release = threading.Event()
    holding = threading.Event()

    def hold():
        with lock.writing(store.root / "store"):
            holding.set()
            release.wait(30)

    thread = threading.Thread(target=hold)
    thread.start()
    holding.wait(30)
    with pytest.raises(Unavailable, match=r"process \d+, for \d+ seconds") as caught:
        other.commit([batch("a.csv", [{"post_id": "p"}])], timeout=0.2)
    assert caught.value.code == "store.locked"
    assert len(told) == 1
    assert "Waiting" in told[0]
    assert other.snapshot().current("posts").collect().is_empty()
    release.set()
    thread.join()
    (row,) = other.commit([batch("a.csv", [{"post_id": "p"}])])
    assert row.status == "imported"
    assert not (store.root / "store" / ".lock.owner").exists()


def test_a_reader_that_writers_overtake_reads_the_newest_state_and_calls_nothing_damaged(store, batch, monkeypatch):
    reader = Store.open(store.root)
    store.commit([batch("a.csv", [{"post_id": "a"}])])
    fault = delta.fault

    def overtaken(_folder, _version):
        monkeypatch.setattr(delta, "fault", fault)
        store.commit([batch("b.csv", [{"post_id": "b"}])])
        return "a file of it is gone"

    monkeypatch.setattr(delta, "fault", overtaken)
    found = reader.snapshot().current("posts").collect()
    assert sorted(found.get_column("post_id")) == ["a", "b"]
    assert reader.messages == ()
