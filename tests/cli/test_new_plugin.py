"""`smmetrics plugins new`: what it writes is a plugin that keeps its promises."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from smmetrics.cli.main import main
from smmetrics.testing import AdapterPromises, PackPromises

ROOT = Path(__file__).parents[2]


@pytest.fixture
def tulip(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(["plugins", "new", "tulip_two", "--title", "Tulip Social"]) == 0
    capsys.readouterr()
    return tmp_path / "smmetrics-tulip-two"


def test_it_keeps_its_promises_as_it_is(tulip):
    stated = tomllib.loads((tulip / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    info = tulip / "src" / "smmetrics_tulip_two-0.1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {stated['name']}\nVersion: {stated['version']}\n")
    ((name, module),) = stated["entry-points"]["smmetrics.plugins"].items()
    (info / "entry_points.txt").write_text(f"[smmetrics.plugins]\n{name} = {module}\n")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--import-mode=importlib", "tests"]
    environ = {**os.environ, "PYTHONPATH": f"{tulip / 'src'}:{ROOT}", "SMMETRICS_PIN": "1"}
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tulip, env=environ)
    assert done.returncode == 0, done.stdout[-4000:]
    assert f"{len(AdapterPromises.promises()) + len(PackPromises.promises())} passed" in done.stdout
    environ["SMMETRICS_PLUGINS"] = "tulip_two"
    doctor = [sys.executable, "-m", "smmetrics", "plugins", "doctor"]
    done = subprocess.run(doctor, capture_output=True, text=True, check=False, cwd=tulip, env=environ)
    (told,) = [line.split() for line in done.stdout.splitlines() if line.startswith("tulip_two")]
    assert (done.returncode, told[1], told[-1]) == (0, "loaded", "well"), done.stdout


def test_it_is_written_as_this_house_writes(tulip):
    for what in (
        ["check", "--select", "ALL", "--ignore", "D203,D213,COM812,S101,S311,INP001,CPY001"],
        ["format", "--check"],
    ):
        command = [sys.executable, "-m", "ruff", *what, "--isolated", "--line-length", "120", "--no-cache", str(tulip)]
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tulip)
        assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("Tulip",), "is no name of a plugin"),
        (("tulip-two",), "is no name of a plugin"),
        (("tulip", "--title", 'a"b'), "is no title"),
        (("tulip", "--into", "taken"), "taken is there already"),
    ],
)
def test_what_could_be_no_plugin_is_refused(tmp_path, monkeypatch, capsys, words, said):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "mine").touch()
    assert main(["plugins", "new", *words]) == 2
    assert said in capsys.readouterr().err
    assert [each.name for each in tmp_path.iterdir()] == ["taken"]
