"""What is shown of records set aside: enough to mend one's own sheet, and nobody's words."""

import csv
import json

import openpyxl
import pytest

MINORS = """
title = "A club"
purpose = "Young gardeners meet"
[privacy]
minors = true
people = "never"
[audiences.young]
minors = true
"""
HOURS = (
    "day,person,task,minutes,note\n"
    "2026-01-13,rosa,reply,30,fine\n"
    "2026-01-32,rosa,reply,30,my secret words\n"
    '2026-01-14,rosa,reply,"1,5",\n'
    "2026-01-15,rosa,repyl,30,\n"
    "2026-01-16,rosa,reply,ask Maria,\n"
)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "work").mkdir()
    return tmp_path / "work"


@pytest.mark.parametrize("strategy", ["", MINORS])
def test_the_cell_at_fault_is_shown_and_nobodys_words_are(run, file, folder, strategy):
    if strategy:
        (folder / "strategy.toml").write_text(strategy, encoding="utf-8")
    run("import", file(HOURS, "hours.csv"), "--accept-quarantine")
    rows = json.loads(run("quarantine", "--json"))
    lines = list(csv.DictReader(HOURS.splitlines()))
    cells = {row["record"]: row["cell"] for row in rows}
    assert list(cells.values()) == [lines[1]["day"], lines[2]["minutes"], lines[3]["task"], ""]
    said = run("quarantine")
    assert "1,5" in said
    assert "reply, post, listen, meet, plan" in said
    assert ("my secret words" in said) == (not strategy)
    assert ("Maria" in said) == (not strategy)


def test_parts_of_a_workbook_are_told_apart(run, tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "January"
    for name in ("January", "February"):
        sheet = book[name] if name in book.sheetnames else book.create_sheet(name)
        sheet.append(["day", "person", "task", "minutes"])
        sheet.append(["2026-01-13", "rosa", "reply", 30])
        sheet.append([f"2026-01-14 {name[0]}", "rosa", "reply", 30])
    book.save(tmp_path / "hours.xlsx")
    run("import", tmp_path / "hours.xlsx")
    assert "hours.xlsx: February" in run("imports")
    said = run("quarantine")
    assert "hours.xlsx: February " in said
    assert [row["cell"] for row in json.loads(run("quarantine", "--json"))] == ["2026-01-14 J", "2026-01-14 F"]


def test_help_says_what_is_listed(run):
    said = run("quarantine", "--help")
    assert "refused whole" in said
    assert "did not come in" not in said
