"""What panels are shown of a workspace: exact under every filter, never raised for what is missing."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import TYPE_CHECKING

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from smmetrics.derive.ahead import ahead
from smmetrics.engine import SCHEMA
from smmetrics.panels.source import Source, View
from smmetrics.workspace import Workspace, init
from smmetrics.workspace.seeing import Seeing
from tests.workspace.conftest import write_samples

if TYPE_CHECKING:
    from pathlib import Path

STRATEGY = """
title = "A garden shop"
purpose = "First gardens get help"
timezone = "UTC"
currency = "EUR"

[audiences.gardeners]
who = "people with their first garden"

[people.ana]
hours_per_week = 10

[goals.talk]
type = "communicating.start_conversations"
why = "Do posts open dialogue?"
audience = "gardeners"
activities = ["communicating"]
people = ["ana"]
hours = { ana = 5 }

[goals.time]
type = "resourcing.spend_time_well"
why = "Is time going where the goal is?"
people = ["ana"]
hours = { ana = 5 }

[channels.blogs]
platform = "blogs"
serves = ["talk", "time"]

[channels.x]
platform = "x"
serves = ["talk", "time"]
"""
JULY = View(since=date(2026, 7, 1), until=date(2026, 8, 1))
BLOGS = View(platforms=("blogs",))
RATE = "communicating.conversation_rate"


def made(root: Path, strategy: str = STRATEGY) -> Workspace:
    workspace = Workspace(root / "work")
    samples = root / "files"
    samples.mkdir()
    write_samples(workspace, samples)
    workspace.make_store()
    workspace.import_(samples)
    (workspace.root / "strategy.toml").write_text(strategy)
    return Workspace(workspace.root)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return made(tmp_path_factory.mktemp("seen"))


@pytest.fixture(scope="module")
def seen(workspace: Workspace) -> Seeing:
    return Seeing(workspace)


def value(readings: pl.DataFrame, metric: str, column: str = "value"):
    return readings.filter(pl.col("metric") == metric).row(0, named=True)[column]


def test_it_answers_as_a_source(seen: Seeing) -> None:
    source: Source = seen
    assert [goal.name for goal in source.goals] == ["talk", "time"]
    assert source.goals[0].questions[0][1][0] == RATE
    assert source.goals[0].hours == {"ana": 5.0}
    assert source.goals[0].audience == "people with their first garden"
    assert source.currency == "EUR"
    assert source.metric(RATE).tables == ("threads",)
    assert source.metric("no.such") is None


def test_platforms_are_those_with_rows_of_their_own_in_one_order(seen: Seeing) -> None:
    assert list(seen.platforms.items()) == [("blogs", "Blogs"), ("x", "X")]
    assert set(seen.freshness()) >= {"blogs", "x"}
    assert seen.days() == (date(2026, 6, 1), date(2026, 9, 1))


def test_readings_equal_those_of_an_export(seen: Seeing, workspace: Workspace) -> None:
    for by, grain in (((), "total"), (("platform",), "month")):
        ours = seen.readings(View(), by=by, grain=grain).drop("target", "status")
        theirs = workspace.export(by=by, grain=grain).frame.select(*SCHEMA).drop("target", "status")
        assert_frame_equal(ours, theirs, rel_tol=1e-9)


def test_a_platform_filter_equals_the_slice_of_that_platform(seen: Seeing) -> None:
    whole = seen.readings(View(), by=("platform",), grain="month").filter(pl.col("platform") == "blogs")
    narrowed = seen.readings(BLOGS, grain="month")
    for metric in (RATE, "communicating.thread_followup_rate"):
        columns = ["period_start", "value", "low", "high", "n", "state"]
        same = [frame.filter(pl.col("metric") == metric).select(columns) for frame in (whole, narrowed)]
        assert_frame_equal(same[0], same[1], rel_tol=1e-9)
        assert same[0].height == 3


def test_a_number_that_cannot_be_narrowed_is_refused_and_not_shown_whole(seen: Seeing) -> None:
    hours = "resourcing.planned_vs_actual_hours"
    assert value(seen.readings(View()), hours) is not None
    narrowed = seen.readings(BLOGS)
    assert value(narrowed, hours) is None
    assert value(narrowed, hours, "reason") == "dimension.absent: platform"


def test_a_value_chosen_in_a_chart_leaves_out_all_other_rows(seen: Seeing, workspace: Workspace) -> None:
    account = workspace.table("posts", columns=["account"]).to_series().drop_nulls()[0]
    view = View(selected={"account": (account,)}, since=JULY.since, until=JULY.until)
    posts = workspace.table("posts", columns=["account", "created_on", "post_id"])
    inside = (pl.col("account") == account) & pl.col("created_on").is_between(*(date(2026, 7, 1), date(2026, 7, 31)))
    expected = posts.filter(inside)
    rows = seen.table("posts", view, columns=["account", "created_on", "post_id"], limit=10_000)
    assert rows.sort("post_id").equals(expected.select(rows.columns).sort("post_id"))
    assert seen.count("posts", view) == expected.height > 0


def test_choosing_a_platform_twice_keeps_what_both_keep(seen: Seeing) -> None:
    assert seen.count("posts", View(platforms=("blogs",), selected={"platform": ("x",)})) == 0
    both = seen.count("posts", View(platforms=("blogs", "x"), selected={"platform": ("x",)}))
    assert both == seen.count("posts", View(platforms=("x",))) > 0


def test_unknown_values_can_be_chosen_too(seen: Seeing, workspace: Workspace) -> None:
    posts = workspace.table("posts", columns=["campaign"])
    assert seen.count("posts", View(selected={"campaign": ("(unknown)",)})) == posts["campaign"].null_count()


def test_rows_come_newest_first_and_pages_do_not_overlap(seen: Seeing) -> None:
    pages = [
        seen.table("posts", JULY, columns=["post_id", "created_at"], limit=30, offset=30 * page) for page in range(4)
    ]
    rows = pl.concat(pages)
    assert rows.height == seen.count("posts", JULY)
    assert rows["post_id"].n_unique() == rows.height
    assert rows["created_at"].drop_nulls().is_sorted(descending=True)


def test_evidence_names_formula_files_and_what_was_left_out(seen: Seeing, workspace: Workspace) -> None:
    row = seen.readings(View()).filter(pl.col("metric") == RATE).row(0, named=True)
    told = seen.evidence(row["reading_id"], View())
    assert told["formula"] == seen.metric(RATE).formula
    assert [(source["kind"], source["file"].endswith(".xml")) for source in told["sources"]] == [("blogs.wxr", True)]
    assert told["sources"][0]["observed_at"].date() == date(2026, 9, 1)
    assert told["provenance"]["metric"] == RATE
    assert (told["table"], told["n"], told["quarantined"]) == ("threads", row["n"], 0)
    undated = workspace.table("posts", columns=["created_at"]).to_series().null_count()
    assert told["left_out"]["posts without a time of day: in no wait"] == undated > 0
    assert told["caveat"] == seen.metric(RATE).caveat != ""


def test_a_number_shown_is_worked_as_explain_works_it(seen: Seeing, workspace: Workspace) -> None:
    view = View()
    ids = seen.readings(view).filter(pl.col("state") == "value").get_column("reading_id").to_list()
    assert len(ids) > 3
    for id_ in ids[:4]:
        record, told = workspace.explain(id_), seen.working(id_, view)
        own = [record[name] for name in ("computed", "numbers", "in_words")]
        assert [told[name] for name in ("formula", "numbers", "in_words")] == own
        assert [words for words, _ in told["parts"]] == [part["words"] for part in record["parts"]]
    assert any(seen.working(id_, view)["numbers"] for id_ in ids[:4])


def test_a_narrowed_number_is_worked_of_the_rows_that_were_kept(seen: Seeing) -> None:
    view = View(platforms=("blogs",))
    frame = seen.readings(view).filter((pl.col("state") == "value") & (pl.col("denominator") > 0))
    row = frame.row(0, named=True)
    top, _, below = seen.working(row["reading_id"], view)["numbers"].replace(",", "").partition(" / ")
    assert float(top) / float(below) == pytest.approx(row["value"])


def test_a_number_nobody_shows_is_not_worked(seen: Seeing) -> None:
    assert seen.working("0" * 32, View()) == {}


def test_evidence_of_a_narrowed_number_says_what_was_kept(seen: Seeing) -> None:
    row = seen.readings(BLOGS).filter(pl.col("metric") == RATE).row(0, named=True)
    assert seen.evidence(row["reading_id"], BLOGS)["provenance"]["kept"] == {"platform": ["blogs"]}
    assert seen.evidence("no such reading", View()) == {}


SHARE = "resourcing.conversation_time_share"


def test_a_stated_period_is_compared_with_the_one_before_it(seen: Seeing) -> None:
    june = seen.readings(View(since=date(2026, 6, 1), until=date(2026, 7, 1)))
    july = seen.readings(JULY)
    assert value(july, SHARE, "previous") == pytest.approx(value(june, SHARE))
    assert value(july, SHARE, "change") == pytest.approx(value(july, SHARE) - value(june, SHARE))
    assert value(seen.readings(View()), SHARE, "previous") is None, "there is nothing before all there is"


def test_without_comparison_nothing_is_compared(seen: Seeing) -> None:
    for grain in ("total", "month"):
        readings = seen.readings(JULY.with_(comparison="none", since=date(2026, 6, 1)), grain=grain)
        assert readings["previous"].null_count() == readings.height


def test_neighbours_of_a_series_are_compared(seen: Seeing) -> None:
    months = seen.readings(View(), grain="month").filter(pl.col("metric") == SHARE)
    assert months["previous"].to_list()[1:] == pytest.approx(months["value"].to_list()[:-1])


def test_a_period_is_compared_with_that_of_last_year(tmp_path: Path) -> None:
    work = made(tmp_path)
    rows = ["entry_id,person,day,task,goal,minutes"]
    rows += [f"old-{day},ana,2025-07-{day:02},{'reply' if day % 2 else 'plan'},time,{60 + day}" for day in range(1, 32)]
    (tmp_path / "effort.csv").write_text("\n".join(rows) + "\n")
    (outcome,) = work.import_(tmp_path / "effort.csv")
    assert outcome.status == "imported", outcome
    seen = Seeing(work)
    year = View(since=date(2025, 7, 1), until=date(2025, 8, 1), comparison="none")
    for grain in ("total", "month"):
        then = value(seen.readings(year, grain=grain), SHARE)
        now = seen.readings(JULY.with_(comparison="last_year"), grain=grain)
        assert value(now, SHARE, "previous") == pytest.approx(then)
        assert value(now, SHARE, "change") == pytest.approx(value(now, SHARE) - then)


def test_equal_questions_are_asked_once(seen: Seeing, monkeypatch: pytest.MonkeyPatch) -> None:
    first = seen.readings(JULY, grain="week")
    monkeypatch.setattr("smmetrics.workspace.answering.compute", None)
    assert seen.readings(JULY, grain="week") is first


def test_goals_answered_one_by_one_are_the_whole_and_are_not_asked_again(
    seen: Seeing, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = Seeing(workspace).readings(JULY, grain="week")
    alone = {goal: seen.readings(JULY.with_(goals=(goal,)), grain="week") for goal in ("time", "talk")}
    seen.readings(JULY)  # a reading's evidence is looked for among those of the whole time, too
    monkeypatch.setattr("smmetrics.workspace.answering.compute", lambda *_, **__: pytest.fail("asked again"))
    assert_frame_equal(seen.readings(JULY, grain="week"), whole)
    for goal, frame in alone.items():
        assert_frame_equal(whole.filter(pl.col("goal") == goal), frame)
    read = whole.filter(pl.col("value").is_not_null()).row(-1, named=True)
    assert seen.evidence(read["reading_id"], JULY)["formula"]
    assert seen.working(read["reading_id"], JULY)["numbers"]


def test_what_comes_in_is_seen_at_once(tmp_path: Path) -> None:
    work = made(tmp_path)
    seen = Seeing(work)
    others = seen.count("posts", View()) - seen.count("posts", BLOGS)
    for row in work.snapshot().imports().iter_rows(named=True):
        if row["kind"].startswith("blogs."):
            work.undo(row["id"])
    assert seen.count("posts", View()) == others > 0
    assert list(seen.platforms) == ["x"]


def test_days_end_today_where_a_calendar_holds_meetings_that_lie_ahead(tmp_path: Path) -> None:
    meeting = "BEGIN:VEVENT\nUID:{0}\nDTSTART;VALUE=DATE:{0}\nSUMMARY:Talk\nEND:VEVENT\n"
    calendar = tmp_path / "meetings.ics"
    calendar.write_text(f"BEGIN:VCALENDAR\n{meeting.format('20260105')}{meeting.format('21000105')}END:VCALENDAR\n")
    workspace = init(tmp_path / "acme")
    assert [outcome.status for outcome in workspace.import_(calendar)] == ["imported"]
    seen, tomorrow = Seeing(workspace), datetime.now(tz=UTC).date() + timedelta(days=1)
    first, end = seen.days()
    assert first == date(2026, 1, 5)
    assert end <= tomorrow
    assert seen.freshness()["offline"] < tomorrow
    assert workspace.measure("count(events)").frame["value"].to_list() == [1]
    assert workspace.tables().left_out()["ahead"] == 1
    assert workspace.tables().as_of == datetime(2026, 1, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("facts", "start", "end", "tomorrow"),
    [
        ("events", date(2026, 1, 5), date(2026, 3, 2), date(2026, 3, 1)),
        ("effort,effort.minutes", date(2026, 1, 5), date(2027, 1, 1), date(2026, 3, 1)),
        ("events", date(2026, 1, 5), date(2026, 3, 1), None),
        ("posts", date(2026, 1, 5), date(2027, 1, 1), None),
        ("events", date(2026, 3, 1), date(2027, 1, 1), None),
    ],
    ids=["a meeting tomorrow", "work next year", "a meeting today", "posts of a year", "all of it ahead"],
)
def test_what_is_read_depends_on_the_day_only_where_something_is_planned(facts, start, end, tomorrow) -> None:
    spans = pl.LazyFrame({"facts": [facts], "start": [start], "end": [end]})
    snapshot = SimpleNamespace(head=SimpleNamespace(tables={"events": ""}), current=lambda _: spans)
    assert ahead(snapshot, "UTC", date(2026, 2, 28)) == tomorrow


def test_without_data_everything_is_empty_and_nothing_is_raised(tmp_path: Path) -> None:
    seen = Seeing(init(tmp_path))
    assert seen.readings(View()).height == 0
    assert dict(seen.readings(View()).schema) == dict(SCHEMA)
    assert seen.table("posts", View(), columns=["post_id"]).shape == (0, 1)
    assert (seen.count("posts", View()), seen.days(), dict(seen.freshness()), dict(seen.platforms)) == (0, None, {}, {})


def test_without_a_strategy_there_are_rows_and_no_goals(tmp_path: Path) -> None:
    work = made(tmp_path)
    (work.root / "strategy.toml").unlink()
    seen = Seeing(Workspace(work.root))
    assert (seen.goals, seen.findings(), seen.coverage("any"), seen.purpose) == ((), (), (), "")
    assert seen.readings(View()).height == 0
    assert seen.count("posts", View()) > 0


def test_a_target_speaks_of_the_whole_and_is_withheld_from_parts(tmp_path: Path) -> None:
    aim = '[[goals.talk.targets]]\nmetric = "communicating.conversation_rate"\nvalue = ">= 4"\n'
    work = made(tmp_path, STRATEGY + aim)
    seen = Seeing(work)
    assert value(seen.readings(View()), RATE, "target") == ">= 4"
    assert value(seen.readings(BLOGS), RATE, "target") == ""
    assert set(seen.readings(View(), by=("platform",))["target"]) == {""}
    (work.root / "strategy.toml").write_text(STRATEGY + aim + 'channel = "blogs"\n')
    seen = Seeing(Workspace(work.root))
    assert value(seen.readings(BLOGS), RATE, "target") == ">= 4"
    by = seen.readings(View(), by=("platform",)).filter(pl.col("metric") == RATE)
    assert dict(by.select("platform", "target").iter_rows()) == {"blogs": ">= 4", "x": ""}


def test_coverage_and_findings_are_plain_values(seen: Seeing) -> None:
    cell = seen.coverage("talk")[0]
    assert (cell["metric"], cell["channel"], cell["status"]) == (RATE, "blogs", "measurable")
    assert json.dumps(seen.findings())
    assert {"code", "level", "message", "hint"} <= set(seen.findings()[0])


def test_next_steps_follow_a_changed_plan(tmp_path: Path) -> None:
    changed = made(tmp_path)
    seen = changed.source()
    before = seen.next_steps()
    assert seen.next_steps() is before
    vars(changed)["strategy"] = changed.need_strategy().model_copy(update={"title": "Another"})
    assert seen.next_steps() is not before


def test_occasions_of_a_goal_are_the_calendar_s_and_the_campaigns_that_are_for_it(tmp_path: Path) -> None:
    (tmp_path / "strategy.toml").write_text(
        f"{STRATEGY}\n[campaigns.spring]\nfrom = 2026-03-01\nuntil = 2026-05-31\n"
        '[campaigns.autumn]\ntitle = "Autumn"\nfrom = 2026-09-01\ngoals = ["time"]\n[campaigns.undated]\n'
        '[[calendar]]\ndate = 2026-07-18\nkind = "event"\n',
        encoding="utf-8",
    )
    talk, time = Seeing(Workspace(tmp_path)).goals
    fair = ("event", date(2026, 7, 18), date(2026, 7, 18))
    spring = ("spring", date(2026, 3, 1), date(2026, 5, 31))
    assert [(each.title, each.first, each.last) for each in talk.occasions] == [fair, spring]
    assert [(each.title, each.first, each.last) for each in time.occasions] == [
        fair,
        spring,
        ("Autumn", date(2026, 9, 1), None),
    ]


def test_posts_of_which_only_the_day_is_known_are_listed_by_it(tmp_path: Path) -> None:
    head = "Content,Video title,Video publish time,Views\n"
    days = {"M1fTBQ96BRM": "Jul 15, 2026", "OrVFdHWj3p4": "Jul 30, 2026", "AAAAAAAAAA1": "Jul 2, 2026"}
    (tmp_path / "Table data.csv").write_text(head + "".join(f'{id_},t,"{day}",7\n' for id_, day in days.items()))
    workspace = Workspace(tmp_path / "work")
    workspace.make_store()
    workspace.import_(tmp_path / "Table data.csv")
    view = View(since=date(2026, 7, 2), until=date(2026, 7, 31))
    rows = Seeing(workspace).table("posts", view, columns=["post_id"])
    assert rows["post_id"].to_list() == ["OrVFdHWj3p4", "M1fTBQ96BRM", "AAAAAAAAAA1"]
