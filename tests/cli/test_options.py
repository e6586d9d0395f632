"""Options that commands share, before or after the command."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click
import pytest

from smmetrics.cli import app as table
from smmetrics.cli.lazy import Entry
from smmetrics.cli.main import main
from smmetrics.cli.options import reading_options, setup, workspace_option

seen = {}


@click.command("measure")
@workspace_option
@reading_options
def leaf(**given):
    seen.update(given, setup=setup())


@click.group("measure")
def group():
    """Hold the leaf."""


group.add_command(leaf, "leaf")


@pytest.fixture(autouse=True)
def commands(monkeypatch):
    seen.clear()
    module = type(sys)("zz_commands")
    module.leaf, module.group = leaf, group
    monkeypatch.setitem(sys.modules, "zz_commands", module)
    monkeypatch.setitem(table.app.table, "measure", Entry("zz_commands:leaf", "a leaf"))
    monkeypatch.setitem(table.app.table, "imports", Entry("zz_commands:group", "a group"))
    monkeypatch.delenv("SMMETRICS_WORKSPACE", raising=False)


@pytest.mark.parametrize(
    ("words", "environ", "folder"),
    [
        (["-w", "a", "measure"], "", "a"),
        (["measure", "-w", "a"], "", "a"),
        (["--workspace", "a", "measure"], "b", "a"),
        (["measure", "--workspace=a"], "b", "a"),
        (["-w", "a", "measure", "-w", "b"], "c", "b"),
        (["measure"], "b", "b"),
        (["measure"], "", "."),
        (["-w", "a", "imports", "leaf"], "b", "a"),
        (["imports", "-w", "a", "leaf"], "b", "a"),
        (["imports", "leaf", "-w", "a"], "b", "a"),
    ],
)
def test_the_workspace_is_said_before_or_after_then_the_environment_then_here(monkeypatch, words, environ, folder):
    if environ:
        monkeypatch.setenv("SMMETRICS_WORKSPACE", environ)
    assert main(words) == 0
    assert seen["workspace"] == Path(folder)


@pytest.mark.parametrize("words", [["--no-plugins", "--debug", "measure"], ["measure", "--debug", "--no-plugins"]])
def test_switches_are_said_before_or_after(words):
    assert main(words) == 0
    assert (seen["setup"].no_plugins, seen["setup"].debug) == (True, True)


def test_one_command_leaves_nothing_to_the_next():
    assert main(["-w", "a", "--no-plugins", "measure"]) == 0
    assert main(["measure"]) == 0
    assert (seen["setup"].workspace, seen["setup"].no_plugins) == (Path(), False)


def test_reading_options_are_read():
    words = "measure --by platform,account --grain month --since 2026-01-01 --until 2026-02-01 --format csv --out r.csv"
    assert main(words.split()) == 0
    assert seen["by"] == ("platform", "account")
    assert (seen["grain"], seen["since"], seen["until"]) == ("month", date(2026, 1, 1), date(2026, 2, 1))
    assert (seen["format"], seen["out"]) == ("csv", Path("r.csv"))


def test_without_options_it_is_the_whole_window():
    assert main(["measure"]) == 0
    assert (seen["by"], seen["grain"], seen["since"], seen["until"]) == ((), "total", None, None)


@pytest.mark.parametrize("day", ["03/04/2026", "2026-13-01", "yesterday", "2026-02-30"])
def test_a_day_that_is_none_says_how_to_write_one(capsys, day):
    assert main(["measure", "--since", day]) == 2
    assert "write it like 2026-11-30" in capsys.readouterr().err


@pytest.mark.parametrize("until", ["2026-03-01", "2025-12-31"])
def test_a_window_without_a_day_is_a_mistake_in_either_order(capsys, until):
    assert main(["measure", "--since", "2026-03-01", "--until", until]) == 2
    assert main(["measure", "--until", until, "--since", "2026-03-01"]) == 2
    assert capsys.readouterr().err.count("no day lies between 2026-03-01 and") == 2


@pytest.mark.parametrize(
    ("words", "format_"),
    [(["--json"], "json"), (["--format", "csv"], "csv"), (["--json", "--format", "csv"], "csv"), ([], None)],
)
def test_json_is_a_format_where_there_are_several(monkeypatch, words, format_):
    plain = click.Command("measure", params=[], callback=workspace_option(lambda **given: seen.update(given)))
    monkeypatch.setattr(sys.modules["zz_commands"], "leaf", reading_options(plain))
    assert main(["measure", *words]) == 0
    assert seen["format"] == format_
