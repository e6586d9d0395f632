"""Power cuts, lost files, full and read-only disks: what was there before stays, and the words are plain."""

from __future__ import annotations

import errno
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from smmetrics.api.errors import BadData, Unavailable
from smmetrics.store import Store, head


def ids(store):
    return store.snapshot().current("posts").collect().get_column("post_id").to_list()


@pytest.fixture
def twice(store, batch):
    store.commit([batch("first.csv", [{"post_id": "p1"}])])
    store.commit([batch("second.csv", [{"post_id": "p2"}])])
    return store


def newest_data_file(store):
    return max((store.root / "store" / "posts").rglob("*.parquet"), key=lambda path: path.stat().st_mtime_ns)


def test_everything_a_head_names_is_synced_before_it_counts(store, batch, tmp_path, monkeypatch):
    copies = [tmp_path / "one.raw", tmp_path / "two.raw"]
    for copy in copies:
        copy.write_bytes(copy.name.encode())
    synced = []
    real = os.fsync

    def record(handle):
        synced.append(Path(f"/proc/self/fd/{handle}").readlink())
        real(handle)

    renamed = []
    store._steps = lambda step: renamed.append(len(synced)) if step == "before_head_write" else None
    monkeypatch.setattr(os, "fsync", record)
    rows = [{"post_id": "p1"}, {"post_id": "p2", "platform": "n"}]
    store.commit([batch("a.csv", rows, copy=copies[0]), batch("b.csv", rows, copy=copies[1])])
    before = set(synced[: renamed[0]])
    sources = (store.root / "sources").resolve()
    drafts = [sources / f".{path.name}.new" for path in sources.iterdir()]
    assert len(drafts) == len(copies)
    assert max(map(synced.index, drafts)) < synced.index(sources) < renamed[0]
    root = (store.root / "store").resolve()
    for path in root.rglob("*"):
        if path.suffix == ".parquet" or path.parent.name == "_delta_log":
            assert path in before, path
            assert path.parent in before, path
    assert synced[renamed[0]].name == ".HEAD.json.new"
    assert root in synced[renamed[0] :]


@pytest.mark.parametrize("damage", ["absent", "short", "log"])
def test_a_damaged_head_falls_back_to_the_one_before_and_says_what_to_import_again(twice, batch, damage):
    path = newest_data_file(twice)
    if damage == "log":
        path = twice.root / "store" / "posts" / "_delta_log" / f"{1:020}.json"
        path.write_bytes(b"")
    elif damage == "absent":
        path.unlink()
    else:
        path.write_bytes(path.read_bytes()[:-10])
    opened = Store.open(twice.root)
    assert ids(opened) == ["p1"]
    assert opened.head.number == 1
    assert len(opened.messages) == 1
    assert "b2" in opened.messages[0]
    assert "second.csv" in opened.messages[0]
    (row,) = opened.commit([batch("second.csv", [{"post_id": "p2"}])])
    assert row.status == "imported"
    assert row.batch_id == "b3"
    assert ids(opened) == ["p1", "p2"]
    assert Store.open(twice.root).messages == ()


def test_a_damaged_head_file_is_read_from_the_kept_heads(twice):
    (twice.root / "store" / "HEAD.json").write_bytes(b"{")
    assert ids(Store.open(twice.root)) == ["p1", "p2"]
    (twice.root / "store" / "HEAD.json").unlink()
    assert ids(Store.open(twice.root)) == ["p1", "p2"]


def test_a_head_that_was_not_remembered_when_its_writer_died_is_by_the_next_one(twice, batch):
    kept = twice.root / "store" / "heads"
    newest = max(kept.glob("*.json"), key=lambda path: int(path.stem))
    newest.unlink()
    Store.open(twice.root).commit([batch("third.csv", [{"post_id": "p3"}])])
    assert newest.exists()
    assert len({int(path.stem) for path in kept.glob("*.json")}) == int(newest.stem) + 2


