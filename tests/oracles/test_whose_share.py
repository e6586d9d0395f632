"""Of whom a share per person is: of all who were there, not only of those who meet what is asked. Worked by hand."""

from __future__ import annotations

import pytest

from tests.derive.conftest import at, said

RETURNED = "share(count(acts, act in ('post', 'reply') and 8 <= tenure_days <= 90) > 0, by=person, on=first_at)"
SLACK = {"min_units": 0, "min_denominator": 0}


@pytest.fixture
def newcomers(desk):
    """Ana comes back after ten days, bob after three, cy never; dee came before March and is no newcomer."""
    days = {"ana": (1, 11), "bob": (2, 5), "cy": (4,), "dee": (3,)}
    posts = [said(f"{who}{day}", "post", who, at(day), text="x") for who, each in days.items() for day in each]
    posts.append(said("dee0", "post", "dee", at(1).replace(month=2), text="x"))
    desk.file(posts=posts, people=[{"platform_author_id": name, "person": name, "handle": name} for name in days])
    return desk


def test_of_three_newcomers_one_came_back(newcomers, ask):
    (march,) = ask(
        RETURNED, newcomers.derived(), grain="month", since=at(1).date(), until=at(1).date().replace(month=4), **SLACK
    )
    assert (march["value"], march["numerator"], march["denominator"]) == (pytest.approx(1 / 3), 1, 3)


def test_of_four_people_credited_one_is_from_outside_and_of_two_items_one_is_of_two_units(desk, ask):
    lines = [
        ("guide", "kim", True, "sales"), ("guide", "lou", True, "care"), ("shed", "kim", True, "sales"),
        ("shed", "mo", False, None), ("shed", "nan", True, "sales"),
    ]  # fmt: skip
    rows = [
        {"credit_id": str(n), "item": item, "person": who, "ours": ours, "unit": unit, "at": at(5)}
        for n, (item, who, ours, unit) in enumerate(lines)
    ]
    desk.file(platform="offline", credits=rows, spans=[
        {"account_id": "(credits log)", "grain": "event", "facts": "credits", "complete": True,
         "start": at(1).date(), "end": at(31).date()},
    ])  # fmt: skip
    tables = desk.derived()
    (outside,) = ask("share(count(credits, not staff) > 0, by=person)", tables, **SLACK)
    assert (outside["value"], outside["denominator"]) == (0.25, 4)
    (together,) = ask("share(distinct(credits.unit) >= 2, by=item)", tables, **SLACK)
    assert (together["value"], together["denominator"]) == (0.5, 2)


def test_where_a_number_says_of_whom_nobody_else_is_asked(newcomers, ask):
    text = "share(count(posts, contains(text, 'y')) > 0, of=count(posts) > 1, by=person)"
    (found,) = ask(text, newcomers.derived(), since=at(1).date(), until=at(31).date(), **SLACK)
    assert (found["numerator"], found["denominator"]) == (0, 2)
