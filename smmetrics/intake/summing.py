"""The second check: what a numeric column sums to as text must be what was kept of it and what was set aside."""

from __future__ import annotations

import re
from decimal import Decimal, localcontext
from typing import TYPE_CHECKING

import polars as pl

from smmetrics.api.errors import PluginFault
from smmetrics.intake.numerals import GROUPS, MINUS, scaled
from smmetrics.intake.shaping import has_scope

if TYPE_CHECKING:
    from collections.abc import Mapping

    from smmetrics.intake.cells import Values
    from smmetrics.intake.plan import Mapped, Plan

DIGITS = 18
NEAR = Decimal("1e-9")
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
    for place, mapped in enumerate(plan.columns):
        if not mapped.measured or mapped.column.parse not in CHECKED:
            continue
        found = values.columns[place]
        if found.null_count() == len(found):
            continue
        from_text = _sum_of_text(window.get_column(str(mapped.index)).filter(found.is_not_null()), mapped, locale)
        aside = found.filter(~kept)
        from_rows = _sum(_rows(frames[mapped.table], plan, mapped)) + _sum(aside)
        if abs(from_text - from_rows) > _tolerance(found, mapped):
            message = f"The column {mapped.header!r} sums to {from_text} as text and to {from_rows} as kept."
            hint = "Nothing was stored; this is a fault of the reader."
            raise PluginFault(message, hint=hint, code="sums.disagree")


def _rows(frame: pl.DataFrame, plan: Plan, mapped: Mapped) -> pl.Series:
    if has_scope(plan.tables[mapped.table]):
        frame = frame.filter(pl.col("scope") == mapped.scope)
    return frame.get_column(mapped.fact.name)


def _tolerance(values: pl.Series, mapped: Mapped) -> Decimal:
    if mapped.column.parse == "int":
        return Decimal(0)
    return NEAR * (1 + Decimal(str(values.abs().sum())))


def _sum(values: pl.Series) -> Decimal:
    if values.dtype.is_integer():
        return Decimal(int(values.cast(pl.Int128).sum() or 0))
    return Decimal(repr(float(values.sum() or 0.0)))


def _sum_of_text(cells: pl.Series, mapped: Mapped, locale: str) -> Decimal:
    """Add up cells as exact decimals: at once where all are plain, else one distinct cell at a time."""
    places = 2 if mapped.column.parse == "int" else DIGITS
    if locale.lower().startswith("en"):
        exact = cells.cast(pl.Decimal(38, places), strict=False)
        if not exact.null_count():
            return scaled(Decimal(str(exact.sum())), mapped.column.scale)
    with localcontext() as context:
        context.prec = 60
        counted = cells.value_counts().rows()
        return sum((_exactly(cell, mapped, locale) * count for cell, count in counted), Decimal(0))


def _exactly(cell: str, mapped: Mapped, locale: str) -> Decimal:
    """Read one cell without the grammar of `numerals`: drop what groups digits, then a point before the fraction."""
    name = locale.lower().replace("_", "-")
    group, point = GROUPS.get(name) or GROUPS[name.partition("-")[0]]
    text = re.sub(f"[{re.escape(group)}]", "", cell.strip()).replace(point, ".").replace(MINUS, "-")
    if text.endswith("%"):
        return Decimal(text[:-1].strip()) / 100
    return scaled(Decimal(text), mapped.column.scale)
