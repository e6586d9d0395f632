"""Baselines, decisions and promises: measured on what came in, written down in the file, never made up."""

from __future__ import annotations

import json
import re
import shutil
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from smmetrics.api.errors import UserMistake
from smmetrics.cli.decisions import _changed
from smmetrics.cli.main import main
from smmetrics.strategy import parse_amount, read
from smmetrics.strategy.facts import Number
from smmetrics.workspace import Workspace
from smmetrics.workspace.baselines import baselines, write
from smmetrics.workspace.decisions import decide, decisions
from smmetrics.workspace.measuring import tables
from smmetrics.workspace.promises import promises

if TYPE_CHECKING:
    from pathlib import Path

STRATEGY = """
title = "A garden shop"
timezone = "UTC"
[audiences.gardeners]
who = "people with their first garden"
[[audiences.gardeners.promises]]
text = "We stay in the talk"
metric = "communicating.thread_followup_rate"
value = ">= 30 %"
[[audiences.gardeners.promises]]
text = "We never answer"
metric = "communicating.reply_share"
value = "<= 1 %"
[[audiences.gardeners.promises]]
text = "We count saves"
metric = "communicating.save_rate"
value = ">= 1 %"
[[audiences.gardeners.promises]]
text = "Care"
metric = "nopack.rate"
[[audiences.gardeners.promises]]
text = "Kindness"
[goals.talk]
audience = "gardeners"
[[goals.talk.targets]]
metric = "communicating.thread_followup_rate"
baseline = "50 %"   # a guess
value = ">= 90 %"
[[goals.talk.targets]]
metric = "communicating.save_rate"
value = ">= 1 %"
[[goals.talk.targets]]
metric = "communicating.reply_share"
channel = "x"
value = ">= 50 %"
[[goals.talk.decisions]]
when = "communicating.reply_share > 1 %"
lasting = "2 months"
then = "answer less"
who = "ben"
[[goals.talk.decisions]]
when = "communicating.posting_cadence > 100000"
lasting = "3 weeks"
then = "rest"
[[goals.talk.decisions]]
when = "nopack.rate < 3"
then = "ask"
[[goals.talk.decisions]]
when = "soon"
then = "wait"
[goals.other]
audience = "gardeners"
[people.ben]
role = "gardener"
[channels.blogs]
platform = "blogs"
[channels.x]
platform = "x"
"""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory, samples: Path) -> Path:
    folder = tmp_path_factory.mktemp("came")
    workspace = Workspace(folder)
    workspace.make_store()
    workspace.import_(samples)
    return folder


@pytest.fixture
def work(root: Path) -> Workspace:
    """The workspace with its strategy as above, whatever a test before wrote into it."""
    (root / "strategy.toml").write_text(STRATEGY, encoding="utf-8")
    return Workspace(root)


def test_a_baseline_is_measured_on_whole_weeks_that_end_with_the_data(work: Workspace) -> None:
    found = {each.metric: each for each in baselines(work, ("talk",), weeks=8)}
    rate = found["communicating.thread_followup_rate"]
    assert rate.since.weekday() == 0
    assert (rate.until - rate.since).days == 8 * 7 - 1
    assert rate.until < date(2026, 9, 1)
    assert rate.number.low < rate.number.value <= rate.number.high
    assert parse_amount(rate.text).plain == pytest.approx(rate.number.value, abs=0.001)


def test_the_number_is_the_one_that_measuring_the_same_days_gives(work: Workspace) -> None:
    rate = baselines(work, ("talk",), weeks=8)[0]
    row = work.measure(rate.metric, since=rate.since, until=rate.until + timedelta(days=1)).frame.to_dicts()[0]
    assert row["value"] == rate.number.value
    assert (row["numerator"], row["denominator"]) == (rate.number.n, rate.number.of)


