"""Conversations, worked by hand and against plain Python."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from smmetrics.derive.nodes import climb
from smmetrics.derive.replies import first_said, replies
from smmetrics.derive.threads import COLUMNS, threads


def at(day, hour=0):
    return datetime(2024, 3, day, hour, tzinfo=UTC)


def rows(derived, view, *columns):
    frame = derived.frame(view, frozenset(columns)).collect()
    key = "root_id" if view == "threads" else "post_id"
    return {row[key]: {name: row[name] for name in columns} for row in frame.to_dicts()}


def test_the_thread_of_our_blog_as_counted_by_hand(blog):
    found = rows(blog.derived(), "threads", *sorted(COLUMNS))
    assert set(found) == {"p1", "p2"}
    assert found["p1"] == {
        "authors": 2, "audience_authors": 1, "turns": 5, "depth": 3, "alternations": 3, "audience_replies": 2,
        "staff_replies": 1, "depth_is_lower_bound": False, "first_reply_ours": False,
        "first_audience_reply_at": at(1, 10), "first_staff_reply_at": at(1, 12), "first_followup_at": at(1, 12),
        "opener_followup_at": at(1, 12),
    }  # fmt: skip
    assert found["p2"] == {
        "authors": 1, "audience_authors": 0, "turns": 1, "depth": 0, "alternations": 0, "audience_replies": 0,
        "staff_replies": 0, "depth_is_lower_bound": False, "first_reply_ours": None, "first_audience_reply_at": None,
        "first_staff_reply_at": None, "first_followup_at": None, "opener_followup_at": None,
    }  # fmt: skip


def test_a_thread_has_every_column_of_its_root(blog):
    found = rows(blog.derived(), "threads", "ours", "is_question", "answered_at", "post_id", "created_at")
    assert found["p1"] == {
        "ours": True,
        "is_question": True,
        "answered_at": at(1, 10),
        "post_id": "p1",
        "created_at": at(1, 9),
    }


def test_when_each_post_of_our_blog_was_answered(blog):
    found = rows(blog.derived(), "posts", "replied_at", "answered_at", "to_us", "is_first")
    assert [found[name]["replied_at"] for name in ("p1", "c1", "c2", "c3", "c4", "p2")] == [
        at(1, 10),
        at(1, 12),
        at(2, 8),
        None,
        None,
        None,
    ]
    assert [found[name]["answered_at"] for name in ("p1", "c1", "c2", "c3", "c5")] == [
        at(1, 10),
        at(1, 12),
        at(2, 8),
        None,
        None,
    ]
    assert [found[name]["to_us"] for name in ("p1", "c1", "c2", "c3", "c4", "c5", "m1")] == [
        False,
        True,
        False,
        True,
        False,
        True,
        None,
    ]
    assert [found[name]["is_first"] for name in ("p1", "c1", "c2", "p2", "c5")] == [True, True, False, False, None]


def test_a_first_answer_below_our_own_remark_answers_the_post_too(desk):
    posts = [said("1", "a", 1), said("2", "a", 2, "1"), said("3", "b", 3, "2")]
    desk.file(posts=posts, people=PEOPLE, accounts=[{"account_id": "b", "kind": "ours"}])
    found = rows(desk.derived(), "posts", "replied_at")
    assert found == {"1": {"replied_at": at(3)}, "2": {"replied_at": at(3)}, "3": {"replied_at": None}}
    thread = rows(desk.derived(), "threads", "turns", "staff_replies", "audience_replies", "first_staff_reply_at")["1"]
    assert thread == {"turns": 2, "staff_replies": 0, "audience_replies": 1, "first_staff_reply_at": None}


def test_a_reply_dated_before_its_root_counts_as_a_reply_leaves_waits_and_is_counted(desk):
    desk.file(posts=[said("1", "a", 10), said("2", "b", 9, "1"), said("3", "b", 12, "1")], people=PEOPLE)
    derived = desk.derived()
    thread = rows(derived, "threads", "audience_replies", "first_audience_reply_at", "turns")["1"]
    assert thread == {"audience_replies": 2, "first_audience_reply_at": at(12), "turns": 3}
    assert rows(derived, "posts", "replied_at")["1"] == {"replied_at": at(12)}
    assert derived.left_out()["time.negative"] == 1


def test_a_post_never_answers_the_replies_below_it_whatever_their_dates_say(desk):
    same = {**said("0", "b", 10), "kind": "reply", "in_reply_to": "1"}
    desk.file(posts=[said("1", "a", 10), same, said("2", "b", 9, "1")], people=PEOPLE)
    found = rows(desk.derived(), "posts", "answered_at")
    assert {name: row["answered_at"] for name, row in found.items()} == {"1": at(10), "0": None, "2": None}
    desk.file(posts=[said("3", "a", 12, "2")])
    found = rows(desk.derived(), "posts", "answered_at")
    assert {name: row["answered_at"] for name, row in found.items()} == {
        "1": at(10),
        "0": at(12),
        "2": at(12),
        "3": None,
    }


def test_answering_oneself_is_no_conversation_and_is_counted(desk):
    desk.file(posts=[said("1", "b", 1), said("2", "b", 2, "1")], people=PEOPLE)
    derived = desk.derived()
    thread = rows(derived, "threads", "turns", "audience_replies", "depth", "authors")["1"]
    assert thread == {"turns": 1, "audience_replies": 0, "depth": 0, "authors": 1}
    assert derived.frame("acts", frozenset({"act"})).collect().get_column("act").to_list() == ["post"]
    assert derived.left_out()["self_reply"] == 1


def test_where_a_source_does_not_say_what_replies_answer_nothing_is_known_of_threads(desk):
    posts = [
        {"post_id": "1", "kind": "post", "account_id": "a", "created_at": at(1)},
        {"post_id": "2", "kind": "reply", "account_id": "a", "created_at": at(2)},
    ]
    desk.file(platform="x", kind="x.legacy_posts", posts=posts, accounts=[{"account_id": "a", "kind": "ours"}])
    for derived in (desk.derived(), desk.derived(chains={"x.legacy_posts": False})):
        found = rows(derived, "threads", *sorted(COLUMNS))
        assert set(found) == {"1"}
        assert {value for row in found.values() for value in row.values()} == {None}
        assert rows(derived, "posts", "to_us", "replied_at")["2"] == {"to_us": None, "replied_at": None}
    stated = rows(desk.derived(chains={"x.legacy_posts": True}), "threads", "staff_replies")
    assert stated["1"] == {"staff_replies": 0}


def test_a_blog_without_any_comment_has_threads_of_one_turn(desk):
    desk.file(posts=[said("1", "a", 1)], people=PEOPLE)
    assert rows(desk.derived(), "threads", "turns", "staff_replies")["1"] == {"turns": 1, "staff_replies": 0}


def test_a_reply_to_a_post_nobody_has_is_under_its_root_and_the_depth_is_a_lower_bound(desk):
    desk.file(
        posts=[said("1", "a", 1), {**said("2", "b", 2, "gone"), "root_id": "1"}, said("9", "b", 3, "far away")],
        people=PEOPLE,
    )
    found = rows(desk.derived(), "threads", "turns", "depth_is_lower_bound")
    assert found == {"1": {"turns": 2, "depth_is_lower_bound": True}, "9": {"turns": 1, "depth_is_lower_bound": True}}
    assert rows(desk.derived(), "posts", "to_us")["9"] == {"to_us": None}


def test_posts_that_answer_each_other_in_a_ring_end_nothing(desk):
    desk.file(
        posts=[said("1", "a", 1, "2"), said("2", "b", 2, "1"), said("3", "b", 3, "1"), said("4", "a", 4)], people=PEOPLE
    )
    found = rows(desk.derived(), "threads", "turns", "depth_is_lower_bound")
    assert {name: row["turns"] for name, row in found.items()} == {"1": 1, "2": 1, "3": 1, "4": 1}
    assert found["1"]["depth_is_lower_bound"]
    assert not found["4"]["depth_is_lower_bound"]


def test_a_chain_of_a_hundred_thousand_is_climbed_in_a_few_rounds():
    n = 100_000
    root, depth = climb(pl.Series([0, *range(n - 1)], dtype=pl.UInt32))
    assert (root == 0).all()
    assert depth.to_list() == list(range(n))


PEOPLE = [{"platform_author_id": "1", "person": "a", "roles": ["staff"]}, {"platform_author_id": "2", "person": "b"}]


def said(post_id, person, day, up=None):
    return {
        "post_id": post_id,
        "kind": "reply" if up else "post",
        "person": person,
        "created_at": at(day),
        "in_reply_to": up,
        "root_id": None,
    }


# --- any forest, against loops in plain Python ---------------------------------------------------------------------

START = datetime(2024, 1, 1, tzinfo=UTC)


@st.composite
def forests(draw):
    size = draw(st.integers(1, 14))
    made = []
    for i in range(size):
        up = draw(st.integers(0, i)) if i else 0
        author = draw(st.sampled_from(["us", "we", "x", "y", None]))
        made.append({
            "i": i, "up": up, "author": author, "ours": None if author is None else author in {"us", "we"},
            "created_at": draw(st.none() | st.integers(0, 9)),
        })  # fmt: skip
    return made


def frame_of(forest):
    frame = pl.DataFrame(
        [
            {**n, "platform": "m", "post_id": f"p{n['i']:02}", "person": n["author"], "theirs": None if n["ours"] is None else not n["ours"], "kind": "reply" if n["up"] != n["i"] else "post",
             "created_at": None if n["created_at"] is None else START + timedelta(hours=n["created_at"]), "chained": True, "broken": False,
             "in_reply_to": None if n["up"] == n["i"] else f"p{n['up']:02}", "parent": None if n["up"] == n["i"] else n["up"]}
            for n in forest
        ],
        schema_overrides={"created_at": pl.Datetime("us", "UTC"), "ours": pl.Boolean(), "theirs": pl.Boolean(), "person": pl.String(), "author": pl.String(), "parent": pl.Int64(), "in_reply_to": pl.String(), "i": pl.UInt32(), "up": pl.UInt32()},
    )  # fmt: skip
    root, depth = climb(frame.get_column("up"))
    above = frame.get_column("author").gather(frame.get_column("up"))
    same = (frame.get_column("author") == above).fill_null(value=False)
    return frame.with_columns(
        root=root,
        depth=depth,
        self_reply=same & (frame.get_column("up") != frame.get_column("i")),
        created_on=pl.col("created_at").dt.date(),
    )


def walk(forest, i):
    chain = [i]
    while forest[chain[-1]]["up"] != chain[-1]:
        chain.append(forest[chain[-1]]["up"])
    return chain


def by_loops(forest):
    out = {}
    for root in (n["i"] for n in forest if n["up"] == n["i"]):
        everyone = [n for n in forest if walk(forest, n["i"])[-1] == root]
        opened = forest[root]
        own = [
            n
            for n in everyone
            if n["up"] != n["i"] and n["author"] is not None and n["author"] == forest[n["up"]]["author"]
        ]
        answers = [n for n in everyone if n["i"] != root and n not in own]
        timely = [
            n
            for n in answers
            if n["created_at"] is not None
            and opened["created_at"] is not None
            and n["created_at"] >= opened["created_at"]
        ]
        theirs, ours = (
            [n["created_at"] for n in timely if n["ours"] is False],
            [n["created_at"] for n in timely if n["ours"]],
        )
        audience = min(theirs, default=None)
        out[f"p{root:02}"] = {
            "turns": 1 + len(answers),
            "authors": len({n["author"] for n in everyone if n["author"]}),
            "audience_authors": len({n["author"] for n in everyone if n["ours"] is False}),
            "depth": max((len(walk(forest, n["i"])) - 1 for n in answers), default=0),
            "audience_replies": sum(n["ours"] is False for n in answers),
            "staff_replies": sum(n["ours"] is True for n in answers),
            "first_audience_reply_at": audience,
            "first_staff_reply_at": min(ours, default=None),
            "first_followup_at": min((t for t in ours if audience is not None and t > audience), default=None),
        }
    return out


def hours(value):
    return value if value is None or not isinstance(value, datetime) else round((value - START).total_seconds() / 3600)


@settings(max_examples=80, deadline=None)
@given(forests())
def test_any_conversation_counts_as_plain_loops_count_it(forest):
    found = threads(frame_of(forest))
    expected = by_loops(forest)
    names = list(next(iter(expected.values())))
    assert {row["post_id"]: {name: hours(row[name]) for name in names} for row in found.to_dicts()} == expected


@settings(max_examples=80, deadline=None)
@given(forests())
def test_any_post_is_answered_when_plain_loops_say_so(forest):
    made = replies(frame_of(forest))
    found = {row["post_id"]: row for row in made.to_dicts()}
    first = set(first_said(made.lazy()).collect().get_column("post_id"))
    for n in forest:
        row, t = found[f"p{n['i']:02}"], n["created_at"]
        below = [m for m in forest if m is not n and n["i"] in walk(forest, m["i"]) and m["author"] != n["author"]]
        times = [
            m["created_at"] for m in below if t is not None and m["created_at"] is not None and m["created_at"] >= t
        ]
        assert hours(row["replied_at"]) == min(times, default=None)
        thread = [m for m in forest if walk(forest, m["i"])[-1] == walk(forest, n["i"])[-1]]
        order = sorted(
            (m for m in thread if m["created_at"] is not None),
            key=lambda m: (m["created_at"], len(walk(forest, m["i"])), m["i"]),
        )
        after = [m for m in order[order.index(n) + 1 :] if m["up"] != m["i"]] if n in order else []
        other = [m["created_at"] for m in after if n["ours"] is not None and m["ours"] is (not n["ours"])]
        assert hours(row["answered_at"]) == (other[0] if other else None)
        mine = sorted(
            (m["created_at"], m["i"]) for m in forest if m["author"] == n["author"] and m["created_at"] is not None
        )
        assert (row["post_id"] in first) == (n["author"] is not None and t is not None and (t, n["i"]) == mine[0])
