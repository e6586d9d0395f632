from __future__ import annotations

import json
import stat

import polars as pl
import pytest

from smmetrics.api.errors import BadData, PluginFault, UserMistake
from smmetrics.store import Store


def post(number, **more):
    return {"post_id": f"p{number}", "kind": "post", **more}


def ids(store):
    return store.snapshot().current("posts").collect().get_column("post_id").to_list()


def test_a_new_workspace_has_its_folders_and_a_key_nobody_else_may_read(store):
    assert (store.root / "workspace.toml").read_text() == "format = 1\n"
    assert {path.name for path in store.root.iterdir()} >= {"store", "sources", "cache", "reports", "keys"}
    assert stat.S_IMODE((store.root / "keys").stat().st_mode) == 0o600
    assert len(store.key()) == 32
    assert store.head.number == 0


def test_creating_twice_is_refused_and_keeps_the_key(store):
    key = store.key()
    with pytest.raises(UserMistake, match="already"):
        Store.create(store.root)
    assert Store.open(store.root).key() == key


def test_a_folder_without_a_workspace_is_said_so(tmp_path):
    with pytest.raises(UserMistake, match="smmetrics init"):
        Store.open(tmp_path)


def test_an_empty_store_has_every_table_and_no_rows(store):
    snapshot = store.snapshot()
    for name in snapshot.tables:
        assert snapshot.current(name).collect().height == 0
        assert snapshot.observations(name).collect().height == 0
    assert snapshot.imports().is_empty()
    assert snapshot.quarantine().is_empty()


def test_many_files_make_one_commit(store, batch):
    rows = store.commit([batch(f"{n}.csv", [post(n)]) for n in range(5)])
    assert [row.status for row in rows] == ["imported"] * 5
    assert len({row.id for row in rows}) == 5
    assert store.head.number == 1
    assert ids(store) == ["p0", "p1", "p2", "p3", "p4"]


def test_a_snapshot_stays_as_it_was_while_others_write(store, batch):
    store.commit([batch("a.csv", [post(1)])])
    before = store.snapshot()
    store.commit([batch("b.csv", [post(2)])])
    assert before.current("posts").collect().height == 1
    assert before.imports().height == 1
    assert store.snapshot().current("posts").collect().height == 2


def test_a_file_imported_before_is_a_duplicate_of_its_first_id_and_stores_nothing(store, batch):
    (first,) = store.commit([batch("a.csv", [post(1)])])
    (again,) = store.commit([batch("a.csv", [post(1)])])
    assert (again.status, again.id) == ("duplicate", first.id)
    assert (again.records_in, again.kept, again.duplicate) == (1, 0, 1)
    assert store.head.number == 1
    assert store.snapshot().observations("posts").collect().height == 1


def test_the_same_file_twice_in_one_call_is_a_duplicate_the_second_time(store, batch):
    first, second = store.commit([batch("a.csv", [post(1)]), batch("a.csv", [post(1)])])
    assert (first.status, second.status, second.id) == ("imported", "duplicate", first.id)
    assert store.snapshot().imports().height == 1


def test_another_adapter_version_or_answer_is_another_import(store, batch):
    (first,) = store.commit([batch("a.csv", [post(1)])])
    (newer,) = store.commit([batch("a.csv", [post(1)], adapter_version="2")])
    (asked,) = store.commit([batch("a.csv", [post(1)], answers=json.dumps({"zone": "Europe/Berlin"}))])
    assert len({first.id, newer.id, asked.id}) == 3
    assert [first.status, newer.status, asked.status] == ["imported"] * 3


def test_one_file_with_two_answers_in_one_call_is_refused(store, batch):
    with pytest.raises(UserMistake, match="one after the other"):
        store.commit([batch("a.csv", [post(1)]), batch("a.csv", [post(1)], answers='{"zone": "UTC"}')])
    assert store.head.number == 0


def test_overlapping_files_count_their_common_records_as_duplicate_and_store_them_all_the_same(store, batch):
    store.commit([batch("a.csv", [post(1, text="one"), post(2, text="two")])])
    (row,) = store.commit([batch("b.csv", [post(2, text="two"), post(3, text="three")])])
    assert (row.records_in, row.kept, row.duplicate) == (2, 1, 1)
    assert store.snapshot().observations("posts").collect().height == 4
    assert ids(store) == ["p1", "p2", "p3"]


def test_a_record_is_new_if_one_of_its_rows_is(store, batch):
    count = {"post_id": "p1", "scope": "total", "window": "lifetime"}
    store.commit([batch("a.csv", [post(1)], [{**count, "likes": 1}])])
    (row,) = store.commit([batch("b.csv", [post(1)], [{**count, "likes": 2}])])
    assert (row.kept, row.duplicate) == (1, 0)


