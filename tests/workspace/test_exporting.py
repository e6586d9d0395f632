"""Nightly exports: what changed since another time is just what two whole exports differ in, counted by stdlib csv."""

from __future__ import annotations

import csv
import json
import shutil
import sqlite3
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import openpyxl
import polars as pl
import pytest

from smmetrics.api.errors import UserMistake
from smmetrics.cli.main import main
from smmetrics.engine.schema import EXPORTED
from smmetrics.export import described
from smmetrics.store import head
from smmetrics.workspace import Workspace

if TYPE_CHECKING:
    from pathlib import Path

STRATEGY = """
title = "A garden shop"
timezone = "UTC"
[audiences.gardeners]
who = "people with their first garden"
[people.ana]
role = "gardener"
speaks_as = ["blogs:ana", "x:@AcmeGardens"]
[goals.talk]
audience = "gardeners"
people = ["ana"]
[[goals.talk.questions]]
ask = "Do we talk?"
lead = ["communicating.reply_share", "likes_of_ours"]
beside = ["communicating.save_rate", "posts_of_ours"]
[metrics.likes_of_ours]
title = "Likes of our posts"
formula = "sum(posts.likes, ours)"
better = "higher"
[metrics.posts_of_ours]
title = "Our posts"
formula = "count(posts, ours)"
better = "higher"
[privacy]
smallest_group = 7
keep_months = 400
"""
ASIDE = {"provenance", "restated", "gone", "data_until"}
"""What is not the reading itself."""


def rows_of(path: Path) -> dict[str, dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return {row["reading_id"]: row for row in csv.DictReader(file)}


def same(one: dict[str, str], other: dict[str, str]) -> bool:
    """Whether two rows say the same, by text, numbers to 1e-9."""
    return all(one[name] == other[name] or _near(one[name], other[name]) for name in one if name not in ASIDE)


def _near(one: str, other: str) -> bool:
    try:
        x, y = float(one), float(other)
    except ValueError:
        return False
    return abs(x - y) <= 1e-9 * max(abs(x), abs(y))


def export(root: Path, *arguments: object, code: int = 0) -> None:
    assert main(["-w", str(root), "export", *map(str, arguments)]) == code


def later(source: Path, target: Path) -> None:
    """The same posts as somebody exports them two months later: three of them have more likes."""
    with source.open(newline="", encoding="utf-8") as file:
        rows = list(csv.reader(file))
    likes = rows[0].index("likes")
    for row in rows[1:4]:
        row[likes] = str(int(float(row[likes])) + 11)
    with target.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)


