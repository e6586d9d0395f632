"""A sum that must not be is refused at every door: the command line, Python, a strategy's own number, an export, SQL."""

from __future__ import annotations

import json
import sqlite3
from typing import TYPE_CHECKING

import polars as pl
import pytest

from smmetrics.api.errors import UserMistake
from smmetrics.cli.main import main
from smmetrics.export import described
from smmetrics.workspace import Workspace

if TYPE_CHECKING:
    from pathlib import Path

PEOPLE = "reach is not summed"
SUMS = {
    "sum(posts.reach, ours)": PEOPLE,
    "sum(account_counts.reach)": PEOPLE,
    "1 + trailing(sum(posts.reach), days=7)": PEOPLE,
    "sum(max(posts.reach), by=account)": PEOPLE,
    "sum(account_counts.followers)": "followers is not summed",
    "sum(posts.likes) / sum(posts.impressions)": "not paired",
    "mean(posts.likes / impressions)": "mean of quotients",
}
APART = "sum(effort.cost) / count(posts, ours)"
"""Two tables of which one has no accounts: refused where it is cut by them."""
STRATEGY = """
title = "Sums"
timezone = "UTC"
[audiences.all]
who = "people"
[people.ana]
role = "gardener"
[goals.talk]
audience = "all"
people = ["ana"]
[[goals.talk.questions]]
ask = "How many?"
lead = ["mine", "posts_of_ours"]
[metrics.posts_of_ours]
title = "Posts"
formula = "count(posts, ours)"
better = "higher"
[metrics.mine]
title = "Mine"
formula = "{formula}"
better = "higher"
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, samples: Path) -> Path:
    root = tmp_path_factory.mktemp("sums") / "work"
    root.mkdir()
    Workspace(root).import_(next(iter(sorted(samples.glob("tweet_activity*.csv")))))
    return root


@pytest.fixture
def said(folder, capsys):
    def run(*arguments: str) -> tuple[int, str, str]:
        code = main(["-w", str(folder), *arguments])
        told = capsys.readouterr()
        return code, told.out, told.out + told.err

    return run


@pytest.mark.parametrize(("formula", "why"), SUMS.items(), ids=SUMS)
@pytest.mark.parametrize("command", [("measure",), ("formula", "check"), ("formula", "try")], ids=" ".join)
def test_no_command_makes_it(said, command, formula, why, tmp_path):
    asked = tmp_path / "formulas.txt"  # `formula check` reads a file of them
    asked.write_text(f"{formula}\n", encoding="utf-8")
    code, _, told = said(*command, str(asked) if "check" in command else formula)
    assert code == 2
    assert why in " ".join(told.split())


@pytest.mark.parametrize(("formula", "why"), SUMS.items(), ids=SUMS)
def test_python_makes_none(folder, formula, why):
    with pytest.raises(UserMistake, match=why):
        Workspace(folder).measure(formula)


@pytest.mark.parametrize(("formula", "why"), SUMS.items(), ids=SUMS)
def test_no_number_of_a_strategy_and_so_no_export_makes_it(folder, said, tmp_path, formula, why):
    path = folder / "strategy.toml"
    path.write_text(STRATEGY.format(formula=formula), encoding="utf-8")
    try:
        _, _, review = said("review")
        assert why in " ".join(review.split())
        target = tmp_path / "out.json"
        code, _, told = said("export", "--out", str(target), "--format", "json")
        assert code == 0
        assert "Left out, because they cannot be used here: mine." in told
        rows = json.loads(target.read_text(encoding="utf-8"))
        assert {row["metric"] for row in rows} == {"posts_of_ours"}
    finally:
        path.unlink()


def test_what_only_a_cut_makes_wrong_is_refused_by_the_cut(folder, said):
    readings = Workspace(folder).measure(APART, by=("account",))
    assert {(row["state"], row["reason"], row["value"]) for row in readings.frame.to_dicts()} == {
        ("refused", "dimension.absent: account", None)
    }
    _, out, _ = said("measure", APART, "--by", "account", "--format", "json")
    assert {row["state"] for row in json.loads(out)} == {"refused"}


def test_sql_is_no_formula_and_readings_in_a_database_say_what_is_no_number(folder, said):
    """A database can add up whatever it holds; what must not be is not there to be added."""
    code, _, told = said("measure", "select sum(reach) from posts")
    assert code == 2
    assert "select" in told
    readings = Workspace(folder).measure(APART, by=("account",)).frame
    with sqlite3.connect(":memory:") as database:
        database.execute(described.sql())
        names = [name for name in readings.columns if name != "provenance"]
        rows = readings.with_columns(pl.col(pl.Date).cast(pl.String))
        database.executemany(
            f"INSERT INTO readings ({', '.join([*names, 'restated', 'gone', 'provenance'])})"
            f" VALUES ({', '.join('?' * (len(names) + 3))})",
            [[row[name] for name in names] + [False, False, "p"] for row in rows.to_dicts()],
        )
        assert database.execute("SELECT count(*) > 0, sum(value) FROM readings").fetchone() == (1, None)
