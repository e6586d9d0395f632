"""What ends in words, in the right exit code, and with nothing stored that should not be."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from smmetrics.cli.main import main
from smmetrics.workspace import init

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def blog(samples: Path) -> bytes:
    return next(iter(samples.glob("*.xml"))).read_bytes()


@pytest.fixture
def say(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """What a command prints, on both channels, for people."""

    def say(*words: object, code: int = 0) -> str:
        found = main(["-w", str(tmp_path / "work"), *map(str, words)])
        said = capsys.readouterr()
        assert found == code, said.out + said.err
        return said.out + said.err

    return say


def cut_after(raw: bytes, items: int) -> bytes:
    ends = [found.end() for found in re.finditer(b"</item>", raw)]
    return raw[: ends[items - 1]]


def test_a_broken_file_covers_no_month_after_the_last_post_read(run, blog: bytes, tmp_path: Path) -> None:
    part = cut_after(blog, len(re.findall(b"</item>", blog)) // 3)
    (tmp_path / "cut.xml").write_bytes(part)
    days = re.findall(rb"<wp:post_date_gmt><!\[CDATA\[(\d{4}-\d\d)", part)
    last = max(days).decode()
    words = ("measure", "count(posts)", "--grain", "month", "--since", "2026-06-01", "--until", "2026-09-01", "--json")
    run("import", tmp_path / "cut.xml")
    rows = {row["period_start"][:7]: row for row in json.loads(run(*words))}
    after = [row for month, row in rows.items() if month > last]
    assert after
    assert {(row["value"], row["state"]) for row in after} == {(None, "not_covered")}
    assert rows[last]["value"] > 0
    assert rows[last]["incomplete"] is True
    (tmp_path / "whole.xml").write_bytes(blog)
    run("import", tmp_path / "whole.xml")
    assert all(row["value"] for row in json.loads(run(*words)))


def test_a_broken_file_says_which_days_it_still_covers(say, blog: bytes, tmp_path: Path) -> None:
    part = cut_after(blog, 5)
    (tmp_path / "cut.xml").write_bytes(part)
    days = sorted(re.findall(rb"<wp:post_date_gmt><!\[CDATA\[(\d{4}-\d\d-\d\d)", part))
    said = say("import", tmp_path / "cut.xml")
    assert f"only {days[0].decode()} to {days[-1].decode()} counts as covered" in said


def test_what_was_set_aside_is_said_in_words_and_its_code_stands_beside(say, posts_file: Path, tmp_path: Path) -> None:
    cut = tmp_path / posts_file.name
    cut.write_bytes(posts_file.read_bytes()[:-40])
    assert "1 record set aside" in say("import", cut)
    said = say("quarantine")
    assert "the file ends inside this record" in said
    assert "unterminated_last_record" not in said
    (row,) = json.loads(say("quarantine", "--json"))
    assert (row["reason"], row["why"]) == ("unterminated_last_record", "the file ends inside this record")


@pytest.mark.parametrize("command", [("measure", "count(posts)"), ("export",)])
def test_a_word_no_table_can_be_split_by_is_the_users_mistake(say, tmp_path: Path, command: tuple[str, ...]) -> None:
    init(tmp_path / "work")
    said = say(*command, "--by", "nope", code=2)
    assert "There is no dimension 'nope'" in said
    if command[0] == "measure":
        assert "platform, account" in said
        assert "Did you mean 'platform'?" in say(*command, "--by", "platfrom", code=2)


def test_a_metric_whose_tables_lack_a_dimension_names_those_they_have(run, say, samples: Path) -> None:
    run("import", samples)
    said = say("measure", "count(posts)", "count(effort)", "--by", "goal")
    (line,) = [line for line in said.splitlines() if line.startswith("Not split by 'goal'")]
    assert "count(posts)" in line
    assert "count(effort)" not in line
    assert {"platform", "account", "kind"} <= set(re.split(r"[ ,.]+", line.partition("split by: ")[2]))
    assert "post_id" not in line


@pytest.mark.parametrize("there", [True, False])
def test_what_keeps_nothing_leaves_the_folder_as_it_was(say, posts_file: Path, tmp_path: Path, there: bool) -> None:
    work = tmp_path / "work"
    if there:
        work.mkdir()
    (tmp_path / "other.csv").write_text("a,b\n1,2\n")
    say("import", posts_file, "--dry-run")
    said = say("import", tmp_path / "other.csv", tmp_path / "absent.csv", code=4)
    assert "one was made" not in said
    assert work.exists() is there
    assert not there or not list(work.iterdir())


def test_people_are_the_same_whether_their_file_began_the_workspace_or_came_later(
    run, samples: Path, tmp_path: Path
) -> None:
    blog_file = next(iter(samples.glob("*.xml")))
    people = "distinct(posts.person)"
    run("import", blog_file)
    before = json.loads(run("measure", people, "--json"))[0]["value"]
    again = tmp_path / "again.xml"
    again.write_bytes(blog_file.read_bytes() + b"\n")
    run("import", again)
    assert json.loads(run("measure", people, "--json"))[0]["value"] == before


def test_an_empty_list_of_imports_says_what_to_do_and_is_an_empty_array(say, tmp_path: Path) -> None:
    init(tmp_path / "work")
    assert "into inbox, then: smmetrics import" in say("imports")
    assert json.loads(say("imports", "--json")) == []


@pytest.mark.parametrize("command", ["explain", "measure"])
def test_a_fault_in_a_formula_is_shown_in_the_formula(say, tmp_path: Path, command: str) -> None:
    init(tmp_path / "work")
    lines = say(command, "sum(posts.likes) + count(posts", code=2).splitlines()
    formula = next(n for n, line in enumerate(lines) if line == "  sum(posts.likes) + count(posts")
    assert lines[formula + 1].index("^") == lines[formula].rindex("(")
    assert "character" not in lines[formula - 1]


@pytest.mark.parametrize(("zone", "hint"), [
    ("Mars/Base", "continent and a city"), ("Berlin", "'Europe/Berlin'"), ("new york", "'America/New_York'"),
])  # fmt: skip
def test_a_zone_is_suggested_only_if_it_is_near(say, posts_file: Path, tmp_path: Path, zone: str, hint: str) -> None:
    init(tmp_path / "work")
    assert hint in say("import", posts_file, "--timezone", zone, code=2)
    strategy = tmp_path / "work" / "strategy.toml"
    strategy.write_text(f'timezone = "{zone}"\n')
    assert hint in say("review", code=2)


def test_coverage_of_channels_without_goals_says_what_the_review_says(say, tmp_path: Path) -> None:
    init(tmp_path / "work")
    (tmp_path / "work" / "strategy.toml").write_text('[channels.c]\nplatform = "x"\n')
    for command, code in (("review", 2), ("coverage", 0)):
        assert "A list of channels is not a strategy" in say(command, code=code)
    assert json.loads(say("coverage", "--json")) == []


def test_a_platform_nobody_reads_is_told_wherever_it_is_named(say, tmp_path: Path) -> None:
    init(tmp_path / "work")
    (tmp_path / "work" / "strategy.toml").write_text(
        '[people.tom]\nspeaks_as = ["friendster:tom", "blogz:tom", "x:tom"]\n'
    )
    findings = [row for row in json.loads(say("review", "--json", code=2)) if row["code"] == "SMM-S010"]
    assert [row["where"] for row in findings] == ["people.tom.speaks_as[1]", "people.tom.speaks_as[2]"]
    assert ["Did you mean 'blog" in row["hint"] for row in findings] == [False, True]
    assert all(row["level"] == "warning" and row["message"].startswith("Nothing installed reads") for row in findings)
