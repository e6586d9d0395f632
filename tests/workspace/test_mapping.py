"""Mappings: proposed from names and values, read only when accepted, and then like every other source."""

import csv
import io
import json
from dataclasses import replace
from datetime import UTC, date, datetime

import openpyxl
import polars as pl
import pytest

from smmetrics.api import SmmetricsError, UserMistake
from smmetrics.cli.main import main
from smmetrics.intake import Answers
from smmetrics.registry import Registry
from smmetrics.workspace import Workspace
from smmetrics.workspace.mapping import Given, accept, propose, trial
from smmetrics.workspace.mapping.files import path_of, read, written
from smmetrics.workspace.mapping.making import keep

DAYS = "Day;Page likes;New followers;Link clicks;Mood\n2026-01-13;1200;3;10;fine\n2026-01-14;1203;0;7;bad\n"
KPIS = "Our numbers,,,,\n,Jan 2026,Feb 2026,Mar 2026,Total\nFollowers,1200,1250,1301,\nLink clicks,12,15,-,27\n"


@pytest.fixture
def here(tmp_path):
    return tmp_path / "acme"


@pytest.fixture
def workspace(here):
    """Opens the folder anew, as the next command would."""
    here.mkdir()
    return lambda: Workspace(here, registry=Registry.of("smmetrics_anytable", "smmetrics_offline"))


def proposal(workspace, path, **given):
    mapping, _, _ = propose(path, workspace.root, workspace.installed, Given(**given))
    return mapping


def targets(mapping):
    return {each.header: each.to for each in mapping.taken}


def imported(workspace, path, **answers):
    (outcome,) = workspace().import_(path, **answers)
    return outcome


def test_names_and_values_say_what_a_row_and_its_columns_are(workspace, file):
    mapping = proposal(workspace(), file(DAYS))
    assert (mapping.table, mapping.window, mapping.delimiter) == ("account_counts", "day", ";")
    assert targets(mapping) == {
        "Day": "account_counts.window_start",
        "Page likes": "account_counts.followers",
        "New followers": "account_counts.gained",
        "Link clicks": "account_counts.link_clicks",
    }
    assert mapping.columns[0].parse == "date %Y-%m-%d"
    assert not mapping.confirmed


def test_a_table_without_a_line_end_behind_its_last_line_loses_nothing(workspace, file, here):
    path = file(DAYS.rstrip("\n"))
    accept(proposal(workspace(), path, platform="tulip", account="acme"), here)
    assert imported(workspace, path).kept == 2


def test_nothing_is_read_by_a_mapping_that_nobody_accepted(workspace, file, here):
    path = file(DAYS)
    keep(proposal(workspace(), path, platform="tulip"), here)
    refused = imported(workspace, path)
    assert (refused.status, refused.exit_code) == ("refused", 4)


def test_an_accepted_mapping_reads_this_file_and_others_with_its_columns(workspace, file, here):
    path = file(DAYS)
    accept(proposal(workspace(), path, platform="tulip", account="acme"), here)
    outcome = imported(workspace, path)
    assert (outcome.kind, outcome.kept, outcome.status) == ("tulip.kpis", 2, "imported")
    assert imported(workspace, path).duplicate == 2
    later = file(
        "Link clicks;Day;Mood;New followers;Page likes\n9;2026-01-15;so;1;1204\nmany;2026-01-16;;1;1\n", "b.csv"
    )
    assert (imported(workspace, later).kept, imported(workspace, later).quarantined) == (1, 1)
    rows = workspace().table("account_counts", columns=("window_start", "followers", "link_clicks")).to_dicts()
    assert [(row["window_start"].day, row["followers"], row["link_clicks"]) for row in rows] == [
        (13, 1200, 10), (14, 1203, 7), (15, 1204, 9),
    ]  # fmt: skip


def test_a_date_that_may_be_either_way_round_stays_open_until_somebody_says_it(workspace, file, here):
    path = file("Date,Followers\n03/04/2026,10\n05/04/2026,11\n")
    mapping = proposal(workspace(), path, platform="tulip")
    assert mapping.columns[0].parse == ""
    with pytest.raises(UserMistake, match="either way round"):
        accept(mapping, here)
    said = proposal(workspace(), path, platform="tulip", columns=("Date=account_counts.window_start date %d/%m/%Y",))
    accept(said, here)
    imported(workspace, path)
    assert workspace().table("account_counts")["window_start"].to_list() == [date(2026, 4, 3), date(2026, 4, 5)]