def test_where_nothing_is_whole_it_says_so_and_changes_nothing(twice):
    for path in (twice.root / "store").rglob("*.parquet"):
        path.unlink()
    for path in (twice.root / "store" / "heads").glob("*.json"):
        if path.stem == "0":
            path.unlink()
    with pytest.raises(BadData, match="backup"):
        Store.open(twice.root)


def test_a_half_written_log_entry_ahead_of_head_harms_nobody(twice, batch):
    (twice.root / "store" / "posts" / "_delta_log" / f"{2:020}.json").write_bytes(b'{"add":{"pa')
    opened = Store.open(twice.root)
    assert ids(opened) == ["p1", "p2"]
    opened.commit([batch("third.csv", [{"post_id": "p3"}])])
    assert ids(opened) == ["p1", "p2", "p3"]


def test_only_the_last_heads_are_kept(store, batch, monkeypatch):
    assert head.KEPT == 30
    monkeypatch.setattr(head, "KEPT", 3)
    for n in range(6):
        store.commit([batch(f"{n}.csv", [{"post_id": str(n)}])])
    kept = sorted(int(path.stem) for path in (store.root / "store" / "heads").glob("*.json"))
    assert kept == [4, 5, 6]


def test_a_long_log_is_summed_up_and_reads_the_same(store, batch, monkeypatch):
    monkeypatch.setattr("smmetrics.store.delta.CHECKPOINT_EVERY", 3)
    for n in range(8):
        store.commit([batch(f"{n}.csv", [{"post_id": str(n), "text": "a secret"}])])
    log = store.root / "store" / "posts" / "_delta_log"
    summed = sorted(path.name for path in log.glob("*.checkpoint*.parquet"))
    assert [name[:20] for name in summed] == [f"{3:020}", f"{6:020}"]
    assert not any(b"a secret" in path.read_bytes() for path in log.iterdir())
    assert ids(Store.open(store.root)) == [str(n) for n in range(8)]


def test_stepping_back_over_a_summed_up_log_works(store, batch, monkeypatch):
    monkeypatch.setattr("smmetrics.store.delta.CHECKPOINT_EVERY", 3)
    for n in range(5):
        store.commit([batch(f"{n}.csv", [{"post_id": str(n)}])])
    store.commit([batch("people only", people=[{"platform_author_id": "u", "person": "a"}])])
    files = (store.root / "store" / "posts").rglob("part-*.parquet")
    for path in sorted(files, key=lambda path: path.stat().st_mtime_ns)[2:]:
        path.unlink()
    opened = Store.open(store.root)
    assert ids(opened) == ["0", "1"]
    opened.commit([batch("again", [{"post_id": "x"}])])
    assert ids(Store.open(store.root)) == ["0", "1", "x"]


def test_a_full_disk_is_said_plainly_and_the_old_data_is_whole(twice, batch):
    def full(step):
        if step == "after_table:posts":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    failing = Store.open(twice.root, steps=full)
    with pytest.raises(Unavailable, match="disk is full") as caught:
        failing.commit([batch("third.csv", [{"post_id": "p3"}])])
    assert caught.value.code == "disk.full"
    assert ids(Store.open(twice.root)) == ["p1", "p2"]
    twice.commit([batch("third.csv", [{"post_id": "p3"}])])
    assert ids(twice) == ["p1", "p2", "p3"]


FULL = """
import resource, signal, sys
sys.path.insert(0, sys.argv[1])
from batches import make_batch
from smmetrics.store import Store, head
import os
store = Store.open(sys.argv[2])
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
posts = [{"post_id": f"n{i}", "text": os.urandom(60).hex()} for i in range(5000)]
resource.setrlimit(resource.RLIMIT_FSIZE, (65536, resource.RLIM_INFINITY))
from smmetrics.api.errors import Unavailable
try:
    store.commit([make_batch("new.csv", posts)])
except Unavailable as error:
    print(error.code)
"""


