"""What the commands promise about files, exit codes and output, on exports that the plugins' generators make."""

from __future__ import annotations

import csv
import json
import os
from typing import TYPE_CHECKING

from smmetrics.cli.main import main
from smmetrics.engine import SCHEMA
from smmetrics.registry import Registry
from smmetrics.workspace import Workspace, init

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

IMPORT_COLUMNS = [
    "id", "file", "kind", "adapter", "records_in", "kept", "quarantined", "duplicate", "blank", "footer", "forgotten",
    "not_taken", "status", "reason", "part",
]  # fmt: skip


def test_import_prints_one_array_with_the_promised_columns(run, samples: Path) -> None:
    rows = json.loads(run("import", samples, "--json"))
    assert len(rows) == len(list(samples.iterdir()))
    assert all(list(row) == IMPORT_COLUMNS for row in rows)
    for row in rows:
        parts = ("kept", "quarantined", "duplicate", "blank", "footer", "forgotten")
        assert row["records_in"] == sum(row[name] for name in parts)


def test_a_refused_file_is_told_beside_the_good_one(run, posts_file: Path, tmp_path: Path) -> None:
    bad = tmp_path / "other.csv"
    bad.write_text("a,b\n1,2\n")
    rows = json.loads(run("import", posts_file, bad, "--json", code=4))
    assert [row["status"] for row in rows] == ["imported", "refused"]
    assert "'a'" in rows[1]["reason"]
    assert [row["file"] for row in json.loads(run("imports", "--json"))] == [str(posts_file)]


def test_a_file_that_is_not_there_is_the_users_mistake_and_stops_no_other(run, posts_file: Path) -> None:
    rows = json.loads(run("import", "not-there.csv", posts_file, "--json", code=2))
    assert [(row["file"], row["status"]) for row in rows] == [
        ("not-there.csv", "refused"),
        (str(posts_file), "imported"),
    ]


def test_a_file_twice_in_one_call_is_a_duplicate_of_itself(run, posts_file: Path) -> None:
    first, second = json.loads(run("import", posts_file, posts_file, "--json"))
    assert (first["status"], second["status"]) == ("imported", "duplicate")
    assert second["id"] == first["id"]


def test_an_import_taken_back_is_as_if_it_had_never_been(run, samples: Path) -> None:
    files = sorted(samples.glob("tweet_activity*.csv"))
    before = json.loads(run("import", files[0], "--json"))[0]["id"]
    count = run("measure", "count(posts)", "--format", "json")
    later = json.loads(run("import", files[1], "--json"))[0]["id"]
    assert json.loads(run("measure", "count(posts)", "--format", "json"))[0]["value"] > json.loads(count)[0]["value"]
    run("imports", "undo", later)
    assert json.loads(run("measure", "count(posts)", "--format", "json"))[0]["value"] == json.loads(count)[0]["value"]
    assert [row["id"] for row in json.loads(run("imports", "--json")) if row["status"] == "imported"] == [before]
    run("imports", "undo", "no-such-import", code=2)


def test_all_that_came_in_with_one_command_is_taken_back_at_once_or_nothing_is(run, samples: Path) -> None:
    files = sorted(samples.glob("tweet_activity*.csv"))
    run("import", *files)
    batch = json.loads(run("imports", "--json"))[0]["id"].partition("-")[0]
    run("imports", "undo", batch, "b99", code=2)
    assert {row["status"] for row in json.loads(run("imports", "--json"))} == {"imported"}
    told = run("imports", "undo", batch)
    assert told.count("Took back") == len(files) > 1
    assert "imported" not in {row["status"] for row in json.loads(run("imports", "--json"))}


def test_a_dry_run_keeps_nothing(run, posts_file: Path, tmp_path: Path) -> None:
    init(tmp_path / "work")
    (row,) = json.loads(run("import", posts_file, "--dry-run", "--json"))
    assert row["kept"] > 0
    assert json.loads(run("imports", "--json")) == []


def test_strict_speaks_of_what_was_set_aside(run, posts_file: Path, tmp_path: Path) -> None:
    cut = tmp_path / posts_file.name
    cut.write_bytes(posts_file.read_bytes()[:-40])
    (row,) = json.loads(run("import", cut, "--strict", "--json", code=3))
    assert row["quarantined"] == 1
    (aside,) = json.loads(run("quarantine", "--json"))
    assert aside["reason"] == "unterminated_last_record"
    whole = cut.read_bytes()
    assert whole[aside["start"] : aside["end"]].decode().startswith('"')


def test_a_table_of_nothing_is_its_header(run, tmp_path: Path) -> None:
    init(tmp_path / "work")
    assert run("table", "posts", "--columns", "post_id,likes", "--format", "csv") == "post_id,likes\n"


