"""Commands in sentences are those that work as typed by somebody who typed this one."""

from __future__ import annotations

from pathlib import Path

import pytest

from smmetrics.cli.here import here
from smmetrics.cli.main import main
from smmetrics.cli.options import KEY


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("See: smmetrics coverage talk", "See: smmetrics -w 'my shop' coverage talk"),
        (
            "smmetrics import FILE, then: smmetrics next",
            "smmetrics -w 'my shop' import FILE, then: smmetrics -w 'my shop' next",
        ),
        ("Begin one: smmetrics init acme", "Begin one: smmetrics init acme"),
        ("smmetrics -w other next", "smmetrics -w other next"),
        ("smmetrics imports nothing by itself", "smmetrics -w 'my shop' imports nothing by itself"),
        ("smmetrics reads it", "smmetrics reads it"),
    ],
)
def test_the_folder_that_was_said_is_said_again(text, told):
    assert here(text, {KEY: {"workspace": Path("my shop")}}) == told
    assert here(text, {}) == text


there = pytest.mark.usefixtures("shop")


@pytest.fixture
def shop(tmp_path, monkeypatch):
    """A folder with a strategy in the folder where commands are typed."""
    monkeypatch.chdir(tmp_path)
    assert main(["init", "shop"]) == 0
    return tmp_path


@there
def test_where_nothing_is_the_folder_beside_is_named(capsys):
    assert main(["review"]) == 2
    told = capsys.readouterr().err
    assert "There is neither a strategy nor data in `.`.\n" in told
    assert "There is a strategy in `shop`: name its folder, such as: smmetrics -w shop next" in told


def test_where_nothing_is_at_all_a_beginning_is_named(tmp_path, capsys):
    assert main(["-w", str(tmp_path / "my shop"), "review"]) == 2
    assert f"Begin one with: smmetrics init '{tmp_path}/my shop'" in capsys.readouterr().err


@there
def test_hints_of_errors_and_findings_name_the_folder(capsys):
    assert main(["-w", "shop", "imports", "undo", "3"]) == 2
    assert "See smmetrics -w shop imports" in capsys.readouterr().err
    assert main(["review", "-w", "shop"]) == 2
    assert "smmetrics -w shop explain S001" in capsys.readouterr().out


@there
def test_where_the_environment_names_the_folder_nothing_is_added(capsys, monkeypatch):
    monkeypatch.setenv("SMMETRICS_WORKSPACE", "shop")
    assert main(["review"]) == 2
    assert "smmetrics explain S001" in capsys.readouterr().out
