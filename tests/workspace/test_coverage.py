"""Coverage, what if and suggestions on the command line: what a person reads and what a program gets."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from smmetrics.cli.main import main
from smmetrics.panels.words import inside
from smmetrics.workspace import Workspace, init

if TYPE_CHECKING:
    from pathlib import Path

STRATEGY = """
title = "A shop"
purpose = "People who garden get help"
timezone = "UTC"
[audiences.gardeners]
who = "people with a first garden"
where = "two forums"
[people.ana]
role = "gardener"
[goals.talk]
type = "communicating.start_conversations"
why = "people talk"
audience = "gardeners"
people = ["ana"]
[goals.time]
why = "hours go to people"
audience = "gardeners"
people = ["ana"]
[[goals.time.questions]]
ask = "Where does \\u001b[31mthe\\ntime go?"
lead = ["resourcing.conversation_time_share", "care.csat"]
"""
CHANNELS = """
[channels.the-blog]
platform = "blogs"
[channels.x]
platform = "x"
serves = ["talk"]
"""
CELL = [
    "goal", "question", "metric", "role", "channel", "platform", "source", "status", "reason", "note", "have",
    "came_in", "would_do",
]  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "work").mkdir()
    (tmp_path / "work" / "strategy.toml").write_text(STRATEGY + CHANNELS, encoding="utf-8")
    return tmp_path / "work"


def test_a_program_gets_every_cell_with_the_promised_keys(run, folder: Path) -> None:
    cells = json.loads(run("coverage", "--json"))
    assert folder.is_dir()
    assert {tuple(cell) for cell in cells} == {tuple(CELL)}
    assert {cell["goal"] for cell in cells} == {"talk", "time"}
    assert {cell["goal"] for cell in json.loads(run("coverage", "time", "--json"))} == {"time"}


def test_a_person_reads_status_reason_and_what_would_do(run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    said = run("coverage")
    assert folder.is_dir()
    assert "the-blog: measurable. Would do: WordPress export (WXR)" in " ".join(said.split())
    assert "partly: by the labeller offers, version 1" in " ".join(said.split())
    assert "Not installed: care. Numbers that wait" in " ".join(said.split())
    assert "smmetrics-care" not in said
    assert "Tools, Export" in said
    assert max(map(len, said.splitlines())) <= 80


def test_what_your_files_cannot_show_is_never_said_to_be_simply_measurable(
    run, folder: Path, posts_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "90")
    run("import", posts_file)
    assert folder.is_dir()
    cells = json.loads(run("coverage", "talk", "--json"))
    lacking = [
        cell for cell in cells if cell["status"] in {"measurable", "partly"} and cell["came_in"] and not cell["have"]
    ]
    assert lacking
    said = " ".join(run("coverage", "talk").split())
    assert said.count("measurable, but not with the files you have. You have: X analytics") == len(
        {(cell["question"], cell["metric"]) for cell in lacking if cell["status"] == "measurable"}
    )
    here = {(cell["question"], cell["metric"]) for cell in cells if cell["have"]}
    assert f"With the files you have: {len(here)}." in said


def test_a_reason_inside_a_sentence_begins_small_unless_it_begins_with_a_name() -> None:
    told = {
        "Blogs count page views": "blogs count page views",
        "A file by day holds no posts": "a file by day holds no posts",
        "X does not say it": "X does not say it",
        "WordPress export does not report it": "WordPress export does not report it",
        "Google Analytics counts visits": "Google Analytics counts visits",
    }
    assert {text: inside(text) for text in told} == told


def test_a_platform_that_nothing_reads_leads_to_a_mapping(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["-w", str(folder), "coverage", "--with", "facebook"]) == 2
    assert "map FILE" in capsys.readouterr().err


def test_each_sheet_says_what_it_holds_itself(run, folder: Path) -> None:
    cells = json.loads(run("coverage", "--with", "offline", "--source", "--json")) if folder.is_dir() else []
    held = {cell["source"]: cell["note"] for cell in cells if "sheet holds" in cell["note"]}
    assert all(source.partition(".")[2] == "effort" or "holds time" not in note for source, note in held.items())


@pytest.mark.parametrize("columns", [40, 80, 119, 120, 160])
@pytest.mark.parametrize("command", [("coverage",), ("coverage", "--source"), ("channels", "suggest"), ("next",)])
def test_no_line_is_wider_than_the_screen_and_no_escape_reaches_it(
    run, folder: Path, monkeypatch: pytest.MonkeyPatch, columns: int, command: tuple[str, ...]
) -> None:
    monkeypatch.chdir(folder)
    monkeypatch.setenv("COLUMNS", str(columns))
    said = run(*command)
    commands = [line for line in said.splitlines() if line.strip().startswith(("smmetrics", "pip", "Edit "))]
    assert max(len(line) for line in said.splitlines() if line not in commands) <= columns
    assert "\x1b" not in said


def test_what_if_says_what_is_lost_and_what_a_move_keeps(run, folder: Path, samples: Path) -> None:
    run("import", next(iter(samples.glob("*.xml"))))
    rows = json.loads(run("coverage", "--files", "--without", "the-blog", "--json"))
    lost = {row["metric"]: row["change"] for row in rows}
    assert folder.is_dir()
    assert lost["communicating.conversation_rate"] == "lost"
    assert lost["care.csat"] == "same"
    assert "Lost (" in run("coverage", "--files", "--without", "the-blog")
    back = json.loads(run("coverage", "--without", "the-blog", "--with", "wordpress", "--json"))
    assert {row["change"] for row in back} == {"same"}
    assert list(back[0]) == ["goal", "question", "metric", "role", "change", "fewer", "before", "after"]
    assert "Nothing changes." in run("coverage", "--without", "x", "--with", "twitter")


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (("--with", "blgs"), "'blogs'"),
        (("--with", "blogs:wxx"), "wxr"),
        (("--without", "y"), "Known"),
        (("tallk",), "'talk'"),
    ],
)
def test_an_unknown_word_is_the_users_mistake(
    folder: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], hint: str
) -> None:
    assert main(["-w", str(folder), "coverage", *arguments]) == 2
    assert hint in capsys.readouterr().err
    assert main(["-w", str(folder / "not"), "coverage"]) == 2


def test_a_channel_by_an_odd_name_is_refused_where_the_file_is_read(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    odd = '[channels."\\u001b[31mred"]\nplatform = "blogs"\n'
    (folder / "strategy.toml").write_text(STRATEGY + odd, encoding="utf-8")
    assert main(["-w", str(folder), "coverage"]) == 2
    assert main(["-w", str(folder), "next"]) == 0
    said = capsys.readouterr()
    assert "Mend the file" in said.out
    assert "\x1b" not in said.out + said.err


def test_without_channels_that_is_said_to_be_right_and_places_are_suggested(run, folder: Path) -> None:
    (folder / "strategy.toml").write_text(STRATEGY, encoding="utf-8")
    said = run("coverage")
    assert "No channels yet: that is the right order." in said
    assert "WordPress export (WXR)" in said
    assert "Where gardeners already are, in your words: two forums" in said
    assert json.loads(run("coverage", "--json")) == []


def test_without_goals_nothing_is_suggested(run, folder: Path) -> None:
    (folder / "strategy.toml").write_text('purpose = "p"\ntimezone = "UTC"\n', encoding="utf-8")
    assert "There is no goal yet" in run("coverage")
    assert "There is no goal yet" in run("channels", "suggest")


def test_of_a_goal_that_asks_nothing_no_list_of_places_is_given(run, folder: Path) -> None:
    (folder / "strategy.toml").write_text('purpose = "p"\n[goals.first]\nwhy = "w"\n', encoding="utf-8")
    told = " ".join(run("channels", "suggest").split())
    assert "questions asked: 0 It asks nothing yet, so no place can answer it." in told
    assert "explain first" in told
    assert "None of them by" not in told
    assert "channels suggest" not in run("next")


def test_suggestions_say_what_each_source_takes(run, folder: Path) -> None:
    rows = {row["source"]: row for row in json.loads(run("channels", "suggest", "time", "--json"))}
    assert folder.is_dir()
    assert rows["offline.effort"]["answers"] == ["Where does \x1b[31mthe\ntime go?"]
    assert rows["offline.effort"]["minutes"] > 0
    assert all(row["how_to_get"] and row["takes"] for row in rows.values())
    assert next(iter(rows)).startswith("offline."), "what answers most comes first"


def test_only_files_that_came_in_count_where_that_is_asked(run, folder: Path, samples: Path) -> None:
    before = json.loads(run("coverage", "talk", "--files", "--json"))
    assert {cell["status"] for cell in before} <= {"not_measurable", "unknown"}
    run("import", next(iter(samples.glob("*.xml"))))
    after = json.loads(run("coverage", "talk", "--files", "--json"))
    assert {cell["have"] for cell in after if cell["status"] == "measurable"} == {"blogs.wxr"}
    assert folder.is_dir()


def test_what_if_says_how_much_of_the_data_would_count_no_more(run, folder: Path, samples: Path) -> None:
    assert folder.is_dir()
    run("import", next(iter(samples.glob("*.xml"))), next(iter(samples.glob("effort*.csv"))))
    kept = {row["kind"]: row["kept"] for row in json.loads(run("imports", "--json"))}
    blog, total = kept["blogs.wxr"], sum(kept.values())
    assert 0 < blog < total
    said = " ".join(run("coverage", "--without", "the-blog").split())
    assert f"Data of Blogs that would count no more: {blog:,} of {total:,} records, in 1 of 2 files." in said
    assert "count no more" not in run("coverage", "--without", "x")


def test_what_this_release_cannot_compute_is_said_so_and_no_file_is_blamed(run, folder: Path, samples: Path) -> None:
    strategy = folder / "strategy.toml"
    asked = 'lead = ["shared"]'
    own = '[metrics.shared]\ntitle = "Credit"\nformula = "count(threads, resolved_at is not None)"\n'
    question = f'[[goals.talk.questions]]\nask = "Who had a part?"\n{asked}\n'
    text = strategy.read_text(encoding="utf-8")
    strategy.write_text(f"{text}\n{question}\n{own}", encoding="utf-8")
    run("import", next(iter(samples.glob("*.xml"))))
    said = " ".join(run("coverage", "talk").split())
    block = said.partition("Who had a part? shared")[2].partition("Numbers asked for")[0].partition(" · ")[0]
    assert block.strip().startswith("the-blog, x: not measurable: ")
    assert "of a sheet of cases" in block
    assert "You have" not in block
    assert "Would do" not in block


LIGHT = """
import sys
from smmetrics.cli.main import main
for command in ("coverage", "coverage --source", "coverage --without x", "channels suggest"):
    assert main(["-w", sys.argv[1], *command.split()]) == 0, command
    heavy = {'polars', 'deltalake', 'pyarrow', 'altair', 'ipywidgets', 'rich'} & set(sys.modules)
    assert not heavy, (command, heavy)
