"""Archives and workbooks: what they hold goes in part by part, and what may not be opened is refused in words."""

from __future__ import annotations

import gzip
import io
import random
import struct
import zipfile
from datetime import datetime

import polars as pl
import pytest
import xlsxwriter

from smmetrics.intake import zipguard
from smmetrics.intake.contents import reread
from smmetrics.intake.walk import walk

HEAD = ["Post id", "Text", "time", "likes", "rate"]
CSV = "Post id,Text,time,likes,rate\n11,hello,2024-05-03 10:00 +0000,7,0.5\n12,bye,2024-05-04 11:30 +0000,8,0.25\n"


def zipped(members, **how):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, raw in members.items():
            archive.writestr(zipfile.ZipInfo(name) if how else name, raw)
    return out.getvalue()


def workbook(sheets, **options):
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "yyyy-mm-dd hh:mm", **options}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return out.getvalue()


def spreadsheetml(rows, name="Key Metrics"):
    def cell(value):
        kind = "Number" if isinstance(value, int | float) else "String"
        return f'<Cell><Data ss:Type="{kind}">{value}</Data></Cell>'

    body = "".join(f"<Row>{''.join(map(cell, row))}</Row>" for row in rows)
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    return f'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="{space}" xmlns:ss="{space}"><Worksheet ss:Name="{name}"><Table>{body}</Table></Worksheet></Workbook>'


ROWS = [HEAD, ["11", "hello", "2024-05-03 10:00 +0000", 7, 0.5], ["12", "bye", "2024-05-04 11:30 +0000", 8, 0.25]]


@pytest.mark.parametrize(
    ("name", "raw", "part"),
    [
        ("zed.csv.gz", gzip.compress(CSV.encode()), "zed.csv"),
        ("zed.zip", zipped({"out/posts.csv": CSV, "out/photo.jpg": "x", "__MACOSX/._posts.csv": "x"}), "out/posts.csv"),
        ("zed.xlsx", workbook({"Posts": ROWS}), "Posts"),
        ("zed.xls", spreadsheetml(ROWS), "Key Metrics"),
        ("zed.zip", zipped({"posts.xlsx": workbook({"Posts": ROWS})}), "posts.xlsx/Posts"),
    ],
    ids=["gz", "zip", "xlsx", "SpreadsheetML", "xlsx in zip"],
)
def test_a_container_gives_what_the_plain_file_gives(reading, name, raw, part):
    plain, packed = reading(CSV), reading(raw, name)
    assert (packed.status, packed.part, packed.kept, packed.reason) == ("read", part, 2, "")
    assert packed.source_id == f"{packed.sha256}#{part}"
    for table in ("posts", "post_counts"):
        one, other = (each.frames[table].drop("source_id") for each in (plain, packed))
        assert one.equals(other), table


def test_every_part_that_somebody_reads_comes_in_and_the_others_are_named(reading_all):
    days = "Date,Impressions\n2024-05-03,5\n"
    near = "Post id,Text,time\n1,x,y\n"
    first, second, *others = reading_all(
        zipped({"posts.csv": CSV, "a/days.csv": days, "notes.txt": "hello", "b.csv": near}), "zed.zip"
    )
    assert {(first.kind, first.member), (second.kind, second.member)} == {
        ("zed.posts", "posts.csv"),
        ("zed.days", "a/days.csv"),
    }
    assert first.source_id != second.source_id
    assert first.sha256 == second.sha256
    assert [(each.status, each.part, each.exit_code) for each in others] == [
        ("refused", "notes.txt", 4),
        ("refused", "b.csv", 4),
    ]
    assert "zed.posts" in others[1].hint
    assert {each.sha256 for each in others} == {first.sha256}


