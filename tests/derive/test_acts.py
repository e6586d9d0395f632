"""Acts, and the same acts from both ends."""

from __future__ import annotations

from datetime import UTC, datetime

from smmetrics.tables.scope import Handle, Scope


def at(day, hour=0):
    return datetime(2024, 3, day, hour, tzinfo=UTC)


def rows(derived, view, *columns):
    return sorted(derived.frame(view, frozenset(columns)).select(columns).collect().rows(), key=str)


def test_a_reply_is_one_act_to_the_author_of_what_it_answers(blog):
    found = rows(blog.derived(), "acts", "post_id", "act", "person", "other", "other_ours", "other_staff")
    assert found == sorted(
        [
            ("p1", "post", "amira", None, None, None), ("p2", "post", "amira", None, None, None),
            ("c1", "reply", "bob", "amira", True, True), ("c2", "reply", "amira", "bob", False, False),
            ("c3", "reply", "bob", "amira", True, True), ("c5", "reply", None, "amira", True, True),
            ("m1", "mention", None, None, None, None),
        ],
        key=str,
    )  # fmt: skip


def test_the_first_act_and_the_time_since_then(blog):
    found = rows(blog.derived(), "acts", "post_id", "first_at", "tenure_days", "tenure_months")
    by_post = {post: rest for post, *rest in found}
    assert by_post["p2"] == [at(1, 9), 3, 0]
    assert by_post["c3"] == [at(1, 10), 0, 0]
    assert by_post["c5"] == [None, None, None]


def test_both_ends_of_an_act_are_there_once_each_and_each_says_who_it_is(blog):
    found = rows(blog.derived(), "ends", "person", "other", "direction", "ours", "other_ours", "target_id")
    out = [row for row in found if row[2] == "out"]
    assert out == [
        ("amira", "bob", "out", True, False, "c1"),
        ("bob", "amira", "out", False, True, "c2"),
        ("bob", "amira", "out", False, True, "p1"),
    ]
    assert (
        sorted(
            (other, person, "out", other_ours, ours, target)
            for person, other, way, ours, other_ours, target in found
            if way == "in"
        )
        == out
    )


def test_the_end_that_was_met_has_its_own_first_act(blog):
    found = rows(blog.derived(), "ends", "person", "direction", "target_id", "first_at", "tenure_days")
    assert ("amira", "in", "c2", at(1, 9), 0) in found
    assert ("bob", "in", "c1", at(1, 10), 0) in found


def test_likes_reach_the_author_of_the_post_and_ones_own_are_left_out(blog):
    likes = [
        {"person": "bob", "act": "like", "target_id": "p1", "post_id": "p1", "at": at(6)},
        {"person": "bob", "act": "like", "target_id": "c1", "post_id": "c1", "at": at(6)},
        {"person": "amira", "act": "follow", "target_id": "bob", "other": "bob", "at": at(7)},
        {"person": "zoe", "act": "like", "target_id": "elsewhere", "post_id": "elsewhere", "at": at(8), "weight": 2.0},
    ]
    blog.file(acts=likes)
    found = [
        row
        for row in rows(blog.derived(), "acts", "act", "person", "other", "other_ours", "ours", "weight", "target_id")
        if row[0] in {"like", "follow"}
    ]
    assert found == [
        ("follow", "amira", "bob", False, True, 1.0, "bob"),
        ("like", "bob", "amira", True, False, 1.0, "p1"),
        ("like", "zoe", None, None, False, 2.0, "elsewhere"),
    ]


def test_roles_of_both_ends_follow_the_strategy(blog):
    scope = Scope(staff=(Handle(platform="blogs", handle="bob", person="bob"),))
    found = rows(blog.derived(scope), "acts", "post_id", "ours", "other_ours")
    assert ("c1", True, True) in found
    assert ("c2", True, True) in found
