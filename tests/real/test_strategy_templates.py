"""The eight complete strategies: each reads without a fault, and a review says what is not installed, nothing worse."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from types import SimpleNamespace

import pytest

from smmetrics.strategy import own_metrics, questions, read, review, scope

FOLDER = Path(__file__).parents[3] / "shared" / "templates"
FILES = sorted(FOLDER.glob("*.toml"))
NAMES = ["brand", "care", "internal", "investor-relations", "nonprofit", "open-source", "product", "team"]
pytestmark = pytest.mark.skipif(not FILES, reason="the shared templates are not on this machine")
NOTHING = SimpleNamespace(metrics={}, goal_types={}, platforms={}, defined=(), faults=())
EACH = pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)


def test_all_eight_are_here():
    assert [file.stem for file in FILES] == NAMES


@EACH
def test_it_reads_and_no_word_of_it_is_unknown(file):
    found = read(file)
    assert found.origin.notices == ()
    assert found.raw == tomllib.loads(file.read_text(encoding="utf-8"))


@EACH
def test_every_table_and_metric_is_on_its_line(file):
    found, seen = read(file), {}
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        if header := re.match(r"\[([a-z_.-]+)\]", line):
            assert found.line(*header[1].split(".")) == number
        if header := re.match(r"\[\[([a-z_.-]+)\]\]", line):
            seen[header[1]] = seen.get(header[1], -1) + 1
            table = (*header[1].split("."), seen[header[1]])
            assert found.line(*table) == number
        if line.startswith("metric ="):
            assert found.line(*table, "metric") == number


@EACH
def test_every_target_and_baseline_agree_in_kind(file):
    for goal in read(file).goals.values():
        for target in goal.targets:
            assert target.baseline.kind == target.value.kind


@EACH
def test_without_any_plugin_nothing_is_an_error(file):
    strategy = read(file)
    findings = review(strategy, NOTHING)
    assert [f for f in findings if f.level == "error"] == []
    packs = {goal.type.partition(".")[0] for goal in strategy.goals.values()}
    missing = " ".join(f.message for f in findings if f.code == "SMM-S010")
    assert [pack for pack in packs if pack not in missing] == []


@EACH
def test_it_turns_into_records(file):
    strategy = read(file)
    assert {q.goal for q in questions(strategy, NOTHING)} == set(strategy.goals)
    planned = sum(hours for goal in strategy.goals.values() for hours in goal.hours.values())
    assert sum(plan.hours_per_week for plan in scope(strategy).plan) == planned
    assert [own.name for own in own_metrics(strategy)] == list(strategy.raw.get("metrics", {}))
