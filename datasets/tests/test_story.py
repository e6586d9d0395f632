"""The story itself: the same every time, told without smmetrics, and with something for every part of a report."""

from __future__ import annotations

import subprocess
import sys
from datetime import date

import pytest

from smmetrics.strategy import read
from smmetrics.workspace import Workspace
from smmetrics_samples import strategies, strategy
from smmetrics_samples.garden import write
from smmetrics_samples.pace import PACES
from smmetrics_samples.planner import plan
from smmetrics_samples.talk import SHAPES

MARCH = date(2026, 3, 1)


def bytes_of(folder, **story):
    return {path.name: path.read_bytes() for path in write(folder, **{"seed": 5, "start": MARCH, "months": 2, **story})}


def test_the_same_seed_gives_the_same_bytes_and_another_one_others(tmp_path):
    first = bytes_of(tmp_path / "a")
    assert bytes_of(tmp_path / "b") == first
    other = bytes_of(tmp_path / "c", seed=6)
    assert {name for name in first if first[name] == other[name]} == {"strategy.toml"}


@pytest.mark.parametrize("months", [1, 2, 9])
def test_a_story_can_be_shorter_and_longer(tmp_path, months):
    names = [path.name for path in write(tmp_path, seed=1, start=date(2026, 11, 20), months=months)]
    assert len(names) == len(set(names))
    assert plan(1, date(2026, 11, 20), months).start == date(2026, 11, 1)


def test_nobody_says_anything_after_the_story_has_ended():
    story = plan()
    assert max(said.at for article in story.published for said in article.said).date() < story.end
    assert max(short.at for short in story.shorts).date() < story.end


def test_every_word_of_the_pace_is_known_and_every_shape_happens():
    told = {word.removesuffix("?") for pace in PACES for word in pace.articles.split()}
    assert told == set(SHAPES)


def test_the_oracle_uses_nothing_of_what_it_judges():
    code = (
        "import sys, smmetrics_samples.truth as truth; truth.rows(); "
        "print(*sorted(name for name in sys.modules if name.split('.')[0] in ('polars', 'smmetrics')))"
    )
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    rooms = {".".join(name.split(".")[:2]) for name in loaded}
    assert rooms <= {"smmetrics", "smmetrics.api"}


@pytest.mark.parametrize("name", strategies())
def test_an_example_strategy_has_no_faults_and_no_errors(tmp_path, name):
    path = tmp_path / "strategy.toml"
    path.write_text(strategy(name), encoding="utf-8")
    assert read(path).purpose
    assert [finding.message for finding in Workspace(tmp_path).review() if finding.level == "error"] == []


def test_a_strategy_that_is_none_is_a_key_error():
    with pytest.raises(KeyError):
        strategy("../garden")


def test_every_kind_of_answer_is_there(workspace):
    by_month = workspace.export(grain="month").frame
    states = set(by_month["state"])
    assert states >= {"value", "too_few", "not_measurable", "not_reported"}
    assert set(workspace.export().frame["status"]) >= {"met", "behind", "uncertain", "on_track", "no_target"}


def test_what_is_in_the_first_line_of_the_report_has_an_interval(workspace):
    lead = workspace.export("start-talking").frame.filter(metric="communicating.conversation_rate")
    assert lead["low"].item() < lead["value"].item() < lead["high"].item()


def test_everything_came_in_but_one_spoilt_line(demo):
    assert {outcome.status for outcome in demo.outcomes} == {"imported"}
    assert sum(outcome.quarantined for outcome in demo.outcomes) == 1
    assert all(outcome.records_in == outcome.kept + outcome.quarantined for outcome in demo.outcomes)


def test_texts_that_must_be_escaped_arrive_as_they_were_written(workspace):
    posts = workspace.table("posts", columns=["title", "text"])
    texts = set(posts["text"].drop_nulls())
    assert 'Labels say <b>"peat-free"</b> & mean "less peat" 🌱\n\nDo you read them?' in texts
    assert "=SUM(slugs) for this week: 47 🐌 and counting" in texts
    assert "Mine went black overnight <b>everywhere</b> & I cried 😢\n\nIs there any hope?" in texts
    assert '<b>Bold</b> pruning & other "brave" cuts' in set(posts["title"].drop_nulls())
