"""The eight templates, each reviewed with all plugins of this house: exactly these findings, in these words.

Where a plugin learns more, some of them change. Then read the new ones as the template's reader would before you keep
them: `KEEP_GOLDEN=1 python -m pytest tests/strategy/test_golden.py`.
"""

from __future__ import annotations

import datetime as dt
import os
from importlib.resources import files
from pathlib import Path

import pytest

from smmetrics.workspace import Workspace
from smmetrics.workspace.reviewing import reviewed

TEMPLATES = {
    Path(file.name).stem: file
    for file in (files("smmetrics.strategy") / "templates").iterdir()
    if file.name.endswith(".toml")
}
GOLDEN = Path(__file__).parent / "golden"
TODAY = dt.date(2026, 12, 1)
NAMES = {"brand", "care", "internal", "investor-relations", "nonprofit", "open-source", "product", "team"}


def told(folder, name):
    """What a review of a template says: a block for each finding."""
    (folder / "strategy.toml").write_bytes(TEMPLATES[name].read_bytes())
    findings = reviewed(Workspace(folder), today=TODAY)
    blocks = (f"{f.level} {f.code} {f.where} (line {f.line})\n  {f.message}\n  {f.hint}\n" for f in findings)
    return "\n".join(blocks)


def test_all_eight_templates_are_here():
    assert set(TEMPLATES) == NAMES == {file.stem for file in GOLDEN.glob("*.txt")}


@pytest.mark.parametrize("name", sorted(NAMES))
def test_a_template_has_exactly_the_findings_it_should_have(name, tmp_path):
    found = told(tmp_path, name)
    file = GOLDEN / f"{name}.txt"
    if os.environ.get("KEEP_GOLDEN"):
        file.write_text(found, encoding="utf-8")
    assert found == file.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", sorted(NAMES))
def test_a_template_has_no_error(name, tmp_path):
    assert "error" not in {block.split()[0] for block in told(tmp_path, name).split("\n\n")}
