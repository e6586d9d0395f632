"""Somebody adds and subtracts all that is shown, of every cut and every stretch of days, to get at what is hidden."""

from __future__ import annotations

import random
from itertools import combinations, pairwise

import numpy as np
import pytest

from smmetrics.engine.privacy.stretches import FIRST, LAST, Crowd, allowed, ends

SMALLEST = 5
WANTED = [30, 60, *range(7, 84, 7)]
"""Months before weeks; days 0 to 83."""


def layout(seed, cuts=2, people=60):
    """Rows of (values of the cuts, day, person): units of uneven size, each person in one unit."""
    chance = random.Random(seed)
    sizes = [chance.choice((1, 2, 3, 4, 6, 12, 25)) for _ in range(chance.randint(2, 5))]
    units = [name for name, size in enumerate(sizes) for _ in range(size)][:people]
    rows = []
    for person, unit in enumerate(units):
        for _ in range(chance.choice((1, 1, 2, 6, 20))):
            others = [str(chance.choices((0, 1, 2), (8, 3, 1))[0]) for _ in range(cuts - 1)]
            rows.append(((str(unit), *others), chance.randrange(84), person))
    return rows


def tables(rows, cuts):
    names = ["unit", "place", "kind"][:cuts]
    found = {}
    for size in range(cuts + 1):
        for chosen in combinations(range(cuts), size):
            cells = {}
            for values, day, person in rows:
                cells.setdefault(tuple(values[n] for n in chosen), []).append((day, person))
            dims = tuple(names[n] for n in chosen)
            order = sorted(range(len(dims)), key=lambda n: dims[n])
            found[tuple(dims[n] for n in order)] = {
                tuple(cell[n] for n in order): Crowd.of(*np.array(pairs, dtype=np.int64).T)
                for cell, pairs in cells.items()
            }
    return names, found


class Attacker:
    """Knows every reading shown, and since when anybody of a group came; solves for what is not shown."""

    def __init__(self, rows, names, shown):
        self.names = names
        self.days = [FIRST, *sorted(WANTED), LAST]
        since = {}
        for values, day, _ in rows:
            since[values] = min(day, since.get(values, day))
        places = range(len(self.days) - 1)
        came = ((cell, place) for cell in sorted(since) for place in places if self.days[place + 1] > since[cell])
        self.unknown = {each: n for n, each in enumerate(came)}
        seen = [
            self.sum_of(dims, cell, start, end)
            for dims, cells in shown.items()
            for cell, days in cells.items()
            for start, end in pairwise(sorted(days))
        ]
        known = np.array(seen, dtype=float).reshape(-1, len(self.unknown))
        _, sizes, turned = np.linalg.svd(known, full_matrices=True)
        self.free = turned[int((sizes > 1e-9).sum()) :]

    def sum_of(self, dims, cell, start, end):
        row = np.zeros(len(self.unknown))
        wanted = dict(zip(dims, cell, strict=True))
        for (values, place), n in self.unknown.items():
            mine = dict(zip(self.names, values, strict=True))
            if start <= self.days[place] and self.days[place + 1] <= end:
                row[n] = all(mine[name] == value for name, value in wanted.items())
        return row

    def solves(self, dims, cell, start, end):
        return np.abs(self.free @ self.sum_of(dims, cell, start, end)).max(initial=0.0) < 1e-7


def attacked(seed, cuts):
    rows = layout(seed, cuts)
    names, given = tables(rows, cuts)
    shown = allowed(given, WANTED, SMALLEST)
    attacker = Attacker(rows, names, shown)
    days = attacker.days
    told, small = [], 0
    for dims, cells in given.items():
        for cell, crowd in cells.items():
            stretches = [*pairwise(days), *((FIRST, day) for day in days[2:]), *((day, LAST) for day in days[1:-2])]
            for start, end in stretches:
                people = crowd.people(start, end)
                if 0 < people < SMALLEST:
                    small += 1
                    if attacker.solves(dims, cell, start, end):
                        told.append((dims, cell, start, end, people))
    return told, small, shown


@pytest.mark.parametrize("seeds", [range(12), pytest.param(range(12, 200), marks=pytest.mark.slow)], ids=["few", "all"])
def test_no_number_about_few_can_be_solved_in_two_hundred_layouts_of_units_and_places(seeds):
    for seed in seeds:
        told, small, _ = attacked(seed, 2)
        assert small
        assert told == [], f"layout {seed}"


@pytest.mark.parametrize("seeds", [range(1), pytest.param(range(1, 20), marks=pytest.mark.slow)], ids=["few", "all"])
def test_three_cuts_at_once_tell_no_more(seeds):
    assert [attacked(seed, 3)[0] for seed in seeds] == [[]] * len(seeds)


def test_a_place_where_nobody_has_been_yet_gives_no_unit_back():
    """In the first week all of b are in m: what is shown of b in m is b, and what is left of the house is a."""
    came = {
        ("a", "m"): (range(3), 0), ("b", "m"): (range(3, 9), 0), ("b", "n"): (range(9, 11), 1),
        ("c", "m"): (range(11, 20), 0), ("c", "n"): (range(20, 23), 0), ("c", "n", "later"): (range(23, 26), 1),
    }  # fmt: skip
    rows = [
        (values[:2], week * 7 + 1, person)
        for values, (people, first) in came.items()
        for week in range(first, 12)
        for person in people
    ]
    names, given = tables(rows, 2)
    shown = allowed(given, WANTED, SMALLEST)
    attacker = Attacker(rows, names, shown)
    assert not any(attacker.solves(("unit",), ("a",), FIRST, day) for day in WANTED)
    assert any(attacker.solves(("unit",), ("c",), FIRST, day) for day in WANTED)


def test_the_attacker_is_able_where_nothing_is_hidden_beside_the_few():
    """The same attack on readings that hide the few alone succeeds: so it is the hiding that stops it."""
    successes = 0
    for seed in range(4):
        rows = layout(seed, 2)
        names, given = tables(rows, 2)
        alone = {
            dims: {cell: ends(crowd, WANTED, SMALLEST) for cell, crowd in cells.items()}
            for dims, cells in given.items()
        }
        attacker = Attacker(rows, names, alone)
        few = [
            (dims, cell)
            for dims, cells in given.items()
            for cell, crowd in cells.items()
            if 0 < crowd.all < SMALLEST and attacker.solves(dims, cell, FIRST, LAST)
        ]
        successes += bool(few)
    assert successes >= 2


def test_what_is_shown_of_a_cut_is_the_same_whatever_else_it_is_cut_by():
    for seed in range(20):
        rows = layout(seed, 2)
        _, given = tables(rows, 2)
        both = allowed(given, WANTED, SMALLEST)
        for name in ("unit", "place"):
            alone = allowed({dims: given[dims] for dims in ((), (name,))}, WANTED, SMALLEST)
            assert alone == {dims: both[dims] for dims in ((), (name,))}


def test_most_is_still_shown_of_a_big_house():
    """Forty units of thirty people, of whom most speak in most weeks: nearly every week of every unit is shown."""
    chance = random.Random(1)
    rows = [((str(person % 40),), chance.randrange(84), person) for person in range(1200) for _ in range(12)]
    _, given = tables(rows, 1)
    shown = allowed(given, WANTED, SMALLEST)
    weeks = [sum(day in days for day in WANTED) / len(WANTED) for days in shown[("unit",)].values()]
    assert min(weeks) > 0.7
    assert shown[()][()] >= set(WANTED)
