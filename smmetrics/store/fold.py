"""From observations to what is so now: a pure fold, the same for any order of imports.

Column by column the newest value that was reported counts. Newest: by the time of observation, then by how that
time is known, then by source and record, so that nothing depends on which file came in first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from smmetrics.tables.basis import BASES
from smmetrics.tables.once import Once
from smmetrics.tables.schema import stored_schema
from smmetrics.tables.stamping import RECORD

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from smmetrics.api.facts import Table

VERSION = 1
"""Of this fold: kept results of another version are not used."""
FEW = 2_000
"""Up to so many rows are sorted faster than it takes to see which columns need not be moved."""
_RANK, _ROW, _FIRST = "_rank", "_row", "_first"


def fold_key(table: Table) -> tuple[str, ...]:
    """What tells current rows apart: the table's key, and where every observation stays a row of its own, its kind.

    Counts that two kinds of file report of one post at one time are two observations; mixing their columns would
    make a third that nobody reported.
    """
    return (*table.key, "source_kind") if "observed_at" in table.key and "source_kind" not in table.key else table.key


def stored_columns(table: Table) -> dict[str, pl.DataType]:
    """Columns of observations as they are stored."""
    return {**stored_schema(table), RECORD: pl.Int64()}


def current_columns(table: Table) -> dict[str, pl.DataType]:
    """Columns of what is so now. Batches are left out: which import came first says nothing about the world."""
    return {name: dtype for name, dtype in stored_schema(table).items() if name != "batch_id"}


def _nothing(table: Table) -> pl.LazyFrame:
    return pl.LazyFrame(schema=current_columns(table))


nothing = Once(_nothing, most=256)
"""What is so now of a table in which nothing is: most tables of a workspace are such, and are asked for often."""


def fold(observations: pl.LazyFrame, table: Table) -> pl.DataFrame:
    """One row a key, sorted by it, each column its newest value."""
    key = fold_key(table)
    names = list(current_columns(table))
    rows = observations.select(*names, RECORD).collect()
    twice = rows.select(key).is_duplicated() if rows.height else pl.Series([], dtype=pl.Boolean)
    if not twice.any():
        return arranged(rows.select(names), key)
    folded = _fold(ordered(rows.filter(twice), key), key, names)
    return arranged(pl.concat([rows.filter(~twice).select(names), folded]), key)


def ordered(rows: pl.DataFrame, key: Sequence[str]) -> pl.DataFrame:
    """Observations by key, oldest first. Ties within one source go by record, and after that by their values."""
    rank = pl.col("observed_basis").replace_strict({b: i for i, b in enumerate(BASES)}, default=-1).alias(_RANK)
    order = [*key, "observed_at", _RANK, "source_id", RECORD]
    order = list(dict.fromkeys(order))
    ranked = rows.with_columns(rank)
    if ranked.select(order).is_duplicated().any():
        rest = {name: dtype for name, dtype in ranked.schema.items() if name not in order}
        words = [pl.col(name).list.join("\n") if dtype.is_nested() else pl.col(name) for name, dtype in rest.items()]
        return ranked.sort([*order, *words], nulls_last=False)
    return arranged(ranked, order)


def conflicts(observations: pl.LazyFrame, table: Table) -> pl.DataFrame:
    """How often sources contradict each other about one thing at one time: ``column``, ``n``."""
    key = [*dict.fromkeys((*fold_key(table), "observed_at"))]
    names = [name for name in current_columns(table) if name not in key and name not in _provenance()]
    rows = ordered(observations.select(*current_columns(table), RECORD).collect(), key)
    counted = _with_first(rows, key).select(_contradicts(pl.col(name)).sum().alias(name) for name in names)
    return (
        counted.unpivot(variable_name="column", value_name="n").filter(pl.col("n") > 0).sort("column")
        if rows.height
        else pl.DataFrame(schema={"column": pl.String(), "n": pl.UInt32()})
    )


def arranged(rows: pl.DataFrame, by: Sequence[str]) -> pl.DataFrame:
    """Rows sorted, nulls first. Of many rows, columns that hold one value throughout are not moved: most of them do."""
    if rows.height <= FEW:
        return rows.sort(by, nulls_last=False)
    plain = [name for name, dtype in rows.schema.items() if not dtype.is_nested()]
    first = {name: pl.col(name).first() for name in plain}
    same = rows.select(pl.col(name).eq_missing(value).all() for name, value in first.items()).row(0, named=True)
    fixed = [pl.lit(rows.item(0, name), dtype=rows.schema[name]).alias(name) for name in plain if same[name]]
    moved = rows.select(name for name in rows.columns if not same.get(name))
    order = [name for name in by if name in moved.columns]
    return moved.sort(order, nulls_last=False).with_columns(fixed).select(rows.columns) if order else rows


def _fold(rows: pl.DataFrame, key: Sequence[str], names: Iterable[str]) -> pl.DataFrame:
    """Carry each value forward to the last row of its key. Row numbers tell whether it is of the same key."""
    marked = _with_first(rows, key)
    last = (pl.col(_FIRST) != pl.col(_FIRST).shift(-1)).fill_null(value=True)
    carried = [pl.col(name) if name in key else _carried(pl.col(name)).alias(name) for name in names]
    return marked.select(*carried, last.alias("_last")).filter("_last").drop("_last")


def _with_first(rows: pl.DataFrame, key: Sequence[str]) -> pl.DataFrame:
    """Each row's number, and the number of the first row that has its key; rows are sorted by key."""
    new = pl.any_horizontal(pl.col(name).ne_missing(pl.col(name).shift(1)) for name in key)
    numbered = rows.with_columns(pl.int_range(pl.len()).alias(_ROW))
    begins = pl.when(new | (pl.col(_ROW) == 0)).then(_ROW)
    return numbered.with_columns(begins.forward_fill().alias(_FIRST))


def _carried(column: pl.Expr) -> pl.Expr:
    known_at = pl.when(column.is_not_null()).then(_ROW).forward_fill()
    return pl.when(known_at >= pl.col(_FIRST)).then(column.forward_fill())


def _contradicts(column: pl.Expr) -> pl.Expr:
    before = _carried(column).shift(1)
    same = pl.col(_FIRST) == pl.col(_FIRST).shift(1)
    return same & column.is_not_null() & before.is_not_null() & (column != before)


def _provenance() -> frozenset[str]:
    return frozenset({"source_id", "source_kind", "adapter", "adapter_version", "observed_basis"})
