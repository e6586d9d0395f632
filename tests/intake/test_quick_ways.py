"""Where most of a table can be looked at in a quicker way: that way says what looking at each record says."""

from __future__ import annotations

import re
from types import SimpleNamespace

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smmetrics.intake import blocks as blocks_module
from smmetrics.intake import notable, splitting
from smmetrics.intake.blocks import blocks
from smmetrics.intake.encoding import Text, sniff_encoding
from smmetrics.intake.footers import footers
from smmetrics.intake.grid import Grid
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
@given(LINES.map("\n".join), st.sampled_from([1, 3]))
def test_tables_of_one_text_are_found_by_the_rows_that_may_divide_it(tmp_path_factory, text, kept):
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
            quick = blocks(given_text, grid)
            patch.setattr(blocks_module, "notable", every)
            assert quick == blocks(given_text, grid)
    finally:
        given_text.close()


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
