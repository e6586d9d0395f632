"""What `repaint` looks at: six charts over sums of ten million posts, in a kernel of its own."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from smmetrics.dashboard.grid import ChartGrid
from smmetrics.panels import charts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from smmetrics.panels.results import Chart

POSTS = 10_000_000
PLATFORMS = {"forum": "Forum", "blog": "Blog", "videos": "Videos", "letters": "Letters"}
KINDS = ("question", "praise", "complaint", "offer")
TOOK = "kernel.txt"
"""The file that gets the milliseconds of each answer, on the clock and of all cores."""


def cube() -> pl.DataFrame:
    """Posts and answered posts by day, platform, kind and depth: what is asked again and again, summed once."""
    rng = np.random.default_rng(7)
    days = pl.date_range(date(2025, 1, 1), date(2026, 12, 31), eager=True).to_numpy()
    posts = pl.DataFrame(
        {
            "day": days[rng.integers(0, len(days), POSTS)],
            "platform": rng.integers(0, len(PLATFORMS), POSTS, dtype=np.uint8),
            "kind": rng.integers(0, len(KINDS), POSTS, dtype=np.uint8),
            "depth": np.minimum(rng.geometric(0.45, POSTS) - 1, 9).astype(np.uint8),
        }
    )
    summed = posts.group_by("day", "platform", "kind", "depth").agg(posts=pl.len())
    named = {"platform": list(PLATFORMS), "kind": list(KINDS)}
    texts = [
        pl.col(name).replace_strict(dict(enumerate(words)), return_dtype=pl.Enum(words))
        for name, words in named.items()
    ]
    return summed.with_columns(
        texts, month=pl.col("day").dt.truncate("1mo"), answered=pl.col("posts") * (pl.col("depth") > 0)
    )


def six(whole: pl.DataFrame, selected: Mapping[str, Sequence[str]]) -> list[Chart]:
    """The charts, where each leaves out what is chosen in it."""

    def asked(by: Sequence[str], without: str = "") -> pl.LazyFrame:
        chosen = [pl.col(name).is_in(values) for name, values in selected.items() if name != without]
        some = whole.lazy().filter(*chosen) if chosen else whole.lazy()
        share = pl.col("answered") / pl.col("posts")
        return (
            some.group_by(by)
            .agg(pl.col("posts", "answered").sum())
            .sort(by)
            .with_columns(value=share, low=share - 0.02, high=share + 0.02)
            .rename({"posts": "threads"})
        )

    def renamed(found: list[dict[str, Any]], old: str, new: str) -> list[dict[str, Any]]:
        return [{**row, new: row[old]} for row in found]

    asks = (
        (("month",), ""),
        (("month", "platform"), "platform"),
        (("platform",), "platform"),
        (("kind",), "kind"),
        (("depth",), ""),
    )
    found = pl.collect_all([asked(by, without) for by, without in asks])
    months, lines, platforms, kinds, depths = (each.to_dicts() for each in found)
    months, lines = renamed(months, "month", "period_start"), renamed(lines, "month", "period_start")
    look: dict[str, Any] = {"unit": "percent", "noun": "answered"}
    weeks = [{"period_start": row["month"], "hours": row["threads"] / 9e3, "planned": 40} for row in months]
    return [
        charts.trend(months, name="trend", title="Answered", **look),
        charts.trend(lines, name="lines", title="By platform", platforms=PLATFORMS, selects="platform", **look),
        charts.bars(renamed(platforms, "platform", "key"), name="platforms", title="Platforms", platforms=PLATFORMS, selects="platform", **look),
        charts.bars(renamed(kinds, "kind", "key"), name="kinds", title="Kinds", selects="kind", **look),
        charts.threads_by_depth(depths, name="depth", title="Conversations"),
        charts.hours_against_plan(weeks, name="hours", title="Hours", grain="month"),
    ]  # fmt: skip


def board() -> ChartGrid:
    """The widget; whatever is chosen in it is answered at once."""
    whole = cube()
    grid = ChartGrid(six(whole, {}))
    told = Path(TOOK)

    def answer(change: Mapping[str, Any]) -> None:
        started, spent = time.perf_counter(), time.process_time()
        grid.show(six(whole, change["new"]))
        with told.open("a", encoding="utf-8") as file:
            took = time.perf_counter() - started, time.process_time() - spent
            file.write(" ".join(f"{seconds * 1000:.1f}" for seconds in took) + "\n")

    grid.observe(answer, "selection")
    return grid
