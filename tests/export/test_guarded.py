"""CSV for spreadsheets: whatever reads it, no cell begins with a sign that a spreadsheet runs."""

from __future__ import annotations

import csv
import io
import re

import polars as pl
import pytest

from smmetrics.export import write
from smmetrics.export.guarded import guarded

LIVE = re.compile(r"[\s\"\u200b\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20]")


def cells(text: str, delimiter: str) -> list[str]:
    return [cell for row in csv.reader(io.StringIO(text), delimiter=delimiter) for cell in row]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_no_cell_is_live_however_a_spreadsheet_divides_the_lines(tmp_path, delimiter, payloads):
    assert len(set(payloads)) >= 100
    texts = [*payloads, *(f"plain;{each}" for each in payloads), *(f"plain\t{each}" for each in payloads)]
    out = tmp_path / "rows.csv"
    write(pl.DataFrame({"=1+1": texts, "@x": texts[::-1]}), "csv-sheet", out)
    found = cells(out.read_text(encoding="utf-8-sig"), delimiter)
    live = [cell for cell in found if LIVE.match(cell)]
    assert live == []
    if delimiter == ",":
        assert [cell for cell in found if cell and cell[0] in "\t\r\n"] == []


def test_what_runs_nothing_stays_as_it_is_and_numbers_stay_numbers(tmp_path):
    plain = ["two + two = four", "a-b", "x@y.example", "", "Ünïcode 🌱", '"quoted"', "a, b; c"]
    out = tmp_path / "rows.csv"
    frame = pl.DataFrame({"text": plain, "change": [-1.5, 0.0, 2.0, -3.0, 1e9, -0.25, 7.0]})
    write(frame, "csv-sheet", out)
    rows = list(csv.DictReader(io.StringIO(out.read_text(encoding="utf-8-sig"))))
    assert [row["text"] for row in rows] == plain
    assert [float(row["change"]) for row in rows] == frame["change"].to_list()


def test_a_guarded_text_is_its_own_with_apostrophes_put_in(payloads):
    assert all(guarded(text).replace("'", "") == text.replace("'", "") for text in payloads)


def test_the_csv_of_programs_stays_raw(tmp_path, payloads):
    out = tmp_path / "rows.csv"
    write(pl.DataFrame({"text": payloads}), "csv", out)
    with out.open(newline="", encoding="utf-8") as file:
        assert [row["text"] for row in csv.DictReader(file)] == payloads
