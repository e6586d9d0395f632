from __future__ import annotations

import csv
import hashlib
import io
import json
import os
from datetime import UTC, date, datetime

import polars as pl
import pytest

from smmetrics.api.errors import Unavailable, UserMistake
from smmetrics.export import format_for, write

FRAME = pl.DataFrame(
    {
        "post_id": ["1234567890123456789", "9007199254740993", None],
        "likes": [9007199254740993, 0, None],
        "at": [datetime(2026, 3, 1, 9, 5, tzinfo=UTC), datetime(2026, 3, 1, 9, 5, 0, 250000, tzinfo=UTC), None],
        "day": [date(2026, 3, 1), None, date(2026, 12, 31)],
        "tags": [["a", 'b"c'], [], None],
        "text": ["", "=1+1\nü", None],
        "rate": [0.1, float("nan"), None],
        "ours": [True, False, None],
    }
)


def test_csv_is_raw_with_iso_dates_and_tells_null_from_empty_text():
    text = write(FRAME, "csv")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["post_id"] for row in rows] == ["1234567890123456789", "9007199254740993", ""]
    assert [row["likes"] for row in rows] == ["9007199254740993", "0", ""]
    assert [row["at"] for row in rows] == ["2026-03-01T09:05:00Z", "2026-03-01T09:05:00.250Z", ""]
    assert [row["day"] for row in rows] == ["2026-03-01", "", "2026-12-31"]
    assert [row["tags"] for row in rows] == ['["a", "b\\"c"]', "[]", ""]
    assert rows[1]["text"] == "=1+1\nü"
    assert ',"",0.1,' in text.splitlines()[1]
    assert text.splitlines()[-1].endswith(",,,")


def test_json_is_one_array_with_whole_numbers_whole_and_no_nan():
    rows = json.loads(write(FRAME, "json"))
    assert [row["likes"] for row in rows] == [9007199254740993, 0, None]
    assert [row["at"] for row in rows] == ["2026-03-01T09:05:00Z", "2026-03-01T09:05:00.250Z", None]
    assert [row["tags"] for row in rows] == [["a", 'b"c'], [], None]
    assert [row["rate"] for row in rows] == [0.1, None, None]
    assert [row["text"] for row in rows] == ["", "=1+1\nü", None]


def test_no_rows_are_an_empty_array_and_a_lone_header():
    none = FRAME.head(0)
    assert json.loads(write(none, "json")) == []
    assert write(none, "csv") == "post_id,likes,at,day,tags,text,rate,ours\n"


@pytest.mark.parametrize("fmt", ["csv", "json"])
def test_a_file_holds_the_same_as_the_text(tmp_path, fmt):
    assert write(FRAME, fmt, tmp_path / "rows") is None
    assert (tmp_path / "rows").read_text(encoding="utf-8") == write(FRAME, fmt)


def test_parquet_gives_every_value_back(tmp_path):
    write(FRAME, None, tmp_path / "rows.parquet")
    assert pl.read_parquet(tmp_path / "rows.parquet").equals(FRAME, null_equal=True)


@pytest.mark.parametrize("fmt", ["table", "csv", "json", "parquet", "xlsx"])
def test_the_same_data_gives_the_same_bytes(tmp_path, readings, fmt):
    frame = readings({}, {"value": None, "state": "too_few"})
    for name in ("one", "two"):
        write(frame, fmt, tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_the_file_beside_readings_says_what_they_were_made_from(tmp_path, readings):
    write(readings({}), "csv", tmp_path / "readings.csv", provenance={"store_head": "12", "sources": ["ab", "cd"]})
    note = json.loads((tmp_path / "readings.csv.provenance.json").read_text(encoding="utf-8"))
    assert note["provenance"] == {"store_head": "12", "sources": ["ab", "cd"]}
    assert note["file"] == "readings.csv"
    assert note["sha256"] == hashlib.sha256((tmp_path / "readings.csv").read_bytes()).hexdigest()


def test_rows_without_provenance_leave_no_file_beside_them(tmp_path):
    write(FRAME, "csv", tmp_path / "rows.csv")
    assert [path.name for path in tmp_path.iterdir()] == ["rows.csv"]


@pytest.mark.parametrize(
    ("name", "fmt"),
    [("a.csv", "csv"), ("a.JSON", "json"), ("a.parquet", "parquet"), ("a.xlsx", "xlsx"), ("a.txt", "table")],
)
def test_the_ending_says_the_format_where_no_format_is_given(tmp_path, name, fmt):
    assert format_for(None, tmp_path / name) == fmt
    assert format_for("json", tmp_path / name) == "json"


def test_nothing_said_is_a_table():
    assert format_for(None, None) == "table"


@pytest.mark.parametrize("fmt", ["parquet", "xlsx"])
def test_a_file_format_without_a_file_is_the_users_mistake(fmt):
    with pytest.raises(UserMistake, match=f"--out readings.{fmt}"):
        write(FRAME, fmt)


@pytest.mark.parametrize(("fmt", "name"), [("excel", None), (None, "a.doc"), (None, "noending")])
def test_an_unknown_format_names_the_known_ones(tmp_path, fmt, name):
    with pytest.raises(UserMistake, match="xlsx"):
        format_for(fmt, tmp_path / name if name else None)


def test_a_missing_folder_is_said_in_plain_words(tmp_path):
    with pytest.raises(UserMistake, match="is not there"):
        write(FRAME, "csv", tmp_path / "nowhere" / "rows.csv")


def test_a_failed_write_leaves_what_stood_there_and_no_rest(tmp_path, monkeypatch):
    import os

    out = tmp_path / "rows.csv"
    out.write_text("before", encoding="utf-8")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Unavailable, match="No space left on device"):
        write(FRAME, "csv", out)
    assert out.read_text(encoding="utf-8") == "before"
    assert [path.name for path in tmp_path.iterdir()] == ["rows.csv"]


@pytest.mark.skipif(os.name == "nt", reason="names are Unicode there")
@pytest.mark.parametrize("suffix", ["csv", "parquet", "json"])
def test_a_file_whose_name_is_no_utf_8_is_written_with_its_origin_beside_it(tmp_path, suffix):
    out = tmp_path / os.fsdecode(b"caf\xe9." + suffix.encode())
    write(FRAME, suffix, out, provenance={"head": 1})
    assert out.stat().st_size
    note = json.loads(out.with_name(out.name + ".provenance.json").read_text("utf-8"))
    assert note["file"] == rf"caf\xe9.{suffix}"
