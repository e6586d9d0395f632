"""Every form: written empty it holds no data, filled in it reads back exactly, in every spreadsheet's way of writing."""

import csv
import io
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import combinations

import openpyxl
import pytest

from smmetrics.export.forms import write_form
from smmetrics_offline.samples import write
from smmetrics_offline.sources import FORMS, KEPT, SHEETS

TABLES = {each.form.name: each.table for each in KEPT}
NAMES = sorted(FORMS)
HIDDEN = {"cases", "outreach", "ideas", "outcomes", "contacts", "ratings", "memberships", "same_person", "credits"}


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
@pytest.mark.parametrize("name", NAMES)
def test_a_form_written_empty_is_known_and_its_example_is_no_data(reader, name, suffix):
    write_form(FORMS[name], reader.files / f"{name}{suffix}")
    result = reader(None, f"{name}{suffix}")
    assert (result.status, result.kind) == ("read", f"offline.{name}"), result.reason
    assert (result.records_in, result.kept, result.blank, result.quarantined) == (2, 0, 2, 0)
    assert "is empty" in " ".join(result.messages)


@pytest.mark.parametrize("name", NAMES)
def test_the_example_without_its_sign_is_a_line_that_reads(reader, name):
    form = FORMS[name]
    text = io.StringIO()
    csv.writer(text).writerows([[column.name for column in form.shown], [column.example for column in form.shown]])
    result = reader(text.getvalue(), f"{name}.csv")
    assert (result.kept, result.quarantined) == (1, 0), result.quarantine
    assert result.kind == f"offline.{name}"


def test_a_table_of_other_things_that_has_a_name_a_start_and_an_end_is_no_roster_unless_its_file_says_so(reader):
    text = "year,category,name,station,start,end,wind\n2021,4,Auring,3,2021-02-18,2021-02-22,85\n"
    result = reader(text, "storms.csv")
    assert (result.status, result.kept) == ("refused", 0)
    assert reader(text, "roster.csv").kind == "offline.roster"
    assert reader("name,start,end,note\ntom,2026-11-03 08:00,2026-11-03 12:00,-\n", "team.csv").kind == "offline.roster"


def test_numbers_of_cases_with_a_sign_before_them_are_ids_and_no_remarks(reader):
    cases = (
        "case_id,opened_at,first_response_at,channel\n#1041,2026-11-03 09:00,,mail\n#,2026-11-03,,mail\n"
        "#12 is odd,,,\n1042,2026-11-04 09:00,,mail\n"
    )
    result = reader(cases, "cases.csv", zone="UTC")
    assert result.frames["cases"]["case_id"].to_list() == ["#1041", "1042"]
    assert (result.kept, result.blank) == (2, 2)
    days = reader("day,task,minutes\n#2026,reply,25\n#2026-11-03,reply,25\n2026-11-04,reply,30\n", "effort.csv")
    assert (days.kept, days.blank) == (1, 2)


@pytest.mark.parametrize("tail", ["", "\n", "\r\n"])
def test_a_sheet_without_a_line_end_behind_its_last_line_loses_nothing(reader, tail):
    text = f"day,person,task,minutes\n2026-11-03,amira,reply,25\n2026-11-04,amira,reply,30{tail}"
    result = reader(text, "effort.csv")
    assert (result.kept, result.quarantined) == (2, 0)


@pytest.mark.parametrize("name", NAMES)
def test_no_form_is_taken_for_another_whatever_the_file_is_called(reader, name):
    header = ",".join(column.name for column in FORMS[name].shown)
    assert reader(f"{header}\n", "sheet-1.csv").kind == f"offline.{name}"


def test_every_table_that_people_keep_has_a_form_and_every_form_a_cost_in_minutes():
    assert set(TABLES.values()) == {
        "effort", "cases", "events", "contacts", "outreach", "ideas", "findings", "outcomes", "visits", "pulse",
        "ratings", "roster", "memberships", "same_person", "labels", "credits",
    }  # fmt: skip
    for source in SHEETS:
        assert source.form.minutes_a_week == source.minutes > 0
        assert f"smmetrics forms {source.form.name}" in source.how_to_get
    assert not any(one.use == other.use for one, other in combinations(FORMS.values(), 2))


