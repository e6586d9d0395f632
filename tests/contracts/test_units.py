from __future__ import annotations

import pytest

from smmetrics.contracts.formula import units


@pytest.mark.parametrize(
    ("text", "declared", "may"),
    [
        ("count(posts)", "count", True),
        ("count(posts)", "percent", False),
        ("count(posts)", "duration", False),
        ("share(posts, ours)", "percent", True),
        ("share(posts, ours)", "count", False),
        ("ratio(posts, likes, views)", "percent", True),
        ("ratio(posts, likes, views)", "money", False),
        ("mean(posts.likes)", "count", True),
        ("sum(effort.cost) / count(posts)", "money", True),
        ("sum(effort.cost) / count(posts)", "ratio", False),
        ("sum(effort.minutes) / 60", "duration", True),
        ("sum(effort.minutes)", "duration", False),
        ("sum(effort.minutes) / 30", "duration", False),
        ("mean(posts.watch_seconds) / 3600", "duration", True),
        ("sum(effort.minutes) * 2 / 120", "duration", True),
        ("sum(effort.minutes) / k", "duration", True),
        ("wait(threads, created_at, replied_at)", "duration", True),
        ("wait(threads, created_at, replied_at)", "count", False),
        ("ratio(posts, watch_seconds, views * duration_seconds)", "percent", True),
        ("mean(posts.score)", "index", True),
        ("mean(posts.score)", "money", False),
        ("count(posts) / period_days * 7", "count", True),
    ],
)
def test_a_metric_may_declare_only_a_unit_its_formula_can_have(read, text, declared, may):
    assert units.may_be(declared, read(text).quantity) is may


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("2 * share(posts, ours) - 1", "index"),
        ("share(posts, ours) - share(posts, theirs)", "index"),
        ("1 - share(posts, ours)", "index"),
        ("100 * share(posts, ours)", "index"),
        ("share(posts, ours) * count(posts)", "count"),
        ("count(posts) * count(posts)", "count"),
        ("count(posts) / count(threads)", "ratio"),
        ("log(count(posts))", "index"),
        ("sum(effort.cost) / (sum(effort.minutes) / 60)", ""),
        ("-count(posts)", "count"),
        ("count(posts) + 1", "count"),
        ("1 + count(posts)", "count"),
    ],
)
def test_arithmetic_carries_units(read, text, unit):
    assert read(text, pairing="told apart on purpose").unit == unit


def test_division_by_a_constant_zero_reads_and_its_unit_is_open(read):
    assert read("sum(effort.minutes) / 0").unit == "duration"
