"""Names of months in the languages exports and hand-kept tables are written in, each word of one month only."""

from __future__ import annotations

import re
from functools import cache

import polars as pl

ENGLISH = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
NAMES = {
    "de": "januar jänner|februar feber|märz|april|mai|juni|juli|august|september|oktober|november|dezember",
    "fr": "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre",
    "es": "enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre setiembre|octubre|noviembre|diciembre",
    "it": "gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|agosto|settembre|ottobre|novembre|dicembre",
    "pt": "janeiro|fevereiro|março|abril|maio|junho|julho|agosto|setembro|outubro|novembro|dezembro",
    "nl": "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december",
    "sv": "januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december",
    "da": "januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december",
    "nb": "januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember",
    "pl": "styczeń stycznia|luty lutego|marzec marca|kwiecień kwietnia|maj maja|czerwiec czerwca|lipiec lipca|"
    "sierpień sierpnia|wrzesień września|październik października|listopad listopada|grudzień grudnia",
}
SHORT = {
    "de": "jan|feb|mär mrz|apr||jun|jul|aug|sep sept|okt|nov|dez",
    "fr": "janv|févr fév||avr|||juil||sept|oct|nov|déc",
    "es": "ene|feb|mar|abr|may|jun|jul|ago|sep sept|oct|nov|dic",
    "it": "gen|feb|mar|apr|mag|giu|lug|ago|set|ott|nov|dic",
    "pt": "jan|fev|mar|abr|mai|jun|jul|ago|set|out|nov|dez",
    "nl": "jan|feb|mrt|apr||jun|jul|aug|sep sept|okt|nov|dec",
    "sv": "jan|feb||apr||jun|jul|aug|sep sept|okt|nov|dec",
    "nb": "jan|feb|mar|apr||jun|jul|aug|sep sept|okt|nov|des",
    "pl": "sty|lut|mar|kwi||cze|lip|sie|wrz|paź|lis|gru",
}
WORD = re.compile(r"[^\W\d_]{3,}\.?")
NAMED = re.compile(r"%[bBh]")


def named(format_: str) -> bool:
    """Whether a format has the name of a month."""
    return NAMED.search(format_) is not None


def in_english(cell: str, format_: str) -> str:
    """A cell with names of months of other languages in English, as ``format_`` wants them; other words stay."""
    whole = "%B" in format_

    def put(match: re.Match[str]) -> str:
        month = _months().get(match[0].removesuffix(".").casefold())
        return match[0] if month is None else ENGLISH[month] if whole else ENGLISH[month][:3]

    return WORD.sub(put, cell)


def has_word(cells: pl.Series) -> pl.Series:
    """Which cells have a word that may name a month."""
    return cells.str.contains(r"\p{L}{3}")


def translated(cells: pl.Series, format_: str) -> pl.Series:
    """The same for a column, each distinct cell once."""
    distinct = cells.drop_nulls().unique()
    words = pl.Series([in_english(cell, format_) for cell in distinct.to_list()], dtype=pl.String())
    return cells.replace_strict(distinct, words, default=None, return_dtype=pl.String()) if len(distinct) else cells


@cache
def _months() -> dict[str, int]:
    """Each word's month, from 0. A word that is two months in two languages would be none; there is no such word."""
    found: dict[str, set[int]] = {}
    for names in (*NAMES.values(), *SHORT.values()):
        for month, words in enumerate(names.split("|")):
            for word in words.split():
                found.setdefault(word, set()).add(month)
    for month, name in enumerate(ENGLISH):
        for word in (name.casefold(), name[:3].casefold()):
            found.setdefault(word, set()).add(month)
    return {word: min(months) for word, months in found.items() if len(months) == 1}