def test_a_sheet_for_each_month_is_an_import_for_each_month(reading_all):
    later = [HEAD, ["13", "x", "2024-06-04 11:30 +0000", 1, 1]]
    first, second, notes = reading_all(workbook({"May": ROWS, "June": later, "Notes": [["a"], ["b"]]}), "zed.xlsx")
    assert [first.sheet, second.sheet] == ["May", "June"]
    assert (first.kept, second.kept) == (2, 1)
    assert (notes.sheet, notes.status, notes.no_loss) == ("Notes", "refused", "within")


def test_a_workbook_of_nothing_known_in_an_archive_is_refused_as_one(reading_all):
    first, book = reading_all(zipped({"a.csv": CSV, "b.xlsx": workbook({"A": [["x"]], "B": [["y"]]})}), "zed.zip")
    assert (first.part, book.part, book.status, book.no_loss) == ("a.csv", "b.xlsx", "refused", "")
    assert "'b.xlsx/A', 'b.xlsx/B'" in book.reason


def test_a_part_that_fails_does_not_take_the_others_along(reading_all):
    broken = CSV + "x,y\n" * 30
    first, second = reading_all(zipped({"a.csv": broken, "b.csv": CSV}), "zed.zip")
    assert (first.status, first.member, first.exit_code) == ("refused", "a.csv", 4)
    assert (second.status, second.kept) == ("read", 2)


def test_an_archive_of_nothing_known_is_refused_with_the_nearest_kind(reading):
    result = reading(zipped({"a.txt": "hello", "b.csv": "Post id,Text,time\n1,x,y\n"}), "zed.zip")
    assert result.status == "refused"
    assert "'a.txt', 'b.csv'" in result.reason
    assert "zed.posts" in result.hint
    assert "'likes or favorites'" in result.hint


def test_the_name_of_the_archive_can_say_what_it_covers(reading):
    result = reading(zipped({"posts.csv": CSV}), "zed_ada_20240501_20240601.zip")
    span = result.frames["spans"].row(0, named=True)
    assert (span["account_id"], str(span["start"]), str(span["end"])) == ("ada", "2024-05-01", "2024-06-01")


def test_dates_and_numbers_of_a_sheet_are_what_they_are_there(reading):
    rows = [
        HEAD,
        ["11", "x", datetime.fromisoformat("2024-05-03T10:30:59"), 7, 0.1],
        [12, "y", datetime.fromisoformat("2024-05-04"), 1_000_000, 1234.5],
    ]
    result = reading(workbook({"Posts": rows}), "zed.xlsx", zone="Europe/Berlin")
    assert result.frames["posts"].get_column("created_at").dt.strftime("%F %T").to_list() == [
        "2024-05-03 08:30:59",
        "2024-05-03 22:00:00",
    ]
    assert result.frames["posts"].get_column("post_id").to_list() == ["11", "12"]
    counts = result.frames["post_counts"]
    assert counts.get_column("likes").to_list() == [7, 1_000_000]
    assert counts.get_column("z__rate").to_list() == [0.1, 1234.5]


def test_a_workbook_that_counts_days_from_1904_means_the_same_days(reading):
    rows = [HEAD, ["11", "x", datetime.fromisoformat("2024-05-03T10:30"), 7, 0.1]]
    plain = reading(workbook({"Posts": rows}), "zed.xlsx").frames["posts"].get_column("created_at")
    other = reading(workbook({"Posts": rows}, date_1904=True), "zed.xlsx").frames["posts"].get_column("created_at")
    assert plain.equals(other)
    assert plain.dt.strftime("%F %T").to_list() == ["2024-05-03 10:30:00"]


def test_numbers_of_a_sheet_do_not_depend_on_how_the_format_writes_them(reading, posts):
    from dataclasses import replace

    german = replace(posts, layout=replace(posts.layout, locale="de"))
    rows = [HEAD, ["11", "x", "2024-05-03 10:00 +0000", 7, 1.234], ["12", "y", "2024-05-03 10:00 +0000", 7, "1.234,5"]]
    result = reading(workbook({"Posts": rows}), "zed.xlsx", sources=(german,))
    assert result.frames["post_counts"].get_column("z__rate").to_list() == [1.234, 1234.5]
    again = reading(spreadsheetml(rows), "zed.xls", sources=(german,))
    assert again.frames["post_counts"].get_column("z__rate").to_list() == [1.234, 1234.5]


