"""The size of the audience: context at the very end, folded, for those who look for it. It never leads."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from smmetrics.panels.asked import listens
from smmetrics.panels.results import PanelResult, Table
from smmetrics.panels.spans import day_words
from smmetrics.panels.texts import where_words
from smmetrics.panels.values import NONE, number

if TYPE_CHECKING:
    from smmetrics.panels.source import GoalInfo, Source, View

MOST = 100_000
WORDS = "Context, not an aim: how many could listen says nothing about whether anybody was helped."
_COLUMNS = ("platform", "account", "brand", "ours", "followers", "gained", "lost", "window_start", "window_end")


def audience(source: Source, view: View, goal: GoalInfo) -> PanelResult:
    """Followers as last reported, and those gained and lost, by own account; nothing where none were reported."""
    result = PanelResult(panel="audience", title="Size of audience (context)", goal=goal.name, folded=True)
    if source.goals and all(listens(each) for each in source.goals):
        return result
    rows = source.table("account_counts", view, columns=_COLUMNS, limit=MOST).filter(pl.col("ours"))
    accounts = (
        rows.sort("window_end", nulls_last=False)
        .group_by("platform", "account", "brand")
        .agg(
            pl.col("followers").drop_nulls().last(),
            pl.col("window_end").filter(pl.col("followers").is_not_null()).last().alias("at"),
            *(_summed(name) for name in ("gained", "lost")),
        )
        .filter(pl.col("followers").is_not_null())
        .sort("platform", "account")
    )
    if accounts.is_empty():
        return result
    cells = tuple(
        (
            where_words(row, source),
            number(row["followers"]),
            day_words(row["at"]) if row["at"] else "",
            *(NONE if row[name] is None else number(row[name]) for name in ("gained", "lost")),
        )
        for row in accounts.iter_rows(named=True)
    )
    heads = ("Where", "Followers", "As of", "Gained", "Lost")
    table = Table(name="audience", title="Followers", columns=heads, rows=cells, total=len(cells))
    return PanelResult(
        panel="audience", title=result.title, goal=goal.name, words=(WORDS,), tables=(table,), folded=True
    )


def _summed(name: str) -> pl.Expr:
    """A sum of what was reported; nothing reported is no zero."""
    column = pl.col(name)
    return pl.when(column.count() > 0).then(column.sum()).alias(name)
