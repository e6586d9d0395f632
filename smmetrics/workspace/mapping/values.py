"""What the values of a column are: dates, numbers, durations, words. Doubt is said and not decided."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING

from smmetrics.intake.moments import GREENWICH
from smmetrics.intake.monthnames import in_english, named
from smmetrics.intake.numerals import Fault, duration, number, percent

if TYPE_CHECKING:
    from collections.abc import Sequence

DAYS = (
    "%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%d.%m.%Y", "%m/%d/%Y", "%d/%m/%Y", "%d-%m-%Y", "%m-%d-%Y", "%Y%m%d",
    "%b %d, %Y", "%B %d, %Y", "%a, %b %d, %Y", "%d %b %Y", "%d %B %Y", "%d-%b-%y", "%m/%d/%y", "%d/%m/%y", "%d.%m.%y",
    "%d. %B %Y", "%d. %b %Y", "%d de %B de %Y", "%d de %b de %Y", "%B %d", "%b %d", "%d %B", "%d %b",
    "%d de %B", "%d de %b", "%d. %B", "%d. %b",
)  # fmt: skip
MONTHS = (
    "%b %Y", "%B %Y", "%Y-%m", "%m/%Y", "%m.%Y", "%b-%y", "%b %y", "%Y %b", "%Y %B", "%B de %Y",
    "%b de %Y", "%b", "%B",
)  # fmt: skip
NAMES_ALONE = frozenset({"%b", "%B"})
"""Formats without any number."""
CLOCKS = (
    "%Y-%m-%dT%H:%M:%S%z", "%Y-%m-%dT%H:%M:%S.%f%z", "%Y-%m-%d %H:%M:%S%z", "%Y-%m-%d %H:%M:%S %z",
    "%Y/%m/%d %H:%M:%S %z", "%Y/%m/%d %H:%M:%S", "%Y/%m/%d %H:%M",
    "%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M:%S.%f", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M",
    "%d.%m.%Y %H:%M", "%d.%m.%Y %H:%M:%S", "%m/%d/%Y %H:%M", "%d/%m/%Y %H:%M", "%m/%d/%Y %H:%M:%S",
    "%d/%m/%Y %H:%M:%S", "%m/%d/%y %H:%M", "%d/%m/%y %H:%M", "%m/%d/%Y %I:%M:%S %p", "%m/%d/%Y %I:%M %p",
    "%a %b %d %H:%M:%S %z %Y", "%b %d, %Y %H:%M", "%b %d, %Y, %I:%M %p", "%a, %d %b %Y %H:%M:%S %z",
)  # fmt: skip
PLAIN = re.compile(r"[0-9]{1,15}")
"""Digits are the same number in every way of writing."""
DIGIT = re.compile(r"\d")
SERIAL = re.compile(r"[3-6]\d{4}(?:\.\d+)?")
"""Days between 1982 and 2091, with the hour as a fraction."""
MIDNIGHT = re.compile(r"[T ]00:00(?::00(?:\.0+)?)?\s?(?:Z|UTC|GMT|[+-]00:?00)?$")
LOCALES = ("en", "de", "fr")
COMMON = frozenset({"-", "–", "n/a", "na", "none", "null", "nan", "#n/a", "--"})
"""Cells that often mean that nothing was reported."""
FEW = 5
SEVERAL = 1


@dataclass(frozen=True, kw_only=True, slots=True)
class Nature:
    """What a column's values are: ``dates``, ``clocks`` and ``months`` are the formats that fit all of them.

    ``whole``, ``numbers``: the ways of writing numbers that fit, with what they make of the values; ``missing``: cells
    that look like *not reported*.
    """

    values: tuple[str, ...]
    distinct: int
    dates: tuple[str, ...] = ()
    clocks: tuple[str, ...] = ()
    months: tuple[str, ...] = ()
    whole: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    in_doubt: bool = False
    shares: bool = False
    durations: bool = False
    missing: tuple[str, ...] = ()

    @property
    def numeric(self) -> bool:
        """Whether all values are numbers in some way of writing."""
        return bool(self.numbers)

    @property
    def dated(self) -> bool:
        """Whether all values are dates in some way of writing."""
        return bool(self.dates or self.clocks or self.months)


def nature(cells: Sequence[str]) -> Nature:
    """Look at a column's cells, empty ones left out."""
    filled = [cell.strip() for cell in cells if cell.strip()]
    missing = tuple(sorted({cell for cell in filled if cell.casefold() in COMMON}))
    values = [cell for cell in filled if cell not in missing]
    shown = tuple(dict.fromkeys(values))
    if not values:
        return Nature(values=(), distinct=0, missing=missing)
    read = {locale: found for locale in LOCALES if (found := _numbers(shown, locale)) is not None}
    numbers = tuple(read)
    return Nature(
        values=shown[:FEW],
        distinct=len(shown),
        dates=_fitting(shown, DAYS),
        clocks=_fitting(shown, CLOCKS),
        months=_fitting(shown, MONTHS),
        whole=tuple(locale for locale, found in read.items() if _whole(shown, found)),
        numbers=numbers,
        in_doubt=len(set(read.values())) > 1,
        shares=not numbers and all(_is_share(cell) for cell in shown),
        durations=not numbers and all(not isinstance(duration(cell, scale=1.0), Fault) for cell in shown),
        missing=missing,
    )


