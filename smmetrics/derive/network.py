"""Each month's network of who answered, named and shared whom: how central everybody in it was.

PageRank as Brin and Page have it (damping 0.85, edges weighted by the number of acts, who answers nobody gives to all
alike); betweenness as Freeman has it, by Brandes' way, over directed edges without weights, as a part of all pairs;
circles of people and each person's part of the network's modularity by `communities`.
"""

from __future__ import annotations

from collections import defaultdict, deque
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from smmetrics.derive import kept
from smmetrics.derive.communities import communities, parts, undirected

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from numpy.typing import NDArray

    from smmetrics.derive.base import Base

ACTS = ("reply", "mention", "share", "quote")
DAMPING, NEAR, ROUNDS = 0.85, 1e-12, 500
MOST = 2_000
"""People of a month up to whom betweenness is computed: it takes as long as people times ties."""
MANY = 500_000
"""Ties of a month up to which circles are looked for."""
Edges = dict[tuple[int, int], float]


def person_scores(base: Base, asked: Collection[str]) -> pl.LazyFrame:
    """A row a person and month, of those who acted towards somebody known or were met; only what is ``asked`` for."""
    acts = base.acts.filter(
        pl.col("act").is_in(ACTS)
        & pl.col("person").is_not_null()
        & pl.col("other").is_not_null()
        & pl.col("at").is_not_null()
    )
    month = pl.col("at").dt.convert_time_zone(base.scope.zone).dt.date().dt.truncate("1mo")
    ties = acts.group_by(month.alias("window_start"), "person", "other").agg(pl.col("weight").sum()).collect()
    months = ties.sort("window_start", "person", "other").partition_by("window_start", as_dict=True)
    made = [
        pl.DataFrame(
            _scored(each.select("person", "other", "weight").iter_rows(), asked), schema=_SCHEMA, orient="row"
        ).with_columns(pl.lit(start).alias("window_start"))
        for (start,), each in months.items()
    ]
    rows = pl.concat(made) if made else pl.DataFrame(schema={**_SCHEMA, "window_start": pl.Date()})
    # Roles are those of the month's last day.
    dated = rows.lazy().with_columns(
        created_on=pl.col("window_start").dt.month_end(),
        score_id=pl.concat_str(pl.col("window_start").cast(pl.String), "person", separator="|"),
    )
    return kept.acting(dated.join(_platforms(base), on="person", how="left"), base)


_SCHEMA = {
    "person": pl.String(), "pagerank": pl.Float64(), "betweenness": pl.Float64(), "community": pl.String(),
    "modularity": pl.Float64(),
}  # fmt: skip
_CIRCLES = frozenset({"community", "modularity"})


def _platforms(base: Base) -> pl.LazyFrame:
    return base.people.lazy().select("person", "platform").unique("person", keep="first", maintain_order=True)


def _scored(ties: Iterable[tuple[str, str, float]], asked: Collection[str]) -> list[tuple[object, ...]]:
    found = list(ties)
    names = sorted({name for one, other, _ in found for name in (one, other)})
    n, none = len(names), [None] * len(names)
    place = {name: number for number, name in enumerate(names)}
    edges = {(place[one], place[other]): weight for one, other, weight in found}
    ranks = pagerank(n, edges).tolist() if "pagerank" in asked else none
    between = betweenness(n, edges) if "betweenness" in asked and n <= MOST else none
    circles, added = _circles(n, edges) if _CIRCLES & set(asked) and len(edges) <= MANY else (none, none)
    return list(zip(names, ranks, between, circles, added, strict=True))


def _circles(n: int, edges: Edges) -> tuple[list[str], list[float]]:
    """The circle of each person, and their part of the network's modularity."""
    found = communities(n, edges)
    return [str(circle) for circle in found], parts(undirected(n, edges), found)


def pagerank(n: int, edges: Mapping[tuple[int, int], float]) -> NDArray[np.float64]:
    """How often a walk along the ties is at each of ``n`` people, where one step in seven begins anew anywhere."""
    start = np.array([one for one, _ in edges], dtype=np.int64)
    end = np.array([other for _, other in edges], dtype=np.int64)
    weight = np.array(list(edges.values()), dtype=np.float64)
    out = np.bincount(start, weights=weight, minlength=n)
    part = weight / out[start]
    rank = np.full(n, 1 / n)
    for _ in range(ROUNDS):
        given = np.bincount(end, weights=rank[start] * part, minlength=n)
        new = DAMPING * (given + rank[out == 0].sum() / n) + (1 - DAMPING) / n
        done = np.abs(new - rank).sum() < NEAR
        rank = new
        if done:
            break
    return rank


def betweenness(n: int, edges: Iterable[tuple[int, int]]) -> list[float]:
    """The part of all shortest ways between two others that lead over each of ``n`` people."""
    ahead: dict[int, list[int]] = defaultdict(list)
    for one, other in edges:
        ahead[one].append(other)
    found = [0.0] * n
    for source in range(n):
        _add_from(source, ahead, found)
    pairs = (n - 1) * (n - 2)
    return [value / pairs for value in found] if pairs > 0 else found


def _add_from(source: int, ahead: Mapping[int, list[int]], found: list[float]) -> None:
    """Add what the shortest ways from one person lead over."""
    far, ways, before = {source: 0}, defaultdict(float, {source: 1.0}), defaultdict(list)
    order, queue = [], deque([source])
    while queue:
        here = queue.popleft()
        order.append(here)
        for there in ahead.get(here, ()):
            if there not in far:
                far[there] = far[here] + 1
                queue.append(there)
            if far[there] == far[here] + 1:
                ways[there] += ways[here]
                before[there].append(here)
    carried: dict[int, float] = defaultdict(float)
    for there in reversed(order):
        for here in before[there]:
            carried[here] += ways[here] / ways[there] * (1 + carried[there])
        if there != source:
            found[there] += carried[there]
