"""docs/formulas.md: every block of the page is run on the sample workspace, and gives what the page says."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from smmetrics.cli.main import main
from smmetrics.contracts.formula import FormulaError
from smmetrics.contracts.formula.words import CONSTANTS, functions
from smmetrics.export.values import shown
from smmetrics.export.words import STATES
from smmetrics.strategy import own_metrics, read_bytes
from smmetrics.workspace.demo import make_demo

PAGE = (Path(__file__).parents[2] / "docs" / "formulas.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
LINES = [line for kind, text in BLOCKS if kind == "python" for line in text.splitlines()]
MISTAKES = re.findall(r"^```wrong\n(.*?)\n```\n```message\n(.*?)\n```\n```python\n", PAGE, re.DOTALL | re.MULTILINE)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    return make_demo(tmp_path_factory.mktemp("formulas") / "demo").workspace


def test_every_kind_of_block_is_run_here():
    assert {kind for kind, _ in BLOCKS} == {"python", "wrong", "message", "toml", "sh"}
    assert len(MISTAKES) == sum(kind == "wrong" for kind, _ in BLOCKS) > 10


def test_every_formula_gives_what_the_page_says(workspace):
    stated = dict(re.split(r"\s+# ", line) for line in LINES)
    given = {
        row["metric"]: shown(row["value"], row["unit"]) if row["value"] is not None else STATES[row["state"]]
        for row in workspace.measure(*stated).frame.iter_rows(named=True)
    }

    assert given == stated


@pytest.mark.parametrize(("formula", "message"), MISTAKES)
def test_every_mistake_gives_the_message_of_the_page(workspace, formula, message):
    with pytest.raises(FormulaError) as caught:
        workspace.catalogue.own_metric("own", title=formula, formula=formula)
    said, hint = message.splitlines()

    assert caught.value.message == f"{said} (character {caught.value.position + 1})"
    assert caught.value.hint == hint


def test_the_own_metrics_of_the_page_can_be_measured(workspace):
    (text,) = [text for kind, text in BLOCKS if kind == "toml"]
    found = read_bytes(f'title = "T"\npurpose = "P"\n{text}'.encode())
    catalogue = workspace.installed.with_own(own_metrics(found))

    assert catalogue.faults == workspace.installed.faults
    assert {"kept_posts", "answered_in_time", "time_in_dialogue"} <= set(catalogue.metrics)


@pytest.mark.parametrize("line", [line for kind, text in BLOCKS if kind == "sh" for line in text.splitlines()])
def test_every_command_of_the_page_runs(workspace, monkeypatch, capsys, line):
    monkeypatch.chdir(workspace.root)
    (workspace.root / "formulas.txt").write_text("count(posts, ours)\n", encoding="utf-8")
    program, *arguments = shlex.split(line)

    assert program == "smmetrics"
    assert main(arguments) == 0
    assert capsys.readouterr().out


def test_the_page_names_every_function_and_constant():
    assert [word for word in (*functions(), *CONSTANTS) if f"`{word}" not in PAGE and f"{word}(" not in PAGE] == []
