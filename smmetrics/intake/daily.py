"""Rows that are said to be days, and are weeks or months: told by how far apart they lie."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import polars as pl

from smmetrics.api.errors import BadData
from smmetrics.intake import moments
from smmetrics.words import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from smmetrics.intake.casts import Ways
    from smmetrics.intake.plan import Plan

DIGIT = re.compile(r"\d")
"""No date is without one; a header and a word for the sum are, and would be tried in all formats and languages."""
WEEK = 7
ENOUGH = 3
"""Two dates a week apart may be two days on which something happened."""


def check_daily(plan: Plan, rows: Sequence[Sequence[str]], ways: Ways) -> None:
    """Look at the first rows of a file. Raises `BadData` where no two of their dates are less than a week apart."""
    dated = next((mapped for mapped in plan.columns if mapped.fact.name in {"window_start", "day"}), None)
    if dated is None:
        return
    said = [row[dated.index].strip() for row in rows if len(row) > dated.index]
    cells = pl.Series([cell for cell in said if DIGIT.search(cell)], dtype=pl.String())
    found = moments.days(cells, ways.formats(dated.column.parse), ways.year, ways.first).drop_nulls().unique().sort()
    apart = found.diff().drop_nulls().dt.total_days()
    least = apart.min()
    if len(found) >= ENOUGH and isinstance(least, int) and least >= WEEK:
        message = say("intake.range.not_daily", days=least, source=plan.source.id)
        raise BadData(message, hint=say("intake.range.not_daily_hint"), code="time.too_coarse")
