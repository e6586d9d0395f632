"""A post belongs to the campaign whose marks it bears: hashtags, links, or its own name in the strategy."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from smmetrics.strategy import scope
from smmetrics.strategy.read import read_bytes
from smmetrics.tables.scope import Campaign, Scope
from tests.derive.stories import bare, same, tables

SPRING = Campaign(
    name="spring", since=date(2024, 3, 1), until=date(2024, 3, 31), hashtags=("#FirstBed", "Beans"),
    links=("utm_campaign=spring24",), posts=("named", "https://www.m.example/p/77/"),
)  # fmt: skip
ANY_TIME = Campaign(name="any time", hashtags=("beds",))
BEFORE = date(2024, 2, 28)

POSTS = {
    "a tag in the text": ({"text": "Our #firstbed is dug"}, "spring"),
    "in a list": ({"text": "Dug", "hashtags": ["FIRSTBED"]}, "spring"),
    "a list counts before the text": ({"text": "Our #firstbed", "hashtags": ["other"]}, None),
    "a longer tag is another": ({"text": "Our #firstbeds are dug"}, None),
    "a fragment of a link is none": ({"text": "See https://a.example/x#firstbed"}, None),
    "an entity is none": ({"text": "Beans&#beans; and a/#beans"}, None),
    "a link in the text": ({"text": "See https://a.example/?utm_campaign=Spring24&x=1"}, "spring"),
    "a link in a list": ({"text": "", "links": ["https://a.example/?utm_campaign=spring24"]}, "spring"),
    "a longer word is another": ({"text": "https://a.example/?utm_campaign=spring24b"}, None),
    "by its id": ({"post_id": "named", "text": "Hm"}, "spring"),
    "by its address": ({"text": "Hm", "permalink": "http://m.example/p/77"}, "spring"),
    "by its id, before its days": ({"post_id": "named", "text": "Hm", "day": BEFORE}, "spring"),
    "a tag before its days": ({"text": "#firstbed", "day": BEFORE}, None),
    "on the last day": ({"text": "#firstbed", "day": date(2024, 3, 31)}, "spring"),
    "a day later": ({"text": "#firstbed", "day": date(2024, 4, 1)}, None),
    "without days, at any time": ({"text": "#beds", "day": BEFORE}, "any time"),
    "of two, the first": ({"text": "#beds #firstbed"}, "spring"),
    "the source's own word": ({"text": "#firstbed", "campaign": "summer"}, "summer"),
    "no text": ({"text": None}, None),
}


@pytest.mark.parametrize("name", POSTS)
def test_marks_make_a_campaigns_posts(desk, name):
    told, expected = POSTS[name]
    day = told.get("day", date(2024, 3, 9))
    post = {"post_id": "p", "kind": "post", "created_at": datetime(day.year, day.month, day.day, 12, tzinfo=UTC)}
    desk.file(posts=[{**post, **{key: value for key, value in told.items() if key != "day"}}])
    derived = desk.derived(Scope(campaigns=(SPRING, ANY_TIME)))
    assert derived.frame("posts", ("campaign",)).collect().get_column("campaign").to_list() == [expected]


def test_a_strategy_without_marks_changes_nothing():
    told = scope(
        read_bytes(b'title = "T"\npurpose = "P"\n[campaigns.spring]\nfrom = 2024-03-01\nhashtags = ["#", " "]\n')
    )
    assert told.campaigns == ()
    assert told.record() == replace(told, campaigns=()).record()
    assert "campaigns" not in told.record()


def test_the_strategy_says_the_marks_in_its_order():
    text = """
title = "T"
purpose = "P"
[campaigns.spring]
from = 2024-03-01
until = 2024-03-31
hashtags = ["#firstbed"]
[campaigns.autumn]
links = ["utm_campaign=autumn"]
posts = ["77"]
"""
    assert scope(read_bytes(text.encode())).campaigns == (
        Campaign(name="spring", since=date(2024, 3, 1), until=date(2024, 3, 31), hashtags=("#firstbed",)),
        Campaign(name="autumn", links=("utm_campaign=autumn",), posts=("77",)),
    )


def test_a_corrected_text_moves_a_kept_post_into_its_campaign(desk, tmp_path):
    scope_ = Scope(campaigns=(SPRING,))
    post = {"post_id": "p", "kind": "post", "created_at": datetime(2024, 3, 9, 12, tzinfo=UTC)}
    desk.file(posts=[{**post, "text": "Dug"}])
    tables(desk.store.root, scope_, views=("posts",))
    desk.file(observed=datetime(2024, 7, 1, tzinfo=UTC), posts=[{**post, "text": "Dug #firstbed"}])
    found = tables(desk.store.root, scope_, views=("posts",))
    same(found, bare(desk.store.root, tmp_path / "bare", scope_, views=("posts",)))
    assert found["posts"].get_column("campaign").to_list() == ["spring"]
