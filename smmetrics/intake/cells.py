"""A window of text cells to typed values: casts, keys, ids put right, and the records that fail."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import polars as pl

from smmetrics.intake import extracting
from smmetrics.intake.casts import NUMERIC, Cast, Ways, allowed, cast, clean, has_quick_way, quick

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

    from smmetrics.intake.plan import Mapped, Plan


LOOKED_AT = 256
"""Cells by which a column is told that writes whole numbers with a point."""


@dataclass(slots=True)
class Values:
    """Typed columns of a window's good records.

    ``columns`` by place in the plan; ``inner`` by table and name, taken from inside other cells; ``days`` by place:
    the dates instants show; ``faults`` by row: reason and column.
    """

    columns: list[pl.Series] = field(default_factory=list)
    inner: dict[tuple[str, str], pl.Series] = field(default_factory=dict)
    days: dict[int, pl.Series] = field(default_factory=dict)
    faults: dict[int, tuple[str, str]] = field(default_factory=dict)


def read_cells(frame: pl.DataFrame, plan: Plan, ways: Ways) -> Values:
    """Cast every column of a window as the plan says: all the plain cells at once, then what is left."""
    values = Values()
    marks = [missing_marks(mapped, plan) for mapped in plan.columns]
    firsts = _firsts(plan)
    plain_ones = _plain_whole(frame, plan)
    quickly = frame.select(_quickly(frame, plan, ways, (marks, firsts, plain_ones)))
    plain_ones |= {place: quickly.get_column(name) for place in firsts if (name := f"plain {place}") in quickly.columns}
    casts: list[Cast] = []
    for place, mapped in enumerate(plan.columns):
        if firsts[place] < place:
            casts.append(casts[firsts[place]])
            continue
        cells = quickly.get_column(f"cell {place}")
        plain = plain_ones.get(place)
        plain = plain if plain is None else allowed(plain, mapped.column)
        casts.append(cast(cells, plain, mapped.column, ways, marks[place]))
        if mapped.column.extract:
            _take_inner(values, mapped, cells)
    for place, (mapped, read) in enumerate(zip(plan.columns, casts, strict=True)):
        mended = _mended(read, values.inner.get((mapped.table, mapped.fact.name)))
        day = mended.days if mapped.fact.type == "date" else None
        values.columns.append(mended.values if day is None else day)
        if mended.days is not None:
            values.days[place] = mended.days
        for row, reason in _faults(mended, mapped, plan):
            values.faults.setdefault(row, (reason, mapped.header))
    return values


def _firsts(plan: Plan) -> list[int]:
    """For each place, the first at which the same cells are read in the same way: a number may fill two facts."""
    known: dict[tuple[object, ...], int] = {}
    return [
        place if mapped.column.extract else known.setdefault(_read_as(mapped), place)
        for place, mapped in enumerate(plan.columns)
    ]


def _read_as(mapped: Mapped) -> tuple[object, ...]:
    """Which cells a column reads, and how."""
    column = mapped.column
    return mapped.index, column.parse, column.scale, column.negative, column.missing


def _plain_whole(frame: pl.DataFrame, plan: Plan) -> dict[int, pl.Series]:
    """By place, columns of numbers that are whole ones: read once, whatever number of facts they fill.

    They are told by their first cells; a number of which a later cell is not whole is left to `quick`.
    """
    numeric = {place: mapped for place, mapped in enumerate(plan.columns) if has_quick_way(mapped.column)}
    first = frame.head(LOOKED_AT)
    likely = _read_whole(first, sorted({str(mapped.index) for mapped in numeric.values()}))
    filled = sorted(name for name in likely if first.get_column(name).null_count() < first.height)
    read = {name: likely[name] for name in filled} if first.height == frame.height else _read_whole(frame, filled)
    found = {}
    for place, mapped in numeric.items():
        numbers = read.get(str(mapped.index))
        if numbers is not None:
            dtype = NUMERIC[mapped.column.parse]
            found[place] = numbers if numbers.dtype == dtype else numbers.cast(dtype)
    return found


def _read_whole(frame: pl.DataFrame, names: Sequence[str]) -> dict[str, pl.Series]:
    """Those columns of text that are whole numbers throughout, as such."""
    read = frame.select(pl.col(names).cast(pl.Int64(), strict=False))
    return {each.name: each for each in read if each.null_count() == frame.get_column(each.name).null_count()}


def _quickly(
    frame: pl.DataFrame, plan: Plan, ways: Ways, how: tuple[Sequence[frozenset[str]], Sequence[int], Container[int]]
) -> Iterator[pl.Expr]:
    """The cells of each column and, where there is a quick way, their values (marks in numbers wait for `cast`).

    ``how``: the marks of each column, the first place that reads the same, and places whose values are known.
    """
    marks, firsts, known = how
    floated = _floated(frame, [mapped for place, mapped in enumerate(plan.columns) if place not in known])
    for place, mapped in enumerate(plan.columns):
        if firsts[place] < place:
            continue
        cells = pl.col(str(mapped.index))
        if place in known:
            yield cells.alias(f"cell {place}")
            continue
        plain = quick(cells, mapped.column, ways, floated=str(mapped.index) in floated)
        if plain is not None and frame.get_column(str(mapped.index)).null_count() == frame.height:
            plain = pl.lit(None, dtype=NUMERIC[mapped.column.parse])  # nothing was reported here
        if plain is None:
            yield clean(cells, marks[place]).alias(f"cell {place}")
        else:
            yield cells.alias(f"cell {place}")
            yield plain.alias(f"plain {place}")


def _floated(frame: pl.DataFrame, columns: Sequence[Mapped]) -> set[str]:
    """Columns that write whole numbers as ``424.0``, by their first cells; one further down is read exactly."""
    whole = sorted({str(mapped.index) for mapped in columns if mapped.column.parse == "int"})
    found = frame.head(LOOKED_AT).select(pl.col(whole).str.ends_with(".0").any()).row(0, named=True) if whole else {}
    return {name for name, is_floated in found.items() if is_floated}


def null_marks(plan: Plan) -> dict[str, str]:
    """For columns of numbers, the one mark of *missing* that a reader may turn into null while it reads."""
    found = {}
    for mapped in plan.columns:
        marks = missing_marks(mapped, plan)
        if marks and has_quick_way(mapped.column):
            found[str(mapped.index)] = min(marks)
    return found


def missing_marks(mapped: Mapped, plan: Plan) -> frozenset[str]:
    """Cells that mean *not reported*. A text may well be a single dash, so there only the column's own marks count."""
    own = frozenset(mapped.column.missing)
    return own if mapped.column.parse == "text" else own | frozenset(plan.source.layout.missing)


