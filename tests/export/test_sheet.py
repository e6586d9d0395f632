from __future__ import annotations

import random
import re
import zipfile
from datetime import UTC, date, datetime

import openpyxl
import polars as pl
import pytest

from smmetrics.api.errors import UserMistake
from smmetrics.export import sheet, write


def cells(path):
    page = openpyxl.load_workbook(path).active
    return [list(row) for row in page.iter_rows()]


def test_no_text_is_ever_live(tmp_path, payloads):
    assert len(set(payloads)) >= 100
    out = tmp_path / "rows.xlsx"
    write(pl.DataFrame({"=1+1": payloads, "@x": payloads[::-1]}), None, out)
    with zipfile.ZipFile(out) as archive:
        page = archive.read("xl/worksheets/sheet1.xml").decode()
        names = archive.namelist()
    assert re.findall(r"<f[ >]|<hyperlink", page) == []
    assert [name for name in names if "external" in name.lower() or "_rels/sheet" in name] == []
    rows = cells(out)
    assert {cell.data_type for row in rows for cell in row} <= {"s", "inlineStr"}
    assert [cell.hyperlink for row in rows for cell in row] == [None] * (2 * len(rows))
    unfit = {"\x1b[31m": "\ufffd[31m", "a\x00b": "a\ufffdb", "\r=1+1": "\n=1+1"}
    read = [row[0].value.replace("\r\n", "\n").replace("_x000D_", "\n").replace("\r", "\n") for row in rows[1:]]
    assert read == [unfit.get(text, text) for text in payloads]


def test_a_text_that_begins_like_a_formula_stays_text_when_it_is_edited(tmp_path):
    out = tmp_path / "rows.xlsx"
    write(pl.DataFrame({"text": ["=1+1", "plain"]}), None, out)
    rows = cells(out)
    assert rows[1][0].quotePrefix
    assert not rows[2][0].quotePrefix


def test_ids_and_big_numbers_keep_every_digit(tmp_path):
    out = tmp_path / "rows.xlsx"
    write(pl.DataFrame({"post_id": ["1234567890123456789"], "big": [2**53 + 1], "small": [12]}), None, out)
    row = cells(out)[1]
    assert [cell.value for cell in row] == ["1234567890123456789", "9007199254740993", 12]


def test_numbers_dates_and_truths_are_what_they_are_and_null_is_empty(tmp_path):
    out = tmp_path / "rows.xlsx"
    frame = pl.DataFrame(
        {
            "row": [1, 2], "value": [0.25, None], "day": [date(2026, 3, 1), None], "ours": [True, None], "tags": [["a"], None],
            "at": [datetime(2026, 3, 1, 9, 5, tzinfo=UTC), None],
        }
    )  # fmt: skip
    write(frame, None, out)
    header, first, second = cells(out)
    day = datetime.fromisoformat("2026-03-01")
    assert [cell.value for cell in first] == [1, 0.25, day, True, '["a"]', day.replace(hour=9, minute=5)]
    assert [cell.value for cell in second] == [2, *[None] * 5]
    assert all(cell.font.bold for cell in header)
    assert openpyxl.load_workbook(out).active.freeze_panes == "A2"


def test_a_reading_says_its_reason_in_words_and_shows_percent_as_percent(tmp_path, readings):
    out = tmp_path / "readings.xlsx"
    write(
        readings({}, {"value": None, "state": "not_measurable", "reason": "field.missing: post_counts.saves"}),
        None,
        out,
    )
    header, first, second = cells(out)
    places = {cell.value: place for place, cell in enumerate(header)}
    assert places["in_words"] == places["reason"] + 1
    assert second[places["in_words"]].value == "not measurable: this export does not report saves"
    assert second[places["value"]].value is None
    assert first[places["value"]].value == 0.9
    assert first[places["value"]].number_format == "0.0%"


def test_too_long_a_text_is_cut_and_says_so(tmp_path):
    out = tmp_path / "rows.xlsx"
    write(pl.DataFrame({"text": ["😀" * 40_000]}), None, out)
    value = cells(out)[1][0].value
    assert value.endswith("(cut: 40,000 characters in all)")
    assert len(value.encode("utf-16-le")) // 2 <= 32_767


def test_too_many_rows_are_refused_before_anything_is_written(tmp_path, monkeypatch):
    monkeypatch.setattr(sheet, "MOST_ROWS", 2)
    with pytest.raises(UserMistake, match="csv or parquet"):
        write(pl.DataFrame({"a": [1, 2, 3]}), None, tmp_path / "rows.xlsx")
    assert list(tmp_path.iterdir()) == []


def test_writing_leaves_the_frame_as_it_was(tmp_path, readings):
    frame = readings({})
    columns = frame.columns
    write(frame, None, tmp_path / "readings.xlsx")
    assert frame.columns == columns


def test_ten_thousand_random_ids_survive_every_file(tmp_path):
    random.seed(3)
    ids = [str(random.getrandbits(64)) for _ in range(10_000)]
    frame = pl.DataFrame({"post_id": ids})
    for name in ("ids.csv", "ids.json", "ids.parquet", "ids.xlsx"):
        write(frame, None, tmp_path / name)
    texts = {"post_id": pl.String}
    assert pl.read_csv(tmp_path / "ids.csv", schema_overrides=texts)["post_id"].to_list() == ids
    assert pl.read_json(tmp_path / "ids.json")["post_id"].to_list() == ids
    assert pl.read_parquet(tmp_path / "ids.parquet")["post_id"].to_list() == ids
    assert [row[0].value for row in cells(tmp_path / "ids.xlsx")[1:]] == ids
