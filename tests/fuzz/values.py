"""Numbers and dates beside Decimal and ``strptime``: what a cell says is read exactly, or refused for a known reason."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

import polars as pl

from smmetrics.api.sources import Column
from smmetrics.intake import numerals
from smmetrics.intake.casts import Ways, allowed, cast, quick
from smmetrics.intake.moments import days, moments
from smmetrics.intake.numerals import Fault
from smmetrics.intake.records import REASONS

if TYPE_CHECKING:
    from pathlib import Path

MARKS = {"en": (",", "."), "de": (".", ","), "fr": (" \u00a0\u202f", ","), "de-ch": ("'\u2019", ".")}
"""By language: what may stand between groups of three digits, and before the fraction."""
LOCALES = tuple(MARKS)
FORMS = ("%Y-%m-%d %H:%M:%S", "%d/%m/%Y %H:%M", "%d %b %Y %H:%M", "%B %d, %Y %I:%M %p", "%Y-%m-%dT%H:%M:%S")
FIRST, LAST = datetime(1970, 1, 2, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
LONGEST, LARGEST = 400, 2**63 - 1
SEEDS = (
    b"\x00\x001,234.5\n-7\n1e3\n+0.5\n12.0\n.5\n5.\n \n1,23\n99%\n",
    b"\x01\x011.234,5\n\xe2\x88\x927\n1.234.567\n18,7%\n01/02/2020 10:11\n",
    b"\x02\x021\xe2\x80\xaf234,5\n1 234 567\n\xd9\xa1\xd9\xa2\n3 Mai 2021 09:08\n3 Jun 2021 09:08\n",
    b"\x03\x031'234.5\nJune 3, 2021 09:08 PM\n1:35\n0:01:35\nPT1M35S\nP1DT2H\n",
    b"\x00\x049223372036854775808\n1e999\nnan\ninf\n2021-06-03T09:08:07\n1_000\n0x1\n",
)
WORDS = (b"e+", b"\xe2\x80\xaf", b"\xc2\xa0", b"\xe2\x88\x92", b"inf", b"nan", b"%", b"PT", b"AM", b"\xd9\xa1")


def normalised(cell: str, locale: str) -> Decimal | None:
    """The number in a cell by hand: take off sign and power, part at the point, look at each group; no pattern."""
    group, point = MARKS[locale]
    text = cell.strip()
    if len(cell) > LONGEST or not text:
        return None
    minus = text[0] in "-\u2212"
    body, mark, power = (text[1:] if text[0] in "+-\u2212" else text).replace("E", "e").partition("e")
    places = power[1:] if power[:1] in {"+", "-"} else power
    if mark and not (places.isdecimal() and len(places) <= 3):
        return None
    whole, _, fraction = body.partition(point)
    if (fraction and not fraction.isdecimal()) or not (whole or fraction):
        return None
    used = {letter for letter in whole if letter in group}
    if used:
        (first, *rest) = whole.split(used.pop())
        fits = 1 <= len(first) <= 3 and first[0] in "123456789" and all(len(each) == 3 for each in rest)
        if used or not fits or not all(each.isdecimal() for each in (first, *rest)):
            return None
        whole = first + "".join(rest)
    if whole and not whole.isdecimal():
        return None
    digits = "".join(str(unicodedata.decimal(each)) for each in whole + fraction)
    return Decimal(f"{'-' if minus else ''}{digits}e{int(power or 0) - len(fraction)}")


def check_number(cell: str, locale: str) -> None:
    """A cell is read as the number that the hand finds, by each reader of numbers, or refused where there is none."""
    expected = normalised(cell, locale)
    found = numerals.decimal(cell, locale)
    assert found == expected, (cell, found, expected)
    number = numerals.number(cell, locale=locale, scale=1, negative=True)
    whole = numerals.integer(cell, locale=locale, scale=1, negative=True)
    share = numerals.percent(cell, locale=locale, scale=1, negative=True)
    seconds = numerals.duration(cell, scale=1)
    for read in (number, whole, share, seconds):
        assert not isinstance(read, Fault) or read.reason in REASONS
    if expected is None:
        assert isinstance(number, Fault)
        assert isinstance(whole, Fault)
        return
    assert isinstance(number, Fault) or Decimal(number) == Decimal(float(expected))
    if not isinstance(whole, Fault):
        assert whole == expected
        assert abs(whole) <= LARGEST
    elif "e" not in cell.casefold() and abs(expected) <= LARGEST:
        assert expected % 1 != 0
    assert share == number
    positive = numerals.number(cell, locale=locale, scale=1, negative=False)
    assert positive == number or (expected < 0 and positive == Fault("negative"))


def check_column(cells: list[str], locale: str) -> None:
    """A column read all at once says of each cell what the exact way says of it alone."""
    text = pl.Series("cell", cells, dtype=pl.String)
    for word, exact in (("int", numerals.integer), ("number", numerals.number), ("percent", numerals.percent)):
        column = Column(names=("cell",), fact="post_counts.likes", parse=word)
        ways = Ways(locale=locale)
        expression = quick(pl.col("cell"), column, ways)
        assert expression is not None
        plain = allowed(text.to_frame().select(expression).to_series(), column)
        whole = cast(text, plain, column, ways, frozenset())
        reasons = [None] * len(cells) if whole.faults is None else whole.faults.to_list()
        for cell, value, reason in zip(cells, whole.values.to_list(), reasons, strict=True):
            alone = exact(cell, locale=locale, scale=1, negative=False) if cell.strip() else None
            told = Fault(reason) if reason is not None else value
            assert told == alone, (word, cell, told, alone)


def check_times(texts: list[str], form: str) -> None:
    """An instant or day that is read is the one Python reads; where months have other names, its digits are the text's."""
    cells = pl.Series("t", texts, dtype=pl.String)
    found = moments(cells, f"instant {form}", "UTC", None)
    whole = days(cells, f"date {form}", None)
    for text, value, day, shown in zip(
        texts, found.instants.to_list(), whole.to_list(), found.days.to_list(), strict=True
    ):
        if value is None:
            continue
        assert value.date() == day == shown
        assert value == by_python(text, form, value), (text, form, value)


