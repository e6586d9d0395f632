"""A reading explained: the numbers in its formula give its value, and equal what stdlib counts in the files."""

from __future__ import annotations

import ast
import csv
import json
import operator
import shutil
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from smmetrics.api.errors import UserMistake
from smmetrics.cli.main import main
from smmetrics.engine.identity import HALF, placed
from smmetrics.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import polars as pl

STRATEGY = """
title = "A garden shop"
timezone = "UTC"
[audiences.gardeners]
who = "people with their first garden"
[people.ana]
role = "gardener"
hours_per_week = 8
speaks_as = ["blogs:ana", "x:@AcmeGardens"]
[people.ben]
speaks_as = ["blogs:ben"]
[goals.talk]
audience = "gardeners"
people = ["ana"]
hours = { ana = 3 }
[[goals.talk.questions]]
ask = "Do we talk?"
lead = ["communicating.reply_share", "communicating.er_by_impressions", "reactions", "communicating.interactions_per_post"]
beside = [
  "communicating.save_rate", "communicating.thread_followup_rate", "first_answer", "resourcing.hours_per_response",
  "growth", "twice", "communicating.question_yield", "resourcing.planned_vs_actual_hours", "people_heard", "daily",
]
[metrics.reactions]
title = "Reactions shown"
formula = "ratio(posts, likes + comments, impressions, ours)"
better = "higher"
[metrics.first_answer]
title = "First answer"
formula = "wait(posts, created_at, replied_at, theirs and is_question)"
unit = "duration"
better = "lower"
[metrics.growth]
title = "More than before"
formula = "count(posts, ours) - previous(count(posts, ours))"
better = "higher"
[metrics.twice]
title = "Of two aggregates"
formula = "1 - (mean(posts.likes, ours) - 2) / ratio(posts, impressions, likes, ours)"
better = "higher"
[metrics.people_heard]
title = "People"
formula = "distinct(posts.person, theirs)"
better = "higher"
[metrics.daily]
title = "Posts a day"
formula = "count(posts, ours) / period_days"
better = "higher"
"""
NUMBERS: dict[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv,
}  # fmt: skip


def reckoned(text: str) -> float:
    """What a person with a calculator gets of ``(1,204 + 310) / 88,120``."""

    def value(node: ast.expr) -> float:
        match node:
            case ast.Constant(value=int() | float() as number):
                return float(number)
            case ast.UnaryOp(op=ast.USub(), operand=inner):
                return -value(inner)
            case ast.BinOp(left=left, op=sign, right=right):
                return NUMBERS[type(sign)](value(left), value(right))
            case _:
                raise AssertionError(ast.dump(node))

    return value(ast.parse(text.replace(",", ""), mode="eval").body)


