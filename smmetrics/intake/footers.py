"""Rows that sum up others: told by their first cell, or by the one that says what a row is of.

Patterns are Python's. Where one means the same to Polars, Polars looks at all cells at once, and Python only at those
that it finds.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from smmetrics.intake.moments import formats

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Sequence

    import polars as pl

    from smmetrics.intake.cells import Values
    from smmetrics.intake.plan import Plan
    from smmetrics.intake.quarantine import Rejection

LONG = "too_many_fields"
LOOKED_AT = 1 << 10
"""Cells by which it is told whether a column says the same things again and again."""
DELIMITERS = re.compile(r"[,;\t|]")
SHORT, LAST = "too_few_fields", "unterminated_last_record"
SAME = re.compile(
    r"\^?(?:[A-Za-z0-9 \u00ad\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3#|)]|[?+*](?![?+*])|\\d|\((?!\?)|\(\?i?:)*\$?"
)
"""Patterns of letters (of kana, Han and Hangul too), choices and anchors. Only a line end in a cell makes a difference
to them."""
NUMBER_FIRST = re.compile("%[YymdHj]|@")
"""Formats of dates that begin with a number."""
_LETTER = r"(?:#|[^\W\d_])(?![?*])"
WORDS = re.compile(rf"\^(?:\$|(?:\(\?i?:{_LETTER}[^()|]*(?:\|{_LETTER}[^()|]*)*\)|{_LETTER})[^()|]*)")
"""Patterns of what is empty or begins with a letter."""


def footers(frame: pl.DataFrame, plan: Plan, numbers: Container[int] = ()) -> list[int]:
    """Rows of a window that sum up others, in order. ``numbers``: positions at which no cell is a word or empty."""
    patterns = plan.source.layout.footer
    if not patterns:
        return []
    found: set[int] = set()
    in_words = all(map(WORDS.fullmatch, patterns))
    for index in {0, *plan.keys}:
        if in_words and index in numbers:
            continue
        cells = frame.get_column(str(index))
        if not index:
            given = cells.fill_null("")
        else:
            empty = cells == ""
            given = cells.set(empty, None) if empty.any() else cells
        found.update(_rows(given, patterns))
    return sorted(found)


def numbered(plan: Plan, values: Values) -> set[int]:
    """Positions at which all cells are dates that begin with a number: no word stands there, and none is empty."""
    return {
        mapped.index
        for place, mapped in enumerate(plan.columns)
        if mapped.column.parse.startswith("date ")
        and all(NUMBER_FIRST.match(each) for each in formats(mapped.column.parse))
        and not values.columns[place].null_count()
    }


def without_notes(rejected: Iterable[Rejection], plan: Plan) -> list[Rejection]:
    """Records set aside, less those that a source knows as no records: lines of one cell alone, and sums.

    A sum may bear its name behind its last number, where no column is; and one at the end of a file without a last
    line end takes no record with it, whether its numbers are whole or not.
    """
    search = [re.compile(pattern).search for pattern in plan.source.layout.footer]
    return [each for each in rejected if not (text := _named(each)) or not any(found(text) for found in search)]


def _named(each: Rejection) -> str:
    """What a record set aside calls itself; empty where its cells are those of a record."""
    if each.reason == SHORT:
        return each.excerpt.strip().strip('"')
    cells = [cell.strip().strip('"') for cell in DELIMITERS.split(each.excerpt)]
    if each.reason == LAST:
        return cells[0]
    return cells[-1] if each.reason == LONG and not cells[0] else ""


def _rows(cells: pl.Series, patterns: Sequence[str]) -> list[int]:
    """Rows whose cell fits one of some patterns; an absent cell fits none.

    A file's days and channels are few: each is looked at once. Where cells begin with a digit and no pattern does, only
    those that begin otherwise are looked at.
    """
    first = cells.head(LOOKED_AT)
    if all(map(WORDS.fullmatch, patterns)) and not _without_digit(first).any():
        said = cells.filter(_without_digit(cells))
    else:
        said = (cells.unique() if 2 * first.n_unique() <= len(first) else cells).drop_nulls()
    if all(map(SAME.fullmatch, patterns)):
        said = said.filter(said.str.contains("|".join((*patterns, "\n"))))
    searches = [re.compile(pattern).search for pattern in patterns]
    fitting = [cell for cell in said.to_list() if any(search(cell) for search in searches)]
    return cells.is_in(fitting).arg_true().to_list() if fitting else []


def _without_digit(cells: pl.Series) -> pl.Series:
    """Cells that are empty or begin with something else than a digit."""
    return (cells < "0") | (cells >= ":")