@pytest.mark.parametrize("name", NAMES)
def test_what_the_sample_says_is_what_the_table_holds(reader, tmp_path, name):
    """Against the standard library: texts, numbers and dates of every column, line by line."""
    paths = write(tmp_path / "sample", 7, date(2026, 3, 1), 2)
    path = next(path for path in paths if path.name == f"{name}.csv")
    with path.open(encoding="utf-8", newline="") as file:
        lines = [line for line in csv.DictReader(file) if not next(iter(line.values())).startswith("#")]
    result = reader(path.read_bytes(), path.name, zone="Europe/Berlin")
    rows = result.frames[TABLES[name]].to_dicts()
    assert (len(rows), result.quarantined) == (len(lines), 0)
    hidden = TABLES[name] in HIDDEN
    for line, row in zip(lines, rows, strict=True):
        for column in FORMS[name].columns:
            if column.name in {"hours", "by"} - set(row) or (column.name == "person" and hidden):
                continue
            if line.get(column.name) or (column.name in line and not column.name.endswith("_id")):
                assert _said(row[column.name], column) == _meant(line[column.name], column), column.name


def _meant(text, column):
    if not text:
        return None
    if column.entry in {"number", "whole"}:
        return Decimal(text)
    return text == "yes" if column.entry == "yes_no" else text


def _said(value, column):
    if value is None:
        return None
    if column.entry in {"number", "whole"}:
        return Decimal(str(value))
    if isinstance(value, datetime):
        local = value + (timedelta(hours=2) if value >= datetime(2026, 3, 29, 1, tzinfo=UTC) else timedelta(hours=1))
        return f"{local:%Y-%m-%d %H:%M}" if " " in column.example else f"{local:%Y-%m-%d}"
    return str(value) if isinstance(value, date) else value


VISITS = "date,channel,campaign,visits,conversions,value,currency\n"


@pytest.mark.parametrize(
    ("raw", "name", "answers"),
    [
        ("date;channel;visits;value\r\n03.11.2026;mail;1200;1200,5\r\n".encode("utf-8-sig"), "visits.csv", {}),
        ("date;channel;visits;value\n3.11.2026;mail;1.200;1.200,50\n", "visits.csv", {"locale": "de"}),
        ('date,channel,visits,value\n11/3/2026,mail,"1,200","1,200.5"\n', "visits.csv", {"locale": "en-us"}),
        ('date,channel,visits,value\n03/11/2026,mail,"1,200","1,200.5"\n', "visits.csv", {"locale": "en-gb"}),
        ("day\tchannel\tvisits\tvalue\n2026-11-03\tmail\t1200.0\t1200.50\n".encode("utf-16"), "visits.txt", {}),
    ],
    ids=["german excel", "german said", "american", "british", "utf-16 tabs"],
)
def test_the_same_line_reads_the_same_in_every_way_of_writing(reader, raw, name, answers):
    result = reader(raw, name, **answers)
    (row,) = result.frames["visits"].to_dicts()
    assert (row["date"], row["channel"], row["visits"], row["value"]) == (date(2026, 11, 3), "mail", 1200, 1200.5)


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ("date,channel,visits\n3/11/2026,mail,5\n", "not_a_date"),
        ("date,channel,visits\n3.11.26,mail,5\n", "not_a_date"),
        ("date,channel,visits\n45964,mail,5\n", "not_a_date"),
        ("date;channel;visits\n2026-11-03;mail;1.200\n", "not_a_number"),
        ('date,channel,visits\n2026-11-03,mail,"1,200"\n', "not_a_number"),
        ("date,channel,visits\n2026-11-03,mail,1.5\n", "not_an_integer"),
        ("date,channel,visits\n2026-11-03,,5\n", "missing_required"),
        ("date,channel,visits\n2026-11-03,mail,\n", "missing_required"),
    ],
)
def test_what_could_mean_two_things_is_set_aside_and_never_guessed(reader, raw, reason):
    good = raw.splitlines()[0] + "\n" + "2026-11-02{0}mail{0}7\n".format(";" if ";" in raw else ",")
    result = reader(good + raw.splitlines()[1] + "\n", "visits.csv")
    assert (result.kept, result.quarantined) == (1, 1)
    assert result.quarantine["reason"].to_list() == [reason]