def test_of_many_small_files_in_one_call_each_knows_the_records_of_all_before_it(store, batch):
    posts = [{"post_id": str(n)} for n in range(40)]
    rows = store.commit([batch(str(n), [posts[n], *posts[: n // 2]]) for n in range(40)])
    assert [(row.kept, row.duplicate) for row in rows] == [(1, n // 2) for n in range(40)]


def test_two_equal_records_in_one_file_are_one_and_a_duplicate(store, batch):
    (row,) = store.commit([batch("a.csv", [post(1), post(2), post(1)])])
    assert (row.records_in, row.kept, row.duplicate) == (3, 2, 1)


def test_equal_values_seen_at_another_time_are_a_new_observation(store, batch):
    from datetime import UTC, datetime

    store.commit([batch("a.csv", [post(1)])])
    (row,) = store.commit([batch("b.csv", [post(1)], observed=datetime(2024, 4, 1, tzinfo=UTC))])
    assert (row.kept, row.duplicate) == (1, 0)


def test_records_nobody_accounts_for_stop_the_import(store, batch):
    with pytest.raises(PluginFault, match="3 records came in and 2 are accounted for"):
        store.commit([batch("a.csv", [post(1), post(2)], counts={"records_in": 3, "kept": 2})])
    assert store.head.number == 0


def test_a_column_no_fact_declares_stops_the_import(store, batch):
    with pytest.raises(PluginFault) as caught:
        store.commit([batch("a.csv", [post(1, colour="green")])])
    assert caught.value.code == "column.undeclared"
    assert store.snapshot().current("posts").collect().is_empty()


def test_a_plugins_column_can_be_added_later_and_outlives_the_plugin(store, batch):
    from dataclasses import replace

    from smmetrics.api import Fact

    store.commit([batch("a.csv", [post(1)])])
    posts = store.tables["posts"]
    grown = replace(posts, columns=(*posts.columns, Fact(table="posts", name="m__mood", type="text")))
    with_plugin = Store.open(store.root, tables={**store.tables, "posts": grown})
    with_plugin.commit([batch("b.csv", [post(2, m__mood="glad")])])
    assert with_plugin.snapshot().current("posts").collect().get_column("m__mood").to_list() == [None, "glad"]
    without = Store.open(store.root)
    without.commit([batch("c.csv", [post(3)])])
    assert "m__mood" not in without.snapshot().current("posts").collect().columns
    again = Store.open(store.root, tables={**store.tables, "posts": grown})
    assert again.snapshot().current("posts").collect().get_column("m__mood").to_list() == [None, "glad", None]


def test_every_type_comes_back_as_it_went_in(store, batch):
    from datetime import UTC, date, datetime

    rows = [
        post(
            1,
            created_at=datetime(2024, 1, 2, 3, 4, 5, 678901, tzinfo=UTC),
            created_on=date(2024, 1, 2),
            hashtags=["a", "b"],
            score=0.1,
        ),
        post(2, hashtags=[], score=None),
        post(9007199254740993),
    ]
    store.commit([batch("a.csv", rows)])
    back = {r["post_id"]: r for r in store.snapshot().current("posts").collect().to_dicts()}
    assert back["p1"]["created_at"] == datetime(2024, 1, 2, 3, 4, 5, 678901, tzinfo=UTC)
    assert back["p1"]["created_on"] == date(2024, 1, 2)
    assert (back["p1"]["hashtags"], back["p2"]["hashtags"]) == (["a", "b"], [])
    assert (back["p1"]["score"], back["p2"]["score"]) == (0.1, None)
    assert "p9007199254740993" in back


def test_numbers_beyond_a_double_survive(store, batch):
    exact = 2**63 - 1
    store.commit(
        [batch("a.csv", [], [{"post_id": str(exact), "scope": "total", "window": "lifetime", "likes": exact}])]
    )
    row = store.snapshot().current("post_counts").collect().row(0, named=True)
    assert (row["post_id"], row["likes"], row["views"]) == (str(exact), exact, None)


def test_text_does_not_stand_in_the_log(store, batch):
    store.commit([batch("a.csv", [post(1, text="a secret nobody should keep", permalink="https://m.example/secret")])])
    logs = b"".join(path.read_bytes() for path in (store.root / "store").rglob("_delta_log/*.json"))
    assert b"secret" not in logs
    assert b"numRecords" in logs


def test_quarantined_records_are_kept_with_where_they_came_from(store, batch):
    bad = pl.DataFrame(
        {
            "record": [7],
            "line": [9],
            "start": [100],
            "end": [140],
            "column": ["likes"],
            "reason": ["not_a_number"],
            "excerpt": ["x;y"],
        }
    )
    (row,) = store.commit(
        [batch("a.csv", [post(1)], quarantine=bad, counts={"records_in": 2, "kept": 1, "quarantined": 1})]
    )
    kept = store.snapshot().quarantine().row(0, named=True)
    assert (kept["import_id"], kept["file"], kept["record"], kept["start"], kept["end"]) == (
        row.id,
        "a.csv",
        7,
        100,
        140,
    )
    assert kept["reason"] == "not_a_number"


def test_the_private_copy_gives_the_file_back(store, batch, tmp_path):
    copy = tmp_path / "copy"
    copy.write_bytes(b"id,likes\n1,2\n" * 1000)
    (row,) = store.commit([batch("a.csv", [post(1)], copy=copy)])
    kept = store.root / "sources" / f"{row.sha256}.zst"
    assert store.snapshot().source_bytes(row.source_id) == copy.read_bytes()
    assert kept.stat().st_size < copy.stat().st_size
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    with pytest.raises(UserMistake, match="No copy"):
        store.snapshot().source_bytes("0" * 64)


@pytest.mark.parametrize("where", ["workspace.toml", "store/HEAD.json"])
def test_a_newer_format_is_refused_with_what_to_upgrade(store, where):
    path = store.root / where
    path.write_text("format = 2\n" if where.endswith("toml") else json.dumps({"format": 2}))
    with pytest.raises(UserMistake, match="Upgrade") as caught:
        Store.open(store.root)
    assert caught.value.code == "format.newer"


def test_a_settings_file_that_is_no_toml_is_bad_data(store):
    (store.root / "workspace.toml").write_text("format = ")
    with pytest.raises(BadData, match=r"workspace\.toml"):
        Store.open(store.root)


def test_a_lost_key_is_never_replaced_by_another(store):
    (store.root / "keys").unlink()
    with pytest.raises(BadData, match="backup"):
        store.key()
