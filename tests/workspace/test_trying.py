"""A formula tried on data: its parts add up to the rows they are among, and say why a number is missing."""

from __future__ import annotations

import csv
import json
from datetime import date
from typing import TYPE_CHECKING

import pytest

from smmetrics.api.errors import UserMistake
from smmetrics.workspace import Workspace, init
from smmetrics.workspace.trying import attempt

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory, samples: Path) -> Workspace:
    made = init(tmp_path_factory.mktemp("trying") / "work")
    made.import_(*sorted(samples.glob("tweet_activity*.csv")))
    return made


def rows(samples: Path) -> list[dict[str, str]]:
    """Each post once, as the standard library reads it."""
    found = {}
    for path in samples.glob("tweet_activity*.csv"):
        with path.open(encoding="utf-8-sig", newline="") as file:
            found |= {row["Tweet id"]: row for row in csv.DictReader(file)}
    return list(found.values())


def test_each_condition_is_counted_alone_over_all_rows(workspace: Workspace, samples: Path):
    trial = attempt(workspace, "count(posts, ours and likes > 3) / count(posts, ours)")
    parts = {part.text: part for part in trial.parts}
    all_ = rows(samples)
    many = sum(float(row["likes"]) > 3 for row in all_)
    assert parts["posts"].yes == len(all_)
    assert (parts["likes > 3"].yes, parts["likes > 3"].no, parts["likes > 3"].unknown) == (many, len(all_) - many, 0)
    assert parts["ours"].yes == len(all_)
    assert trial.reading["value"] == pytest.approx(many / len(all_))
    aggregates = [part.text for part in trial.parts if part.kind == "aggregate"]
    assert aggregates == ["count(posts, ours and likes > 3)", "count(posts, ours)"]
    assert {part.reading["value"] for part in trial.parts if part.kind == "aggregate"} == {many, len(all_)}


def test_rows_that_do_not_say_are_neither_yes_nor_no(workspace: Workspace, samples: Path):
    (part,) = (p for p in attempt(workspace, "count(posts, saves > 0)").parts if p.kind == "condition")
    assert (part.yes, part.no, part.unknown) == (0, 0, len(rows(samples)))


def test_a_metric_is_tried_with_its_parameters_filled_in(workspace: Workspace):
    trial = attempt(workspace, "communicating.question_yield")
    assert trial.formula == workspace.catalogue.metrics["communicating.question_yield"].formula.text
    assert not any("answer_days" in part.text for part in trial.parts)


def test_only_the_days_asked_for_count(workspace: Workspace, samples: Path):
    first = date(2026, 6, 1)
    (part,) = attempt(workspace, "count(posts)", since=first, until=date(2026, 7, 1)).parts
    assert part.yes == sum(row["time"].startswith("2026-06") for row in rows(samples))


def test_what_cannot_be_read_is_refused_with_its_place(workspace: Workspace):
    with pytest.raises(UserMistake, match="nope"):
        attempt(workspace, "sum(posts.nope)")


def test_the_command_shows_the_number_first_and_gives_programs_everything(run, tmp_path: Path, samples: Path):
    init(tmp_path / "work")
    run("import", *sorted(samples.glob("tweet_activity*.csv")))
    said = run("formula", "try", "share(posts, is_question, of=ours)").splitlines()
    assert said[0] == "Of our posts, the share that ask something."
    assert said[1].startswith("  = ")
    assert " of " in said[1]
    assert any(line.startswith("    is_question: ") for line in said)
    told = json.loads(run("formula", "try", "count(posts)", "--json"))
    assert told["reading"]["state"] == "value"
    assert [part["kind"] for part in told["parts"]] == ["rows"]