@pytest.fixture(scope="module")
def folder(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("explained") / "work"
    root.mkdir()
    (root / "strategy.toml").write_text(STRATEGY, encoding="utf-8")
    assert main(["-w", str(root), "import", str(samples)]) == 0
    return root


@pytest.fixture(scope="module")
def workspace(folder: Path) -> Workspace:
    return Workspace(folder)


@pytest.fixture(scope="module")
def months(workspace: Workspace) -> pl.DataFrame:
    """All readings by month."""
    return workspace.export(grain="month").frame


def posts(samples: Path, month: str) -> list[dict[str, str]]:
    (path,) = samples.glob(f"tweet_activity*_2026{month}01_*.csv")
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_the_numbers_in_a_formula_give_its_value(workspace: Workspace, months: pl.DataFrame) -> None:
    rows = months.filter(state="value", period_start=date(2026, 7, 1)).to_dicts()
    told = [(row, workspace.explain(row["reading_id"])) for row in rows]
    assert len(told) >= 11
    for row, record in told:
        assert record["value"] == pytest.approx(row["value"], rel=1e-12), row["metric"]
        assert record["numbers"], row["metric"]
        assert reckoned(record["numbers"]) == pytest.approx(row["value"], rel=1e-4), row["metric"]


def test_the_parts_are_what_the_file_says(workspace: Workspace, samples: Path) -> None:
    record = workspace.explain("reactions", at="2026-06", slices={"platform": "x"})
    june = posts(samples, "06")
    likes, replies, seen = (sum(float(row[name]) for row in june) for name in ("likes", "replies", "impressions"))
    assert [part["value"] for part in record["parts"]] == [likes, replies, seen]
    assert record["numbers"] == f"({likes:,.0f} + {replies:,.0f}) / {seen:,.0f}"
    assert record["computed"] == "ratio(posts, likes + comments, impressions, ours)"
    assert record["value"] == pytest.approx((likes + replies) / seen, rel=1e-12)
    assert [each["file"] for each in record["sources"]] == [
        path.name for path in samples.glob("tweet_activity*_20260601_*.csv")
    ]


def test_the_platforms_own_figure_stands_beside_ours_with_how_it_is_made(workspace: Workspace, samples: Path) -> None:
    record = workspace.explain("communicating.er_by_impressions", at="2026-06")
    june = posts(samples, "06")
    theirs, seen = (sum(float(row[name]) for row in june) for name in ("engagements", "impressions"))
    ours = sum(float(row[name]) for row in june for name in ("likes", "replies", "retweets"))
    figures = [each for each in record["native"] if each["theirs"] is not None]
    assert [(each["platform"], each["word"]) for each in figures] == [("X", "engagements")]
    assert figures[0]["theirs"] == pytest.approx(theirs / seen, rel=1e-12)
    assert figures[0]["ours"] == pytest.approx(ours / seen, rel=1e-12)
    assert "user profile clicks" in figures[0]["formula"]


def test_an_id_or_its_unique_beginning_finds_one_reading_and_measures_only_its_metric(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    frame = workspace.export(grain="month", by=("platform",)).frame
    row = frame.filter(state="value", platform="x").row(0, named=True)
    from smmetrics.workspace.explaining import locating

    asked: list[str] = []
    compute = locating.compute

    def counted(requests: Any, *rest: Any, **more: Any) -> Any:
        asked.extend(request.metric for request in requests)
        return compute(requests, *rest, **more)

    monkeypatch.setattr(locating, "compute", counted)
    assert workspace.explain(row["reading_id"])["reading_id"] == row["reading_id"]
    assert workspace.explain(row["reading_id"][:20])["reading_id"] == row["reading_id"]
    assert {name for name in asked if not name.startswith(("part", "days", "young", "ours", "theirs"))} == {
        row["metric"]
    }


def test_a_window_somebody_stated_is_found_by_its_id_too(workspace: Workspace) -> None:
    row = workspace.export(since=date(2026, 6, 9), until=date(2026, 7, 4)).frame.row(0, named=True)
    assert row["reading_id"][HALF:] == placed(date(2026, 6, 9), date(2026, 7, 4), {})
    assert workspace.explain(row["reading_id"])["period_end"] == date(2026, 7, 4)


def test_a_part_that_another_column_splits_by_is_found_by_its_id(workspace: Workspace) -> None:
    frame = workspace.export(by=("platform", "kind"), grain="month").frame
    row = frame.filter(state="value", metric="communicating.er_by_impressions").row(0, named=True)
    assert workspace.explain(row["reading_id"])["slice"] == json.loads(row["slice"])


def test_a_beginning_that_several_readings_have_names_some(workspace: Workspace, months: pl.DataFrame) -> None:
    row = months.row(0, named=True)
    with pytest.raises(UserMistake, match="have an id that begins with") as told:
        workspace.explain(row["reading_id"][:12])
    assert row["reading_id"] in told.value.hint
    assert workspace.explain(row["reading_id"][:12], at="2026-06")["metric"] == row["metric"]


def test_a_period_and_slices_name_a_reading_as_the_goal_asks_it(workspace: Workspace) -> None:
    for at, grain in (("2026-06", "month"), ("2026-Q3", "quarter"), ("2026-W27", "week"), ("2026-07-02", "day")):
        record = workspace.explain("communicating.reply_share", at=at)
        assert (record["grain"], record["goal"]) == (grain, "talk")
        frame = workspace.export(grain=grain).frame.filter(reading_id=record["reading_id"])
        assert frame.select("value", "state").rows() == [(record["value"], record["state"])]
    assert workspace.explain("count(posts, ours)", at="2026-06")["goal"] == ""


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ({"at": "June"}, "'June' is no period"),
        ({"at": "2026-13"}, "no period"),
        ({"slices": {"platform": "nix"}}, "no reading there: platform nix"),
        ({"at": "2026-06", "goal": "win"}, "does not ask for"),
    ],
)
def test_what_is_not_there_says_what_is(workspace: Workspace, how: dict[str, Any], said: str) -> None:
    with pytest.raises(UserMistake, match=said) as told:
        workspace.explain("communicating.reply_share", **how)
    assert told.value.hint


def test_a_number_without_a_value_offers_the_nearest_that_has_one(workspace: Workspace) -> None:
    record = workspace.explain("communicating.save_rate", at="all")
    assert record["numbers"] == ""
    assert record["state"] == "not_measurable"
    assert record["instead"][0]["state"] == "value"
    assert record["instead"][0]["why"]


def test_what_was_left_out_is_counted(workspace: Workspace) -> None:
    record = workspace.explain("communicating.thread_followup_rate", at="2026-08-25..2026-09-10")
    told = {each["what"]: each["count"] for each in record["left_out"]}
    assert told["not_covered"] == 10
    began = [
        row["created_at"]
        for row in workspace.table("threads", columns=["ours", "first_audience_reply_at", "created_at"]).to_dicts()
        if row["ours"] and row["first_audience_reply_at"] and row["created_at"]
    ]
    days = float(workspace.catalogue.metrics["communicating.thread_followup_rate"].metric.maturity)
    as_of = datetime(2026, 9, 1, tzinfo=UTC)
    young = [at for at in began if as_of - timedelta(days=days) < at < as_of]
    assert told.get("immature", 0) == len(young) > 0


