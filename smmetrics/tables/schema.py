"""Schemas of the canonical tables, built from facts: no column exists that no fact declares.

A plugin's facts (``x__detail_expands``) are handed in as ``extra``; those of other tables are passed over.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from smmetrics.api.errors import PluginFault
from smmetrics.api.facts import PROVENANCE
from smmetrics.tables.once import Once

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from smmetrics.api.facts import Fact, FactType, Table, View

POLARS: Mapping[FactType, pl.DataType] = {
    "text": pl.String(),
    "int": pl.Int64(),
    "number": pl.Float64(),
    "bool": pl.Boolean(),
    "instant": pl.Datetime("us", "UTC"),
    "date": pl.Date(),
    "texts": pl.List(pl.String()),
}
"""What each fact type is in a frame. Instants are UTC microseconds; counts are nullable Int64."""
FEW = 1 << 14
"""Rows up to which it is quicker to fill a column with nulls than to say so; of more, nulls that are said take no room.
"""


def stored_schema(table: Table, extra: Iterable[Fact] = ()) -> dict[str, pl.DataType]:
    """Columns of a stored table in their order: key, other columns, plugins' facts, provenance."""
    facts = {fact.name: fact for fact in table.columns}
    facts |= {fact.name: fact for fact in extra if fact.table == table.name}
    provenance = dict(PROVENANCE)
    ordered = [name for name in table.key if name not in provenance]
    ordered += [name for name in facts if name not in table.key]
    schema = {name: POLARS[facts[name].type] for name in ordered}
    return schema | {name: POLARS[type_] for name, type_ in PROVENANCE}


def view_schema(view: View) -> dict[str, pl.DataType]:
    """Columns of a table as formulas see it, in the view's order."""
    return {column.name: POLARS[column.type] for column in view.columns}


def empty(table: Table) -> pl.DataFrame:
    """A stored table without rows."""
    return pl.DataFrame(schema=stored_schema(table))


def _made(table: Table) -> tuple[pl.DataFrame, dict[str, pl.DataType]]:
    form = empty(table)
    return form, dict(form.schema)


_form = Once(_made, most=1024)
"""The same with its columns, made once: every file brings some frames of each table."""


written: Once[Table, str] = Once(repr, most=256)
"""A table's declaration in words, made once: every table read is named after it."""


def conform(frame: pl.DataFrame, table: Table) -> pl.DataFrame:
    """Bring a frame into a stored table's form: all columns, in order, of the declared types.

    Absent columns become null. Raises `PluginFault` with the code ``column.undeclared`` for columns that no fact
    declares (they are never dropped) and ``column.type`` for values that are not of the declared type.
    """
    form, schema = _form(table)
    if not frame.width:
        return form
    frame = typed(frame, table)
    if frame.height <= FEW:
        return pl.concat([form, frame], how="diagonal")  # puts columns in order and fills absent ones in one go
    absent = [pl.lit(None, dtype=dtype).alias(name) for name, dtype in schema.items() if name not in frame.columns]
    return frame.with_columns(absent).select(list(schema))


def typed(frame: pl.DataFrame, table: Table) -> pl.DataFrame:
    """A frame with its own columns of the declared types. Raises `PluginFault` as `conform` does."""
    schema = _form(table)[1]
    columns = frame.columns
    undeclared = [name for name in columns if name not in schema]
    if undeclared:
        message = f"the table {table.name} has no column {', '.join(map(repr, undeclared))}"
        raise PluginFault(
            message,
            hint="A source may only fill columns that a fact declares; add a Fact with the hook smmetrics_facts.",
            code="column.undeclared",
        )
    other = [name for name, dtype in zip(columns, frame.dtypes, strict=True) if dtype != schema[name]]
    mended = [_typed(frame.get_column(name), schema[name], table) for name in other]
    return frame.with_columns(*mended) if mended else frame


def _typed(series: pl.Series, dtype: pl.DataType, table: Table) -> pl.Series:
    try:
        return _cast(series, dtype)
    except (pl.exceptions.PolarsError, TypeError) as error:
        message = f"the column {table.name}.{series.name} holds {series.dtype}, and its fact says {dtype}"
        raise PluginFault(
            message,
            hint="Give the column the declared type; counts are whole numbers, instants are UTC.",
            code="column.type",
        ) from error


def _cast(series: pl.Series, dtype: pl.DataType) -> pl.Series:
    """Cast without loss: a float with a fraction is no count, a time without a zone is no instant."""
    if isinstance(series.dtype, pl.Datetime) and isinstance(dtype, pl.Datetime) and series.dtype.time_zone is None:
        raise TypeError(series.name)
    if not _safe(series.dtype, dtype):
        raise TypeError(series.name)
    cast = series.cast(dtype, strict=True)
    if series.dtype.is_float() and dtype.is_integer() and not (cast.cast(series.dtype) == series).all():
        raise TypeError(series.name)
    return cast


def _safe(have: pl.DataType, want: pl.DataType) -> bool:
    if have == pl.Null() or have.is_numeric():
        return have == pl.Null() or want.is_numeric()
    if isinstance(want, pl.List):
        return isinstance(have, pl.List)
    if have == pl.Boolean():
        return False
    return want == pl.String() if have in (pl.String(), pl.Categorical()) else type(have) is type(want)
