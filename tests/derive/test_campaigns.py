"""A post belongs to the campaign whose marks it bears: hashtags, links, or its own name in the strategy."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from smmetrics.api.views import CORE_VIEWS
from smmetrics.contracts.formula import parse
from smmetrics.engine import Request, Window, measure
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


def test_marks_make_a_campaigns_posts(desk):
    posts = []
    for name, (told, _) in POSTS.items():
        day = told.get("day", date(2024, 3, 9))
        post = {"post_id": "p", "kind": "post", "created_at": datetime(day.year, day.month, day.day, 12, tzinfo=UTC)}
        posts.append({**post, **{key: value for key, value in told.items() if key != "day"}, "platform": name})
    desk.file(posts=posts)
    derived = desk.derived(Scope(campaigns=(SPRING, ANY_TIME)))
    found = derived.frame("posts", ("campaign",)).collect().select("platform", "campaign").iter_rows()
    assert dict(found) == {name: expected for name, (_, expected) in POSTS.items()}


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


BOTH = Campaign(name="beans", since=date(2024, 3, 10), until=date(2024, 4, 30), hashtags=("beans",), posts=("7",))
TOLD = [
    ("#firstbed #beans", 12, 3), ("#beans", 12, 5), ("#firstbed", 2, 8), ("nothing", 20, 9), ("#beans and #firstbed", 30, 2),
    ("#firstbed, and by name beans", 4, 7), (None, 5, 1),
]  # fmt: skip
"""Text, day in March and likes of posts 1 to 7."""
CAMPAIGNS = {"spring": 3 + 5 + 8 + 2 + 7, "beans": 1, "(unknown)": 9}
"""Likes by hand. *Beans* is a mark of both and spring is named first; the seventh has no text and bears beans' name."""


@pytest.fixture
def two(desk):
    """Posts of which most bear the marks of two campaigns that overlap."""
    desk.file(
        posts=[
            {"post_id": str(n), "kind": "post", "created_at": datetime(2024, 3, day, 12, tzinfo=UTC), "text": text,
             "created_precision": "instant", "person": f"who{n % 3}", "hashtags": None, "account_id": "b"}
            for n, (text, day, _) in enumerate(TOLD, 1)
        ],
        post_counts=[
            {"post_id": str(n), "scope": "total", "window": "lifetime", "likes": likes}
            for n, (_, _, likes) in enumerate(TOLD, 1)
        ],
        accounts=[{"account_id": "b", "name": "Our blog", "kind": "ours"}],
        spans=[{"account_id": "b", "start": date(2024, 3, 1), "end": date(2024, 5, 1), "complete": True}],
    )  # fmt: skip
    return desk.derived(Scope(campaigns=(SPRING, BOTH)))


def readings(tables, text, *, by=(), grain="total"):
    views = {view.name: view for view in CORE_VIEWS}
    days = {each.name: ((each.since, each.until + timedelta(days=1)),) for each in (SPRING, BOTH)}
    window = Window(as_of=datetime(2024, 6, 2, tzinfo=UTC), zone="UTC", grain=grain, since=date(2024, 3, 1),
                    until=date(2024, 4, 1), campaigns=days)  # fmt: skip
    request = Request(metric="m", formula=parse(text, views=views, adhoc=True))
    return measure([request], tables, window, by).to_dicts()


def numbers(tables, text, **more):
    """A formula's readings by campaign."""
    return [(row["campaign"], row["value"]) for row in readings(tables, text, **more)]


def test_a_post_of_two_campaigns_is_of_one_and_the_parts_are_the_whole(two):
    likes = "sum(posts.likes)"
    assert dict(numbers(two, likes, by=("campaign",))) == CAMPAIGNS
    assert numbers(two, likes) == [("", sum(likes for _, _, likes in TOLD))]
    by_week = numbers(two, likes, by=("campaign",), grain="week")
    weekly = {name: sum(number for one, number in by_week if one == name) for name in CAMPAIGNS}
    assert weekly == CAMPAIGNS
    shares = numbers(two, f"{likes} / total({likes}, over=campaign)", by=("campaign",))
    assert sum(share for _, share in shares) == pytest.approx(1)


def test_days_of_two_campaigns_overlap_and_each_post_counts_once_among_both(two):
    """Posts of the 10th to the 31st are in the days of both: 12th, 12th, 20th and 30th."""
    assert numbers(two, "count(posts, during('spring'))") == [("", 7)]
    assert numbers(two, "count(posts, during('beans'))") == [("", 4)]
    assert numbers(two, "count(posts, during('spring') or during('beans'))") == [("", 7)]


def test_nothing_is_cut_by_what_a_post_has_several_of(two):
    (row,) = readings(two, "sum(posts.likes)", by=("hashtags",))
    assert (row["value"], row["state"], row["reason"]) == (None, "refused", "dimension.absent: hashtags")