def _take_inner(values: Values, mapped: Mapped, cells: pl.Series) -> None:
    for name, found in extracting.extract(cells, mapped.column.extract).items():
        key = (mapped.table, name)
        known = values.inner.get(key)
        values.inner[key] = found if known is None else known.zip_with(known.is_not_null(), found)


def _mended(read: Cast, inner: pl.Series | None) -> Cast:
    """Put right what a spreadsheet lost from an id, and what is empty, by what stands inside another cell."""
    if inner is None or inner.dtype != read.values.dtype:
        return read
    wrong = read.values.is_null() if read.faults is None else read.values.is_null() | read.faults.is_not_null()
    mendable = wrong & inner.is_not_null()
    if not mendable.any():
        return read
    faults = read.faults
    if faults is not None:
        faults = faults.set(mendable, None)
    return Cast(values=inner.zip_with(mendable, read.values), faults=faults, days=read.days)


def _faults(read: Cast, mapped: Mapped, plan: Plan) -> Iterator[tuple[int, str]]:
    failed = None if read.faults is None else read.faults.is_not_null()
    if failed is not None and read.faults is not None:
        yield from zip(failed.arg_true().to_list(), read.faults.filter(failed).to_list(), strict=True)
    shared = bool(mapped.column.sets)
    is_key = not shared and mapped.table == plan.source.table and mapped.fact.name in plan.tables[mapped.table].key
    if not (is_key or mapped.column.required) or not read.values.null_count():
        return
    empty = read.values.is_null() if failed is None else read.values.is_null() & ~failed
    reason = "missing_key" if is_key else "missing_required"
    yield from ((row, reason) for row in empty.arg_true().to_list())
