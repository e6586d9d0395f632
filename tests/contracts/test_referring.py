"""Another metric inside a formula is its formula, whole: same hash, same columns, same refusals."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from smmetrics.api import Metric, Parameter
from smmetrics.contracts.catalogue import build
from smmetrics.contracts.formula import FormulaError, parse

from .conftest import FakeRegistry, answers


def metric(id_, formula, unit="count", **more):
    words = {"version": "1.0.0", "title": "T", "question": "Q?", "better": "none", "level": "output"}
    return Metric(id=id_, formula=formula, unit=unit, **{**words, **more})


TURNS = Parameter(name="least", type="number", default=3)
METRICS = (
    metric("talk.hours_each", "sum(effort.minutes) / 60 / talk.long", "duration"),
    metric("talk.long", "count(threads, turns >= least)", parameters=(TURNS,)),
    metric("talk.twice", "2 * talk.long - previous(talk.long)"),
    metric("talk.round", "1 + talk.and_round"),
    metric("talk.and_round", "1 + talk.round"),
    metric("talk.broken", "count(posts, nonsense > 1)"),
    metric("talk.leans", "1 + talk.broken"),
    metric("talk.likes", "sum(posts.likes)"),
    metric("talk.posts", "count(posts)"),
    metric("talk.unpaired", "talk.likes / talk.posts", "ratio"),
    metric("talk.paired", "talk.likes / talk.posts", "ratio", pairing="posts without a number count as silent"),
    metric("talk.upon", "1 + talk.paired", "ratio"),
)


@pytest.fixture(scope="module")
def catalogue():
    return build(FakeRegistry(metrics=answers("talk", *METRICS)))


def formula(catalogue, id_):
    return catalogue.metrics[id_].formula


def test_a_reference_is_the_formula_with_its_own_defaults(catalogue):
    views = catalogue.views
    spelled = parse("sum(effort.minutes) / 60 / count(threads, turns >= 3)", views=views)
    found = formula(catalogue, "talk.hours_each")
    assert found.root == spelled.root
    assert found.canonical == spelled.canonical
    assert (found.referred, found.parameters, found.pending) == (("talk.long",), (), ())
    assert found.tables == {"threads", "effort"}


def test_words_around_a_reference_are_around_what_it_counts(catalogue):
    spelled = parse("2 * count(threads, turns >= 3) - previous(count(threads, turns >= 3))", views=catalogue.views)
    assert formula(catalogue, "talk.twice").root == spelled.root


def test_what_goes_round_or_leans_on_a_fault_is_a_fault_and_says_which(catalogue):
    said = {fault.subject: fault.message for fault in catalogue.faults}
    assert {"talk.round", "talk.and_round", "talk.broken", "talk.leans", "talk.unpaired"} == set(said)
    assert "goes round in a circle" in said["talk.round"]
    assert "talk.broken cannot be read" in said["talk.leans"]
    assert "nonsense" in said["talk.leans"]


def test_a_quotient_of_two_metrics_of_one_table_needs_a_reason_once(catalogue):
    assert formula(catalogue, "talk.paired").referred == ("talk.likes", "talk.posts")
    assert formula(catalogue, "talk.upon").unit == "ratio"


@dataclass
class Own:
    name: str
    formula: str
    title: str = "T"
    better: str = "none"
    pairing: str = ""
    caveat: str = ""
    unit: str = ""
    parameters: dict = field(default_factory=dict)
    line: int = 7


def test_own_metrics_name_each_other_in_any_order(catalogue):
    mine = catalogue.with_own(
        [Own("both", "one + talk.long"), Own("one", "count(posts, ours)"), Own("self", "self + 1")]
    )
    spelled = parse("count(posts, ours) + count(threads, turns >= 3)", views=catalogue.views)
    assert mine.metrics["both"].formula.root == spelled.root
    assert {fault.subject for fault in mine.faults} - {fault.subject for fault in catalogue.faults} == {"self"}
    assert mine.own_metric("x", title="x", formula="both / 2", adhoc=True).formula.tables == {"posts", "threads"}


def test_a_change_of_the_named_metric_is_a_change_of_the_definition(catalogue):
    other = build(FakeRegistry(metrics=answers("talk", METRICS[0], metric("talk.long", "count(threads, turns >= 4)"))))
    assert other.metrics["talk.hours_each"].hash != catalogue.metrics["talk.hours_each"].hash


def test_units_of_a_reference_are_those_of_its_formula(catalogue):
    with pytest.raises(FormulaError, match="units differ"):
        parse(
            "talk.long + sum(effort.minutes)",
            views=catalogue.views,
            metrics=catalogue.metrics,
            refer=catalogue.formula,
        )


def test_the_whole_of_a_reference_is_lifted_by_what_its_tables_have(catalogue):
    asked = {"views": catalogue.views, "metrics": catalogue.metrics, "refer": catalogue.formula}
    found = parse("talk.long / total(talk.long, over=platform)", **asked)
    spelled = "count(threads, turns >= 3) / total(count(threads, turns >= 3), over=platform)"
    assert found.root == parse(spelled, views=catalogue.views).root
    with pytest.raises(FormulaError, match="no dimension 'task'"):
        parse("total(talk.long, over=task)", **asked)


def test_inside_a_call_no_metric_is_known(catalogue):
    with pytest.raises(FormulaError):
        parse(
            "sum(posts.likes, talk.long > 1)", views=catalogue.views, metrics=catalogue.metrics, refer=catalogue.formula
        )
