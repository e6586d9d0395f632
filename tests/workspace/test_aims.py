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


TODAY = date(2026, 9, 10)


def row(value: float | None, low: float | None = None, high: float | None = None) -> dict[str, object]:
    days = {"period_start": date(2026, 3, 1), "period_end": date(2026, 9, 1)}
    return {"value": value, "low": low, "high": high, **days, **SLICES}


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
        # An open end goes on without end: it is held against the target's side only.
        ("<= 6 h", row(3.25, 2.33, None), {}, "uncertain"),
        ("<= 6 h", row(3.25, None, 5.0), {}, "met"),
        (">= 2 h", row(3.25, 2.33, None), {}, "met"),
        (">= 6 h", row(3.25, 2.33, None), {}, "uncertain"),
        (">= 60 %", row(0.7, None, 0.8), {}, "uncertain"),
        ("<= 1 h", row(3.25, 2.33, None), {"by": date(2026, 6, 1)}, "missed"),
        ("2 .. 6 h", row(3.25, 2.33, None), {}, "uncertain"),
        ("15 .. 25 %", row(0.2, 0.16, 0.24), {}, "met"),
        ("15 .. 25 %", row(0.2, 0.05, 0.5), {}, "uncertain"),
        (">= 60 %", row(None), {}, ""),
    ],
)
def test_the_word_for_a_reading_and_its_target(text, reading, more, expected):
    assert status(reading, aim(text, **more), TODAY) == expected


@pytest.mark.parametrize(
    ("value", "since", "until", "today", "expected"),
    [
        # The line runs from 20 % on 31 March to 60 % on 9 July: 100 days, 0.4 points a day. 10 May is its 40th: 36 %.
        (0.36, (4, 1), (5, 11), (5, 20), "on_track"),
        (0.35, (4, 1), (5, 11), (5, 20), "behind"),
        (0.36, (4, 1), (5, 12), (5, 20), "behind"),  # one day on, the line stands at 36.4 %
        (0.36, (4, 1), (5, 11), (7, 9), "on_track"),  # the day itself is not over
        (0.36, (4, 1), (5, 11), (7, 10), "day_passed"),
        (0.59, (4, 1), (7, 9), (7, 10), "day_passed"),  # ends the day before
        (0.59, (4, 1), (7, 10), (7, 10), "missed"),  # reaches the day
        (0.60, (4, 1), (7, 10), (7, 10), "met"),
        (0.60, (4, 1), (5, 11), (7, 10), "met"),
        (0.36, (1, 1), (4, 1), (5, 20), "before_baseline"),  # wholly before
        (0.36, (3, 1), (5, 1), (5, 20), "before_baseline"),  # 31 days before, 30 after
        (0.36, (3, 1), (5, 2), (5, 20), "before_baseline"),  # 31 and 31
        (0.36, (3, 1), (5, 3), (5, 20), "on_track"),  # 31 and 32: the line stands at 32.8 %
        (0.10, (1, 1), (4, 1), (7, 10), "before_baseline"),  # and the day passed meanwhile
    ],
)
def test_a_status_holds_the_days_of_a_reading_to_the_days_of_its_target(value, since, until, today, expected):
    days = {"period_start": date(2026, *since), "period_end": date(2026, *until)}
    line = {"baseline": parse_amount("0.2"), "baseline_until": date(2026, 3, 31), "by": date(2026, 7, 9)}
    assert status(row(value) | days, aim(">= 60 %", **line), date(2026, *today)) == expected


def test_without_a_baseline_a_day_that_passed_is_said_and_not_a_course():
    assert status(row(0.3), aim(">= 60 %", by=date(2026, 9, 5)), TODAY) == "day_passed"
    assert status(row(0.3), aim(">= 60 %", by=date(2026, 8, 31)), TODAY) == "missed"
    assert status(row(0.3), aim(">= 60 %", by=date(2026, 9, 10)), TODAY) == "no_baseline"


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
    assert status(row(0.5, 0.45, 0.55), example.model_copy(update=more), TODAY) == expected