def test_a_single_value_settles_which_way_round_dates_are(workspace, file):
    path = file("Date,Followers\n03/04/2026,10\n13/04/2026,11\n")
    assert proposal(workspace(), path).columns[0].parse == "date %d/%m/%Y"


def test_a_number_that_may_be_two_numbers_stays_open_until_the_language_is_said(workspace, file):
    path = file("at;kind;amount;heard from;Preis\n2026-01-03;gift;1.234;mail;2\n", "gifts.csv")
    workspace_ = workspace()
    doubtful = proposal(workspace_, path, table="outcomes", name="gifts")
    assert next(each for each in doubtful.columns if each.header == "amount").parse == ""
    said = proposal(workspace_, path, table="outcomes", name="gifts", locale="de")
    assert next(each for each in said.columns if each.header == "amount").parse == "number"


def test_a_count_that_is_whole_in_one_language_only_settles_the_language(workspace, file):
    mapping = proposal(workspace(), file("Date;Followers\n2026-01-13;1.200\n2026-01-14;980\n"))
    assert (mapping.locale, mapping.columns[1].parse) == ("de", "int")


def test_months_across_read_turned_with_their_whole_months_and_without_totals(workspace, file, here):
    path = file(KPIS)
    mapping = proposal(workspace(), path, platform="tulip", account="acme")
    assert (mapping.layout, mapping.window) == ("months across", "month")
    accept(mapping, here)
    outcome = imported(workspace, path)
    assert (outcome.kept, outcome.footer, outcome.part) == (3, 1, "turned")
    rows = (
        workspace()
        .table("account_counts", columns=("window_start", "window_end", "followers", "link_clicks"))
        .to_dicts()
    )
    found = [(row["window_start"], row["window_end"], row["followers"], row["link_clicks"]) for row in rows]
    assert found == [
        (date(2026, 1, 1), date(2026, 2, 1), 1200, 12),
        (date(2026, 2, 1), date(2026, 3, 1), 1250, 15),
        (date(2026, 3, 1), date(2026, 4, 1), 1301, None),
    ]
    spans = workspace().tables().spans().to_dicts()
    assert [(span["start"], span["end"]) for span in spans] == [(date(2026, 1, 1), date(2026, 4, 1))]


@pytest.mark.parametrize(
    ("months", "days"),
    [
        ("Januar 2026;Februar 2026;März 2026", "3. Januar 2026;14. März 2026"),
        ("janv. 2026;févr. 2026;mars 2026", "3 janvier 2026;14 mars 2026"),
        ("enero de 2026;febrero de 2026;marzo de 2026", "3 de enero de 2026;14 de marzo de 2026"),
        ("sty 2026;lut 2026;mar 2026", "3 stycznia 2026;14 marca 2026"),
    ],
)
def test_months_may_be_named_in_other_languages(workspace, file, here, months, days):
    path = file(f"KPI;{months}\nFollowers;1200;1250;1301\n", "kpis.csv")
    mapping = proposal(workspace(), path, platform="tulip", account="acme")
    assert (mapping.layout, mapping.window) == ("months across", "month")
    accept(mapping, here)
    assert imported(workspace, path).kept == 3
    found = workspace().table("account_counts", columns=("window_start", "followers")).to_dicts()
    assert [(row["window_start"].month, row["followers"]) for row in found] == [(1, 1200), (2, 1250), (3, 1301)]
    first, second = days.split(";")
    by_day = proposal(workspace(), file(f"Date;Followers\n{first};7\n{second};8\n", "days.csv"))
    assert by_day.columns[0].parse.startswith("date %d")


