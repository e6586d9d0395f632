"""The small parts: copies, encodings, numbers, durations, dates, splitting, walking."""

from __future__ import annotations

import csv
import hashlib
import io
import os
from datetime import UTC, date, datetime
from decimal import Decimal

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smmetrics.api.errors import BadData, UserMistake
from smmetrics.api.sources import Column
from smmetrics.intake import copying, numerals, walk
from smmetrics.intake.casts import FEW, Ways, allowed, cast, clean, quick
from smmetrics.intake.encoding import Text, sniff_encoding
from smmetrics.intake.moments import moments, needs_year
from smmetrics.intake.numerals import Fault
from smmetrics.intake.scan import scan


@pytest.mark.parametrize("size", [0, 3_000_000, copying.SMALL + 1])
def test_a_copy_has_the_bytes_and_their_hash(tmp_path, size):
    raw = os.urandom(size)
    (tmp_path / "a").write_bytes(raw)
    with copying.private_copy(tmp_path / "a", tmp_path / "copies") as copy:
        assert (copy.proof(), copy.size) == (hashlib.sha256(raw).hexdigest(), len(raw))
    assert copy.path.read_bytes() == raw


@pytest.mark.parametrize("change", ["append", "overwrite", "replace"])
@pytest.mark.parametrize("small", [copying.SMALL, 0], ids=["at once", "beside the reading"])
def test_a_file_that_changes_while_it_is_copied_is_refused(tmp_path, monkeypatch, change, small):
    monkeypatch.setattr(copying, "SMALL", small)
    path = tmp_path / "a"
    path.write_bytes(b"x" * 100)
    plain = copying._copied

    def changing(given, copy):
        done = plain(given, copy)
        before = path.stat()
        if change == "append":
            with path.open("ab") as file:
                file.write(b"more")
        elif change == "overwrite":
            path.write_bytes(b"y" * 100)
            os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
        else:
            (tmp_path / "b").write_bytes(b"x" * 100)
            (tmp_path / "b").replace(path)
        return done

    monkeypatch.setattr(copying, "_copied", changing)
    with pytest.raises(BadData) as caught, copying.private_copy(path, tmp_path / "copies"):
        pass
    assert caught.value.code == "source_changing"
    assert list((tmp_path / "copies").iterdir()) == []


@settings(max_examples=60, deadline=None)
@given(st.text(st.sampled_from("aé€🎉\n"), min_size=1), st.sampled_from(["utf-16-le", "utf-16-be"]), st.data())
def test_offsets_lead_back_to_the_bytes_of_a_utf16_file(tmp_path_factory, text, encoding, data):
    path = tmp_path_factory.mktemp("e") / "t"
    mark = "\ufeff".encode(encoding)
    path.write_bytes(mark + text.encode(encoding))
    place = data.draw(st.integers(0, len(text)))
    found = Text(path, sniff_encoding(path.read_bytes()))
    try:
        assert found.read(found.start, found.size).decode() == text
        offset = len(text[:place].encode())
        assert found.origin([offset])[offset] == len(mark) + len(text[:place].encode(encoding))
    finally:
        found.close()


@settings(max_examples=300, deadline=None)
@given(st.lists(st.lists(st.text(st.sampled_from('ab,"\r\n é'), max_size=4), min_size=2, max_size=4)), st.booleans())
def test_the_scan_splits_as_the_standard_library_does(rows, always):
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n", quoting=csv.QUOTE_ALL if always else csv.QUOTE_MINIMAL).writerows(rows)
    raw = out.getvalue().encode()
    found = scan(raw, delimiter=ord(","), newline=ord("\n"))
    assert found.regular
    expected = list(csv.reader(io.StringIO(raw.decode(), newline="")))
    assert found.cells.tolist() == [len(row) for row in expected]
    assert found.consumed == len(raw)
    again = [
        next(csv.reader([raw[a:b].decode()]))
        for a, b in zip(found.starts, found.ends, strict=True)
        if b"\n" not in raw[a:b]
    ]
    assert all(row in expected for row in again)


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=200).map(lambda raw: bytes(b'",\n\ra'[byte % 5] for byte in raw)))
def test_a_scan_that_claims_proof_agrees_with_the_standard_library(raw):
    found = scan(raw, delimiter=ord(","), newline=ord("\n"))
    whole = raw[: found.consumed]
    if not found.regular or b"\r" in whole.replace(b"\r\n", b""):
        return
    expected = list(csv.reader(io.StringIO(whole.decode(), newline=""), strict=True))
    assert found.cells.tolist() == [max(len(row), 1) for row in expected]


