"""Where most of a table can be looked at in a quicker way: that way says what looking at each record says."""

from __future__ import annotations

import re
from datetime import date
from types import SimpleNamespace

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smmetrics.api.errors import BadData
from smmetrics.api.stored import CORE_TABLES
from smmetrics.intake import blocks as blocks_module
from smmetrics.intake import contrary, moments, notable, splitting
from smmetrics.intake.blocks import blocks
from smmetrics.intake.encoding import Text, sniff_encoding
from smmetrics.intake.footers import footers
from smmetrics.intake.grid import Grid
from smmetrics.intake.jsonrecords import NOTHING, PARTLY, TRIED, is_lines
from smmetrics.intake.jsonrecords import _is_whole as is_whole
from smmetrics.intake.pieces import Places

ODD = st.lists(
    st.sampled_from([b'"', b'","', b",", b"\n", b"\r", b"\r\n", b'""', b"a", b" ", b"\xc2\xa0"]), max_size=24
)
LINES = st.lists(
    st.sampled_from(
        ["", " ", ",,", "\u00a0,", '"",', '" ", ', "# told", '"# told",b', "Title", "a,b,,c", '"é\n",2', "1,2"]
    ),
    max_size=40,
)


@settings(max_examples=300, derandomize=True)
@given(ODD.map(b"".join), st.sampled_from([b"\n", b"\r"]))
def test_a_record_told_by_its_line_is_the_one_told_cell_by_cell(data, newline):
    pattern = splitting._cell_pattern(b",", newline)
    start = 0
    while start < len(data):
        row = splitting.row_at(data, start, delimiter=b",", newline=newline)
        assert row == splitting._row(data, start, pattern, newline)
        start = row.next


@settings(max_examples=200, derandomize=True)
@given(LINES.map("\n".join), st.sampled_from([1, 3]), st.sampled_from([(0, 5), (1000, 1 << 23)]))
def test_tables_of_one_text_are_found_by_the_rows_that_may_divide_it(tmp_path_factory, text, kept, sizes):
    path = tmp_path_factory.mktemp("text") / "several.csv"
    path.write_text(text, encoding="utf-8", newline="")
    given_text = Text(path, sniff_encoding(text.encode()))
    grid = Grid(newline=b"\n", delimiter=b",", start=0, first=())

    def every(data, *, delimiter, newline, following):
        assert following == kept + 1
        return splitting.rows(data, delimiter=delimiter, newline=newline)

    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(blocks_module, "KEPT", kept)
            for name, size in zip(("MANY", "PIECE"), sizes, strict=True):
                patch.setattr(notable, name, size)
            quick = blocks(given_text, grid)
            patch.setattr(blocks_module, "notable", every)
            assert quick == blocks(given_text, grid)
    finally:
        given_text.close()


PATTERNS = ("^$", "^Total$", "^#", "^(?i:total|sum)$", "^a|1b", "^(?:a|1)b", "^a?1", "1b$", "^(?:Total|) ?1", r"^\d")


@pytest.mark.parametrize("pattern", PATTERNS)
def test_rows_below_days_that_sum_up_are_found_whatever_a_pattern_begins_with(pattern):
    cells = [*(f"{day:04}" for day in range(300)), "1b", "", "Total", "0sum", "#", "sum", "a1", "11", "Total 1", "ab"]
    plan = SimpleNamespace(source=SimpleNamespace(layout=SimpleNamespace(footer=(pattern,))), keys=())
    fitting = [row for row, cell in enumerate(cells) if re.search(pattern, cell)]
    assert footers(pl.DataFrame({"0": cells}), plan) == fitting