def test_records_set_aside_are_named_with_their_file(folder: Path, tmp_path: Path) -> None:
    work = tmp_path / "work"
    shutil.copytree(folder, work)
    sheet = tmp_path / "effort-more.csv"
    sheet.write_text("person,day,task,minutes\nana,2026-06-03,reply,30\nana,not a day,reply,30\n", encoding="utf-8")
    assert main(["-w", str(work), "import", str(sheet)]) == 0
    record = Workspace(work).explain("resourcing.hours_per_response", at="2026-06")
    lost = [each for each in record["left_out"] if each["what"] == "set_aside"]
    assert [each["count"] for each in lost] == [1]
    assert "effort-more.csv" in lost[0]["why"]


def test_every_method_of_an_interval_is_said_in_a_sentence(workspace: Workspace, months: pl.DataFrame) -> None:
    rows = months.unique("interval_method").to_dicts()
    methods = {row["interval_method"]: workspace.explain(row["reading_id"])["interval"] for row in rows}
    assert len(methods) >= 3
    assert all(bool(said) == bool(method) for method, said in methods.items())


def test_a_reading_that_is_no_more_says_what_it_was(folder: Path, tmp_path: Path) -> None:
    work = tmp_path / "work"
    shutil.copytree(folder, work)
    now = Workspace(work)
    # Days of the blog alone: no other file covers them after the import is taken back.
    row = now.explain("count(posts)", at="2026-06", slices={"platform": "blogs"})
    metric = now.explain("communicating.reply_share", at="2026-06", slices={"platform": "blogs"})
    assert row["value"] > 0
    blog = next(each["id"] for each in metric["sources"])
    assert main(["-w", str(work), "imports", "undo", blog]) == 0
    again = Workspace(work)
    record = again.explain(metric["reading_id"])
    assert record["gone"] == {"head": 1}
    assert record["value"] == metric["value"]
    assert record["numbers"] == metric["numbers"]


def test_a_reading_that_only_an_export_remembers_is_told_from_it(
    folder: Path, months: pl.DataFrame, tmp_path: Path
) -> None:
    work = tmp_path / "work"
    shutil.copytree(folder, work)
    out = work / "reports" / "kpis.csv"
    assert main(["-w", str(work), "export", "--grain", "month", "--out", str(out)]) == 0
    row = months.filter(state="value", metric="twice").row(0, named=True)
    text = (work / "strategy.toml").read_text(encoding="utf-8")
    (work / "strategy.toml").write_text(
        text.replace('"growth", "twice"', '"growth"').replace("[metrics.twice]", "[metrics.thrice]"), encoding="utf-8"
    )
    record = Workspace(work).explain(row["reading_id"])
    assert record["gone"] == {"file": "kpis.csv"}
    assert record["value"] == row["value"]
    assert record["document"]["metric"] == "twice"
    assert main(["-w", str(work), "explain", row["reading_id"]]) == 0


def test_a_number_that_is_held_back_tells_none_of_its_parts(folder: Path, tmp_path: Path) -> None:
    work = tmp_path / "work"
    shutil.copytree(folder, work)
    text = (work / "strategy.toml").read_text(encoding="utf-8").replace("[people.ana]", "inside = true\n[people.ana]")
    agreed = '[privacy]\nsmallest_group = 500\nagreed_with = "works council"\nagreed_on = 2026-09-30\n'
    (work / "strategy.toml").write_text(text + agreed, encoding="utf-8")
    record = Workspace(work).explain("people_heard", at="2026-07")
    assert record["state"] == "suppressed"
    assert (record["numbers"], record["parts"], record["n"], record["numerator"]) == ("", [], None, None)
    assert [each for each in record["left_out"] if each["what"] in {"immature", "not_reported"}] == []


def test_an_id_of_nothing_is_the_users_mistake(workspace: Workspace) -> None:
    with pytest.raises(UserMistake, match="No reading of this folder"):
        workspace.explain("0123456789abcdef0123456789abcdef")


def test_the_page_begins_with_the_number_and_ends_with_its_origin(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert main(["-w", str(folder), "explain", "reactions", "--at", "2026-06", "--platform", "x"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("Reactions shown: ")
    assert lines[0].endswith(" %")
    assert any(line.startswith("in numbers  ratio(posts, likes + comments, impressions, ours) = (") for line in lines)
    assert any(line.startswith("origin") for line in lines)
    assert main(["-w", str(folder), "explain", "reactions", "--at", "2026-06", "--json"]) == 0
    (record,) = json.loads(capsys.readouterr().out)
    assert record["kind"] == "reading"
    assert record["numbers"]
    assert main(["-w", str(folder), "explain", "reactions", "--slice", "platform"]) == 2
    assert "NAME=VALUE" in capsys.readouterr().err