def test_a_target_of_one_channel_is_measured_there(work: Workspace) -> None:
    *_, there = baselines(work, ("talk",), weeks=8)
    frame = work.measure(there.metric, by=["platform"], since=there.since, until=there.until + timedelta(days=1)).frame
    (row,) = [row for row in frame.to_dicts() if row["platform"] == "x"]
    assert there.number.value == row["value"]


def test_days_of_a_platform_that_cannot_show_the_number_do_not_move_it(work: Workspace, tmp_path: Path) -> None:
    before = baselines(work, ("talk",), weeks=8)[0]
    folder = tmp_path / "later"
    shutil.copytree(work.root, folder)
    header = (
        "Post id,Date,Post text,Post Link,Impressions,Likes,Engagements,Bookmarks,Shares,New follows,Replies,Reposts"
    )
    row = '1990000000000000000,"Tue, Mar 2, 2027",hello,https://x.com/a/status/1990000000000000000' + ",1" * 8
    export = tmp_path / "account_analytics_content_2027-03-01_2027-03-31.csv"
    counts = "Profile visits,Detail Expands,URL Clicks,Hashtag Clicks,Permalink Clicks"
    export.write_text(f"{header},{counts}\n{row}{',1' * 5}\n", encoding="utf-8")
    (taken,) = Workspace(folder).import_(export)
    assert taken.status == "imported", taken
    after = baselines(Workspace(folder), ("talk",), weeks=8)[0]
    assert (after.since, after.until, after.number) == (before.since, before.until, before.number)
    assert baselines(Workspace(folder), ("talk",), weeks=8)[2].until > before.until


def test_too_few_gives_no_number_and_says_how_many_weeks_would_do(work: Workspace) -> None:
    few = baselines(work, ("talk",), weeks=1)[0]
    assert few.number.value is None
    assert few.text == ""
    assert baselines(work, ("talk",), weeks=few.enough)[0].number.value is not None


def test_a_number_no_file_can_show_says_why(work: Workspace) -> None:
    saves = baselines(work, ("talk",), weeks=8)[1]
    assert saves.number.value is None
    assert "field.missing" in saves.number.reason
    assert not saves.few


def test_weeks_before_the_data_are_not_measured_as_if_they_were_silent(work: Workspace) -> None:
    assert baselines(work, ("talk",), weeks=520)[0].since >= date(2026, 3, 1)
    assert baselines(work, ("talk",), weeks=8, before=date(2020, 1, 1))[0].number.value is None


def test_writing_sets_the_number_and_its_days_and_keeps_remarks(work: Workspace, root: Path) -> None:
    found = baselines(work, ("talk",), weeks=8)
    wrote = write(work, found, by="a test")
    assert [each.place for each in wrote] == [0, 2]
    target = read(root / "strategy.toml").goals["talk"].targets[0]
    assert (target.baseline_from, target.baseline_until) == (found[0].since, found[0].until)
    assert target.baseline.plain == pytest.approx(found[0].number.value, abs=0.001)
    text = (root / "strategy.toml").read_text(encoding="utf-8")
    assert "# a guess" in text
    assert read(root / "strategy.toml").goals["talk"].targets[1].baseline is None


