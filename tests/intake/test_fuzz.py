"""Bytes nobody would write, by the thousand: splitter, numbers, dates, archives and XML give an answer or a reason."""

from __future__ import annotations

import csv
import io
import random
import zipfile
from datetime import datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smmetrics.api.errors import SmmetricsError
from smmetrics.intake import numerals
from smmetrics.intake.elements import Pieces
from smmetrics.intake.scan import scan
from smmetrics.intake.splitting import rows
from smmetrics.intake.zipguard import files_of, open_zip
from tests.fuzz import archives, markup
from tests.fuzz.archives import check_archive
from tests.fuzz.hurting import hurt
from tests.fuzz.markup import check_elements
from tests.fuzz.splitting import check_splitter, check_table
from tests.fuzz.values import LOCALES, check_number, check_times

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
        check_splitter(b"".join(parts).replace(b",", delimiter), delimiter, newline)

    holds()


@pytest.mark.parametrize("count", ROUNDS)
@pytest.mark.parametrize("locale", LOCALES)
def test_a_number_is_read_exactly_or_refused(count, locale):
    @examples(count)
    @given(st.text(st.sampled_from("0123456789.,-+ eE%KMB\u00a0\u202f'١٢∞"), max_size=14))
    def holds(cell):
        check_number(cell, locale)

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
        check_times(texts, form)

    holds()


@pytest.mark.parametrize("count", ROUNDS)
def test_a_hurt_archive_is_listed_or_refused_in_words(tmp_path, count):
    chance = random.Random(5)
    refused = [check_archive(hurt(archives.SEEDS[0], chance), tmp_path) for _ in range(count)]
    assert 0 < sum(error is not None for error in refused) < count


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


@pytest.mark.parametrize(("place", "value"), [(20, 1 << 24), (42, 1 << 31)], ids=["packed size", "offset"])
def test_an_archive_whose_file_is_said_to_lie_outside_of_it_is_refused_in_words(tmp_path, place, value):
    raw = archives.zipped({"bomb.csv": b"0" * (2 << 20)})
    told = check_archive(archives.claiming(raw, place, value), tmp_path)
    assert (told.code, "outside of it" in told.message) == ("zip.damaged", True)


def test_a_return_that_ends_a_cell_stays_though_another_record_is_set_aside():
    check_table(b'a\r\r\n\r\r\n"b', b",", b"\n", size=100)


def test_a_root_whose_name_is_hurt_is_refused_in_words(tmp_path):
    path = tmp_path / "a.xml"
    path.write_bytes(b"<fe\x94ed><w:v>1</w:v><item>1</item></fe\x94ed>")
    with Pieces(path, ("item",)) as found, pytest.raises(SmmetricsError) as told:
        list(found)
    assert told.value.code == "xml.head"


@pytest.mark.parametrize("name", ["shift_jis", "utf-7", "no-such"])
@pytest.mark.parametrize("item", ["item", "x:item"], ids=["plain", "prefixed"])
def test_xml_in_an_encoding_that_its_parser_has_not_is_refused_in_words(tmp_path, name, item):
    data = f'<?xml version="1.0" encoding="{name}"?><a><{item}>1</{item}></a>'.encode()
    came, told = check_elements(data, tmp_path)
    assert (came, told.code) == (0, "xml.head")


@pytest.mark.parametrize("count", ROUNDS)
def test_hurt_xml_gives_whole_elements_with_their_bytes_or_is_refused_in_words(tmp_path, count):
    chance = random.Random(7)
    found = [check_elements(hurt(markup.WHOLE, chance), tmp_path) for _ in range(count)]
    assert sum(came for came, _ in found) > count
    assert any(error is not None for _, error in found)