def test_a_scan_of_many_blocks_is_a_scan_of_one(monkeypatch):
    from smmetrics.intake import scan as module

    raw = ('"a,""b\n",c\n' * 500 + "d,e\n" * 333).encode()
    one = scan(raw, delimiter=ord(","), newline=ord("\n"))
    monkeypatch.setattr(module, "BLOCK", 64)
    many = scan(raw, delimiter=ord(","), newline=ord("\n"))
    assert np.array_equal(one.starts, many.starts)
    assert np.array_equal(one.cells, many.cells)
    assert len(one.starts) == 833


@pytest.mark.parametrize(
    ("cell", "locale", "expected"),
    [
        ("1,234", "en", "1234"),
        ("1,234,567.5", "en", "1234567.5"),
        ("12,34", "en", None),
        ("1234,567", "en", None),
        ("1.234", "de", "1234"),
        ("1.234,5", "de", "1234.5"),
        ("1,5", "de", "1.5"),
        ("1.5", "de", None),
        ("1\u202f234,5", "fr", "1234.5"),
        ("1'234.5", "de-CH", "1234.5"),
        ("9.9E-4", "en", "0.00099"),
        ("-3", "en", "-3"),
        ("\u22123", "en", "-3"),
        (".5", "en", "0.5"),
        ("", "en", None),
        ("1,2K", "en", None),
        ("0x10", "en", None),
        ("1_000", "en", None),
        ("１", "en", "1"),
    ],
)
def test_numbers_follow_one_language_strictly(cell, locale, expected):
    assert numerals.decimal(cell, locale) == (None if expected is None else Decimal(expected))


def test_an_unknown_language_is_asked_about():
    with pytest.raises(UserMistake):
        numerals.grammar("tlh")


@pytest.mark.parametrize("times", [1, FEW], ids=["few", "many"])
@pytest.mark.parametrize(
    ("parse", "cells", "values", "reasons"),
    [
        ("int", ["424.0", "7", "", "1,000", "00", "3.50"], [424, 7, None, 1000, 0, None], {5: "not_an_integer"}),
        ("int", ["1.2E+4", "inf", "-1", "x"], [None] * 4, {0: "not_an_integer", 1: "non_finite", 2: "negative", 3: "not_a_number"}),
        ("number", ["0.5", "9.9E-4", "NaN", "-2"], [0.5, 0.00099, None, None], {2: "non_finite", 3: "negative"}),
        ("percent", ["18.7%", "0.25", "5 %", "%"], [0.187, 0.25, 0.05, None], {3: "not_a_number"}),
        ("duration", ["0:01:35", "1:35", "95", "PT10M55S", "P"], [95.0, 95.0, 95.0, 655.0, None], {4: "not_a_duration"}),
        ("bool", ["True", "no", "1", "perhaps"], [True, False, True, None], {3: "not_a_bool"}),
        ("id", [" 12 ", "3.0", "1.23E+18", "9007199254740993.0", "a.b"], ["12", "3", None, None, "a.b"], {2: "id_precision_lost", 3: "id_precision_lost"}),
        ("id", ["-a1", "#NAME?", "#BEZUG!", "#1", "#a!"], ["-a1", None, None, "#1", "#a!"], {1: "spreadsheet_error", 2: "spreadsheet_error"}),
        ("date %a, %b %d, %Y | %Y-%m-%d", ["Thu, Apr 23, 2026", "2026-04-24", "24.4.2026"], [date(2026, 4, 23), date(2026, 4, 24), None], {2: "not_a_date"}),
    ],
)  # fmt: skip
def test_cells_become_values_or_carry_their_reason(parse, cells, values, reasons, times):
    column = Column(names=("x",), fact="t.x", parse=parse)
    frame = pl.DataFrame({"x": cells * times})
    plain = quick(pl.col("x"), column, Ways())
    raw = frame.get_column("x") if plain is not None else frame.select(clean(pl.col("x"), frozenset())).to_series()
    quickly = None if plain is None else allowed(frame.select(plain).to_series(), column)
    read = cast(raw, quickly, column, Ways(), frozenset())
    faults = {} if read.faults is None else {row: why for row, why in enumerate(read.faults) if why}
    assert faults == {row + len(cells) * turn: why for turn in range(times) for row, why in reasons.items()}
    values = values * times
    found = [None if row in faults else value for row, value in enumerate(read.values)]
    assert found == pytest.approx(values) if parse in {"number", "percent", "duration"} else found == values


