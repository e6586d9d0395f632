"""Sheets as people keep them: two rows of names, several tables in a sheet, months without a year, what is refused."""

from datetime import date, datetime

import openpyxl
import pytest

from smmetrics.api import SmmetricsError
from smmetrics.intake import Answers
from smmetrics.registry import Registry
from smmetrics.workspace import Workspace
from smmetrics.workspace.mapping import Given, accept, propose

TWO = "Date,Facebook,,Instagram,\n,Followers,Likes,Followers,Likes\n2026-01-01,10,1,20,2\n2026-01-02,11,3,21,4\n"
PAID = "Day,Impressions,Impressions,Clicks\n,organic,paid,\n2026-01-01,10,1,20\n2026-01-02,11,3,21\n"
STACKED = (
    "Facebook\nDate,Followers,Likes\n2026-01-01,10,1\n2026-01-02,11,3\n\n"
    "Instagram\nDate,Followers,Likes\n2026-01-01,20,2\n2026-01-02,21,4\n"
)
BESIDE = (
    "Facebook,,,,Instagram,,\nDate,Followers,Likes,,Date,Followers,Likes\n"
    "2026-01-01,10,1,,2026-01-01,20,2\n2026-01-02,11,3,,2026-01-02,21,4\n"
)


@pytest.fixture
def workspace(tmp_path):
    """Opens the folder anew, as the next command would."""
    root = tmp_path / "acme"
    root.mkdir()
    return lambda: Workspace(root, registry=Registry.of("smmetrics_anytable"))


def sheet(path, text):
    book = openpyxl.Workbook()
    for line in text.splitlines():
        book.active.append([int(cell) if cell.isdigit() else cell or None for cell in line.split(",")])
    book.save(path)
    return path


def mapped(workspace, path, **given):
    mapping, _, _ = propose(path, workspace().root, workspace().installed, Given(account="acme", **given))
    return accept(mapping, workspace().root)


def rows(workspace, *columns):
    table = workspace().snapshot().current("account_counts").collect().sort("platform", "window_start", "scope")
    return [tuple(row[name] for name in columns) for row in table.to_dicts()]


def test_two_rows_that_name_the_columns_together_are_read_as_one_header(workspace, file):
    path = file(TWO)
    mapping = mapped(workspace, path, platform="facebook")
    assert [each.header for each in mapping.columns][:3] == ["Date", "Facebook | Followers", "Facebook | Likes"]
    (outcome,) = workspace().import_(path)
    assert (outcome.records_in, outcome.kept) == (2, 2)
    assert rows(workspace, "followers", "likes") == [(10, 1), (11, 3)]


def test_the_columns_of_another_platform_in_the_same_table_are_read_by_a_mapping_of_their_own(workspace, file):
    path = file(TWO)
    mapped(workspace, path, platform="facebook")
    told = ("Facebook | Followers=", "Facebook | Likes=", "Instagram | Likes=account_counts.likes int")
    mapped(workspace, path, platform="instagram", name="insta", columns=told)
    (tie,) = workspace().import_(path)
    assert "--as" in tie.hint
    for kind in ("facebook.kpis", "instagram.insta"):
        (outcome,) = workspace().import_(path, answers=Answers(as_=kind))
        assert (outcome.status, outcome.kept) == ("imported", 2)
    found = [("facebook", 1), ("facebook", 3), ("instagram", 2), ("instagram", 4)]
    assert rows(workspace, "platform", "likes") == found


def test_a_second_row_that_says_paid_or_organic_tells_columns_of_one_name_apart(workspace, file):
    path = file(PAID)
    mapped(workspace, path, platform="facebook")
    workspace().import_(path)
    found = {(scope, number) for scope, number in rows(workspace, "scope", "impressions") if number is not None}
    assert found == {("organic", 10), ("organic", 11), ("paid", 1), ("paid", 3)}


@pytest.mark.parametrize("text", [STACKED, BESIDE], ids=["below one another", "beside one another"])
@pytest.mark.parametrize("book", [False, True], ids=["csv", "workbook"])
def test_each_of_several_tables_in_a_sheet_has_a_mapping_of_its_own(workspace, file, tmp_path, text, book):
    path = sheet(tmp_path / "kpis.xlsx", text) if book else file(text)
    with pytest.raises(SmmetricsError, match=r"'(Sheet/)?Facebook', '(Sheet/)?Instagram'"):
        mapped(workspace, path, platform="facebook")
    for platform in ("facebook", "instagram"):
        mapped(workspace, path, platform=platform, part=platform.capitalize())
    outcomes = workspace().import_(path)
    assert [(each.records_in, each.kept, each.blank) for each in outcomes] == [(2, 2, 0), (2, 2, 0)]
    assert rows(workspace, "platform", "followers", "likes") == [
        ("facebook", 10, 1), ("facebook", 11, 3), ("instagram", 20, 2), ("instagram", 21, 4),
    ]  # fmt: skip


def test_a_table_with_a_blank_row_or_notes_below_is_one_table(workspace, file):
    path = file("Date,Followers,Likes\n2026-01-01,10,1\n\n2026-01-02,11,3\n\nNotes\nwe,were,away\n")
    mapping, seen, _ = propose(path, workspace().root, workspace().installed, Given())
    assert (seen.part, mapping.beside) == ("", False)


