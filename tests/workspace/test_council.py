"""The page for those an agreement about people's data is made with."""

from __future__ import annotations

import json
from importlib.resources import files

import pytest

from smmetrics.cli.main import main

TEMPLATES = files("smmetrics.strategy") / "templates"


@pytest.fixture
def said(tmp_path, capsys):
    def run(template, *arguments):
        text = (TEMPLATES / f"{template}.toml").read_text(encoding="utf-8")
        (tmp_path / "strategy.toml").write_text(text, encoding="utf-8")
        assert main(["-w", str(tmp_path), "privacy", *map(str, arguments)]) == 0
        return capsys.readouterr().out

    return run


def test_the_page_says_who_agreed_how_few_are_few_and_what_is_forbidden(said):
    text = " ".join(said("internal").split())
    for words in (
        "works council, agreement 2026-14, on 30 September 2026",
        "never to judge a person",
        "deleted after 13 months",
        "fewer than 10 people",
        "could be told by subtraction",
        "the shortest time is a week",
        "Nobody's messages",
        "connecting.pagerank: your agreement of 30 September 2026",
        "colleagues: 6,200 colleagues",
    ):
        assert words in text


def test_of_minors_it_says_that_moods_and_words_are_not_shown(said):
    text = " ".join(said("team").split())
    assert "whether somebody is glad or angry: moods of people under age are not shown" in text
    assert "Nothing anybody wrote is quoted" in text


def test_where_nothing_is_agreed_it_says_so(said):
    text = " ".join(said("brand").split())
    assert "strategy.toml has no [privacy]" in text
    assert "none about fewer than 5" in text
    assert "Nothing was excluded by name" in text


def test_as_json_it_has_the_same_sections(said):
    told = json.loads(said("internal", "--json"))
    assert list(told) == ["title", "agreed", "read", "kept", "measured", "shown", "not_shown", "who"]
    assert told["not_shown"]["list"][0][0] == "connecting.pagerank"


def test_as_a_page_it_loads_nothing_and_runs_nothing(said, tmp_path):
    out = tmp_path / "for-the-council.html"
    said("internal", "--out", out)
    text = out.read_text(encoding="utf-8")
    assert "default-src 'none'; script-src 'none'" in text.replace("&#x27;", "'")
    assert "<script" not in text
    assert "works council, agreement 2026-14" in text


def test_strangers_words_are_words_on_the_page(tmp_path):
    text = (TEMPLATES / "internal.toml").read_text(encoding="utf-8")
    hostile = text.replace("works council, agreement 2026-14", "<img src=x onerror=alert(1)>")
    (tmp_path / "strategy.toml").write_text(hostile, encoding="utf-8")
    out = tmp_path / "page.html"
    assert main(["-w", str(tmp_path), "privacy", "--out", str(out)]) == 0
    assert "<img" not in out.read_text(encoding="utf-8")
