"""People, accounts and what was reported of accounts; hours given and planned."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from smmetrics.tables.scope import Handle, PlanHours, Scope

EARLY, LATE = datetime(2024, 4, 1, tzinfo=UTC), datetime(2024, 5, 1, tzinfo=UTC)
DAY = {"account_id": "acme", "scope": "total", "window": "day"}
OURS = [{"account_id": "acme", "kind": "ours", "handle": "@acme"}]


def first(n):
    return date(2024, 3, n)


def rows(derived, view, *columns):
    return derived.frame(view, frozenset(columns)).select(columns).collect().rows()


def test_people_are_named_only_where_they_speak_for_us(blog):
    assert sorted(rows(blog.derived(), "people", "person", "display", "staff", "theirs")) == [
        ("amira", "amira", True, False),
        ("bob", "a member", False, True),
    ]
    scope = Scope(staff=(Handle(platform="blogs", handle="amira", person="amira"),), people={"amira": "Amira Khan"})
    assert ("amira", "Amira Khan") in rows(blog.derived(scope), "people", "person", "display")


def test_people_know_when_they_first_acted(blog):
    assert dict(rows(blog.derived(), "people", "person", "first_at"))["bob"] == datetime(2024, 3, 1, 10, tzinfo=UTC)


def test_the_newest_observation_of_a_day_counts_once(desk):
    desk.file(
        platform="x",
        kind="x.days",
        observed=EARLY,
        accounts=OURS,
        account_counts=[{**DAY, "window_start": first(1), "likes": 1}, {**DAY, "window_start": first(2), "likes": 2}],
    )
    desk.file(
        platform="x", kind="x.days", observed=LATE, account_counts=[{**DAY, "window_start": first(2), "likes": 5}]
    )
    assert rows(desk.derived(), "account_counts", "window_start", "likes", "ours", "kind") == [
        (first(1), 1, True, "ours"),
        (first(2), 5, True, "ours"),
    ]


def test_two_kinds_of_file_about_the_same_days_never_add_up(desk):
    desk.file(
        platform="x",
        kind="x.old",
        observed=EARLY,
        accounts=OURS,
        account_counts=[{**DAY, "window_start": first(1), "likes": 1, "clicks": 4}],
    )
    desk.file(platform="x", kind="x.new", observed=LATE, account_counts=[{**DAY, "window_start": first(1), "likes": 2}])
    derived = desk.derived()
    assert rows(derived, "account_counts", "likes") == [(2,)]
    assert rows(derived, "account_counts", "clicks", "likes") == [(4, 1)]


def test_one_window_only_the_finest_that_reports_what_is_asked(desk):
    month = {
        "account_id": "acme",
        "scope": "total",
        "window": "range",
        "window_start": first(1),
        "window_end": date(2024, 4, 1),
    }
    desk.file(
        platform="x",
        accounts=OURS,
        account_counts=[{**DAY, "window_start": first(1), "likes": 1}, {**month, "likes": 30, "reach": 9}],
    )
    derived = desk.derived()
    assert rows(derived, "account_counts", "window", "likes") == [("day", 1)]
    assert rows(derived, "account_counts", "window", "reach") == [("range", 9)]
    assert rows(derived, "account_counts", "window", "likes", "reach") == [("range", 30, 9)]
    assert rows(derived, "account_counts", "window") == [("day",)]


def test_each_account_has_its_own_finest_window_and_one_scope(desk):
    other = {"account_id": "b", "scope": "total", "window": "week", "window_start": first(4)}
    desk.file(
        platform="x",
        accounts=OURS,
        account_counts=[
            {**DAY, "window_start": first(1), "likes": 1},
            {**DAY, "scope": "paid", "window_start": first(1), "likes": 7},
            {**other, "likes": 3},
        ],
    )
    assert rows(desk.derived(), "account_counts", "account", "window", "scope", "likes") == [
        ("acme", "day", "total", 1),
        ("b", "week", "total", 3),
    ]


def test_followers_of_a_file_that_names_no_account_do_not_double_those_of_the_named(desk):
    nameless = {**DAY, "account_id": "(not named)", "window_start": first(1)}
    desk.file(
        platform="x",
        kind="x.a",
        observed=EARLY,
        accounts=OURS,
        account_counts=[{**DAY, "window_start": first(1), "followers": 10}],
    )
    desk.file(
        platform="x",
        kind="x.a",
        observed=LATE,
        accounts=[{"account_id": "(not named)", "kind": "ours"}],
        account_counts=[{**nameless, "followers": 11}],
    )
    assert rows(desk.derived(), "account_counts", "account", "followers") == [("acme", 11)]


def test_what_a_file_that_names_no_account_reports_is_ours_where_the_platform_has_one_own_account(desk):
    nameless = {**DAY, "account_id": "(not named)", "window_start": first(1), "gained": 3}
    desk.file(platform="x", kind="x.a", accounts=OURS, account_counts=[{**DAY, "window_start": first(2), "likes": 1}])
    desk.file(platform="x", kind="x.b", account_counts=[nameless])
    assert rows(desk.derived(), "account_counts", "account", "ours", "gained") == [
        ("acme", True, 3),
        ("acme", True, None),
    ]


def entry(n, day, minutes=30.0, **more):
    return {"entry_id": f"e{n}", "person": "amira", "day": day, "minutes": minutes, "task": "reply", **more}


def test_hours_given_are_read_as_they_were_written(desk):
    desk.file(kind="offline.effort", effort=[entry(1, first(1), cost=12.5, currency="EUR"), entry(2, first(2), 15.5)])
    assert rows(desk.derived(), "effort", "entry_id", "day", "minutes", "cost", "currency") == [
        ("e1", first(1), 30.0, 12.5, "EUR"),
        ("e2", first(2), 15.5, None, None),
    ]


def test_planned_hours_are_spread_evenly_so_that_a_week_holds_just_what_was_stated(desk):
    desk.file(kind="offline.effort", effort=[entry(1, first(4)), entry(2, first(10))])
    plan = desk.derived(Scope(plan=(PlanHours(goal="g", person="amira", hours_per_week=8),)))
    found = rows(plan, "plan", "goal", "person", "day", "minutes")
    assert [row[2] for row in found] == [first(n) for n in range(4, 11)]
    assert sum(row[3] for row in found) == pytest.approx(8 * 60, abs=1e-9)


def test_planned_hours_keep_to_the_strategys_days_and_statements_add_up(desk):
    desk.file(spans=[{"account_id": "b", "grain": "event", "start": first(1), "end": first(8)}])
    scope = Scope(plan=(
        PlanHours(goal="g", person="amira", hours_per_week=7, since=first(3), until=first(5)), PlanHours(goal="g", person="amira", hours_per_week=7, since=first(4), until=date(2025, 1, 1)),
        PlanHours(goal="h", person="amira", hours_per_week=7, since=date(2025, 1, 1)),
    ))  # fmt: skip
    assert rows(desk.derived(scope), "plan", "goal", "day", "minutes") == [
        ("g", first(3), 60.0), ("g", first(4), 120.0), ("g", first(5), 60.0), ("g", first(6), 60.0), ("g", first(7), 60.0),
    ]  # fmt: skip


def test_without_data_no_day_is_planned(desk):
    assert rows(desk.derived(Scope(plan=(PlanHours(goal="g", person="a", hours_per_week=8),))), "plan", "day") == []


def test_the_state_is_as_of_the_newest_file_that_counts(desk):
    assert desk.derived().as_of is None
    desk.file(observed=LATE, posts=[{"post_id": "1"}])
    newer = desk.file(observed=datetime(2025, 1, 1, tzinfo=UTC), posts=[{"post_id": "2"}])
    assert desk.derived().as_of == datetime(2025, 1, 1, tzinfo=UTC)
    desk.store.undo(newer.id)
    assert desk.derived().as_of == LATE
