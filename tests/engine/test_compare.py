"""Changes are differences of whole, ripe, neighbouring periods, with the interval that Newcombe gives for shares."""

from __future__ import annotations

from datetime import UTC, date, datetime

import polars as pl
import pytest

from smmetrics.engine.compare import with_changes
from smmetrics.engine.intervals import wilson
from smmetrics.engine.schema import SCHEMA

AS_OF = datetime(2026, 6, 1, tzinfo=UTC)


def reading(month: int, value: float | None, **more: object) -> dict[str, object]:
    row: dict[str, object] = dict.fromkeys(SCHEMA) | {
        "goal": "", "question": "", "metric": "a.b", "version": "1", "parameters": "{}", "subject": "", "platform": "",
        "account": "", "channel": "", "campaign": "", "audience": "", "slice": "", "grain": "month",
        "period_start": date(2026, month, 1), "period_end": date(2026, month + 1, 1), "value": value,
        "state": "value" if value is not None else "too_few", "incomplete": False, "age_basis": "",
    }  # fmt: skip
    return row | more


def changes(*rows: dict[str, object], **maturity: float) -> list[dict[str, object]]:
    frame = pl.DataFrame(list(rows), schema=dict(SCHEMA))
    return with_changes(frame, maturity={"a.b": maturity.get("days", 0.0)}, as_of=AS_OF).to_dicts()


def test_two_shares_differ_as_newcombe_says():
    bounds = []
    for k, n in ((48, 80), (56, 70)):
        low, high = wilson(k, n)
        bounds.append({"low": float(low), "high": float(high)})
    _, later = changes(reading(1, 48 / 80, **bounds[0]), reading(2, 56 / 70, **bounds[1]))
    assert later["change"] == pytest.approx(0.2)
    assert (round(later["change_low"], 4), round(later["change_high"], 4)) == (0.0524, 0.3339)


def test_a_count_without_interval_has_a_change_and_no_bounds():
    _, later = changes(reading(1, 4.0), reading(2, 7.0))
    assert (later["previous"], later["change"], later["change_low"], later["age_basis"]) == (4.0, 3.0, None, "matured")


@pytest.mark.parametrize(
    "rows",
    [
        (reading(1, None), reading(2, 7.0)),
        (reading(1, 4.0, incomplete=True), reading(2, 7.0)),
        (reading(1, 4.0), reading(2, 7.0, incomplete=True)),
        (reading(1, 4.0), reading(3, 7.0)),
        (reading(1, 4.0, platform="p"), reading(2, 7.0, platform="q")),
        (reading(1, 4.0, metric="a.c"), reading(2, 7.0)),
    ],
)
def test_what_cannot_be_compared_has_no_change(rows):
    assert {row["change"] for row in changes(*rows)} == {None}


def test_a_period_whose_posts_are_too_young_is_not_differenced():
    rows = (reading(3, 4.0), reading(4, 7.0), reading(5, 9.0))
    assert [row["change"] for row in changes(*rows)] == [None, 3.0, 2.0]
    assert [row["change"] for row in changes(*rows, days=7.0)] == [None, 3.0, None]


def test_numbers_too_large_to_square_have_a_change_without_a_warning():
    _, later = changes(reading(1, 3e200, low=1e200, high=9e200), reading(2, 5e200, low=2e200, high=9e200))
    assert later["change"] == pytest.approx(2e200)
    assert later["change_low"] == float("-inf")
