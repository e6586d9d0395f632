"""A file that says two things of one day: it lacks the column that tells its rows apart, or copies were joined."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from smmetrics.api.errors import BadData
from smmetrics.intake.agreeing import WHOLE
from smmetrics.words import say

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from smmetrics.api.facts import Table

FEW, HALF = 3, 2


def told(frames: Mapping[str, pl.DataFrame], tables: Mapping[str, Table], agreed: Collection[str] = ()) -> str:
    """What to say of rows that contradict one another; not of tables that ``agreed``, as was seen while they were read.

    Raises `BadData` where most of a table's do.
    """
    for name in WHOLE:
        if name in agreed or name not in frames or not frames[name].height:
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
    telling = _telling(frame, [name for name in table.key if name in frame.columns])
    keys = frame.select(telling).hash_rows()
    different = keys.n_unique()
    if different == frame.height:
        return different, 0
    numbers = [name for name, kind in frame.schema.items() if kind.is_numeric() and name not in {*table.key, "record"}]
    filled = [name for name in numbers if frame.get_column(name).null_count() < frame.height]
    if frame.select(keys.alias("key"), *filled).hash_rows().n_unique() == different:
        return different, 0
    two = pl.any_horizontal(pl.lit(value=False), *(pl.col(name).min() < pl.col(name).max() for name in filled))
    contrary = frame.group_by(telling).agg(two.alias("two")).get_column("two")
    return len(contrary), int(contrary.sum())


def _telling(frame: pl.DataFrame, key: Sequence[str]) -> list[str]:
    """Those columns of a key that tell rows apart: most of a file's hold the same in all, and take long to compare."""
    same = frame.select(pl.col(name).eq_missing(pl.col(name).first()).all() for name in key).row(0)
    return [name for name, is_same in zip(key, same, strict=True) if not is_same] or list(key[:1])
