"""Conversations in which an author answers under their own article, by hand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from smmetrics.workspace import init
from smmetrics_blogs.wordpress import Comment, Item, document

AT = datetime(2026, 3, 2, 8, tzinfo=UTC)
HOST = "blog.acmegardens.example"


def ana(number, *, hours, parent=0):
    at = AT + timedelta(hours=hours)
    return Comment(number=number, at=at, name="Ana", email=f"ana@{HOST}", user=2, body="We add:", parent=parent)


def reader(number, *, hours):
    return Comment(number=number, at=AT + timedelta(hours=hours), name="Mira", email="m@example.org", body="Hm!")


@pytest.fixture
def value(tmp_path):
    def measured(comments, formula):
        item = Item(number=10, kind="post", title="T", body="<p>Q?</p>", login="ana", at=AT, comments=comments)
        path = tmp_path / "blog.xml"
        text = document(HOST, "Acme", (("ana", "Ana", 2),), [item], datetime(2026, 4, 1, tzinfo=UTC))
        path.write_text(text, encoding="utf-8")
        workspace = init(tmp_path / "work")
        workspace.import_(path)
        return workspace.measure(formula).frame["value"].item()

    return measured


ANSWERS = "sum(threads.comments - staff_replies, ours)"
CAME_BACK = "count(threads, ours and first_followup_at is not None)"


def test_an_answer_below_the_readers_comment_is_ours_and_not_peoples(value):
    assert value([reader(1, hours=1), ana(2, hours=2, parent=1)], ANSWERS) == 1


def test_an_answer_below_the_readers_comment_is_coming_back(value):
    assert value([reader(1, hours=1), ana(2, hours=2, parent=1)], CAME_BACK) == 1


def test_a_postscript_of_the_author_is_no_answer_from_people(value):
    assert value([ana(1, hours=1)], ANSWERS) == 0


def test_an_answer_that_is_not_nested_is_coming_back(value):
    assert value([reader(1, hours=1), ana(2, hours=2)], CAME_BACK) == 1
