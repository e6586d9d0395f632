from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from smmetrics.export import write

WEEK = {"grain": "week", "period_start": date(2026, 3, 2), "period_end": date(2026, 3, 9)}


def lines(frame, **more):
    return write(frame, "table", terminal=False, **more).splitlines()


def test_a_reading_is_a_line_of_plain_words(readings):
    heading, line = lines(readings({}))
    assert heading.split() == ["metric", "period", "value", "between", "n", "remark"]
    assert line.split() == ["pack.answered", "2026-03", "90", "%", "70–97.2", "%", "20"]


def test_too_few_is_said_as_x_of_n(readings):
    row = {**WEEK, "value": None, "state": "too_few", "numerator": 3.0, "denominator": 14.0, "low": None, "high": None}
    line = lines(readings({}, row))[2]
    assert "3 of 14" in line
    assert "too few to say" in line
    assert "%" not in line


def test_slices_and_goals_stand_in_the_table_only_where_there_are_any(readings):
    heading = lines(readings({"platform": "yarrow", "goal": "answer"}, {"slice": '{"task": "reply"}'}))[0]
    assert heading.split()[:4] == ["goal", "metric", "platform", "slice"]


@pytest.mark.parametrize(
    ("grain", "start", "end", "shown"),
    [
        ("day", date(2026, 3, 1), date(2026, 3, 2), "2026-03-01"),
        ("week", date(2026, 3, 2), date(2026, 3, 9), "2026-03-02 – 2026-03-08"),
        ("month", date(2026, 3, 1), date(2026, 4, 1), "2026-03"),
        ("quarter", date(2026, 4, 1), date(2026, 7, 1), "2026 Q2"),
        ("total", date(2026, 1, 5), date(2026, 2, 1), "2026-01-05 – 2026-01-31"),
    ],
)
def test_a_period_is_named_as_people_name_it(readings, grain, start, end, shown):
    assert shown in lines(readings({"grain": grain, "period_start": start, "period_end": end}))[1]


def test_a_reading_says_how_much_was_reported_and_what_is_missing(readings):
    row = {"reported_share": 0.84, "incomplete": True, "exact": False}
    assert lines(readings(row))[1].endswith("84 % reported this; not wholly covered; estimated")


def test_without_a_terminal_the_table_is_plain_and_aligned():
    frame = pl.DataFrame({"name": ["añil", "漢字"], "likes": [5, 1234]})
    assert lines(frame) == ["name  likes", "añil      5", "漢字   1234"]


def test_nothing_from_outside_can_move_the_cursor_or_turn_the_writing():
    frame = pl.DataFrame(
        {"text": ["a\x1b[2Jb\r\nc", "x\u202egnp.exe", "two\nlines", "\x9b31m", "[bold]no markup[/bold]"]}
    )
    for terminal in (False, True):
        shown = write(frame, "table", terminal=terminal)
        assert "\x1b[2J" not in shown
        assert not {"\r", "\u202e", "\x9b"} & set(shown)
        assert "two lines" in shown
        assert "[bold]no markup[/bold]" in shown


def test_a_long_cell_is_cut_with_an_ellipsis():
    shown = lines(pl.DataFrame({"text": ["x" * 500]}))[1]
    assert shown == "x" * 79 + "…"


def test_a_terminal_gets_rules_and_the_same_words(readings):
    shown = write(readings({}), "table", terminal=True)
    assert "90 %" in shown
    assert "─" in shown or "━" in shown


def test_no_rows_are_a_lone_heading(readings):
    assert lines(pl.DataFrame({"a": []}, schema={"a": pl.String})) == ["a"]
    assert len(lines(readings({}).head(0))) == 1


def test_a_target_stands_in_the_table_only_where_there_is_one(readings):
    heading, met, none = lines(readings({"target": ">= 80 %", "status": "met"}, {"metric": "pack.other"}))
    assert "target" in heading.split()
    assert "at least 80 %: reached" in met
    assert "no target" not in none
