"""Months in the languages of the world's exports: babel's names, which share nothing with ours, are the oracle."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest
from babel.dates import get_month_names

from smmetrics.intake.moments import days, moments
from smmetrics.intake.monthnames import NAMES

LANGUAGES = ("en", *NAMES)


def shown(month, language, *, width, context):
    return f"{month}. {get_month_names(width, context, language)[month]} 2026"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("width", "format_"), [("wide", "%d. %B %Y"), ("abbreviated", "%d. %b %Y")])
@pytest.mark.parametrize("context", ["format", "stand-alone"])
def test_each_month_of_each_language_is_that_month(language, width, format_, context):
    cells = [shown(month, language, width=width, context=context) for month in range(1, 13)]
    expected = [date(2026, month, month) for month in range(1, 13)]
    assert days(pl.Series("t", cells), f"date {format_}", None).to_list() == expected
    read = moments(pl.Series("t", [f"{cell} 10:30" for cell in cells]), f"instant {format_} %H:%M", "UTC", None)
    assert [each.date() for each in read.instants.to_list()] == expected


def test_a_word_that_is_no_month_gives_no_date():
    cells = pl.Series("t", ["1 janvier 2026", "1 vendémiaire 2026", "31 février 2026", "1 mars 2026 et", None])
    assert days(cells, "date %d %B %Y", None).to_list() == [date(2026, 1, 1), None, None, None, None]
