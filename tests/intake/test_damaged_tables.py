"""Damaged tables, made at random: every record is kept, set aside with its bytes, or counted as blank or footer."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from smmetrics.api.sources import Column, Layout, Signature, Source
from smmetrics.api.stored import CORE_TABLES
from smmetrics.intake import Answers, Reader
from smmetrics.intake.encoding import Encoding, Text
from smmetrics.intake.grid import Grid
from smmetrics.intake.splitting import count_records, rows
from smmetrics.intake.table import Table

HEADER = ("id", "text", "likes", "comments")
SOURCE = Source(
    kind="made",
    platform="zed",
    table="posts",
    title="Made",
    container="csv",
    how_to_get="Nowhere.",
    takes="Anything.",
    signature=Signature(required=HEADER),
    layout=Layout(missing=("-",), footer=("^Total$",), delimiter=","),
    columns=(
        Column(names=("id",), fact="posts.post_id", parse="id"),
        Column(names=("text",), fact="posts.text"),
        Column(names=("likes",), fact="post_counts.likes", parse="int"),
        Column(names=("comments",), fact="post_counts.comments", parse="int"),
    ),
)
TABLES = {table.name: table for table in CORE_TABLES}

texts = st.text(st.sampled_from('ab é🎉,;"\n\t'), max_size=8)
numbers = st.one_of(
    st.integers(0, 10**12).map(str),
    st.integers(0, 999).map(lambda number: f"{number}.0"),
    st.sampled_from(["", "-", "x", "1.5", "inf", "-3", "1,234"]),
)
records = st.tuples(st.integers(1, 10**18).map(str), texts, numbers, numbers)


def quoted(cells, newline, *, always):
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator=newline, quoting=csv.QUOTE_ALL if always else csv.QUOTE_MINIMAL).writerow(cells)
    return out.getvalue()


@st.composite
def files(draw):
    """A table's bytes, with damage."""
    always = draw(st.booleans())
    newline = draw(st.sampled_from(["\n", "\r\n"]))
    lines = [quoted(HEADER, newline, always=always)]
    for cells in draw(st.lists(records, max_size=25)):
        damage = draw(st.sampled_from(["none"] * 12 + ["short", "long", "blank", "commas", "total", "quote", "bytes"]))
        line = quoted(cells, newline, always=always)
        lines.append(
            {
                "short": quoted(cells[:-1], newline, always=always),
                "long": quoted((*cells, "1"), newline, always=always),
                "blank": newline,
                "commas": ",,," + newline,
                "total": quoted(("Total", "", "9", "9"), newline, always=always),
                "quote": line[:2] + '"' + line[2:],
                "bytes": line.replace("a", "\udcff"),
            }.get(damage, line)
        )
    raw = "".join(lines).encode("utf-8", "surrogateescape")
    body = len(lines[0].encode())
    return raw[: draw(st.integers(body, len(raw)))] if draw(st.booleans()) else raw


def by_the_standard_library(raw):
    """Records behind the header as ``csv`` splits them; letters are bytes here.

    A blank line that was cut inside its line end is no record.
    """
    whole = raw[:-1] if raw.endswith(b"\n\r") else raw
    return list(csv.reader(io.StringIO(whole.decode("latin-1"), newline="")))[1:]


def read(raw, answers=None):
    with TemporaryDirectory() as folder:
        path = Path(folder) / "made.csv"
        path.write_bytes(raw)
        reader = Reader((SOURCE,), TABLES, copies=Path(folder), key=b"k", use={}.__getitem__)
        return reader.read(path, answers or Answers(accept_quarantine=True))


@settings(max_examples=80, deadline=None)
@given(files())
@example(b'id,text,likes,comments\r\n"1","a","0","1"\r\n,,,\r\n\r')
def test_nothing_is_lost_whatever_is_damaged(raw):
    result = read(raw)
    expected = by_the_standard_library(raw)
    if result.status == "refused":
        assert "whole" in result.reason
        return
    assert result.records_in == len(expected)
    assert result.records_in == (
        result.kept + result.quarantined + result.duplicate + result.blank + result.footer + result.forgotten
    )
    assert result.quarantine.height == result.quarantined
    kept = result.frames.get("posts")
    assert result.kept == (kept.get_column("record").n_unique() if kept is not None else 0)


@settings(max_examples=80, deadline=None)
@given(files())
def test_what_is_kept_is_what_the_standard_library_reads(raw):
    result = read(raw)
    if result.status == "refused" or "posts" not in result.frames:
        return
    expected = by_the_standard_library(raw)
    counts = {row["record"]: row for row in result.frames["post_counts"].iter_rows(named=True)}
    for row in result.frames["posts"].iter_rows(named=True):
        cells = [cell.encode("latin-1").decode() for cell in expected[row["record"] - 1]]
        assert len(cells) == len(HEADER)
        assert row["post_id"] == cells[0]
        assert row["text"] == (cells[1] or None)
        for name, cell in zip(("likes", "comments"), cells[2:], strict=True):
            stated = None if cell.strip() in {"", "-"} else int(Decimal(cell.replace(",", "")))
            assert counts[row["record"]][name] == stated