def test_posts_that_begin_like_a_total_are_posts_and_rows_of_totals_are_none(workspace, file):
    posts = (("Hello all", 1), ("Total eclipse tonight!", 2), ("Average people, great things", 4), ("Mean streets", 8))
    lines = [f'"{text}",2026-01-0{day},{likes}' for day, (text, likes) in enumerate(posts, start=1)]
    path = file("\n".join(("text,date,likes", *lines, "Totale,,15", "Total 2026:,,15\n")))
    mapped(workspace, path, platform="facebook")
    (outcome,) = workspace().import_(path)
    assert (outcome.kept, outcome.footer) == (4, 2)
    table = workspace().snapshot().current("posts").collect().sort("created_on")
    assert table.get_column("text").to_list() == [text for text, _ in posts]
    assert workspace().snapshot().current("post_counts").collect().get_column("likes").sum() == 15


@pytest.mark.parametrize("word", ["Totale", "Suma", "Total general", "Gesamt (alle)", "Summe Januar"])
def test_a_row_of_totals_below_days_leaves_their_way_of_writing_clear(workspace, file, word):
    path = file(f"Datum;Follower;Likes\n15.01.2026;10;1\n16.01.2026;11;3\n{word};;4\n")
    mapped(workspace, path, platform="facebook")
    (outcome,) = workspace().import_(path)
    assert (outcome.kept, outcome.footer) == (2, 1)
    assert rows(workspace, "followers", "likes") == [(10, 1), (11, 3)]


def test_months_without_a_year_are_months_of_the_year_that_is_said(workspace, file):
    path = file("KPIs,,,,\n,Jan,Feb,Mrz,Summe\nFollower,1.200,1.250,1.301,\nKlicks,12,15,-,27\n")
    mapping = mapped(workspace, path, platform="facebook")
    assert (mapping.locale, mapping.window) == ("de", "month")
    (refused,) = workspace().import_(path)
    assert "--year" in refused.hint
    workspace().import_(path, answers=Answers(year=2026))
    found = [(str(day), many, clicks) for day, many, clicks in rows(workspace, "window_start", "followers", "clicks")]
    assert found == [("2026-01-01", 1200, 12), ("2026-02-01", 1250, 15), ("2026-03-01", 1301, None)]


@pytest.mark.parametrize(
    ("head", "words"),
    [
        ("Metric,Q1 2025,Q2 2025,Q3 2025", "quarters, years or weeks (Q1 2025, Q2 2025, Q3 2025)"),
        ("Metric,2023,2024,2025", "(2023, 2024, 2025)"),
        ("Metric,KW 1,KW 2,KW 3", "(KW 1, KW 2, KW 3)"),
    ],
)
def test_times_that_no_mapping_reads_are_refused_with_what_to_do(workspace, file, head, words):
    with pytest.raises(SmmetricsError) as told:
        mapped(workspace, file(f"{head}\nFollowers,1,2,3\nLikes,4,5,6\n"), platform="facebook")
    assert words in told.value.message
    assert "by month" in told.value.hint


def test_a_table_with_two_columns_of_words_before_its_months_is_refused_with_their_names(workspace, file):
    text = "Channel,Metric,Jan 2026,Feb 2026\nFacebook,Followers,1,2\nInstagram,Followers,3,4\n"
    with pytest.raises(SmmetricsError) as told:
        mapped(workspace, file(text), platform="facebook")
    assert "'Channel', 'Metric'" in told.value.message
    assert "'Metric' first" in told.value.hint


def meetings(tmp_path):
    """A sheet in which one date was typed as a text, as hands do."""
    book = openpyxl.Workbook()
    for row in (("Wann", "Was", "Gekommen"), (datetime(2026, 9, 3), "Lesekreis", 12), ("15.10.2026", "Stand", 60)):  # noqa: DTZ001
        book.active.append(row)
    path = tmp_path / "termine.xlsx"
    book.save(path)
    return path


def test_dates_of_a_sheet_of_events_are_read_as_is_said_and_go_to_its_day_where_no_clock_stands(workspace, tmp_path):
    path, came = meetings(tmp_path), "Gekommen=events.came"
    for told in ("Wann=events.at date %d.%m.%Y", "Wann=events.day date %d.%m.%Y"):
        mapping, _, _ = propose(path, workspace().root, workspace().installed, asked("events", told, came))
        assert mapping.columns[0].to == "events.day"
    accept(mapping, workspace().root)
    workspace().import_(path)
    found = workspace().snapshot().current("events").collect().sort("day")
    assert found.select("day", "came").rows() == [(date(2026, 9, 3), 12), (date(2026, 10, 15), 60)]


def test_a_time_whose_writing_nobody_says_stays_open_and_what_makes_no_time_is_refused(workspace, tmp_path):
    path, here = meetings(tmp_path), workspace()
    mapping, _, _ = propose(path, here.root, here.installed, asked("events", "Wann=events.at"))
    assert (mapping.columns[0].parse, "'Wann'" in mapping.open[0]) == ("", True)
    with pytest.raises(SmmetricsError, match=r"events\.at is a time, and 'text' makes none"):
        propose(path, here.root, here.installed, asked("events", "Wann=events.at text"))


def test_what_an_option_gets_wrong_is_not_said_of_a_file(workspace, tmp_path):
    for wrong in (asked("evnts"), asked("events", "Was=events.titel")):
        with pytest.raises(SmmetricsError) as told:
            propose(meetings(tmp_path), workspace().root, workspace().installed, wrong)
        assert (told.value.where, "Did you mean" in told.value.hint) == ("", True)


def asked(table, *columns):
    return Given(table=table, platform="offline", columns=columns)
