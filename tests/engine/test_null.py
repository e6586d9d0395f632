"""What null means: the table of values of the language's contract, worked by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

COVERED = [("m", "a", date(2026, 1, 1), date(2026, 2, 1))]


@pytest.fixture
def four(held, rows):
    at = datetime(2026, 1, 10, tzinfo=UTC)
    posts = rows(
        "posts",
        None,
        platform=["m"] * 4,
        account=["a"] * 4,
        created_at=[at] * 4,
        created_on=[at.date()] * 4,
        promo=[True, False, None, None],
        sentiment=["a", None, "b", "a"],
        likes=[1, None, None, 3],
        topics=[["x"], [], None, ["y"]],
    )
    return held({"posts": posts}, COVERED)


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("share(posts, promo)", 0.5),
        ("count(posts, not promo)", 1),
        ("count(posts, promo or sentiment == 'a')", 2),
        ("count(posts, sentiment != 'a')", 1),
        ("count(posts, sentiment not in ('a', 'z'))", 1),
        ("count(posts, promo is None)", 2),
        ("sum(posts.likes, sentiment == 'b')", None),
        ("sum(posts.likes, sentiment == 'q')", 0),
        ("count(posts, likes < 2 or likes >= 2)", 2),
        ("count(posts, 'x' in topics)", 1),
        ("count(posts, not 'x' in topics)", 2),
        ("count(posts, topics in ('x', 'q'))", 1),
        ("count(posts)", 4),
        ("count(posts) / 0", None),
        ("count(posts, 0 < likes < 3)", 1),
        ("sum(posts.likes)", 4),
        ("mean(posts.likes)", 2),
        ("distinct(posts.sentiment)", 2),
        ("max(posts.promo)", 1),
        ("sum(captured(posts.likes, comments))", 4),
    ],
)
def test_null_is_unknown(four, ask, formula, expected):
    (reading,) = ask(formula, four, min_units=0, min_denominator=0)
    assert reading["value"] == expected


def test_nothing_reported_is_no_zero(four, ask):
    (reading,) = ask("sum(posts.likes, sentiment == 'b')", four)
    assert (reading["state"], reading["value"]) == ("not_reported", None)


def test_unknown_conditions_show_in_the_share_reported(four, ask):
    (reading,) = ask("count(posts, promo)", four)
    assert (reading["value"], reading["reported_share"]) == (1, pytest.approx(1 / 3))
