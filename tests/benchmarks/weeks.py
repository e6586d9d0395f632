"""Fourteen metrics by platform and week, running sums and changes from the week before, over two million posts.

Beside one fused Polars query, as somebody would write it by hand: posts to days once, days to weeks, rolling sums over
the days of each platform, and every number less the one a week before. It gives values and changes only; ours gives
intervals, samples, states and ids as well. The values of both must be equal, or the run fails. MetricFlow is not run
beside them: it asks for an older python-dateutil than what is installed here, and for a project of dbt around it.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from smmetrics.contracts.formula import parse
from smmetrics.engine import Request, Window, measure
from tests.benchmarks._turns import measured, show, take_turns
from tests.benchmarks.measure import LAST, OWN, VIEWS, ZONE, Files

if TYPE_CHECKING:
    from collections.abc import Callable

POSTS, ROUNDS, ALLOWED = "2000000", 5, 1.5
SINCE = date(2023, 1, 2)
"""A Monday: all weeks are whole."""
SUMS = {"impressions": "impressions", "engagements": "engagements", "link_clicks": "clicks"}
RUNNING = (28, 91)
METRICS = {
    "own": f"count(posts, {OWN})",
    "others": "count(posts, theirs)",
    **{short: f"sum(posts.{name}, ours)" for name, short in SUMS.items()},
    "rate": "ratio(posts, engagements, impressions, ours)",
    "click_rate": "ratio(posts, link_clicks, impressions, ours)",
    "each": f"mean(posts.engagements, {OWN})",
    "likes_each": f"mean(posts.likes, {OWN})",
    "replies": "share(posts, is_reply, of=ours)",
    **{f"engagements_{days}": f"trailing(sum(posts.engagements, ours), days={days})" for days in RUNNING},
    **{f"posts_{days}": f"trailing(count(posts, ours), days={days})" for days in RUNNING},
}
KEYS = ["platform", "week"]


def ours(folder: Path) -> pl.DataFrame:
    """Our readings."""
    asked = [
        Request(metric=name, formula=parse(text, views=VIEWS, adhoc=True, pairing="benchmark"), min_units=1, maturity=0)
        for name, text in METRICS.items()
    ]
    window = Window(as_of=datetime(2026, 1, 1, tzinfo=UTC), zone=ZONE, grain="week", since=SINCE, until=LAST)
    return measure(asked, Files(folder), window, by=("platform",))


def by_hand(folder: Path) -> pl.DataFrame:
    """The same numbers by one fused query: a row a platform and week, a column a number and its change."""
    own, is_ours = pl.col("ours") & ~pl.col("is_reply"), pl.col("ours")
    day = pl.col("created_at").dt.convert_time_zone(ZONE).dt.date()
    read = {name: pl.col(name).is_not_null() & is_ours for name in (*SUMS, "likes")}
    shown = {name: read[name] & read["impressions"] for name in ("engagements", "link_clicks")}
    made = {
        "own": own.sum(), "others": pl.col("theirs").sum(), "all": is_ours.sum(),
        "replied": (is_ours & pl.col("is_reply")).sum(),
        **{short: pl.col(name).filter(is_ours).sum() for name, short in SUMS.items()},
        "e": pl.col("engagements").filter(shown["engagements"]).sum(),
        "e_of": pl.col("impressions").filter(shown["engagements"]).sum(),
        "c": pl.col("link_clicks").filter(shown["link_clicks"]).sum(),
        "c_of": pl.col("impressions").filter(shown["link_clicks"]).sum(),
        "each_sum": pl.col("engagements").filter(own).sum(), "each_n": pl.col("engagements").filter(own).count(),
        "likes_sum": pl.col("likes").filter(own).sum(), "likes_n": pl.col("likes").filter(own).count(),
    }  # fmt: skip
    days = (
        pl.scan_parquet(folder / "*.parquet")
        .group_by("platform", day.alias("day"))
        .agg(expr.cast(pl.Int64).alias(name) for name, expr in made.items())
        .filter(pl.col("day") < LAST)
        .collect(engine="streaming")
    )
    every = (
        days.select("platform")
        .unique()
        .join(pl.DataFrame({"day": pl.date_range(days["day"].min(), LAST, closed="left", eager=True)}), how="cross")
    )
    filled = every.join(days, on=["platform", "day"], how="left").fill_null(0).sort("platform", "day")
    rolled = filled.with_columns(
        pl.col(name).rolling_sum(length, min_samples=1).over("platform").alias(f"{called}_{length}")
        for called, name in (("engagements", "engagements"), ("posts", "all"))
        for length in RUNNING
    )
    running = [name for name in rolled.columns if name.rpartition("_")[2].isdigit()]
    weeks = (
        rolled.filter(pl.col("day") >= SINCE)
        .group_by("platform", pl.col("day").dt.truncate("1w").alias("week"), maintain_order=True)
        .agg(pl.col(list(made)).sum(), pl.col(running).last())
        .with_columns(
            rate=pl.col("e") / pl.col("e_of"), click_rate=pl.col("c") / pl.col("c_of"),
            each=pl.col("each_sum") / pl.col("each_n"), likes_each=pl.col("likes_sum") / pl.col("likes_n"),
            replies=pl.col("replied") / pl.col("all"),
        )
    )  # fmt: skip
    numbers = weeks.select(*KEYS, *(pl.col(name).cast(pl.Float64) for name in METRICS))
    changes = ((pl.col(name) - pl.col(name).shift(1).over("platform")).alias(f"{name} change") for name in METRICS)
    return numbers.with_columns(changes)


def prepared(name: str, folder: Path) -> Callable[[Path], int]:
    """What is timed."""
    return lambda _: (ours if name == "ours" else by_hand)(folder).height


def compare(folder: Path) -> None:
    """Raise where a value or a change differs. The running sums of the first weeks reach back before the first day."""
    found = by_hand(folder)
    told = ours(folder).filter(pl.col("state").is_in(["value", "too_few"])).rename({"period_start": "week"})
    late = SINCE + timedelta(days=max(RUNNING))
    for name in METRICS:
        own = told.filter((pl.col("metric") == name) & (pl.col("week") >= late)).select(*KEYS, "value", "change")
        both = own.join(found.select(*KEYS, name, f"{name} change"), on=KEYS)
        for mine, other in (("value", name), ("change", f"{name} change")):
            apart = (pl.col(mine) - pl.col(other)).abs() > 1e-9 * pl.col(other).abs().clip(1)
            wrong = both.filter(apart.fill_null(value=False) | (pl.col(mine).is_null() & (mine == "value")))
            if wrong.height or not both[mine].count():
                print(wrong.head())
                sys.exit(f"  other numbers by hand: {name} {mine}")
    print(f"  {told.height:,} values, and their changes, equal those by hand")


def run() -> None:
    """Print seconds of both, their ratio and peaks of memory; the two take turns."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        many = os.environ.get("SMMETRICS_BENCH_POSTS", POSTS)
        make = [sys.executable, "-m", "tests.benchmarks.measure", "make", name]
        subprocess.run(make, check=True, env={**os.environ, "SMMETRICS_BENCH_POSTS": many})
        subprocess.run([sys.executable, "-m", "tests.benchmarks.weeks", "compare", name], check=True)
        show(take_turns("tests.benchmarks.weeks", ("by hand", "ours"), folder, ROUNDS), ALLOWED)
    print(f"  {len(METRICS)} metrics, {int(many):,} posts; MetricFlow is not run (see above)")


if __name__ == "__main__":
    path = Path(sys.argv[2])
    if sys.argv[1] == "compare":
        compare(path)
    else:
        measured(prepared(sys.argv[1], path), path)
