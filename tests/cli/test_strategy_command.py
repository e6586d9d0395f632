"""`smmetrics strategy`: a schema for editors, versions, and back to an older one."""

from __future__ import annotations

import json

import pytest

from smmetrics.cli.main import main
from smmetrics.strategy import Remove, Set, change, read, write_new


@pytest.fixture
def folder(tmp_path):
    """A workspace whose strategy was changed once by a program."""
    path = write_new(tmp_path, name="care")
    made = [Set(("title",), "Ours"), Set(("purpose",), "p"), Remove(("goals", "enough-hands")), Set(("goals", "answer-people", "risk"), "r")]  # fmt: skip
    change(read(path), made, by="a test")
    return tmp_path


def test_the_schema_is_printed_as_json_or_written_to_a_file(tmp_path, capsys):
    assert main(["strategy", "schema"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed["properties"]["purpose"]["description"].startswith("One sentence")
    assert main(["strategy", "schema", "--out", str(tmp_path / "s.json")]) == 0
    assert json.loads((tmp_path / "s.json").read_text(encoding="utf-8")) == printed
    assert "#:schema ./s.json" in capsys.readouterr().err


def test_a_folder_that_is_not_there_is_the_users_mistake(tmp_path, capsys):
    assert main(["strategy", "schema", "--out", str(tmp_path / "no" / "s.json")]) == 2
    assert "is not there" in capsys.readouterr().err


def test_versions_are_listed_with_time_command_and_places(folder, capsys):
    assert main(["-w", str(folder), "strategy", "history"]) == 0
    out = capsys.readouterr().out
    assert "a test" in out
    assert "goals.enough-hands (gone)" in out
    assert "and 1 more" in out
    assert "as in version 2" in out


def test_undo_goes_back_and_forward_again(folder, capsys):
    before = (folder / "strategy.toml").read_bytes()
    assert main(["-w", str(folder), "strategy", "undo"]) == 0
    assert "as it was in version 1" in capsys.readouterr().out
    assert read(folder / "strategy.toml").title.startswith("Lindgren")
    assert main(["-w", str(folder), "strategy", "undo", "2", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["current"]
    assert (folder / "strategy.toml").read_bytes() == before


def test_programs_get_every_place(folder, capsys):
    assert main(["-w", str(folder), "strategy", "history", "--json"]) == 0
    first, second = json.loads(capsys.readouterr().out)
    assert first["changed"] == []
    assert {"kind": "added", "where": "goals.answer-people.risk"} in second["changed"]
    assert (first["current"], second["current"]) == (False, True)


def test_a_change_by_hand_is_said(folder, capsys):
    (folder / "strategy.toml").write_text('title = "Hand"\n', encoding="utf-8")
    assert main(["-w", str(folder), "strategy", "history"]) == 0
    assert "changed by hand since" in capsys.readouterr().out


@pytest.mark.parametrize("what", [["history"], ["undo"]])
def test_without_a_strategy_there_is_nothing_to_list(tmp_path, capsys, what):
    assert main(["-w", str(tmp_path), "strategy", *what]) == 2
    assert "smmetrics init" in capsys.readouterr().err


def test_before_the_first_save_there_is_nothing_to_undo(tmp_path, capsys):
    write_new(tmp_path)
    assert main(["-w", str(tmp_path), "strategy", "history"]) == 0
    assert "Nothing was saved by a program yet" in capsys.readouterr().out
    assert main(["-w", str(tmp_path), "strategy", "undo"]) == 2
    assert "no older version" in capsys.readouterr().err


def test_an_undo_to_nowhere_names_the_versions_that_are_kept(folder, capsys):
    assert main(["-w", str(folder), "strategy", "undo", "9"]) == 2
    assert "1 to 2" in capsys.readouterr().err
