"""An answered finding is silent until its day and says so afterwards; an answer needs a reason and something to answer."""

from __future__ import annotations

import datetime as dt

import pytest

from smmetrics.strategy import StrategyFaults, read_bytes, review
from smmetrics.strategy.facts import Facts

GOAL = """\
purpose = "Gardeners succeed"
[backing]
who = "the director"
[audiences.gardeners]
who = "people with a first garden"
shares = "plants"
[people.amira]
trained_for = ["forum"]
[goals.answer]
type = "talk.converse"
why = "plants die"
for_them = "an answer"
audience = "gardeners"
people = ["amira"]
hours = { amira = 8 }
[channels.forum]
platform = "forum"
account = "amira"
because = "they ask there"
"""
LONG_AGO, YESTERDAY, TODAY = dt.date(2026, 10, 1), dt.date(2026, 11, 30), dt.date(2026, 12, 1)


def accept(code, until, because="her cousin fills in", at="goals.answer"):
    return f'[[accept]]\ncode = "{code}"\nat = "{at}"\nbecause = "{because}"\nuntil = {until}\n'


def found(text, catalogue, **more):
    return review(read_bytes(text.encode()), catalogue, today=TODAY, **more)


def test_an_answer_that_has_run_out_is_open_again_and_says_so(catalogue):
    (finding,) = found(GOAL + accept("SMM-S068", YESTERDAY), catalogue)
    assert finding.accepted == ""
    assert finding.message == (
        "Nobody outside the team was asked about `answer`. "
        "It was accepted until 30 Nov 2026 (“her cousin fills in”): that day is over."
    )


def test_of_several_answers_the_one_that_holds_counts(catalogue):
    text = GOAL + accept("S068", LONG_AGO, "too early") + accept("S068", TODAY, "asked on Monday")
    (finding,) = found(text, catalogue)
    assert finding.accepted == "asked on Monday"


def test_of_several_that_have_run_out_the_last_one_is_named(catalogue):
    text = GOAL + accept("S068", YESTERDAY, "second") + accept("S068", LONG_AGO, "first")
    (finding,) = found(text, catalogue)
    assert "“second”" in finding.message
    assert "“first”" not in finding.message


@pytest.mark.parametrize("because", ['because = ""\n', 'because = "  "\n', ""])
def test_an_answer_without_a_reason_is_a_fault(because):
    with pytest.raises(StrategyFaults) as refused:
        read_bytes(f'[[accept]]\ncode = "S068"\n{because}until = 2027-01-01\n'.encode())
    (fault,) = refused.value.faults
    assert fault.where == "accept[1].because"
    assert fault.line == (3 if because else 1)


def test_an_answer_to_nothing_says_what_to_do(catalogue):
    text = GOAL.replace("[people", '[people.jan]\ntrained_for="x"\n[people', 1) + accept("S061", TODAY)
    note = next(f for f in found(text, catalogue) if f.code == "SMM-S027")
    assert note.message == "This accepts SMM-S061, and there is nothing to accept at goals.answer."
    assert note.hint == "Mended? Then take this [[accept]] away. Else mend its code and at."


def test_a_code_that_no_review_has_is_told_the_nearest(catalogue):
    note = next(f for f in found(GOAL + accept("SMM-SO68", TODAY), catalogue) if f.code == "SMM-S027")
    assert note.hint == "Did you mean SMM-S068?"


def test_an_error_is_mended_and_not_accepted(catalogue):
    text = GOAL.replace('purpose = "Gardeners succeed"\n', "") + accept("S001", TODAY, at="purpose")
    findings = {f.code: f for f in found(text, catalogue)}
    assert findings["SMM-S001"].accepted == ""
    assert findings["SMM-S027"].message == "SMM-S001 is an error at purpose: it is mended, not accepted."


def test_an_answer_about_data_waits_for_data(catalogue):
    text = GOAL + accept("S068", TODAY) + accept("D007", TODAY, at="goals")
    assert "SMM-S027" not in {f.code for f in found(text, catalogue)}
    facts = Facts(first=LONG_AGO, logged=YESTERDAY)
    assert "SMM-S027" in {f.code for f in found(text, catalogue, facts=facts)}
    never = next(f for f in found(text, catalogue, facts=Facts(first=LONG_AGO)) if f.code == "SMM-D007")
    assert never.accepted == "her cousin fills in"
