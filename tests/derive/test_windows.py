"""What posts gained in a stretch of days, and numbers cut by a dimension: nothing counts twice."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from tests.derive.conftest import at, said


def day(n, month=3):
    return date(2024, month, n)


def seen(n):
    return datetime(2024, 6, n, tzinfo=UTC)


def gained(post, start, end, views, *, window="range", when=1, account="t", **more):
    return {"post_id": post, "account_id": account, "scope": "total", "window": window, "window_start": start,
            "window_end": end, "observed_at": seen(when), "views": views, **more}  # fmt: skip


@pytest.fixture
def tube(desk):
    desk.file(
        posts=[said("v1", "post", None, at(1), account_id="t"), said("v2", "post", None, at(2), account_id="t")],
        accounts=[{"account_id": "t", "kind": "ours"}],
    )
    return desk


def rows(desk, view, *columns):
    return sorted(desk.derived().frame(view, frozenset(columns)).select(columns).collect().rows(), key=str)


def test_a_post_has_a_row_for_each_stretch_and_of_stretches_that_overlap_the_newest(tube):
    march, april = (day(1), day(1, 4)), (day(1, 4), day(1, 5))
    quarter = (day(1, 1), day(1, 4))
    tube.file(post_counts=[
        gained("v1", *quarter, 900), gained("v1", *march, 300, when=2), gained("v2", *march, 30, when=2),
        gained("v1", *april, 50, when=3), gained("v1", *march, 310, when=4),
        gained("v1", None, None, 5000, window="lifetime"),
    ])  # fmt: skip
    found = rows(tube, "post_counts", "post_id", "window_start", "views", "ours")
    assert found == [("v1", march[0], 310, True), ("v1", april[0], 50, True), ("v2", march[0], 30, True)]


def test_of_days_and_longer_stretches_the_days_count(tube):
    tube.file(post_counts=[
        gained("v1", day(1), day(1, 4), 300), gained("v1", day(1), day(2), 7, window="day"),
        gained("v1", day(2), day(3), 8, window="day", account=None),
    ])  # fmt: skip
    assert rows(tube, "post_counts", "window", "views") == [("day", 7), ("day", 8)]


def test_stretches_that_report_what_is_asked_come_before_finer_ones(tube):
    tube.file(post_counts=[
        gained("v1", day(1), day(1, 4), 300, likes=4), gained("v1", day(1), day(2), 7, window="day"),
    ])  # fmt: skip
    assert rows(tube, "post_counts", "window", "likes") == [("range", 4)]


def cell(fact, dimension, value, number, *, start=None, end=None, when=1, entity="", window="range"):
    return {"account_id": "t", "entity": entity, "fact": fact, "dimension": dimension, "value": value, "window": window,
            "window_start": start or day(1), "window_end": end or day(1, 4), "observed_at": seen(when),
            "number": number}  # fmt: skip


def test_a_cell_is_the_newest_number_and_adds_up_only_where_its_fact_does(tube):
    tube.file(breakdowns=[
        cell("views", "device", "mobile", 10.0), cell("views", "device", "mobile", 12.0, when=2),
        cell("views", "device", "tv", 4.0), cell("reach", "country", "de", 9.0), cell("made_up", "country", "de", 0.4),
        cell("views", "device", "tv", 2.0, entity="v1"),
    ])  # fmt: skip
    found = rows(tube, "breakdowns", "fact", "dimension", "value", "post_id", "number", "counted")
    assert found == sorted([
        ("views", "device", "mobile", None, 12.0, 12.0), ("views", "device", "tv", None, 4.0, 4.0),
        ("views", "device", "tv", "v1", 2.0, 2.0), ("reach", "country", "de", None, 9.0, None),
        ("made_up", "country", "de", None, 0.4, None),
    ], key=str)  # fmt: skip


def test_stretches_of_one_cut_that_overlap_do_not_count_twice_and_other_cuts_stay(tube):
    tube.file(breakdowns=[
        cell("views", "device", "tv", 10.0, start=day(1, 1)), cell("views", "device", "tv", 3.0, when=2),
        cell("views", "age", "18-24", 7.0, start=day(1, 1)),
    ])  # fmt: skip
    assert rows(tube, "breakdowns", "dimension", "counted") == [("age", 7.0), ("device", 3.0)]
