"""What a file covers, said by its folder or above its table; counts of a whole life; breakdowns as rows of their own."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from smmetrics.api.sources import Column, Layout, NameRange, Signature, Source
from smmetrics.api.stored import CORE_TABLES
from smmetrics.intake import Reader

NAMED = NameRange(pattern=r"^Zed (?P<start>\d{4}-\d{2}-\d{2})_(?P<end>\d{4}-\d{2}-\d{2})\b")
HEAD = NameRange(pattern=r"# From: (?P<start>\d{8})|# Until: (?P<end>\d{8})|# Site: (?P<account>.+)", end="inclusive")
POSTS = Source(
    kind="posts",
    platform="zed",
    table="posts",
    title="Zed, posts",
    container="csv",
    how_to_get="Zed, export.",
    takes="Nothing.",
    signature=Signature(required=("Post", "Out on")),
    columns=(
        Column(names=("Post",), fact="posts.post_id", parse="id", required=True),
        Column(names=("Out on",), fact="posts.created_on", parse="date %Y-%m-%d"),
        Column(names=("Views",), fact="post_counts.views", parse="int"),
    ),
    window="range",
    name_range=NAMED,
    born_inside=True,
)
CELLS = Source(
    kind="cells",
    platform="zed",
    table="breakdowns",
    title="Zed, by anything",
    container="csv",
    how_to_get="Zed, export.",
    takes="Nothing.",
    signature=Signature(any_of=(("Country", "Source"), ("Views", "Hours"))),
    layout=Layout(blocks=True, footer=("^Total$",)),
    columns=(
        Column(names=("Country",), fact="breakdowns.value", sets=(("dimension", "country"),)),
        Column(names=("Source",), fact="breakdowns.value", sets=(("dimension", "source"),)),
        Column(names=("Views",), fact="breakdowns.number", parse="int", sets=(("fact", "views"),)),
        Column(
            names=("Hours",), fact="breakdowns.number", parse="number", scale=3600, sets=(("fact", "watch_seconds"),)
        ),
    ),
    window="range",
    head_range=HEAD,
)
NTH = replace(
    CELLS,
    kind="nth",
    signature=Signature(required=("Nth day", "Views")),
    columns=(
        Column(names=("Nth day",), fact="account_counts.window_start", parse="date @nth", required=True),
        Column(names=("Views",), fact="account_counts.views", parse="int"),
    ),
    table="account_counts",
    window="day",
    grain="day",
)
ABOVE = "# ---\n# Site: Garden, home\n# From: 20240101\n# Until: 20240131\n"


def rows(result, table, *columns):
    return result.frames[table].select(columns).rows()


@pytest.fixture
def read(reading):
    return lambda text, source, name="table.csv": reading(text.encode(), name, sources=(source,))


@pytest.fixture
def in_folder(tmp_path):
    def read(folder, text):
        path = tmp_path / folder / "Table data.csv"
        path.parent.mkdir()
        path.write_text(text, encoding="utf-8")
        copies = tmp_path / "copies"
        copies.mkdir()
        tables = {table.name: table for table in CORE_TABLES}
        return Reader((POSTS,), tables, copies=copies, key=bytes(32), use=str).read(path)

    return read


TABLE = "Post,Out on,Views\na,2024-01-31,5\nb,2024-02-01,7\nc,,9\n"


def test_a_folder_names_the_days_and_what_was_born_inside_them_has_lived_its_life(in_folder):
    result = in_folder("Zed 2024-02-01_2024-03-01 Garden", TABLE)

    january, march = date(2024, 2, 1), date(2024, 3, 1)
    assert rows(result, "post_counts", "post_id", "window", "window_start", "window_end", "views") == [
        ("a", "range", january, march, 5),
        ("b", "lifetime", None, None, 7),
        ("c", "range", january, march, 9),
    ]
    assert result.observed_at == datetime(2024, 3, 1, tzinfo=UTC)


def test_without_any_name_no_count_is_taken_for_a_whole_life_and_that_is_said(in_folder):
    result = in_folder("Downloads", TABLE)

    assert {window for (window,) in rows(result, "post_counts", "window")} == {"range"}
    assert any("which days" in message for message in result.messages)


def test_each_number_of_a_breakdown_is_a_row_and_its_column_says_what_it_counts(read):
    result = read(ABOVE + "Country,Views,Hours\nTotal,8,1\nDE,5,0.5\nFR,3,\nIT,,\n", CELLS)

    assert (result.kept, result.footer) == (3, 1)
    assert rows(result, "breakdowns", "dimension", "value", "fact", "number") == [
        ("country", "DE", "views", 5.0),
        ("country", "FR", "views", 3.0),
        ("country", "DE", "watch_seconds", 1800.0),
        ("country", "IT", "views", None),
    ]


def test_two_dimensions_of_one_table_are_one_of_two_words(read):
    result = read("Source,Views,Country\nads,5,DE\nads,3,\n", CELLS)

    assert rows(result, "breakdowns", "dimension", "value") == [
        ("country | source", "DE | ads"),
        ("country | source", "ads"),
    ]


def test_lines_above_a_table_name_its_account_and_days(read):
    result = read(ABOVE + "Country,Views\nDE,5\n", CELLS)

    expected = ("Garden, home", date(2024, 1, 1), date(2024, 2, 1))
    assert rows(result, "breakdowns", "account_id", "window_start", "window_end") == [expected]
    assert rows(result, "spans", "start", "end", "basis") == [(*expected[1:], "stated in the file")]
    assert (result.observed_at, result.observed_basis) == (datetime(2024, 2, 1, tzinfo=UTC), "stated in the file")


def test_numbered_days_are_counted_from_the_first_day_of_the_file(read):
    result = read(ABOVE + "Nth day,Views\n0000,5\n0030,7\nlast,1\n", NTH)

    assert rows(result, "account_counts", "window_start", "views") == [(date(2024, 1, 1), 5), (date(2024, 1, 31), 7)]
    assert result.quarantine["reason"].to_list() == ["not_a_date"]


def test_numbered_days_without_a_first_day_are_refused_in_words(read):
    result = read("Nth day,Views\n0000,5\n", NTH)

    assert (result.status, result.exit_code) == ("refused", 4)
    assert "first one" in result.reason


def test_a_file_may_say_of_each_record_when_its_counts_were_true(read):
    source = replace(
        POSTS,
        window="lifetime",
        born_inside=False,
        own=False,
        columns=(*POSTS.columns, Column(names=("Seen",), fact="post_counts.observed_at", parse="instant %y.%d.%m")),
    )
    result = read("Post,Out on,Views,Seen\na,2018-10-31,5,18.01.11\na,2018-10-31,6,18.02.11\n", source)

    assert rows(result, "post_counts", "observed_at", "observed_basis", "views") == [
        (datetime(2018, 11, 1, tzinfo=UTC), "stated in the file", 5),
        (datetime(2018, 11, 2, tzinfo=UTC), "stated in the file", 6),
    ]
    assert "accounts" not in result.frames


def test_a_nameless_post_of_other_people_is_nobodys_rather_than_ours(read):
    result = read(TABLE, replace(POSTS, own=False))

    assert "account_id" not in result.frames["posts"].columns or result.frames["posts"]["account_id"].null_count() == 3
    assert not any("only one you have" in message for message in result.messages)


def test_hyphens_that_do_not_show_part_no_word_of_a_header(read):
    result = read("Po\u00adst,Out on,Vie\u00adws\na,2024-01-01,5\n", POSTS)

    assert rows(result, "post_counts", "views") == [(5,)]


DAYS = replace(
    NTH,
    kind="days",
    signature=Signature(required=("Date", "Views")),
    layout=Layout(daily=True),
    columns=(
        Column(names=("Date",), fact="account_counts.window_start", parse="date %Y-%m-%d", required=True),
        NTH.columns[1],
    ),
    selection=True,
)


def test_weeks_are_not_read_as_days(read):
    weeks = read("Date,Views\n2024-01-07,5\n2024-01-14,6\n2024-01-21,7\n", DAYS)

    assert (weeks.status, weeks.exit_code) == ("refused", 4)
    assert "7 days apart" in weeks.reason


def test_two_days_on_which_something_happened_are_days(read):
    assert read("Date,Views\n2024-01-07,5\n2024-01-14,6\n", DAYS).kept == 2


def test_the_days_of_a_selection_are_never_complete(read):
    result = read("Date,Views\n2024-01-07,5\n2024-01-08,6\n", DAYS)

    assert rows(result, "spans", "complete") == [(False,)]


STACKED = ABOVE + "Country,Views\nDE,5\n\n# From: 20240201\n# Until: 20240229\nSource,Views\n,9\nads,6\n"


def test_each_of_several_tables_has_the_days_that_stand_above_it(reading_all):
    source = replace(CELLS, layout=replace(CELLS.layout, above="(?m)^# Site: ", footer=("^$",)))
    first, second = reading_all(STACKED.encode(), "stacked.csv", sources=(source,))

    assert rows(first, "breakdowns", "account_id", "window_end", "value") == [("Garden, home", date(2024, 2, 1), "DE")]
    assert rows(second, "breakdowns", "account_id", "window_end", "value") == [
        ("Garden, home", date(2024, 3, 1), "ads")
    ]
    assert (second.kept, second.footer) == (1, 1)


def test_a_table_without_the_lines_that_its_kind_has_above_it_is_another_kind(read):
    source = replace(CELLS, layout=replace(CELLS.layout, above="(?m)^# Site: "))

    assert read("Country,Views\nDE,5\n", source).status == "refused"


OPEN = replace(CELLS, layout=replace(CELLS.layout, open_end=True))


def test_a_kind_that_ends_without_a_line_break_loses_no_last_record(read):
    text = ABOVE + "Country,Views\nDE,5\nFR,7"

    assert [row[0] for row in rows(read(text, OPEN), "breakdowns", "value")] == ["DE", "FR"]
    assert read(text, CELLS).quarantine["reason"].to_list() == ["unterminated_last_record"]
    assert read(text.removesuffix(",7"), OPEN).quarantine["reason"].to_list() == ["unterminated_last_record"]
