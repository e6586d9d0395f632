"""Cells as exports write them, each with what it means: made by nothing but the standard library."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

    Made = tuple[str, object]
    Maker = Callable[[random.Random], Made]

BAD = object()
"""Means that the record must be set aside: the cell cannot be what its column says."""
LARGEST = 2**63 - 1
TWITTER_EPOCH = 1288834974657
BITS = [
    "plain words", "two, three", "semi; colon", "a\ttab", 'said "so"', '"', '""', "line\nbreak", "line\r\nbreak",
    "old\rbreak", "pipe | pipe", "ünïcödé", "日本語の投稿", "🎉👩‍👩‍👧", "שלום עולם", "\u202eright to left\u202c",
    "zero\u200bwidth", "\ufeffmark inside", "=SUM(A1)", "+1", "-1", "@here", "#tag", "http://a.example/?b=1,2", "Total", "\u2028",
    "0", "00012", "1e5", "NaN", "null", "  spaces  ", "'", "\\", "\\n", "\u00a0", "a" * 300, "é", "\x0b", "\x1f", "\x85",
]  # fmt: skip
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its headers in use, what it fills (``table.fact``, with ``/scope``), and its cells."""

    headers: tuple[str, ...]
    fills: str
    cell: Maker


def text(dice: random.Random) -> Made:
    """Some words that a person may have written; an empty cell is nothing at all."""
    said = "".join(dice.choice(BITS) for _ in range(dice.choice([0, 1, 1, 2, 3])))
    return said, None if said in {"", "-"} else said


def title(dice: random.Random) -> Made:
    """Words that are never empty."""
    said = f"On {text(dice)[0]}."
    return said, said


def count(dice: random.Random, *, negative: bool = False, bad: float = 0.01) -> Made:
    """A whole number in one of its ways; empty for what was not reported; rarely something that is none."""
    if dice.random() < bad:
        wrong = ["1.5", "inf", "NaN", "12K", "9223372036854775808", "1.2E+4", "abc", "0x10", "1 2"]
        return dice.choice(wrong + ([] if negative else ["-3"])), BAD
    value = dice.choice([0, dice.randrange(10), dice.randrange(10**4), dice.randrange(10**7), dice.randrange(10**12)])
    value = dice.choice([value] * 40 + [LARGEST, 2**53 + 1])
    value = -value if negative and dice.random() < 0.1 else value
    ways = [str(value)] * 6 + [f"{value}.0", f"{value:,}", f" {value} "]
    return dice.choice([*[(way, value) for way in ways], ("", None)])


def signed(dice: random.Random) -> Made:
    """A whole number that may be below nothing."""
    return count(dice, negative=True)


def measured(scale: str = "1") -> Maker:
    """A number with a fraction, which is kept times ``scale``."""

    def cell(dice: random.Random) -> Made:
        value = Decimal(dice.randrange(10**9)).scaleb(-dice.choice([0, 1, 2, 4, 6]))
        ways = [f"{value:f}"] * 5 + [f"{value:,f}", f"{value:f}0" if "." in f"{value:f}" else f"{value:f}.0"]
        return dice.choice([*[(way, float(value * Decimal(scale))) for way in ways], ("", None)])

    return cell


def share(dice: random.Random) -> Made:
    """A fraction, sometimes with an exponent."""
    value = Decimal(dice.randrange(10**6)).scaleb(-6)
    return dice.choice([f"{value:f}", f"{value:E}", f"{value:f}"]), float(value)


def seconds(dice: random.Random) -> Made:
    """A duration as a clock."""
    whole = dice.randrange(4 * 3600)
    hours, minutes, rest = whole // 3600, whole // 60 % 60, whole % 60
    return f"{hours}:{minutes:02}:{rest:02}", float(whole)


def day_in(*forms: str) -> Maker:
    """A day; ``forms`` as Python writes them."""

    def cell(dice: random.Random) -> Made:
        day = date(2015, 1, 1) + DAY * dice.randrange(4000)
        return day.strftime(dice.choice(forms)), day.isoformat()

    return cell


def any_id(dice: random.Random) -> Made:
    """An id of up to 19 digits, or one that a spreadsheet spoilt."""
    number = str(dice.randrange(10**17, LARGEST))
    return (f"{int(number):.2E}", BAD) if dice.random() < 0.004 else (number, number)


def named_id(dice: random.Random) -> Made:
    """An id of letters, as videos have them."""
    letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_"
    said = "v" + "".join(dice.choice(letters) for _ in range(10))
    return said, said


def instant(dice: random.Random) -> datetime:
    """A minute of some year."""
    return datetime(2015, 1, 1, tzinfo=UTC) + timedelta(minutes=dice.randrange(4_000_000))


def clock_id(when: datetime, dice: random.Random) -> str:
    """An id that tells its own time, as those of X do."""
    ms = int(when.timestamp()) * 1000 + dice.randrange(60_000)
    return str((ms - TWITTER_EPOCH) << 22 | dice.randrange(1 << 22))