def test_a_disk_that_fills_while_a_table_is_written_is_said_plainly(twice):
    assert resource.RLIMIT_FSIZE is not None
    arguments = [sys.executable, "-c", FULL, str(Path(__file__).parent), str(twice.root)]
    done = subprocess.run(arguments, timeout=60, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "disk.full"
    assert ids(Store.open(twice.root)) == ["p1", "p2"]


@pytest.mark.parametrize(
    ("number", "code"),
    [(errno.EROFS, "folder.read_only"), (errno.EACCES, "folder.read_only"), (errno.EIO, "disk.failed")],
)
def test_a_disk_that_refuses_is_explained(store, batch, monkeypatch, number, code):
    def refuse(*_arguments, **_more):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr("smmetrics.store.delta.append", refuse)
    with pytest.raises(Unavailable) as caught:
        store.commit([batch("a.csv", [{"post_id": "p1"}])])
    assert caught.value.code == code
    assert caught.value.hint


@pytest.mark.parametrize("which", ["posts-*.part", "posts-*.parts"])
@pytest.mark.parametrize("damage", [b"", b"garbage", "cut", "zeros", "gone"])
def test_a_damaged_cache_is_made_again(twice, damage, which):
    expected = twice.snapshot().current("posts").collect()
    (kept,) = (twice.root / "cache").glob(which)
    whole = kept.read_bytes()
    kept.unlink()
    if damage != "gone":
        kept.write_bytes({"cut": whole[:-20], "zeros": bytes(len(whole))}.get(damage, damage))
    assert twice.snapshot().current("posts").collect().equals(expected)


def test_without_a_cache_folder_everything_still_reads(twice, monkeypatch):
    def refuse(*_arguments):
        raise OSError(errno.EROFS, "read-only")

    monkeypatch.setattr("smmetrics.store.parts.Shelf._put", refuse)
    assert ids(twice) == ["p1", "p2"]
    assert not list((twice.root / "cache").glob("*"))


def test_the_cache_holds_few_versions_of_a_table(store, batch):
    for n in range(6):
        store.commit([batch(f"{n}.csv", [{"post_id": str(n)}])])
        assert len(ids(store)) == n + 1
    assert len(list((store.root / "cache").glob("posts-*.parts"))) == 3
    assert len(list((store.root / "cache").glob("posts-*.part"))) == 3


def test_many_small_files_are_put_together_and_older_states_stay_readable(store, batch, monkeypatch):
    monkeypatch.setattr("smmetrics.store.delta.FILES_A_PARTITION", 4)
    for n in range(4):
        store.commit([batch(f"{n}.csv", [{"post_id": str(n), "text": "a secret", "hashtags": [str(n)]}])])
    before, head_before = store.snapshot(), store.head
    store.commit([batch("4.csv", [{"post_id": "4", "text": "a secret"}])])
    assert store.head.tables["posts"] == head_before.tables["posts"] + 2
    assert ids(Store.open(store.root)) == ["0", "1", "2", "3", "4"]
    assert before.observations("posts").collect().height == 4
    assert store.snapshot().current("posts").collect().get_column("hashtags").to_list() == [
        ["0"],
        ["1"],
        ["2"],
        ["3"],
        None,
    ]
    logs = b"".join(path.read_bytes() for path in (store.root / "store").rglob("_delta_log/*.json"))
    assert b"a secret" not in logs
    store.undo("b2-1")
    assert ids(store) == ["0", "2", "3", "4"]


def test_two_who_fold_at_once_do_not_spoil_each_others_cache(twice):
    import threading

    found = []
    threads = [threading.Thread(target=lambda: found.append(ids(Store.open(twice.root)))) for _ in range(6)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert found == [["p1", "p2"]] * 6
    assert not list((twice.root / "cache").glob("*.new"))
