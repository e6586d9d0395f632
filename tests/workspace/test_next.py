"""What to do now: from no folder at all to nothing due, at most three steps, each with what to type."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from smmetrics.cli.main import main
from smmetrics.contracts.steps import MOST
from smmetrics.strategy.rules import names
from smmetrics.workspace import Workspace, fetching, init

if TYPE_CHECKING:
    from pathlib import Path

WHOLE = """
title = "A shop"
purpose = "People who garden get help"
timezone = "UTC"
[backing]
who = "the owner"
gives = "ten hours"
[audiences.gardeners]
who = "people with a first garden"
shares = "they want something to grow"
where = "two forums"
[people.ana]
role = "gardener"
hours_per_week = 5
trained_for = ["blogs", "tomatoes"]
[goals.talk]
type = "communicating.start_conversations"
why = "people talk"
for_them = "somebody who listens"
audience = "gardeners"
activities = ["communicating"]
people = ["ana"]
hours = { ana = 5 }
consulted = ["three regulars"]
drop = ["communicating.promo_share"]
"""
BLOG = """
[channels.blog]
platform = "blogs"
account = "https://blog.acmegardens.example"
serves = ["talk"]
because = "long answers"
"""
X = """
[channels.x]
platform = "x"
account = "@AcmeGardens"
serves = ["talk"]
because = "quick answers"
"""


def wordpress(samples: Path) -> Path:
    """The sample that the kind of file named first for blogs reads."""
    return next(each for each in sorted(samples.glob("*.xml")) if b"wordpress.org/export" in each.read_bytes())


@pytest.fixture
def told(tmp_path: Path):
    """The steps of a workspace with this strategy."""

    def _told(text: str | None, *files: Path):
        root = tmp_path / "work"
        root.mkdir(exist_ok=True)
        if text is not None:
            (root / "strategy.toml").write_text(text, encoding="utf-8")
        if files:
            Workspace(root).import_(*files)
        steps = Workspace(root).next()
        assert 1 <= len(steps) <= MOST
        assert all(step.command for step in steps)
        return steps

    return _told


def test_in_an_empty_folder_a_strategy_comes_first(told, tmp_path: Path) -> None:
    first, *_ = told(None)
    assert first.command == f"smmetrics init {tmp_path / 'work'}"
    assert first.minutes > 0


def test_files_that_came_in_before_a_strategy_change_nothing_of_that(told, samples: Path, tmp_path: Path) -> None:
    first, *_ = told(None, wordpress(samples))
    assert first.command == f"smmetrics init {tmp_path / 'work'}"


def test_a_file_that_cannot_be_read_is_mended_first_line_by_line(told) -> None:
    steps = told('purpose = "p"\ntimezone = "Mars"\nlanguage = 7\n')
    assert [step.where for step in steps] == ["strategy.toml line 2", "strategy.toml line 3"]
    assert all(step.text.startswith("Mend the file: ") for step in steps)
    assert "Mars" in steps[0].text


def test_purpose_people_and_questions_come_before_everything_else(told) -> None:
    steps = told('[goals.a]\nwhy = "w"\n[channels.b]\nplatform = "blogs"\n')
    assert steps[0].text.partition(":")[0] == "Say in one sentence what all this is for"
    assert all(step.where.startswith("strategy.toml line") for step in steps)


def test_a_blank_strategy_begins_with_its_purpose(tmp_path: Path) -> None:
    root = init(tmp_path / "work", zone="UTC").root
    assert "purpose is empty" in Workspace(root).next()[0].text


def test_no_goal_yet_is_the_next_thing_after_a_purpose(told) -> None:
    first, *_ = told('purpose = "p"\n')
    assert first.text == "Write your first goal: what should be different, and for whom?"


def test_backing_is_asked_for_and_then_places(told) -> None:
    backing, places = told(WHOLE.replace('who = "the owner"', 'who = ""'))[:2]
    assert backing.text == "Say who stands behind this (backing is empty)."
    assert backing.where == "strategy.toml line 6"
    assert (places.command, places.text[:15]) == ("smmetrics channels suggest", "No channels yet")


def test_the_file_that_answers_the_leading_questions_is_named_with_its_way_and_cost(told) -> None:
    first, *_ = told(WHOLE + BLOG)
    assert first.command == "smmetrics import"
    assert first.minutes == 3
    assert first.text.startswith("WordPress export (WXR): WordPress dashboard, Tools, Export")
    assert "It answers: " in first.text
    assert first.text.endswith("work/inbox.")


@pytest.mark.parametrize("places", [X + BLOG, BLOG + X])
def test_what_costs_minutes_goes_before_what_costs_money(told, places: str) -> None:
    first, *rest = told(WHOLE + places)
    assert first.text.startswith("WordPress export (WXR)")
    assert first.minutes == 3
    assert not any("costs money" in step.text for step in (first, *rest))


def test_what_a_file_cannot_answer_is_said_beside_what_it_can(told) -> None:
    named = '[[goals.talk.questions]]\nask = "Who saw it?"\nlead = ["communicating.er_by_impressions"]\n'
    none, file, *_ = told(WHOLE + named + BLOG)
    assert none.text.endswith("See why, and what would do.")
    assert none.command == "smmetrics coverage talk"
    assert file.command == "smmetrics import"
    assert "It answers: " in file.text
    assert "It cannot answer: " in file.text


MISSING = (
    WHOLE
    + '[[goals.talk.questions]]\nask = "Content?"\nlead = ["gifts.csat"]\nbeside = ["gifts.size"]\n'
    + BLOG
    + '[channels.meadow]\nplatform = "meadow"\nserves = ["talk"]\n'
)


def test_names_that_only_look_likely_are_nobodys_to_install(told) -> None:
    steps = told(MISSING)
    assert not [step for step in steps if "pip" in step.command]
    (plan,) = [step for step in steps if "keep it as a plan" in step.text]
    assert plan.command == "smmetrics coverage"
    assert "gifts (2)" in plan.text
    assert "A table of meadow can be read all the same" in plan.text
    assert "smmetrics map FILE" in plan.text
    assert re.search(r"With what is installed, [1-9]\d* of \d+ numbers can be measured", plan.text)


def test_what_surely_exists_is_named_to_be_installed_in_one_step(told, monkeypatch) -> None:
    for room in (fetching, names):
        monkeypatch.setattr(room, "known", lambda name: name in {"smmetrics-gifts", "smmetrics-meadow"})
    steps = told(MISSING)
    (step,) = [step for step in steps if step.command.startswith("pip install")]
    assert step.command == "pip install smmetrics-gifts smmetrics-meadow"
    assert "gifts (2)" in step.text


def test_a_plan_that_was_accepted_is_not_spoken_of_again(told) -> None:
    accepted = MISSING + '[[accept]]\ncode = "S010"\nbecause = "next year"\nuntil = 2099-01-01\n'
    assert not [step for step in told(accepted) if "keep it as a plan" in step.text]


def test_a_slip_comes_before_what_seems_to_be_missing_because_of_it(told) -> None:
    slip, missing, *_ = told(WHOLE.replace('audience = "gardeners"', 'audiance = "gardeners"'))
    assert slip.text.endswith("Did you mean 'audience'?")
    assert missing.text == "Say whom the goal is for (audience is empty)."


def test_a_step_that_edits_the_file_says_so(told, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told(WHOLE.replace('who = "the owner"', 'who = ""'))
    folder = tmp_path / "work"
    assert main(["-w", str(folder), "next"]) == 0
    first = capsys.readouterr().out.split("2. ")[0]
    assert f"Edit {folder}/strategy.toml, then: smmetrics -w {folder} next" in first
    assert "strategy.toml line 6" in first


def test_once_the_file_is_there_it_is_not_asked_for_again(told, samples: Path) -> None:
    steps = told(WHOLE + BLOG, wordpress(samples))
    assert not [step for step in steps if "WordPress" in step.text]


def test_what_the_data_make_due_comes_once_nothing_else_is_missing(told, samples: Path) -> None:
    wanted = WHOLE.replace("[goals.talk]", '[goals.talk]\nreview_every = "month"\nreviewed = 2026-07-01')
    target = '[[goals.talk.targets]]\nmetric = "communicating.conversation_rate"\nvalue = ">= 4"\n'
    late = BLOG + 'expect = "weekly"\n'
    steps = told(wanted + target + late, wordpress(samples))
    assert [step.command for step in steps] == [
        "smmetrics import",
        "smmetrics review",
        "smmetrics baseline talk --write",
    ]
    assert "late" in steps[0].text
    assert steps[0].text.endswith("Put it into inbox.")
    assert 'write expect = "once"' in steps[0].text
    assert "review of `talk` was due" in steps[1].text


def test_an_accepted_finding_asks_for_nothing(told) -> None:
    text = WHOLE.replace('who = "the owner"', 'who = ""') + BLOG
    accepted = text + '[[accept]]\ncode = "S051"\nbecause = "there is nobody above us"\n'
    assert "backing" in told(text)[0].text
    assert "backing" not in " ".join(step.text for step in told(accepted))


def test_the_command_names_the_folder_where_it_is_not_this_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "my shop"
    root.mkdir()
    (root / "strategy.toml").write_text(WHOLE + BLOG, encoding="utf-8")
    assert main(["-w", str(root), "next"]) == 0
    assert f"smmetrics -w '{root}' import\n" in re.sub(r" {3,}\d+ min", "", capsys.readouterr().out)
    monkeypatch.chdir(root)
    assert main(["next"]) == 0
    assert "   smmetrics import   " in capsys.readouterr().out


def test_in_a_folder_that_is_not_there_it_says_how_to_begin(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["-w", str(tmp_path / "none"), "next"]) == 0
    assert capsys.readouterr().out.startswith("1. Begin a strategy")
    assert not (tmp_path / "none").exists()


def test_a_program_gets_text_place_command_and_minutes(run, tmp_path: Path) -> None:
    steps = json.loads(run("next", "--json"))
    assert not (tmp_path / "work").exists()
    assert {tuple(step) for step in steps} == {("text", "where", "command", "minutes")}


def test_every_empty_screen_says_the_same(told, tmp_path: Path) -> None:
    from smmetrics.panels import build
    from smmetrics.panels.source import View

    steps = told(WHOLE + BLOG)
    (result,) = build(Workspace(tmp_path / "work").source(), View())
    said = " ".join(result.cards[0].would_do)
    assert all(step.text in said and step.command in said for step in steps)


def test_a_file_that_nobody_can_fetch_any_more_is_not_asked_for(told) -> None:
    steps = told(WHOLE + BLOG.replace('"blogs"', '"x"'))
    closed = {source.title for source in Workspace(".").installed.sources.values() if source.closed}
    assert closed
    assert not [step for step in steps for title in closed if title in step.text]


def test_import_without_a_path_takes_what_lies_in_the_inbox(
    tmp_path: Path, samples: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = init(tmp_path / "work", zone="UTC").root
    assert main(["-w", str(root), "import"]) == 2
    assert "`" + str(root / "inbox") + "` is empty" in capsys.readouterr().err
    blog = wordpress(samples)
    (root / "inbox" / blog.name).write_bytes(blog.read_bytes())
    assert main(["-w", str(root), "import"]) == 0
    assert Workspace(root).imported_kinds() == {"blogs.wxr"}
