"""Every number that smmetrics gives over the story is the one that was planted."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from importlib.resources import files

import polars as pl
import pytest

from smmetrics.workspace import Workspace
from smmetrics_samples.garden import write
from smmetrics_samples.planner import plan
from smmetrics_samples.truth import as_csv, rows
from smmetrics_samples.truth.hold import differences

TABLE = rows()
PACKS = ("communicating", "resourcing")


@pytest.mark.parametrize("metric", list(dict.fromkeys(row.metric for row in TABLE)))
def test_every_reading_of_a_metric_is_what_was_planted(workspace, metric):
    assert differences(workspace, [row for row in TABLE if row.metric == metric]) == []


def test_every_metric_of_the_packs_and_of_the_strategy_has_rows(workspace):
    defined = {id_ for id_ in workspace.catalogue.metrics if id_.partition(".")[0] in PACKS or "." not in id_}
    assert {row.metric for row in TABLE} == defined


def test_what_goals_export_is_what_was_planted(workspace):
    planted = {row.metric: row for row in TABLE if (row.slice, row.period) == ("", "all")}
    for reading in workspace.export().frame.iter_rows(named=True):
        row = planted[reading["metric"]]
        assert reading["state"] == row.state, reading["metric"]
        assert reading["value"] == (row.value and pytest.approx(row.value, rel=1e-9)), reading["metric"]


def test_what_a_month_is_compared_with_is_the_month_before(workspace):
    planted = {(row.metric, row.period): row.value for row in TABLE if not row.slice}
    compared = workspace.export(grain="month").frame.filter(pl.col("change").is_not_null())
    grown = compared.filter(~pl.col("reason").str.contains("posts.young"))
    assert grown.height > 10
    # Posts that the last file of a month shows too young leave both sides: the whole month is compared with no other.
    assert set(compared.get_column("age_basis")) == {"matured"}
    for reading in grown.iter_rows(named=True):
        start = reading["period_start"]
        before = planted[reading["metric"], f"{start.replace(day=1) - timedelta(days=1):%Y-%m}"]
        assert reading["previous"] == pytest.approx(before, rel=1e-9), reading["metric"]
        assert reading["change"] == pytest.approx(reading["value"] - before, abs=1e-9), reading["metric"]


def test_a_wrong_number_is_found(workspace):
    row = next(row for row in TABLE if row.metric == "communicating.reply_share" and row.value)
    wrong = type(row)(**(row.record() | {"value": row.value + 1e-6, "n": row.n + 1}))
    assert len(differences(workspace, [wrong])) == 2


def test_the_table_that_is_shipped_is_the_oracles():
    text = (files("smmetrics_samples") / "truth.csv").read_text(encoding="utf-8")
    assert text == as_csv(TABLE)
    assert len(list(csv.DictReader(text.splitlines()))) == len(TABLE)


@pytest.mark.slow
@pytest.mark.parametrize(("seed", "start", "months"), [(3, date(2026, 3, 1), 2), (11, date(2025, 9, 14), 8)])
def test_another_story_is_measured_as_truly(tmp_path, seed, start, months):
    paths = write(tmp_path / "files", seed=seed, start=start, months=months)
    (tmp_path / "work").mkdir()
    paths[0].rename(tmp_path / "work" / "strategy.toml")
    workspace = Workspace(tmp_path / "work")
    outcomes = workspace.import_(tmp_path / "files")
    assert {outcome.status for outcome in outcomes} == {"imported"}
    assert differences(workspace, rows(plan(seed, start, months))) == []
