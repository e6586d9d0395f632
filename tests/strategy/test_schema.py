"""The schema for editors: what reads has no mark, what does not has one, and every word is explained."""

from __future__ import annotations

import copy
import json
import re
import tomllib

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from smmetrics.strategy import StrategyFaults, patterns, read_bytes, template
from smmetrics.strategy.model import Strategy
from smmetrics.strategy.quantities import NotAnAmount, parse_amount, parse_span, parse_target
from smmetrics.strategy.schema import parts_of, schema, words_of
from smmetrics.strategy.templates import names, text_of
from smmetrics.words import section, sections

SCHEMA = schema()
CHECK = jsonschema.Draft7Validator(SCHEMA, format_checker=jsonschema.Draft7Validator.FORMAT_CHECKER)


def as_editors_have_it(text):
    """A document with dates as texts."""
    return json.loads(json.dumps(tomllib.loads(text), default=lambda day: day.isoformat()))


def marks(text):
    """The places an editor would mark."""
    return [".".join(map(str, error.absolute_path)) for error in CHECK.iter_errors(as_editors_have_it(text))]


def test_the_schema_is_a_schema():
    jsonschema.Draft7Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("name", names())
def test_nothing_of_a_template_is_marked(name):
    assert marks(text_of(name)) == []


def test_nothing_of_the_blank_strategy_is_marked():
    assert marks(template("Acme")) == []


CARE = text_of("care")
WRONG = {
    "a word that is none": ('risk = "r"\nwhys = "w"', "goals.answer-people"),
    "a quantity": ('review_evry = "month"', "goals.answer-people"),
    "a word outside its list": ('review_every = "fortnight"', "goals.answer-people.review_every"),
    "a text for a number": ('hours = { amira = "9" }', "goals.answer-people.hours.amira"),
    "too many hours": ("hours = { amira = 200 }", "goals.answer-people.hours.amira"),
    "a share beyond one": ("voice = { promo_cap = 10 }", "goals.answer-people.voice.promo_cap"),
    "a list of numbers": ("people = [1]", "goals.answer-people.people"),
}


@pytest.mark.parametrize(("line", "place"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_marked_in_its_place(line, place):
    text = f'[goals.answer-people]\ntype = "a.b"\n{line}\n'
    assert place in marks(text)


TOP = [
    'purpos = "p"', "format = 2", 'week_starts = "funday"', 'currency = "euro"', 'language = "English"',
    '[people.amira]\nspeaks_as = ["amira"]', '[hours.shop]\nopen = "9"', '[hours.shop]\nclosed_on = ["soon"]',
    '[goals."a b"]\nwhy = "w"', '[metrics."A.b"]\nformula = "1"', '[channels.c]\naccount = "x"', "[privacy]\nsmallest_group = 0",
    '[[accept]]\ncode = "S001"\nbecause = " "', '[others.o]\nkind = "enemy"', '[stories.s]\nkind = "tale"',
]  # fmt: skip


def reads_clean(text):
    """Whether a file reads without a fault and without an unknown word."""
    try:
        return not read_bytes(text.encode()).origin.notices
    except StrategyFaults:
        return False


@pytest.mark.parametrize("text", TOP)
def test_what_does_not_read_is_marked_too(text):
    assert marks(text)
    assert not reads_clean(text)


def test_every_word_of_every_table_is_explained_and_no_other():
    parts = {words_of(part): part for part in parts_of(Strategy)}
    assert set(sections("keys")) == set(parts)
    for name, part in parts.items():
        keys = {field.alias or key for key, field in part.model_fields.items()}
        assert keys == set(section(f"keys.{name}")), name


def test_every_word_that_the_page_on_the_file_lists_is_in_the_schema():
    for definition in (SCHEMA, *SCHEMA["definitions"].values()):
        assert all(value["description"] for value in definition["properties"].values())
        assert definition["additionalProperties"] is False


AMOUNTS = ["4 h", "240min", "35 %", "35 percent", "1.5", "-2", "12 EUR", "€", "12 €", "3 h 52 min", "1 d 2 h", "2 MIN", "1,5 h", "h 4", "4 lightyears", ""]  # fmt: skip
TARGETS = [*AMOUNTS, "<= 60 min", ">= 95 %", "≤1", "15 .. 25 %", "1..2", "< 3 h 5 min", "=> 3", "15 - 25 %"]


def reads(parse, text):
    """Whether a reader takes the text."""
    try:
        parse(text)
    except NotAnAmount:
        return False
    return True


@pytest.mark.parametrize("text", AMOUNTS)
def test_the_pattern_of_amounts_is_what_is_read(text):
    assert bool(re.search(patterns.AMOUNT, text)) == reads(parse_amount, text)


@pytest.mark.parametrize("text", TARGETS)
def test_the_pattern_of_targets_is_what_is_read(text):
    assert bool(re.search(patterns.TARGET, text)) == reads(parse_target, text)


@pytest.mark.parametrize("text", ["2 months", "1 quarter", "6weeks", "0 weeks", "2 moons", "months"])
def test_the_pattern_of_spans_lets_through_what_is_read(text):
    assert bool(re.search(patterns.SPAN, text)) >= reads(parse_span, text)


UNITS = st.sampled_from(["h", "min", "days", "%", "EUR", "", "weeks", "€", "Hours", "per cent"])


@given(st.sampled_from(["", "<=", ">= ", "< "]), st.integers(0, 9999), st.sampled_from(["", ".5"]), UNITS)
def test_every_target_that_is_read_fits_the_pattern(op, number, rest, unit):
    text = f"{op}{number}{rest} {unit}"
    assert reads(parse_target, text)
    assert re.search(patterns.TARGET, text)


def test_the_schema_does_not_change_by_being_asked_for():
    assert schema() == copy.deepcopy(SCHEMA)
