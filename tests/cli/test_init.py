"""`smmetrics init`: templates, questions on a terminal, and nothing overwritten."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from smmetrics.cli import init
from smmetrics.cli.main import main
from smmetrics.strategy import read


def test_templates_are_listed_with_a_line_each(capsys):
    assert main(["init", "--templates"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 10 + lines[-1].startswith("+: and kinds of goals that no installed plugin knows")
    assert main(["init", "--templates", "--json"]) == 0
    assert [row["template"] for row in json.loads(capsys.readouterr().out)][:3] == ["blank", "brand", "care"]


def test_of_each_template_it_is_told_how_much_can_be_measured_here(capsys):
    assert main(["init", "--templates", "--json"]) == 0
    found = {row["template"]: row for row in json.loads(capsys.readouterr().out)}
    assert main(["init", "--templates", "--json", "--no-plugins"]) == 0
    bare = {row["template"]: row for row in json.loads(capsys.readouterr().out)}
    assert found["blank"]["measurable"] is None
    assert 0 < found["brand"]["measurable"] <= found["brand"]["numbers"]
    assert all(row["measurable"] == 0 for name, row in bare.items() if name != "blank")
    assert "care.answer_people" in bare["care"]["kinds_not_installed"]
    assert main(["init", "--templates"]) == 0
    line = next(line for line in capsys.readouterr().out.splitlines() if line.startswith("brand "))
    assert f"{found['brand']['measurable']} of {found['brand']['numbers']} numbers" in line


def test_without_a_terminal_the_strategy_is_blank_and_that_is_said(tmp_path, capsys):
    assert main(["init", str(tmp_path / "acme")]) == 0
    out = capsys.readouterr().out
    assert "Nobody was there to ask, so the strategy is blank." in out
    assert "UTC (nobody was there to ask)" in out
    assert read(tmp_path / "acme" / "strategy.toml").purpose == ""


def test_a_template_is_written_in_the_zone_given(tmp_path, capsys):
    assert main(["init", str(tmp_path), "--template", "care", "--timezone", "Asia/Tokyo"]) == 0
    assert "every figure in it is an example" in capsys.readouterr().out
    assert read(tmp_path / "strategy.toml").timezone == "Asia/Tokyo"


def test_on_a_terminal_a_few_questions_are_asked_and_the_answers_stand_in_the_file(tmp_path, monkeypatch):
    monkeypatch.setattr(init, "_somebody_is_there", lambda: True)
    said = 'Oslo\nEurope/Oslo\nPeople who "wait"\nThey hear \\ today\nZoë 900\nZoë 3\nlisten\n'
    done = CliRunner().invoke(init.command, [str(tmp_path / "acme")], input=said, standalone_mode=False)
    assert done.return_value == 0, done.output
    assert "there is no time zone 'Oslo'. Did you mean 'Europe/Oslo'?" in done.output
    assert "'Zoë 900' is not understood" in done.output
    assert "In the file are: zoe (3 h a week)." in done.output
    found = read(tmp_path / "acme" / "strategy.toml")
    assert (found.timezone, found.purpose) == ("Europe/Oslo", "They hear \\ today")
    assert found.audiences["people"].who == 'People who "wait"'
    assert found.goals["first"].activities == ("monitoring",)
    assert found.people["zoe"].hours_per_week == 3


def test_where_it_was_made_is_told_to_programs_too(tmp_path, capsys):
    assert main(["init", str(tmp_path), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["template"] == "blank"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ([], "Say where"),
        (["x", "--template", "caer"], "Did you mean 'care'?"),
        (["x", "--timezone", "Oslo"], "Europe/Oslo"),
    ],
)
def test_a_mistake_is_said_with_what_to_do(tmp_path, monkeypatch, capsys, given, said):
    monkeypatch.chdir(tmp_path)
    assert main(["init", *given]) == 2
    assert said in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_strategy_that_is_there_stays(tmp_path, capsys):
    (tmp_path / "strategy.toml").write_text("mine", encoding="utf-8")
    assert main(["init", str(tmp_path)]) == 2
    assert "stays as it is" in capsys.readouterr().err
    assert (tmp_path / "strategy.toml").read_text(encoding="utf-8") == "mine"


def test_a_file_where_a_folder_should_be_is_said_before_anything_is_written(tmp_path, capsys):
    (tmp_path / "inbox").write_text("mine", encoding="utf-8")
    assert main(["init", str(tmp_path)]) == 2
    assert "inbox: A file stands where the folder should be." in capsys.readouterr().err
    assert not (tmp_path / "strategy.toml").exists()


def test_the_commands_it_prints_work_as_printed_in_a_folder_with_blanks(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(["init", "my shop"]) == 0
    printed = capsys.readouterr().out
    for word in ("next", "review", "import"):
        assert f"smmetrics -w 'my shop' {word} " in printed
    assert "my shop/inbox" in printed
