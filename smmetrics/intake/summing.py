"""The second check: what a numeric column sums to as text must be what was kept of it and what was set aside."""

from __future__ import annotations

import re
from decimal import Decimal, localcontext
from itertools import pairwise
from typing import TYPE_CHECKING

import polars as pl

from smmetrics.api.errors import PluginFault
from smmetrics.intake.numerals import GROUPS, MINUS, scaled
from smmetrics.intake.shaping import has_scope

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from smmetrics.intake.cells import Values
    from smmetrics.intake.plan import Mapped, Plan

DIGITS = 18
BEYOND = 10 ** (38 - DIGITS)
"""From here on a decimal of 38 digits has no room for so many behind the point."""
NEAR = Decimal("1e-9")
EXACT = 2.0**50
"""Below this doubles hold every whole number, and the eighths between: a lost fraction would show in a sum."""
TOO_LARGE = 1 << 63
LOOKED_AT = 256
"""Cells by which a column is told that may hold whole numbers only."""
CHECKED = ("int", "number", "percent")


def check_sums(
    window: pl.DataFrame,
    plan: Plan,
    values: Values,
    *,
    kept: pl.Series,
    frames: Mapping[str, pl.DataFrame],
    locale: str,
) -> None:
    """Compare sums made from the text cells with sums of the canonical rows. Raises `PluginFault` where they differ."""
    places = [place for place, mapped in enumerate(plan.columns) if _is_checked(mapped, values.columns[place])]
    if not places:
        return
    from_text = _sums_of_text(window, plan, values, places, locale)
    from_rows = _sums_of_rows(plan, places, frames) | _sums_of_set_rows(plan, places, frames)
    all_kept = bool(kept.all())
    for place in places:
        mapped, found = plan.columns[place], values.columns[place]
        kept_sum = from_rows[mapped.table, mapped.scope, f"{mapped.fact.name}{mapped.column.sets or ''}"]
        aside = Decimal(0) if all_kept else added(found.filter(~kept))
        apart = abs(from_text[place] - kept_sum - aside)
        if apart and apart > _tolerance(found, mapped):
            message = (
                f"The column {mapped.header!r} sums to {from_text[place]} as text and to {kept_sum + aside} as read."
            )
            hint = "Nothing was stored; this is a fault of the reader."
            raise PluginFault(message, hint=hint, code="sums.disagree")


def _is_checked(mapped: Mapped, values: pl.Series) -> bool:
    return mapped.measured and mapped.column.parse in CHECKED and values.null_count() < len(values)


def _sums_of_rows(
    plan: Plan, places: list[int], frames: Mapping[str, pl.DataFrame]
) -> dict[tuple[str, str, str], Decimal]:
    """Sums of the canonical rows by table, scope and column."""
    wanted: dict[tuple[str, str], list[str]] = {}
    for place in places:
        mapped = plan.columns[place]
        if not mapped.column.sets:
            wanted.setdefault((mapped.table, mapped.scope), []).append(mapped.fact.name)
    found: dict[tuple[str, str, str], Decimal] = {}
    for (table, scope), names in wanted.items():
        rows = frames[table]
        if has_scope(plan.tables[table]):
            rows = rows.select("scope", *names).filter(pl.col("scope") == scope)
        found |= {(table, scope, name): added(rows.get_column(name)) for name in names}
    return found


def _sums_of_set_rows(
    plan: Plan, places: list[int], frames: Mapping[str, pl.DataFrame]
) -> dict[tuple[str, str, str], Decimal]:
    """The same for columns that have rows of their own, told by what they set."""
    found: dict[tuple[str, str, str], Decimal] = {}
    runs: dict[tuple[str, tuple[str, ...]], list[tuple[tuple[str, ...], int, int]]] = {}
    for mapped in (plan.columns[place] for place in places):
        if mapped.column.sets:
            names, values = zip(*mapped.column.sets, strict=True)
            where, rows = (mapped.table, names), frames[mapped.table]
            runs[where] = runs[where] if where in runs else _runs(rows.select(names))
            numbers = rows.get_column(mapped.fact.name)
            sums = (added(numbers.slice(start, many)) for said, start, many in runs[where] if said == values)
            found[mapped.table, mapped.scope, f"{mapped.fact.name}{mapped.column.sets}"] = sum(sums, Decimal(0))
    return found


def _runs(rows: pl.DataFrame) -> list[tuple[tuple[str, ...], int, int]]:
    """Rows that follow one another and say the same: what they say, the first of them, and how many they are."""
    ends = {0, rows.height}
    same = rows.select(pl.all().eq_missing(pl.all().first()).all()).row(0)
    for name, is_same in zip(rows.columns, same, strict=True):
        if not is_same:
            ends.update(rows.get_column(name).rle().struct.field("len").cum_sum().to_list())
    return [(rows.row(start), start, end - start) for start, end in pairwise(sorted(ends))]