def test_an_id_that_was_a_number_is_rebuilt_from_the_link_or_set_aside(reading):
    head = ["Post id", "link", "Text", "time", "likes"]
    when = "2024-05-03 10:00 +0000"
    rows = [
        head,
        [1079874844840255488, "https://zed.example/ada/status/1079874844840255488", "x", when, 1],
        [1079874844840255489, "", "y", when, 1],
        ["1079874844840255490", "", "z", when, 1],
    ]
    result = reading(workbook({"Posts": rows}), "zed.xlsx", accept_quarantine=True)
    assert result.frames["posts"].get_column("post_id").to_list() == ["1079874844840255488", "1079874844840255490"]
    assert result.quarantine.get_column("reason").to_list() == ["id_precision_lost"]


def test_ten_thousand_ids_pass_a_workbook_unchanged(reading):
    dice = random.Random(5)
    ids = [str(dice.getrandbits(63)) for _ in range(10_000)]
    rows = [HEAD, *([each, "x", "2024-05-03 10:00 +0000", 1, 1] for each in ids)]
    result = reading(workbook({"Posts": rows}), "zed.xlsx")
    assert result.frames["posts"].get_column("post_id").to_list() == ids


@pytest.mark.parametrize(
    ("name", "raw"),
    [("zed.zip", zipped({"posts.csv": CSV + "13\n"})), ("zed.csv.gz", gzip.compress((CSV + "13\n").encode()))],
)
def test_a_record_set_aside_is_found_again_in_its_container(reading, tmp_path, name, raw):
    result = reading(raw, name)
    row = result.quarantine.row(0, named=True)
    assert (row["reason"], row["member"]) == ("too_few_fields", result.member)
    path = tmp_path / name
    path.write_bytes(raw)
    assert reread(path, tmp_path, part=result.part, start=row["start"], end=row["end"]) == b"13"


def test_a_record_set_aside_is_found_again_in_its_sheet(reading, tmp_path):
    raw = workbook({"Posts": [*ROWS, ["14", "x", "never", 1, 1]], "Other": [["a"]]})
    row = reading(raw, "zed.xlsx").quarantine.row(0, named=True)
    assert (row["reason"], row["sheet"], row["column"]) == ("not_a_date", "Posts", "time")
    path = tmp_path / "zed.xlsx"
    path.write_bytes(raw)
    assert reread(path, tmp_path, part="Posts", start=row["start"], end=row["end"]) == b'"14","x","never","1","1"'


def _directory_only(count):
    """An archive whose list of contents alone is a burden."""
    entry = struct.pack("<4s6H3L5H2L", b"PK\x01\x02", 20, 20, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0) + b"a"
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count & 0xFFFF, count & 0xFFFF, len(entry) * count, 30, 0)
    return b"PK\x03\x04" + b"\0" * 26 + entry * count + end


def _twice():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.csv", CSV)
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("a.csv", CSV)
    return out.getvalue()


def _encrypted():
    raw = bytearray(zipped({"a.csv": CSV}))
    at = raw.index(b"PK\x01\x02")
    raw[at + 8] |= 1
    raw[6] |= 1
    return bytes(raw)


def _overlapping():
    """Two names for the same bytes, as archives have them that unpack one piece many times over."""
    raw = zipped({"a.csv": CSV})
    at = raw.index(b"PK\x01\x02")
    end = raw.index(b"PK\x05\x06")
    entry = raw[at:end]
    other = entry.replace(b"a.csv", b"b.csv")
    tail = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 2, 2, len(entry) * 2, at, 0)
    return raw[:at] + entry + other + tail


