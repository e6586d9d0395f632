"""S055: what is still the template's is named, and no example figure passes as measured."""

from __future__ import annotations

import pytest

from smmetrics.strategy import read_bytes, review
from smmetrics.strategy.likeness import is_example, untouched_words
from smmetrics.strategy.templates import names, text_of


def findings(text, catalogue):
    """The findings of one code."""
    return [each for each in review(read_bytes(text.encode()), catalogue) if each.code == "SMM-S055"]


@pytest.mark.parametrize("name", names())
def test_an_untouched_template_is_named_once_for_its_words_and_once_for_each_goals_figures(name, nothing):
    strategy = read_bytes(text_of(name).encode())
    words, *figures = findings(text_of(name), nothing)
    assert words.message.startswith("Still the template's words: ")
    assert "purpose, " in words.message
    goals = [goal for goal, each in strategy.goals.items() if any(t.baseline for t in each.targets)]
    assert [each.where.split(".")[1] for each in figures] == goals
    assert all(each.hint.endswith(f"smmetrics coverage {goal}") for goal, each in zip(goals, figures, strict=True))
    assert all(is_example(t) for goal in strategy.goals.values() for t in goal.targets if t.baseline)


def test_only_what_is_still_the_templates_is_named(nothing):
    text = 'purpose = "Ours alone"\n[goals.ours]\nwhy = "A bike that  stands still is a rider who takes the car"\n'
    (found,) = findings(text, nothing)
    assert (found.message, found.line) == ("Still the template's words: goals.ours.why.", 3)


def test_a_few_words_are_anybodys(nothing):
    text = 'purpose = "p"\n[people.me]\nrole = "community manager"\n[channels.c]\nplatform = "x"\nbecause = "soon"\n'
    assert findings(text, nothing) == []


@pytest.mark.parametrize(
    ("line", "example"),
    [
        ('baseline = "4 h"', True),
        ('baseline = "240 min"', True),
        ('baseline = "4 h"\nbaseline_until = 2026-11-22', True),
        ('baseline = "4 h"\nbaseline_from = 2026-09-28\nbaseline_until = 2026-11-22', False),
        ('baseline = "3 h"', False),
        ("", False),
    ],
)
def test_a_baseline_with_its_days_is_measured_whatever_it_equals(line, example, nothing):
    text = '[[goals.g.targets]]\nmetric = "care.first_response_time"\nvalue = "<= 1 h"\n' + line
    assert is_example(read_bytes(text.encode()).goals["g"].targets[0]) is example
    assert bool(findings(text, nothing)) is example


def test_the_blank_strategy_has_nothing_of_a_template():
    from smmetrics.strategy import template

    assert untouched_words(read_bytes(template("Ours").encode())) == ()