def test_months_across_in_a_workbook_with_true_dates_and_german_numbers(workspace, tmp_path, here):
    book = openpyxl.Workbook()
    book.active.title = "Facebook"
    book.active.append(["", datetime(2026, 1, 1), datetime(2026, 2, 1)])  # noqa: DTZ001 (a spreadsheet's date)
    book.active.append(["Followers", 1200, 1250])
    book.active.append(["Reach", "10.500", "9.800"])
    book.create_sheet("Notes").append(["nothing", "here"])
    path = tmp_path / "KPIs 2026.xlsx"
    book.save(path)
    with pytest.raises(UserMistake, match="Facebook"):
        proposal(workspace(), path)
    given = {"part": "Facebook", "platform": "tulip", "locale": "de", "window": "month"}
    mapping = proposal(workspace(), path, **given)
    accept(mapping, here)
    outcome, beside = workspace().import_(path)
    assert (outcome.kept, outcome.quarantined, outcome.part) == (2, 0, "Facebook/turned")
    assert (beside.status, beside.part, beside.exit_code) == ("refused", "Notes", 0)
    rows = workspace().table("account_counts", columns=("followers", "reach")).to_dicts()
    assert [(row["followers"], row["reach"]) for row in rows] == [(1200, 10500), (1250, 9800)]


def test_what_is_set_aside_of_a_turned_table_can_be_read_again(workspace, file, here, capsys):
    path = file(KPIS.replace("1250", "many"))
    accept(proposal(workspace(), path, platform="tulip", columns=("Followers=account_counts.followers int",)), here)
    assert imported(workspace, path).quarantined == 1
    assert main(["-w", str(here), "quarantine", "--json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert "Feb 2026" in json.dumps(row)
    assert row["reason"] == "not_a_number"


def test_rows_without_an_id_get_one_that_newer_counts_keep(workspace, file, here):
    first = file("Posted on,Message,Likes\n2026-01-13,hello,3\n2026-01-13,hello,4\n2026-01-14,bye,5\n", "old.csv")
    mapping = proposal(workspace(), first, platform="tulip", columns=("Posted on=posts.created_on date %Y-%m-%d",))
    accept(mapping, here)
    imported(workspace, first)
    second = file("Posted on,Message,Likes\n2026-01-13,hello,6\n2026-01-13,hello,8\n2026-01-14,bye,9\n", "new.csv")
    imported(workspace, second, answers=Answers(observed_at=datetime(2026, 3, 1, tzinfo=UTC)))
    rows = workspace().table("posts", columns=("post_id", "text", "likes"))
    assert rows.height == 3
    assert sorted(rows["likes"].to_list()) == [6, 8, 9]
    assert rows["post_id"].n_unique() == 3


def test_json_is_mapped_by_paths_and_large_ids_stay_whole(workspace, tmp_path, here):
    items = [{"id": 10**18 + n, "said": {"message": f"no {n}"}, "stats": {"likes": n}} for n in range(4)]
    path = tmp_path / "saved.json"
    path.write_text(json.dumps({"head": 1, "data": {"items": items}}))
    mapping = proposal(workspace(), path, platform="tulip")
    assert mapping.records == "data.items[]"
    accept(mapping, here)
    imported(workspace, path)
    rows = workspace().table("posts", columns=("post_id", "text", "likes")).sort("post_id").to_dicts()
    assert [(row["post_id"], row["text"], row["likes"]) for row in rows] == [
        (str(10**18 + n), f"no {n}", n) for n in range(4)
    ]


def test_a_damaged_line_of_json_keeps_nobody_from_mapping_the_others(workspace, tmp_path):
    path = tmp_path / "posts.jsonl"
    path.write_text('{"day": "2026-01-13", "likes": 1}\n\n{"day": "2026-01-14", "likes": 2}\n{"day": "2026-01-15", "li')
    assert targets(proposal(workspace(), path)) == {
        "day": "account_counts.window_start",
        "likes": "account_counts.likes",
    }


def test_parquet_is_mapped_like_any_table(workspace, tmp_path, here):
    path = tmp_path / "kpis.parquet"
    frame = pl.DataFrame({"Day": [date(2026, 1, 13), date(2026, 1, 14)], "Followers": [10, None], "Likes": [1, 2]})
    frame.write_parquet(path)
    accept(proposal(workspace(), path, platform="tulip"), here)
    imported(workspace, path)
    rows = workspace().table("account_counts", columns=("followers", "likes")).to_dicts()
    assert [(row["followers"], row["likes"]) for row in rows] == [(10, 1), (None, 2)]


def test_a_file_that_a_plugin_reads_needs_no_mapping_and_is_told_so(workspace, file):
    path = file("day,person,task,minutes\n2026-01-13,amira,reply,5\n", "effort.csv")
    with pytest.raises(UserMistake, match=r"offline\.effort"):
        proposal(workspace(), path)


def test_a_mapping_is_its_file_and_the_file_is_it(workspace, file, here):
    current = workspace()
    for text, more in ((DAYS, {}), (KPIS, {"name": "turned"})):
        mapping = proposal(current, file(text), platform="tulip", account='ac"me', **more)
        path = keep(mapping, here)
        plain = replace(mapping, columns=tuple(replace(each, seen=(), why="") for each in mapping.columns))
        assert read(path, current.installed) == plain
        assert written(plain) == written(read(path, current.installed))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (('table = "account_counts"', 'table = "acount_counts"'), ("acount_counts", "account_counts")),
        (("account_counts.followers", "account_counts.folowers"), ("folowers", "account_counts.followers")),
        (("confirmed = false", 'confirmed = "yes"'), ("confirmed", "bool")),
        (("ours = true", "our = true"), ("our", "ours")),
        (('window = "day"', 'window = "fortnight"'), ("fortnight", "week")),
        (("[columns]", "[columns"), ("kpis.toml",)),
        (('as = "int"', 'az = "int"'), ("az",)),
    ],
)
def test_a_mistake_in_a_mapping_is_said_with_its_file_and_what_was_meant(workspace, file, here, change, words):
    current = workspace()
    path = keep(proposal(current, file(DAYS), platform="tulip"), here)
    path.write_text(path.read_text(encoding="utf-8").replace(*change, 1), encoding="utf-8")
    with pytest.raises(UserMistake) as raised:
        read(path, current.installed)
    assert str(path) in str(raised.value)
    for word in words:
        assert word in str(raised.value)


