"""Newest levels: each account's newest counts once, an old one stands for nothing, and people are never added up."""

from __future__ import annotations

from datetime import UTC, date, datetime

import polars as pl
import pytest

COVERED = [("m", name, date(2026, 1, 1), date(2026, 7, 1)) for name in ("a", "b")]
FOLLOWERS = "last(account_counts.followers, ours)"


@pytest.fixture
def levels(held, rows):
    """Levels of accounts, each (account, day, followers); ``more``: columns of all rows."""

    def make(*data, **more):
        told = [
            {"platform": "m", "account": account, "scope": "total", "window": "day", "window_start": day, "ours": True,
             "followers": number, "active_people": number, **more}
            for account, day, number in data
        ]  # fmt: skip
        return held({"account_counts": rows("account_counts", told)}, COVERED)

    return make


JUNE = {"since": date(2026, 6, 1), "until": date(2026, 7, 1)}
HALF = {"since": date(2026, 1, 1), "until": date(2026, 7, 1)}


def test_levels_of_accounts_add_up_and_days_do_not(levels, ask):
    tables = levels(("a", date(2026, 6, 1), 5), ("a", date(2026, 6, 20), 9), ("b", date(2026, 6, 29), 100))
    (reading,) = ask(FOLLOWERS, tables, **JUNE)
    assert (reading["state"], reading["value"]) == ("value", 109)


@pytest.mark.parametrize(
    ("newest", "state"), [(date(2026, 5, 26), "stale"), (date(2026, 5, 27), "value"), (date(2026, 6, 30), "value")]
)
def test_a_level_stands_for_the_five_weeks_after_it(levels, ask, newest, state):
    (reading,) = ask(FOLLOWERS, levels(("a", newest, 5)), **HALF)
    assert (reading["state"], reading["value"]) == (state, 5 if state == "value" else None)
    assert reading["reason"] == ("level.old: 2026-05-26" if state == "stale" else "")


def test_the_five_weeks_end_with_the_strategys_day_and_not_with_greenwichs(levels, ask):
    """Midnight in Berlin lies on the day before in Greenwich; a day more would be granted."""
    (reading,) = ask(FOLLOWERS, levels(("a", date(2026, 5, 26), 5)), zone="Europe/Berlin", **HALF)
    assert reading["state"] == "stale"


def test_a_level_of_a_stretch_of_days_is_one_of_its_end(levels, ask):
    tables = levels(("a", date(2026, 4, 1), 5), window="range", window_end=date(2026, 6, 30))
    (reading,) = ask(FOLLOWERS, tables, **HALF)
    assert (reading["state"], reading["value"]) == ("value", 5)


def test_a_period_that_is_not_over_is_as_old_as_today(levels, ask):
    tables = levels(("a", date(2026, 5, 1), 5))
    (reading,) = ask(FOLLOWERS, tables, **HALF, as_of=datetime(2026, 6, 1, tzinfo=UTC))
    assert reading["value"] == 5


def test_the_level_before_is_held_to_its_own_period(levels, ask):
    tables = levels(("a", date(2026, 3, 20), 5), ("a", date(2026, 6, 20), 8))
    found = ask(f"{FOLLOWERS} - previous({FOLLOWERS})", tables, grain="quarter", **HALF)
    assert [(one["state"], one["value"]) for one in found] == [("not_covered", None), ("value", 3)]


def test_different_people_of_two_platforms_are_not_added_up(levels, ask, held):
    formula = "last(account_counts.active_people, ours)"
    here = levels(("a", date(2026, 6, 20), 5), ("b", date(2026, 6, 20), 7)).frames["account_counts"]
    there = here.filter(pl.col("account") == "b").with_columns(platform=pl.lit("n"))
    tables = held({"account_counts": pl.concat([here, there])}, [*COVERED, ("n", "b", *COVERED[0][2:])])
    (reading,) = ask(formula, tables, **JUNE)
    assert (reading["state"], reading["value"], reading["reason"]) == ("refused", None, "people.added: 2")
    by_platform = ask(formula, tables, by=("platform",), **JUNE)
    assert [(one["platform"], one["value"]) for one in by_platform] == [("m", 12), ("n", 7)]
    (followers,) = ask(FOLLOWERS, tables, **JUNE)
    assert followers["value"] == 19


def test_different_people_of_two_posts_or_accounts_are_not_added_up_either(levels, ask, held, rows):
    tables = levels(("a", date(2026, 6, 20), 5), ("b", date(2026, 6, 20), 7), reach=3)
    (reading,) = ask("last(account_counts.reach)", tables, **JUNE)
    assert (reading["state"], reading["value"], reading["reason"]) == ("refused", None, "people.several: 2")
    assert [one["value"] for one in ask("last(account_counts.reach)", tables, by=("account",), **JUNE)] == [3, 3]
    at = datetime(2026, 6, 3, tzinfo=UTC)
    posts = [
        {"platform": "m", "account": "a", "post_id": name, "created_at": at, "created_on": at.date(), "reach": number}
        for name, number in (("one", 4), ("two", 9))
    ]
    tables = held({"posts": rows("posts", posts)}, [("m", "a", date(2026, 1, 1), date(2026, 7, 1))])
    (reading,) = ask("last(posts.reach)", tables, **JUNE)
    assert (reading["state"], reading["value"], reading["reason"]) == ("refused", None, "people.several: 2")
    (reading,) = ask("last(posts.reach, post_id == 'two')", tables, **JUNE)
    assert reading["value"] == 9


def test_an_old_level_of_one_account_stands_for_nothing_among_accounts(levels, ask):
    """By hand: a's level is of March and b's newest, 8, of June: together 8 and not 108."""
    tables = levels(("a", date(2026, 3, 20), 100), ("b", date(2026, 6, 20), 8), ("b", date(2026, 3, 1), 60))
    each = "last(account_counts.followers)"
    asked = {f"sum({each}, by=account)": 8, f"max({each}, by=account)": 8, f"count({each} > 5, by=account)": 1}
    found = {formula: ask(formula, tables, **HALF)[0]["value"] for formula in asked}
    assert found == asked


def test_levels_of_entities_that_are_all_old_are_stale(levels, ask):
    tables = levels(("a", date(2026, 3, 20), 5), ("b", date(2026, 3, 25), 8))
    (reading,) = ask("max(last(account_counts.followers), by=account)", tables, **HALF)
    assert (reading["state"], reading["value"], reading["reason"]) == ("stale", None, "level.old: 2026-03-25")


def test_the_levels_of_days_stand_for_their_days(levels, ask):
    tables = levels(("a", date(2026, 1, 20), 5), ("a", date(2026, 3, 25), 9))
    (reading,) = ask("sum(last(account_counts.followers), by=day)", tables, **HALF)
    assert reading["value"] == 14
