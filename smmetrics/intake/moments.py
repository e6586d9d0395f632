"""Dates and instants in declared formats: never guessed, and never moved over a change of clocks in silence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

import polars as pl

from smmetrics.intake.monthnames import has_word, named, translated

if TYPE_CHECKING:
    from collections.abc import Callable

INSTANT = pl.Datetime("us", "UTC")
YEARS = (1970, 2200)
SINCE_1970 = {"@s": 1_000_000, "@ms": 1_000}
"""Formats that are no words but numbers: how many microseconds one is."""
NTH = "@nth"
"""The format of a day that is written as the number of days since a first one."""
DIGITS = 5
"""Of the number of a day since a first one."""
FIRST_DAY = date(1970, 1, 1)
"""The day that is 0 in a column of days."""
ZERO = ("+0000", "+00:00", "Z", "UTC", "GMT")
GREENWICH = r"(?:Z|UTC|GMT)($| \d{4}$)"
"""Names of Greenwich's time, where ``%z`` stands: at the end, or before the year."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Moments:
    """Parsed cells: UTC instants, the date as the cell shows it, and where clocks left a local time in doubt."""

    instants: pl.Series
    days: pl.Series
    ambiguous: pl.Series | None = None


def formats(parse: str) -> tuple[str, ...]:
    """``date A | B`` → the formats A and B, tried in this order."""
    return tuple(part.strip() for part in parse.partition(" ")[2].split(" | "))


def needs_year(parse: str) -> bool:
    """Whether a format leaves out the year, so that somebody has to say it."""
    word = parse.partition(" ")[0]
    return word in {"date", "instant"} and not all(re.search("%[YyDFGgsc]|^@", each) for each in formats(parse))


def days(text: pl.Series, parse: str, year: int | None, first: date | None = None) -> pl.Series:
    """Dates; null where no format fits. ``first`` is the day that days are counted from, where they are.

    Blanks around a cell count for nothing; most files have none, and they are looked for only where some cell fits no
    format.
    """
    found = _days(text, parse, year, first)
    if found.null_count() == text.null_count():
        return found
    return _days(text.str.strip_chars(), parse, year, first)


def _days(text: pl.Series, parse: str, year: int | None, first: date | None) -> pl.Series:
    found = None
    for pattern in formats(parse):
        if found is not None and found.null_count() == text.null_count():
            break
        cells, format_ = _with_year(*_with_day(text, pattern), year)
        dates = _plausible(_counted(text, first) if pattern == NTH else _in_any_language(cells, format_, _dates))
        found = dates if found is None else _filled(found, dates)
    if found is None:
        raise AssertionError(parse)
    return found


def _in_any_language(cells: pl.Series, format_: str, read: Callable[[pl.Series, str], pl.Series]) -> pl.Series:
    """What cells say in a format; where that is nothing, months may be named in another language than English."""
    found = read(cells, chrono(format_))
    if named(format_) and found.null_count() > cells.null_count():
        left = cells.set(found.is_not_null() | ~has_word(cells), None)
        if left.null_count() < len(left):
            found = _filled(found, read(translated(left, format_), chrono(format_)))
    return found


def _dates(cells: pl.Series, format_: str) -> pl.Series:
    return cells.str.to_date(format_, strict=False)


def _times(cells: pl.Series, format_: str) -> pl.Series:
    return cells.str.to_datetime(format_, time_unit="us", strict=False)


def _counted(text: pl.Series, first: date | None) -> pl.Series:
    """Days written as their number since the first one, which is 0: at most five digits, and no sign."""
    if first is None:
        return pl.Series([None], dtype=pl.Date()).new_from_index(0, len(text))
    since = pl.col(text.name).cast(pl.Int32(), strict=False)
    longest = text.str.len_bytes().max()
    if (isinstance(longest, int) and longest > DIGITS) or (text < "0").any():
        cells = pl.col(text.name).str
        odd = (cells.len_bytes() > DIGITS) | cells.starts_with("+") | cells.starts_with("-")
        since = pl.when(~odd).then(since)
    return text.to_frame().select((since + (first - FIRST_DAY).days).cast(pl.Date())).to_series()


def moments(text: pl.Series, parse: str, zone: str, year: int | None) -> Moments:
    """Instants; null where no format fits or a local time is in doubt (then ``ambiguous`` is true).

    Blanks around a cell count for nothing, as in `days`.
    """
    found = _all_moments(text, parse, zone, year)
    if found.instants.null_count() == text.null_count():
        return found
    return _all_moments(text.str.strip_chars(), parse, zone, year)


