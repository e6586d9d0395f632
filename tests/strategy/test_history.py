"""Versions: every save can be read about and taken back, and nothing anybody wrote is lost on the way."""

from __future__ import annotations

import json

import pytest

from smmetrics.api.errors import UserMistake
from smmetrics.strategy import Append, Set, change, history, read, set_value, undo
from smmetrics.strategy.history import KEPT

TEXT = 'title = "One"   # a remark\n\n[goals.a]\nwhy = "w"\n'


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "strategy.toml"
    path.write_bytes(TEXT.encode())
    return path


def titles(path):
    """The version's texts, each by its title."""
    return [each.text.split('"')[1] for each in history(path)]


def test_a_save_keeps_the_text_before_and_after_it_with_time_command_and_places(file):
    change(
        read(file), [Set(("title",), "Two"), Append(("goals", "a", "targets"), {"metric": "m.n", "value": "1"})], by="c"
    )
    first, second = history(file)
    assert (first.text, first.by, first.changed) == (TEXT, "as found", ())
    assert (second.id, second.by) == (2, "c")
    assert {(each.kind, each.where) for each in second.changed} == {("set", "title"), ("added", "goals.a.targets")}
    assert second.text.encode() == file.read_bytes()
    assert second.saved_at.tzinfo is not None


def test_what_people_change_by_hand_is_a_version_of_its_own(file):
    set_value(read(file), ("title",), "Two")
    file.write_text(file.read_text(encoding="utf-8").replace("Two", "Hand"), encoding="utf-8")
    set_value(read(file), ("title",), "Three")
    assert titles(file) == ["One", "Two", "Hand", "Three"]
    assert history(file)[2].by == "by hand"


def test_undo_goes_back_and_can_be_taken_back(file):
    set_value(read(file), ("title",), "Two")
    strategy, version = undo(file)
    assert (strategy.title, version.id, file.read_bytes()) == ("One", 1, TEXT.encode())
    strategy, _ = undo(file)
    assert strategy.title == "Two"
    assert titles(file) == ["One", "Two", "One", "Two"]


def test_undo_after_a_change_by_hand_takes_the_change_by_hand_back_and_keeps_it(file):
    set_value(read(file), ("title",), "Two")
    file.write_text('title = "Hand"\n', encoding="utf-8")
    assert undo(file)[0].title == "Two"
    assert titles(file) == ["One", "Two", "Hand", "Two"]


def test_undo_mends_a_file_that_cannot_be_read_any_more(file):
    set_value(read(file), ("title",), "Two")
    file.write_text('title = "Hand\n', encoding="utf-8")
    assert undo(file)[0].title == "Two"
    assert history(file)[-2].text == 'title = "Hand\n'


def test_undo_mends_a_file_that_is_no_text_any_more(file):
    set_value(read(file), ("title",), "Two")
    file.write_bytes(b'title = "Zo\xeb"\n')
    assert undo(file)[0].title == "Two"
    assert file.with_name("strategy.toml.bak").read_bytes() == b'title = "Zo\xeb"\n'


def test_undo_to_a_version_by_its_number(file):
    for title in ("Two", "Three", "Four"):
        set_value(read(file), ("title",), title)
    assert undo(file, 2)[0].title == "Two"
    with pytest.raises(UserMistake, match="no version 99") as caught:
        undo(file, 99)
    assert "1 to 5" in caught.value.hint


def test_there_is_nothing_to_undo_before_the_first_save(file):
    with pytest.raises(UserMistake, match="no older version"):
        undo(file)


def test_a_mark_and_windows_line_ends_come_back_byte_for_byte(file):
    data = b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode()
    file.write_bytes(data)
    set_value(read(file), ("title",), "Two")
    undo(file)
    assert file.read_bytes() == data


def test_only_so_many_versions_are_kept(file):
    for number in range(KEPT + 3):
        set_value(read(file), ("title",), f"T{number}")
    kept = history(file)
    assert len(kept) == KEPT
    assert kept[-1].text.startswith(f'title = "T{KEPT + 2}"')


def test_a_damaged_version_is_named_and_does_not_stop_a_save(file):
    set_value(read(file), ("title",), "Two")
    newest = max((file.parent / "history").glob("*.json"))
    newest.write_text("{", encoding="utf-8")
    set_value(read(file), ("title",), "Three")
    with pytest.raises(UserMistake, match="damaged") as caught:
        history(file)
    assert caught.value.where == str(newest)


def test_a_save_that_fails_leaves_no_version_of_it(file, monkeypatch):
    def full(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("smmetrics.strategy.edit._replace", full)
    with pytest.raises(UserMistake, match="No space"):
        set_value(read(file), ("title",), "Two")
    assert titles(file) == ["One"]
    assert [path.name for path in (file.parent / "history").glob("*.new")] == []


def test_killed_between_write_and_rename_the_file_is_whole_and_the_next_save_works(file, monkeypatch):
    def killed(*_):
        raise SystemExit(137)

    with monkeypatch.context() as patch:
        patch.setattr("pathlib.Path.replace", killed)
        with pytest.raises(SystemExit):
            set_value(read(file), ("title",), "Two")
    assert file.read_bytes() == TEXT.encode()
    (file.parent / "history" / "000002.json.new").write_text("{ half", encoding="utf-8")
    set_value(read(file), ("title",), "Three")
    assert titles(file) == ["One", "Three"]


def test_a_version_is_a_file_people_can_read(file):
    set_value(read(file), ("title",), "Zoë")
    said = json.loads((file.parent / "history" / "000002.json").read_text(encoding="utf-8"))
    assert said["changed"] == [["set", "title"]]
    assert 'title = "Zoë"' in said["text"]
