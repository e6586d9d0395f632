"""What the command line imports, and how long it takes to begin."""

from __future__ import annotations

import subprocess
import sys
from importlib import util
from pathlib import Path

import pytest

import smmetrics

HEAVY = ("polars", "altair", "ipywidgets", "pydantic", "scipy", "pandas", "deltalake")


def imported(code):
    """All modules a fresh interpreter holds after this code."""
    ask = "import atexit, sys; atexit.register(lambda: sys.stderr.write('|'.join(sys.modules)))\n"
    done = subprocess.run([sys.executable, "-c", ask + code], capture_output=True, text=True, check=False)
    return set(done.stderr.split("|")), done.stdout


def test_importing_smmetrics_pulls_none_of_the_heavy_libraries():
    modules, _ = imported("import smmetrics")
    assert "smmetrics" in modules
    assert not modules & {*HEAVY, "click", "rich", "pluggy"}


def test_version_is_answered_before_click_is_imported():
    modules, said = imported("from smmetrics.cli.main import main; main(['--version'])")
    assert said == f"smmetrics {smmetrics.__version__}\n"
    assert not modules & {*HEAVY, "click", "rich", "pluggy", "importlib.metadata", "typing", "re"}


def test_plugins_list_needs_neither_pluggy_nor_rich():
    modules, said = imported("from smmetrics.cli.main import main; main(['plugins', 'list'])")
    assert said.startswith(("name", "No plugin"))
    assert not modules & {*HEAVY, "rich", "pluggy", "smmetrics.api"}
    assert not {name for name in modules if name.startswith("smmetrics_")}


def test_help_imports_no_command():
    modules, said = imported("from smmetrics.cli.main import main; main(['--help'])")
    assert "Compute metrics or formulas." in said
    assert not modules & {
        *HEAVY,
        "rich",
        "pluggy",
        "smmetrics.cli.measure",
        "smmetrics.registry",
        "smmetrics.workspace",
    }


@pytest.mark.parametrize("name", ["--version", "--help", "plugins list"])
def test_startup_stays_within_its_budget(name):
    path = Path(__file__).parents[1] / "benchmarks" / "startup.py"
    spec = util.spec_from_file_location("startup", path)
    startup = util.module_from_spec(spec)
    spec.loader.exec_module(startup)
    command, limit = startup.COMMANDS[name]
    startup.seconds(command)
    bare, least = [startup.seconds(startup.BARE)], [startup.seconds(command)]
    while min(least) > limit * min(bare) and len(bare) < 25:  # a busy machine needs more tries to show a quiet one
        bare.append(startup.seconds(startup.BARE))
        least.append(startup.seconds(command))
    assert min(least) <= limit * min(bare)
