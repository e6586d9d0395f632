"""Bytes nobody would write, by the thousand: splitter, numbers, dates, archives and XML give an answer or a reason."""

from __future__ import annotations

import csv
import io
import random
import re
import zipfile
from datetime import UTC, datetime
from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smmetrics.api.errors import SmmetricsError
from smmetrics.intake import numerals
from smmetrics.intake.elements import Pieces
from smmetrics.intake.moments import moments
from smmetrics.intake.scan import scan
from smmetrics.intake.splitting import count_records, rows
from smmetrics.intake.zipguard import files_of, open_zip

SHORT, LONG = 150, 5_000
FIRST, LAST = datetime(1980, 1, 1), datetime(2090, 1, 1)  # noqa: DTZ001 (what a cell shows has no zone)
ROUNDS = [SHORT, pytest.param(LONG, marks=pytest.mark.slow)]
ODD = st.lists(st.sampled_from([b'"', b",", b"\n", b"\r", b"\r\n", b'""', b"a", b" ", b"\x00", b"\xff", "é".encode()]))


def examples(count):
    """So many examples; their order is the same every time, so that a failure can be repeated."""
    return settings(max_examples=count, derandomize=True)


@pytest.mark.parametrize("count", ROUNDS)
def test_what_csv_wrote_is_split_as_csv_reads_it(count):
    cells = st.text(st.characters(codec="utf-8", exclude_characters="\r"), max_size=8)

    @examples(count)
    @given(st.lists(st.lists(cells, min_size=2, max_size=4), min_size=1, max_size=6))
    def holds(table):
        held = io.StringIO(newline="")
        csv.writer(held, lineterminator="\n").writerows(table)
        data = held.getvalue().encode()
        found = [[cell.decode() for cell in row.cells] for row in rows(data, delimiter=b",", newline=b"\n")]
        assert found == table
        assert len(scan(data, delimiter=ord(","), newline=ord("\n")).starts) == len(table)

    holds()


@pytest.mark.parametrize("count", ROUNDS)
@pytest.mark.parametrize(("delimiter", "newline"), [(b",", b"\n"), (b";", b"\n"), (b",", b"\r")])
def test_whatever_bytes_there_are_each_belongs_to_one_record_and_two_counts_agree(count, delimiter, newline):
    @examples(count)
    @given(ODD)
    def holds(parts):
        data = b"".join(parts).replace(b",", delimiter)
        found = list(rows(data, delimiter=delimiter, newline=newline))
        assert [row.start for row in found] == [0, *(row.next for row in found)][: len(found)]
        assert all(row.start <= row.end <= row.next for row in found)
        assert not data or found[-1].next >= len(data)
        assert count_records(data, delimiter=delimiter, newline=newline) == len(found)

    holds()


@pytest.mark.parametrize("count", ROUNDS)
@pytest.mark.parametrize("locale", ["en", "de", "fr"])
def test_a_number_is_read_exactly_or_refused(count, locale):
    @examples(count)
    @given(st.text(st.sampled_from("0123456789.,-+ eE%KMB\u00a0\u202f'١٢∞"), max_size=14))
    def holds(cell):
        found = numerals.decimal(cell, locale)
        if found is not None:
            digits = re.sub(r"\D", "", re.sub(r"[eE].*", "", cell))
            assert digits
            assert found.is_finite()
        for read in (numerals.number, numerals.integer, numerals.percent):
            value = read(cell, locale=locale, scale=1, negative=True)
            assert isinstance(value, int | float | numerals.Fault)
        assert isinstance(numerals.duration(cell, scale=1), int | float | numerals.Fault)

    holds()


@pytest.mark.parametrize("count", ROUNDS)
@pytest.mark.parametrize(("locale", "point", "thousands"), [("en", ".", ","), ("de", ",", ".")])
def test_numbers_that_people_write_are_those_numbers(count, locale, point, thousands):
    @examples(count)
    @given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12, places=3))
    def holds(value):
        text = f"{value:,.3f}".translate({ord(","): thousands, ord("."): point})
        assert numerals.decimal(text, locale) == value == Decimal(str(value))

    holds()


