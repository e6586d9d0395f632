"""What a strategy agrees about people's data, as the engine obeys it."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from smmetrics.strategy import read_bytes, scope
from smmetrics.tables.agreement import Agreement

INSIDE = "[audiences.us]\ninside = true\n"
MINORS = "[audiences.players]\nminors = true\n"


def agreed(text, catalogue=None):
    return scope(read_bytes(text.encode()), catalogue).agreement


def test_without_privacy_and_colleagues_only_the_usual_is_agreed():
    assert agreed('[audiences.readers]\nwho = "readers"\n') == Agreement()
    assert agreed("[audiences.us]\ninside = false\n").record() == {}


@pytest.mark.parametrize(
    ("text", "smallest", "everyone", "closed"),
    [
        (INSIDE, 10, True, True),
        (MINORS, 10, True, True),
        ("[privacy]\nminors = true\n", 10, True, True),
        (INSIDE + "[privacy]\nsmallest_group = 25\n", 25, True, True),
        ("[privacy]\nsmallest_group = 8\n", 8, True, False),
        ('[privacy]\npeople = "never"\n', 5, False, False),
    ],
)
def test_ten_are_few_among_colleagues_and_minors_five_elsewhere_unless_stated(text, smallest, everyone, closed):
    found = agreed(text)
    assert (found.smallest, found.everyone, found.closed) == (smallest, everyone, closed)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("", True),
        ('[privacy]\npeople = "public accounts only"\n', True),
        ('[privacy]\npeople = "with consent"\n', False),
        ('[privacy]\npeople = "never"\n', False),
        (INSIDE + '[privacy]\npeople = "public accounts only"\n', False),
    ],
)
def test_names_are_shown_where_nothing_keeps_them_back(text, names):
    assert agreed(text).names is names


def test_a_reason_names_who_agreed_when_and_the_line():
    text = '[privacy]\nagreed_with = "works council"\nagreed_on = 2026-09-30\nforbid = ["a.b"]\n'
    assert agreed(text).forbidden == {
        "a.b": "agreement.forbids: of 30 September 2026 with works council (strategy.toml line 4)"
    }
    assert agreed('[privacy]\nforbid = ["a.b"]\n').forbidden == {"a.b": "agreement.forbids: (strategy.toml line 2)"}


def test_moods_of_minors_are_agreed_not_to_be_shown():
    assert agreed(INSIDE).moods == ""
    assert agreed(MINORS).moods == "minors.moods: strategy.toml line 2"


def test_a_forbidden_metric_is_known_by_its_formula_too():
    known = SimpleNamespace(hash=lambda: "abc")
    catalogue = SimpleNamespace(metrics={"talk.size": SimpleNamespace(formula=known)}, platforms={})
    found = agreed('[privacy]\nforbid = ["talk.size", "other.absent"]\n', catalogue)
    assert found.formulas == {"abc": "agreement.forbids: (strategy.toml line 2)"}


def test_another_agreement_is_another_state_of_the_tables_and_none_is_the_old_one():
    bare = read_bytes(b"")
    assert "agreement" not in scope(bare).record()
    assert scope(read_bytes(INSIDE.encode())).record()["agreement"]["smallest"] == 10
