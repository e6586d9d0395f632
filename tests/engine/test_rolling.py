"""Windows that overlap give the same, counted by day and added up, or row by row in each window."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta

import pytest

from smmetrics.engine import rolling

COVERED = [(name, "a", date(2025, 1, 1), date(2026, 4, 1)) for name in "mn"]
FORMULAS = (
    "count(posts, ours)",
    "sum(posts.likes)",
    "mean(posts.likes, ours)",
    "ratio(posts, likes, impressions)",
    "share(posts, is_reply)",
    "distinct(posts.person, ours)",
    "median(posts.likes)",
    "max(posts.likes)",
    "wait(posts, created_at, answered_at)",
    "gini(count(posts), by=person)",
    "previous(sum(posts.likes, ours))",
)


@pytest.fixture(scope="module")
def data():
    draw, rows = random.Random(3), []
    for number in range(400):
        at = datetime(2025, 11, 1, tzinfo=UTC) + timedelta(minutes=draw.randrange(150 * 24 * 60))
        seen = draw.choice([None, at + timedelta(minutes=draw.randrange(9_000))])
        rows.append({
            "platform": draw.choice("mn"), "account": "a", "post_id": str(number), "created_at": at, "answered_at": seen,
            "created_on": at.date(), "ours": draw.choice([True, False, None]), "is_reply": draw.choice([True, False]),
            "person": draw.choice([None, *"pqrst"]), "likes": draw.choice([None, 0, 3, 90]), "scope": "total",
            "impressions": draw.choice([None, 10, 500]),
        })  # fmt: skip
    return rows


@pytest.mark.parametrize("formula", FORMULAS)
@pytest.mark.parametrize("window", [("week", 50), ("month", 100)], ids=["weeks", "months"])
def test_days_added_up_are_the_rows_of_each_window(data, held, rows, ask, monkeypatch, formula, window):  # noqa: PLR0917 (fixtures)
    tables, text = held({"posts": rows("posts", data)}, COVERED), f"trailing({formula}, days={window[1]})"
    asked = {
        "grain": window[0],
        "by": ("platform",),
        "zone": "Europe/Berlin",
        "since": date(2026, 1, 1),
        "until": date(2026, 3, 30),
    }
    by_day, taken = rolling.by_day, []
    monkeypatch.setattr(rolling, "by_day", lambda *given: taken.append(by_day(*given)) or taken[-1])
    once = ask(text, tables, **asked, min_units=0, min_denominator=0)
    assert any(taken), "windows overlap"
    monkeypatch.setattr(rolling, "by_day", lambda *_: None)
    each = ask(text, tables, **asked, min_units=0, min_denominator=0)
    assert len(once) == len(each) > 3
    for one, other in zip(once, each, strict=True):
        assert one == {
            name: pytest.approx(value, rel=1e-9) if isinstance(value, float) else value for name, value in other.items()
        }