@pytest.mark.parametrize("count", ROUNDS)
@pytest.mark.parametrize("form", ["%Y-%m-%d %H:%M:%S", "%d/%m/%Y %H:%M", "%d %b %Y %H:%M"])
def test_a_time_is_what_python_reads_or_nothing(count, form):
    letters = st.text(st.sampled_from("0123456789-/: TZaApPmMJuneFbrS+"), max_size=20)

    @examples(max(20, count // 10))
    @given(st.lists(st.one_of(letters, st.datetimes(FIRST, LAST).map(lambda t: t.strftime(form)))))
    def holds(texts):
        found = moments(pl.Series("t", texts, dtype=pl.String), f"instant {form}", "UTC", None)
        values = next(each for each in (getattr(found, name) for name in found.__slots__) if each.dtype.is_temporal())
        for text, value in zip(texts, values, strict=True):
            if value is not None:
                assert value == datetime.strptime(text.strip(), form).replace(tzinfo=UTC)

    holds()


def hurt(data: bytes, chance: random.Random) -> bytes:
    """Some bytes changed, gone, doubled or cut off."""
    raw = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(raw) + 1)
        what = chance.randrange(4)
        if what == 0:
            raw[at : at + 1] = bytes([chance.randrange(256)])
        elif what == 1:
            del raw[at : at + chance.randint(1, 9)]
        elif what == 2:
            raw[at:at] = raw[at : at + chance.randint(1, 30)]
        elif chance.random() < 0.2:
            del raw[at:]
    return bytes(raw)


def archive() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as made:
        for name in ("data/tweets.js", "data/account.js", "a.csv"):
            made.writestr(name, "a,b\n1,2\n" * 40)
    return held.getvalue()


@pytest.mark.parametrize("count", ROUNDS)
def test_a_hurt_archive_is_listed_or_refused_in_words(tmp_path, count):
    chance, whole, path = random.Random(5), archive(), tmp_path / "a.zip"
    refused = []
    for _ in range(count):
        path.write_bytes(hurt(whole, chance))
        try:
            with open_zip(path) as opened:
                for info in files_of(opened):
                    assert ".." not in info.filename.split("/")
                    assert info.file_size <= 2048 << 20
        except SmmetricsError as error:
            refused.append(error)
    assert refused
    assert all(error.message and error.code.startswith("zip.") for error in refused)


def test_an_archive_whose_file_has_no_name_is_refused_in_words(tmp_path):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("x", "a,b\n1,2\n")
    raw = bytearray(path.read_bytes())
    listed = raw.rfind(b"PK\x01\x02")
    raw[listed + 28 : listed + 30] = b"\0\0"  # the length of the name in the list of contents
    del raw[listed + 46]
    end = raw.rfind(b"PK\x05\x06")
    raw[end + 12] -= 1
    path.write_bytes(raw)
    with open_zip(path) as opened, pytest.raises(SmmetricsError) as told:
        files_of(opened)
    assert (told.value.code, "no name" in told.value.message) == ("zip.damaged", True)


def test_a_root_whose_name_is_hurt_is_refused_in_words(tmp_path):
    path = tmp_path / "a.xml"
    path.write_bytes(b"<fe\x94ed><w:v>1</w:v><item>1</item></fe\x94ed>")
    with Pieces(path, ("item",)) as found, pytest.raises(SmmetricsError) as told:
        list(found)
    assert told.value.code == "xml.head"


@pytest.mark.parametrize("count", ROUNDS)
def test_hurt_xml_gives_whole_elements_with_their_bytes_or_is_refused_in_words(tmp_path, count):
    items = "".join(f"<item n='{n}'><id>{n}</id><text><![CDATA[a <b> & é {n}]]></text></item>\n" for n in range(6))
    whole = f'<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns:w="u"><w:v>1</w:v>\n{items}</feed>\n'.encode()
    chance, path = random.Random(7), tmp_path / "a.xml"
    came, refused = 0, []
    for _ in range(count):
        data = hurt(whole, chance)
        path.write_bytes(data)
        try:
            with Pieces(path, ("item",)) as found:
                for element in found:
                    record = element.record
                    assert data[record.start : record.end] == record.raw
                    came += 1
        except SmmetricsError as error:
            refused.append(error)
    assert came > count
    assert {error.code for error in refused} <= {"xml.head", "xml.entities", "xml.depth", "xml.tag"}
