"""Edits: one value changes, everything else stays as people wrote it, and nobody's change is lost."""

from __future__ import annotations

import os

import pytest

from smmetrics.api.errors import UserMistake
from smmetrics.strategy import Set, StrategyFaults, read, read_bytes, set_value
from smmetrics.strategy.changes import applied
from smmetrics.strategy.template import template

TEXT = """\
# why we do it
title = "Acme"   # a short name
future_word = { kept = true }   # from a newer program

[goals.answer]
why   =   "people wait"          # spaced on purpose
[[goals.answer.targets]]
metric = "pack.wait"
baseline = "4 h"   # an example
value = "<= 60 min"
"""


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "strategy.toml"
    path.write_bytes(TEXT.encode())
    return path


def test_one_value_changes_and_every_other_byte_stays(file):
    found = set_value(read(file), ("goals", "answer", "targets", 0, "baseline"), "3 h")
    assert file.read_bytes().decode() == TEXT.replace('"4 h"', '"3 h"')
    assert found.goals["answer"].targets[0].baseline.plain == 3
    assert found.raw["future_word"] == {"kept": True}


def test_the_file_as_it_was_stays_beside_it(file):
    set_value(read(file), ("title",), "Other")
    assert file.with_name("strategy.toml.bak").read_bytes() == TEXT.encode()
    assert sorted(path.name for path in file.parent.iterdir()) == ["history", "strategy.toml", "strategy.toml.bak"]


def test_edits_can_follow_each_other(file):
    first = set_value(read(file), ("title",), "One")
    second = set_value(first, ("goals", "answer", "why"), "Two")
    assert (second.title, second.goals["answer"].why) == ("One", "Two")
    assert read(file).raw == second.raw


def test_tables_on_the_way_are_made(file):
    found = set_value(read(file), ("backing", "who"), "the director")
    assert found.backing.who == "the director"
    assert "# why we do it" in file.read_text(encoding="utf-8")


def test_a_file_changed_by_somebody_else_is_refused(file):
    before = read(file)
    file.write_bytes(TEXT.replace("Acme", "Theirs").encode())
    with pytest.raises(UserMistake, match="changed by somebody else") as caught:
        set_value(before, ("title",), "Mine")
    assert caught.value.code == "strategy.changed"
    assert b"Theirs" in file.read_bytes()


def test_a_file_that_is_gone_is_refused(file):
    before = read(file)
    file.unlink()
    with pytest.raises(UserMistake, match="changed by somebody else"):
        set_value(before, ("title",), "Mine")
    assert not file.exists()


def test_a_value_that_is_not_allowed_leaves_the_file_alone(file):
    with pytest.raises(StrategyFaults):
        set_value(read(file), ("goals", "answer", "targets", 0, "value"), "soon")
    assert file.read_bytes() == TEXT.encode()
    assert [path.name for path in file.parent.iterdir()] == ["strategy.toml"]


@pytest.mark.parametrize(
    "keys",
    [("title", "x"), ("goals", "answer", "targets", 3, "value"), ("goals", 0), ("goals", "answer", "targets", "x")],
)
def test_a_place_that_cannot_be_is_refused(file, keys):
    with pytest.raises(UserMistake, match="no place"):
        set_value(read(file), keys, 1)
    assert file.read_bytes() == TEXT.encode()


def test_a_strategy_without_a_file_cannot_be_saved():
    with pytest.raises(UserMistake, match="not read from a file"):
        set_value(read_bytes(TEXT.encode()), ("title",), "x")


def test_a_mark_line_ends_and_permissions_stay(file):
    data = b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode()
    file.write_bytes(data)
    file.chmod(0o640)
    set_value(read(file), ("title",), "Other")
    assert file.read_bytes() == data.replace(b"Acme", b"Other")
    assert file.stat().st_mode & 0o777 == 0o640


def test_a_failed_save_leaves_the_file_whole(file, monkeypatch):
    def full(_):
        raise OSError(28, "No space left on device")

    before = read(file)
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(UserMistake, match="No space"):
        set_value(before, ("title",), "Mine")
    assert file.read_bytes() == TEXT.encode()
    assert not list(file.parent.glob("*.new"))


def test_a_folder_that_may_not_be_written_is_said_so(file, monkeypatch):
    def refused(*_, **__):
        raise PermissionError(13, "Permission denied")

    before = read(file)
    monkeypatch.setattr("tempfile.mkstemp", refused)
    with pytest.raises(UserMistake, match="Permission denied") as caught:
        set_value(before, ("title",), "Mine")
    assert caught.value.code == "strategy.unwritable"
    assert file.read_bytes() == TEXT.encode()


def test_a_file_behind_a_link_is_changed_where_it_is(file, tmp_path):
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    link = folder / "strategy.toml"
    link.symlink_to(file)
    set_value(read(link), ("title",), "Other")
    assert link.is_symlink()
    assert b"Other" in file.read_bytes()


def test_while_another_program_saves_a_save_is_refused(file, monkeypatch):
    from filelock import FileLock

    monkeypatch.setattr("smmetrics.strategy.edit.PATIENCE", 0.0)
    (file.parent / "history").mkdir()
    with FileLock(file.parent / "history" / ".lock"), pytest.raises(UserMistake, match="Another program"):
        set_value(read(file), ("title",), "Mine")
    assert file.read_bytes() == TEXT.encode()


@pytest.mark.parametrize(
    ("keys", "value", "line"),
    [
        (("people", "me", "hours_per_week"), 8, "# hours_per_week = …"),
        (("goals", "first", "type"), "talk.converse", '# type = "…"'),
    ],
)
def test_a_line_that_a_remark_asks_for_takes_its_place(keys, value, line):
    before = template("Ours")
    after = applied(before, [Set(keys, value)])
    written = f"{keys[-1]} = {value}" if isinstance(value, int) else f'{keys[-1]} = "{value}"'
    assert after == before.replace(line, written, 1)


def test_a_remark_of_another_table_is_left_alone():
    before = template("Ours")
    after = applied(before, [Set(("goals", "first", "expect"), "monthly"), Set(("goals", "first", "because"), "so")])
    assert [line for line in before.splitlines() if line.startswith("#")] == [
        line for line in after.splitlines() if line.startswith("#")
    ]
