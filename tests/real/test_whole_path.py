"""From real exports to numbers, through the command line, against counts of the standard library alone."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import pytest

from tests.spoken import done

SHARED = Path(__file__).parents[3] / "shared" / "datasets"
LEGACY = SHARED / "x" / "ropensci-org"
needs_files = pytest.mark.skipif(not LEGACY.is_dir(), reason="the shared real exports are not on this machine")
needs_blogs = pytest.mark.skipif(not (SHARED / "blogs").is_dir(), reason="the shared WXR files are not on this machine")
COUNTS = {"impressions": "impressions", "likes": "likes", "comments": "replies"}


def smmetrics(*arguments: str | Path) -> str:
    """What a command says, run in this process: a process for each would start forty times."""
    ended = done(*arguments)
    assert ended.code == 0, f"{arguments}: exit {ended.code}\n{ended.stdout}\n{ended.stderr}"
    return ended.stdout


def process(*arguments: str | Path) -> str:
    ended = subprocess.run(
        [sys.executable, "-m", "smmetrics", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "NO_COLOR": "1"},
    )
    assert ended.returncode == 0, f"{arguments}: exit {ended.returncode}\n{ended.stdout}\n{ended.stderr}"
    return ended.stdout


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def counted_by_the_standard_library() -> dict[str, dict[str, Decimal]]:
    months: dict[str, dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for path in sorted(LEGACY.glob("*.csv")):
        for row in rows_of(path):
            month = row["time"][:7]
            months[month]["posts"] += 1
            for ours, theirs in COUNTS.items():
                months[month][ours] += Decimal(row[theirs])
    return months


def per_month(workspace: Path, *formulas: str) -> dict[str, dict[str, Decimal]]:
    asked = ("-w", workspace, "measure", *formulas, "--grain", "month", "--format", "json")
    rows = json.loads(smmetrics(*asked), parse_float=Decimal)
    by_formula: dict[str, dict[str, Decimal]] = {row["metric"]: {} for row in rows}
    for row in rows:
        if row["value"] is not None:
            by_formula[row["metric"]][row["period_start"][:7]] = Decimal(row["value"])
    return by_formula


@pytest.fixture(scope="module")
def legacy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    workspace = tmp_path_factory.mktemp("legacy")
    rows = json.loads(process("-w", workspace, "import", LEGACY, "--json"))
    assert len(rows) == 36
    return workspace


@needs_files
def test_nothing_of_the_legacy_exports_is_lost(legacy: Path) -> None:
    rows = json.loads(smmetrics("-w", legacy, "imports", "--json"))
    expected = sum(len(rows_of(path)) for path in LEGACY.glob("*.csv"))
    assert sum(row["records_in"] for row in rows) == expected
    assert sum(row["kept"] + row["duplicate"] for row in rows) == expected
    assert {row["quarantined"] for row in rows} == {0}


@needs_files
def test_sums_per_month_equal_a_count_of_the_standard_library(legacy: Path) -> None:
    formulas = {"posts": "count(posts)"} | {name: f"sum(posts.{name})" for name in COUNTS}
    counted = counted_by_the_standard_library()
    assert per_month(legacy, *formulas.values()) == {
        formula: {month: row[name] for month, row in counted.items()} for name, formula in formulas.items()
    }


@needs_files
def test_saves_on_the_legacy_export_are_no_zero(legacy: Path) -> None:
    rows = json.loads(
        smmetrics("-w", legacy, "measure", "sum(posts.saves)", "communicating.save_rate", "--format", "json")
    )
    assert {row["value"] for row in rows} == {None}
    assert {row["state"] for row in rows} <= {"not_measurable", "not_reported"}


@needs_files
def test_another_order_and_a_second_time_change_nothing(legacy: Path, tmp_path: Path) -> None:
    files = sorted(LEGACY.glob("*.csv"), reverse=True)
    smmetrics("-w", tmp_path, "import", *files[:20])
    smmetrics("-w", tmp_path, "import", *files[10:])
    again = json.loads(smmetrics("-w", tmp_path, "import", LEGACY, "--json"))
    assert {row["status"] for row in again} == {"duplicate"}
    formulas = ("count(posts)", "sum(posts.impressions)")
    assert per_month(tmp_path, *formulas) == per_month(legacy, *formulas)
    shown = [
        smmetrics(
            "-w", workspace, "table", "posts", "--columns", "post_id,created_at,likes,comments", "--format", "csv"
        )
        for workspace in (legacy, tmp_path)
    ]
    assert sorted(shown[0].splitlines()) == sorted(shown[1].splitlines())


@needs_files
def test_an_own_formula_appears_in_coverage_measure_and_export(legacy: Path, tmp_path: Path) -> None:
    shutil.copytree(legacy, tmp_path, dirs_exist_ok=True)
    (tmp_path / "strategy.toml").write_text(
        """
title = "Software for science"
purpose = "Researchers who get stuck find somebody who helps"
timezone = "UTC"
[audiences.researchers]
who = "people who write analysis code"
[people.stef]
role = "community manager"
hours_per_week = 10
[goals.talk]
why = "people who are answered come back"
audience = "researchers"
people = ["stef"]
activities = ["communicating"]
[[goals.talk.questions]]
ask = "Do people answer us?"
lead = ["answers_per_post"]
[metrics.answers_per_post]
title = "Answers per post"
formula = "mean(posts.comments, ours and not is_reply)"
better = "higher"
[channels.x]
platform = "x"
account = "rOpenSci"
serves = ["talk"]
because = "researchers ask there"
""",
        encoding="utf-8",
    )
    cells = json.loads(smmetrics("-w", tmp_path, "coverage", "--json"))
    assert {cell["metric"] for cell in cells} == {"answers_per_post"}
    assert {cell["status"] for cell in cells} <= {"measurable", "partly"}
    measured = json.loads(smmetrics("-w", tmp_path, "measure", "answers_per_post", "--format", "json"))
    exported = json.loads(smmetrics("-w", tmp_path, "export", "--format", "json"))
    replies, posts = Decimal(0), 0
    for path in LEGACY.glob("*.csv"):
        for row in rows_of(path):
            if not row["Tweet text"].startswith("@"):
                replies, posts = replies + Decimal(row["replies"]), posts + 1
    assert measured[0]["value"] == pytest.approx(float(replies / posts), rel=1e-12)
    assert exported[0]["value"] == measured[0]["value"]
    assert exported[0]["goal"] == "talk"


@needs_blogs
@pytest.mark.parametrize("path", sorted((SHARED / "blogs").glob("w*/*.xml")), ids=lambda path: path.name)
def test_every_wxr_file_imports_with_nothing_lost(path: Path, tmp_path: Path) -> None:
    (row,) = json.loads(smmetrics("-w", tmp_path, "import", path, "--json"))
    assert row["status"] == "imported"
    assert row["quarantined"] == 0
    assert row["records_in"] == row["kept"] + row["duplicate"]
