"""What the command line imports; how long it takes to begin is measured in tests/benchmarks/startup.py."""

from __future__ import annotations

import subprocess
import sys

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
