"""How central people are in a month's network: against networkx' numbers, and every shortest way counted one by one."""

from __future__ import annotations

import random
from itertools import permutations

import polars as pl
import pytest

from smmetrics.derive.network import betweenness, pagerank
from smmetrics.tables.scope import Scope
from tests.derive.conftest import at, said

SMALL = {(0, 1): 1.0, (1, 2): 2.0, (2, 0): 1.0, (0, 3): 3.0, (4, 0): 1.0, (3, 4): 1.0, (1, 5): 1.0}
"""Person 5 answers nobody."""
RANKS = [0.300975302921, 0.097649943398, 0.089027659454, 0.22556444714, 0.225422471597, 0.061360175491]
BETWEEN = [0.65, 0.35000000000000003, 0.15000000000000002, 0.15000000000000002, 0.2, 0.0]
"""As networkx 3.6.1 has them: pagerank(alpha=0.85, tol=1e-14), betweenness_centrality()."""


def test_a_small_network_is_as_networkx_has_it():
    assert pagerank(6, SMALL).tolist() == pytest.approx(RANKS, abs=1e-9)
    assert betweenness(6, SMALL) == pytest.approx(BETWEEN, abs=1e-12)


def ways(edges, n, one, other):
    """All shortest ways between two people, found by trying every row of others between them."""
    for length in range(n - 1):
        between = [path for path in permutations(set(range(n)) - {one, other}, length)
                   if all(step in edges for step in zip((one, *path), (*path, other), strict=True))]  # fmt: skip
        if between:
            return between
    return []


@pytest.mark.parametrize("seed", range(4))
def test_any_network_is_as_counted_one_by_one(seed):
    draw, n = random.Random(seed), 6
    edges = {(a, b): draw.choice([1.0, 2.0]) for a in range(n) for b in range(n) if a != b and draw.random() < 0.35}
    expected = [0.0] * n
    for one, other in permutations(range(n), 2):
        paths = ways(edges, n, one, other)
        for path in paths:
            for each in path:
                expected[each] += 1 / len(paths) / ((n - 1) * (n - 2))
    assert betweenness(n, edges) == pytest.approx(expected, abs=1e-12)
    ranks = pagerank(n, edges)
    out = [sum(w for (a, _), w in edges.items() if a == i) for i in range(n)]
    idle = sum(ranks[i] for i in range(n) if not out[i])
    for person in range(n):  # a rank is what it is made of
        given = sum(ranks[a] * w / out[a] for (a, b), w in edges.items() if b == person)
        assert ranks[person] == pytest.approx(0.85 * (given + idle / n) + 0.15 / n, abs=1e-10)


def test_each_month_has_its_own_network_of_who_met_whom(desk):
    desk.file(
        posts=[
            said("p1", "post", "ana", at(1)), said("r1", "reply", "bob", at(2), up="p1"), said("r2", "reply", "cy", at(3), up="r1"),
            said("p2", "post", "dee", at(1).replace(month=4)), said("r3", "reply", "ana", at(4).replace(month=4), up="p2"),
        ],
        people=[{"platform_author_id": name, "person": name, "handle": name, "roles": ["staff"] if name == "ana" else []} for name in ("ana", "bob", "cy", "dee")],
    )  # fmt: skip
    found = desk.derived(Scope()).frame("person_scores", {"pagerank", "betweenness", "staff", "person"}).collect()
    told = {(row["window_start"].month, row["person"]): row for row in found.to_dicts()}
    assert set(told) == {(3, "ana"), (3, "bob"), (3, "cy"), (4, "ana"), (4, "dee")}
    assert told[3, "bob"]["betweenness"] == pytest.approx(1 / 2)
    assert told[3, "ana"]["pagerank"] > told[3, "bob"]["pagerank"] > told[3, "cy"]["pagerank"]
    assert found.group_by("window_start").agg(pl.col("pagerank").sum())["pagerank"].to_list() == pytest.approx([1, 1])
    assert told[3, "ana"]["staff"]
    assert not told[3, "bob"]["staff"]
