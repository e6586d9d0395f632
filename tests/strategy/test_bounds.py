"""A promise or a rule that its number can never meet, or always meets, is told before anybody trusts it."""

from __future__ import annotations

import datetime as dt

import pytest

from smmetrics.strategy import read_bytes, review

RULE = '[goals.a]\n[[goals.a.decisions]]\nwhen = "talk.{bound}"\nlasting = "2 months"\nthen = "answer first"\n'
PROMISE = (
    '[audiences.a]\n[[audiences.a.promises]]\ntext = "Everybody hears"\nmetric = "talk.{metric}"\nvalue = "{value}"\n'
)


def said(text, catalogue):
    found = review(read_bytes(text.encode()), catalogue, today=dt.date(2026, 12, 1))
    return [(each.where, each.message, each.hint) for each in found if each.code == "SMM-S016"]


@pytest.mark.parametrize(
    ("bound", "hint"),
    [
        ("part < 20", "Did you mean 20 %?"),
        ("part > 120 %", "Write a share between 0 and 100 %, such as 30 %."),
        ("part < -5 %", "Write a share between 0 and 100 %, such as 30 %."),
        ("part < 20 %", ""),
        ("part < 0.2", ""),
        ("unknown < 20", ""),
    ],
)
def test_a_rule_beyond_the_whole_of_a_share_is_told(bound, hint, catalogue):
    found = said(RULE.format(bound=bound), catalogue)
    assert [each[2] for each in found] == ([hint] if hint else [])
    assert all(each[0] == "goals.a.decisions[1].when" for each in found)


def test_a_rule_in_a_unit_its_number_does_not_have_never_comes_true_and_is_told_so(catalogue):
    ((where, message, hint),) = said(RULE.format(bound="part < 20 min"), catalogue)
    assert where == "goals.a.decisions[1].when"
    assert message == "`talk.part` is a percent, and the rule '< 20 min' is a duration: it never comes true."
    assert hint.startswith("Write a number and its unit")


def test_a_promise_in_a_unit_its_number_does_not_have_is_told(catalogue):
    ((where, message, _),) = said(PROMISE.format(metric="part", value=">= 1 day"), catalogue)
    assert where == "audiences.a.promises[1].value"
    assert message.endswith("the promise '>= 1 day' is a duration: nobody can tell whether it is kept.")
    assert said(PROMISE.format(metric="part", value=">= 90 %"), catalogue) == []
    assert said(PROMISE.format(metric="part", value=">= 90"), catalogue)[0][2] == "Did you mean 90 %?"
