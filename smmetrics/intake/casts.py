"""From text cells to typed values, column by column: quick where all is plain, exact and explained where not.

The quick way casts the whole column at once. Cells it leaves empty are read one distinct cell at a time by the strict
grammars, and a cell that fails there carries its reason.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

import polars as pl

from smmetrics.intake import moments, numerals
from smmetrics.intake.jsonpath import MANY
from smmetrics.intake.numerals import Fault
from smmetrics.intake.written import Written

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from smmetrics.api.sources import Column

LOST = r"^[+-]?\d[.,]\d+[eE]\+?\d+$|^[+-]?\d+[eE]\+\d+$"
FLOATED = r"^\d+\.0*$"
ODD = r"[^!\"$-*\-/-~]"
"""What an id may have been changed by: all but ASCII that shows; plus, comma and point, as of rounded numbers; and
the sign with which a spreadsheet's errors begin."""
ERROR = r"^#(?:[A-ZÀ-Þ][A-ZÀ-Þ/0]*[!?]|N/A|NV|N/D|#+)$"
"""What a spreadsheet shows in place of a cell that it took for a formula (``#NAME?`` of an id with a dash in front)."""
MARKED = r'(?s)^"([^"]+)"$'
"""A text of several that stands in quotation marks."""
CONTROL = r"[\x00-\x1f\x7f]"
NUMERIC: Mapping[str, pl.DataType] = {"int": pl.Int64(), "number": pl.Float64(), "percent": pl.Float64()}
"""Parse words of numbers, and what the quick way makes of them."""
FEW = 1 << 8
"""Cells up to which it is quicker to look up each than to have all replaced."""
EXACT_DIGITS = 15
"""A double holds whole numbers of 15 decimal digits exactly; a longer one that was a float may have changed."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Ways:
    """How this file writes things: the language of numbers, the zone of local times, the year where none is written.

    ``first``: the day that days are counted from. ``dates``: whether a date may also be a date of its own kind, as in a
    sheet (its text is an ISO date then). ``written``: what its numbers turn out to look like.
    """

    locale: str = "en"
    zone: str = "UTC"
    year: int | None = None
    first: date | None = None
    dates: bool = False
    written: Written = field(default_factory=Written, compare=False)

    def formats(self, parse: str) -> str:
        """A column's ``parse`` with the forms this file may write beside it."""
        iso = " | %Y-%m-%d %H:%M:%S | %Y-%m-%d" if parse.startswith("instant") else " | %Y-%m-%d"
        return parse + iso if self.dates else parse


@dataclass(frozen=True, kw_only=True, slots=True)
class Cast:
    """A column's values, and by row the reason where a cell failed (None: none did). ``days`` come with instants."""

    values: pl.Series
    faults: pl.Series | None = None
    days: pl.Series | None = None


def clean(text: pl.Expr, missing: frozenset[str]) -> pl.Expr:
    """Null for empty cells and missing marks: not reported, never 0."""
    gone = pl.any_horizontal(text == mark for mark in ("", *sorted(missing)))
    return pl.when(gone).then(pl.lit(None, dtype=pl.String())).otherwise(text)


def has_quick_way(column: Column) -> bool:
    """Whether `quick` may read a column's plain cells."""
    return column.scale == 1 and column.parse.partition(" ")[0] in NUMERIC


def quick(cells: pl.Expr, column: Column, ways: Ways, *, floated: bool = True) -> pl.Expr | None:
    """The plain cells of a numeric column, all at once; null where a cell needs the exact way. None: no quick way.

    What comes out still has to pass `allowed`. ``floated``: whether whole numbers may be written ``424.0``.
    """
    word = column.parse.partition(" ")[0]
    point = ways.locale.lower().startswith("en")
    if not has_quick_way(column):
        return None
    if word == "int":
        return (cells.str.strip_suffix(".0") if point and floated else cells).cast(pl.Int64(), strict=False)
    if point:
        return cells.cast(pl.Float64(), strict=False)
    return cells.cast(pl.Int64(), strict=False).cast(pl.Float64())