@pytest.mark.parametrize(
    "patterns",
    [("^$",), (r"^(?i:Grand total|Totals?)$",), (r"^Showing top \d+ results",), ("^#",), (r"(?<!\w)total\Z", r"^a+b")],
)
def test_rows_that_sum_up_are_those_whose_cells_fit_by_the_standard_library(patterns):
    cells = ["", None, "Total", "totals", "Total\n", "TOTALS", "Grand total", "\n", "#", "a#", "sub total", "aab"]
    cells += ["Showing top 500 results", "Showing top \u0663 results", "ſum total", "Totalſ"]
    frame = pl.DataFrame({"0": cells, "3": cells[::-1]})
    plan = SimpleNamespace(source=SimpleNamespace(layout=SimpleNamespace(footer=patterns)), keys=(3,))
    by_first = {row for row, cell in enumerate(cells) if any(re.search(each, cell or "") for each in patterns)}
    by_key = {row for row, cell in enumerate(cells[::-1]) if cell and any(re.search(each, cell) for each in patterns)}
    assert footers(frame, plan) == sorted(by_first | by_key)


def test_lines_of_many_records_are_those_of_each():
    data = b'a,b\n"c\nd",e\n\nf,g\n'
    starts = np.array([0, 4, 12, 13])
    places = Places(data, 100, 7, b"\n")
    assert places.lines_of(starts) == [places.line_of(100 + start) for start in starts.tolist()] == [7, 8, 10, 11]


@pytest.mark.parametrize(("slowly", "found"), [(1000, 2), (10, 0)])
def test_a_large_text_with_damaged_marks_is_one_table(tmp_path, monkeypatch, slowly, found):
    monkeypatch.setattr(notable, "SLOWLY", slowly)
    for cell, tables in (("1", 2), ('1" off', found)):
        path = tmp_path / "several.csv"
        path.write_text(f"a,b\n{cell},2\n\nc,d\n3,4\n", encoding="utf-8")
        text = Text(path, sniff_encoding(path.read_bytes()))
        assert len(blocks(text, Grid(newline=b"\n", delimiter=b",", start=0, first=()))) == tables
        text.close()


@given(rows=st.lists(st.tuples(*[st.sampled_from([None, "a", "b"])] * 2, *[st.sampled_from([None, 1, 2])] * 2)))
@settings(max_examples=60, deadline=None)
def test_rows_that_contradict_one_another_are_counted_as_one_by_one(rows):
    schema = {"account_id": pl.String, "window": pl.String, "followers": pl.Int64, "gained": pl.Int64}
    said = {}
    for account, window, *numbers in rows:
        said.setdefault((account, window), []).append(numbers)
    two = sum(any(len(set(column) - {None}) > 1 for column in zip(*each, strict=True)) for each in said.values())
    frames = {"account_counts": pl.DataFrame(rows, schema=schema, orient="row")}
    counts = {table.name: table for table in CORE_TABLES}
    if two >= 3 and 2 * two > len(said):
        with pytest.raises(BadData, match=str(two)):
            contrary.told(frames, counts)
    else:
        assert bool(contrary.told(frames, counts)) == bool(two)


@pytest.mark.parametrize("cell", ["+12", "-1", "123456", "1.0", "", "a"])
def test_what_is_no_number_of_a_day_is_no_day(cell):
    found = moments.days(pl.Series([cell, "0002", "99999"]), "date @nth", None, date(2026, 1, 30))
    assert found.to_list() == [None, date(2026, 2, 1), None]


@given(
    head=st.lists(st.sampled_from([b"\n", b" ", b"{}", b"[1]", b"{", b"  a", b"]"]), max_size=60), whole=st.booleans()
)
@settings(max_examples=200, deadline=None)
def test_whether_a_file_holds_a_value_a_line_is_seen_at_its_first_lines_as_at_all(head, whole):
    lines = [line for line in b"".join(head).split(b"\n") if line.strip(NOTHING)]
    lines = lines if whole else lines[:-1]
    by_all = len(lines) > 1 and is_whole(lines[0]) and not any(PARTLY.match(line) for line in lines[:TRIED])
    assert is_lines(b"".join(head), whole=whole) == by_all
