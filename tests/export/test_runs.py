"""Stretches without a number are one line; a number never joins another."""

from __future__ import annotations

from datetime import date

from smmetrics.export.runs import stretches


def row(month: int, value: float | None = None, state: str = "not_covered") -> dict[str, object]:
    return {
        "metric": "a.b",
        "grain": "month",
        "period_start": date(2026, month, 1),
        "period_end": date(2026, month + 1, 1),
        "value": value,
        "state": state,
        "reason": "span.absent",
        "denominator": None,
    }


def test_neighbouring_months_without_a_number_are_one_line():
    (one,) = stretches([row(1), row(2), row(3)])
    assert (one["period_start"], one["until"], one["period_end"]) == (
        date(2026, 1, 1),
        date(2026, 3, 1),
        date(2026, 4, 1),
    )


def test_numbers_other_states_and_gaps_stand_alone():
    rows = [row(1), row(2, 0.0, "value"), row(3, 0.0, "value"), row(4), row(6), row(7, state="not_reported")]
    assert [each["period_start"].month for each in stretches(rows)] == [1, 2, 3, 4, 6, 7]


def test_x_of_n_is_never_joined():
    few = [row(1, state="too_few") | {"denominator": 3.0}, row(2, state="too_few") | {"denominator": 3.0}]
    assert len(list(stretches(few))) == 2