def test_a_broken_mapping_is_named_and_harms_no_other(workspace, file, here):
    accept(proposal(workspace(), file(DAYS), platform="tulip"), here)
    path_of(here, "broken").write_text("table = 3\n")
    installed = workspace().installed
    assert "tulip.kpis" in installed.sources
    assert [fault.subject for fault in installed.faults] == ["broken"]


def test_a_trial_keeps_nothing_and_shows_the_first_rows(workspace, file, here):
    current = workspace()
    path = file(DAYS)
    tried = trial(path, proposal(current, path), current.installed, Given())
    ((table, rows, first),) = tried.shown
    assert (table, rows, first["followers"].to_list()) == ("account_counts", 2, [1200, 1203])
    assert list(here.iterdir()) == []


@pytest.mark.parametrize("said", [(), ("Day=account_counts.window_start instant %Y-%m-%d %H:%M:%S",)])
def test_days_written_with_a_time_of_day_are_days(workspace, file, said):
    path = file("Day;Link clicks\n2026-01-13 09:30:00;10\n2026-01-14 23:30:00;7\n")
    current = workspace()
    tried = trial(path, proposal(current, path, columns=said), current.installed, Given())
    ((_, _, first),) = tried.shown
    assert first.select("window_start", "link_clicks").rows() == [(date(2026, 1, 13), 10), (date(2026, 1, 14), 7)]


@pytest.mark.parametrize("said", ["Day", "Mood of all=posts.text", "Day=posts.nothing"])
def test_what_cannot_be_meant_is_the_users_mistake(workspace, file, said):
    with pytest.raises(UserMistake):
        proposal(workspace(), file(DAYS), columns=(said,))


def test_without_a_terminal_the_command_writes_the_proposal_and_says_how_to_accept(file, here, capsys, monkeypatch):
    monkeypatch.setenv("SMMETRICS_PLUGINS", "anytable,offline")
    path = file(DAYS)
    assert main(["-w", str(here), "map", str(path)]) == 0
    told, aside = capsys.readouterr()
    assert f"Nothing was imported in {here} so far" in aside
    assert "--accept" in told
    assert "--platform" in told
    assert "confirmed = false" in path_of(here, "kpis").read_text(encoding="utf-8")
    assert main(["-w", str(here), "map", str(path), "--accept"]) == 2
    assert main(["-w", str(here), "map", str(path), "--platform", "tulip", "--accept"]) == 0
    assert "acme import" in capsys.readouterr().out
    assert main(["-w", str(here), "import", str(path)]) == 0
    capsys.readouterr()
    assert main(["-w", str(here), "map", str(path)]) == 0
    assert "Nothing was imported" not in capsys.readouterr().err


