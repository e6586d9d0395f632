"""Which rows may be shown, and what of them."""

from __future__ import annotations

import polars as pl
import pytest

from smmetrics.api.views import CORE_VIEWS
from smmetrics.engine.privacy.rows import is_whole, needed, shown
from smmetrics.tables.agreement import Agreement

VIEWS = {view.name: view for view in CORE_VIEWS}
OPEN = Agreement()
UNNAMED = Agreement(names=False)
CLOSED = Agreement(names=False, everyone=True, closed=True)
MINORS = Agreement(names=False, everyone=True, closed=True, minors=True, moods="minors.moods")
POSTS = pl.LazyFrame(
    {
        "post_id": ["1", "2", "3"],
        "person": ["p1", "us", None],
        "ours": [False, True, None],
        "text": ["hello", "hi", "?"],
        "permalink": ["x/1", "x/2", "x/3"],
        "sentiment": ["positive", "negative", None],
        "likes": [1, 2, 3],
    }
)


def told(agreed, view="posts", rows=POSTS):
    return shown(rows, VIEWS[view], agreed).collect().to_dict(as_series=False)


def test_where_nothing_was_agreed_all_rows_are_as_they_are():
    assert told(OPEN) == POSTS.collect().to_dict(as_series=False)
    assert needed(VIEWS["posts"], OPEN) == frozenset()
    assert all(is_whole(view, OPEN) for view in VIEWS.values())


def test_of_colleagues_only_our_own_rows_are_shown():
    assert told(CLOSED)["post_id"] == ["2"]
    assert told(CLOSED)["text"] == ["hi"]


def test_where_nobody_is_named_nothing_leads_to_a_person_and_words_stay():
    found = told(UNNAMED)
    assert found["person"] == [None, "us", None]
    assert found["permalink"] == [None, "x/2", None]
    assert found["post_id"] == [None, "2", None]
    assert found["text"] == ["hello", "hi", "?"]
    assert found["likes"] == [1, 2, 3]


def test_of_minors_no_word_and_no_mood_is_shown():
    found = told(MINORS)
    assert found["text"] == [None]
    assert found["sentiment"] == [None]
    assert found["post_id"] == ["2"]


def test_numbers_of_people_are_taken_from_sheets_that_count_them():
    pulse = pl.LazyFrame({"pulse_id": ["1"], "group": ["small"], "invited": [8], "answers_1": [1]})
    assert told(CLOSED, "pulse", pulse) == {
        "pulse_id": ["1"],
        "group": ["small"],
        "invited": [None],
        "answers_1": [None],
    }
    assert told(UNNAMED, "pulse", pulse)["invited"] == [8]


@pytest.mark.parametrize(
    ("view", "agreed", "columns", "whole"),
    [
        ("posts", CLOSED, (), False),
        ("posts", UNNAMED, (), False),
        ("effort", CLOSED, (), True),
        ("accounts", CLOSED, (), True),
        ("pulse", CLOSED, (), False),
        ("pulse", CLOSED, ("question",), True),
    ],
)
def test_it_is_known_where_something_is_not_shown(view, agreed, columns, whole):
    assert is_whole(VIEWS[view], agreed, columns) is whole