"""


def test_no_table_of_data_is_opened_for_it(tmp_path: Path, samples: Path) -> None:
    workspace = init(tmp_path / "work", zone="UTC")
    (workspace.root / "strategy.toml").write_text(STRATEGY + CHANNELS, encoding="utf-8")
    Workspace(workspace.root).import_(next(iter(samples.glob("*.xml"))))
    assert Workspace(workspace.root).imported_kinds() == {"blogs.wxr"}
    subprocess.run([sys.executable, "-c", LIGHT, str(workspace.root)], check=True, stdout=subprocess.DEVNULL)


def test_what_came_in_is_known_again_after_every_import_and_every_undo(tmp_path: Path, samples: Path) -> None:
    root = init(tmp_path / "work", zone="UTC").root
    assert Workspace(root).imported_kinds() == frozenset()
    (blog,) = Workspace(root).import_(next(iter(samples.glob("*.xml"))))
    assert Workspace(root).imported_kinds() == {"blogs.wxr"}
    Workspace(root).import_(next(iter(samples.glob("effort*.csv"))))
    assert Workspace(root).imported_kinds() == {"blogs.wxr", "offline.effort"}
    Workspace(root).undo(blog.id)
    assert Workspace(root).imported_kinds() == {"offline.effort"}


@pytest.mark.parametrize("damage", ["", "{", '{"state": 1}', '{"state": null, "kinds": 3}'])
def test_a_damaged_note_of_what_came_in_is_read_again(tmp_path: Path, samples: Path, damage: str) -> None:
    root = init(tmp_path / "work", zone="UTC").root
    Workspace(root).import_(next(iter(samples.glob("*.xml"))))
    (root / "cache").mkdir(exist_ok=True)
    (root / "cache" / "kinds.json").write_text(damage, encoding="utf-8")
    assert Workspace(root).imported_kinds() == {"blogs.wxr"}
    assert json.loads((root / "cache" / "kinds.json").read_text(encoding="utf-8"))["kinds"].keys() == {"blogs.wxr"}