@pytest.mark.usefixtures("work")
def test_the_command_writes_refuses_and_says_what_would_do(root: Path, capsys) -> None:
    assert main(["-w", str(root), "baseline", "talk", "--weeks", "1"]) == 0
    assert "weeks would do: --weeks" in capsys.readouterr().out
    assert main(["-w", str(root), "baseline", "talk", "--write", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert [row["written"] for row in rows] == [True, False, True]
    before = (root / "strategy.toml").read_bytes()
    assert main(["-w", str(root), "baseline", "talk", "--write", "--before", "2020-01-01"]) == 2
    assert (root / "strategy.toml").read_bytes() == before
    assert main(["-w", str(root), "baseline", "tolk"]) == 2
    assert "Did you mean 'talk'?" in capsys.readouterr().err
    assert main(["-w", str(root), "baseline", "other"]) == 0
    assert "nothing to measure yet" in capsys.readouterr().out


def test_a_rule_came_true_or_did_not_or_nobody_can_say(work: Workspace) -> None:
    found = decisions(work)
    assert [each.state for each in found] == ["true", "not_true", "cannot_say", "unreadable"]
    assert [each.name for each in found[0].periods] == ["August 2026", "July 2026"]
    assert len(found[1].periods) == 3


def test_what_was_decided_is_written_down_with_its_day_and_what_the_number_did_since(work: Workspace) -> None:
    found = decide(work, "talk", rule=1, text="fewer replies", on=date(2026, 7, 10))
    assert (found.decision.decided, found.decision.decided_on) == ("fewer replies", date(2026, 7, 10))
    assert [each.name for each in found.since] == ["June 2026", "August 2026"]
    found = decide(work, "talk", rule=1, outcome="calm")
    assert (found.decision.outcome, found.decision.decided) == ("calm", "fewer replies")


def test_another_decision_takes_the_place_of_one_and_not_what_came_of_that(work: Workspace, capsys) -> None:
    decide(work, "talk", rule=1, text="fewer replies", on=date(2026, 7, 10))
    assert decide(work, "talk", rule=1, outcome="calm").before is None
    command = ["-w", str(work.root), "decide", "talk", "none at all", "--rule", "1", "--on", "2026-07-20"]
    assert main(command) == 0
    out = " ".join(capsys.readouterr().out.split())
    assert "Decided on 20 July 2026: none at all" in out
    assert "It takes the place of what was decided on 10 July 2026: fewer replies. Back again: smmetrics" in out
    assert "calm" not in out
    (kept, *_) = read(work.root / "strategy.toml").goals["talk"].decisions
    assert (kept.decided, kept.outcome) == ("none at all", "")


def test_what_came_in_of_a_place_that_serves_no_goal_does_not_move_the_end(tmp_path: Path, posts_file: Path) -> None:
    def said(work: Workspace) -> list[object]:
        days = [(each.since, each.until) for each in (*baselines(work, weeks=8), *promises(work))]
        return [*days, *(period.name for rule in decisions(work) for period in rule.periods)]

    blog_alone = STRATEGY.replace('[channels.x]\nplatform = "x"\n', "").replace('channel = "x"\n', "")
    (tmp_path / "strategy.toml").write_text(blog_alone, encoding="utf-8")
    work = Workspace(tmp_path)
    work.import_(next(path for path in posts_file.parent.glob("*.xml")))
    before, end = said(work), tables(work).spans()["end"].max()
    days = [int(part) for part in re.findall(r"_(\d{8})(?=_)", posts_file.name)]
    assert days, "the file says in its name which days it is of"
    first = date.fromisoformat(str(days[0]))
    later = tmp_path / posts_file.name.replace(f"_{days[0]}_", "_20260901_").replace(f"_{days[-1]}_", "_20261001_")
    later.write_text(posts_file.read_text("utf-8").replace(f"{first:%Y-%m}-", "2026-09-"), encoding="utf-8")
    work.import_(later)
    assert tables(work).spans()["end"].max() > end
    assert said(work) == before


def test_a_rule_that_came_true_and_has_no_decision_says_how_to_write_one_down(work: Workspace, capsys) -> None:
    assert main(["-w", str(work.root), "decisions", "talk"]) == 0
    out = " ".join(capsys.readouterr().out.split())
    assert 'decide talk --rule 1 "what you decided"' in out
    assert out.count("decide talk --rule") == 1


def test_whether_the_number_since_may_be_chance_is_told_from_the_intervals() -> None:
    near, far = Number(value=2.0, low=1.0, high=3.0), Number(value=4.0, low=2.9, high=5.0)
    assert list(_changed(near, far)) == ["The two overlap: it may be chance."]
    assert list(_changed(near, Number(value=4.0, low=3.1, high=5.0))) == []
    assert list(_changed(near, Number(value=4.0))) == []


def test_before_a_whole_period_has_passed_nothing_is_said_of_since(work: Workspace) -> None:
    assert decide(work, "talk", rule=1, text="x", on=date(2026, 8, 10)).since == ()


@pytest.mark.parametrize(("goal", "rule", "said"), [("talk", None, "4 rules"), ("talk", 9, "4 rules"), ("other", None, "no rule")])  # fmt: skip
def test_which_rule_is_meant_must_be_said(work: Workspace, goal: str, rule: int | None, said: str) -> None:
    with pytest.raises(UserMistake, match=said):
        decide(work, goal, rule=rule, text="x", on=date(2026, 8, 10))


@pytest.mark.usefixtures("work")
def test_the_commands_say_it_in_sentences_and_as_json(root: Path, capsys) -> None:
    assert main(["-w", str(root), "decide", "talk", "fewer \x1b[31mreplies", "--rule", "1", "--on", "2026-07-10"]) == 0
    out = capsys.readouterr().out
    assert "It has come true: " in out
    assert "Decided on 10 July 2026: fewer " in out
    assert "Since then: " in out
    assert re.search(r"in June\s+2026", out)
    assert "\x1b" not in out
    assert main(["-w", str(root), "decisions", "talk", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["decided_on"] == "2026-07-10"
    assert main(["-w", str(root), "decisions", "talk"]) == 0
    out = " ".join(capsys.readouterr().out.split())
    assert re.search(r"come true: [\d.]+ % \(\d+ of \d+, [\d.]+ % to [\d.]+ %\) in August 2026, [\d.]+ %", out)
    assert "decide talk --rule" not in out
    assert main(["-w", str(root), "decide", "talk"]) == 2
    assert "--outcome" in capsys.readouterr().err
    assert main(["-w", str(root), "decisions", "other"]) == 0
    assert "No goal has a rule yet" in capsys.readouterr().out


def test_a_promise_is_kept_or_not_or_has_its_reason(work: Workspace) -> None:
    found = {each.promise.text: each for each in promises(work)}
    assert found["We stay in the talk"].state == "kept"
    assert found["We never answer"].state == "not_kept"
    assert [found[text].state for text in ("We count saves", "Care", "Kindness")] == ["cannot_say"] * 3
    assert "field.missing" in found["We count saves"].reason
    assert found["Care"].reason == "nothing installed knows nopack.rate"
    assert found["Kindness"].reason == "no number is named that would show it"


def test_the_shortest_stretch_that_holds_enough_is_taken(work: Workspace) -> None:
    stay = promises(work)[0]
    assert stay.number.of >= 10
    assert (stay.until - stay.since).days + 1 in {4 * 7, 13 * 7}


@pytest.mark.usefixtures("work")
def test_promises_are_said_in_their_own_words(root: Path, capsys) -> None:
    assert main(["-w", str(root), "promises"]) == 0
    out = capsys.readouterr().out
    assert "“We stay in the talk” (gardeners)\n  Kept: " in out
    assert re.search(r" of \d+, .*from \d+ \w+ to \d+ August 2026;\s+promised: at\s+least\s+30 %\.", out)
    assert "Nobody can say: Blogs: " in out
    assert "()" not in out
    assert ".." not in out
    assert main(["-w", str(root), "promises", "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)) == 5


def test_before_anything_came_in_nothing_is_made_up(tmp_path: Path, capsys) -> None:
    (tmp_path / "strategy.toml").write_text(STRATEGY, encoding="utf-8")
    work = Workspace(tmp_path)
    assert baselines(work, weeks=8) == ()
    assert {each.state for each in decisions(work)} == {"no_data", "unreadable"}
    assert {each.state for each in promises(work)} == {"cannot_say"}
    assert main(["-w", str(tmp_path), "promises"]) == 0
    assert "nothing came in yet" in capsys.readouterr().out


def test_a_workspace_answers_the_same_from_python(work: Workspace) -> None:
    assert work.baseline("talk") == baselines(work, ("talk",), weeks=8)
    assert work.decisions("talk") == decisions(work)
    assert work.promises() == promises(work)
