"""Tables on their side, months as windows, ids that are made: what plain data can say of hand-kept sheets."""

from datetime import date

import pytest

from smmetrics.api import Column, Layout, Signature, Source
from smmetrics.api.stored import CORE_TABLES
from smmetrics.intake import Answers, Reader
from smmetrics.intake.contents import reread

TABLES = {table.name: table for table in CORE_TABLES}
SHEET = Source(
    kind="sheet",
    platform="tulip",
    table="account_counts",
    title="Sheet",
    container="csv",
    how_to_get="by hand",
    takes="time",
    signature=Signature(required=("(time)", "Followers")),
    layout=Layout(turned=True, missing=("-",), footer=("^Total",)),
    columns=(
        Column(names=("(time)",), fact="account_counts.window_start", parse="date %b %Y | %Y-%m", required=True),
        Column(names=("Followers",), fact="account_counts.followers", parse="int"),
        Column(names=("Likes",), fact="account_counts.likes", parse="int"),
    ),
    grain="range",
    window="month",
)
SAID = Source(
    kind="said",
    platform="tulip",
    table="posts",
    title="Said",
    container="csv",
    how_to_get="by hand",
    takes="time",
    signature=Signature(required=("Text", "Likes")),
    columns=(
        Column(names=("Text",), fact="posts.text"),
        Column(names=("Likes",), fact="post_counts.likes", parse="int"),
    ),
    made_id="posts.post_id",
)


@pytest.fixture
def read(tmp_path):
    def reading(text, name="sheet.csv", **answers):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        own = Reader((SHEET, SAID), TABLES, copies=tmp_path, key=bytes(32), use=lambda _: None)
        return own.read(path, Answers(**answers))

    return reading


def found(result, *columns):
    return result.frames["account_counts"].select(columns).rows()


def test_columns_are_records_and_rows_are_counts(read):
    result = read(",Jan 2026,Feb 2026\nLikes,3,-\nFollowers,10,11\n")
    assert (result.records_in, result.kept, result.part) == (2, 2, "turned")
    assert found(result, "window_start", "followers", "likes") == [
        (date(2026, 1, 1), 10, 3),
        (date(2026, 2, 1), 11, None),
    ]


def test_a_month_lasts_until_the_next_one_and_the_span_with_it(read):
    result = read(",2026-01,2026-02\nFollowers,10,11\n")
    assert found(result, "window", "window_end") == [("range", date(2026, 2, 1)), ("range", date(2026, 3, 1))]
    (span,) = result.frames["spans"].to_dicts()
    assert (span["start"], span["end"], span["grain"]) == (date(2026, 1, 1), date(2026, 3, 1), "range")


def test_titles_above_and_empty_columns_and_totals_beside_are_no_records(read):
    result = read("Our page,,,,\n,,,,\n,Jan 2026,Feb 2026,,Total\nFollowers,10,11,,21\n")
    assert (result.kept, result.blank, result.footer, result.quarantined) == (2, 1, 1, 0)


@pytest.mark.parametrize(
    "raw", [";Jan 2026;Feb 2026\nFollowers;10;11\n", "\tJan 2026\tFeb 2026\nFollowers\t10\t11\n".encode("utf-16")]
)
def test_it_may_be_divided_and_encoded_in_any_way(read, raw):
    assert found(read(raw), "followers") == [(10,), (11,)]


def test_a_table_that_stands_upright_is_not_turned(read):
    result = read("(time),Followers\nJan 2026,10\n")
    assert result.status == "refused"


def test_a_cell_that_is_no_number_sets_its_column_aside_and_can_be_read_again(read, tmp_path):
    result = read(",Jan 2026,Feb 2026,Mar 2026\nLikes,1,2,3\nFollowers,10,many,12\n")
    assert result.kept == 2
    (row,) = result.quarantine.to_dicts()
    assert (row["reason"], row["column"]) == ("not_a_number", "Followers")
    raw = reread(tmp_path / "sheet.csv", tmp_path, part=result.part, start=row["start"], end=row["end"])
    assert raw.decode().strip() == "Feb 2026,2,many"


def test_equal_rows_are_two_and_the_same_file_gives_the_same_ids(read):
    text = "Text,Likes\nhello,1\nhello,2\nbye,3\n"
    first, again = (read(text, "said.csv").frames["posts"]["post_id"].to_list() for _ in range(2))
    assert len(set(first)) == 3
    assert first == again


def test_counts_play_no_part_in_a_made_id_and_every_table_has_it(read):
    one = read("Text,Likes\nhello,1\nbye,3\n", "said.csv")
    other = read("Text,Likes\nhello,5\nbye,9\n", "said.csv")
    assert one.frames["posts"]["post_id"].to_list() == other.frames["posts"]["post_id"].to_list()
    assert one.frames["post_counts"]["post_id"].to_list() == one.frames["posts"]["post_id"].to_list()
