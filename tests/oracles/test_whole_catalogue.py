"""Every formula of the catalogue gives a number of a workspace that has all it asks for, or is held here with its why."""

from __future__ import annotations

import csv
import json
import re
from collections import defaultdict
from datetime import date, time
from functools import partial
from pathlib import Path

import pytest

from smmetrics.api.metrics import Parameter
from smmetrics.contracts.formula import parse
from smmetrics.contracts.labelling import Labelling, label_views
from smmetrics.derive.derived import CORE
from smmetrics.engine import Request, Window, measure
from smmetrics.engine.office import Office
from tests.derive.conftest import Desk
from tests.oracles import community

SHARED = Path(__file__).parents[2].parent / "shared"
CATALOGUE = SHARED / "design" / "kpi-formulas.tsv"
if not CATALOGUE.is_file():
    pytest.skip("the catalogue is not on this machine", allow_module_level=True)

PARAMETERS = json.loads((SHARED / "oracles" / "parameters.json").read_text(encoding="utf-8")) | {"within": 8}
VIEWS = label_views(CORE, Labelling(known={}, by_hand=True))
ROWS = list(csv.DictReader(CATALOGUE.read_text(encoding="utf-8").splitlines(), delimiter="\t"))
FORMULAS = {row["id"]: row["formula_or_calculator"] for row in ROWS if row["kind"] == "formula"}
ELSEWHERE = {
    "burst_state": "no part of this release: a state over a whole series, not a number of a period",
    "negative_story_alert": "no part of this release: a test over many stories at once, not a number of a period",
    "pagerank": "sum(person_scores.pagerank)",
    "betweenness": "sum(person_scores.betweenness)",
    "modularity": "sum(person_scores.modularity)",
    "goal_attainment": "a target's status beside its reading (`review`, cards, `status`)",
    "evidence_coverage": "`smmetrics coverage` counts questions with a measurable metric",
}
"""What the catalogue has calculators for: the formula that gives it now, or where it is told, or why it is not."""


@pytest.fixture(scope="module")
def tables(tmp_path_factory):
    desk = community.fill(Desk(tmp_path_factory.mktemp("whole") / "work"))
    return desk.derived(community.SCOPE, views=VIEWS, chains={"x.made": True})


def cuts(text):
    """What a formula can be cut by only: the whole it is a part of."""
    return tuple(dict.fromkeys(re.findall(r"over=(\w+)", text)))


@pytest.fixture(scope="module")
def readings(measured):
    return measured(FORMULAS)


@pytest.fixture(scope="module")
def measured(tables):
    """Readings of formulas by name, of four months, all of one cut in one go."""
    return partial(_measured, tables)


def _measured(tables, formulas):
    window = Window(
        as_of=community.clock(community.DAYS + 20), zone="Europe/Berlin", grain="month", since=date(2025, 11, 1), until=date(2026, 3, 1),
        offices={"business": Office(frozenset(range(5)), time(9), time(17))},
    )  # fmt: skip
    stated = {name: Parameter(name=name, type=_type(value), default=_as(value)) for name, value in PARAMETERS.items()}
    groups = defaultdict(list)
    for name, text in formulas.items():
        formula = parse(text, views=VIEWS, parameters=stated, pairing="as the catalogue says")
        given = {word: value for word, value in PARAMETERS.items() if re.search(rf"\b{word}\b", text)}
        groups[cuts(text)].append(Request(metric=name, formula=formula, parameters=given))
    found = defaultdict(list)
    for by, requests in groups.items():
        for reading in measure(requests, tables, window, by).to_dicts():
            found[reading["metric"]].append(reading)
    return found


def _type(value):
    return "texts" if isinstance(value, list) else "number"


def _as(value):
    return tuple(value) if isinstance(value, list) else value


@pytest.mark.parametrize("name", sorted(FORMULAS))
def test_a_formula_gives_a_number_where_all_it_asks_for_is_there(name, readings):
    states = [(r["state"], r["reason"], r["n"]) for r in readings[name]]
    assert [r["value"] for r in readings[name] if r["state"] == "value"], states[:4]


def test_no_share_of_people_is_settled_by_how_it_is_asked(readings):
    """A share per person or pair that is all or nothing in every month of a busy year answers itself."""
    shares = {
        name: {r["value"] for r in found if r["state"] == "value"}
        for name, found in readings.items()
        if FORMULAS[name].startswith("share(") and "by=" in FORMULAS[name]
    }
    assert len(shares) > 20
    assert {name for name, values in shares.items() if values <= {0, 1}} == set()


@pytest.mark.parametrize("name", sorted(name for name, said in ELSEWHERE.items() if said.startswith("sum(")))
def test_a_calculator_that_became_a_table_gives_a_number(name, measured):
    (reading, *_) = measured({name: ELSEWHERE[name]})[name]
    assert reading["state"] == "value"
    if name == "modularity":
        assert 0 < reading["value"] < 1


def test_every_calculator_is_accounted_for():
    assert {row["id"] for row in ROWS if row["kind"] == "calculator"} == set(ELSEWHERE)
