from __future__ import annotations

from datetime import UTC, datetime

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from smmetrics.api.errors import UserMistake
from smmetrics.store import Store


def files(batch):
    later = datetime(2024, 5, 1, tzinfo=UTC)
    count = {"post_id": "p1", "scope": "total", "window": "lifetime"}
    return {
        "a": batch("a", [{"post_id": "p1", "text": "old"}, {"post_id": "p2", "text": "two"}], [{**count, "likes": 1}]),
        "b": batch("b", [{"post_id": "p1", "text": "new"}, {"post_id": "p3"}], [{**count, "likes": 5}], observed=later),
        "c": batch("c", [{"post_id": "p2", "text": "two"}]),
    }


def current(store):
    snapshot = store.snapshot()
    return {name: snapshot.current(name).collect() for name in snapshot.tables}


@pytest.mark.parametrize("victim", ["a", "b", "c"])
def test_after_an_undo_the_tables_are_those_of_a_workspace_that_never_had_it(tmp_path, batch, victim):
    with_it, without = Store.create(tmp_path / "with"), Store.create(tmp_path / "without")
    rows = with_it.commit(list(files(batch).values()))
    without.commit([each for name, each in files(batch).items() if name != victim])
    undone = with_it.undo(next(row.id for row in rows if row.file == victim))
    assert undone.status == "undone"
    found = current(with_it)
    for name, expected in current(without).items():
        assert_frame_equal(found[name], expected)


def test_what_another_file_also_brought_stays(store, batch):
    a, c = store.commit([files(batch)["a"], files(batch)["c"]])
    assert (c.kept, c.duplicate) == (0, 1)
    store.undo(a.id)
    assert store.snapshot().current("posts").collect().select("post_id", "text").rows() == [("p2", "two")]


def test_the_ledger_keeps_the_import_as_undone(store, batch):
    (row,) = store.commit([files(batch)["a"]])
    store.undo(row.id)
    imports = store.snapshot().imports()
    assert imports.select("id", "status", "kept").rows() == [(row.id, "undone", 2)]


def test_an_undone_file_can_be_imported_again_under_a_new_id(store, batch):
    (row,) = store.commit([files(batch)["a"]])
    store.undo(row.id)
    (again,) = store.commit([files(batch)["a"]])
    assert again.status == "imported"
    assert again.id != row.id
    assert store.snapshot().imports().get_column("status").to_list() == ["undone", "imported"]


def test_undoing_twice_or_something_unknown_is_said_in_words_and_changes_nothing(store, batch):
    (row,) = store.commit([files(batch)["a"]])
    store.undo(row.id)
    head = store.head
    with pytest.raises(UserMistake, match="taken back before"):
        store.undo(row.id)
    with pytest.raises(UserMistake, match="There is no import 'b9-9'"):
        store.undo("b9-9")
    assert store.head == head


def test_quarantined_records_go_with_their_import(store, batch):
    bad = pl.DataFrame({"record": [1], "reason": ["not_a_number"]})
    counts = {"records_in": 1, "quarantined": 1}
    a, b = store.commit([batch("a", quarantine=bad, counts=counts), batch("b", quarantine=bad, counts=counts)])
    store.undo(a.id)
    assert store.snapshot().quarantine().get_column("import_id").to_list() == [b.id]


def test_an_old_snapshot_still_shows_what_was_undone(store, batch):
    (row,) = store.commit([files(batch)["a"]])
    before = store.snapshot()
    store.undo(row.id)
    assert before.current("posts").collect().height == 2
    assert store.snapshot().current("posts").collect().height == 0
