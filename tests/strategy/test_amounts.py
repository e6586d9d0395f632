"""Amounts written into the file read back as what was measured."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smmetrics.strategy.amounts import written
from smmetrics.strategy.quantities import NotAnAmount, parse_amount


@pytest.mark.parametrize(
    ("value", "kind", "text"),
    [
        (3 + 52 / 60, "duration", "3 h 52 min"), (2.0, "duration", "2 h"), (0.35, "duration", "21 min"),
        (0.005, "duration", "18 s"), (0.9999, "duration", "1 h"), (0.82608, "percent", "82.6 %"), (0.9, "percent", "90 %"),
        (2.35, "number", 2.35), (3.0, "number", 3), (12345.6, "number", 12346), (12.5, "money", "12.5 EUR"), (0.0, "duration", "0 s"),
    ],
)  # fmt: skip
def test_a_value_is_written_as_people_would(value, kind, text):
    assert written(value, kind, currency="EUR") == text


@given(st.floats(0.02, 5000), st.sampled_from(["duration", "percent", "number", "money"]))
def test_what_is_written_reads_back_as_nearly_the_same(value, kind):
    back = parse_amount(written(value, kind, currency="EUR"))
    assert back.kind == kind
    assert back.plain == pytest.approx(value, rel=0.006, abs=0.009)


@pytest.mark.parametrize(
    ("text", "hours"), [("3 h 52 min", 3 + 52 / 60), ("1 d 2 h 30 min", 26.5), ("1 week 1 day", 192)]
)
def test_durations_in_several_units_are_read(text, hours):
    assert parse_amount(text).plain == pytest.approx(hours)


@pytest.mark.parametrize("text", ["52 min 3 h", "3 h 2 h", "3 h 5 %", "3 EUR 2 min", "3 h 52"])
def test_what_is_no_duration_is_refused(text):
    with pytest.raises(NotAnAmount):
        parse_amount(text)
