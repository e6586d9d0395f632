"""Each formula on a table small enough to work out by hand; the working stands beside the value."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from smmetrics.testing.worked import reading

POSTS = [
    {
        "ours": True, "is_reply": False, "kind": "post", "is_question": True, "other_mentions": 0, "other_links": 1, "engagements": 10,
        "impressions": 100, "likes": 6, "shares": 2, "quotes": 1, "link_clicks": 4, "saves": 3, "reach": 60,
    },
    {
        "ours": True, "is_reply": False, "kind": "share", "is_question": False, "other_mentions": 0, "other_links": 0, "engagements": 30,
        "impressions": 200, "likes": 20, "shares": 5, "quotes": None, "link_clicks": 2, "saves": None, "reach": 90,
    },
    {
        "ours": True, "is_reply": False, "kind": "post", "is_question": None, "other_mentions": None, "other_links": None,
        "engagements": None, "impressions": 50, "likes": None, "shares": None, "quotes": None, "link_clicks": None,
    },
    {
        "ours": True, "is_reply": True, "kind": "reply", "is_question": True, "other_mentions": 0, "other_links": 0, "engagements": 2,
        "impressions": 50, "likes": 1, "shares": 1, "quotes": 0, "link_clicks": 0, "saves": 1, "reach": 40,
    },
    {
        "ours": False, "is_reply": True, "kind": "reply", "is_question": True, "other_mentions": 1, "other_links": 1, "engagements": 999,
        "impressions": 999, "likes": 999, "shares": 999, "quotes": 999, "link_clicks": 999, "saves": 999, "reach": 999,
    },
]  # fmt: skip


def at(day: int) -> datetime:
    return datetime(2026, 3, day, 9, tzinfo=UTC)


THREADS = [
    {
        "ours": True, "is_question": True, "created_at": at(2), "comments": 5, "audience_replies": 3, "staff_replies": 2,
        "first_audience_reply_at": at(4), "first_followup_at": at(5),
    },
    {
        "ours": True, "is_question": True, "created_at": at(2), "comments": 1, "audience_replies": 1, "staff_replies": 0,
        "first_audience_reply_at": at(12), "first_followup_at": None,
    },
    {
        "ours": True, "is_question": True, "created_at": at(3), "comments": None, "audience_replies": 0, "staff_replies": 0,
        "first_audience_reply_at": None, "first_followup_at": None,
    },
    {
        "ours": True, "is_question": False, "created_at": at(3), "comments": 0, "audience_replies": 0, "staff_replies": 0,
        "first_audience_reply_at": None, "first_followup_at": None,
    },
    {
        "ours": False, "is_question": True, "created_at": at(3), "comments": 999, "audience_replies": 9, "staff_replies": 0,
        "first_audience_reply_at": at(3), "first_followup_at": at(3),
    },
]  # fmt: skip


def value(metric: str, **more):
    row = reading(
        f"communicating.{metric}",
        plugin="smmetrics_communicating",
        rows={"posts": POSTS, "threads": THREADS},
        days=14,
        **more,
    )
    assert row["state"] == "value", f"{row['state']}: {row['reason']}"
    return row["value"]


@pytest.mark.parametrize(
    ("metric", "expected"),
    [
        (
            "er_by_impressions",
            (10 + 30 + 2) / (100 + 200 + 50),
        ),  # the third post reports no engagements: in neither sum
        ("er_median_of_posts", 10 / 100),  # the middle of 2/50, 10/100, 30/200
        ("interactions_per_post", (10 + 30) / 2),  # the reply is none, the third post reports nothing
        ("amplification_rate", ((2 + 1) + 5) / 2),
        ("applause_rate", (6 + 20) / 2),
        ("click_through_rate", (4 + 2 + 0) / (100 + 200 + 50)),
        ("save_rate", (3 + 1) / (60 + 40)),  # the second post has reach and no saves: in neither sum
        ("reply_share", 1 / 4),
        ("question_rate", 1 / 2),  # of three posts one has no text
        ("other_credit_share", 2 / 3),  # a link; a share; unknown; nothing
        ("posting_cadence", 3 / 14 * 7),
        ("conversation_rate", ((5 - 2) + (1 - 0) + (0 - 0)) / 3),
        ("question_yield", 1 / 3),  # after 2 days; after 10; never
        ("thread_followup_rate", 1 / 2),
        ("monologue_share", 1 / 2),
    ],
)
def test_each_formula_gives_what_a_hand_gives(metric, expected):
    assert value(metric) == pytest.approx(expected, rel=1e-12)


def test_a_longer_deadline_counts_a_later_answer():
    assert value("question_yield", parameters={"answer_days": 14}) == pytest.approx(2 / 3, rel=1e-12)


def test_promo_share_leaves_out_posts_without_a_label_and_is_never_zero_for_want_of_labels():
    row = reading("communicating.promo_share", plugin="smmetrics_communicating", rows={"posts": POSTS})
    assert (row["state"], row["value"]) == ("not_reported", None)
    asked = [{"ours": True, "is_reply": False, "promo": promo} for promo in (True, False, False, None)]
    labelled = reading("communicating.promo_share", plugin="smmetrics_communicating", rows={"posts": asked})
    assert (labelled["numerator"], labelled["denominator"]) == (1, 3)
    assert labelled["value"] == pytest.approx(1 / 3, rel=1e-12)


def test_no_posts_in_a_covered_week_is_zero_activity_for_a_rate_and_zero_for_a_count():
    rate = reading("communicating.er_by_impressions", plugin="smmetrics_communicating", rows={})
    assert (rate["state"], rate["value"]) == ("zero_activity", None)
    cadence = reading("communicating.posting_cadence", plugin="smmetrics_communicating", rows={})
    assert (cadence["state"], cadence["value"]) == ("value", 0.0)


def test_nothing_reported_is_not_zero():
    row = reading("communicating.applause_rate", plugin="smmetrics_communicating", rows={"posts": [POSTS[2]] * 6})
    assert (row["state"], row["value"]) == ("not_reported", None)
