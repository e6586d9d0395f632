"""`smmetrics explain S021`: the section of a code, and the lines that accept it where it is open."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

from smmetrics.cli.main import main
from smmetrics.strategy.pages import page, pages

ROOT = Path(__file__).parents[2]
STRATEGY = """\
purpose = "People who garden get help"
[audiences.gardeners]
who = "people with a first garden"
[goals.talk]
audience = "gardeners"
people = ["ana"]
[people.ana]
hours_per_week = 5
"""


def test_the_program_carries_the_page_as_it_stands_in_the_documentation():
    """To mend it: cp docs/findings.md smmetrics/words/en/findings.md."""
    carried = ROOT / "smmetrics" / "words" / "en" / "findings.md"
    assert carried.read_bytes() == (ROOT / "docs" / "findings.md").read_bytes()


@pytest.mark.parametrize("word", ["S021", "s021", "SMM-S021", " smm-s021 "])
def test_a_code_is_found_however_it_is_written(word):
    found = page(word)
    assert found is not None
    assert (found.code, found.level) == ("SMM-S021", "warning")


def test_every_code_has_four_parts():
    headings = ["What it means", "Why it matters", "How to mend", "How to accept"]
    assert len(pages()) > 40
    assert all(list(each.parts) == headings and all(each.parts.values()) for each in pages().values())
    assert page("S999") is None


def test_a_code_is_explained_where_there_is_no_folder(tmp_path, capsys):
    assert main(["-w", str(tmp_path / "none"), "explain", "S021"]) == 0
    told = capsys.readouterr().out
    assert told.startswith("SMM-S021 · warning · More hours are planned than people have\n")
    assert "How to mend:\n" in told
    assert "Open here" not in told


def test_the_lines_that_accept_it_accept_it(tmp_path, capsys):
    file = tmp_path / "strategy.toml"
    file.write_text(STRATEGY, encoding="utf-8")
    assert main(["-w", str(tmp_path), "explain", "S057", "--json"]) == 0
    (record,) = json.loads(capsys.readouterr().out)
    (there,) = record["open"]
    assert there["where"] == "goals.talk.hours"
    assert tomllib.loads(there["accept"])["accept"][0]["code"] == "SMM-S057"
    file.write_text(STRATEGY + there["accept"].replace("…", "she begins in May"), encoding="utf-8")
    assert main(["-w", str(tmp_path), "explain", "S057", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["open"] == []


def test_an_error_is_not_accepted(tmp_path, capsys):
    (tmp_path / "strategy.toml").write_text(STRATEGY, encoding="utf-8")
    assert main(["-w", str(tmp_path), "explain", "S004"]) == 0
    told = capsys.readouterr().out
    assert "Open here, line 4: `talk` asks no question" in told
    assert "[[accept]]" not in told
