"""Many lines of a form at once: each different cell of a column is read once, and ids are made for all.

Lines without an id of their own get one from what they say and their number among equal lines, so that the same form
read twice, or two forms that overlap, give the same rows once.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import polars as pl

from smmetrics_offline.cells import Fault

if TYPE_CHECKING:
    from collections.abc import Sequence

    from smmetrics.api import FormColumn
    from smmetrics_offline.sheet import Sheet

ODD = r"[\r\x1c-\x1f]"
"""Signs that divide cells or count as blanks for Python and not for Polars."""
HOURS = "hours"
NUMBER = pl.Float64()
DIVIDER = "\x1f"


def taken(sheet: Sheet, header: Sequence[str], frame: pl.DataFrame) -> tuple[pl.DataFrame, list[int]]:
    """The rows of all lines that are plainly written, and the numbers of the others."""
    if sheet.table == "labels":  # what a value may be hangs on the kind beside it
        return sheet.nothing, frame.get_column("record").to_list()
    places = {name: str(place) for place, name in enumerate(header)}
    plain = pl.Series([True]).new_from_index(0, frame.height)
    columns: dict[str, pl.Series] = {"record": frame.get_column("record")}
    clocks: list[pl.Series] = []
    for column in sheet.form.columns:
        if column.name not in places:
            plain = plain & (not sheet.is_needed(column))
            continue
        raw = frame.get_column(places[column.name])
        cells = raw.str.strip_chars()
        read = _read(sheet, column, cells)
        columns[column.name] = read.get_column("value")
        plain &= read.get_column("plain") & ~raw.str.contains(ODD)
        if column.entry == "time":
            clocks.append(read.get_column("clock").fill_null(value=True))
        if column is sheet.first:
            columns["day"] = read.get_column("day")
    if sheet.form.name == "effort":
        minutes = [columns[name] for name in ("minutes", HOURS) if name in columns]
        columns["minutes"] = pl.select(pl.coalesce(minutes)).to_series() if minutes else pl.Series([None], dtype=NUMBER)
        plain &= columns["minutes"].is_not_null()
    if "from" in columns and "to" in columns:
        plain &= ~(columns["to"] <= columns["from"]).fill_null(value=False)
    found = pl.DataFrame({name: cells.alias(name) for name, cells in columns.items() if name in sheet.schema})
    given: dict[str, pl.Expr] = {"platform": pl.lit("offline")} if "platform" not in found.columns else {}
    if "precision" in sheet.schema:
        exact = pl.select(pl.all_horizontal(clocks)).to_series() if clocks else pl.lit(value=True)
        given["precision"] = pl.when(exact).then(pl.lit("instant")).otherwise(pl.lit("day"))
    lacking = {name: kind for name, kind in sheet.schema.items() if name not in found.columns and name not in given}
    given |= {name: pl.lit(None, dtype=kind) for name, kind in lacking.items()}
    rows = found.with_columns(**given).select(list(sheet.schema))
    return rows.filter(plain), frame.get_column("record").filter(~plain).to_list()


def _read(sheet: Sheet, column: FormColumn, cells: pl.Series) -> pl.DataFrame:
    """A column's values, whether each cell is plain, and of times the days and whether there is a clock."""
    filled = cells != ""
    needed = sheet.is_needed(column)
    if sheet.as_written(column):
        texts = cells.set(~filled, None)
        return pl.DataFrame({"value": texts, "plain": filled if needed else filled | True})
    kind = NUMBER if column.name == HOURS else sheet.schema[column.name]
    schema = {"cell": pl.String(), "value": kind, "plain": pl.Boolean(), "day": pl.Date(), "clock": pl.Boolean()}
    each = pl.DataFrame([_one(sheet, column, cell) for cell in cells.unique()], schema=schema, orient="row")
    return cells.to_frame("cell").join(each, on="cell", how="left", maintain_order="left")


def _one(sheet: Sheet, column: FormColumn, cell: str) -> tuple[Any, ...]:
    """A cell with its value, whether it is plain, its day and whether a clock stands in it."""
    beside: dict[str, Any] = {}
    clocks: list[bool] = []
    try:
        of_hours = sheet.form.name == "effort" and column.name == HOURS and cell
        value = sheet.minutes(cell) if of_hours else sheet.value(column, cell, beside, clocks)
    except Fault:
        return cell, None, False, None, None
    return cell, value, True, beside.get("day"), all(clocks) if clocks else None


def identified(rows: pl.DataFrame, name: str | None) -> pl.DataFrame:
    """The rows with an id each: the one they bring, else one made of what they say."""
    if name is None or not rows.height:
        return rows
    said = rows.select(pl.concat_str(_parts(rows, name), separator=DIVIDER).alias("said"))
    numbered = said.with_columns(number=pl.int_range(1, pl.len() + 1).over("said"))
    made = [
        hashlib.sha256(f"{text}{DIVIDER}{number}".encode()).hexdigest()[:32] for text, number in numbered.iter_rows()
    ]
    return rows.with_columns(pl.col(name).fill_null(pl.Series(made, dtype=pl.String())))


def _parts(rows: pl.DataFrame, name: str) -> list[pl.Series]:
    """What the cells of a row say, by name."""
    parts = []
    for each in sorted(set(rows.columns) - {name, "record"}):
        cells = rows.get_column(each)
        if cells.dtype == pl.String():
            texts = cells.fill_null("None")
        else:
            distinct = cells.unique()
            texts = cells.replace_strict(distinct, pl.Series(map(str, distinct)), return_dtype=pl.String())
        parts.append((f"{each}=" + texts).alias(each))
    return parts