def by_python(text: str, form: str, value: datetime) -> datetime | None:
    """What ``strptime`` reads, blanks aside; the name of a month in another language is taken from ``value``."""
    month = "%b" if "%b" in form else "%B"
    text, form = "".join(text.split()), form.replace(" ", "")
    for written in (text, re.sub(r"[^\W\d_]{3,}\.?", value.strftime(month), text, count=1)):
        try:
            return datetime.strptime(written, form).replace(tzinfo=UTC)
        except ValueError:
            continue
    return None


def check_round_trip(number: int, form: str) -> None:
    """An instant written in a form is that instant again, to the form's last digit."""
    instant = datetime.fromtimestamp(FIRST.timestamp() + number % int((LAST - FIRST).total_seconds()), tz=UTC)
    text = instant.strftime(form)
    expected = datetime.strptime(text, form).replace(tzinfo=UTC)
    found = moments(pl.Series([text]), f"instant {form}", "UTC", None)
    assert found.instants.to_list() == [expected]
    assert found.days.to_list() == [expected.date()]


def check(data: bytes, folder: Path) -> None:  # noqa: ARG001 (all targets are called alike)
    """The first two bytes choose the language of numbers and the form of dates; each line behind them is a cell."""
    if len(data) < 3:
        return
    locale, form = LOCALES[data[0] % len(LOCALES)], FORMS[data[1] % len(FORMS)]
    cells = data[2:].decode(errors="replace").split("\n")[:40]
    for cell in cells:
        check_number(cell, locale)
    check_column(cells, locale)
    check_times(cells, form)
    check_round_trip(int.from_bytes(data[:6], "big"), form)