def only_midnight(values: Sequence[str]) -> bool:
    """Whether a time of day stands there and is always midnight: the source knows days only."""
    return all(MIDNIGHT.search(value) for value in values)


def only_serials(values: Sequence[str]) -> bool:
    """Whether days stand there as a spreadsheet counts them (44008 is 2020-06-26), which lost how they are shown."""
    return bool(values) and all(SERIAL.fullmatch(value) for value in values)


def only_words(values: Sequence[str]) -> bool:
    """Whether no value has a digit: such words are no dates that somebody could mean."""
    return bool(values) and not any(map(DIGIT.search, values))


def sentences(values: Sequence[str]) -> bool:
    """Whether most values are of several words, as ids seldom are."""
    return 2 * sum(len(value.split()) > SEVERAL for value in values) > len(values)


def _fitting(values: Sequence[str], formats: Sequence[str]) -> tuple[str, ...]:
    """The formats that fit all values. Nearly all have a number in them: words need not be tried with those."""
    digits = all(map(DIGIT.search, values))
    left = [format_ for format_ in formats if digits or format_ in NAMES_ALONE]
    for value in values:
        left = [format_ for format_ in left if _fits(value, format_)]
        if not left:
            break
    return tuple(left)


@lru_cache(maxsize=1 << 14)
def _fits(value: str, format_: str) -> bool:
    has_year = re.search("%[Yy]", format_)
    value = in_english(value, format_) if named(format_) else value
    text, pattern = (value, format_) if has_year else (f"{value} 2000", f"{format_} %Y")
    if value.isdigit() and format_ != "%Y%m%d":
        return False
    if "%y" in format_ and re.search(r"\d{4}(?!\d*:)", value):
        return False
    try:
        datetime.strptime(re.sub(GREENWICH, r"+0000\1", text) if "%z" in pattern else text, pattern)  # noqa: DTZ007
    except ValueError:
        return False
    return True


def _numbers(values: Sequence[str], locale: str) -> tuple[float, ...] | None:
    """All values as numbers of a way of writing; none where one is no number."""
    found: list[float] = []
    for cell in values:
        if PLAIN.fullmatch(cell):
            found.append(float(cell))
            continue
        value = number(cell, locale=locale, scale=1.0, negative=True)
        if isinstance(value, Fault):
            return None
        found.append(value)
    return tuple(found)


def _whole(cells: Sequence[str], found: Sequence[float]) -> bool:
    return all(value.is_integer() and "e" not in cell.lower() for cell, value in zip(cells, found, strict=True))


def _is_share(cell: str) -> bool:
    return cell.endswith("%") and not isinstance(percent(cell, locale="en", scale=1.0, negative=True), Fault)