def _lying(size):
    """A member that says it is small and is not."""
    raw = bytearray(zipped({"a.csv": CSV + "x" * (5 << 20)}))
    for sign, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = raw.index(sign)
        raw[at + place : at + place + 4] = struct.pack("<L", size)
    return bytes(raw)


@pytest.mark.parametrize(
    ("make", "word"),
    [
        (lambda: zipped({"a.csv": b"0" * (300 << 20)}), "would grow"),
        (lambda: zipped({"a.zip": zipped({"b.csv": CSV})}), "archive inside"),
        (lambda: zipped({"a.dat": zipped({"b.csv": CSV})}), "archive inside"),
        (lambda: zipped({"a.dat": gzip.compress(CSV.encode())}), "archive inside"),
        (lambda: zipped({"../a.csv": CSV}), "points outside"),
        (lambda: zipped({"/etc/a.csv": CSV}), "points outside"),
        (lambda: zipped({"C:\\a.csv": CSV}), "points outside"),
        (lambda: zipped({"A.csv": CSV, "a.csv": CSV}), "twice"),
        (_twice, "twice"),
        (_encrypted, "password"),
        (_overlapping, "over one another"),
        (lambda: _directory_only(60_000), "at most"),
        (lambda: _lying(100), "damaged"),
        (lambda: zipped({"a.csv": CSV})[:-30], "damaged"),
        (lambda: zipped({"a.csv": CSV * 50})[:150] + b"\0" * 40 + zipped({"a.csv": CSV * 50})[190:], "damaged"),
        (lambda: zipped({}), "empty"),
    ],
)
def test_an_archive_that_no_export_is_is_not_opened(reading, make, word):
    result = reading(make(), "zed.zip")
    assert (result.status, result.exit_code) == ("refused", 4)
    assert word in result.reason
    assert result.hint


def test_an_archive_larger_than_allowed_is_refused_by_what_it_says_of_itself(reading, monkeypatch):
    monkeypatch.setattr(zipguard, "LARGEST", 100)
    result = reading(zipped({"a.csv": CSV}), "zed.zip")
    assert "large when unpacked" in result.reason


def test_a_compressed_file_that_grows_without_end_is_given_up(reading):
    result = reading(gzip.compress(b"\0" * (300 << 20)), "zed.csv.gz")
    assert "would grow" in result.reason


@pytest.mark.parametrize(
    ("raw", "word"),
    [
        (lambda: spreadsheetml([HEAD]).replace("<Row>", '<Row ss:Index="99999999">'), "cannot be opened"),
        (lambda: spreadsheetml([HEAD]).replace("<Cell>", '<Cell ss:Index="99999999">', 1), "cannot be opened"),
        (lambda: spreadsheetml([HEAD]).replace("<Table>", "<Table>" + "<a>" * 200 + "</a>" * 200), "nested too deep"),
        (lambda: spreadsheetml([HEAD])[:-40], "cannot be opened"),
        (lambda: spreadsheetml([]), "no table"),
        (
            lambda: spreadsheetml([HEAD]).replace("<Workbook", '<!DOCTYPE a [<!ENTITY b "c">]><Workbook', 1),
            "document type",
        ),
    ],
)
def test_a_workbook_in_xml_that_does_harm_is_not_opened(reading, raw, word):
    result = reading(raw(), "zed.xls")
    assert (result.status, result.exit_code) == ("refused", 4)
    assert word in result.reason


@pytest.mark.parametrize(
    ("far", "status"),
    [
        (b"", "read"),
        (b'<row r="1048576" s="3"><c r="A1048576" s="3"/><c r="XFD1048576" s="3" /></row>', "read"),
        (b'<row r="1048576"><c r="XFD1048576" t="n"><v>1</v></c></row>', "refused"),
    ],
    ids=["nothing there", "formatted to its end", "a number there"],
)
def test_a_small_workbook_that_claims_a_far_cell_is_refused_where_something_stands_there(reading, far, status):
    raw = io.BytesIO(workbook({"Posts": ROWS}))
    out = io.BytesIO()
    with zipfile.ZipFile(raw) as given, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for info in given.infolist():
            data = given.read(info)
            if info.filename.endswith("sheet1.xml"):
                data = data.replace(b'ref="A1:E3"', b'ref="A1:XFD1048576"')
                data = data.replace(b"</sheetData>", far + b"</sheetData>")
            made.writestr(info.filename, data)
    result = reading(out.getvalue(), "zed.xlsx")
    assert result.status == status
    assert status == "read" or "cells" in result.reason


