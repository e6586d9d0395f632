"""Files of accounts that no channel names: said once a platform, with who they are and what the strategy declares."""

from __future__ import annotations

import datetime as dt

import pytest

from smmetrics.strategy import read_bytes, review
from smmetrics.strategy.facts import Facts, Undeclared

TEXT = """\
purpose = "Gardeners succeed"
[channels.forum]
platform = "forum"
account = "@acme"
"""


def said(catalogue, *accounts, matched):
    found = Undeclared(platform="Forum", channel="forum", declared="`@acme`", accounts=accounts, matched=matched)
    facts = Facts(first=dt.date(2026, 9, 1), undeclared=(found,))
    findings = review(read_bytes(TEXT.encode()), catalogue, facts=facts, today=dt.date(2026, 11, 21))
    (finding,) = [each for each in findings if each.code == "SMM-D012"]
    assert (finding.level, finding.where, finding.line) == ("warning", "channels.forum.account", 4)
    return finding.message


@pytest.mark.parametrize(
    ("accounts", "matched", "message"),
    [
        (("other",), False, "No file of Forum is of `@acme`: they speak of `other`, and count as yours."),
        (
            ("other",),
            True,
            "A file of Forum speaks of `other`, and the strategy declares `@acme`: it counts as yours all the same.",
        ),
        (
            ("b", "c"),
            True,
            "Files of Forum speak of `b` and `c`, and the strategy declares `@acme`: they count as yours all the same.",
        ),
        (
            tuple("bcdefg"),
            False,
            "No file of Forum is of `@acme`: they speak of `b`, `c`, `d`, `e` and 2 more, and count as yours.",
        ),
    ],
)
def test_accounts_are_named_beside_what_is_declared(catalogue, accounts, matched, message):
    assert said(catalogue, *accounts, matched=matched) == message


@pytest.mark.parametrize(
    ("accounts", "message"),
    [
        (
            ("a", "b"),
            "Files of Forum came in (`a` and `b`), and no channel is on Forum: they count as yours all the same.",
        ),
        ((), "Files of Forum came in, and no channel is on Forum: they count as yours all the same."),
    ],
)
def test_files_of_a_place_that_no_channel_is_on_are_told(catalogue, accounts, message):
    found = Undeclared(platform="Forum", channel="", declared="", accounts=accounts, matched=False)
    facts = Facts(first=dt.date(2026, 9, 1), undeclared=(found,))
    findings = review(read_bytes(TEXT.encode()), catalogue, facts=facts, today=dt.date(2026, 11, 21))
    (finding,) = [each for each in findings if each.code == "SMM-D012"]
    assert (finding.message, finding.where) == (message, "channels")
    assert finding.hint.startswith("If they are yours, write a [channels.…] for them; if not")


def test_names_that_join_nobody_are_counted_and_never_named(catalogue):
    facts = Facts(first=dt.date(2026, 9, 1), unmet=3, unclear=1)
    findings = review(read_bytes(TEXT.encode()), catalogue, facts=facts, today=dt.date(2026, 11, 21))
    told = [(each.level, each.where, each.message.split(":")[1]) for each in findings if each.code == "SMM-D013"]
    assert told == [("note", "people", " 3. They join nobody."), ("note", "people", " 1. They join nobody.")]