def allowed(found: pl.Series, column: Column) -> pl.Series:
    """What `quick` found, without what the exact way has to judge: what is not finite, or negative where none may be.

    Two looks at a finished column cost less than a condition in its expression, which would make it twice.
    """
    if found.dtype.is_float() and not math.isfinite(found.sum()):
        found = found.set(~found.is_finite(), None)
    least = None if column.negative else found.min()
    return found.set(found < 0, None) if isinstance(least, int | float) and least < 0 else found


def cast(cells: pl.Series, plain: pl.Series | None, column: Column, ways: Ways, missing: frozenset[str]) -> Cast:
    """Read a column of `clean` cells as its ``parse`` says; ``plain`` is what `quick` made of them."""
    word = column.parse.partition(" ")[0]
    if word == "text":
        return Cast(values=cells)
    if word == "texts":
        return Cast(values=_lists(cells, column.parse.partition(" ")[2]))
    if word == "date":
        return _checked(cells, moments.days(cells, ways.formats(column.parse), ways.year, ways.first), "not_a_date")
    if word == "instant":
        return _instants(cells, column, ways)
    if word == "id":
        return _ids(cells)
    exact, dtype = _exact(word, column, ways)
    found = pl.Series([None], dtype=dtype).new_from_index(0, len(cells)) if plain is None else plain
    return _repaired(cells, found, exact, dtype, (missing, ways if word in NUMERIC else None))


def _lists(cells: pl.Series, divider: str) -> pl.Series:
    """Cells that hold several texts: elements of a JSON array, or parts of a cell between ``divider``."""
    parts = cells.str.split(divider or MANY)
    parts = parts.list.eval(pl.element().str.strip_chars()) if divider else parts
    if divider and cells.str.contains('"', literal=True).any():
        parts = parts.list.eval(pl.element().str.replace(MARKED, "$1").str.strip_chars())
    return parts.list.eval(pl.element().filter(pl.element() != ""))


def _exact(word: str, column: Column, ways: Ways) -> tuple[Callable[[str], object], pl.DataType]:
    how = {"locale": ways.locale, "scale": column.scale, "negative": column.negative}
    ways_of: dict[str, tuple[Callable[[str], object], pl.DataType]] = {
        "int": (partial(numerals.integer, **how), pl.Int64()),  # type: ignore[arg-type]
        "number": (partial(numerals.number, **how), pl.Float64()),  # type: ignore[arg-type]
        "percent": (partial(numerals.percent, **how), pl.Float64()),  # type: ignore[arg-type]
        "duration": (partial(numerals.duration, scale=column.scale), pl.Float64()),
        "bool": (numerals.truth, pl.Boolean()),
    }
    return ways_of[word]


def _repaired(
    cells: pl.Series,
    found: pl.Series,
    exact: Callable[[str], object],
    dtype: pl.DataType,
    how: tuple[frozenset[str], Ways | None],
) -> Cast:
    """Read the cells the quick way left empty one by one (each distinct one once).

    ``how``: what is missing, and the ways of a file whose numbers these are.
    """
    missing, ways = how
    if found.null_count() == cells.null_count():
        return Cast(values=found)
    none_found = found.null_count() == len(found) and not cells.null_count()
    rows, wanted = (None, cells) if none_found else _left(cells, found)
    read = {cell: None if cell.strip() in missing or not cell.strip() else exact(cell) for cell in wanted.unique()}
    if ways is not None:
        for cell, value in read.items():
            ways.written.note(cell, value, ways.locale)
    values = {cell: None if isinstance(value, Fault) else value for cell, value in read.items()}
    reasons = {cell: value.reason if isinstance(value, Fault) else None for cell, value in read.items()}
    faults = None
    if any(reasons.values()):
        nothing = pl.Series([None], dtype=pl.String()).new_from_index(0, len(cells))
        faults = _put(nothing, rows, _said_of(wanted, reasons, pl.String()))
    return Cast(values=_put(found, rows, _said_of(wanted, values, dtype)), faults=faults)


