"""A file that says two things of one day: it lacks the column that tells its rows apart, or copies were joined."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from smmetrics.api.errors import BadData
from smmetrics.words import say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from smmetrics.api.facts import Table

WHOLE = ("account_counts", "breakdowns")
"""Tables of which one export holds each row once. Of a post a saved answer may hold several counts."""
FEW, HALF = 3, 2


def told(frames: Mapping[str, pl.DataFrame], tables: Mapping[str, Table]) -> str:
    """What to say of rows that contradict one another. Raises `BadData` where most of a table's do."""
    for name in WHOLE:
        if name not in frames or not frames[name].height:
            continue
        rows, contrary = _counted(frames[name], tables[name])
        if contrary >= FEW and contrary * HALF > rows:
            message = say("intake.contrary.most", count=contrary, rows=rows)
            raise BadData(message, hint=say("intake.contrary.hint"), code="rows.contrary")
        if contrary:
            return say("intake.contrary.some", count=contrary, rows=rows)
    return ""


def _counted(frame: pl.DataFrame, table: Table) -> tuple[int, int]:
    """How many different rows there are by key, and how many have two numbers in one cell."""
    key = [name for name in table.key if name in frame.columns]
    if frame.select(key).hash_rows().n_unique() == frame.height:
        return frame.height, 0
    twice = frame.filter(pl.struct(key).is_duplicated())
    rows = frame.height - twice.height
    if not twice.height:
        return rows, 0
    numbers = [name for name, kind in frame.schema.items() if kind.is_numeric() and name not in {*key, "record"}]
    found = twice.group_by(key).agg(pl.col(name).drop_nulls().n_unique() for name in numbers)
    contrary = found.select(pl.any_horizontal(pl.col(name) > 1 for name in numbers).sum()).item()
    return rows + found.height, int(contrary)
