"""Which formulas count people: those whose numbers change if two names turn out to be one person's."""

import pytest

from smmetrics.contracts.formula import parse
from smmetrics.contracts.persons import counts_persons
from tests.contracts.conftest import VIEWS


@pytest.mark.parametrize(
    "text",
    [
        "distinct(posts.person, theirs)",
        "share(count(acts, act == 'reply') > 0, of=count(acts) > 0, by=person)",
        "share(count(acts) == 0, where=member, by=people)",
        "count(posts) / distinct(acts.other)",
        "last(account_counts.active_people, ours)",
        "mean(count(count(ends, direction == 'out') > 0, by=other), by=person)",
        "distinct(posts.person, not staff)",
        "distinct(posts.person, staff or member)",
    ],
)
def test_what_is_counted_of_people_counts_people(text):
    assert counts_persons(parse(text, views=VIEWS, adhoc=True).root, VIEWS)


@pytest.mark.parametrize(
    "text",
    [
        "count(posts, theirs)",
        "distinct(posts.platform, theirs)",
        "mean(count(posts), by=day)",
        "share(posts, member, of=theirs)",
        "distinct(posts.person, staff and visibility == 'public')",
        "count(count(posts, staff) >= 2, by=person)",
        "last(account_counts.followers, ours)",
    ],
)
def test_posts_platforms_days_and_our_own_people_are_no_count_of_others(text):
    assert not counts_persons(parse(text, views=VIEWS, adhoc=True).root, VIEWS)