def _left(cells: pl.Series, found: pl.Series) -> tuple[pl.Series, pl.Series]:
    """Rows whose cell nothing was found for, and these cells."""
    left = cells.is_not_null() & found.is_null()
    return left.arg_true(), cells.filter(left)


def _put(series: pl.Series, rows: pl.Series | None, values: pl.Series) -> pl.Series:
    """A column with other values in some rows; None: in all."""
    return values if rows is None else series.clone().scatter(rows, values)


def _said_of(cells: pl.Series, said: Mapping[str, object], dtype: pl.DataType) -> pl.Series:
    """What is said of each cell, by what is said of each distinct one."""
    if len(cells) <= FEW:
        return pl.Series([said[cell] for cell in cells], dtype=dtype)
    return cells.replace_strict(list(said), pl.Series(list(said.values()), dtype=dtype), return_dtype=dtype)


def _checked(cells: pl.Series, found: pl.Series, reason: str) -> Cast:
    if found.null_count() == cells.null_count():
        return Cast(values=found)
    return Cast(values=found, faults=_where(cells.is_not_null() & found.is_null(), reason))


def _instants(cells: pl.Series, column: Column, ways: Ways) -> Cast:
    found = moments.moments(cells, ways.formats(column.parse), ways.zone, ways.year)
    checked = _checked(cells, found.instants, "not_a_date")
    faults = checked.faults
    if faults is not None and found.ambiguous is not None:
        faults = _where(found.ambiguous, "ambiguous_date").zip_with(found.ambiguous, faults)
    return Cast(values=found.instants, faults=faults, days=found.days)


def _where(rows: pl.Series, reason: str) -> pl.Series:
    return pl.select(pl.when(rows).then(pl.lit(reason)).otherwise(pl.lit(None, dtype=pl.String()))).to_series()


def _ids(cells: pl.Series) -> Cast:
    """Ids are text. What a spreadsheet made of one is undone where no digit can have been lost."""
    if not _heads(cells).str.contains(ODD).any():
        lost = _rounded(cells)
        return Cast(values=cells, faults=None if lost is None else _where(lost, "id_precision_lost"))
    found = cells.str.strip_chars()
    floated = found.str.contains(FLOATED) & (found.str.find(".", literal=True) <= EXACT_DIGITS)
    found = found.str.replace(r"\.0*$", "").zip_with(floated.fill_null(value=False), found)
    lost = found.str.contains(f"{LOST}|{FLOATED}").fill_null(value=False)
    rounded = _rounded(found)
    lost = lost if rounded is None else lost | rounded
    faults = _where(lost, "id_precision_lost") if lost.any() else None
    for signs, reason in ((ERROR, "spreadsheet_error"), (CONTROL, "bad_encoding")):
        broken = found.str.contains(signs).fill_null(value=False)
        if broken.any():
            told = _where(broken, reason)
            faults = told if faults is None else told.zip_with(broken, faults)
    return Cast(values=found, faults=faults)


def _heads(cells: pl.Series) -> pl.Series:
    """Cells that differ from the one above them: where something holds of all of these, it holds of all."""
    return cells.filter(cells.ne_missing(cells.shift()))


def _rounded(ids: pl.Series) -> pl.Series | None:
    """Long ids, where most end in zeros from the sixteenth digit on: a spreadsheet held them as numbers."""
    known = len(ids) - ids.null_count()
    few = 3
    if known < few or 2 * int(ids.str.ends_with("00").sum()) <= known:
        return None
    zeros = ids.str.contains(r"^\d{15}0{2,}$")
    if 2 * int(zeros.sum()) <= known:
        return None
    return ids.str.contains(r"^\d{17,}$").fill_null(value=False)
