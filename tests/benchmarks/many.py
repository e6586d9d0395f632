"""Forty and eighty metrics over ten million posts, by platform and day, beside one fused DuckDB query for all of them.

The query is what somebody would write by hand: one pass, a ``FILTER`` for each metric, values only. Ours gives intervals,
samples, states and ids as well. The values of both must be equal, or the run fails.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import polars as pl

from smmetrics.contracts.formula import parse
from smmetrics.engine import Request, measure
from tests.benchmarks._turns import measured, take_turns
from tests.benchmarks.measure import LAST, OWN, POSTS, VIEWS, ZONE, Files, needed, window

if TYPE_CHECKING:
    from collections.abc import Callable

ROUNDS = 3
FEW = "300000"
"""Posts whose values are compared one by one."""
BARS = {40: "at most 2.5 x reading, and not slower than DuckDB", 80: "at least 1.8 x faster than DuckDB"}
_TRUE_OWN = "ours AND NOT is_reply"
Metric = tuple[str, str]
"""A formula, and the expression that gives its value in SQL."""


def _ratio(over: str, under: str, who: str) -> Metric:
    both = f"FILTER (WHERE {who} AND {over} IS NOT NULL AND {under} IS NOT NULL)"
    return (f"ratio(posts, {over}, {under}, {who})", f"sum({over}) {both} / nullif(sum({under}) {both}, 0)")


def _sum(name: str, who: str) -> Metric:
    return (f"sum(posts.{name}, {who})", f"sum({name}) FILTER (WHERE {who})")


def _count(formula: str, sql: str) -> Metric:
    return (f"count(posts, {formula})", f"count(*) FILTER (WHERE {sql})")


def _share(part: str, sql: str, who: str) -> Metric:
    top, whole = f"count(*) FILTER (WHERE {who} AND ({sql}))", f"count(*) FILTER (WHERE {who} AND ({sql}) IS NOT NULL)"
    return (f"share(posts, {part}, of={who})", f"{top} / nullif({whole}, 0)")


def _forty(who: str) -> list[Metric]:
    """Forty metrics of posts that are ours, or theirs."""
    own, sql = (OWN, _TRUE_OWN) if who == "ours" else (f"{who} and not is_reply", f"{who} AND NOT is_reply")
    counts = ("likes", "comments", "shares", "quotes", "saves", "link_clicks", "views", "reach")
    means = [(f"mean(posts.{n}, {own})", f"avg({n}) FILTER (WHERE {sql})") for n in ("engagements", *counts[:6])]
    middle = [(f"median(posts.{n}, {own})", f"median({n}) FILTER (WHERE {sql})") for n in ("engagements", "likes")]
    return [
        *(_ratio(name, "impressions", who) for name in ("engagements", *counts[:6])),
        *(_ratio(name, "reach", who) for name in ("engagements", "saves", "likes")),
        _ratio("engagements", "views", who),
        *means,
        *middle,
        *(_sum(name, who) for name in ("impressions", "engagements", "views", *counts[:6])),
        _share("is_reply", "is_reply", who),
        _share("is_question", "is_question", who),
        _share("kind in ('share', 'quote')", "kind IN ('share', 'quote')", who),
        (f"distinct(posts.person, {who})", f"count(DISTINCT person) FILTER (WHERE {who})"),
        _count(who, who),
        _count(f"{who} and is_reply", f"{who} AND is_reply"),
        _count(own, sql),
        _count(f"{who} and is_question", f"{who} AND is_question"),
        _count(f"{who} and kind == 'share'", f"{who} AND kind = 'share'"),
        *((f"max(posts.{n}, {who})", f"max({n}) FILTER (WHERE {who})") for n in ("likes", "comments")),
    ]


def metrics(number: int) -> list[Metric]:
    """The first ``number`` metrics: of our posts, then of other people's."""
    return [*_forty("ours"), *_forty("theirs")][:number]


def query(folder: Path, number: int) -> pl.DataFrame:
    """The fused query's values: platform, day, and a column a metric."""
    columns = ", ".join(f"{sql} AS m{place:02}" for place, (_, sql) in enumerate(metrics(number)))
    day = f"CAST(timezone('{ZONE}', created_at) AS DATE)"
    text = f"SELECT platform, {day} AS day, {columns} FROM read_parquet('{folder}/*.parquet')"
    text += f" WHERE {day} < DATE '{LAST}' GROUP BY ALL"
    with duckdb.connect(config={"threads": 2}) as here:
        return pl.DataFrame(here.sql(text))


def ours(folder: Path, number: int) -> pl.DataFrame:
    """Our readings."""
    asked = [
        Request(metric=f"m{place:02}", formula=parse(text, views=VIEWS, adhoc=True, pairing="benchmark"), min_units=1)
        for place, (text, _) in enumerate(metrics(number))
    ]
    return measure(asked, Files(folder), window(), by=("platform",))


def prepared(name: str, folder: Path) -> Callable[[Path], int]:
    """What is timed."""
    what, _, number = name.partition(" ")
    if what == "read":
        return lambda _: Files(folder).frame("posts", needed() | {"person", "kind"}).collect().height
    return lambda _: (ours if what == "ours" else query)(folder, int(number)).height


def compare(folder: Path, number: int) -> None:
    """Raise where a value differs."""
    found = query(folder, number).unpivot(index=["platform", "day"], variable_name="metric", value_name="theirs")
    keys = ["metric", "platform", "day"]
    told = ours(folder, number).rename({"period_start": "day"}).filter(pl.col("state").is_in(["value", "too_few"]))
    both = told.select(*keys, "value").join(found, on=keys, how="full", coalesce=True)
    apart = (pl.col("value") - pl.col("theirs")).abs() > 1e-9 * pl.col("theirs").abs().clip(1)
    lost = pl.col("value").is_null() & (pl.col("theirs") != 0)
    wrong = both.filter(apart.fill_null(value=False) | lost)
    if wrong.height:
        print(wrong.sort(keys).head(10))
        sys.exit("  DuckDB finds other values")
    print(f"  {number} metrics: {both.height:,} values equal those of DuckDB")


def run() -> None:
    """Print seconds and ratios."""
    here = "tests.benchmarks.many"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        subprocess.run([sys.executable, "-m", "tests.benchmarks.measure", "make", name], check=True)
        for number in (40, 80):
            names = ("read", f"ours {number}", f"duckdb {number}")
            middle = take_turns(here, names, folder, ROUNDS)
            for each, one in middle.items():
                print(f"  {each:10} {one.wall:6.2f} s   all cores {one.cpu:6.2f} s   peak {one.peak} MiB")
            read, own, other = (middle[each].wall for each in names)
            print(
                f"  {number} metrics: {own / read:.2f} x reading, DuckDB takes {other / own:.2f} x as long ({BARS[number]})"
            )
        few = folder / "few"
        few.mkdir()
        subprocess.run(
            [sys.executable, "-m", "tests.benchmarks.measure", "make", str(few)],
            check=True,
            env={**os.environ, "SMMETRICS_BENCH_POSTS": FEW},
        )
        subprocess.run([sys.executable, "-m", here, "compare", str(few)], check=True)
    print(f"  {POSTS:,} posts")


if __name__ == "__main__":
    path = Path(sys.argv[2])
    if sys.argv[1] == "compare":
        for many in (40, 80):
            compare(path, many)
    else:
        measured(prepared(sys.argv[1], path), path)
