"""The real report of Google Analytics at hand, number by number, against the standard library's csv and Decimal."""

from __future__ import annotations

import csv
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from smmetrics.intake import Answers
from smmetrics.testing import reader_of

FILE = Path(__file__).parents[3] / "shared" / "datasets" / "ga4" / "podmeister81" / "data-export.csv"
pytestmark = pytest.mark.skipif(not FILE.is_file(), reason="the shared real exports are not on this machine")
FACTS = {
    "Event count": "web__events",
    "Total users": "web__people",
    "Event count per user": "web__events_per_person",
    "Total revenue": "value",
}


@pytest.fixture(scope="module")
def result(tmp_path_factory):
    reader = reader_of("smmetrics_web", tmp_path_factory.mktemp("copies"))
    return reader.read(FILE, Answers())


@pytest.fixture(scope="module")
def native():
    with FILE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(line for line in file if not line.startswith("#")))


def test_every_row_is_taken_and_the_last_one_too(result, native):
    assert (result.kind, result.kept, result.records_in) == ("web.ga4_report", len(native), len(native))
    assert (result.quarantined, result.footer, result.blank) == (0, 0, 0)


@pytest.mark.parametrize("column", FACTS)
def test_every_number_is_the_files_own(result, native, column):
    rows = result.frames["breakdowns"].filter(fact=FACTS[column], dimension="event")
    found = {value: Decimal(repr(number)) for value, number in rows.select("value", "number").iter_rows()}

    assert found == {row["Event name"]: Decimal(repr(float(row[column]))) for row in native}


def test_site_and_days_are_those_above_the_table(result):
    rows = result.frames["breakdowns"]

    assert rows.select("account_id", "window", "window_start", "window_end").unique().rows() == [
        ("www.aptamergroup.com", "range", date(2023, 1, 1), date(2024, 1, 1))
    ]
    assert result.observed_at == datetime(2024, 1, 1, tzinfo=UTC)
    assert result.frames["spans"].select("start", "end", "complete").rows() == [
        (date(2023, 1, 1), date(2024, 1, 1), True)
    ]
