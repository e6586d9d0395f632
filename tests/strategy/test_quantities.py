"""Amounts and targets, against hand-worked values."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smmetrics.strategy.quantities import NotAnAmount, parse_amount, parse_span, parse_target


@pytest.mark.parametrize(
    ("text", "op", "low", "high", "unit"),
    [
        ("<= 60 min", "<=", None, 60, "min"),
        (">= 95 %", ">=", 95, None, "%"),
        ("< 3 h", "<", None, 3, "h"),
        ("> 2 days", ">", 2, None, "d"),
        ("≤ 0.30 h", "<=", None, 0.3, "h"),
        ("15 .. 25 %", "..", 15, 25, "%"),
        ("15 % .. 25 %", "..", 15, 25, "%"),
        ("-5..5 %", "..", -5, 5, "%"),
        (">= 12", ">=", 12, None, ""),
        ("12", "", 12, 12, ""),
        (3, "", 3, 3, ""),
        (1.8, "", 1.8, 1.8, ""),
        (">= 500 EUR", ">=", 500, None, "EUR"),
        ("<=12€", "<=", None, 12, "EUR"),
        ("<= 30 per cent", "<=", None, 30, "%"),
        ("  <=  6   weeks ", "<=", None, 6, "weeks"),
    ],
)
def test_targets_are_read_as_people_write_them(text, op, low, high, unit):
    target = parse_target(text)
    assert (target.op, target.low, target.high, target.unit) == (op, low, high, unit)


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("<= 90 min", (None, 1.5)),
        (">= 95 %", (0.95, None)),
        ("15 .. 25 %", (0.15, 0.25)),
        ("< 90 s", (None, 0.025)),
        ("3", (3, 3)),
    ],
)
def test_bounds_are_hours_and_shares(text, bounds):
    assert parse_target(text).bounds == pytest.approx(bounds)


@pytest.mark.parametrize(
    ("amount", "kind", "plain"),
    [
        ("4 h", "duration", 4),
        ("35 %", "percent", 0.35),
        ("90 days", "duration", 2160),
        (6, "number", 6),
        ("10 EUR", "money", 10),
    ],
)
def test_baselines_carry_their_kind(amount, kind, plain):
    found = parse_amount(amount)
    assert (found.kind, found.plain) == (kind, pytest.approx(plain))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("soon", "expected a number"),
        ("", "expected a number"),
        ("<=", "expected a number"),
        ("=> 60 min", "expected a number"),
        ("<= 60 mints", "'mints' in"),
        ("25 .. 15 %", "ends before it begins"),
        ("15 h .. 25 %", "different units"),
        ("15 ..", "expected a number"),
        (">= 1.5 .. 3", "expected a number"),
        (True, "expected an amount"),
        (None, "expected an amount"),
        (["4 h"], "expected an amount"),
        (float("nan"), "no amount"),
        (float("inf"), "no amount"),
        (10**400, "no amount"),
        ("9" * 400, "no amount"),
    ],
)
def test_nonsense_is_refused_with_what_to_write(text, says):
    with pytest.raises(NotAnAmount, match=says) as caught:
        parse_target(text)
    assert caught.value.hint


def test_a_decimal_comma_is_explained():
    with pytest.raises(NotAnAmount) as caught:
        parse_amount("1,5 h")
    assert "1.5" in caught.value.hint


def test_a_misspelt_unit_names_the_nearest():
    with pytest.raises(NotAnAmount) as caught:
        parse_amount("60 minuts")
    assert caught.value.hint == "Did you mean 'minutes'?"


@pytest.mark.parametrize(
    ("text", "span"), [("2 months", (2, "month")), ("1 week", (1, "week")), ("10days", (10, "day"))]
)
def test_spans_count_periods(text, span):
    assert parse_span(text) == span


@pytest.mark.parametrize("text", ["months", "0 months", "two months", "2 moons", 2, ""])
def test_spans_that_are_none_are_refused(text):
    with pytest.raises(NotAnAmount):
        parse_span(text)


@given(
    st.one_of(
        st.text(max_size=30), st.integers(), st.floats(), st.booleans(), st.none(), st.lists(st.text(), max_size=2)
    )
)
def test_anything_is_a_target_or_refused(found):
    try:
        target = parse_target(found)
    except NotAnAmount:
        return
    assert target.low is not None or target.high is not None


@given(st.floats(min_value=-1e9, max_value=1e9), st.sampled_from(["%", "min", "h", "d", "weeks", "EUR", ""]))
def test_what_is_written_is_what_is_read(number, unit):
    amount = parse_amount(f"{number:.6f} {unit}".strip())
    assert amount.value == pytest.approx(number, abs=1e-6)
    assert amount.unit == unit
