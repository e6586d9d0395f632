"""Whatever goes wrong ends in words and the right exit code."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import click
import pytest

from smmetrics.api.errors import BadData, PluginFault, Unavailable, UserMistake
from smmetrics.cli import app as table
from smmetrics.cli.lazy import Entry
from smmetrics.cli.main import main


def raising(monkeypatch, error):
    """Make a command `measure` that does nothing but fail."""

    @click.command("measure")
    def command():
        raise error

    module = type(sys)("zz_failing")
    module.command = command
    monkeypatch.setitem(sys.modules, "zz_failing", module)
    monkeypatch.setitem(table.app.table, "measure", Entry("zz_failing:command", "fails"))


@pytest.mark.parametrize(("kind", "code"), [(UserMistake, 2), (Unavailable, 2), (BadData, 4), (PluginFault, 5)])
def test_an_error_of_ours_is_one_plain_message(monkeypatch, capsys, kind, code):
    raising(monkeypatch, kind("the file is empty", where="posts.csv", hint="Export it again."))
    assert main(["measure"]) == code
    out, err = capsys.readouterr()
    assert out == ""
    assert err == "Error: posts.csv: the file is empty\n  Export it again.\n"


def test_debug_shows_where_an_error_came_from(monkeypatch, capsys):
    raising(monkeypatch, UserMistake("no"))
    assert main(["measure", "--debug"]) == 2
    assert "Traceback" in capsys.readouterr().err


def test_a_fault_of_the_program_says_so(monkeypatch, capsys):
    raising(monkeypatch, ZeroDivisionError("division by zero"))
    assert main(["measure"]) == 5
    err = capsys.readouterr().err
    assert "a fault of smmetrics, not yours: ZeroDivisionError" in err
    assert "--debug" in err
    assert "Traceback" not in err


def test_a_fault_of_the_program_shows_its_traceback_under_debug(monkeypatch, capsys):
    raising(monkeypatch, ZeroDivisionError("division by zero"))
    assert main(["--debug", "measure"]) == 5
    assert "Traceback" in capsys.readouterr().err


@pytest.mark.parametrize("error", [KeyboardInterrupt(), click.Abort()])
def test_an_interrupt_is_no_error(monkeypatch, capsys, error):
    raising(monkeypatch, error)
    assert main(["measure"]) == 130
    assert capsys.readouterr().err.strip() == "Interrupted."


def test_what_a_command_returns_is_the_exit_code(monkeypatch):
    raising(monkeypatch, click.exceptions.Exit(3))
    assert main(["measure"]) == 3


def test_a_reader_that_goes_away_is_no_error():
    command = [sys.executable, "-m", "smmetrics.cli.main", "plugins", "--help"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait() == 141


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["mesure"], "Did you mean 'measure'?"),
        (["plugin", "list"], "Did you mean 'plugins'?"),
        (["plugins", "lst"], "Did you mean 'list'?"),
        (["qqqqq"], "Known: init, demo"),
        (["plugins", "list", "--jason"], "--json"),
        (["plugins", "show"], "Missing argument 'NAME'"),
    ],
)
def test_a_wrong_word_exits_2_and_offers_the_nearest(capsys, words, said):
    assert main(words) == 2
    assert said in capsys.readouterr().err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no full device")
def test_a_full_disk_is_no_fault_of_the_program():
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        call = [sys.executable, "-m", "smmetrics", "schema", "readings"]
        done = subprocess.run(call, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr == "Error: What the command gives cannot be written: No space left on device.\n"


def test_a_file_of_somebody_else_is_named_and_is_no_fault_of_the_program(monkeypatch, capsys):
    raising(monkeypatch, PermissionError(13, "Permission denied", "acme/keys"))
    assert main(["measure"]) == 2
    assert capsys.readouterr().err.startswith("Error: acme/keys may not be read or written by you: Permission denied.")


def test_a_command_whose_output_was_closed_beforehand_does_its_work(monkeypatch):
    monkeypatch.setattr(sys, "stdout", None)
    assert main(["metrics", "cost"]) == 0
    sys.stdout.close()
