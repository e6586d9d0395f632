"""`smmetrics forms`: what there is, and one written empty; nobody's work is written over."""

import csv
import json
from dataclasses import replace

import openpyxl
import pytest

from smmetrics.api import Form, FormColumn, PluginFault
from smmetrics.cli.main import main
from smmetrics.export.forms import write_form

HOURS = Form(
    name="hours",
    title="Hours",
    use="to know",
    row="a day",
    minutes_a_week=2.5,
    columns=(
        FormColumn(name="day", meaning="the date", entry="day", example="2026-11-03", required=True),
        FormColumn(name="task", meaning="what kind", entry="list", allowed=("reply", "plan"), example="plan"),
        FormColumn(name="entry_id", meaning="an id", shown=False),
    ),
)


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_list_says_what_each_is_for_and_what_it_costs(capsys):
    assert main(["forms", "--json"]) == 0
    listed = {row["name"]: row for row in json.loads(capsys.readouterr().out)}
    assert listed["effort"]["minutes a week"] > 0
    assert "cost" in listed["effort"]["for"]


def test_a_form_is_written_under_its_name_and_says_what_to_do_next(capsys, here):
    assert main(["forms", "effort"]) == 0
    assert (here / "effort.xlsx").is_file()
    assert "smmetrics import effort.xlsx" in capsys.readouterr().out


def test_a_filled_form_is_never_written_over(capsys, here):
    (here / "effort.csv").write_text("mine")
    assert main(["forms", "effort", "--out", "effort.csv"]) == 2
    assert (here / "effort.csv").read_text() == "mine"
    assert "--out" in capsys.readouterr().err


def test_an_unknown_form_names_those_there_are(capsys):
    assert main(["forms", "effrot"]) == 2
    assert "effort" in capsys.readouterr().err


def test_a_form_of_another_kind_of_file_is_refused_before_anything_is_written(capsys, here):
    assert main(["forms", "effort", "--out", "effort.ods"]) == 2
    assert list(here.iterdir()) == []
    assert "effort.csv" in capsys.readouterr().err


def test_the_table_explains_itself_in_lines_that_are_remarks(here):
    path = write_form(HOURS, here / "hours.csv")
    with path.open(encoding="utf-8-sig", newline="") as file:
        header, means, likes = list(csv.reader(file))
    assert header == ["day", "task"]
    assert means == ["# the date (needed)", "what kind; one of: reply, plan"]
    assert likes == ["# for example 2026-11-03", "plan"]


def test_the_workbook_offers_the_words_of_a_list_and_shows_dates_as_dates(here):
    sheet = openpyxl.load_workbook(write_form(HOURS, here / "hours.xlsx"))["hours"]
    assert [cell.value for cell in sheet[1]] == ["day", "task"]
    assert all(str(row[0].value).startswith("#") for row in sheet["A2:A3"])
    offered = {str(each.sqref): each.formula1 for each in sheet.data_validations.dataValidation if each.formula1}
    assert list(offered.values()) == ['"reply,plan"']
    assert sheet.column_dimensions["A"].number_format == "yyyy-mm-dd"


def test_the_same_form_gives_the_same_bytes(here):
    one, other = (write_form(HOURS, here / name / "hours.xlsx") for name in ("a", "b"))
    assert one.read_bytes() == other.read_bytes()


@pytest.mark.parametrize("change", [{"minutes_a_week": 0}, {"columns": ()}, {"use": " "}])
def test_a_form_that_says_too_little_of_itself_is_refused(change):
    with pytest.raises(PluginFault, match=r"hours|Form\.use"):
        replace(HOURS, **change)


def test_a_list_has_its_words_and_nothing_else_has():
    with pytest.raises(PluginFault, match="task"):
        FormColumn(name="task", meaning="what", entry="list")
    with pytest.raises(PluginFault, match="day"):
        FormColumn(name="day", meaning="when", entry="day", allowed=("today",))
