"""Posts: one row each, counts of one observation, days as they are."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from smmetrics.api.stored import CORE_TABLES
from smmetrics.api.views import CORE_VIEWS
from smmetrics.tables.schema import view_schema
from smmetrics.tables.scope import AccountRef, Scope

EARLY, LATE = datetime(2024, 4, 1, tzinfo=UTC), datetime(2024, 5, 1, tzinfo=UTC)
ASKED = ("likes", "shares", "impressions", "engagements", "scope")


def count(post="1", *, scope="total", window="lifetime", **more):
    return {"post_id": post, "scope": scope, "window": window, **more}


def one(derived, *columns):
    frame = derived.frame("posts", frozenset(columns)).collect()
    assert frame.height == 1
    row = frame.row(0, named=True)
    return tuple(row[name] for name in columns)


@pytest.fixture
def post(desk):
    desk.file(
        platform="x",
        posts=[
            {
                "post_id": "1",
                "kind": "post",
                "created_at": datetime(2024, 3, 2, tzinfo=UTC),
                "created_precision": "instant",
            }
        ],
    )
    return desk


def test_a_post_without_counts_has_none_and_a_missing_count_is_not_zero(post):
    assert one(post.derived(), *ASKED) == (None, None, None, None, None)
    post.file(platform="x", post_counts=[count(likes=0)])
    assert one(post.derived(), *ASKED) == (0, None, None, 0, "total")


def test_the_newest_observation_that_reports_all_that_is_asked_counts(post):
    post.file(platform="x", observed=EARLY, post_counts=[count(likes=1, shares=2, impressions=100)])
    post.file(platform="x", observed=LATE, post_counts=[count(likes=9, impressions=900)])
    derived = post.derived()
    assert one(derived, "likes") == (9,)
    assert one(derived, "likes", "impressions") == (9, 900)
    assert one(derived, "likes", "shares") == (1, 2)
    assert one(derived, "impressions", "shares", "likes") == (100, 2, 1)
    assert one(derived, "saves", "likes") == (None, 9)


def test_engagements_are_the_parts_reported_of_one_observation(post):
    post.file(platform="x", observed=EARLY, post_counts=[count(likes=1, comments=1, shares=1, quotes=1, saves=1)])
    post.file(platform="x", observed=LATE, post_counts=[count(likes=10, shares=5)])
    assert one(post.derived(), "engagements") == (15,)
    assert one(post.derived(), "engagements", "quotes") == (5, 1)


def test_an_observation_without_any_part_does_not_hide_an_older_one_with_some(post):
    post.file(platform="x", observed=EARLY, post_counts=[count(likes=1)])
    post.file(platform="x", observed=LATE, post_counts=[count(impressions=50)])
    assert one(post.derived(), "engagements") == (1,)
    assert one(post.derived(), "impressions") == (50,)


def test_facts_of_two_kinds_of_file_are_never_mixed(post):
    post.file(platform="x", kind="x.a", observed=EARLY, post_counts=[count(likes=1, impressions=10)])
    post.file(platform="x", kind="x.b", observed=EARLY, post_counts=[count(shares=7, impressions=70)])
    assert one(post.derived(), "likes", "impressions") == (1, 10)
    assert one(post.derived(), "shares", "impressions") == (7, 70)
    assert one(post.derived(), "likes", "shares") in {(1, None), (None, 7)}


def test_the_total_is_taken_before_a_part_and_paid_alone_never_before_the_rest(post):
    post.file(platform="x", observed=LATE, post_counts=[count(scope="organic", likes=5), count(scope="paid", likes=3)])
    assert one(post.derived(), "likes", "scope") == (5, "organic")
    post.file(platform="x", observed=EARLY, post_counts=[count(likes=9)])
    assert one(post.derived(), "likes", "scope") == (9, "total")
    assert one(post.derived(), "impressions", "scope") == (None, "total")


def test_organic_and_paid_are_added_only_where_that_is_allowed_and_both_are_there(post):
    post.file(
        platform="x", kind="x.a", post_counts=[count(scope="organic", likes=5, shares=1), count(scope="paid", likes=3)]
    )
    assert one(post.derived(), "likes", "scope") == (5, "organic")
    assert one(post.derived(adds={"x.a"}), "likes", "scope") == (8, "organic+paid")
    assert one(post.derived(adds={"x.a"}), "shares", "scope") == (1, "organic")


def test_a_days_count_never_stands_for_a_posts_life(post):
    post.file(platform="x", post_counts=[count(window="day", window_start=date(2024, 3, 2), likes=4)])
    assert one(post.derived(), "likes") == (None,)


def test_age_is_from_creation_to_the_observation_that_is_read(post):
    post.file(platform="x", observed=datetime(2024, 3, 4, 12, tzinfo=UTC), post_counts=[count(likes=4)])
    assert one(post.derived(), "age_days", "likes") == (2.5, 4)


@pytest.mark.parametrize("files", [1, 3])
def test_a_post_is_one_row_however_often_it_was_seen(post, files):
    for n in range(files):
        seen = EARLY + timedelta(days=n)
        post.file(
            platform="x",
            observed=seen,
            post_counts=[count(likes=n), count(scope="paid", likes=n)],
            posts=[{"post_id": "1", "kind": "post", "text": "hi"}],
        )
    derived = post.derived()
    assert derived.frame("posts", frozenset(ASKED)).collect().height == 1
    assert not derived.single("posts")


def test_it_can_be_told_whether_every_post_has_one_observation(post):
    post.file(platform="x", post_counts=[count(likes=1)])
    assert post.derived().single("posts")
    assert post.derived().single("effort")


def test_days_are_those_of_the_strategys_zone_and_mere_dates_stay_as_they_are(desk):
    late = datetime(2024, 3, 31, 22, 30, tzinfo=UTC)
    posts = [
        {"post_id": "1", "kind": "post", "created_at": late, "created_precision": "instant"},
        {"post_id": "2", "kind": "post", "created_on": date(2024, 3, 31), "created_precision": "day"},
        {
            "post_id": "3",
            "kind": "post",
            "created_at": late,
            "created_on": date(2024, 3, 31),
            "created_precision": "day",
        },
        {"post_id": "4", "kind": "post", "created_precision": "none"},
    ]
    desk.file(platform="x", posts=posts)

    def days(zone):
        frame = desk.derived(Scope(zone=zone)).frame("posts", frozenset()).collect()
        return {row["post_id"]: (row["created_on"], row["created_at"]) for row in frame.to_dicts()}

    assert days("UTC") == {
        "1": (date(2024, 3, 31), late),
        "2": (date(2024, 3, 31), None),
        "3": (date(2024, 3, 31), None),
        "4": (None, None),
    }
    assert days("Europe/Berlin")["1"] == (date(2024, 4, 1), late)
    assert days("Europe/Berlin")["2"] == (date(2024, 3, 31), None)


def test_drafts_and_what_is_not_due_are_left_out_and_counted_private_posts_stay(desk):
    due, seen, later = (
        datetime(2024, 3, 1, tzinfo=UTC),
        datetime(2024, 3, 2, tzinfo=UTC),
        datetime(2024, 3, 9, tzinfo=UTC),
    )
    posts = [
        {"post_id": "published", "status": "published", "created_at": due}, {"post_id": "unsaid", "status": None, "created_at": due},
        {"post_id": "draft", "status": "draft"}, {"post_id": "private", "status": "private", "created_at": due},
        {"post_id": "due", "status": "scheduled", "created_at": due}, {"post_id": "later", "status": "scheduled", "created_at": later},
        {"post_id": "some day", "status": "scheduled"},
    ]  # fmt: skip
    desk.file(observed=seen, posts=[{"kind": "post", **each} for each in posts])
    derived = desk.derived()
    there = set(derived.frame("posts", frozenset()).collect().get_column("post_id"))
    assert there == {"published", "unsaid", "private", "due"}
    assert set(derived.frame("threads", frozenset()).collect().get_column("root_id")) == there
    assert (derived.left_out()["draft"], derived.left_out()["scheduled"]) == (1, 2)


def of_each(desk, column, cases, **more):
    """A column of posts that are told apart by nothing but what the cases say of them."""
    posts = [{"post_id": f"{place:02}", "kind": "post", **said} for place, said in enumerate(cases)]
    desk.file(platform="x", posts=posts, **more)
    return desk.derived().frame("posts", {column}).sort("post_id").collect().get_column(column).to_list()


def test_a_question_mark_outside_links_makes_a_question(desk):
    texts = {
        "Why?": True,
        "Look https://a.example/?q=1": False,
        "See www.a.example/?x and www.b.example": False,
        "https://a.example/?q=1 Why?": True,
        "": False,
        "No.": False,
        None: None,
    }
    assert of_each(desk, "is_question", [{"text": text} for text in texts]) == list(texts.values())


def test_other_people_named_in_a_text_are_counted_once_each_and_we_are_no_others(desk):
    texts = {
        "thanks @bob": 1, "@bob @Bob @carol": 2, "@acme says": 0, "@ACME and @bob": 1, "mail me@bob.example": 0,
        "see https://x.example/@bob": 0, "(@bob)": 1, "@bob, @carol.": 2, "nobody": 0, None: None, "hi @bob@far.example!": 1,
    }  # fmt: skip
    us = [{"account_id": "1", "handle": "@Acme", "kind": "ours"}]
    assert of_each(desk, "other_mentions", [{"text": text} for text in texts], accounts=us) == list(texts.values())


def test_a_sources_own_list_of_mentions_counts_before_the_text(desk):
    people = [{"platform_author_id": "1", "person": "pa", "roles": ["staff"]}]
    desk.file(posts=[{"post_id": "1", "kind": "post", "text": "@x @y", "mentions": ["pa", "pb"]}], people=people)
    assert one(desk.derived(), "other_mentions") == (1,)


def test_links_that_lead_away_from_us_are_counted_once_each(desk):
    cases = [
        ("https://blog.example/garden/a and https://else.example", None, 1), ("www.blog.example/garden", None, 0),
        ("https://blog.example/gardener", None, 1), ("http://BLOG.example/garden?x", None, 0), ("none", None, 0),
        ("https://a.example", ["https://b.example", "https://c.example", "https://b.example"], 2), ("x", [], 0), (None, None, None),
    ]  # fmt: skip
    us = [{"account_id": "b", "kind": "ours", "url": "https://blog.example/garden/"}]
    posts = [{"text": text, "links": links} for text, links, _ in cases]
    assert of_each(desk, "other_links", posts, accounts=us) == [others for *_, others in cases]


def test_every_view_has_the_declared_types_with_and_without_rows(blog):
    for derived in (blog.derived(), blog.derived(Scope(ours=(AccountRef(platform="blogs", account="b"),)))):
        for view in CORE_VIEWS:
            schema = view_schema(view)
            assert dict(derived.frame(view.name, frozenset(schema)).collect().schema) == schema


def test_a_plugins_count_is_read_like_any_other(post):
    from dataclasses import replace

    from smmetrics.api import Fact, ViewColumn
    from smmetrics.derive.derived import CORE
    from smmetrics.store import Store

    table = next(table for table in CORE_TABLES if table.name == "post_counts")
    grown = replace(table, columns=(*table.columns, Fact(table="post_counts", name="x__opens", type="int")))
    post.store = Store.open(post.store.root, tables={**post.store.tables, "post_counts": grown})
    post.file(platform="x", observed=EARLY, post_counts=[count(x__opens=4, likes=1)])
    post.file(platform="x", observed=LATE, post_counts=[count(likes=2)])
    view = replace(CORE["posts"], columns=(*CORE["posts"].columns, ViewColumn(name="x__opens", type="int")))
    assert one(post.derived(views={**CORE, "posts": view}), "x__opens", "likes") == (4, 1)
