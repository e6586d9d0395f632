"""Circles of people who speak mostly among themselves: found by modularity, the same every time.

Louvain's way (Blondel and others 2008) without its dice: people are taken in the order of their names, and go to the
circle in which they add most to modularity, of equals to the first; circles then become people of a smaller network,
until nobody moves. Ties count in both directions together. A circle whose parts do not touch is taken apart, which is
what Leiden's refinement is for (Traag and others 2019).
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

GAIN = 1e-12
"""What a move must add to modularity; less is rounding."""
Ties = list[dict[int, float]]
"""By person, how strong the tie to each other is; to themself counted once."""


def communities(n: int, edges: Mapping[tuple[int, int], float]) -> list[int]:
    """The circle each of ``n`` people is in, numbered by size, the largest first."""
    ties = undirected(n, edges)
    circles = list(range(n))
    while True:
        moved = _moved(ties)
        of = {circle: number for number, circle in enumerate(dict.fromkeys(moved))}
        if len(of) == len(ties):
            break
        step = [of[circle] for circle in moved]
        circles = [step[circle] for circle in circles]
        ties = _smaller(ties, step, len(of))
    return _numbered(_connected(undirected(n, edges), circles))


def undirected(n: int, edges: Mapping[tuple[int, int], float]) -> Ties:
    """Ties of both directions added up; what people do towards themselves is left out."""
    ties: Ties = [{} for _ in range(n)]
    for (one, other), weight in sorted(edges.items()):
        if one != other:
            ties[one][other] = ties[one].get(other, 0.0) + weight
            ties[other][one] = ties[other].get(one, 0.0) + weight
    return ties


def parts(ties: Ties, circles: Sequence[int]) -> list[float]:
    """What each person adds to modularity: their ties inside their circle beyond those chance would give them."""
    strength = [sum(each.values()) for each in ties]
    whole = sum(strength)
    held: dict[int, float] = defaultdict(float)
    for person, circle in enumerate(circles):
        held[circle] += strength[person]
    inside = [sum(w for other, w in each.items() if circles[other] == circles[one]) for one, each in enumerate(ties)]
    if not whole:
        return [0.0] * len(ties)
    return [
        inside[one] / whole - strength[one] * held[circle] / whole**2 for one, circle in enumerate(circles)
    ]  # fmt: skip


def _moved(ties: Ties) -> list[int]:
    """Everybody where they add most, until nobody moves."""
    circles = list(range(len(ties)))
    strength = [sum(each.values()) + each.get(one, 0.0) for one, each in enumerate(ties)]
    whole, held = sum(strength), list(strength)
    moving = whole > 0
    while moving:
        moving = False
        for one, each in enumerate(ties):
            here = circles[one]
            near: dict[int, float] = defaultdict(float, {here: 0.0})
            for other, weight in each.items():
                if other != one:
                    near[circles[other]] += weight
            held[here] -= strength[one]
            gains = {circle: near[circle] - strength[one] * held[circle] / whole for circle in sorted(near)}
            best = max(gains, key=gains.__getitem__)
            there = best if gains[best] > gains[here] + GAIN * whole else here
            held[there] += strength[one]
            circles[one] = there
            moving = moving or there != here
    return circles


def _smaller(ties: Ties, step: Sequence[int], n: int) -> Ties:
    """The network of circles: ties between them added up, those inside one counted as its tie to itself."""
    found: Ties = [{} for _ in range(n)]
    for one, each in enumerate(ties):
        for other, weight in each.items():
            here, there = step[one], step[other]
            half = weight / 2 if here == there and one != other else weight
            found[here][there] = found[here].get(there, 0.0) + half
    return found


def _connected(ties: Ties, circles: Sequence[int]) -> list[int]:
    """Circles taken apart where some of their people cannot reach the others inside of them."""
    found = [-1] * len(ties)
    for start in range(len(ties)):
        if found[start] >= 0:
            continue
        found[start], stack = start, [start]
        while stack:
            for other in ties[stack.pop()]:
                if found[other] < 0 and circles[other] == circles[start]:
                    found[other] = start
                    stack.append(other)
    return found


def _numbered(circles: Iterable[int]) -> list[int]:
    """Circles by size, the largest first; of two of a size, that of whoever comes first."""
    each = list(circles)
    size: dict[int, int] = defaultdict(int)
    for circle in each:
        size[circle] += 1
    place = {circle: number for number, circle in enumerate(sorted(size, key=lambda one: (-size[one], one)), 1)}
    return [place[circle] for circle in each]
