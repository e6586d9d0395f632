"""Any part of a whole strategy is reviewed without falling over, and every slip people make is told and not thrown."""

from __future__ import annotations

import datetime as dt
import tomllib
from importlib.resources import files
from types import SimpleNamespace

import pytest
import tomlkit
from hypothesis import given, settings
from hypothesis import strategies as st

from smmetrics.strategy import StrategyFaults, read_bytes, review
from smmetrics.strategy.facts import Facts, Number
from smmetrics.strategy.faults import LEVELS

TEMPLATES = sorted((files("smmetrics.strategy") / "templates").iterdir(), key=lambda file: file.name)
WHOLES = [tomllib.loads(file.read_text(encoding="utf-8")) for file in TEMPLATES if file.name.endswith(".toml")]
TODAY = dt.date(2026, 12, 1)
FACTS = Facts(first=TODAY, posts=100)


@st.composite
def part_of(draw, whole):
    """A document with any of its keys taken away, at any depth."""
    if isinstance(whole, dict):
        kept = draw(st.sets(st.sampled_from(sorted(whole)))) if whole else set()
        return {key: draw(part_of(whole[key])) for key in whole if key in kept}
    if isinstance(whole, list) and whole:
        return [draw(part_of(item)) for item in whole[: draw(st.integers(0, len(whole)))]]
    return whole


def outcome(text):
    """The strategy, or the faults for which it is refused."""
    try:
        return read_bytes(text.encode()), ()
    except StrategyFaults as refused:
        return None, refused.faults


@settings(max_examples=60)
@given(data=st.data(), whole=st.sampled_from(WHOLES))
def test_any_part_of_a_strategy_is_reviewed_or_its_faults_are_told(data, whole, catalogue_of_nothing):
    strategy, refused = outcome(tomlkit.dumps(data.draw(part_of(whole))))
    assert all("is missing here" in fault.message for fault in refused)
    if strategy is None:
        return
    for facts in (None, FACTS):
        findings = review(strategy, catalogue_of_nothing, facts=facts, today=TODAY)
        assert [LEVELS.index(f.level) for f in findings] == sorted(LEVELS.index(f.level) for f in findings)
        for finding in findings:
            assert finding.message
            assert finding.hint
            assert finding.docs == f"docs/findings.md#{finding.code.lower()}"
            assert "{" not in finding.message.replace("{}", "")


@settings(max_examples=40)
@given(
    value=st.none() | st.floats(-1e6, 1e6),
    low=st.none() | st.floats(-1e6, 1e6),
    n=st.integers(0, 50),
    unit=st.sampled_from(["", "%", "h", "EUR"]),
)
def test_any_number_of_a_baseline_is_judged(value, low, n, unit, catalogue_of_nothing):
    text = 'purpose="x"\n[goals.a]\n[[goals.a.targets]]\nmetric="m.n"\nvalue=">= 3"\nbaseline="2"\n'
    number = Number(value=value, low=low, high=low, n=n, of=n, unit=unit)
    facts = Facts(first=TODAY, baselines={("a", 0): number}, promo={"a": number})
    codes = {f.code for f in review(read_bytes(text.encode()), catalogue_of_nothing, facts=facts, today=TODAY)}
    assert ("SMM-D011" in codes) == (low is None)


@pytest.fixture(scope="module")
def catalogue_of_nothing():
    """Nothing installed at all."""
    return SimpleNamespace(metrics={}, goal_types={}, platforms={}, defined=(), faults=())


def test_all_faults_come_at_once():
    text = 'timezone = "Europe/Berln"\n[people.amira]\nhours_per_week = "20"\n[goals.a]\nreview_every = "fortnight"\n[[accept]]\ncode = "S001"\nbecause = ""\n'
    assert [fault.line for fault in outcome(text)[1]] == [1, 3, 5, 8]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ('purpose = "x\n', 1, "not TOML"),
        ("title = “x”\n", 1, "curly"),
        ("[goals.answer people]\nwhy = 'x'\n", 1, "Join its words: [goals.answer-people]"),
        ("[[goals.answer people.targets]]\n", 1, "holds a blank"),
        ("[goals.a]\n[goals.a]\n", 2, "twice"),
        ('[people.amira]\nrole = "a"\nrole = "b"\n', 3, "twice"),
        ("[campaigns.spring]\nfrom = 2027-02-30\n", 2, "2027-02-30 is no day"),
        ('[campaigns.spring]\nfrom = "2027-02-28"\n', 2, "without quotes"),
        ("[people.amira]\nhours_per_week = 200\n", 2, "168"),
    ],
)
def test_a_slip_is_told_with_its_line(text, line, words):
    _, (fault,) = outcome(text)
    assert fault.line == line
    assert words in str(fault)
