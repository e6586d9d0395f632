"""Circles of people: against networkx' numbers, against every way to divide a few people, and month by month."""

from __future__ import annotations

import random

import pytest

from smmetrics.derive.communities import communities, parts, undirected
from smmetrics.tables.scope import Scope
from tests.derive.conftest import at, said

CLUB = (
    "0-1 0-2 0-3 0-4 0-5 0-6 0-7 0-8 0-10 0-11 0-12 0-13 0-17 0-19 0-21 0-31 1-2 1-3 1-7 1-13 1-17 1-19 1-21 1-30 2-3 "
    "2-7 2-8 2-9 2-13 2-27 2-28 2-32 3-7 3-12 3-13 4-6 4-10 5-6 5-10 5-16 6-16 8-30 8-32 8-33 9-33 13-33 14-32 14-33 "
    "15-32 15-33 18-32 18-33 19-33 20-32 20-33 22-32 22-33 23-25 23-27 23-29 23-32 23-33 24-25 24-27 24-31 25-31 26-29 "
    "26-33 27-33 28-31 28-33 29-32 29-33 30-32 30-33 31-32 31-33 32-33"
)
"""Who met whom outside of a karate club (Zachary 1977)."""
GREEDY, BEST = 0.3806706114398422, 0.4197896120973044
"""As networkx 3.6.1 divides the club: greedy_modularity_communities, the best of 50 louvain_communities. No way to
divide it is better than the second (Brandes and others 2008)."""


def modularity(n, edges, circles):
    """As Newman has it, pair by pair."""
    weight = {}
    for (one, other), w in edges.items():
        for pair in ((one, other), (other, one)):
            weight[pair] = weight.get(pair, 0) + (w if one != other else 0)
    strength = [sum(weight.get((i, j), 0) for j in range(n)) for i in range(n)]
    whole = sum(strength)
    pairs = ((i, j) for i in range(n) for j in range(n) if circles[i] == circles[j])
    return sum(weight.get(pair, 0) / whole - strength[pair[0]] * strength[pair[1]] / whole**2 for pair in pairs)


def divided(n):
    """Every way to divide ``n`` people into circles."""
    if n == 0:
        yield []
        return
    for rest in divided(n - 1):
        for circle in range(max(rest, default=-1) + 2):
            yield [*rest, circle]


def test_a_club_falls_into_circles_about_as_well_as_any_way_finds():
    edges = {tuple(map(int, pair.split("-"))): 1.0 for pair in CLUB.split()}
    found = communities(34, edges)
    told = sum(parts(undirected(34, edges), found))
    assert told == pytest.approx(modularity(34, edges, found), abs=1e-12)
    assert GREEDY < told <= BEST + 1e-12
    assert found[0] != found[33]  # the teacher and the officer, over whom it broke


@pytest.mark.parametrize("seed", range(6))
def test_a_few_people_are_divided_nearly_as_well_as_can_be_and_their_parts_add_up(seed):
    draw, n = random.Random(seed), 7
    edges = {(a, b): draw.choice([1.0, 2.0, 3.5]) for a in range(n) for b in range(n) if draw.random() < 0.2}
    found = communities(n, edges)
    told = sum(parts(undirected(n, edges), found))
    assert told == pytest.approx(modularity(n, edges, found), abs=1e-12)
    best = max(modularity(n, edges, each) for each in divided(n))
    assert best - 0.06 <= told <= best + 1e-12
    assert told >= modularity(n, edges, range(n))


def test_two_rings_that_one_tie_joins_are_two_circles_and_the_larger_is_the_first():
    small = {(a, b): 1.0 for a in range(3) for b in range(3) if a != b}
    large = {(a, b): 1.0 for a in range(3, 7) for b in range(3, 7) if a != b}
    assert communities(8, {**large, **small, (0, 3): 1.0}) == [2, 2, 2, 1, 1, 1, 1, 3]


def test_who_only_speaks_to_themself_is_a_circle_of_one_and_adds_nothing():
    assert communities(2, {(0, 0): 5.0}) == [1, 2]
    assert parts(undirected(2, {(0, 0): 5.0}), [1, 2]) == [0, 0]


def test_the_order_in_which_ties_come_changes_nothing():
    draw = random.Random(1)
    edges = [((a, b), draw.random()) for a in range(30) for b in range(30) if a != b and draw.random() < 0.15]
    first = communities(30, dict(edges))
    draw.shuffle(edges)
    assert communities(30, dict(edges)) == first


def test_each_month_has_circles_of_its_own(desk):
    """Ana and bob, cy and dee, who speak with each other; in April all with ana. Modularity of March, by hand: 1/2."""
    pairs = [("ana", "bob", 3), ("cy", "dee", 3), ("ana", "bob", 4), ("ana", "cy", 4), ("ana", "dee", 4)]
    posts = []
    for number, (one, other, month) in enumerate(pairs):
        begun, answered = (at(hour).replace(month=month) for hour in (1, 2))
        posts += [
            said(f"p{number}", "post", one, begun),
            said(f"r{number}", "reply", other, answered, up=f"p{number}"),
        ]
    names = sorted({name for one, other, _ in pairs for name in (one, other)})
    desk.file(posts=posts, people=[{"platform_author_id": name, "person": name, "handle": name} for name in names])
    rows = desk.derived(Scope()).frame("person_scores", {"community", "modularity", "person"}).collect().to_dicts()
    march = {row["person"]: row for row in rows if row["window_start"].month == 3}
    assert {name: row["community"] for name, row in march.items()} == {"ana": "1", "bob": "1", "cy": "2", "dee": "2"}
    assert [row["modularity"] for row in march.values()] == pytest.approx([1 / 8] * 4)
    april = [row for row in rows if row["window_start"].month == 4]
    assert {row["community"] for row in april} == {"1"}
    assert sum(row["modularity"] for row in april) == pytest.approx(0)