def test_a_table_to_be_read_lacks_columns_that_hold_nothing(run, posts_file: Path) -> None:
    run("import", posts_file)
    rows = list(csv.DictReader(run("table", "posts", "--limit", "2", "--format", "csv").splitlines()))
    filled = [name for name in rows[0] if any(row[name] for row in rows)]
    assert 0 < len(filled) < len(rows[0])
    assert run("table", "posts", "--limit", "2").split("\n", 1)[0].split() == filled
    asked = run("table", "posts", "--limit", "2", "--columns", "post_id,score")
    assert asked.split("\n", 1)[0].split() == ["post_id", "score"]


def test_readings_are_sorted_and_carry_every_column(run, samples: Path) -> None:
    run("import", samples)
    rows = json.loads(
        run(
            "measure",
            "count(posts)",
            "communicating.reply_share",
            "--by",
            "platform",
            "--grain",
            "month",
            "--format",
            "json",
        )
    )
    assert list(rows[0]) == list(SCHEMA)
    keys = [(row["metric"], row["platform"], row["period_start"]) for row in rows]
    assert keys == sorted(keys)
    assert {row["metric"] for row in rows} == {"communicating.reply_share", "count(posts)"}


def test_a_platform_alone_has_the_reading_that_it_has_among_all(run, samples: Path) -> None:
    run("import", samples)
    asked = ("measure", "count(posts, ours)", "sum(effort.minutes)", "--grain", "month", "--format", "json")
    every = json.loads(run(*asked, "--by", "platform"))
    assert {row["platform"] for row in every} == {"", "blogs", "x"}
    for word in ("x", "Twitter"):
        assert json.loads(run(*asked, "--platform", word)) == [row for row in every if row["platform"] in {"", "x"}]
    run(*asked, "--platform", "nowhere", code=2)


def test_files_are_written_with_where_they_come_from(run, samples: Path, tmp_path: Path) -> None:
    run("import", samples)
    out = tmp_path / "kpis.csv"
    run("measure", "count(posts)", "--grain", "month", "--out", out)
    with out.open(newline="") as file:
        rows = list(csv.DictReader(file))
    told = json.loads((tmp_path / "kpis.csv.provenance.json").read_text())
    assert {row["provenance"] for row in rows} <= set(told["provenance"]["readings"])


def test_a_formula_file_gives_a_reading_for_each_line(run, samples: Path, tmp_path: Path) -> None:
    run("import", samples)
    lines = tmp_path / "formulas.txt"
    lines.write_text("# two of ours\ncount(posts, ours)\n\nmean(posts.likes, ours)\n")
    rows = json.loads(run("measure", f"@{lines}", "--format", "json"))
    assert [row["metric"] for row in rows] == ["count(posts, ours)", "mean(posts.likes, ours)"]


def test_channels_without_goals_are_no_strategy(run, tmp_path: Path) -> None:
    folder = tmp_path / "work"
    folder.mkdir()
    (folder / "strategy.toml").write_text('title = "t"\npurpose = "p"\n[channels.a]\nplatform = "x"\nbecause = "b"\n')
    assert "list of" in run("review", code=2)


def test_a_word_nobody_knows_gets_the_nearest_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    init(tmp_path / "work")
    assert main(["-w", str(tmp_path / "work"), "measure", "communicating.replyshare"]) == 2
    assert "communicating.reply_share" in capsys.readouterr().err


def test_without_plugins_nothing_is_read_and_that_is_said(samples: Path, tmp_path: Path) -> None:
    workspace = Workspace(tmp_path / "work", registry=Registry.discover(off=True))
    outcomes = workspace.import_(samples)
    assert {outcome.status for outcome in outcomes} == {"refused"}


def test_a_table_by_tweet_and_one_by_day_never_add_up(run, samples: Path) -> None:
    run("import", *sorted(samples.glob("tweet_activity*.csv")))
    alone = json.loads(run("measure", "sum(posts.impressions)", "--format", "json"))[0]["value"]
    run("import", *sorted(samples.glob("daily_*.csv")))
    assert json.loads(run("measure", "sum(posts.impressions)", "--format", "json"))[0]["value"] == alone


def test_a_file_that_breaks_off_before_its_first_record_is_refused(run, samples: Path, tmp_path: Path) -> None:
    whole = next(iter(samples.glob("*.xml"))).read_bytes()
    cut = tmp_path / "cut.xml"
    cut.write_bytes(whole[: whole.index(b"<item>") - 1])
    (row,) = json.loads(run("import", cut, "--json", code=4))
    assert (row["status"], row["records_in"]) == ("refused", 0)
    assert "first record" in row["reason"]