def _all_moments(text: pl.Series, parse: str, zone: str, year: int | None) -> Moments:
    patterns = formats(parse)
    first = _moments(*_with_year(text, patterns[0], year), zone)
    for pattern in patterns[1:]:
        if first.instants.null_count() == text.null_count():
            break
        other = _moments(*_with_year(text, pattern, year), zone)
        first = Moments(
            instants=_filled(first.instants, other.instants),
            days=_filled(first.days, other.days),
            ambiguous=_either(first.ambiguous, other.ambiguous),
        )
    return first


def chrono(format_: str) -> str:
    """A strptime format in the words of the parser used here: fractions of a second are written ``%.f``."""
    return format_.replace(".%f", "%.f")


def _moments(text: pl.Series, format_: str, zone: str) -> Moments:
    if format_ in SINCE_1970:
        return _since_1970(text, SINCE_1970[format_], zone)
    if "%z" not in format_:
        return _local(text, format_, zone)
    for suffix in ZERO:
        if format_.endswith("%z") and text.str.ends_with(suffix).all():
            return _local(text, format_.removesuffix("%z") + suffix, "UTC")
    cells = text.str.replace(GREENWICH, "+0000${1}")
    instants = cells.str.to_datetime(chrono(format_), time_zone="UTC", time_unit="us", strict=False)
    shown = cells.str.replace(r"\s*[+-]\d{2}:?\d{2}$| [+-]\d{2}:?\d{2}\b", "")
    naive = shown.str.to_datetime(chrono(re.sub(r"\s*%z", "", format_)), time_unit="us", strict=False)
    instants = _plausible(instants)
    return Moments(instants=instants, days=_filled(naive.dt.date(), instants.dt.date()))


def _since_1970(text: pl.Series, unit: int, zone: str) -> Moments:
    """Instants from numbers of seconds or less; the day is that of the zone, as nothing else is shown."""
    whole = text.cast(pl.Int64(), strict=False) * unit
    parts = (text.cast(pl.Float64(), strict=False) * unit).round().cast(pl.Int64(), strict=False)
    instants = _plausible(whole.zip_with(whole.is_not_null(), parts).cast(INSTANT))
    return Moments(instants=instants, days=instants.dt.convert_time_zone(zone).dt.date())


def _local(text: pl.Series, format_: str, zone: str) -> Moments:
    naive = _plausible(_in_any_language(text, format_, _times))
    placed = naive.dt.replace_time_zone(zone, ambiguous="null", non_existent="null")
    doubtful = naive.is_not_null() & placed.is_null()
    return Moments(
        instants=placed.dt.convert_time_zone("UTC"),
        days=naive.dt.date(),
        ambiguous=doubtful if doubtful.any() else None,
    )


def _with_year(text: pl.Series, format_: str, year: int | None) -> tuple[pl.Series, str]:
    if year is None or not needs_year(f"date {format_}"):
        return text, format_
    return text + f" {year}", f"{format_} %Y"


def _with_day(text: pl.Series, format_: str) -> tuple[pl.Series, str]:
    """A month without a day is its first day."""
    if re.search("%[dejDFxcsQ]|^@", format_):
        return text, format_
    return text + " 1", f"{format_} %d"


def _plausible(found: pl.Series) -> pl.Series:
    """A year outside 1970 to 2200 is a format that fitted by accident."""
    numbers = found.to_physical()
    first, last = _bounds(found.dtype)
    least, most = numbers.min(), numbers.max()
    if not (isinstance(least, int) and isinstance(most, int)) or (first <= least and most < last):
        return found
    return found.set((numbers < first) | (numbers >= last), None)


@lru_cache(maxsize=16)
def _bounds(dtype: pl.DataType) -> tuple[int, int]:
    """The first plausible moment and the first one that is none any more, as numbers."""
    first, last = pl.Series([date(YEARS[0], 1, 1), date(YEARS[1] + 1, 1, 1)]).cast(dtype).to_physical()
    return first, last


def _filled(first: pl.Series, other: pl.Series) -> pl.Series:
    return first.zip_with(first.is_not_null(), other)


def _either(first: pl.Series | None, other: pl.Series | None) -> pl.Series | None:
    if first is None or other is None:
        return other if first is None else first
    return first | other
