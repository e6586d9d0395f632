"""`smmetrics plugins new`: what it writes is a plugin that keeps its promises."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from smmetrics.cli.main import main
from smmetrics.testing import AdapterPromises, PackPromises, PluginPromises

ROOT = Path(__file__).parents[2]


KINDS = {
    "adapter": len(AdapterPromises.promises()) + len(PackPromises.promises()),
    "kpis": len(PackPromises.promises()),
    "panel": len(PluginPromises.promises()),
    "exporter": len(PluginPromises.promises()),
}


@pytest.fixture
def garden(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    for kind in KINDS:
        assert main(["plugins", "new", f"tulip_{kind}", "--title", "Tulip Social", "--kind", kind]) == 0
    told = capsys.readouterr().out
    assert told.count("--no-build-isolation -e smmetrics-tulip-") == len(KINDS)
    return tmp_path


def test_it_keeps_its_promises_as_it_is(garden):
    found = []
    for folder in sorted(garden.iterdir()):
        stated = tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        ((name, module),) = stated["entry-points"]["smmetrics.plugins"].items()
        info = folder / "src" / f"{module}-0.1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {stated['name']}\nVersion: {stated['version']}\n")
        (info / "entry_points.txt").write_text(f"[smmetrics.plugins]\n{name} = {module}\n")
        found.append(folder)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--import-mode=importlib", *found]
    paths = os.pathsep.join((*(str(folder / "src") for folder in found), str(ROOT)))
    environ = {**os.environ, "PYTHONPATH": paths, "SMMETRICS_PIN": "1"}
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=garden, env=environ)
    assert done.returncode == 0, done.stdout[-4000:]
    assert f"{sum(KINDS.values())} passed" in done.stdout
    environ["SMMETRICS_PLUGINS"] = "tulip_adapter"
    doctor = [sys.executable, "-m", "smmetrics", "plugins", "doctor"]
    done = subprocess.run(doctor, capture_output=True, text=True, check=False, cwd=garden, env=environ)
    (told,) = [line.split() for line in done.stdout.splitlines() if line.startswith("tulip_adapter")]
    assert (done.returncode, told[1], told[-1]) == (0, "loaded", "well"), done.stdout


def test_it_is_written_as_this_house_writes(garden):
    for what in (
        ["check", "--select", "ALL", "--ignore", "D203,D213,COM812,S101,S311,INP001,CPY001"],
        ["format", "--check"],
    ):
        command = [sys.executable, "-m", "ruff", *what, "--isolated", "--line-length", "120", "--no-cache", str(garden)]
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=garden)
        assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("Tulip",), "is no name of a plugin"),
        (("tulip-two",), "is no name of a plugin"),
        (("tulip", "--title", 'a"b'), "is no title"),
        (("tulip", "--into", "taken"), "taken is there already"),
        (("tulip", "--kind", "rose"), "'rose' is not one of"),
    ],
)
def test_what_could_be_no_plugin_is_refused(tmp_path, monkeypatch, capsys, words, said):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "mine").touch()
    assert main(["plugins", "new", *words]) == 2
    assert said in capsys.readouterr().err
    assert [each.name for each in tmp_path.iterdir()] == ["taken"]
