"""Slips in the hours sheet: said at import, and by the review of what came in."""

import json

import pytest

from smmetrics.cli.main import main

STRATEGY = """
title = "A garden shop"
purpose = "First gardens get help"
[people.rosa]
hours_per_week = 8
[channels.twitter]
platform = "x"
[goals.answer]
type = "communicating.start_conversations"
people = ["rosa"]
"""
HOURS = (
    "day,person,task,minutes,goal,channel\n"
    "2026-01-13,rosa,reply,30,answer,twitter\n"
    "2026-01-14,roza,reply,30,anwser,twiter\n"
    "2026-01-15,roza,post,30,,\n"
    "2026-01-16,Quentin,post,30,,\n"
)


@pytest.fixture
def imported(run, file, tmp_path):
    def of(hours, strategy=STRATEGY):
        folder = tmp_path / "work"
        folder.mkdir()
        if strategy:
            (folder / "strategy.toml").write_text(strategy, encoding="utf-8")
        return run("import", file(hours, "hours.csv"))

    return of


def reviewed(tmp_path, capsys):
    main(["-w", str(tmp_path / "work"), "review", "--data", "--json"])
    return [each for each in json.loads(capsys.readouterr().out) if each["code"] == "SMM-D014"]


def test_slips_are_said_at_import_and_by_the_review(imported, tmp_path, capsys):
    said = " ".join(imported(HOURS).split())
    for words in ("`roza` (did you mean `rosa`?)", "`anwser` (did you mean `answer`?)", "`Quentin`,"):
        assert words in said
    found = {each["where"]: each["message"] for each in reviewed(tmp_path, capsys)}
    assert set(found) == {"people", "goals", "channels"}
    assert "`roza` (did you mean `rosa`?)" in found["people"]
    assert "Lines: 3." in found["people"]
    assert "`twiter` (did you mean `twitter`?)" in found["channels"]


def test_hours_in_the_strategys_words_are_no_slip(imported, tmp_path, capsys):
    assert "did you mean" not in imported("\n".join(HOURS.split("\n")[:2]) + "\n")
    assert reviewed(tmp_path, capsys) == []


def test_a_strategy_without_channels_calls_no_channel_a_slip(imported, tmp_path, capsys):
    assert "twiter" not in imported(HOURS, STRATEGY.replace('[channels.twitter]\nplatform = "x"\n', ""))
    assert "channels" not in [each["where"] for each in reviewed(tmp_path, capsys)]


def test_without_a_strategy_nothing_is_a_slip(imported):
    assert "strategy does not have" not in imported(HOURS, "")
