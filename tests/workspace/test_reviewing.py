"""A review after files came in: what their names, days, texts and numbers say, and nothing read where nobody asks."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from typing import TYPE_CHECKING

import pytest

from smmetrics.cli.main import main
from smmetrics.strategy import read_bytes
from smmetrics.workspace import Workspace
from smmetrics.workspace.periods import newest, whole_weeks
from smmetrics.workspace.reviewing import reviewed

if TYPE_CHECKING:
    from pathlib import Path

    from smmetrics.strategy import Finding, Strategy

STRATEGY = """
title = "A garden shop"
purpose = "First gardens get help"
timezone = "Europe/Berlin"
[backing]
who = "the owner"
[audiences.gardeners]
shares = "plants"
[people.ana]
hours_per_week = 8
speaks_as = ["blogs:anna", "x:@AcmeGardens"]
trained_for = ["plants"]
[people.ben]
hours_per_week = 8
speaks_as = ["blogs:ben", "x:@nobody_here"]
[goals.talk]
type = "communicating.start_conversations"
for_them = "an answer"
audience = "gardeners"
people = ["ana", "ben"]
hours = { ana = 5 }
consulted = ["the shop"]
review_every = "month"
voice = { promo_cap = 0.2 }
[[goals.talk.targets]]
metric = "communicating.conversation_rate"
value = ">= 3"
[[goals.talk.targets]]
metric = "communicating.reply_share"
value = ">= 50 %"
baseline = "45 %"
baseline_from = 2026-06-01
baseline_until = 2026-06-28
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
when = "care.csat < 3"
then = "ask"
[stories.everything]
any = ["a", "the", "you", "is", "it", "and", "to", "we", "i"]
[stories.nothing]
any = ["zeppelin", "$ACME", "g/t"]
[[calendar]]
date = 2026-07-01
until = 2026-07-31
title = "quiet month"
kind = "quiet"
[[calendar]]
date = 2027-07-01
until = 2027-07-31
kind = "quiet"
[channels.blog]
platform = "blogs"
expect = "weekly"
[channels.x]
platform = "x"
account = "@AcmeGardens"
expect = "yearly"
[channels.hours]
platform = "offline"
account = "effort"
expect = "monthly"
[channels.cases]
platform = "offline"
account = "cases"
expect = "weekly"
"""
TODAY = date(2026, 9, 20)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory, samples: Path) -> Path:
    workspace = Workspace(tmp_path_factory.mktemp("reviewed") / "work")
    workspace.make_store()
    workspace.import_(samples)
    (workspace.root / "strategy.toml").write_text(STRATEGY)
    return workspace.root


@pytest.fixture(scope="module")
def found(root: Path) -> list[Finding]:
    return [f for f in reviewed(Workspace(root), data=True, today=TODAY) if f.code.startswith("SMM-D")]


def of(found: list[Finding], code: str) -> list[Finding]:
    return [finding for finding in found if finding.code == f"SMM-{code}"]


def test_a_name_nobody_bears_is_told_who_it_may_be(found: list[Finding]) -> None:
    (finding,) = of(found, "D001")
    assert finding.where == "people.ana.speaks_as[1]"
    assert "Nobody in your files is `blogs:anna` (people.ana). Closest author seen: `blogs:ana`, " in finding.message


def test_files_without_authors_are_not_blamed_on_a_name(found: list[Finding]) -> None:
    assert any("what came in from X does not say who wrote it" in f.message for f in of(found, "D011"))


def test_names_of_others_stay_unsaid_where_people_are_out_of_sight(root: Path) -> None:
    closed = Workspace(root)
    text = STRATEGY + '[privacy]\npeople = "never"\nagreed_with = "council"\n'
    vars(closed)["strategy"] = _read(text)
    finding = of(list(reviewed(closed, data=True, today=TODAY)), "D001")[0]
    assert finding.message.startswith("Nobody in your files is `blogs:anna` (people.ana).")
    assert "Closest" not in finding.message


def _read(text: str) -> Strategy:
    return read_bytes(text.encode())


def test_each_channel_is_late_by_its_own_last_day(found: list[Finding]) -> None:
    said = {f.where: (f.level, f.message) for f in of(found, "D002")}
    assert said == {
        "channels.blog.expect": (
            "warning",
            "blog is 13 days late: expected weekly, last day of data 31 Aug 2026. Numbers after that leave it out.",
        ),
        "channels.cases.expect": ("note", "Nothing has come in for cases yet: expected weekly."),
    }


def test_stories_are_counted_by_whole_words(found: list[Finding]) -> None:
    broad, nothing = of(found, "D003")
    assert broad.message.startswith("Story `everything` matches ")
    assert nothing.message.startswith("Story `nothing` found nothing in ")


def test_a_target_that_waits_is_told_of_the_weeks(found: list[Finding]) -> None:
    (finding,) = of(found, "D004")
    assert finding.message.startswith("13 whole weeks are in.")
    assert finding.where == "goals.talk.targets[1].baseline"


def test_a_rule_is_held_against_the_newest_whole_periods(found: list[Finding]) -> None:
    (finding,) = of(found, "D005")
    assert finding.where == "goals.talk.decisions[1]"
    assert " % in August 2026 and " in finding.message
    assert finding.message.endswith(" % in July 2026 (rule: > 1 % for 2 months).")
    assert finding.hint == "You wrote: answer less. Who: ben."


def test_a_rule_whose_number_no_plugin_knows_is_not_judged(found: list[Finding]) -> None:
    said = [f.message for f in of(found, "D011") if f.where == "goals.talk.decisions[3]"]
    assert said == ["Not judged: the rule “care.csat < 3” of `talk`, because no installed plugin knows its number."]


def test_posts_in_a_quiet_time_that_began_are_counted(found: list[Finding], root: Path) -> None:
    (finding,) = of(found, "D009")
    rows = Workspace(root).table("posts", columns=("ours", "created_on"))
    july = rows.filter(rows["ours"] & rows["created_on"].is_between(date(2026, 7, 1), date(2026, 7, 31)))
    assert finding.message == f"{july.height} posts fall in “quiet month” (1 Jul 2026 to 31 Jul 2026)."
    assert july.height > 1


def test_promotion_is_judged_by_the_labeller_and_waits_for_nobody(found: list[Finding]) -> None:
    assert not any("label `promo`" in f.message for f in of(found, "D011"))


def test_a_target_within_the_interval_of_its_baseline_may_be_chance(root: Path) -> None:
    frame = Workspace(root).measure("communicating.reply_share", since=date(2026, 6, 1), until=date(2026, 6, 29)).frame
    low, value, high = (frame.row(0, named=True)[name] for name in ("low", "value", "high"))
    assert low < value < high
    for aim, chance in ((value, True), (high + 0.01, False)):
        near = Workspace(root)
        vars(near)["strategy"] = _read(STRATEGY.replace(">= 50 %", f">= {100 * aim:.2f} %"))
        assert bool(of(list(reviewed(near, data=True, today=TODAY)), "D010")) == chance


def test_a_review_without_files_says_that_alone(tmp_path: Path) -> None:
    (tmp_path / "strategy.toml").write_text(STRATEGY)
    findings = [f for f in reviewed(Workspace(tmp_path), data=True, today=TODAY) if f.code.startswith("SMM-D")]
    assert [f.message for f in findings] == ["Not judged: anything about data, because nothing came in yet."]


def test_the_command_gives_the_same_as_json(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["-w", str(root), "review", "--data", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert {"SMM-D001", "SMM-D009"} <= {row["code"] for row in rows}
    assert all(row["docs"] == f"docs/findings.md#{row['code'].lower()}" for row in rows)
    assert main(["-w", str(root), "review", "--data", "--strict"]) == 1
    assert "Nobody in your files is `blogs:anna`" in capsys.readouterr().out


def test_without_data_nothing_heavy_is_loaded(root: Path) -> None:
    Workspace(root).review()  # what came in is read once and remembered
    code = (
        "import sys; from smmetrics.workspace import open_workspace; open_workspace(sys.argv[1]).review();"
        "print(sorted({'polars', 'deltalake', 'altair', 'ipywidgets'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code, str(root)], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("until", "unit", "names"),
    [
        (date(2026, 9, 1), "month", ["August 2026", "July 2026"]),
        (date(2026, 8, 31), "month", ["July 2026", "June 2026"]),
        (date(2026, 9, 1), "quarter", ["Q2 2026", "Q1 2026"]),
        (date(2026, 9, 1), "week", ["the week of 24 Aug 2026", "the week of 17 Aug 2026"]),
        (date(2026, 9, 1), "day", ["31 Aug 2026", "30 Aug 2026"]),
        (date(2026, 9, 1), "year", ["2025", "2024"]),
    ],
)
def test_the_newest_whole_periods_end_before_the_day(until: date, unit: str, names: list[str]) -> None:
    periods = newest(until, unit, 2)
    assert [name for name, _ in periods] == names
    assert periods[0][1][0] == periods[1][1][1]
    assert periods[0][1][1] <= until


def test_periods_end_with_the_calendar() -> None:
    assert len(newest(date(3, 1, 1), "year", 9999)) < 9999


@pytest.mark.parametrize(
    ("spans", "weeks"),
    [
        ([(date(2026, 6, 1), date(2026, 6, 8))], 1),
        ([(date(2026, 6, 2), date(2026, 6, 14))], 0),
        ([(date(2026, 6, 1), date(2026, 6, 4)), (date(2026, 6, 4), date(2026, 6, 15))], 2),
        ([(date(2026, 6, 1), date(2026, 6, 4)), (date(2026, 6, 5), date(2026, 6, 15))], 1),
        ([], 0),
    ],
)
def test_weeks_count_that_are_wholly_covered(spans: list[tuple[date, date]], weeks: int) -> None:
    assert whole_weeks(spans, "monday") == weeks