def test_a_workbook_whose_far_cell_is_not_announced_harms_only_its_own_process(reading):
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Posts")
        sheet.write(0, 0, "Post id")
        sheet.write(1_048_575, 16_383, "far")
    raw, changed = io.BytesIO(out.getvalue()), io.BytesIO()
    with zipfile.ZipFile(raw) as given, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as made:
        for info in given.infolist():
            data = given.read(info)
            if info.filename.endswith("sheet1.xml"):
                data = data.replace(b'<dimension ref="A1:XFD1048576"/>', b"")
            made.writestr(info.filename, data)
    result = reading(changed.getvalue(), "zed.xlsx")
    assert (result.status, result.exit_code) == ("refused", 4)
    assert result.hint


def test_nothing_of_what_was_unpacked_stays(reading_all, tmp_path):
    results = list(
        reading_all(
            zipped({"posts.csv": CSV, "notes.txt": "hello", "p.xlsx": workbook({"A": ROWS, "B": [["x"]]})}), "zed.zip"
        )
    )
    assert [result.status for result in results] == ["read", "read", "refused", "refused"]
    assert {result.copy for result in results if result.copy} == set((tmp_path / "copies").iterdir())


def test_rows_are_the_same_whether_they_waited_on_disk_or_not(reading, monkeypatch):
    from smmetrics.tables import parted

    text = CSV + "".join(f"{n},text {n},2024-05-{n % 28 + 1:02} 10:00 +0000,{n},0.5\n" for n in range(100, 5000))
    plain = reading(text)
    monkeypatch.setattr(parted, "ENOUGH", 1000)
    monkeypatch.setattr(parted, "PART", 1000)
    monkeypatch.setattr("smmetrics.intake.table.WINDOW", 1 << 14)
    split = reading(text)
    assert isinstance(split.frames, parted.Parted)
    assert sum(1 for _ in parted.parts(split.frames, "posts")) > 3
    assert sorted(split.frames) == sorted(plain.frames)
    for table in plain.frames:
        assert pl.DataFrame(split.frames[table]).equals(plain.frames[table]), table
        assert parted.height(split.frames, table) == plain.frames[table].height


@pytest.mark.parametrize("name", ["__MACOSX/._a.csv", "x/.DS_Store", "x/Thumbs.db", "~$a.csv", ".git/a.csv"])
def test_an_archive_and_a_folder_leave_out_the_same_files_of_systems_and_programs(tmp_path, name):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("a.csv", "a")
        archive.writestr(name, b"\0")
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        archive.extractall(tmp_path / "out")
        inside = [each.filename for each in zipguard.files_of(archive)]
    beside = [str(each.relative_to(tmp_path / "out")) for each in walk([tmp_path / "out"]).files]
    assert inside == beside == ["a.csv"]


@pytest.mark.parametrize(
    ("stream", "what"),
    [("WordDocument", "Word"), ("PowerPoint Document", "presentation"), ("__properties_version1.0", "Outlook")],
)
def test_a_document_of_an_old_office_program_is_named_and_a_broken_workbook_stays_one(reading, stream, what):
    def made(name):
        return (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + f"{name}\0".encode("utf-16-le")).ljust(4096, b"\0")

    result = reading(made(stream), "letter.doc")
    assert (result.exit_code, what in result.reason, "workbook" in result.reason) == (4, True, False)
    assert "workbook" in reading(made("Workbook"), "letter.xls").reason
