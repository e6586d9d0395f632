"""A plugin's format is written like the core's: by name or by ending, whole or not at all, with its provenance."""

from __future__ import annotations

import json
import sys
from types import ModuleType

import pytest

from smmetrics.api import About, Exporter, hookimpl
from smmetrics.cli import measure
from smmetrics.cli.main import main
from smmetrics.registry import Registry
from smmetrics.workspace import Workspace


class Lines:
    """A plugin that writes readings as lines of text."""

    exporters = (Exporter(name="lines", suffix=".lines", load="lines_code:write"),)

    @hookimpl
    def smmetrics_about(self):
        return About(name="lines", title="Lines", api=1)

    @hookimpl
    def smmetrics_exporters(self):
        return self.exporters


WINDOW = ("--since", "2026-06-01", "--until", "2026-07-01")


def write(readings, out):
    out.write_text("".join(f"{row['metric']}={row['state']}\n" for row in readings.iter_rows(named=True)))


@pytest.fixture(autouse=True)
def code(monkeypatch):
    """The module with the plugin's code."""
    module = ModuleType("lines_code")
    module.write = write
    monkeypatch.setitem(sys.modules, "lines_code", module)
    return module


@pytest.fixture
def run(tmp_path, monkeypatch, capsys):
    """Runs a command on a workspace of the plugin alone."""
    Workspace(tmp_path, registry=Registry.of()).make_store()
    (tmp_path / "strategy.toml").write_text('title = "T"\npurpose = "P"\n', encoding="utf-8")

    def run(*words, code=0):
        opened = Workspace(tmp_path, registry=Registry.of(Lines()))
        monkeypatch.setattr(measure, "open_here", lambda: opened)
        found = main(["measure", "count(posts)", *WINDOW, *map(str, words)])
        said = capsys.readouterr()
        assert found == code, said
        return said.out + said.err

    return run


@pytest.mark.parametrize(
    "words", [("--out", "june.lines"), ("--out", "JUNE.LINES"), ("--format", "lines", "--out", "a.b")]
)
def test_it_is_written_by_ending_and_by_name(run, tmp_path, words):
    file = tmp_path / words[-1]
    assert "Wrote 1 rows" in run(*words[:-1], file)
    assert file.read_text() == "count(posts)=not_covered\n"
    assert json.loads((tmp_path / f"{file.name}.provenance.json").read_text())["file"] == file.name


def test_without_a_file_it_is_said_that_it_needs_one(run):
    assert "lines is no text, it needs a file." in run("--format", "lines", code=2)


def test_unknown_formats_are_told_with_those_of_plugins_before_anything_is_measured(run, tmp_path, monkeypatch):
    monkeypatch.setattr(Workspace, "measure", lambda *_, **__: pytest.fail("measured"))
    assert "Known: table, csv, csv-sheet, json, parquet, xlsx, lines." in run("--format", "odd", code=2)
    assert ".xlsx, .lines, or add --format" in run("--out", tmp_path / "a.odd", code=2)


@pytest.mark.parametrize(("failing", "why"), [(lambda: 1 / 0, "ZeroDivisionError"), (sys.exit, "SystemExit")])
def test_code_that_fails_leaves_what_stood_there(run, tmp_path, code, failing, why):
    file = tmp_path / "june.lines"
    file.write_text("before")
    code.write = lambda _, out: out.write_text("half") and failing()
    said = run("--out", file, code=5)
    assert f"the code that writes the format lines (lines_code:write) failed: {why}" in said
    assert file.read_text() == "before"
    assert sorted(each.name for each in tmp_path.glob("*june*")) == ["june.lines"]


@pytest.mark.parametrize(
    ("record", "why"),
    [
        (Exporter(name="csv", suffix=".c", load="a.b:c"), "The export format 'csv' is defined by the core"),
        (
            Exporter(name="other", suffix=".csv", load="a.b:c"),
            "The ending of an export format '.csv' is defined by the",
        ),
        (Exporter(name="other", suffix="odd", load="a.b:c"), "'odd' is no ending of a file's name"),
        (Exporter(name="lines", suffix=".l", load="a.b:c"), "The export format 'lines' is defined twice"),
    ],
)
def test_a_format_that_is_somebody_elses_is_told(record, why):
    class Odd(Lines):
        exporters = (*Lines.exporters, record)

    catalogue = Workspace(".", registry=Registry.of(Odd())).catalogue
    assert [why in fault.message for fault in catalogue.faults] == [True]
    assert set(catalogue.exporters) == (set() if record.name == "lines" else {"lines"})