def test_a_file_cut_inside_a_record_keeps_the_whole_ones(run, samples: Path, tmp_path: Path) -> None:
    whole = next(iter(samples.glob("*.xml"))).read_bytes()
    cut = tmp_path / "cut.xml"
    cut.write_bytes(whole[: whole.rindex(b"</item>") - 40])
    (row,) = json.loads(run("import", cut, "--json"))
    assert row["status"] == "imported"
    assert row["quarantined"] == 1
    assert row["kept"] == row["records_in"] - 1


def test_a_file_cut_between_two_records_says_that_some_may_be_missing(
    samples: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = next(iter(samples.glob("*.xml"))).read_bytes()
    cut = tmp_path / "cut.xml"
    cut.write_bytes(whole[: whole.index(b"</item>", len(whole) // 2) + len(b"</item>")])
    assert main(["-w", str(tmp_path / "work"), "import", str(cut)]) == 0
    assert "cut.xml: The file breaks off before its end" in capsys.readouterr().out
    assert main(["-w", str(tmp_path / "work"), "import", *map(str, samples.glob("*.xml"))]) == 0
    assert "breaks off" not in capsys.readouterr().out


def test_a_folder_that_may_not_be_looked_into_is_refused_and_stops_no_other(
    run, posts_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    locked = tmp_path / "inbox" / "a" / "locked"
    locked.mkdir(parents=True)
    (tmp_path / "inbox" / posts_file.name).write_bytes(posts_file.read_bytes())
    look = os.scandir

    def refuse(path: str) -> object:
        if str(path) == str(locked):
            raise PermissionError(13, "Permission denied", str(path))
        return look(path)

    monkeypatch.setattr(os, "scandir", refuse)
    rows = json.loads(run("import", tmp_path / "inbox", "--json", code=4))
    assert {row["file"]: row["status"] for row in rows} == {
        str(locked): "refused",
        str(tmp_path / "inbox" / posts_file.name): "imported",
    }


def test_a_workspace_that_an_import_makes_is_told(
    posts_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["-w", str(tmp_path / "gardn"), "import", str(posts_file), "--json"]
    for said in (True, False):
        assert main(words) == 0
        assert ("There was no workspace in" in capsys.readouterr().err) is said


def test_what_was_left_out_on_request_is_said_so(
    posts_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["-w", str(tmp_path / "work"), "import", str(posts_file), "--since", "2030-01-01"]) == 0
    said = capsys.readouterr().out
    assert "left out as you asked" in said
    assert "no metric speaks of them" not in said


def test_a_list_of_formulas_that_cannot_be_read_says_why_in_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    init(tmp_path / "work")
    (tmp_path / "bytes.txt").write_bytes(b"\xff\xfe")
    for name, why in (("absent.txt", "No such file or directory"), ("bytes.txt", "it is no text in UTF-8")):
        assert main(["-w", str(tmp_path / "work"), "measure", f"@{tmp_path / name}"]) == 2
        assert f"{name}: {why}." in capsys.readouterr().err


def test_a_demo_where_nothing_may_be_written_is_the_users_mistake(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("in the way")
    assert main(["demo", str(tmp_path / "file" / "demo")]) == 2
    assert "Choose a folder that is yours to write." in capsys.readouterr().err


def test_a_metric_of_a_goal_that_cannot_be_used_is_named_and_never_just_absent(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    work = tmp_path / "work"
    Workspace(work).make_store()
    (work / "strategy.toml").write_text(
        '[goals.g]\n[[goals.g.questions]]\nask = "q"\nlead = ["absent.pack", "mine"]\n'
        '[metrics.mine]\ntitle = "m"\nformula = "mean(posts.nonsense)"\n'
    )
    assert main(["-w", str(work), "export"]) == 0
    assert "Left out, because they cannot be used here: absent.pack, mine." in capsys.readouterr().err
    assert main(["-w", str(work), "measure", "mine"]) == 2
    assert "posts has no column 'nonsense'" in capsys.readouterr().err
    (work / "strategy.toml").write_text((work / "strategy.toml").read_text() + '[channels.c]\nplatform = "x"\n')
    assert main(["-w", str(work), "coverage"]) == 0
    assert "the definition of mine is at fault; see: smmetrics review" in capsys.readouterr().out


def test_no_period_of_a_file_that_breaks_off_passes_for_whole(run, samples: Path, tmp_path: Path) -> None:
    whole = next(iter(samples.glob("*.xml"))).read_bytes()
    cut = tmp_path / "cut.xml"
    cut.write_bytes(whole[: whole.index(b"</item>") + len(b"</item>")])
    run("import", cut)
    rows = json.loads(run("measure", "count(posts)", "--grain", "month", "--format", "json"))
    assert rows
    assert {row["incomplete"] for row in rows} == {True}
