from __future__ import annotations

from datetime import UTC, date, datetime

import polars as pl
import pytest

from smmetrics.api.errors import PluginFault
from smmetrics.api.facts import PROVENANCE, Fact, Table
from smmetrics.api.stored import CORE_TABLES
from smmetrics.api.views import CORE_VIEWS
from smmetrics.tables.schema import FEW, POLARS, conform, empty, stored_schema, view_schema
from smmetrics.tables.stamping import RECORD, stamped

TABLES = {table.name: table for table in CORE_TABLES}
EXTRA = (
    Fact(table="post_counts", name="z__expands", type="int"),
    Fact(table="posts", name="z__mood", type="text"),
)
SMALL = Table(
    name="notes",
    title="Notes",
    one_row_is="a note",
    key=("note_id", "observed_at"),
    columns=(
        Fact(table="notes", name="words", type="texts"),
        Fact(table="notes", name="note_id"),
        Fact(table="notes", name="count", type="int"),
        Fact(table="notes", name="at", type="instant"),
        Fact(table="notes", name="on", type="date"),
    ),
)


@pytest.mark.parametrize("table", CORE_TABLES, ids=lambda table: table.name)
def test_every_stored_table_has_each_column_once_and_provenance_last(table):
    names = list(stored_schema(table))
    declared = {fact.name for fact in table.columns}
    assert set(names) == declared | {name for name, _ in PROVENANCE}
    assert names[-len(PROVENANCE) :] == [name for name, _ in PROVENANCE]


def test_the_key_comes_first_without_the_provenance_columns_in_it():
    assert list(stored_schema(SMALL))[:5] == ["note_id", "words", "count", "at", "on"]


def test_a_plugins_facts_join_their_own_table_only():
    schema = stored_schema(TABLES["post_counts"], EXTRA)
    assert schema["z__expands"] == pl.Int64()
    assert "z__mood" not in schema


@pytest.mark.parametrize("view", CORE_VIEWS, ids=lambda view: view.name)
def test_a_views_schema_follows_its_columns(view):
    assert view_schema(view) == {column.name: POLARS[column.type] for column in view.columns}


def test_an_empty_table_has_the_stored_types():
    frame = empty(TABLES["posts"])
    assert frame.height == 0
    assert frame.schema["created_at"] == pl.Datetime("us", "UTC")
    assert frame.schema["hashtags"] == pl.List(pl.String())


def test_absent_columns_become_null_and_never_zero():
    frame = conform(pl.DataFrame({"note_id": ["a", "b"]}), SMALL)
    assert frame.get_column("count").to_list() == [None, None]
    assert frame.schema == pl.Schema(stored_schema(SMALL))


def test_absent_columns_keep_an_empty_frame_empty():
    assert conform(pl.DataFrame({"note_id": []}, schema={"note_id": pl.String}), SMALL).height == 0


def test_an_undeclared_column_is_refused_and_never_dropped():
    with pytest.raises(PluginFault, match="mystery") as caught:
        conform(pl.DataFrame({"note_id": ["a"], "mystery": [1]}), SMALL)
    assert caught.value.code == "column.undeclared"


@pytest.mark.parametrize(
    ("column", "values"),
    [
        ("count", [1.5]),
        ("count", ["12"]),
        ("count", [True]),
        ("at", [datetime(2024, 1, 1)]),  # noqa: DTZ001 - a time without a zone is the fault shown here
        ("on", [datetime(2024, 1, 1, tzinfo=UTC)]),
        ("words", ["one"]),
        ("note_id", [123]),
    ],
)
def test_a_value_of_another_type_is_a_fault_of_the_source(column, values):
    with pytest.raises(PluginFault) as caught:
        conform(pl.DataFrame({"note_id": ["a"]}).with_columns(pl.Series(column, values)), SMALL)
    assert caught.value.code == "column.type"


def test_safe_widenings_are_taken():
    given = pl.DataFrame(
        {
            "note_id": ["a"],
            "count": pl.Series([7], dtype=pl.UInt16),
            "at": pl.Series([datetime(2024, 1, 1, 12, tzinfo=UTC)], dtype=pl.Datetime("ms", "UTC")),
            "on": [date(2024, 1, 1)],
            "words": [["x"]],
        }
    )
    row = conform(given, SMALL).row(0, named=True)
    assert row["count"] == 7
    assert row["at"] == datetime(2024, 1, 1, 12, tzinfo=UTC)
    assert row["on"] == date(2024, 1, 1)
    assert row["words"] == ["x"]


def test_whole_floats_are_taken_as_counts_without_loss():
    frame = conform(pl.DataFrame({"note_id": ["a"], "count": [424.0]}), SMALL)
    assert frame.get_column("count").to_list() == [424]


@pytest.mark.parametrize("rows", [0, 1, FEW, FEW + 1])
def test_rows_few_or_many_are_filled_up_and_put_in_order_alike(rows):
    frame = pl.DataFrame({"impressions": range(rows), "post_id": ["p"] * rows}, schema_overrides={"post_id": pl.String})
    found = conform(frame, TABLES["post_counts"])
    assert dict(found.schema) == stored_schema(TABLES["post_counts"])
    assert found.get_column("impressions").to_list() == list(range(rows))
    assert found.get_column("post_id").unique().to_list() == ["p"] * min(rows, 1)
    assert all(found.get_column(name).null_count() == rows for name in set(found.columns) - set(frame.columns))


def test_what_holds_for_all_rows_takes_the_place_of_what_they_said_and_their_record_stays():
    at = datetime(2026, 3, 1, tzinfo=UTC)
    frame = pl.DataFrame({"post_id": ["a", "b"], "source_id": ["old", "old"], RECORD: [3, None]})
    found = stamped(frame, TABLES["posts"], {"source_id": "new", "observed_at": at, "adapter": None})
    assert found.columns == [*stored_schema(TABLES["posts"]), RECORD]
    assert found.select("post_id", "source_id", "observed_at", "adapter", RECORD).rows() == [
        ("a", "new", at, None, 3),
        ("b", "new", at, None, None),
    ]
    assert frame.columns == ["post_id", "source_id", RECORD]
    assert stamped(frame.drop(RECORD), TABLES["posts"], {}).get_column(RECORD).to_list() == [None, None]
