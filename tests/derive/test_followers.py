"""Followers at the time of a post: the newest level of before, never of later, never a stale one."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.derive.conftest import SEEN, at, said

DAYS = {1: 100, 10: 110, 20: 90}


@pytest.mark.parametrize(
    ("posted", "followers"), [(at(1), 100), (at(9), 100), (at(10, 23), 110), (at(19), 110), (at(31), 90)]
)
def test_the_newest_level_up_to_the_posts_day_counts(desk, posted, followers):
    desk.file(
        posts=[said("p", "post", "amira", posted, account_id="a"), said("q", "post", "amira", posted, account_id="b")],
        account_counts=[
            {"account_id": "a", "window": "day", "window_start": date(2024, 3, day),
             "window_end": date(2024, 3, day) + timedelta(days=1), "followers": number}
            for day, number in DAYS.items()
        ],
    )  # fmt: skip
    rows = desk.derived().frame("posts", frozenset({"followers_at_post"})).collect().to_dicts()
    assert {row["post_id"]: row["followers_at_post"] for row in rows} == {"p": followers, "q": None}


def test_a_level_of_later_or_of_long_before_says_nothing(desk):
    desk.file(
        posts=[said(str(day), "post", "amira", at(day), account_id="a") for day in (1, 28)]
        + [said("june", "post", "amira", SEEN, account_id="a"), said("undated", "post", "amira", None, account_id="a")],
        account_counts=[
            {"account_id": "a", "window": "day", "window_start": date(2024, 3, 28), "window_end": date(2024, 3, 29),
             "followers": 7}
        ],
    )  # fmt: skip
    rows = desk.derived().frame("posts", frozenset({"followers_at_post"})).collect().to_dicts()
    found = {row["post_id"]: row["followers_at_post"] for row in rows}
    assert found == {"1": None, "28": 7, "june": None, "undated": None}
