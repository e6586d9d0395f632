"""Readings do not depend on where they are made: an executor of processes gives what this process gives."""

from __future__ import annotations

from concurrent.futures import Executor, Future, ProcessPoolExecutor
from datetime import UTC, date, datetime
from multiprocessing import get_context

import polars as pl
import pytest

from smmetrics.engine import Window, executing, measure
from smmetrics.tables.schema import view_schema
from tests.alike import close

AS_OF = datetime(2026, 3, 31, tzinfo=UTC)
FORMULAS = (
    "count(posts, ours)",
    "sum(posts.likes, ours and not is_reply)",
    "ratio(posts, likes, impressions, ours)",
    "mean(posts.likes, ours)",
    "median(posts.likes, ours)",
    "quantile(posts.age_days, ours, q=0.9)",
    "distinct(posts.person, theirs)",
    "max(posts.likes)",
    "gini(count(posts, theirs), by=person)",
    "trailing(distinct(posts.person, theirs), days=7)",
    "last(account_counts.followers)",
    "sum(effort.minutes) / count(posts, ours)",
)
CUTS = [((), "total"), (("platform",), "month"), (("platform", "account"), "day"), (("is_reply",), "week")]


class Counted(Executor):
    """Runs each job where it was given, and counts them."""

    jobs = 0

    def submit(self, fn, /, *args, **kwargs):
        self.jobs += 1
        done = Future()
        try:
            done.set_result(fn(*args, **kwargs))
        except Exception as raised:  # noqa: BLE001 (as executors do)
            done.set_exception(raised)
        return done


@pytest.fixture(scope="module")
def processes():
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        yield pool


@pytest.fixture
def tables(held, rows):
    """Three platforms, one of which nothing is covered, and posts of none."""
    number = pl.int_range(0, 900, eager=True).alias("i")
    at = pl.lit(datetime(2026, 1, 1, tzinfo=UTC)) + pl.duration(minutes=pl.col("i").hash(1) % (80 * 1_440))
    places = pl.Series(["north", "south", "hidden", None])
    ours = pl.col("i").hash(2) % 3 > 0
    posts = number.to_frame().select(
        pl.col("i").cast(pl.String).alias("post_id"),
        pl.lit(places).gather(pl.col("i").hash(3) % 4).alias("platform"),
        pl.format("a{}", pl.col("i").hash(4) % 3).alias("account"),
        at.alias("created_at"),
        at.dt.date().alias("created_on"),
        ours.alias("ours"),
        (~ours).alias("theirs"),
        (pl.col("i").hash(5) % 2 == 0).alias("is_reply"),
        pl.lit("total").alias("scope"),
        pl.format("who{}", pl.col("i").hash(6) % 40).alias("person"),
        pl.when(pl.col("i").hash(7) % 9 > 0).then(pl.col("i").hash(8) % 50).cast(pl.Int64).alias("likes"),
        (pl.col("i").hash(9) % 900 + 50).cast(pl.Int64).alias("impressions"),
        (pl.col("i").hash(10) % 300 / 10).alias("age_days"),
    )
    schema = view_schema(held.views["posts"])
    posts = posts.select(pl.col(name).cast(schema[name]) for name in posts.columns)
    effort = rows("effort", [{"day": date(2026, 2, day), "minutes": 30} for day in range(1, 20)])
    spans = [
        (name, f"a{place}", date(2026, 1, 1), date(2026, 3, 20)) for name in ("north", "south") for place in (0, 1)
    ]
    return held({"posts": posts, "effort": effort}, spans)


def measured(tables, request_of, cut):
    by, grain = cut
    asked = [request_of(text, metric=f"m.{place}", min_units=1) for place, text in enumerate(FORMULAS)]
    return measure(asked, tables, Window(as_of=AS_OF, zone="Europe/Berlin", grain=grain), by)


@pytest.mark.parametrize("cut", CUTS)
def test_processes_give_what_one_process_gives(tables, request_of, processes, cut):
    here = measured(tables, request_of, cut)
    with executing.on(processes):
        close(measured(tables, request_of, cut), here)


def test_rows_are_read_platform_by_platform(tables, request_of):
    counted, asked = Counted(), request_of("count(posts, ours)", metric="m.count")
    window = Window(as_of=AS_OF, grain="total")
    with executing.on(counted):
        there = measure([asked], tables, window)
    assert counted.jobs == 3  # two that are covered, and all others
    assert there["value"].to_list() == measure([asked], tables, window)["value"].to_list()
    assert counted.jobs == 3  # nothing runs there once the block is left


def test_what_a_worker_raises_is_raised(tables, request_of, processes):
    class Broken:
        head, views, spans = tables.head, tables.views, tables.spans

        def frame(self, view, columns):
            return tables.frame(view, columns).with_columns(pl.col("platform").cast(pl.Int64))

    with executing.on(processes), pytest.raises(pl.exceptions.InvalidOperationError):
        measure([request_of("count(posts, ours)")], Broken(), Window(as_of=AS_OF, grain="total"))
