"""Readings of many requests, put together by somebody who wants to know what is hidden in any of them."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from itertools import product

import numpy as np
import pytest

from smmetrics.contracts.formula import parse
from smmetrics.engine import Request, Window, measure
from smmetrics.tables.agreement import Agreement
from tests.engine.test_privacy import VIEWS, Told

SMALLEST = 4
START, WEEKS = date(2026, 2, 2), 8
END = START + timedelta(weeks=WEEKS)
AGREED = Agreement(smallest=SMALLEST, everyone=True, closed=True, names=False)
CONDITIONS = ("", "is_question", "not is_question", "unit == 'u0'", "unit != 'u0'", "unit == 'u1' and is_question")
CUTS = ((), ("unit",), ("platform",), ("unit", "platform"))
WINDOWS = [
    ("week", None, None), ("month", None, None), ("total", None, None),
    ("total", START, START + timedelta(weeks=3)), ("total", START + timedelta(weeks=3), END),
    ("total", START, START + timedelta(weeks=4)), ("week", START + timedelta(weeks=2), START + timedelta(weeks=5)),
]  # fmt: skip
NARROWED = ({}, {"unit": ("u0",)}, {"platform": ("m",)}, {"unit": ("u0", "u1")})


def posts(seed):
    """Uneven units on two platforms; most people write in most weeks, few ask."""
    chance = random.Random(seed)
    for unit in range(chance.randint(2, 4)):
        for person in range(chance.choice((2, 3, 6, 9))):
            for week in range(WEEKS):
                for n in range(chance.choice((0, 1, 1, 2))):
                    at = datetime.combine(START, datetime.min.time(), UTC) + timedelta(
                        weeks=week, days=chance.randrange(7), hours=9
                    )
                    platform = chance.choices(("m", "n"), (5, 1))[0]
                    yield {
                        "platform": platform, "account": "a", "post_id": f"{unit}.{person}.{week}.{n}",
                        "created_at": at, "created_on": at.date(), "person": f"{platform}{unit}.{person}",
                        "theirs": True, "ours": False, "staff": False, "unit": f"u{unit}", "scope": "total",
                        "is_question": chance.random() < 0.25, "is_reply": False,
                    }  # fmt: skip


ATOM = ("unit", "platform", "is_question", "created_on")


def holds(condition, atom):
    unit, _, asks, _ = atom
    return {
        "": True, "is_question": asks, "not is_question": not asks, "unit == 'u0'": unit == "u0",
        "unit != 'u0'": unit != "u0", "unit == 'u1' and is_question": unit == "u1" and asks,
    }[condition]  # fmt: skip


def everything(rows, tables, narrowed):
    """Every reading of every request: which atoms it is made of, whether it is shown, and its number."""
    atoms = {atom: n for n, atom in enumerate(sorted({tuple(row[name] for name in ATOM) for row in rows}, key=str))}
    for keep, by, (grain, since, until) in product(narrowed, CUTS, WINDOWS):
        requests = [
            Request(metric=c, formula=parse(f"count(posts{', ' if c else ''}{c})", views=VIEWS, adhoc=True))
            for c in CONDITIONS
        ]
        window = Window(as_of=datetime(2026, 6, 1, tzinfo=UTC), grain=grain, since=since, until=until)
        frame = measure(requests, Told(tables, AGREED, keep), window, by)
        for row in frame.iter_rows(named=True):
            unit = row["slice"][9:-2] if row["slice"] else ""
            mine = np.zeros(len(atoms))
            for atom, place in atoms.items():
                mine[place] = (
                    holds(row["metric"], atom)
                    and (not unit or atom[0] == unit)
                    and (not row["platform"] or atom[1] == row["platform"])
                    and all(atom[ATOM.index(name)] in values for name, values in keep.items())
                    and row["period_start"] <= atom[3] < row["period_end"]
                )
            yield mine, row


SWEEP = [pytest.param(seed, NARROWED, marks=pytest.mark.slow) for seed in range(12)]


@pytest.mark.parametrize(("seed", "narrowed"), [(0, NARROWED[:1]), *SWEEP])
def test_all_readings_together_tell_nothing_about_few(seed, narrowed, held, rows):
    """The attacker even knows on which days anybody of a group wrote at all."""
    data = list(posts(seed))
    tables = held({"posts": rows("posts", data)}, [("m", "a", START, END), ("n", "a", START, END)])
    seen, hidden = [], []
    people = {}
    for row in data:
        people.setdefault(tuple(row[name] for name in ATOM), set()).add(row["person"])
    names = sorted(people, key=str)
    for mine, row in everything(data, tables, narrowed):
        behind = set().union(*(people[names[place]] for place in np.flatnonzero(mine)))
        if row["state"] == "value":
            assert not 0 < len(behind) < SMALLEST
            assert row["value"] == sum(
                sum(tuple(each[name] for name in ATOM) == names[place] for each in data)
                for place in np.flatnonzero(mine)
            )
            seen.append(mine)
        elif 0 < len(behind) < SMALLEST:
            assert (row["value"], row["n"]) == (None, None)
            hidden.append((mine, row))
    assert seen
    assert hidden
    _, sizes, turned = np.linalg.svd(np.unique(np.array(seen), axis=0), full_matrices=True)
    free = turned[int((sizes > 1e-9).sum()) :]
    told = [row for mine, row in hidden if np.abs(free @ mine).max(initial=0.0) < 1e-7]
    assert [(row["metric"], row["slice"], row["platform"], row["period_start"]) for row in told] == []