def test_a_scale_is_exact_and_does_not_touch_a_written_percent():
    assert numerals.percent("18.7", locale="en", scale=0.01, negative=False) == 0.187
    assert numerals.percent("18.7%", locale="en", scale=0.01, negative=False) == 0.187
    assert numerals.integer("1.5", locale="en", scale=60.0, negative=False) == 90
    assert numerals.integer("-4", locale="en", scale=1.0, negative=True) == -4
    assert numerals.number("x", locale="en", scale=1.0, negative=True) == Fault("not_a_number")


def test_ids_of_which_most_were_numbers_in_a_spreadsheet_are_told_by_their_zeros():
    column = Column(names=("x",), fact="t.x", parse="id")
    rounded = pl.Series(["1079874844840250000", "1079874844840260000", "1079874844840270000"])
    assert cast(rounded, None, column, Ways(), frozenset()).faults.to_list() == ["id_precision_lost"] * 3
    whole = pl.Series(["1079874844840255488", "1079874844840260000", "1079874844840271111"])
    assert cast(whole, None, column, Ways(), frozenset()).faults is None


@pytest.mark.parametrize(
    ("format_", "cell", "utc", "shown"),
    [
        ("%Y-%m-%d %H:%M %z", "2019-01-31 23:15 UTC", datetime(2019, 1, 31, 23, 15, tzinfo=UTC), date(2019, 1, 31)),
        ("%a %b %d %H:%M:%S %z %Y", "Thu Jan 31 23:15:00 GMT 2019", datetime(2019, 1, 31, 23, 15, tzinfo=UTC), date(2019, 1, 31)),
        ("%Y-%m-%d %H:%M %z", "2019-01-31 23:15 +0000", datetime(2019, 1, 31, 23, 15, tzinfo=UTC), date(2019, 1, 31)),
        ("%Y-%m-%d %H:%M %z", "2019-01-31 23:15 -0500", datetime(2019, 2, 1, 4, 15, tzinfo=UTC), date(2019, 1, 31)),
        ("%Y-%m-%dT%H:%M:%S%z", "2024-01-01T00:30:00Z", datetime(2024, 1, 1, 0, 30, tzinfo=UTC), date(2024, 1, 1)),
        ("%Y-%m-%dT%H:%M:%S.%f%z", "2024-01-01T00:30:00.250+02:00", datetime(2023, 12, 31, 22, 30, 0, 250000, tzinfo=UTC), date(2024, 1, 1)),
        ("%a %b %d %H:%M:%S %z %Y", "Sat Nov 09 23:14:18 -0200 2024", datetime(2024, 11, 10, 1, 14, 18, tzinfo=UTC), date(2024, 11, 9)),
        ("%m/%d/%Y %I:%M:%S %p", "02/19/2014 04:29:18 PM", datetime(2014, 2, 19, 16, 29, 18, tzinfo=UTC), date(2014, 2, 19)),
    ],
)  # fmt: skip
def test_instants_are_utc_and_keep_the_day_the_source_shows(format_, cell, utc, shown):
    found = moments(pl.Series([cell]), f"instant {format_}", "UTC", None)
    assert found.instants.to_list() == [utc]
    assert found.days.to_list() == [shown]


def test_a_year_long_ago_is_a_format_that_fitted_by_accident():
    assert moments(pl.Series(["0025-01-01 00:00"]), "instant %Y-%m-%d %H:%M", "UTC", None).instants.to_list() == [None]


def test_formats_without_a_year_are_known():
    assert needs_year("date %B %d")
    assert not needs_year("date %d.%m.%y")
    assert not needs_year("int")


def test_folders_are_read_in_order_without_hidden_files_and_a_path_is_no_pattern(tmp_path):
    for name in ("b.csv", "rep[1].csv", "rep1.csv", ".hidden.csv", "sub/a.csv", ".git/x.csv"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x", encoding="utf-8")
    found = walk([tmp_path])
    assert [str(path.relative_to(tmp_path)) for path in found.files] == ["b.csv", "rep1.csv", "rep[1].csv", "sub/a.csv"]
    assert [path.name for path in found.skipped] == [".git", ".hidden.csv"]
    assert walk([tmp_path / "rep[1].csv", tmp_path / "rep[1].csv"]).files == (tmp_path / "rep[1].csv",)
    with pytest.raises(UserMistake):
        walk([tmp_path / "*.csv"])
