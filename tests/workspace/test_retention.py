"""What is older than was agreed: said by nobody until asked, deleted whole, and never read as a zero afterwards."""

from __future__ import annotations

import importlib.util
import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from smmetrics.api.errors import UserMistake
from smmetrics.workspace import Workspace
from smmetrics.workspace.forgetting import due, forget_due
from smmetrics.workspace.forgetting.due import cutoff

_spec = importlib.util.spec_from_file_location("by_hand", Path(__file__).with_name("test_forgetting.py"))
assert _spec
assert _spec.loader
by_hand = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(by_hand)

TODAY = date(2026, 11, 26)
OLD, NEW = datetime(2025, 9, 30, 12, tzinfo=UTC), datetime(2026, 2, 1, tzinfo=UTC)
STRATEGY = 'purpose = "x"\n[privacy]\nkeep_months = 13\n'
POSTS = [
    {"post_id": "old-post-1", "person": "p-long-gone", "created_at": OLD, "kind": "post", "text": "said long ago"},
    {"post_id": "new-post-1", "person": "p-still-here", "created_at": NEW, "kind": "post", "text": "said lately"},
    {"post_id": "old-post-2", "person": "p-still-here", "created_at": OLD, "kind": "post", "text": "an old one too"},
]
PEOPLE = [
    {"platform_author_id": "1", "person": "p-long-gone", "handle": "longgone"},
    {"platform_author_id": "2", "person": "p-still-here", "handle": "stillhere"},
]
DAYS = [{"account_id": "acme", "scope": "total", "window": "day", "window_start": OLD.date(), "likes": 3}]
SPANS = [{"account_id": "acme", "grain": "day", "start": date(2025, 1, 1), "end": date(2026, 3, 1),
          "facts": "account_counts.likes,posts", "complete": True}]  # fmt: skip


@pytest.fixture
def workspace(tmp_path):
    made = Workspace(tmp_path / "work")
    made.root.mkdir()
    (made.root / "strategy.toml").write_text(STRATEGY, encoding="utf-8")
    store = made.make_store()
    rows = {"posts": POSTS, "people": PEOPLE, "account_counts": DAYS, "spans": SPANS}
    store.commit([by_hand.batch(made, "a.csv", content=b"said long ago", observed=OLD, **rows)])
    store.commit([by_hand.batch(made, "b.csv", content=b"young", observed=NEW, posts=[POSTS[1]])])
    for copy in made.root.glob("copy-*"):
        copy.unlink()
    return made


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 11, 26), 13, date(2025, 10, 26)),
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2024, 3, 31), 1, date(2024, 2, 29)),
        (date(2026, 1, 15), 24, date(2024, 1, 15)),
    ],
)
def test_months_are_those_of_the_calendar(day, months, expected):
    assert cutoff(day, months) == expected


def test_what_is_due_is_told_and_nothing_is_touched(workspace):
    head = workspace.store.head
    found = due(workspace, TODAY)
    assert (found.before, found.months, found.rows) == (date(2025, 10, 26), 13, {"posts": 2, "people": 1})
    assert workspace.store.head == head


def test_what_is_due_leaves_every_file_and_what_is_younger_stays(workspace):
    report = forget_due(workspace, today=TODAY)
    assert (report.rows, report.copies, report.done) == ({"posts": 2, "people": 1}, 1, True)
    traces = ("said long ago", "an old one too", "p-long-gone", "longgone", "old-post-1", "old-post-2")
    assert by_hand.left_of(workspace.root, traces) == set()
    snapshot = workspace.store.snapshot()
    assert snapshot.current("posts").collect().get_column("post_id").to_list() == ["new-post-1"]
    assert snapshot.current("people").collect().get_column("person").to_list() == ["p-still-here"]
    assert not due(workspace, TODAY).rows


def test_reported_numbers_stay_and_the_time_before_is_unknown_and_no_zero(workspace):
    forget_due(workspace, today=TODAY)
    snapshot = workspace.store.snapshot()
    assert snapshot.current("account_counts").collect().get_column("likes").to_list() == [3]
    spans = snapshot.current("spans").collect().select("facts", "start", "end").sort("facts").rows()
    assert spans == [
        ("account_counts.likes", date(2025, 1, 1), date(2026, 3, 1)),
        ("posts", date(2025, 10, 26), date(2026, 3, 1)),
    ]


def test_a_second_time_there_is_nothing_to_do(workspace):
    forget_due(workspace, today=TODAY)
    head = workspace.store.head
    report = forget_due(workspace, today=TODAY)
    assert not report.done
    assert workspace.store.head == head


def test_without_an_agreement_nothing_is_ever_due(workspace):
    (workspace.root / "strategy.toml").write_text('purpose = "x"\n', encoding="utf-8")
    fresh = Workspace(workspace.root)
    assert due(fresh, TODAY) is None
    with pytest.raises(UserMistake, match="keep_months = 13"):
        forget_due(fresh, today=TODAY)
    assert forget_due(fresh, before=date(2025, 10, 1), today=TODAY).rows == {"posts": 2, "people": 1}


@pytest.mark.usefixtures("workspace")
def test_the_command_says_counts_and_asks_before_it_deletes(run):
    dry = run("forget", "--due", "--before", "2025-10-01", "--dry-run")
    assert "posts: 2 rows deleted" in dry
    assert "Dry run: nothing was deleted." in dry
    run("forget", "--due", "--before", "2025-10-01", code=2)
    run("forget", code=2)
    run("forget", "longgone", "--due", code=2)
    (said,) = json.loads(run("forget", "m:longgone", "--yes", "--json"))
    assert (said["done"], said["rows"], said["people"]) == (True, {"posts": 1, "people": 1}, 1)
    assert "everything about people is younger" in run("forget", "--due", "--before", "2020-01-01", "--yes")


def test_that_somebody_agreed_holds_while_they_are_there_and_until_they_take_it_back(workspace):
    def line(person, handle, **more):
        return {"platform": "m", "person": person, "handle": handle, "agreed_on": OLD.date(), **more}

    lines = [
        line("k-gone", "longgone"),
        line("k-here", "@StillHere"),
        line("k-back", "stillhere", withdrawn_on=OLD.date()),
        line("k-late", "2", withdrawn_on=NEW.date()),
    ]
    store = workspace.store
    store.commit([by_hand.batch(workspace, "same.csv", kind="offline.same_person", observed=OLD, same_person=lines)])
    assert forget_due(workspace, today=TODAY).rows == {"posts": 2, "people": 1, "same_person": 2}
    left = workspace.store.snapshot().current("same_person").collect().get_column("person")
    assert sorted(left) == ["k-here", "k-late"]