def test_programs_get_the_mapping_as_json(file, here, capsys, monkeypatch):
    monkeypatch.setenv("SMMETRICS_PLUGINS", "anytable")
    assert main(["-w", str(here), "map", str(file(DAYS)), "--json", "--set", "Mood="]) == 0
    (told,) = json.loads(capsys.readouterr().out)
    assert (told["table"], told["records"], told["kept"], told["confirmed"]) == ("account_counts", 2, 2, False)
    assert len(told["open"]) == 1


def test_a_mapping_of_other_columns_is_not_taken_for_this_file(workspace, file, here):
    keep(proposal(workspace(), file(DAYS)), here)
    with pytest.raises(UserMistake, match="--name"):
        proposal(workspace(), file("Date,Followers\n2026-01-13,1\n"))


def test_the_values_of_every_column_are_the_texts_of_the_file(workspace, file, here):
    """Against the standard library."""
    path = file(DAYS)
    accept(proposal(workspace(), path, platform="tulip"), here)
    imported(workspace, path)
    with path.open(encoding="utf-8", newline="") as lines:
        meant = [
            (row["Day"], int(row["Page likes"]), int(row["New followers"]))
            for row in csv.DictReader(lines, delimiter=";")
        ]
    rows = workspace().table("account_counts", columns=("window_start", "followers", "gained")).to_dicts()
    assert [(str(row["window_start"]), row["followers"], row["gained"]) for row in rows] == meant


def test_a_name_that_stands_twice_is_not_read_and_said(workspace, file):
    mapping = proposal(workspace(), file("Date,Followers,followers,Likes\n2026-01-13,1,2,3\n"))
    assert targets(mapping) == {"Date": "account_counts.window_start", "Likes": "account_counts.likes"}
    assert "several columns" in next(each.why for each in mapping.columns if each.header == "Followers")


def test_a_mapping_that_reads_nothing_but_the_day_cannot_be_accepted(workspace, file, here):
    mapping = proposal(workspace(), file("Date,Mood\n2026-01-13,fine\n"), platform="tulip", table="account_counts")
    with pytest.raises(UserMistake, match="No column is read"):
        accept(mapping, here)


def test_a_mapping_by_which_the_file_would_be_refused_cannot_be_accepted(workspace, file, here):
    current, said = workspace(), Given(platform="tulip", columns=("Link clicks=account_counts.clicks int",))
    for text, counted in (("Day;Link clicks\n2026-01-13;x\n", False), ("Day;Link clicks\n2026-01-13;4\n", True)):
        path = file(text)
        mapping, _, _ = propose(path, here, current.installed, said)
        tried = trial(path, mapping, current.installed, said)
        if counted:
            assert accept(mapping, here, tried).confirmed
        else:
            with pytest.raises(UserMistake, match="would be refused"):
                accept(mapping, here, tried)
            assert not path_of(here, mapping.name).exists()


def test_days_as_a_spreadsheet_counts_them_are_named_and_not_read_as_numbers(workspace, file):
    mapping = proposal(workspace(), file("Title,Created date,Likes\nOne,44008,3\nTwo,44009.5,4\n"), platform="tulip")
    (told,) = [each for each in mapping.columns if each.header == "Created date"]
    assert (told.to, "as dates" in told.why) == ("", True)


def test_a_file_that_lacks_a_column_of_the_mapping_is_not_read_by_it(workspace, file, here):
    accept(proposal(workspace(), file(DAYS), platform="tulip"), here)
    other = file("Day;Page likes;New followers;Link clicks\n2026-01-13;1;2;3\n", "other.csv")
    assert imported(workspace, other).status == "refused"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "empty"),
        ("<a><b/></a>", "XML"),
        ("one word a line\nand another\n", "no table"),
        ("\x00\x01\x02" * 50, "binary|text|table"),
    ],
)
def test_what_is_no_table_is_refused_in_words(workspace, file, text, words):
    with pytest.raises(SmmetricsError, match=words):
        proposal(workspace(), file(text, "thing.txt"))