def test_a_workbook_filled_in_by_a_spreadsheet_reads_its_dates_and_numbers_exactly(reader):
    path = write_form(FORMS["events"], reader.files / "events.xlsx")
    book = openpyxl.load_workbook(path)
    sheet = book["events"]
    places = {cell.value: cell.column for cell in sheet[1]}
    filled = {"at": datetime(2026, 11, 3, 18, 30), "kind": "Stand", "minutes": 97.5, "came": 31, "invited": 40}  # noqa: DTZ001
    for name, value in filled.items():
        sheet.cell(row=4, column=places[name], value=value)
    sheet.cell(row=5, column=places["at"], value=date(2026, 11, 4))
    book.save(path)
    result = reader(None, "events.xlsx", zone="Europe/Berlin")
    first, second = result.frames["events"].to_dicts()
    assert (first["at"], first["day"]) == (datetime(2026, 11, 3, 17, 30, tzinfo=UTC), date(2026, 11, 3))
    assert (first["kind"], first["minutes"], first["came"], first["precision"]) == ("stand", 97.5, 31, "instant")
    assert (second["day"], second["precision"], second["came"]) == (date(2026, 11, 4), "day", None)


def test_an_hour_that_clocks_skip_or_repeat_is_set_aside(reader):
    lines = "at,kind,came\n2026-10-25 02:30,call,2\n2026-03-29 02:30,call,2\n2026-10-25 02:30+01:00,call,2\n"
    result = reader(lines, "events.csv", zone="Europe/Berlin")
    assert result.quarantine["reason"].to_list() == ["ambiguous_date"] * 2
    assert result.frames["events"]["at"].to_list() == [datetime(2026, 10, 25, 1, 30, tzinfo=UTC)]


def test_names_of_people_outside_become_pseudonyms_that_stay_the_same(reader):
    cases = reader("opened_at,first_response_at,channel,person\n2026-11-03 09:00,,mail,Mo  Ash\n", "cases.csv")
    ideas = reader("captured_at,idea,told_at,person\n2026-11-03,seeds,,mo ash\n", "ideas.csv")
    (one,), (other,) = cases.frames["cases"]["person"], ideas.frames["ideas"]["person"]
    assert one == other
    assert "ash" not in one.lower()
    effort = reader("day,person,task,minutes\n2026-11-03,amira,reply,5\n", "effort.csv")
    assert effort.frames["effort"]["person"].to_list() == ["amira"]


def test_costs_come_into_effort_and_claim_nothing_of_hours(reader):
    result = reader("day,cost,currency,note\n2026-11-03,120.40,eur,flyers\n", "costs.csv")
    (row,) = result.frames["effort"].to_dicts()
    assert (row["cost"], row["currency"], row["minutes"], row["note"]) == (120.4, "EUR", None, "flyers")
    assert result.frames["spans"]["facts"].to_list() == ["effort.cost"]


def test_a_remark_anywhere_is_no_line_and_is_counted(reader):
    result = reader("date,channel,visits\n# holidays,,\n2026-11-03,mail,5\n#,,\n", "visits.csv")
    assert (result.records_in, result.kept, result.blank) == (3, 1, 2)


def test_duty_that_ends_before_it_begins_is_set_aside(reader):
    result = reader(
        "person,from,to\ntom,2026-11-03 16:00,2026-11-03 08:00\n" * 1 + "tom,2026-11-04,2026-11-05\n", "roster.csv"
    )
    assert result.quarantine["reason"].to_list() == ["ends_first"]
    assert result.kept == 1


def test_a_list_of_people_with_a_day_and_notes_is_not_held_against_costs(reader):
    strange = "full_name,email,phone,cancelled,vip,station,employer"
    assert "Nearest" in reader("day,notes,price\n2026-01-02,paper,3\n", "costs.csv").hint
    assert "Nearest" not in reader(f"{strange},day,notes\nA,,,no,no,2,B,2026-01-02,\n", "people.csv").hint