def _tolerance(values: pl.Series, mapped: Mapped) -> Decimal:
    if mapped.column.parse == "int":
        return Decimal(0)
    return NEAR * (1 + Decimal(str(values.abs().sum())))


def added(numbers: pl.Series) -> Decimal:
    """The sum of a column; counts in 128 bits where 64 might not hold it: two of the largest are more."""
    least, most = (None, None) if numbers.dtype.is_float() else (numbers.min(), numbers.max())
    if isinstance(least, int) and isinstance(most, int) and max(-least, most) * len(numbers) >= TOO_LARGE:
        numbers = numbers.cast(pl.Int128)
    return _decimal(numbers.sum())


def _decimal(value: object) -> Decimal:
    return Decimal(repr(value)) if value is not None else Decimal(0)


def _sums_of_text(
    window: pl.DataFrame, plan: Plan, values: Values, places: list[int], locale: str
) -> dict[int, Decimal]:
    """Add up the cells that were read, as exact decimals: all columns at once, then those with other grammars."""
    nothing = pl.Series([None], dtype=pl.String()).new_from_index(0, window.height)
    columns = []
    summed: dict[tuple[object, ...], int] = {}
    firsts = {}
    for place in places:
        text, found = window.get_column(str(plan.columns[place].index)), values.columns[place]
        same = text.null_count() == found.null_count()
        key = (text.name, *(() if same else (plan.columns[place].column.parse, id(found))))
        firsts[place] = summed.setdefault(key, place)
        if firsts[place] == place:
            columns.append((text if same else text.zip_with(found.is_not_null(), nothing)).alias(str(place)))
    cells = pl.DataFrame(columns)
    totals = _totals(cells, plan, list(summed.values())) if locale.lower().startswith("en") else {}
    sums = {}
    for place, first in firsts.items():
        mapped, total = plan.columns[place], totals.get(first)
        if total is None:
            sums[place] = _one_by_one(cells.get_column(str(first)).drop_nulls(), mapped, locale)
        else:
            sums[place] = scaled(total, mapped.column.scale)
    return sums


def _totals(cells: pl.DataFrame, plan: Plan, places: Sequence[int]) -> dict[int, Decimal]:
    """Exact sums of the numbers in columns of text, less those where some could not be read or the sum is not exact."""
    found = _of_digits(cells.head(LOOKED_AT))
    if cells.height > LOOKED_AT:
        found = _of_digits(cells.select(list(found)))
    sums = {int(name): added(numbers) for name, numbers in found.items()}
    rest = [place for place in places if place not in sums]
    return sums | _with_points(cells.select(map(str, rest)), plan, rest) if rest else sums


def _of_digits(cells: pl.DataFrame) -> dict[str, pl.Series]:
    """Those columns of text whose cells are all digits, as whole numbers."""
    read = cells.select(pl.all().str.to_integer(strict=False))
    return {each.name: each for each in read if each.null_count() == cells.get_column(each.name).null_count()}


def _with_points(cells: pl.DataFrame, plan: Plan, places: Sequence[int]) -> dict[int, Decimal]:
    """The same of numbers that may have a point."""
    exact = cells.select(pl.col(str(place)).cast(_exact_type(plan.columns[place]), strict=False) for place in places)
    return {
        place: Decimal(str(numbers.sum()))
        for place, numbers in zip(places, exact.iter_columns(), strict=True)
        if numbers.null_count() == cells.get_column(numbers.name).null_count() and _is_exact(numbers)
    }


def _is_exact(numbers: pl.Series) -> bool:
    """Whether a column's sum fits its type without a loss, whatever the signs of its parts."""
    if numbers.dtype.is_float():
        return float(numbers.abs().sum()) < EXACT
    ends = (each for each in (numbers.min(), numbers.max()) if isinstance(each, Decimal))
    return all(abs(each) * len(numbers) < BEYOND for each in ends)


def _exact_type(mapped: Mapped) -> pl.DataType:
    """Doubles add up whole numbers without a loss, as far as `EXACT`; what has fractions needs decimals."""
    return pl.Float64() if mapped.column.parse == "int" else pl.Decimal(38, DIGITS)


def _one_by_one(cells: pl.Series, mapped: Mapped, locale: str) -> Decimal:
    with localcontext() as context:
        context.prec = 60
        return sum((_exactly(cell, mapped, locale) * count for cell, count in cells.value_counts().rows()), Decimal(0))


def _exactly(cell: str, mapped: Mapped, locale: str) -> Decimal:
    """Read one cell without the grammar of `numerals`: drop what groups digits, then a point before the fraction."""
    name = locale.lower().replace("_", "-")
    group, point = GROUPS.get(name) or GROUPS[name.partition("-")[0]]
    text = re.sub(f"[{re.escape(group)}]", "", cell.strip()).replace(point, ".").replace(MINUS, "-")
    if text.endswith("%"):
        return Decimal(text[:-1].strip()) / 100
    return scaled(Decimal(text), mapped.column.scale)