@settings(max_examples=50, deadline=None)
@given(files())
def test_the_bytes_of_a_record_set_aside_give_it_back(raw):
    result = read(raw)
    if result.status == "refused":
        return
    expected = by_the_standard_library(raw)
    for row in result.quarantine.iter_rows(named=True):
        found = raw[row["start"] : row["end"]].decode("latin-1")
        (again,) = csv.reader(io.StringIO(found, newline=""))
        if row["reason"] != "unterminated_last_record":
            assert again == expected[row["record"] - 1]
        assert row["line"] == raw[: row["start"]].count(b"\n") + 1


@settings(max_examples=50, deadline=None)
@given(files(), st.sampled_from([16, 64, 256]))
def test_the_size_of_a_window_changes_nothing(raw, size):
    def read_windows(size, folder):
        from pathlib import Path

        path = Path(folder) / "t.csv"
        path.write_bytes(raw)
        text = Text(path, Encoding(name="utf-8"))
        try:
            first = next(iter(rows(raw, delimiter=b",", newline=b"\n")))
            grid = Grid(newline=b"\n", delimiter=b",", start=0, first=(first,))
            table = Table(text, grid, start=min(first.next, len(raw)), line=2, width=4)
            windows = list(table.windows(range(4), size=size))
        finally:
            text.close()
        good = [row for window in windows for row in window.frame.rows()]
        good = [
            tuple(cell or None for cell in row) for row in good
        ]  # an empty cell and an empty quoted one are the same
        bad = [(r.number, r.start, r.end, r.reason, r.line) for window in windows for r in window.rejected]
        return good, bad, sum(window.blank for window in windows), sum(window.records for window in windows)

    with TemporaryDirectory() as folder:
        assert read_windows(size, folder) == read_windows(1 << 20, folder)


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=60).map(lambda raw: bytes(b'",\n\rab|'[byte % 7] for byte in raw)))
def test_the_splitter_and_the_count_agree_on_any_quotes(raw):
    found = list(rows(raw, delimiter=b",", newline=b"\n"))
    assert count_records(raw, delimiter=b",", newline=b"\n") == len(found)
    assert all(one.next == other.start for one, other in pairwise(found))
    assert not found or found[0].start == 0


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_texts_that_each_stand_in_marks_are_one_cell(newline):
    lines = ["id,text,likes,comments", '1,"a"|"b, c"|"d",2,3', '2,"e","4",5', '3,"f"|"g","6","7"', ""]
    result = read(newline.join(lines).encode())
    assert result.quarantined == 0
    assert result.frames["posts"]["text"].to_list() == ['a|"b, c"|"d"', "e", 'f|"g"']
    assert result.frames["post_counts"]["likes"].to_list() == [2, 4, 6]


def test_a_last_record_without_a_line_end_does_not_hide_why_the_others_fail():
    result = read(b"id,text,likes,comments\n1,a,x,2\n2,b,y,3\n3,c,4,5", Answers())
    assert (result.status, result.exit_code) == ("refused", 4)
    assert "column 'likes'" in result.reason
    assert "cut off" in read(b"id,text,likes,comments\n3,c,4,5", Answers()).reason


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"id,text,likes,comments\n1,a,2,3\n2,b,4\n", "too_few_fields"),
        (b"id,text,likes,comments\n1,a,2,3\n2,b,4,5,6\n", "too_many_fields"),
        (b"id,text,likes,comments\n1,a,2,3\n2,b,4,5", "unterminated_last_record"),
        (b'id,text,likes,comments\n1,a,2,3\n2,"b,4,5\n', "unterminated_last_record"),
        (b'id,text,likes,comments\n1,a,2,3\n2,"b" c,4,5\n', "bad_quotes"),
        (b"id,text,likes,comments\n1,a,2,3\n2,\xff,4,5\n", "bad_encoding"),
        (b"id,text,likes,comments\n1,a,2,3\n2,b,x,5\n", "not_a_number"),
        (b"id,text,likes,comments\n1,a,2,3\n2,b,1.5,5\n", "not_an_integer"),
        (b"id,text,likes,comments\n1,a,2,3\n2,b,nan,5\n", "non_finite"),
        (b"id,text,likes,comments\n1,a,2,3\n2,b,-1,5\n", "negative"),
        (b"id,text,likes,comments\n1,a,2,3\n2,b,99999999999999999999,5\n", "out_of_range"),
        (b"id,text,likes,comments\n1,a,2,3\n,b,4,5\n", "missing_key"),
        (b"id,text,likes,comments\n1,a,2,3\n6.49E+17,b,4,5\n", "id_precision_lost"),
    ],
)
def test_each_fault_has_its_reason(raw, reason):
    result = read(raw)
    assert result.quarantine.get_column("reason").to_list() == [reason]
    assert result.kept == 1


@pytest.mark.parametrize(
    "raw",
    [
        b'"id","text","likes","comments","shares\n"1","a","2","3","4"\n"2","b","4","5","6"\n',
        b'id,text,likes,comments,"shares\n1,a,2,3,4\n2,b,4,5,6\n',
    ],
    ids=["closed by the next mark", "never closed"],
)
def test_records_that_a_damaged_header_would_swallow_refuse_the_file(raw):
    result = read(raw)
    assert result.status == "refused"
    assert "in the row that names the columns" in result.reason


def test_a_name_over_two_lines_is_a_name():
    result = read(b'id,text,likes,comments,"shares\n(all)"\n1,a,2,3,4\n2,b,4,5,6\n')
    assert (result.status, result.kept) == ("read", 2)
