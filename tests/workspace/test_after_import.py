"""The last line of an import says how much the review finds, and nothing where nothing came in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from smmetrics.cli.main import main
from smmetrics.workspace import init

if TYPE_CHECKING:
    from pathlib import Path

STRATEGY = """
title = "A shop"
purpose = "People who garden get help"
timezone = "UTC"
[channels.blog]
platform = "blogs"
account = "elsewhere.example"
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = init(tmp_path / "work", zone="UTC").root
    (root / "strategy.toml").write_text(STRATEGY, encoding="utf-8")
    return root


def last(capsys: pytest.CaptureFixture[str], *arguments: object) -> str:
    assert main(list(map(str, arguments))) == 0
    return capsys.readouterr().out.splitlines()[-1]


def test_the_last_line_counts_what_the_review_finds_and_names_the_command(root: Path, samples: Path, capsys) -> None:
    file = next(iter(samples.glob("*.xml")))
    said = last(capsys, "-w", root, "import", file)
    assert re.fullmatch(r"The review finds 1 error, \d+ warnings?(, \d+ notes?)?: smmetrics -w \S+ review --data", said)
    assert "review" not in last(capsys, "-w", root, "import", file), "nothing came in"


def test_a_dry_run_and_json_say_nothing_of_it(root: Path, samples: Path, capsys) -> None:
    file = next(iter(samples.glob("*.xml")))
    assert last(capsys, "-w", root, "import", "--dry-run", file) == "Dry run: nothing was kept."
    assert "review" not in last(capsys, "-w", root, "import", "--json", file)


def test_without_a_strategy_nothing_is_reviewed(tmp_path: Path, samples: Path, capsys) -> None:
    assert "review" not in last(capsys, "-w", tmp_path / "bare", "import", next(iter(samples.glob("*.xml"))))
