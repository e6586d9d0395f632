"""Tables that do not begin in the first row, share a file with others, or have two rows of names."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
import xlsxwriter

from smmetrics.api.sources import Column, Layout, Signature, Source
from smmetrics.intake.contents import reread

DAYS = Source(
    kind="views",
    platform="zed",
    table="account_counts",
    title="Zed, views by day",
    container="csv",
    how_to_get="Zed, export.",
    takes="Nothing.",
    signature=Signature(required=("Date", "Primary")),
    layout=Layout(blocks=True, title="^Zed views$"),
    columns=(
        Column(
            names=("Date",),
            fact="account_counts.window_start",
            parse="date %Y-%m-%d | %Y-%m-%dT00:00:00",
            required=True,
        ),
        Column(names=("Primary",), fact="account_counts.views", parse="int"),
    ),
    grain="day",
    window="day",
    covers=("account_counts",),
)
CLICKS = replace(
    DAYS,
    kind="clicks",
    title="Zed, clicks by day",
    layout=Layout(blocks=True, title="clicks"),
    columns=(DAYS.columns[0], Column(names=("Primary",), fact="account_counts.clicks", parse="int")),
)


def column(result, name, table="account_counts"):
    return result.frames[table].get_column(name).to_list()


STACKED = """Zed views
Date,Primary
2024-05-01,1
2024-05-02,2

Zed link clicks
Date,Primary
2024-05-01,7
2024-05-02,8
2024-05-03,9
"""


@pytest.mark.parametrize(
    "raw",
    [
        STACKED,
        "sep=,\n" + STACKED,
        STACKED.replace("\n\n", "\n,\n\n,\n"),
        STACKED.replace(",", "\t").encode("utf-16"),
        '"' + STACKED.replace(",", '","').replace("\n", '"\r\n"').rstrip('"').replace('""\r\n', "\r\n"),
        "# made by zed\n#\n" + STACKED.replace("\n\n", "\n# ----\n# next,\n"),
    ],
    ids=["plain", "sep=", "rows of delimiters", "UTF-16 with tabs", "quoted CRLF", "comments"],
)
def test_stacked_tables_are_imports_of_their_own(reading_all, raw):
    views, clicks = reading_all(raw, "zed.csv", sources=(DAYS, CLICKS))
    assert (views.kind, views.part, views.records_in, views.kept) == ("zed.views", "Zed views", 2, 2)
    assert (clicks.kind, clicks.part, clicks.records_in, clicks.kept) == ("zed.clicks", "Zed link clicks", 3, 3)
    assert (column(views, "views"), column(clicks, "clicks")) == ([1, 2], [7, 8, 9])
    assert views.source_id != clicks.source_id


def test_a_record_of_a_stacked_table_is_found_again(reading_all, tmp_path):
    raw = STACKED.replace("02,8", "02,eight")
    _, clicks = reading_all(raw, "zed.csv", sources=(DAYS, CLICKS))
    row = clicks.quarantine.row(0, named=True)
    assert (row["sheet"], row["line"], row["reason"], row["column"]) == (
        "Zed link clicks",
        9,
        "not_a_number",
        "Primary",
    )
    path = tmp_path / "zed.csv"
    path.write_text(raw)
    assert reread(path, tmp_path, part=clicks.part, start=row["start"], end=row["end"]) == b"2024-05-02,eight"


def test_a_table_that_nobody_reads_among_several_leaves_the_others_alone(reading_all):
    views, clicks = reading_all(STACKED, "zed.csv", sources=(DAYS,))
    assert (views.kind, views.kept) == ("zed.views", 2)
    assert (clicks.part, clicks.status, clicks.no_loss) == ("Zed link clicks", "refused", "within")


def test_tables_beside_one_another_are_imports_of_their_own(reading_all):
    raw = "Date,Primary,,Date,Primary\n2024-05-01,1,,2024-06-01,7\n2024-05-02,2,,,\n,,,2024-06-03,9\n"
    beside = replace(DAYS, layout=Layout(blocks=True))
    may, june = reading_all(raw, "zed.csv", sources=(beside,))
    assert (may.part, june.part) == ("columns A–B", "columns D–E")
    assert (column(may, "views"), column(june, "views")) == ([1, 2], [7, 9])
    assert [(each.records_in, each.kept, each.blank) for each in (may, june)] == [(3, 2, 1), (3, 2, 1)]


def test_tables_of_a_sheet_are_told_apart_as_well(reading_all):
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("All")
        for number, line in enumerate(STACKED.split("\n")):
            sheet.write_row(number, 0, line.split(",") if line else [])
    views, clicks = reading_all(out.getvalue(), "zed.xlsx", sources=(DAYS, CLICKS))
    assert {views.part, clicks.part} == {"All/Zed views", "All/Zed link clicks"}
    assert column(clicks, "clicks") == [7, 8, 9]


def test_a_header_is_found_behind_prose_of_any_length(reading):
    source = replace(DAYS, layout=Layout(find_header=True))
    for prose in (0, 1, 17):
        raw = "".join(f"This is line {n}, of words\n" for n in range(prose)) + "Date,Primary\n2024-05-01,1\n"
        result = reading(raw, "zed.csv", sources=(source,))
        assert (result.status, result.kept, result.reason) == ("read", 1, "")


def test_a_preamble_of_a_known_length_is_passed_over(reading):
    source = replace(DAYS, layout=Layout(preamble=2, header_row=1))
    raw = "Zed\nMade on 2024-06-01\n\nDate,Primary\n2024-05-01,1\n"
    assert column(reading(raw, "zed.csv", sources=(replace(source, layout=Layout(preamble=3)),)), "views") == [1]


UNITS = replace(
    DAYS,
    layout=Layout(unit_row=1),
    signature=Signature(required=("Date", "Views | total")),
    columns=(
        DAYS.columns[0],
        Column(names=("Views | total",), fact="account_counts.views", parse="int"),
        Column(names=("Views | clicked",), fact="account_counts.clicks", parse="int"),
        Column(names=("Likes",), fact="account_counts.likes", parse="int"),
    ),
)


@pytest.mark.parametrize(
    "head", ["Date,Views,,Likes\n,total,clicked,all\n", "Date,Views,Views,Likes\nday,total,clicked,\n"]
)
def test_two_rows_of_names_tell_columns_of_one_name_apart(reading, head):
    result = reading(head + "2024-05-01,5,6,7\n", "zed.csv", sources=(UNITS,))
    assert (result.status, result.kept, result.reason) == ("read", 1, "")
    assert (column(result, "views"), column(result, "clicks"), column(result, "likes")) == ([5], [6], [7])


def test_columns_of_one_name_that_nothing_tells_apart_are_refused(reading):
    result = reading("Date,Primary,Primary\n2024-05-01,1,2\n", "zed.csv", sources=(replace(DAYS, layout=Layout()),))
    assert (result.status, result.exit_code) == ("refused", 4)
    assert "2 times" in result.reason


def test_lists_in_a_cell_are_lists(reading):
    source = replace(
        DAYS,
        layout=Layout(),
        table="posts",
        signature=Signature(required=("id", "tags")),
        columns=(
            Column(names=("id",), fact="posts.post_id", parse="id"),
            Column(names=("tags",), fact="posts.hashtags", parse="texts ,"),
        ),
    )
    result = reading('id,tags\n1,"a, b,,c"\n2,\n3,x\n4,"y, ""z w"",6"" v"\n', "zed.csv", sources=(source,))
    assert column(result, "hashtags", "posts") == [["a", "b", "c"], None, ["x"], ["y", "z w", '6" v']]
