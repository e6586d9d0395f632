"""Two processes that know nothing of each other write the same bytes of the same workspace."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

import pytest

from smmetrics.cli.main import main

WRITES = """
import sys
from smmetrics.cli.main import main
work, out = sys.argv[1:]
for grain in ("week", "total"):
    assert main(["-w", work, "export", "--grain", grain, "--by", "platform", "--out", f"{out}/{grain}.json"]) == 0
assert main(["-w", work, "report", "--static", "--grain", "week", "--out", f"{out}/report.html"]) == 0
"""


@pytest.mark.slow
def test_exports_and_a_static_report_are_the_same_bytes_in_two_processes(tmp_path):
    work = tmp_path / "work"
    assert main(["demo", str(work)]) == 0
    found = []
    for threads in ("1", "4"):
        shutil.rmtree(work / "cache", ignore_errors=True)
        out = tmp_path / threads
        out.mkdir()
        told = {**os.environ, "POLARS_MAX_THREADS": threads, "PYTHONHASHSEED": threads}
        done = subprocess.run(
            [sys.executable, "-c", WRITES, str(work), str(out)], env=told, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        found.append(
            {path.name: path.read_bytes() for path in sorted(out.iterdir()) if path.suffix in {".json", ".html"}}
        )
    one, other = found
    assert {"week.json", "total.json", "report.html"} <= one.keys()
    assert {name for name in one if one[name] != other[name]} == set()
