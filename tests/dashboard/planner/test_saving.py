"""Saving: through the file's editor, remarks kept, and nothing typed is ever lost."""

from __future__ import annotations

import tomllib

import pytest

from smmetrics.api.errors import UserMistake
from smmetrics.workspace import Workspace
from tests.browser.payloads import PAYLOADS


def test_saving_keeps_every_remark_and_changes_one_place(hand):
    before = hand.text()
    hand.put("purpose", "People grow what they eat")
    hand.press("save")
    assert hand.text() == before.replace("People with their first garden succeed", "People grow what they eat")
    assert hand.plan.state.edits == ()
    assert str(hand.file) in hand.plan.shown["message"]


def test_a_plan_that_was_not_changed_is_not_written(hand):
    stamp = hand.file.stat().st_mtime_ns
    hand.press("save")
    assert hand.file.stat().st_mtime_ns == stamp


def test_undo_takes_the_last_edit_back(hand):
    hand.put("title", "Other")
    hand.put("purpose", "Other")
    hand.press("undo")
    assert (hand.value("title"), hand.value("purpose")) == ("Other", "People with their first garden succeed")
    hand.press("undo")
    assert hand.plan.state.edits == ()


def test_a_file_changed_meanwhile_is_said_and_nothing_typed_is_lost(hand):
    hand.put("purpose", "mine")
    hand.put("title", "my title")
    theirs = hand.text().replace("the owner", "the board").replace("People with their first garden succeed", "theirs")
    hand.file.write_text(theirs, encoding="utf-8")
    hand.press("save")
    assert hand.text() == theirs
    assert "read the file again" in hand.plan.shown["message"]
    assert hand.value("purpose") == "mine"
    hand.press("again")
    assert (hand.value("purpose"), hand.value("title")) == ("mine", "my title")
    assert hand.value("backing/who") == "the board"
    assert "theirs" in hand.plan.shown["message"]
    hand.press("save")
    saved = tomllib.loads(hand.text())
    assert (saved["purpose"], saved["title"], saved["backing"]["who"]) == ("mine", "my title", "the board")


def test_what_has_no_place_after_reading_again_is_shown_until_it_is_let_go(hand):
    hand.go("targets")
    hand.put("goals/talk/targets/0/because", "a long thought")
    hand.file.write_text(hand.text().partition("[[goals.talk.targets]]")[0], encoding="utf-8")
    hand.press("save")
    hand.press("again")
    assert ["a long thought" in each for each in hand.plan.shown["homeless"]] == [True]
    hand.press("forget")
    assert hand.plan.shown["homeless"] == []


def test_a_file_that_became_unreadable_keeps_what_was_typed(hand):
    hand.put("purpose", "mine")
    hand.file.write_text("purpose = [", encoding="utf-8")
    hand.press("save")
    hand.press("again")
    assert "line 1" in hand.plan.shown["message"]
    assert hand.value("purpose") == "mine"


def test_a_file_with_single_faults_opens_with_them_beside_their_fields(opened):
    hand = opened('purpose = "p"\n[people.ana]\nhours_per_week = "many"\n[goals.talk]\nwhy = 3\n')
    hand.go("people")
    assert hand.said("people/ana/hours_per_week") == ["strategy.type"]
    hand.put("people/ana/hours_per_week", "10")
    hand.go("goals")
    hand.put("goals/talk/why", "three reasons")
    hand.press("save")
    assert tomllib.loads(hand.text())["people"]["ana"]["hours_per_week"] == 10


def test_the_workspace_sees_what_was_saved(hand):
    workspace = hand.plan._source._workspace
    assert workspace.strategy.purpose.startswith("People")
    hand.put("purpose", "Another")
    hand.press("save")
    assert workspace.strategy.purpose == "Another"


def test_a_folder_without_a_strategy_is_said_to_have_none(tmp_path, installed):
    with pytest.raises(UserMistake, match="strategy"):
        Workspace(tmp_path, registry=installed.registry).planner()


def test_hostile_words_are_kept_and_shown_as_words(hand):
    told = []
    for payload in PAYLOADS:
        hand.put("purpose", payload.text)
        told.append(hand.value("purpose"))
        hand.put("title", payload.text)
    assert told[0] == PAYLOADS[0].text
    html = hand.plan._repr_mimebundle_()[0]["text/html"]
    assert "<script" not in html
    assert "&lt;" in html or "__pwned" in html


def test_the_copy_without_a_kernel_holds_the_plan_its_remarks_and_the_matrix(hand):
    html = hand.plan._repr_mimebundle_()[0]["text/html"]
    for words in ("People with their first garden succeed", "long answers stay there", "Conversation rate", "●"):
        assert words in html
