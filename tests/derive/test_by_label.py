"""Posts by topic, story, idea and subject, against a loop over the same rows."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime

import pytest

from smmetrics.contracts.formula import parse
from smmetrics.contracts.labelling import Labelling, label_views
from smmetrics.derive.derived import CORE
from smmetrics.engine import Request, Window, measure
from tests.derive.conftest import Desk, at, said

VIEWS = label_views(CORE, Labelling(known={}, by_hand=True))


def label(post_id, kind, value):
    return {"post_id": post_id, "kind": kind, "value": value, "labeller": "human", "version": "amira"}


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_each_value_of_a_post_is_a_row_and_its_weights_add_up_to_one(desk, seed):
    draw = random.Random(seed)
    days = {f"p{n}": at(draw.randint(1, 28), draw.randint(0, 23)) for n in range(12)}
    values = {
        kind: {post: draw.sample(["soil", "moles", "rain", "seeds"], draw.randint(0, 3)) for post in days}
        for kind in ("topic", "story", "idea", "subject")
    }
    desk.file(posts=[said(post, "post", "bob", when, text="x") for post, when in days.items()])
    desk.file(labels=[label(post, kind, "; ".join(of)) for kind in values for post, of in values[kind].items() if of])
    derived = desk.derived(views=VIEWS)
    for kind, posts in values.items():
        wanted = frozenset({kind, "weight", "confidence", "first_at", "text"})
        rows = derived.frame(f"posts_by_{kind}", wanted).collect().to_dicts()
        expected = {}
        for post, of in posts.items():
            for value in of:
                first = min(days[other] for other, there in posts.items() if value in there)
                expected[post, value] = (1 / len(of), 1.0, first, "x")
        found = {(r["post_id"], r[kind]): (r["weight"], r["confidence"], r["first_at"], r["text"]) for r in rows}
        assert len(rows) == len(found)
        assert found == expected


def test_without_labels_there_are_no_rows_and_the_declared_columns(desk):
    desk.file(posts=[said("1", "post", "bob", at(1), text="x")])
    frame = desk.derived(views=VIEWS).frame("posts_by_topic", frozenset({"weight", "ours"})).collect()
    assert frame.height == 0
    assert {"post_id", "topic", "weight", "ours"} <= set(frame.columns)


def test_something_is_put_right_when_its_idea_is_first_released(desk):
    desk.file(posts=[said("1", "post", "bob", at(1), text="x"), said("2", "post", "bob", at(2), text="x")])
    desk.file(labels=[label("1", "topic", "moles"), label("2", "topic", "rain")])
    desk.file(
        platform="offline",
        ideas=[
            {"idea_id": "i", "topic": "moles", "released_at": at(9)},
            {"idea_id": "j", "topic": "moles", "released_at": at(8)},
            {"idea_id": "k", "topic": "rain"},
        ],
    )
    rows = desk.derived(views=VIEWS).frame("posts_by_topic", frozenset({"fixed_at"})).collect().to_dicts()
    assert {row["topic"]: row["fixed_at"] for row in rows} == {"moles": at(8), "rain": None}


LIKES = {"p1": (3, "soil; moles"), "p2": (5, "soil"), "p3": (11, "rain; soil; moles"), "p4": (2, None)}
"""By hand: soil's posts have 19 likes, moles' 14 and rain's 11, together 44; the four posts have 21."""


@pytest.fixture(scope="module")
def several(tmp_path_factory):
    """Posts with several topics each, and their likes."""
    desk = Desk(tmp_path_factory.mktemp("several") / "work")
    desk.file(posts=[said(post, "post", "bob", at(n), text="x") for n, post in enumerate(LIKES, 1)])
    counts = [{"post_id": post, "scope": "total", "window": "lifetime", "likes": n} for post, (n, _) in LIKES.items()]
    desk.file(post_counts=counts)
    desk.file(labels=[label(post, "topic", topics) for post, (_, topics) in LIKES.items() if topics])
    desk.file(spans=[{"account_id": "b", "start": date(2024, 3, 1), "end": date(2024, 4, 1), "complete": True}])
    return desk.derived(views=VIEWS)


def asked(tables, text, by=()):
    window = Window(as_of=datetime(2024, 6, 2, tzinfo=UTC), zone="UTC", since=date(2024, 3, 1), until=date(2024, 4, 1))
    request = Request(metric="m", formula=parse(text, views=VIEWS, adhoc=True))
    rows = measure([request], tables, window, by).to_dicts()
    return {row["slice"]: row["reason"] if row["value"] is None else row["value"] for row in rows}


@pytest.mark.parametrize(
    ("text", "by", "expected"),
    [
        ("sum(posts_by_topic.likes)", (), {"": "slice.needed: topic"}),
        ("sum(posts_by_topic.likes)", ("language",), {'{"language":""}': "slice.needed: topic"}),
        ("1 + sum(posts_by_topic.likes, topic != 'rain')", (), {"": "slice.needed: topic"}),
        ("max(sum(posts_by_topic.likes), by=person)", (), {"": "slice.needed: topic"}),
        (
            "sum(posts_by_topic.likes)",
            ("topic",),
            {'{"topic":"moles"}': 14, '{"topic":"rain"}': 11, '{"topic":"soil"}': 19},
        ),
        ("sum(posts_by_topic.likes, topic == 'moles')", (), {"": 14}),
        ("max(sum(posts_by_topic.likes), by=topic)", (), {"": 19}),
        ("sum(posts_by_topic.weight)", (), {"": 3}),
        ("count(posts_by_topic)", (), {"": 6}),
        ("sum(posts.likes)", (), {"": 21}),
    ],
)
def test_what_a_post_brought_is_added_up_once_for_each_topic_and_never_over_topics(several, text, by, expected):
    assert asked(several, text, by) == pytest.approx(expected)
