"""A status is a word about value, interval, target and day; a part is never judged by the target of the whole."""

from __future__ import annotations

from datetime import date

import pytest

from smmetrics.strategy import parse_target
from smmetrics.strategy.goal import GoalTarget
from smmetrics.strategy.quantities import parse_amount
from smmetrics.workspace.aims import _here, status

SLICES = dict.fromkeys(("platform", "account", "channel", "campaign", "audience", "slice"), "")


def aim(text: str, **more: object) -> GoalTarget:
    return GoalTarget.model_construct(
        metric="a.b", value=parse_target(text), channel="", baseline=None, baseline_until=None, by=None
    ).model_copy(update=more)


def row(value: float | None, low: float | None = None, high: float | None = None) -> dict[str, object]:
    return {"value": value, "low": low, "high": high, "period_end": date(2026, 9, 1), **SLICES}


LINE = {"baseline": parse_amount("0.2"), "baseline_until": date(2026, 1, 1), "by": date(2027, 1, 1)}


@pytest.mark.parametrize(
    ("text", "reading", "more", "expected"),
    [
        (">= 60 %", row(0.8, 0.65, 0.9), {}, "met"),
        (">= 60 %", row(0.7, 0.55, 0.8), {}, "uncertain"),
        (">= 60 %", row(0.5, 0.4, 0.65), {}, "uncertain"),
        (">= 60 %", row(0.3, 0.2, 0.4), {"by": date(2026, 6, 1)}, "missed"),
        (">= 60 %", row(0.3, 0.2, 0.4), {}, "no_baseline"),
        (">= 60 %", row(0.5, 0.48, 0.52), LINE, "on_track"),
        (">= 60 %", row(0.3, 0.2, 0.4), LINE, "behind"),
        ("<= 60 min", row(0.5), {}, "met"),
        ("15 .. 25 %", row(0.2, 0.16, 0.24), {}, "met"),
        ("15 .. 25 %", row(0.2, 0.05, 0.5), {}, "uncertain"),
        (">= 60 %", row(None), {}, ""),
    ],
)
def test_the_word_for_a_reading_and_its_target(text, reading, more, expected):
    assert status(reading, aim(text, **more)) == expected


def test_a_slice_is_not_judged_by_the_target_of_the_whole():
    assert _here(aim(">= 60 %"), row(0.8), None)
    assert not _here(aim(">= 60 %"), row(0.8) | {"platform": "p"}, None)


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({}, "no_baseline"),
        ({"baseline_until": date(2026, 1, 1)}, "no_baseline"),
        ({"baseline_from": date(2025, 11, 1), "baseline_until": date(2026, 1, 1)}, "behind"),
        ({"baseline": parse_amount("83 %"), "baseline_until": date(2026, 1, 1)}, "behind"),
    ],
)
def test_a_templates_example_is_no_baseline_unless_it_was_measured(more, expected):
    from smmetrics.strategy import read_bytes
    from smmetrics.strategy.templates import text_of

    example = read_bytes(text_of("care").encode()).goals["answer-people"].targets[2]
    assert example.baseline.plain == 0.81
    assert status(row(0.5, 0.45, 0.55), example.model_copy(update=more)) == expected
