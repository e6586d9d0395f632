"""Tables kept by hand, row by row: what follows from a sheet, and what must not."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from smmetrics.tables.scope import Scope
from tests.derive.conftest import at

BERLIN = Scope(zone="Europe/Berlin")


def table(desk, view, columns, scope=None):
    return desk.derived(scope).frame(view, columns.split()).collect().to_dicts()


def test_a_case_with_a_mere_day_has_no_hour_but_its_day(desk):
    midnight = datetime(2024, 3, 4, 23, tzinfo=UTC)  # the fifth, in Berlin
    desk.file(
        platform="offline",
        cases=[
            {"case_id": "1", "opened_at": midnight, "day": date(2024, 3, 5), "precision": "day"},
            {"case_id": "2", "opened_at": midnight, "precision": "instant"},
        ],
    )
    first, second = table(desk, "cases", "opened_at created_on", BERLIN)
    assert (first["opened_at"], first["created_on"]) == (None, date(2024, 3, 5))
    assert (second["opened_at"], second["created_on"]) == (midnight, date(2024, 3, 5))


def test_a_customer_is_whoever_is_not_staff_and_unasked_is_not_dissatisfied(desk):
    desk.file(
        platform="offline",
        people=[{"platform_author_id": "amy", "person": "amy", "roles": ["staff"], "handle": "amy"}],
        cases=[
            {"case_id": "1", "opened_at": at(4), "person": "amy", "csat": 4},
            {"case_id": "2", "opened_at": at(4), "person": "bo", "csat": 3},
            {"case_id": "3", "opened_at": at(4)},
        ],
    )
    rows = table(desk, "cases", "by_customer satisfied csat_weight needs_reply ours")
    assert [row["by_customer"] for row in rows] == [False, True, True]
    assert [row["satisfied"] for row in rows] == [True, False, None]
    assert [row["csat_weight"] for row in rows] == [1.0, 1.0, None]
    assert all(row["needs_reply"] for row in rows)
    assert rows[2]["ours"] is None


@pytest.mark.parametrize(
    ("visits", "conversions", "converted"),
    [
        (3, 2, [True, True, False]),
        (2, 0, [False, False]),
        (2, 3, [None, None]),
        (2, None, [None, None]),
        (0, 0, []),
        (None, 1, []),
    ],
)
def test_a_days_visits_are_so_many_rows_and_more_conversions_than_visits_are_unknown(
    desk, visits, conversions, converted
):
    day = {
        "date": date(2024, 3, 5),
        "channel": "Organic Social",
        "visits": visits,
        "conversions": conversions,
        "value": 6.0,
    }
    desk.file(platform="web", visits=[{"account_id": "site", "campaign": "", **day}])
    rows = table(desk, "visits", "visit_id created_on social converted value")
    assert [row["converted"] for row in rows] == converted
    assert {row["created_on"] for row in rows} <= {date(2024, 3, 5)}
    assert all(row["social"] for row in rows)
    assert len({row["visit_id"] for row in rows}) == len(rows)
    assert sum(row["value"] for row in rows) == pytest.approx(6.0 if rows else 0)


def test_shifts_are_the_hours_they_touch_and_count_once(desk):
    shift = {"person": "amy", "channel": "chat"}
    desk.file(
        platform="offline",
        roster=[
            {**shift, "from": at(5, 9, 30), "to": at(5, 11)},
            {**shift, "from": at(5, 10), "to": at(5, 12)},
            {**shift, "from": at(5, 15), "to": at(5, 15)},
        ],
    )
    hours = [row["hour"] for row in table(desk, "roster_hours", "hour")]
    assert sorted(hours) == [at(5, 9), at(5, 10), at(5, 11)]


def test_a_rating_scores_by_its_scale(desk):
    made = [("nps", 9), ("nps", 7), ("nps", 6), ("csat", 9)]
    desk.file(
        platform="offline",
        ratings=[
            {"rating_id": str(i), "at": at(5), "scale": scale, "value": float(v)} for i, (scale, v) in enumerate(made)
        ],
    )
    rows = table(desk, "ratings", "kind score nps_point")
    assert [(row["kind"], row["nps_point"]) for row in rows] == [("nps", 1), ("nps", 0), ("nps", -1), ("csat", None)]


def test_an_undecided_idea_is_neither_taken_up_nor_not(desk):
    desk.file(
        platform="offline",
        ideas=[
            {"idea_id": str(i), "captured_at": at(5), "decision": word} for i, word in enumerate(("yes", "no", None))
        ],
    )
    assert [row["adopted"] for row in table(desk, "ideas", "adopted")] == [True, False, None]


def test_a_meeting_called_off_is_no_meeting(desk):
    words = ("confirmed", "cancelled", None)
    desk.file(
        platform="offline",
        events=[{"event_id": str(i), "at": at(5), "status": w, "came": 3} for i, w in enumerate(words)],
    )
    assert [row["event_id"] for row in table(desk, "events", "came")] == ["0", "2"]


def test_somebody_approached_is_active_from_what_they_say_afterwards(desk):
    desk.file(
        platform="offline",
        outreach=[
            {"outreach_id": "1", "person": "bo", "at": at(5), "kind": "contact"},
            {"outreach_id": "2", "person": "cy", "at": at(5), "kind": "contact"},
        ],
    )
    desk.file(
        posts=[
            {"post_id": "early", "person": "bo", "created_at": at(4), "kind": "post"},
            {"post_id": "late", "person": "bo", "created_at": at(7), "kind": "post"},
        ],
    )
    rows = table(desk, "outreach", "active_at")
    assert [row["active_at"] for row in rows] == [at(7), None]


def test_answers_without_an_id_are_told_apart_by_day_question_and_group(desk):
    asked = {"asked_on": date(2024, 3, 5), "question": "Is it fair?", "answers_5": 4}
    desk.file(platform="offline", pulse=[{**asked, "group": "day"}, {**asked, "group": "night"}])
    assert len({row["pulse_id"] for row in table(desk, "pulse", "answers_5")}) == 2


def test_whoever_is_credited_is_on_the_side_the_sheet_says_in_the_unit_it_or_a_membership_says(desk):
    desk.file(
        platform="offline",
        memberships=[{"place_id": "club", "person": "kim", "from": date(2024, 1, 1), "unit": "sales"}],
        credits=[
            {"credit_id": "1", "item": "guide", "person": "kim", "ours": True, "at": at(5)},
            {"credit_id": "2", "item": "guide", "person": "lou", "ours": True, "unit": "care", "at": at(5)},
            {"credit_id": "3", "item": "guide", "person": "mo", "ours": False, "at": at(5)},
            {"credit_id": "4", "item": "shed", "person": "kim", "ours": True, "unit": "workshop",
             "at": at(6), "day": date(2024, 3, 6), "precision": "day"},
            {"credit_id": "5", "item": "shed", "at": at(6)},
        ],
    )  # fmt: skip
    rows = table(desk, "credits", "item person ours theirs staff unit created_on")
    assert [(row["item"], row["ours"], row["theirs"], row["staff"], row["unit"]) for row in rows] == [
        ("guide", True, False, True, "sales"), ("guide", True, False, True, "care"), ("guide", False, True, False, None),
        ("shed", True, False, True, "workshop"), ("shed", None, None, None, None),
    ]  # fmt: skip
    assert (rows[3]["at"], rows[3]["created_on"]) == (None, date(2024, 3, 6))


GIVEN = Scope(marks=(("greta 24", "advocate"), ("ours", "staff"), ("shared", "advocate"), ("shared", "voice")))


@pytest.mark.parametrize(
    ("campaign", "roles"),
    [
        ("Greta  24 ", ["advocate"]), ("ours", ["staff"]), ("shared", ["advocate", "voice"]), ("greta", []),
        ("(not set)", []), ("", None), (None, None),
    ],
)  # fmt: skip
def test_a_visit_came_by_the_link_whose_mark_it_bears(desk, campaign, roles):
    day = {"account_id": "site", "date": date(2024, 3, 5), "channel": "Organic Social", "campaign": campaign}
    desk.file(platform="web", visits=[{**day, "visits": 2}])
    found = desk.derived(GIVEN).frame("visits", {"via_roles"}).collect().get_column("via_roles").to_list()
    assert found == [roles, roles]
    assert table(desk, "visits", "via_roles")[0]["via_roles"] is None  # a strategy without marks knows nobody's links