@pytest.fixture(scope="module")
def nights(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder exported, grown by a later export of known posts and another month, and exported again."""
    root = tmp_path_factory.mktemp("nights")
    work = root / "work"
    work.mkdir()
    (work / "strategy.toml").write_text(STRATEGY, encoding="utf-8")
    june, july = sorted(samples.glob("tweet_activity*.csv"))
    assert main(["-w", str(work), "import", str(june), str(july)]) == 0
    export(work, "--grain", "month", "--out", root / "one.csv")
    for suffix in ("json", "parquet"):
        export(work, "--grain", "month", "--out", root / f"one.{suffix}")
    again = root / june.name.replace("20260701", "20260901")
    later(june, again)
    (august,) = samples.glob("account_analytics_content*.csv")
    assert main(["-w", str(work), "import", str(again), str(august)]) == 0
    export(work, "--grain", "month", "--out", root / "two.csv")
    return root


def changed(nights: Path, since: object, out: Path) -> dict[str, dict[str, str]]:
    export(nights / "work", "--grain", "month", "--changed-since", since, "--out", out)
    return rows_of(out)


@pytest.mark.parametrize("since", ["one.csv", "one.json", "one.parquet", "1", "1-0123abc"])
def test_what_changed_is_just_what_two_whole_exports_differ_in(nights: Path, tmp_path: Path, since: str) -> None:
    one, two = rows_of(nights / "one.csv"), rows_of(nights / "two.csv")
    given = nights / since if "." in since else since
    found = changed(nights, given, tmp_path / "changed.csv")
    differ = {key for key, row in two.items() if key not in one or not same(one[key], row)}
    assert 0 < len(differ) < len(two)
    assert {key for key, row in found.items() if row["gone"] == "false"} == differ
    assert {key for key, row in found.items() if row["gone"] == "true"} == set(one) - set(two)
    assert all(same(found[key], two[key]) for key in differ)


def test_a_finished_month_that_late_counts_changed_is_restated_and_a_new_one_is_not(
    nights: Path, tmp_path: Path
) -> None:
    one = rows_of(nights / "one.csv")
    found = changed(nights, nights / "one.csv", tmp_path / "changed.csv")
    likes = {row["period_start"]: row for row in found.values() if row["metric"] == "likes_of_ours"}
    restated = {day: row["restated"] for day, row in likes.items()}
    # July is the same number after another one; August was not there.
    assert restated == {"2026-06-01": "true", "2026-07-01": "false", "2026-08-01": "false"}
    was = next(row for row in one.values() if (row["metric"], row["period_start"]) == ("likes_of_ours", "2026-06-01"))
    assert float(likes["2026-06-01"]["value"]) - float(was["value"]) == 33
    marked = {row["reading_id"] for row in rows_of(nights / "two.csv").values() if row["restated"] == "true"}
    assert marked == {row["reading_id"] for row in found.values() if row["restated"] == "true"}
    assert {row["restated"] for row in one.values()} == {"false"}


def test_a_warehouse_that_merges_every_night_holds_what_a_whole_export_says(nights: Path, tmp_path: Path) -> None:
    base = sqlite3.connect(":memory:")
    base.execute(described.sql())
    for night in (rows_of(nights / "one.csv"), changed(nights, nights / "one.csv", tmp_path / "changed.csv")):
        for row in night.values():
            base.execute("DELETE FROM readings WHERE reading_id = ?", (row["reading_id"],))
            if row["gone"] == "false":
                marks = ", ".join("?" * len(row))
                base.execute(f"INSERT INTO readings ({', '.join(row)}) VALUES ({marks})", tuple(row.values()))
    held = dict(base.execute("SELECT reading_id, value FROM readings"))
    whole = rows_of(nights / "two.csv")
    assert held.keys() == whole.keys()
    assert all(
        str(value) == whole[key]["value"] or _near(str(value), whole[key]["value"]) for key, value in held.items()
    )


def test_a_reading_that_is_no_more_comes_as_gone_without_a_number(nights: Path, tmp_path: Path) -> None:
    work = tmp_path / "work"
    shutil.copytree(nights / "work", work)
    assert main(["-w", str(work), "imports", "undo", "b2"]) == 0
    out = tmp_path / "changed.csv"
    export(work, "--grain", "month", "--changed-since", nights / "two.csv", "--out", out)
    two = rows_of(nights / "two.csv")
    gone = {key: row for key, row in rows_of(out).items() if row["gone"] == "true"}
    assert {two[key]["period_start"] for key in gone} == {"2026-08-01"}
    assert {(row["state"], row["reason"], row["value"], row["n"]) for row in gone.values()} == {
        ("not_measurable", "reading.gone", "", "")
    }
    assert all(row["metric"] == two[key]["metric"] for key, row in gone.items())


def test_a_file_of_changes_stands_for_the_state_it_was_made_at(nights: Path, tmp_path: Path) -> None:
    first = tmp_path / "changed.csv"
    changed(nights, nights / "one.csv", first)
    assert changed(nights, first, tmp_path / "again.csv") == {}
    told = json.loads((tmp_path / "again.csv.provenance.json").read_text(encoding="utf-8"))["provenance"]
    assert told["changed_since"]["head"] == 2


def test_a_day_stands_for_the_state_before_it(nights: Path, tmp_path: Path) -> None:
    today = datetime.now(UTC).date()
    everything = changed(nights, today - timedelta(days=1), tmp_path / "all.csv")
    assert everything.keys() == rows_of(nights / "two.csv").keys()
    assert changed(nights, today + timedelta(days=2), tmp_path / "none.csv") == {}


def test_a_state_that_is_not_kept_any_more_is_the_users_mistake(nights: Path, tmp_path: Path) -> None:
    work = tmp_path / "work"
    shutil.copytree(nights / "work", work)
    for path in (work / "store" / head.FORMER).glob("[01].json"):
        path.unlink()
    workspace = Workspace(work)
    with pytest.raises(UserMistake, match="The state 1 of this folder is not there"):
        workspace.export(changed_since=1)
    assert workspace.export().frame["restated"].null_count() == workspace.export().frame.height


@pytest.mark.parametrize(
    ("since", "said"),
    [("99", "is not there"), ("last week", "is no day, no state of this folder and no file"), ("2026-13-01", "no day")],
)
def test_a_time_nobody_knows_says_what_can_be_named(
    nights: Path, capsys: pytest.CaptureFixture[str], since: str, said: str
) -> None:
    export(nights / "work", "--changed-since", since, code=2)
    told = " ".join(capsys.readouterr().err.split())
    assert said in told


def test_a_file_that_was_asked_otherwise_is_refused(nights: Path, capsys: pytest.CaptureFixture[str]) -> None:
    export(nights / "work", "--grain", "week", "--changed-since", nights / "one.csv", code=2)
    assert "--grain month then, --grain week now" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "content"), [("a.csv", "a,b\n1,2\n"), ("a.json", "{}"), ("a.parquet", "PAR"), ("a.txt", "")]
)
def test_a_file_that_holds_no_readings_is_refused(
    nights: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, content: str
) -> None:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    export(nights / "work", "--changed-since", path, code=2)
    assert name in capsys.readouterr().err


def test_data_until_is_the_last_day_all_of_it_covers(nights: Path) -> None:
    for name, day in (("one.csv", "2026-07-31"), ("two.csv", "2026-08-31")):
        until = {row["metric"]: row["data_until"] for row in rows_of(nights / name).values()}
        cannot_be_fed = {"communicating.save_rate": ""}
        assert until == dict.fromkeys(until, day) | cannot_be_fed


def test_beside_the_file_stands_all_it_comes_from(nights: Path) -> None:
    note: dict[str, Any] = json.loads((nights / "two.csv.provenance.json").read_text(encoding="utf-8"))
    told = note["provenance"]
    assert told["head"] == 2
    assert told["asked"] == {"goals": [], "by": [], "grain": "month", "since": "", "until": ""}
    assert [each["kind"] for each in told["files"]] == [
        "x.legacy_posts",
        "x.legacy_posts",
        "x.legacy_posts",
        "x.content",
    ]
    assert all(len(each["sha256"]) == 64 and "/" not in each["file"] for each in told["files"])
    assert told["privacy"] == {"smallest_group": 7, "keep_months": 400} | {
        name: value for name, value in told["privacy"].items() if name not in {"smallest_group", "keep_months"}
    }
    assert told["data_until"] == {"x": "2026-08-31"}
    named = {row["provenance"] for row in rows_of(nights / "two.csv").values()}
    assert named == set(told["readings"])
    assert all(len(document["hash"]) == 64 and document["plugins"] for document in told["readings"].values())


def test_parquet_and_a_spreadsheet_give_back_what_csv_says(nights: Path, tmp_path: Path) -> None:
    export(nights / "work", "--grain", "month", "--out", tmp_path / "two.xlsx")
    export(nights / "work", "--grain", "month", "--out", tmp_path / "two.parquet")
    whole = rows_of(nights / "two.csv")
    assert pl.read_parquet_schema(tmp_path / "two.parquet") == dict(EXPORTED)
    head, *lines = openpyxl.load_workbook(tmp_path / "two.xlsx").active.iter_rows(values_only=True)
    sheet = [dict(zip(head, line, strict=True)) for line in lines]
    assert [name for name in head if name != "in_words"] == list(EXPORTED)
    for told in (sheet, pl.read_parquet(tmp_path / "two.parquet").to_dicts()):
        assert {row["reading_id"] for row in told} == whole.keys()
        for row in told:
            one = whole[row["reading_id"]]
            assert (row["value"] is None) == (one["value"] == "")
            assert row["value"] is None or row["value"] == pytest.approx(float(one["value"]), rel=1e-12)
            assert str(row["period_start"])[:10] == one["period_start"]
            assert str(row["data_until"] or "")[:10] == one["data_until"]
            assert {True: "true", False: "false"}[row["restated"]] == one["restated"]


def test_numbers_asked_for_by_themselves_tell_their_files_too(nights: Path, tmp_path: Path) -> None:
    out = tmp_path / "count.csv"
    assert main(["-w", str(nights / "work"), "measure", "count(posts)", "--out", str(out)]) == 0
    told = json.loads((tmp_path / "count.csv.provenance.json").read_text(encoding="utf-8"))["provenance"]
    assert len(told["files"]) == 4
    assert len(told["readings"]) == 1


def test_every_format_has_the_columns_that_are_promised_whatever_is_asked(nights: Path, tmp_path: Path) -> None:
    export(nights / "work", "--by", "platform", "--out", tmp_path / "by.csv")
    for path in (nights / "one.csv", nights / "two.csv", tmp_path / "by.csv"):
        with path.open(newline="", encoding="utf-8") as file:
            assert next(csv.reader(file)) == list(EXPORTED)
