"""Rows that may be shown: none of colleagues and minors; of others whom nobody may name, no trail to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from smmetrics.engine.naming import is_naming
from smmetrics.engine.privacy.policy import MOOD, about, unseen

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from smmetrics.api.facts import View, ViewColumn
    from smmetrics.tables.agreement import Agreement

WORDS = frozenset({"text", "title"})
"""What somebody wrote: quotes, which lead to nobody by themselves."""


def needed(view: View, agreed: Agreement) -> frozenset[str]:
    """Columns that have to be read to tell which rows may be shown."""
    return frozenset({"ours"}) if _holds_back(view, agreed) else frozenset()


def shown(rows: pl.LazyFrame, view: View, agreed: Agreement) -> pl.LazyFrame:
    """The rows of a table that may leave a workspace, without what may not be told of each."""
    if agreed.everyone and unseen(view):
        return rows.clear()
    if agreed.everyone:
        rows = _emptied(rows, view, lambda column: column.people)
    if agreed.minors:
        rows = _emptied(rows, view, lambda column: column.name in WORDS or column.label == MOOD)
    if not _holds_back(view, agreed):
        return rows
    ours = pl.col("ours").fill_null(value=False)
    if agreed.closed:
        return rows.filter(ours)
    trail = [name for name in rows.collect_schema().names() if is_naming(name) and name not in WORDS]
    return rows.with_columns(pl.when(ours).then(pl.col(name)).alias(name) for name in trail)


def is_whole(view: View, agreed: Agreement, columns: Collection[str] = ()) -> bool:
    """Whether all rows of a table are shown, with all that is in some of its columns (none: in all)."""
    asked = [column for column in view.columns if not columns or column.name in columns]
    counts = agreed.everyone and any(column.people for column in asked)
    words = agreed.minors and any(column.name in WORDS or column.label == MOOD for column in asked)
    return not (counts or words or (agreed.everyone and unseen(view)) or _holds_back(view, agreed))


def _holds_back(view: View, agreed: Agreement) -> bool:
    return not agreed.names and about(view)


def _emptied(rows: pl.LazyFrame, view: View, which: Callable[[ViewColumn], bool]) -> pl.LazyFrame:
    there = rows.collect_schema()
    gone = [column.name for column in view.columns if column.name in there and which(column)]
    return rows.with_columns(pl.lit(None, dtype=there[name]).alias(name) for name in gone) if gone else rows
