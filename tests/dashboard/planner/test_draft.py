"""Drafts: the document as it was read, and the edits made since."""

from __future__ import annotations

import pytest

from smmetrics.dashboard.planner.draft import (
    NoPlace,
    added,
    applied,
    found,
    gone,
    joined,
    made,
    overtaken,
    put,
    renamed,
    replayed,
)

BASE = {"purpose": "", "goals": {"talk": {"why": "a", "targets": [{"value": "1"}, {"value": "2"}]}}}


def test_an_edit_gives_a_new_document_and_leaves_the_old_one():
    after = applied(BASE, put(("goals", "talk", "why"), "b"))
    assert found(after, ("goals", "talk", "why")) == "b"
    assert found(BASE, ("goals", "talk", "why")) == "a"


def test_tables_on_the_way_are_made_and_what_is_not_there_need_not_go():
    assert applied({}, put(("backing", "who"), "us")) == {"backing": {"who": "us"}}
    assert applied(BASE, gone(("goals", "nobody"))) is BASE


def test_tables_are_added_renamed_in_their_place_and_taken_away():
    more = applied(BASE, made(("goals", "grow"), {"why": "c"}))
    other = applied(more, renamed(("goals", "talk"), "speak"))
    assert list(other["goals"]) == ["speak", "grow"]
    assert applied(other, gone(("goals", "grow")))["goals"].keys() == {"speak"}
    longer = applied(BASE, added(("goals", "talk", "targets"), {"value": "3"}))
    assert [each["value"] for each in found(longer, ("goals", "talk", "targets"))] == ["1", "2", "3"]
    assert found(applied(longer, gone(("goals", "talk", "targets", 0))), ("goals", "talk", "targets", 0)) == {
        "value": "2"
    }


@pytest.mark.parametrize(
    "edit",
    [
        put(("goals", "talk", "targets", 7, "value"), "x"),
        put(("purpose", "who"), "x"),
        renamed(("goals", "nobody"), "x"),
        renamed(("goals", "talk"), "talk"),
        added(("purpose",), {}),
    ],
)
def test_what_has_no_place_is_refused(edit):
    with pytest.raises(NoPlace):
        applied(BASE, edit)


def test_typing_on_in_one_place_stays_one_edit():
    edits = ()
    for typed in ("H", "He", "Hel", "Help"):
        edits = joined(edits, put(("purpose",), typed), BASE)
    assert edits == (put(("purpose",), "Help"),)


def test_what_ends_as_it_began_is_no_edit():
    edits = joined((), put(("goals", "talk", "why"), "b"), BASE)
    assert joined(edits, put(("goals", "talk", "why"), "a"), BASE) == ()
    assert joined((), put(("goals", "talk", "title"), ""), BASE) == ()


def test_an_edit_before_a_table_moved_is_kept_apart_from_one_after_it():
    edits = joined((), put(("goals", "talk", "targets", 1, "value"), "9"), BASE)
    edits = joined(edits, gone(("goals", "talk", "targets", 0)), BASE)
    edits = joined(edits, put(("goals", "talk", "targets", 0, "value"), "8"), BASE)
    document, kept, homeless = replayed(BASE, edits)
    assert found(document, ("goals", "talk", "targets")) == [{"value": "8"}]
    assert (kept, homeless) == (edits, ())


def test_edits_without_a_place_are_kept_apart_and_the_rest_is_made():
    edits = (put(("goals", "talk", "targets", 5, "value"), "9"), put(("purpose",), "p"))
    document, kept, homeless = replayed(BASE, edits)
    assert document["purpose"] == "p"
    assert (kept, homeless) == (edits[1:], edits[:1])


def test_only_places_that_both_changed_differently_are_overtaken():
    now = applied(applied(BASE, put(("purpose",), "theirs")), put(("goals", "talk", "why"), "same"))
    edits = (put(("purpose",), "mine"), put(("goals", "talk", "why"), "same"), put(("title",), "t"))
    assert overtaken(BASE, now, edits) == edits[:1]
