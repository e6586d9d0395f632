"""`smmetrics report` and `smmetrics lab`: files where they belong, and words where something is missing."""

from __future__ import annotations

import json
import os
import sys
from datetime import date

import nbformat
import pytest

import smmetrics as smm
from smmetrics.cli import lab
from smmetrics.cli.main import main
from smmetrics.cli.report import slug


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A workspace of the sample, made once."""
    from smmetrics.workspace.demo import make_demo

    return make_demo(tmp_path_factory.mktemp("report") / "demo").workspace.root


@pytest.fixture
def begun(tmp_path):
    """A workspace without data."""
    smm.init(tmp_path / "acme")
    return tmp_path / "acme"


@pytest.fixture(scope="module")
def goal(made):
    """The first goal of the sample."""
    return smm.open(made).source().goals[0]


def said(capsys):
    out, err = capsys.readouterr()
    return out.splitlines(), err


@pytest.mark.parametrize(
    ("words", "holds"),
    [
        (("r.html", "--static", "--since", "2026-07-01", "--until", "2026-08-01"), "2026-07-01 – 2026-07-31"),
        (("r.html", "--for", "board"), 'data-edition="board"'),
        (("r.md", "--for", "public", "--grain", "week"), "- Shown: by week"),
    ],
)
def test_the_last_line_is_the_path_of_the_report(made, tmp_path, capsys, words, holds):
    name, *options = words
    out = tmp_path / name
    assert main(["-w", str(made), "report", *options, "--out", str(out)]) == 0
    lines, _ = said(capsys)
    assert lines[-1] == str(out)
    assert holds in out.read_text(encoding="utf-8")


def test_a_report_of_one_goal_holds_what_a_report_is_for(made, goal, tmp_path):
    out = tmp_path / "r.md"
    assert main(["-w", str(made), "report", goal.name, "--out", str(out)]) == 0
    text = out.read_text(encoding="utf-8")
    heading = goal.name.replace("-", " ").capitalize()
    for holds in (f"## {heading}", "> ", "computed as:", "Data until:", "Hours a week:", f"- Goals: {goal.name}\n"):
        assert holds in text
    assert text.count("\n## ") <= 3


def test_without_out_the_report_goes_to_the_workspaces_reports(begun, capsys):
    (begun / "reports").rmdir()
    assert main(["-w", str(begun), "report"]) == 0
    lines, _ = said(capsys)
    (made,) = (begun / "reports").iterdir()
    assert lines[-1] == str(made)
    day = made.name.removesuffix(".html")[-10:]
    assert date.fromisoformat(day)


def test_a_workspace_without_data_gets_a_report_that_says_what_to_do(begun, tmp_path):
    out = tmp_path / "r.md"
    assert main(["-w", str(begun), "report", "--out", str(out)]) == 0
    assert "smmetrics" in out.read_text(encoding="utf-8")
    assert "no data yet" in out.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--out", "r.docx"), "End its name with one of .html, .md, .pdf"),
        (("--for", "boss"), "'team', 'board', 'public'"),
        (("--grain", "year"), "'quarter'"),
        (("--out", "gone/r.html"), "is not there"),
        (("nothing-like-it",), "Known: "),
    ],
)
def test_a_mistake_is_said_and_leaves_no_file(begun, capsys, monkeypatch, words, says):
    there = sorted(begun.iterdir())
    monkeypatch.chdir(begun)
    assert main(["report", *words]) == 2
    assert says in said(capsys)[1]
    assert sorted(begun.iterdir()) == there


def test_a_goal_nearly_named_is_offered(made, goal, capsys):
    assert main(["-w", str(made), "report", goal.name[:-1]]) == 2
    assert f"Did you mean {goal.name}?" in said(capsys)[1]


def test_where_there_is_no_workspace_there_is_no_report(tmp_path, capsys):
    assert main(["-w", str(tmp_path), "report"]) == 2
    assert "smmetrics init" in said(capsys)[1]


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Sample: a garden shop", "sample-a-garden-shop"),
        ("../../etc/passwd", "etc-passwd"),
        ("Grün & Söhne", "grun-sohne"),
        ("東京", "report"),
        ("", "report"),
        ("x" * 200, "x" * 60),
    ],
)
def test_a_title_gives_a_name_that_any_system_takes(title, name):
    assert slug(title) == name


class TestLab:
    """The workspace's notebook, and how JupyterLab is started."""

    @pytest.fixture
    def started(self, monkeypatch):
        calls = []
        monkeypatch.setattr(os, "execv", lambda path, arguments: calls.append((path, arguments)))
        monkeypatch.setattr(lab.subprocess, "Popen", Waited(calls))
        return calls

    def test_it_starts_this_interpreters_jupyterlab_in_the_workspace(self, begun, started):
        assert main(["-w", str(begun), "lab", "--no-browser", "--port", "8890"]) == 0
        ((path, arguments), *_) = started
        assert path == sys.executable
        assert arguments[:4] == [sys.executable, "-P", "-m", "jupyterlab"]
        assert {
            f"--ServerApp.root_dir={begun.resolve()}",
            "--LabApp.default_url=/lab/tree/dashboard.ipynb",
            "--ServerApp.port=8890",
            "--no-browser",
        } <= set(arguments)

    def test_a_browser_is_opened_unless_one_says_no(self, begun, started):
        main(["-w", str(begun), "lab"])
        assert "--no-browser" not in started[0][1]

    @pytest.mark.usefixtures("started")
    def test_the_notebook_is_whole_and_shows_the_dashboard(self, begun, capsys):
        main(["-w", str(begun), "lab"])
        notebook = nbformat.read(begun / "dashboard.ipynb", as_version=4)
        nbformat.validate(notebook)
        code = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
        assert code[0] == 'import smmetrics as smm\n\nws = smm.open(".")'
        assert code[1] == "ws.dashboard()"
        assert "dashboard.ipynb" in said(capsys)[1]

    def test_a_notebook_that_is_there_is_never_overwritten(self, begun, started, capsys):
        (begun / "dashboard.ipynb").write_text("mine")
        main(["-w", str(begun), "lab"])
        assert (begun / "dashboard.ipynb").read_text() == "mine"
        assert len(started) >= 1
        assert "Wrote" not in said(capsys)[1]

    @pytest.mark.parametrize("root", [True, False])
    def test_root_is_told_how_to_be_let_in(self, begun, started, monkeypatch, capsys, root):
        monkeypatch.setattr(lab, "is_root", lambda: root)
        main(["-w", str(begun), "lab"])
        assert ("smmetrics lab --allow-root" in said(capsys)[1]) is root
        main(["-w", str(begun), "lab", "--allow-root"])
        assert "--allow-root" not in said(capsys)[1]
        assert "--allow-root" in started[-1][1]
        assert "--allow-root" not in started[0][1]

    def test_without_jupyterlab_it_is_said_how_to_get_it(self, begun, started, monkeypatch, capsys):
        monkeypatch.setattr(lab, "find_spec", lambda _: None)
        assert main(["-w", str(begun), "lab"]) == 2
        assert "pip install jupyterlab" in said(capsys)[1]
        assert not (begun / "dashboard.ipynb").exists()
        assert started == []

    def test_where_a_process_cannot_be_replaced_ctrl_c_waits_for_its_end(self, monkeypatch):
        calls = []
        monkeypatch.setattr(lab.os, "name", "nt")
        monkeypatch.setattr(lab.subprocess, "Popen", Waited(calls, interrupted=2, code=7))
        assert lab._run(["python", "-m", "jupyterlab"]) == 7
        assert len(calls) == 1

    def test_the_notebook_reads_as_json_and_is_the_same_each_time(self):
        assert json.loads(lab.notebook_text())["nbformat"] == 4
        assert lab.notebook_text() == lab.notebook_text()


class Waited:
    """A process that ends after so many interruptions."""

    def __init__(self, calls, *, interrupted=0, code=0):
        self.calls, self.interrupted, self.code = calls, interrupted, code

    def __call__(self, arguments):
        self.calls.append((arguments[0], arguments))
        return self

    def __enter__(self):
        return self

    def __exit__(self, *_):
        return None

    def wait(self):
        if self.interrupted:
            self.interrupted -= 1
            raise KeyboardInterrupt
        return self.code