def test_headers_of_all_kinds_survive_the_file(workspace, file, here):
    """Quotation marks, line breaks, brackets, signs of comments and of formulas."""
    headers = [
        "Date",
        'Li"kes',
        "Com\nments",
        "tab\there",
        "=cmd()",
        "[columns]",
        "é # x",
        "a.b",
        "''",
        "\\",
        "\u2028x",
    ]
    lines = io.StringIO()
    csv.writer(lines).writerows([headers, ["2026-01-13", *map(str, range(len(headers) - 1))]])
    said = ('Li"kes=account_counts.likes int', "a.b=account_counts.shares int")
    mapping = proposal(workspace(), file(lines.getvalue()), platform="tulip", columns=said)
    again = read(keep(mapping, here), workspace().installed)
    assert [each.header for each in again.columns] == headers
    accept(mapping, here)
    assert imported(workspace, file(lines.getvalue())).kept == 1
    (row,) = workspace().table("account_counts", columns=("likes", "shares")).to_dicts()
    assert (row["likes"], row["shares"]) == (0, 6)


def test_a_wide_table_is_looked_at_in_fewer_rows(workspace, file):
    header = ",".join(["Date", *(f"metric {number}" for number in range(1200))])
    body = "".join(f"2026-01-{day:02}," + ",".join(["7"] * 1200) + "\n" for day in range(1, 29))
    mapping = proposal(workspace(), file(f"{header}\n{body}"), table="account_counts")
    assert len(mapping.columns) == 1201


def test_a_column_that_is_told_without_how_it_is_written_is_written_as_what_it_fills(workspace, file):
    path = file("date,seen,kind\n2026-01-05,12,a\n2026-01-06,3,b\n", "site.csv")
    said = ("date=visits.date", "seen=visits.visits", "kind=visits.channel")
    mapping = proposal(workspace(), path, platform="web", table="visits", columns=said)
    assert [each.parse for each in mapping.columns] == ["date %Y-%m-%d", "int", "text"]


def test_what_a_column_called_content_holds_says_whether_it_is_the_text_or_the_id(workspace, file, here):
    """YouTube calls a video's id so, and most others a post's text."""
    posts = [
        {"content": f"What we saw on day {day}\nby the sea", "user.description": "A house of the sea",
         "id": 5000 + day, "date": f"2026-01-{day:02}T08:00:00+00:00", "likeCount": day}
        for day in range(10, 14)
    ]  # fmt: skip
    path = file("\n".join(map(json.dumps, posts)), "posts.jsonl")
    mapping = proposal(workspace(), path, platform="tulip")
    assert targets(mapping) == {
        "content": "posts.text",
        "id": "posts.post_id",
        "date": "posts.created_at",
        "likeCount": "post_counts.likes",
    }
    accept(mapping, here)
    assert imported(workspace, path).kept == 4
    videos = file("Content,Name,Likes\nabcdefghij1,One,3\nabcdefghij2,Two,4\n", "videos.csv")
    known = Workspace(here, registry=Registry.of("smmetrics_anytable", "smmetrics_youtube"))
    mapping, _, _ = propose(videos, here, known.installed, Given(platform="tulip", name="videos"))
    assert targets(mapping)["Content"] == "posts.post_id"


def test_times_that_name_greenwich_are_instants(workspace, file, here):
    """As Reddit writes them in what it gives to download."""
    path = file("id,date,body\nk1,2024-01-12 17:29:56 UTC,One\nk2,2024-02-24 23:16:36 UTC,Two\n", "comments.csv")
    mapping = proposal(workspace(), path, platform="tulip", zone="Pacific/Auckland")
    assert targets(mapping)["date"] == "posts.created_at"
    accept(mapping, here)
    assert imported(workspace, path).kept == 2
    at = workspace().table("posts", columns=("created_at",))["created_at"].sort().to_list()
    assert at == [datetime(2024, 1, 12, 17, 29, 56, tzinfo=UTC), datetime(2024, 2, 24, 23, 16, 36, tzinfo=UTC)]


def test_days_without_a_year_are_read_in_the_words_of_other_languages(workspace, file, here):
    """TikTok writes them in the language of the account."""
    path = file("Date,Likes\n30 de abril,3\n1 de maio,4\n", "Overview.csv")
    mapping = proposal(workspace(), path, platform="tulip", year=2024)
    accept(mapping, here)
    assert imported(workspace, path, answers=Answers(year=2024)).kept == 2
    days = workspace().table("account_counts", columns=("window_start",))["window_start"].sort().to_list()
    assert days == [date(2024, 4, 30), date(2024, 5, 1)]
