"""The same files in any order give the same tables to formulas."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta

import pytest
from polars.testing import assert_frame_equal

from smmetrics.api.views import CORE_VIEWS
from smmetrics.tables.scope import AccountRef, Handle, PlanHours, Scope

SCOPE = Scope(
    ours=(AccountRef(platform="m", account="a"),),
    staff=(Handle(platform="m", handle="@u1", person="u"),),
    plan=(PlanHours(goal="g", person="u", hours_per_week=7),),
)


def made_up(seed):
    """Four files of one small network: posts seen several times, counts that grow, people whose handles change."""
    draw = random.Random(seed)
    files = []
    for n in range(4):
        seen = datetime(2024, 6, 1 + draw.randint(0, 2), tzinfo=UTC)
        posts, counts = [], []
        for i in draw.sample(range(8), 5):
            said = datetime(2024, 5, 1, tzinfo=UTC) + timedelta(hours=i * 7)
            up = f"p{i // 2}" if i else None
            posts.append(
                {
                    "post_id": f"p{i}",
                    "kind": "reply" if up else "post",
                    "person": f"u{i % 3}",
                    "created_at": said,
                    "in_reply_to": up,
                    "account_id": "a",
                    "text": draw.choice(["hi @bob", "why?", None]),
                }
            )
            counts.append(
                {
                    "post_id": f"p{i}",
                    "scope": draw.choice(["total", "organic"]),
                    "window": "lifetime",
                    "likes": draw.randint(0, 9),
                    "shares": draw.choice([None, 1]),
                }
            )
        people = [
            {"platform_author_id": f"id{i}", "person": f"u{i}", "handle": draw.choice([f"u{i}", f"v{i}"])}
            for i in range(3)
        ]
        days = [
            {
                "account_id": "a",
                "scope": "total",
                "window": "day",
                "window_start": date(2024, 5, 1 + draw.randint(0, 3)),
                "followers": draw.randint(1, 9),
            }
        ]
        spans = [{"account_id": "a", "grain": "event", "start": date(2024, 5, 1), "end": date(2024, 5, 8 + n)}]
        files.append(
            {
                "observed": seen,
                "kind": f"m.k{n % 2}",
                "platform": "m",
                "posts": posts,
                "post_counts": counts,
                "people": people,
                "account_counts": days,
                "spans": spans,
            }
        )
    return files


def views(desk):
    derived = desk.derived(SCOPE)
    asked = {
        "posts": {"likes", "shares", "engagements", "ours", "answered_at", "other_mentions"},
        "account_counts": {"followers"},
    }
    frames = {
        view.name: derived.frame(view.name, frozenset(asked.get(view.name, {c.name for c in view.columns}))).collect()
        for view in CORE_VIEWS
    }
    frames["spans"] = derived.spans()
    return {name: frame.sort(frame.columns[:6]) for name, frame in frames.items()}


@pytest.mark.parametrize("seed", [1, *(pytest.param(n, marks=pytest.mark.slow) for n in range(2, 12))])
def test_the_order_of_imports_changes_nothing(tmp_path, make_desk, seed):
    expected = None
    for order in range(3):
        files = made_up(seed)
        random.Random(order).shuffle(files)
        desk = make_desk(tmp_path / str(order))
        for each in files:
            desk.named_file(f"{each['observed']} {each['posts']}", **each)
        found = views(desk)
        expected = expected or found
        assert expected["posts"].height > 0
        for name, frame in expected.items():
            assert_frame_equal(found[name], frame)
