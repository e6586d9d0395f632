"""Posts at one age: read from what is kept, or made anew, they are the same; posts of a mere day are born at its end."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from smmetrics.derive.ages import Age
from tests.derive.conftest import at, said

AS_OF = datetime(2024, 3, 20, tzinfo=UTC)


def counted(post, seen, likes):
    return {"post_id": post, "scope": "total", "window": "lifetime", "observed_at": seen, "likes": likes}


def aged(derived, basis, *columns):
    tables = derived.at_age(Age(7, basis, AS_OF))
    return sorted(tables.frame("posts", frozenset(columns)).select("post_id", *columns).collect().rows())


@pytest.fixture
def four(desk):
    """Counted once each: six, seven and a half, nine and, of a mere day, seven days after that day's end."""
    day = said("day", "post", "bob", at(1), created_precision="day", created_on=at(1).date())
    posts = [*(said(name, "post", "bob", at(1, 12), text="x") for name in ("six", "seven", "nine")), day]
    ages = {"six": 6, "seven": 7.5, "nine": 9}
    rows = [counted(name, at(1, 12) + timedelta(days=days), n) for n, (name, days) in enumerate(ages.items())]
    desk.file(posts=posts, post_counts=[*rows, counted("day", at(9), 9)])
    return desk


def test_kept_posts_and_posts_made_anew_are_of_one_age(four):
    derived = four.derived()
    kept = {basis: aged(derived, basis, "likes") for basis in ("matured", "equal")}
    assert kept == {"matured": [("day", 9), ("nine", 2), ("seven", 1)], "equal": [("day", 9), ("seven", 1)]}
    anew = {basis: [row[:2] for row in aged(derived, basis, "likes", "text")] for basis in ("matured", "equal")}
    assert anew == kept
    again = {basis: aged(four.derived(), basis, "likes") for basis in ("matured", "equal")}
    assert again == kept


def test_without_a_count_the_day_of_the_reading_tells_the_age(four):
    four.file(posts=[said("late", "post", "bob", at(14), text="x"), said("old", "post", "bob", at(13), text="x")])
    derived = four.derived()
    assert "late" not in {post for post, _ in aged(derived, "matured", "kind")}
    assert "old" in {post for post, _ in aged(derived, "matured", "kind")}
    assert {post for post, *_ in aged(derived, "matured", "kind", "text")} == {
        post for post, _ in aged(derived, "matured", "kind")
    }


def test_ages_are_counted_by_account_and_day(four):
    found = four.derived().ages(7).select("created_on", "equal", "matured", "young").rows()
    assert found == [(at(1).date(), 2, 3, 1)]
    assert four.derived().ages(30).select("equal", "matured", "young").rows() == [(0, 0, 4)]
